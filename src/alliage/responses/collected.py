"""The answers of a study once read: one row per respondent, our ids, and why each absent answer is absent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from alliage.responses.raw import RawAnswers
from alliage.responses.statuses import ANSWERED, NOT_ASKED, Status
from alliage.studies import StudyFolder

RESPONDENT = "respondent"


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    """`table` has one row per respondent, in the order of the file:

    - `respondent`: text, the id as received;
    - a column of text per one-answer question (option ids) and per derived variable (band ids), null when absent;
    - a column of floats per note or number, and per option of a `multiple` question (1.0 chosen, 0.0 not);
    - the columns of the design: weight and fpc as floats, strata, clusters and zoning as text, never null.

    `status` has one int8 per respondent for each column of a question or a derived variable: ANSWERED, NO_ANSWER,
    NOT_ASKED. A value is null exactly where its status is not ANSWERED. `raw` is the file as received, same rows.
    """

    folder: StudyFolder
    table: pa.Table
    status: Mapping[str, Status]
    raw: RawAnswers

    @property
    def n(self) -> int:
        return int(self.table.num_rows)

    def numbers(self, column: str) -> NDArray[np.float64]:
        """A column of numbers; nan where there is no answer."""
        values = self.table.column(column).to_numpy()
        return np.asarray(values, dtype=np.float64)

    def options(self, column: str) -> NDArray[np.object_]:
        """A column of option ids; None where there is no answer."""
        return np.asarray(self.table.column(column).to_numpy(), dtype=np.object_)

    def asked(self, column: str) -> NDArray[np.bool_]:
        """Who was asked."""
        return np.asarray(self.status[column] != NOT_ASKED)

    def answered(self, column: str) -> NDArray[np.bool_]:
        """Who answered."""
        return np.asarray(self.status[column] == ANSWERED)
