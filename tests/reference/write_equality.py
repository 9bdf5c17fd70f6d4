"""Writes docs/reference/equality.md: estimator, reference, data, and the largest difference found.

ALLIAGE_DATA=… python tests/reference/write_equality.py
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from reference.cases import VALUES, Case, compared, difference, input_file, read_cases, read_input  # noqa: E402

# Each family is a folder beside this file, with its own script for R and its `<family>_cases.py`.
FAMILIES = {
    "calibration": "Calage · Calibration",
    "nonresponse": "Non-réponse · Non-response",
    "trimming": "Troncature des poids · Trimming",
    "replicates": "Poids de réplication · Replicate weights",
    "quantiles": "Quantiles, intervalles, combinaisons · Quantiles, intervals, combinations",
    "comparisons": "Tests",
    "models": "Modèles · Models",
}

# Where the reference itself is known to fewer than nine digits: how its numbers are known, and why.
LOOSE = {
    "†": (r"^sampling::calib", "`sampling::calib` stops at 5e-7 on the weights; its margins are not met further."),
    "‡": (r"saddlepoint|Rao-Scott p|anova p", "R finds the saddlepoint of a law by a root it knows to 1e-8."),
}

PAGE = HERE.parents[1] / "docs" / "reference" / "equality.md"

HEAD = """\
# Égalité avec R · Equality with R

Page écrite par `tests/reference/write_equality.py` ; ne la corrigez pas à la main.
Written by `tests/reference/write_equality.py`; do not mend it by hand.

Chaque ligne est un estimateur sur un jeu de données, ou un plan de sondage ; chaque nombre comparé, une valeur, une
erreur type, une borne d'intervalle, un effet de plan, des degrés de liberté, une statistique de test, un poids. La
différence est relative : |R − Alliage| / |R|. Un zéro exact chez R doit être un zéro exact ici. Les tests refusent
plus de 1e-9, ou disent pourquoi.

Each row is an estimator on a data set, or a sampling design; each number compared a value, a standard error, an
interval end, a design effect, degrees of freedom, a test statistic, a weight. Differences are relative:
|R − Alliage| / |R|. An exact zero in R must be an exact zero here. Tests refuse more than 1e-9, or say why.

"""

NOTES = """
## Choix et écarts assumés · Choices, and where we leave R on purpose

- **Intervals of shares**: `svyciprop(method = "beta")` (Korn–Graubard). At p = 0 or 1, where it gives NaN, the plain
  Clopper–Pearson interval with the n respondents of the base. The `nrow(design)` of its formula is here the number of
  respondents of positive weight in the base; R counts every row of the file once a design is calibrated.
- **Degrees of freedom**: sampled units minus strata among the respondents of the domain, `degf(subset(...))`.
- **Design effect**: `deff = "replace"`. R's `deff = TRUE` needs weights that add up to the population, and has no value
  when they average 1.
- **Missing answers**: outside the domain, item by item. R drops a row for all the items of one call.
- **Calibration**: residuals of the regression weighted by the initial weights, as `postStratify` and `calibrate` do.
  `rake()` regresses without weights, in ten passes: the same for equal initial weights (compared above), close
  otherwise.
- **Zero weights**: the row is outside every base, its unit stays in the variance. Before calibrating, R is asked after
  `subset(design, weight > 0)`: `postStratify` of 4.1 gives such rows the residual of a weight of 1, `calibrate` divides
  by their initial weight.
- **Lonely units**: `remove`, `adjust`, `average` as R; `average` below the first stage is refused (R gives NaN).
- **Contrasts** within a calibrated design: `svyby(covmat = TRUE)` of 4.1 stops with an error there; R's own
  `svyrecvar` is asked on the difference of influences.
- **Exact zeros**: R's 1e-17 where a calibrated or stratified total is known without error is taken as 0.
- **Calibration**: bounds are on final over starting weight, as R's. R 4.1 leaves the scale q out of the residual
  regression for non-linear distances; it is kept here (Deville and Särndal 1992).
