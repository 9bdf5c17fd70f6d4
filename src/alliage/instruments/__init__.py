"""Questionnaires: what was asked, word for word, and the codes of the answers.

Law: a published version never changes; ids of questions and options are never re-used.
"""

from alliage.instruments.bank import Bank, SharedList, complete, read_bank, read_questionnaire
from alliage.instruments.questionnaires import Item, Option, Question, Questionnaire, QuestionType

__all__ = [
    "Bank",
    "Item",
    "Option",
    "Question",
    "QuestionType",
    "Questionnaire",
    "SharedList",
    "complete",
    "read_bank",
    "read_questionnaire",
]
