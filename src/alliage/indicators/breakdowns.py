"""The breakdowns of a study: which category each respondent belongs to, and what is known of each category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from alliage.indicators.answers import domains_of
from alliage.indicators.measuring import Breakdown
from alliage.responses import Responses
from alliage.weights import Margin


def break_down(
    responses: Responses,
    variables: Sequence[str],
    *,
    margins: Sequence[Margin],
    inhabitants: Mapping[str, int],
) -> dict[str, Breakdown]:
    """One breakdown for each variable the study holds; the others do not concern its audience.

    margins      those of its weighting: they tell how many units the frame holds in a category
    inhabitants  by territory code, for the zoning variable
    """
    zoning = responses.folder.study.zoning
    found: dict[str, Breakdown] = {}
    for variable in variables:
        categories = _categories(responses, variable)
        if categories is None:
            continue
        is_territory = zoning is not None and zoning.column == variable
        found[variable] = Breakdown(
            variable=variable,
            is_territory=is_territory,
            categories=tuple(categories),
            codes=domains_of(variable, categories, responses),
            frames=_frames(variable, margins),
            inhabitants=inhabitants if is_territory else {},
        )
    return found


def _categories(responses: Responses, variable: str) -> dict[str, str] | None:
    folder = responses.folder
    for derived in folder.study.derived:
        if derived.id == variable:
            return {band.id: band.id for band in derived.bands}
    for question in folder.questionnaire.questions:
        if question.id == variable and variable in responses.status:
            return {option.id: option.id for option in question.options}
    return None


def _frames(variable: str, margins: Sequence[Margin]) -> dict[str, int]:
    """Units of the frame in each category, from the first margin that counts them (not one used for its shares)."""
    for margin in margins:
        if variable in margin.variables and margin.use == "counts" and margin.level == "individual":
            rank = margin.variables.index(variable)
            sizes: dict[str, float] = defaultdict(float)
            for cell in margin.cells:
                sizes[cell.values[rank]] += cell.count
            return {name: round(size) for name, size in sizes.items()}
    return {}