- **Replicates**: `bootstrap` is Rao and Wu's, R's `subbootstrap`; R's `bootstrap` is `canty_davison`. BRR with an odd
  stratum or with a finite population is refused. A value that some replicates lose says so.
- **Quantiles**: `math` and `hf1` take the smallest answer that reaches p, below the first weight too, where R takes the
  second one; `hf4` stops at the ends. An end that cannot be defined is nan, with a warning.
- **Standardisation**: a class where nobody answered has no value; R shares its part among the others in silence.
- **Tests**: `rank_test` gives ties their middle rank; R's depends on the order of the rows, which `ties="order"`
  repeats. In a calibrated design, the units counted are those of the domain.
- **Models**: separated categories are refused by name, where R warns. `svyolr`'s numerical Hessian is replaced, in the
  script, by complex-step derivatives. Likelihood-ratio tests keep the same rows for both models.
"""


def rows(cases: list[Case]) -> Iterator[str]:
    found: dict[str, list[tuple[Case, list[float]]]] = defaultdict(list)
    for case in cases:
        path = input_file(case)
        if path is None:
            sys.exit(f"{case['file']} is missing: set ALLIAGE_DATA")
        away = [difference(theirs, ours) for _, theirs, ours in compared(case, read_input(path))]
        found[case["name"].split(" | ")[0]].append((case, away))
    for design, made in found.items():
        worst_case, worst = max(((case, max(away)) for case, away in made), key=lambda pair: pair[1])
        numbers = sum(len(away) for _, away in made)
        what = worst_case["name"].split(" | ")[-1]
        yield f"| {design} | {len(made)} | {numbers} | {worst:.1e} | {what} |"


def family_rows(name: str) -> Iterator[str]:
    """One row per estimator, reference and data set of a family."""
    found: dict[tuple[str, str, str], list[tuple[float, str]]] = defaultdict(list)
    cases = import_module(f"reference.{name}.{name}_cases")
    for estimator, reference, data, case, theirs, ours, *scale in cases.compared_all():
        away = abs(theirs - ours) / scale[0] if scale and theirs != ours else difference(theirs, ours)
        found[(estimator + _loose(reference, case), reference, data)].append((away, case))
    for (estimator, reference, data), made in sorted(found.items()):
        worst, where = max(made)
        told = where if worst > 0 else ""
        yield f"| {estimator} | {reference} | {_cell(data)} | {len(made)} | {worst:.1e} | {_cell(told)} |"


def _loose(reference: str, case: str) -> str:
    """The mark of a number for which the reference itself is known to fewer digits."""
    return next((f" {mark}" for mark, (where, _) in LOOSE.items() if re.search(where, f"{reference} | {case}")), "")


def _cell(words: str) -> str:
    return words.replace("|", "/")


def main() -> None:
    parts = [HEAD, "## Estimations et plans de sondage · Estimates and designs\n\n"]
    for name in VALUES:
        versions, cases = read_cases(name)
        parts.append(f"### {name} (R {versions['R']}, survey {versions['survey']})\n\n")
        parts.append("| plan · design | cas · cases | nombres · numbers | plus grand écart · largest | où · where |\n")
        parts.append("|---|---:|---:|---:|---|\n")
        parts += [f"{line}\n" for line in rows(cases)]
        parts.append("\n")
    for name, title in FAMILIES.items():
        parts.append(f"## {title}\n\n")
        parts.append("| estimateur · estimator | référence · reference | données · data | nombres · numbers |")
        parts.append(" plus grand écart · largest | où · where |\n|---|---|---|---:|---:|---|\n")
        parts += [f"{line}\n" for line in family_rows(name)]
        parts.append("\n")
    parts.append("Marques · Marks:\n\n" + "".join(f"- {mark} {why}\n" for mark, (_, why) in LOOSE.items()))
    PAGE.write_text("".join(parts).rstrip("\n") + "\n" + NOTES, encoding="utf-8")


if __name__ == "__main__":
    main()
