"""Responses: the answers of a study, as received and as read, side by side.

Law: raw is kept as received; cleaning adds columns, it never overwrites. Files are opened in the import worker only.
"""

from alliage.responses.collected import Responses
from alliage.responses.collecting import collect
from alliage.responses.raw import RawAnswers, RawColumn
from alliage.responses.reading import read_answers, read_study_answers
from alliage.responses.statuses import ANSWERED, NO_ANSWER, NOT_ASKED

__all__ = [
    "ANSWERED",
    "NOT_ASKED",
    "NO_ANSWER",
    "RawAnswers",
    "RawColumn",
    "Responses",
    "collect",
    "read_answers",
    "read_study_answers",
]
