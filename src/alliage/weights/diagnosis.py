"""What a weighting costs, in figures and in sentences for people who are not statisticians."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from alliage.text import Text, number, percent
from alliage.weights.results import Diagnosis

QUANTILES = {"min": 0.0, "p05": 0.05, "p25": 0.25, "median": 0.5, "p75": 0.75, "p95": 0.95, "max": 1.0}

_COUNTED = Text(
    fr="{n} réponses comptent ; leurs poids font {total} en tout.",
    en="{n} answers count; their weights add up to {total}.",
)
_ZERO = Text(
    fr="Réponses de poids nul au départ : {zero}. Elles restent dans le fichier, mais ne comptent pas.",
    en="Answers that start with a weight of zero: {zero}. They stay in the file, but do not count.",
)
_EQUAL = Text(
    fr="Toutes les réponses pèsent autant : la pondération ne coûte aucune précision.",
    en="All answers weigh the same: the weighting costs no precision.",
)
_COST = Text(
    fr="Des poids inégaux coûtent de la précision. Pour une question sans lien avec ce qui fait les poids, ces "
    "{n} réponses renseignent à peu près autant que {effective} réponses de même poids : l'effet de plan de Kish est "
    "{effect}. Pour une question très liée aux marges, la pondération peut au contraire en faire gagner.",
    en="Unequal weights cost precision. For a question unrelated to what makes the weights, these {n} answers tell "
    "about as much as {effective} answers of equal weight: Kish's design effect is {effect}. For a question closely "
    "related to the margins, weighting may on the contrary gain some.",
)
_HEAVY = Text(
    fr="La réponse la plus lourde pèse {ratio} fois le poids médian, et {share} du total à elle seule.",
    en="The heaviest answer weighs {ratio} times the median weight, and {share} of the total on its own.",
)
_FACTORS = Text(
    fr="À échelle égale, le calage multiplie les poids de départ par un facteur qui va de {low} à {high}.",
    en="On an equal scale, the calibration multiplies the starting weights by a factor from {low} to {high}.",
)
_AT_BOUNDS = Text(
    fr="Réponses dont le facteur est à la borne basse : {low} ; à la borne haute : {high}.",
    en="Answers whose factor is at the lower bound: {low}; at the upper bound: {high}.",
)
_NEGATIVE = Text(
    fr="Attention : {count} réponses ont un poids négatif (le plus bas : {lowest}). Beaucoup de calculs n'ont alors "
    "plus de sens. Une méthode à bornes (logit, truncated) ou le calage par itérations (rake) n'en fait pas.",
    en="Careful: {count} answers have a negative weight (the lowest: {lowest}). Many computations then lose their "
    "meaning. A method with bounds (logit, truncated) or raking (rake) makes none.",
)
_TRIMMED = Text(
    fr="Réponses tenues au plafond de poids : {trimmed}. Les marges restent respectées.",
    en="Answers held at the weight ceiling: {trimmed}. The margins are still met.",
)


def diagnose(
    final: NDArray[np.float64],
    *,
    initial: NDArray[np.float64] | None = None,
    iterations: int = 0,
    gap: float = 0.0,
    worst_margin: str | None = None,
    trimmed: int = 0,
    bounds: Sequence[float] | None = None,
    remarks: Sequence[Text] = (),
) -> Diagnosis:
    """Describe final weights (n, some positive); `initial` when a calibration changed them, `bounds` of their ratio.

    Kish (1965): design effect n sum(w^2) / sum(w)^2, effective size sum(w)^2 / sum(w^2). `remarks` come first among
    the sentences.
    """
    counts = final > 0 if initial is None else initial > 0
    w = final[counts]
    total, n = float(w.sum()), len(w)
    n_effective = total**2 / float(w @ w)
    g = np.ones(1) if initial is None else w / initial[counts]
    quantiles = dict(zip(QUANTILES, np.quantile(w, list(QUANTILES.values())).tolist(), strict=True))
    diagnosis = Diagnosis(
        n=n,
        iterations=iterations,
        converged=True,
        worst_gap=gap,
        worst_margin=worst_margin,
        design_effect=n / n_effective,
        n_effective=n_effective,
        smallest_g=float(g.min()),
        largest_g=float(g.max()),
        total=total,
        quantiles=quantiles,
        largest_share=quantiles["max"] / total,
        trimmed=trimmed,
        lines=(),
        negative=int(np.count_nonzero(w < 0)),
        at_low=0 if bounds is None else int(np.count_nonzero(g <= bounds[0] + _near(bounds))),
        at_high=0 if bounds is None else int(np.count_nonzero(g >= bounds[1] - _near(bounds))),
    )
    lines = (*remarks, *_sentences(diagnosis, zero=len(final) - n, initial=initial))
    return replace(diagnosis, lines=lines)


def _near(bounds: Sequence[float]) -> float:
    """A logit factor never reaches its bounds: a thousandth of their range from one, it is at it."""
    return 1e-3 * (bounds[1] - bounds[0])


def _sentences(diagnosis: Diagnosis, *, zero: int, initial: NDArray[np.float64] | None) -> list[Text]:
    n = number(diagnosis.n)
    lines = [_COUNTED.filled(n=n, total=number(diagnosis.total))]
    if zero:
        lines.append(_ZERO.filled(zero=number(zero)))
    if diagnosis.design_effect < 1 + 1e-9:
        lines.append(_EQUAL)
    else:
        lines.append(
            _COST.filled(n=n, effective=number(diagnosis.n_effective), effect=number(diagnosis.design_effect, 2))
        )
        ratio = number(diagnosis.quantiles["max"] / diagnosis.quantiles["median"], 1)
        lines.append(_HEAVY.filled(ratio=ratio, share=percent(100 * diagnosis.largest_share, 2)))
    if initial is not None:
        # g carries the change of scale (from 1 per answer to people): told without it, the factors mean something.
        scale = diagnosis.total / float(initial.sum())
        low, high = diagnosis.smallest_g / scale, diagnosis.largest_g / scale
        lines.append(_FACTORS.filled(low=number(low, 2), high=number(high, 2)))
    if diagnosis.at_low or diagnosis.at_high:
        lines.append(_AT_BOUNDS.filled(low=number(diagnosis.at_low), high=number(diagnosis.at_high)))
    if diagnosis.negative:
        lowest = number(diagnosis.quantiles["min"], 2)
        lines.append(_NEGATIVE.filled(count=number(diagnosis.negative), lowest=lowest))
    if diagnosis.trimmed:
        lines.append(_TRIMMED.filled(trimmed=number(diagnosis.trimmed)))
    return lines
