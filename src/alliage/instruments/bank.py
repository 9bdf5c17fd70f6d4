"""The bank: questions and lists written once for several questionnaires, and the completing of those that use them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from alliage.catalogue import Document, declare, declared, did_you_mean, read_document
from alliage.catalogue.documents import Address
from alliage.instruments.checks import check_columns, check_entries, check_question, the_line
from alliage.instruments.questionnaires import Item, Option, Question, Questionnaire
from alliage.problems import Problem, raise_all
from alliage.text import Text


@declared
class SharedList:
    """Entries that several questions offer, as options or as items."""

    id: str
    label: Text
    entries: tuple[Option, ...]


@declared
class BankFile:
    """`instruments/bank.yaml` as it is written: its version and status hold for every question without its own."""

    version: str
    status: Literal["draft", "published"]
    questions: tuple[Question, ...]


@declared
class ListsFile:
    """`instruments/lists.yaml` as it is written."""

    lists: tuple[SharedList, ...]


@dataclass(frozen=True)
class Bank:
    """Shared questions, complete, and shared lists, by id. An empty bank suits a study that owns all its questions."""

    questions: dict[str, Question] = field(default_factory=dict)
    lists: dict[str, SharedList] = field(default_factory=dict)
    published: bool = False
    document: Document | None = None
    is_broken: bool = False  # it was there and could not be read: what refers to it cannot be judged


def read_bank(folder: Path) -> Bank:
    """Read `bank.yaml` and `lists.yaml` of an instruments folder. Raises Problem or Problems (content.*)."""
    lists = _read_lists(folder / "lists.yaml")
    document = read_document(folder / "bank.yaml", asked_by="instruments/")
    file: BankFile = declare(document, BankFile)
    written = tuple(replace(question, version=question.version or file.version) for question in file.questions)
    questions, problems = _complete_questions(written, lists, document)
    problems += check_columns(questions, document, {rank: ("questions", rank, "id") for rank in range(len(questions))})
    raise_all(problems)
    return Bank(
        questions={question.id: question for question in questions},
        lists=lists,
        published=file.status == "published",
        document=document,
    )


def read_questionnaire(path: Path, *, bank: Bank | None = None, asked_by: str = "") -> Questionnaire:
    """Read a questionnaire and complete it with the bank. Raises Problem or Problems (content.*)."""
    document = read_document(path, asked_by=asked_by)
    questionnaire: Questionnaire = declare(document, Questionnaire)
    return complete(questionnaire, bank or Bank(), document=document)


def complete(questionnaire: Questionnaire, bank: Bank, *, document: Document) -> Questionnaire:
    """Put in full the questions and lists that a questionnaire names, then check it.

    `document` is the file it was read from: problems name its lines. Raises Problem or Problems (content.*).
    """
    used, problems = _used(questionnaire, bank, document)
    own, others = _complete_questions(questionnaire.questions, bank.lists, document)
    problems += others
    at: list[Address] = [*used, *(("questions", rank, "id") for rank in range(len(own)))]
    questions = (*used.values(), *own)
    problems += check_columns(questions, document, dict(enumerate(at)))
    raise_all(problems)
    return replace(questionnaire, questions=questions)


def _read_lists(path: Path) -> dict[str, SharedList]:
    document = read_document(path, asked_by="instruments/")
    file: ListsFile = declare(document, ListsFile)
    problems = []
    lists: dict[str, SharedList] = {}
    for rank, shared in enumerate(file.lists):
        if shared.id in lists:
            other = the_line(document, ("lists", list(lists).index(shared.id), "id"))
            place = document.place(("lists", rank, "id"))
            problems.append(Problem("content.double_id", place, id=shared.id, other=other))
        lists.setdefault(shared.id, shared)
        problems += check_entries(shared.entries, document, ("lists", rank, "entries"))
    raise_all(problems)
    return lists


def _used(
    questionnaire: Questionnaire, bank: Bank, document: Document
) -> tuple[dict[Address, Question], list[Problem]]:
    used: dict[Address, Question] = {}
    problems = []
    for rank, name in enumerate(questionnaire.uses):
        if name in bank.questions:
            used["uses", rank] = bank.questions[name]
        else:
            problems.append(_dangling("uses", name, bank.questions, document, ("uses", rank)))
    return used, problems


def _complete_questions(
    questions: tuple[Question, ...], lists: dict[str, SharedList], document: Document
) -> tuple[tuple[Question, ...], list[Problem]]:
    """Replace `options_from` and `items_from` by what they name, and check each question once it is complete."""
    completed, problems = [], []
    for rank, question in enumerate(questions):
        at = ("questions", rank)
        for key in ("options_from", "items_from"):
            name = getattr(question, key)
            if name is not None and name not in lists:
                problems.append(_dangling(key, name, lists, document, (*at, key)))
        question = _with_lists(question, lists)
        problems += check_question(question, document, at)
        completed.append(question)
    return tuple(completed), problems


def _with_lists(question: Question, lists: dict[str, SharedList]) -> Question:
    """A name that no list bears is left as it is: it has been reported."""
    if question.options_from in lists:
        question = replace(question, options=lists[question.options_from].entries, options_from=None)
    if question.items_from in lists:
        entries = lists[question.items_from].entries
        items = tuple(Item(id=entry.id, label=entry.label, inside=entry.inside) for entry in entries)
        question = replace(question, items=items, items_from=None)
    return question


def _dangling(key: str, name: str, known: Iterable[str], document: Document, at: Address) -> Problem:
    return Problem("content.dangling", document.place(at), key=key, id=name, suggestion=did_you_mean(name, known))
