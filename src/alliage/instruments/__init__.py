"""Questionnaires: what was asked, word for word, and the codes of the answers.

Law: a published version never changes; ids of questions and options are never re-used.
"""

from alliage.instruments.questionnaires import (
    Item,
    Option,
    Question,
    Questionnaire,
    QuestionType,
    read_questionnaire,
)

__all__ = ["Item", "Option", "Question", "QuestionType", "Questionnaire", "read_questionnaire"]
