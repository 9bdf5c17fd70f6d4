"""Draws synthetic answers: each question keeps its declared national result, each territory its declared leaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtr
from scipy.stats import norm

from alliage.instruments import Question, Questionnaire
from alliage_demo.assumptions import Answer, Assumptions, WaveAssumptions
from alliage_demo.populations import Cells, allocated

Column = list[str]
Floats = NDArray[np.float64]

BLOCK = 10  # neighbours drawn together, so that a sample is closer to its target than chance would put it


def draw_answers(
    cells: Cells, questionnaire: Questionnaire, assumptions: Assumptions, wave: WaveAssumptions
) -> dict[str, Column]:
    """One column per column of the questionnaire, as text; an empty text is a question left or not put."""
    draw = _Draw(cells, assumptions, wave)
    columns: dict[str, Column] = {"repondant": [f"r{rank:05d}" for rank in range(1, draw.size + 1)]}
    for variable in cells.variables:
        values = cells.column(variable)
        columns[variable] = [values[cell] for cell in draw.cell]
    for question in questionnaire.questions:
        answer = wave.answers.get(question.id)
        if answer is not None:
            columns.update(draw.question(question, answer, columns))
    return columns


class _Draw:
    """One sample and its random stream. Respondents stand in the order of their cells, so neighbours are alike."""

    def __init__(self, cells: Cells, assumptions: Assumptions, wave: WaveAssumptions) -> None:
        self.cells = cells
        self.assumptions = assumptions
        self.random = np.random.default_rng(wave.sampling.seed)
        self.cell = np.repeat(np.arange(len(cells.categories)), allocated(cells, wave.sampling))
        self.size = len(self.cell)
        self.lean = np.array(
            [sum(assumptions.leaning.get(category, 0.0) for category in cell) for cell in cells.categories]
        )
        self.mood = norm.ppf(self.even())  # some people are worried by everything, others by nothing

    def even(self) -> Floats:
        """Uniform draws spread evenly inside each block of neighbours."""
        ranks = np.concatenate([self.random.permutation(BLOCK) for _ in range(-(-self.size // BLOCK))])[: self.size]
        return np.asarray((ranks + self.random.random(self.size)) / BLOCK)

    def question(self, question: Question, answer: Answer, columns: Mapping[str, Column]) -> dict[str, Column]:
        concerned = np.ones(self.size, dtype=bool)
        for column, value in answer.only_if.items():
            concerned &= np.array(columns[column]) == value
        drawn = _FORMS[question.type](self, question, answer)
        # A question left unanswered is left whole: a battery is one page of the questionnaire.
        answered = concerned & (self.random.random(self.size) >= self.assumptions.silence)
        return {
            name: [value if keep else "" for value, keep in zip(values, answered, strict=True)]
            for name, values in drawn.items()
        }

    def single(self, question: Question, answer: Answer) -> dict[str, Column]:
        return {question.id: self._options(answer.shares)}

    def singles(self, question: Question, answer: Answer) -> dict[str, Column]:
        return {f"{question.id}_{item.id}": self._options(answer.each_of[item.id]) for item in question.items}

    def multiple(self, question: Question, answer: Answer) -> dict[str, Column]:
        options = [option.id for option in question.options]
        if answer.choose:
            picked = self._picked(options, answer)
        else:
            picked = np.stack([self._chosen(answer.each[option] / 100) for option in options], axis=1)
        return {
            f"{question.id}_{option}": ["1" if chosen else "0" for chosen in picked[:, rank]]
            for rank, option in enumerate(options)
        }

    def notes(self, question: Question, answer: Answer) -> dict[str, Column]:
        return {f"{question.id}_{item.id}": self._noted(item.id, answer) for item in question.items}

    def number(self, question: Question, answer: Answer) -> dict[str, Column]:
        mean = answer.mean or 0.0
        # At least one partnership; a long tail: a few organisations have very many.
        drawn = 1 + self.random.negative_binomial(0.9, 0.9 / (0.9 + mean - 1), self.size)
        return {question.id: [str(value) for value in drawn]}

    def _options(self, shares: Mapping[str, float]) -> Column:
        names = list(shares)
        targets = np.cumsum(list(shares.values()))[:-1] / sum(shares.values())
        even = self.even()
        rank = np.zeros(self.size, dtype=int)
        for target in targets:
            rank += even > self._chance(target)[self.cell]
        return [names[value] for value in rank]

    def _chosen(self, share: float) -> NDArray[np.bool_]:
        return np.asarray(self.even() < self._chance(share)[self.cell])

    def _chance(self, share: float) -> Floats:
        """The probability of each cell, leaning included, whose mean over the population is the share."""
        if share <= 0 or share >= 1:
            return np.full(len(self.lean), share)
        return self._solved(lambda shift: expit(shift + self.lean), share, -12.0, 12.0)

    def _noted(self, item: str, answer: Answer) -> Column:
        regions = self.cells.column("region")
        worry = np.array([self.assumptions.worry.get(region, {}).get(item, 0.0) for region in regions])
        steps = np.arange(10) + 0.5

        def mean_note(shift: float) -> Floats:
            # The mean of a normal answer rounded and cut to 0..10 is the sum of its chances to pass each half step.
            return np.asarray(ndtr((shift + worry[:, None] - steps) / answer.spread).sum(axis=1))

        centre = worry + self._level(mean_note, answer.notes[item])
        tremble = 0.6 * self.mood + 0.8 * norm.ppf(self.even())
        return [str(round(note)) for note in np.clip(np.rint(centre[self.cell] + answer.spread * tremble), 0, 10)]

    def _picked(self, options: list[str], answer: Answer) -> NDArray[np.bool_]:
        appeal = np.log([answer.appeal[option] for option in options])
        regions = self.cells.column("region")
        local = np.array(
            [[self.assumptions.worry.get(region, {}).get(option, 0.0) for option in options] for region in regions]
        )
        scores = appeal + local[self.cell] + self.random.gumbel(size=(self.size, len(options)))
        order = np.argsort(-scores, axis=1)
        picked = np.zeros(scores.shape, dtype=bool)
        np.put_along_axis(picked, order[:, : answer.choose], True, axis=1)
        return picked

    def _solved(self, curve: Callable[[float], Floats], target: float, low: float, high: float) -> Floats:
        return curve(self._root(curve, target, low, high))

    def _level(self, curve: Callable[[float], Floats], target: float) -> float:
        return self._root(curve, target, -10.0, 20.0)

    def _root(self, curve: Callable[[float], Floats], target: float, low: float, high: float) -> float:
        """Bisection: the mean of the curve over the population grows with the shift."""
        weights = self.cells.sizes / self.cells.sizes.sum()
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if float(weights @ curve(middle)) < target else (low, middle)
        return (low + high) / 2


_FORMS: dict[str, Callable[[_Draw, Question, Answer], dict[str, Column]]] = {
    "single": _Draw.single,
    "singles": _Draw.singles,
    "multiple": _Draw.multiple,
    "notes": _Draw.notes,
    "number": _Draw.number,
}
