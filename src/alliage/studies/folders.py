"""A study or an observatory as it lies on disk: what it declares, where each line is, and the files it points to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from alliage.catalogue import Document
from alliage.instruments import Question, Questionnaire
from alliage.problems import Problem
from alliage.studies.declarations import Observatory, Study

IN_DATA_FOLDER = "data:"


@dataclass(frozen=True, slots=True)
class StudyFolder:
    """One study: its declaration, the document that gives line numbers, its questionnaire, its own indicators.

    `indicators` holds the documents of the indicator files the study brings, by indicator id: the indicators room
    turns them into declarations.
    """

    study: Study
    document: Document
    folder: Path
    questionnaire: Questionnaire
    indicators: Mapping[str, Document] = field(default_factory=dict)
    data_folder: Path | None = None

    @property
    def audience(self) -> str:
        return self.study.audience if isinstance(self.study.audience, str) else self.study.audience.id

    def question_columns(self) -> dict[str, Question]:
        """Every column that a question fills and that this file holds, in the order of the questionnaire."""
        return {
            column: question
            for question in self.questionnaire.questions
            if question.id not in self.study.not_collected
            for column in question.columns()
            if column not in self.study.not_collected
        }

    def answers_path(self) -> Path:
        """Where the answers are. Raises study.no_answers, study.no_data_folder."""
        file, place = self.study.answers.file, self.document.place(("answers", "file"))
        if not file.startswith(IN_DATA_FOLDER):
            path = self.folder / file
        elif self.data_folder is None:
            raise Problem("study.no_data_folder", place, file=file)
        else:
            path = self.data_folder / file.removeprefix(IN_DATA_FOLDER)
            if not path.resolve().is_relative_to(self.data_folder.resolve()):
                raise Problem("study.outside_data_folder", place, file=file)
        if not path.is_file():
            raise Problem("study.no_answers", place, path=path)
        return path


@dataclass(frozen=True, slots=True)
class ObservatoryFolder:
    """An observatory and its studies, in the order it lists them. A study alone makes no observatory."""

    observatory: Observatory
    document: Document
    folder: Path
    studies: tuple[StudyFolder, ...]
