"""A sampling design: declared once, then bound to the answers it describes, before any filter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike

from alliage.catalogue.declarations import did_you_mean
from alliage.estimates.calibrations import Residuals, residuals_of
from alliage.estimates.columns import Answers, as_tuple, pushed, received, rows_of
from alliage.estimates.pushed.designs import TableUnits, read_units
from alliage.estimates.replicates.drawing import IN_ORDER, Asked, drawn, refuse_options
from alliage.estimates.replicates.given import read_replicates
from alliage.estimates.replicates.sets import Given, ReplicateKind, Replicates
from alliage.estimates.results import MarginKind
from alliage.estimates.stages import Codes, Floats, Stage
from alliage.estimates.units import (
    population_of,
    read_corrections,
    read_strata,
    spoken,
    stages_of,
    units_in,
    weights_of_rows,
)
from alliage.problems import Problem
from alliage.studies.declarations import DesignKind
from alliage.tables import Table
from alliage.text import Text
from alliage.weights.recalibrating import recalibrate
from alliage.weights.results import Calibration

Lonely = Literal["fail", "remove", "adjust", "average"]
LONELY: tuple[Lonely, ...] = get_args(Lonely)

MARGINS: dict[DesignKind, MarginKind] = {
    "probability": "design",
    "quota": "model",
    "self_selected": "none",
    "census": "none",
}


@dataclass(frozen=True, slots=True)
class Design:
    """How the respondents were chosen, in names of columns.

    weight    the weight of each respondent, or columns whose product it is; without one every respondent weighs 1
    strata    several columns are crossed
    clusters  one column per stage, outermost first; without one every respondent is a unit
    fpc       one column per stage: population counts (of units in the stratum), or sampling fractions when all <= 1
    kind      what the margin rests on: a draw, a model (quota), nothing (self_selected), no sampling (census)
    frame     how many units the population counts, where known: a census that falls short of it says so
    lonely    what to do with a stratum of one unit, as R's survey.lonely.psu: fail, remove, adjust, average
    nest      cluster numbers start again in each stratum

    Two phases (a sample of a sample, or those who answered it) are declared by their weights, one column per phase,
    and by the strata and clusters of the first one, whose units carry all the variance: that of both phases where they
    are few in their population and the second phase was drawn in each of them apart (equal to R's `twophase`, method
    "full"; where they are not few, declare two stages with their fpc), and right on average where people came in or
    dropped out one by one. Strata of the second phase that cut across units of the first are not taken in: the margin
    is then near that of both phases, not equal. Särndal, Swensson and Wretman (1992, ch. 9); Kim, Navarro and Fuller
    (2006).

    Replicate weights, where the variance is to come from them (R's `svrepdesign` and `as.svrepdesign`):

    replicates         their kind; made from strata, clusters and fpc unless `replicate_weights` names columns.
                       Made: JK1, JKn, BRR, Fay, SDR (the rows of the file are in the order of the draw), bootstrap
                       (Rao-Wu; R's "subbootstrap"), canty_davison (R's "bootstrap"), preston (R's "mrbbootstrap").
                       Given: BRR, Fay, JK1, JK2, JKn, bootstrap, SDR, ACS, other
    replicate_weights  the columns of those that come with the file: "rep_*", or a list
    combined           given ones hold the weight already (otherwise they multiply it)
    scale, rscales     what the spread of given ones is multiplied by, in all and one by one
    fay_rho            Fay's rho, between 0 and 1
    replicate_count    how many to make: 500 for a bootstrap, the smallest balanced number for BRR, 80 for SDR (the
                       last two take the next order of a Hadamard matrix)
    seed               of a bootstrap: the same seed draws the same replicates (NumPy's PCG64)
    mse                spread is taken around the estimate, not around the mean of the replicates
    """

    weight: str | Sequence[str] | None = None
    strata: str | Sequence[str] = ()
    clusters: str | Sequence[str] = ()
    fpc: str | Sequence[str] = ()
    kind: DesignKind = "probability"
    lonely: Lonely = "fail"
    nest: bool = False
    frame: int | None = None
    replicates: ReplicateKind | None = None
    replicate_weights: str | Sequence[str] = ()
    combined: bool = True
    scale: float | None = None
    rscales: float | Sequence[float] = ()
    fay_rho: float | None = None
    replicate_count: int | None = None
    seed: int | None = None
    mse: bool = False

    def __post_init__(self) -> None:
        """Raises Problem estimates.option."""
        _refuse_unknown("kind", self.kind, tuple(MARGINS))
        _refuse_unknown("lonely", self.lonely, LONELY)

    @property
    def weights(self) -> tuple[str, ...]:
        """The columns whose product is the weight."""
        return () if self.weight is None else as_tuple(self.weight)

    def bind(
        self, answers: Answers, *, weights: ArrayLike | None = None, calibration: Calibration | None = None
    ) -> BoundDesign:
        """Read the design in the answers (all of them: estimate for a group with `by`, never by removing rows).

        `weights` (n) take the place of the weight column; a calibration brings its own. Raises Problem estimates.*.
        """
        asked = _asked(self)
        answers = received(answers)
        table = pushed(answers)
        if table is not None:
            return _bound_table(self, table, asked, whole=weights is None and calibration is None)
        n = rows_of(answers)
        if n == 0:
            raise Problem("estimates.nobody")
        weight = weights_of_rows(
            self, answers, weights if calibration is None else calibration.final, calibrated=calibration is not None
        )
        stages = stages_of(self, answers, n)
        if MARGINS[self.kind] != "none":
            _refuse_lonely(stages, self.lonely)
        residuals = replicates = None
        if asked is not None:
            initial = weight if calibration is None else calibration.initial
            stages, replicates = _replicated(self, asked, answers, stages, initial)
            if calibration is not None:
                replicates = _recalibrated(replicates, calibration, stages[-1])
        elif calibration is not None:
            residuals = residuals_of(calibration, stages[-1].unit, stages[-1].units)
        return BoundDesign(
            weight=weight,
            stages=stages,
            kind=self.kind,
            lonely=self.lonely,
            residuals=residuals,
            reached=_reached(self, int(np.count_nonzero(weight)), stages[0]),
            replicates=replicates,
        )


@dataclass(frozen=True, slots=True, eq=False)
class BoundDesign:
    """A design and its answers: weights (n), the units of each stage that counts, the calibration if there was one."""

    weight: Floats
    stages: tuple[Stage, ...]
    kind: DesignKind
    lonely: Lonely
    residuals: Residuals | None
    reached: float  # respondents over the frame; nan where the frame is not known
    replicates: Replicates | None = None  # when the variance is that of replicate estimates, not of Taylor
    table: TableUnits | None = None  # when rows stay in an engine: weights and units by row are then empty

    @property
    def margin(self) -> MarginKind:
        return MARGINS[self.kind]


def bound(design: Design | BoundDesign, answers: Answers) -> BoundDesign:
    """The design read in these answers, unless that is done already."""
    return design if isinstance(design, BoundDesign) else design.bind(answers)


def _refuse_unknown(option: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        shown, suggestion = ", ".join(known), did_you_mean(str(value), known)
        raise Problem("estimates.option", option=option, value=value, suggestion=suggestion, known=shown)


def _asked(design: Design) -> Asked | None:
    """What the design says of replicates, refused where it says too much or too little."""
    columns = as_tuple(design.replicate_weights)
    kind = design.replicates
    if kind is None:
        if columns:
            raise Problem("estimates.replicates_kind")
        return None
    asked = Asked(
        kind=kind,
        columns=columns,
        combined=design.combined,
        scale=design.scale,
        rscales=(design.rscales,) if isinstance(design.rscales, int | float) else tuple(design.rscales),
        count=design.replicate_count,
        seed=design.seed,
        fay_rho=design.fay_rho,
        mse=design.mse,
        lonely=design.lonely,
    )
    refuse_options(asked)
    if columns and (design.strata or design.clusters or design.fpc):
        raise Problem("estimates.replicates_twice")
    return asked


def _replicated(
    design: Design, asked: Asked, answers: Answers, stages: tuple[Stage, ...], weight: Floats
) -> tuple[tuple[Stage, ...], Replicates]:
    """The stages that replicates leave in the design, and the replicates."""
    if asked.columns:
        return stages, read_replicates(asked, answers, weight, design.weights)
    kept = stages if asked.kind == "preston" else stages[:1]
    return kept, drawn(asked, kept, weight)


def _recalibrated(replicates: Replicates, calibration: Calibration, stage: Stage) -> Replicates:
    """Each replicate calibrated as the sample was: R's `calibrate` of a replicate design. Weights are then by row."""
    before = replicates.factors.block(0, replicates.count)
    if not replicates.by_row:
        before = calibration.initial[:, None] * before[stage.unit]
    weights = recalibrate(calibration, before)
    return replace(replicates, factors=Given(weights), active=np.flatnonzero(calibration.final))


def _reached(design: Design, answered: int, stage: Stage) -> float:
    """The part of the frame that answered. A correction for a finite population of respondents tells the frame too."""
    frame = float("nan") if design.frame is None else float(design.frame)
    if design.frame is None and not as_tuple(design.clusters):
        frame = float(stage.population.sum())
    return answered / frame if 0 < frame < np.inf else float("nan")


def _bound_table(design: Design, table: Table, asked: Asked | None, *, whole: bool) -> BoundDesign:
    """The design read in a table that stays in its engine: the units come, the rows do not."""
    if not whole:
        what = Text(fr="un calage, qui donne un poids à chaque ligne,", en="a calibration, which weighs each row,")
        raise Problem("tables.rows_needed", what=what, address=table.address, rows=table.rows + 1)
    key = ("design", repr(design))
    if key in table.known:
        # The same design read twice is one design: its estimates have a covariance.
        return cast(BoundDesign, table.known[key])
    if len(design.weights) > 1:
        what = Text(fr="un poids en plusieurs colonnes", en="a weight in several columns")
        raise Problem("tables.rows_needed", what=what, address=table.address, rows=table.rows + 1)
    strata, clusters, fpc = (as_tuple(names) for names in (design.strata, design.clusters, design.fpc))
    units = read_units(table, weight=next(iter(design.weights), None), strata=strata, clusters=clusters, fpc=fpc)
    if units.rows_are_units:
        stages: tuple[Stage, ...] = (_stage_of_rows(units, fpc),)
    else:
        stages = stages_of(design, units.units, units.units.num_rows)
    if MARGINS[design.kind] != "none":
        _refuse_lonely(stages, design.lonely)
    replicates = None
    if asked is not None:
        # Only factors of clusters can do without the rows and their order.
        if units.rows_are_units or asked.columns or asked.kind in IN_ORDER:
            raise Problem("estimates.replicates_pushed")
        stages, replicates = _replicated(design, asked, units.units, stages, np.ones(units.units.num_rows))
    nobody = np.zeros(0, dtype=np.int64)
    table.known[key] = BoundDesign(
        weight=np.zeros(0),
        stages=tuple(replace(stage, unit=nobody) for stage in stages),
        kind=design.kind,
        lonely=design.lonely,
        residuals=None,
        reached=_reached(design, units.weighing, stages[0]),
        replicates=replicates,
        table=units,
    )
    return cast(BoundDesign, table.known[key])


def _stage_of_rows(units: TableUnits, fpc: tuple[str, ...]) -> Stage:
    """Every row is a unit: the stage keeps strata, whose units are counted and not told apart."""
    if len(fpc) > 1:
        raise Problem("estimates.fpc_stages", fpc=len(fpc), stages=1)
    stratum, strata = read_strata(units.units, units.strata)
    sampled = np.bincount(stratum, weights=units.counts, minlength=len(strata)).astype(np.float64)
    population = np.full(len(strata), np.inf)
    if fpc:
        population = population_of(read_corrections(units.units, fpc), 0, stratum, strata, sampled, fpc[0])
    everyone = np.arange(len(strata), dtype=np.int64)
    return Stage(stratum, everyone, tuple(strata), sampled, population, np.ones(len(strata)))


def units_of_cells(units: TableUnits, cells: pa.Table, depth: int) -> Codes:
    """The unit of the last of `depth` stages that each cell of a table's sums belongs to.

    Cells hold every unit of the design, so that numbering them again gives the numbers of the design.
    """
    unit = read_strata(cells, units.strata)[0]
    for rank in range(0 if units.rows_are_units else depth):
        unit = units_in(cells, units.clusters, rank, unit, cells.num_rows)[0]
    return unit


def _refuse_lonely(stages: tuple[Stage, ...], lonely: Lonely) -> None:
    for rank, stage in enumerate(stages, start=1):
        alone = stage.lonely & (stage.reach > 0)
        # Averaging is over the strata of one call in R: below the first stage it has nothing to average.
        if alone.any() and (lonely == "fail" or (lonely == "average" and rank > 1)):
            names = [stage.strata[s] for s in np.flatnonzero(alone)]
            shown = spoken(", ".join(names[:12]) + (" …" if len(names) > 12 else ""))
            raise Problem("estimates.lonely", stage=rank, strata=shown)
        if lonely == "average" and alone.all():
            raise Problem("estimates.no_average", stage=rank)
