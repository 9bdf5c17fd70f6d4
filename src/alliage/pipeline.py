"""The whole chain on one page: from a question's wording to a published figure.

instruments → responses → weights → estimates → indicators → disclosure → publications
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from alliage.contents import Content
from alliage.disclosure import Decisions, release
from alliage.estimates import Design
from alliage.indicators.breakdowns import break_down
from alliage.indicators.cells import SealedCell, SealedGap
from alliage.indicators.comparing import compare_audiences, compare_waves
from alliage.indicators.measuring import MeasuredStudy, measure
from alliage.problems import Place, Problem
from alliage.publications.files import whole_or_absent
from alliage.publications.freeze import freeze
from alliage.publications.gathering import Gathered, gather, release_inputs
from alliage.publications.sealed import SEALED, write_sealed
from alliage.responses import collect, read_study_answers
from alliage.studies import StudyFolder
from alliage.studies.declarations import PlanLine
from alliage.text import Text
from alliage.weights import Margin, Weights, weigh_responses

# Told as the work goes on: what is being done, how many of its steps are behind, how many there are.
Progress = Callable[[Text, int, int], None]


@dataclass(frozen=True, slots=True)
class PublishedRelease:
    """Where the two outputs are, never mixed: what the public may see, and what stays with the answers."""

    id: str
    release: Path
    sealed: Path


@dataclass(frozen=True, slots=True, eq=False)
class WeighedStudy:
    """One study, collected and weighed, ready to be measured."""

    folder: StudyFolder
    weights: Weights
    measured: MeasuredStudy


def publish(
    source: Path,
    to: Path,
    *,
    content: Content,
    data_folder: Path | None,
    released: date,
    code_version: str,
    lock: str,
    progress: Progress | None = None,
    unaudited: bool = False,
) -> PublishedRelease:
    """Publish a study or an observatory: `to/release` for the public, `to/sealed` for those who hold the answers.

    Raises Problem or Problems; then nothing is written. Same inputs, same bytes.
    """
    told = progress or (lambda words, done, total: None)
    gathered = gather(source, content, data_folder)
    _refuse_unaudited(gathered, unaudited)
    steps = len(gathered.studies) + 3
    weighed = []
    for rank, folder in enumerate(gathered.studies):
        told(_WEIGHING.filled(study=folder.study.label), rank, steps)
        margins = gathered.margins[folder.study.id]
        weighed.append(weigh_study(folder, margins, content=content, by=_breakdowns(gathered.plan)))

    told(_ESTIMATING, steps - 3, steps)
    cells, gaps = measure_plan(gathered, [study.measured for study in weighed])

    told(_PROTECTING, steps - 2, steps)
    decisions = release(cells, gaps, indicators=gathered.indicators, rules=gathered.rules)

    told(_WRITING, steps - 1, steps)
    inputs = release_inputs(
        gathered,
        decisions,
        content=content,
        weights={study.folder.study.id: study.weights for study in weighed},
        released=released,
        code_version=code_version,
        lock=lock,
    )
    with whole_or_absent(to / "sealed", holding=SEALED) as sealed:
        _write_sealed(sealed, cells, gaps, decisions, weighed)
        made = freeze(inputs, to / "release")
    (to / "sealed").chmod(0o700)
    told(_DONE, steps, steps)
    return PublishedRelease(id=made, release=to / "release", sealed=to / "sealed")


def weigh_study(
    folder: StudyFolder, margins: Sequence[Margin], *, content: Content, by: Sequence[str] = ()
) -> WeighedStudy:
    """Read the answers of a study in the limited worker, put them under our ids, weigh them, bind their design."""
    responses = collect(folder, read_study_answers(folder))
    weights = weigh_responses(responses, margins)
    declared = folder.study.design
    design = Design(
        weight=declared.weight,
        strata=declared.strata,
        clusters=declared.clusters,
        fpc=declared.fpc,
        kind=declared.kind,
        lonely=declared.lonely,
        frame=folder.study.frame.size,
    )
    bound = design.bind(responses.table, weights=weights.values, calibration=weights.calibration)
    breakdowns = break_down(
        responses,
        by,
        margins=margins,
        inhabitants={code: region.population for code, region in content.regions.items() if region.population},
    )
    return WeighedStudy(folder, weights, MeasuredStudy(responses=responses, design=bound, breakdowns=breakdowns))


def measure_plan(gathered: Gathered, studies: Sequence[MeasuredStudy]) -> tuple[list[SealedCell], list[SealedGap]]:
    """Every table of the plan, exact: cells, then the gaps between audiences, waves and territories."""
    cells: list[SealedCell] = []
    gaps: list[SealedGap] = []
    for line in gathered.plan:
        indicator = gathered.indicators[line.indicator]
        found = [measure(indicator, study, by=line.by) for study in studies]
        asked = {(study.audience, study.wave): study.question(indicator.question) for study in studies}
        questions = {moment: question for moment, question in asked.items() if question is not None}
        of_line = [cell for one in found for cell in one.cells]
        cells += of_line
        gaps += [gap for one in found for gap in one.gaps]
        gaps += compare_waves(of_line, gathered.wave_order, questions)
        if line.crossed:
            gaps += compare_audiences(of_line, gathered.audience_order, questions)
    return cells, gaps


def _breakdowns(plan: Iterable[PlanLine]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(variable for line in plan for variable in line.by))


def _write_sealed(
    folder: Path,
    cells: Sequence[SealedCell],
    gaps: Sequence[SealedGap],
    decisions: Decisions,
    weighed: Sequence[WeighedStudy],
) -> None:
    weightings = {study.folder.study.id: study.weights for study in weighed}
    write_sealed(folder, cells=cells, gaps=gaps, public=decisions.cells, weightings=weightings)


def _refuse_unaudited(gathered: Gathered, unaudited: bool) -> None:
    """Real answers wait for the attacker's audit, unless someone answers for their release without it."""
    real = [study for study in gathered.studies if study.study.synthetic is None]
    if real and not unaudited:
        raise Problem("disclosure.unaudited", Place(real[0].document.path), study=real[0].study.label)


_WEIGHING = Text(fr="{study} : lecture et redressement", en="{study}: reading and weighting")
_ESTIMATING = Text(fr="Estimations et marges", en="Estimates and margins")
_PROTECTING = Text(fr="Secret statistique", en="Statistical secrecy")
_WRITING = Text(fr="Phrases, figures et fichiers", en="Sentences, figures and files")
_DONE = Text(fr="Publié", en="Published")

__all__ = ["PublishedRelease", "WeighedStudy", "measure_plan", "publish", "weigh_study"]
