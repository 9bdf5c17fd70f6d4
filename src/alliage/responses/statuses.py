"""Why an answer is absent: the question was not asked, or it was asked and not answered."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

ANSWERED: Final = 0
NO_ANSWER: Final = 1  # asked, no answer: item non-response
NOT_ASKED: Final = 2  # outside the base: the question did not concern them

Status = NDArray[np.int8]
