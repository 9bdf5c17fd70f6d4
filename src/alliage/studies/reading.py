"""Reads `study.yaml` and `observatory.yaml`, and says at which line what they name does not exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from alliage.catalogue import Document, read_document
from alliage.catalogue.declarations import declare, did_you_mean
from alliage.instruments import Bank, Questionnaire, read_questionnaire
from alliage.problems import Place, Problem, raise_all
from alliage.studies.checks import problems_of_study
from alliage.studies.declarations import Observatory, Study
from alliage.studies.folders import ObservatoryFolder, StudyFolder
from alliage.studies.plans import problems_of_plan
from alliage.studies.zoning import problems_of_zoning, problems_of_zonings
from alliage.territories import Region

STUDY_FILE = "study.yaml"
OBSERVATORY_FILE = "observatory.yaml"


def read_study(
    path: Path,
    *,
    questionnaires: Mapping[str, Questionnaire],
    known_indicators: Collection[str] | None = None,
    data_folder: Path | None = None,
    bank: Bank | None = None,
    regions: Mapping[str, Region] | None = None,
    asked_by: str = "",
) -> StudyFolder:
    """Read a study from its folder or its yaml. The file of answers is not opened, nor need it be there.

    questionnaires: those of the content, complete, by id; bank: what a questionnaire beside the study may use.
    known_indicators: ids of the content, against which the plan is checked besides the study's own indicators;
    regions: those of the content, by code, against which the zoning is checked. None leaves the plan's indicators, or
    the codes of the zoning, unchecked. Raises Problem or Problems (study.*, content.*) with their lines.
    """
    document = _document(Path(path), STUDY_FILE, asked_by)
    study: Study = declare(document, Study)
    folder = document.path.parent
    read = StudyFolder(
        study=study,
        document=document,
        folder=folder,
        questionnaire=_questionnaire(study, document, folder, questionnaires, bank),
        indicators=_own_indicators(study, document, folder),
        data_folder=data_folder,
    )
    known = None if known_indicators is None else {*known_indicators, *read.indicators}
    raise_all(
        [
            *problems_of_study(read),
            *problems_of_zoning(read, regions),
            *problems_of_plan(study.plan, document, [read], known),
        ]
    )
    return read


def read_observatory(
    path: Path,
    *,
    questionnaires: Mapping[str, Questionnaire],
    known_indicators: Collection[str] | None = None,
    data_folder: Path | None = None,
    bank: Bank | None = None,
    regions: Mapping[str, Region] | None = None,
) -> ObservatoryFolder:
    """Read an observatory and all its studies. Raises Problem or Problems (study.*, content.*) with their lines."""
    document = _document(Path(path), OBSERVATORY_FILE, "")
    observatory: Observatory = declare(document, Observatory)
    if observatory.linked == "panel":
        raise Problem("study.panel", document.place(("linked",)))
    studies = tuple(
        read_study(
            document.path.parent / relative,
            questionnaires=questionnaires,
            known_indicators=known_indicators,
            data_folder=data_folder,
            bank=bank,
            regions=regions,
            asked_by=f"{document.path}, studies",
        )
        for relative in observatory.studies
    )
    known = None
    if known_indicators is not None:
        known = {*known_indicators, *(indicator for study in studies for indicator in study.indicators)}
    raise_all(
        [
            *_duplicates(studies, document),
            *_unknown_waves(studies, observatory, document),
            *_synthetic(studies, observatory, document),
            *problems_of_zonings(studies),
            *problems_of_plan(observatory.plan, document, studies, known),
        ]
    )
    return ObservatoryFolder(observatory=observatory, document=document, folder=document.path.parent, studies=studies)


def _document(path: Path, name: str, asked_by: str) -> Document:
    file = path / name if path.is_dir() else path
    if not file.is_file() and not asked_by:
        raise Problem("study.not_found", Place(path), name=name)
    return read_document(file, asked_by=asked_by)


def _questionnaire(
    study: Study,
    document: Document,
    folder: Path,
    questionnaires: Mapping[str, Questionnaire],
    bank: Bank | None,
) -> Questionnaire:
    beside = folder / study.questionnaire
    if study.questionnaire.endswith((".yaml", ".yml")) and beside.is_file():
        return read_questionnaire(beside, bank=bank, asked_by=str(document.path))
    if study.questionnaire in questionnaires:
        return questionnaires[study.questionnaire]
    raise Problem(
        "study.no_questionnaire",
        document.place(("questionnaire",)),
        questionnaire=study.questionnaire,
        suggestion=did_you_mean(study.questionnaire, questionnaires),
        known=", ".join(sorted(questionnaires)) or "–",
    )


def _own_indicators(study: Study, document: Document, folder: Path) -> dict[str, Document]:
    """The indicator files the study brings, by id. Their meaning is the business of the indicators room."""
    own: dict[str, Document] = {}
    for relative in study.indicators:
        indicator = read_document(folder / relative, asked_by=f"{document.path}, indicators")
        if not isinstance(indicator.data, dict) or "id" not in indicator.data:
            raise Problem("content.missing_key", indicator.place(), key="id")
        id = str(indicator.data["id"])
        if id in own:
            raise Problem("content.double_id", indicator.place(("id",)), id=id, other=own[id].path)
        own[id] = indicator
    return own


def _duplicates(studies: Iterable[StudyFolder], document: Document) -> list[Problem]:
    first: dict[tuple[str, str], StudyFolder] = {}
    ids: dict[str, StudyFolder] = {}
    found: list[Problem] = []
    for rank, study in enumerate(studies):
        key, id = (study.audience, study.study.wave), study.study.id
        if key in first:
            place, other = document.place(("studies", rank)), first[key].document.path
            found.append(Problem("study.duplicate", place, audience=key[0], wave=key[1], other=other))
        elif id in ids:
            place = study.document.place(("id",))
            found.append(Problem("content.double_id", place, id=id, other=ids[id].document.path))
        first.setdefault(key, study)
        ids.setdefault(id, study)
    return found


def _synthetic(studies: Iterable[StudyFolder], observatory: Observatory, document: Document) -> list[Problem]:
    """Pages are stamped by the observatory and real answers are guarded study by study: both must say the same."""
    found: list[Problem] = []
    for rank, study in enumerate(studies):
        if (study.study.synthetic is None) != (observatory.synthetic is None):
            place = document.place(("studies", rank))
            found.append(Problem("study.mixed_synthetic", place, study=study.study.label))
    return found


def _unknown_waves(studies: Iterable[StudyFolder], observatory: Observatory, document: Document) -> list[Problem]:
    waves = [wave.id for wave in observatory.waves]
    return [
        Problem(
            "study.unknown_wave",
            study.document.place(("wave",)),
            study=study.study.id,
            wave=study.study.wave,
            suggestion=did_you_mean(study.study.wave, waves),
            known=", ".join(waves),
        )
        for study in studies
        if study.study.wave not in waves
    ]
