"""The English is complete, and French typography holds in what French readers see."""

from __future__ import annotations

import re

from alliage_web.locale import HERE, catalogue, messages

ENGLISH = catalogue(HERE / "en" / "LC_MESSAGES" / "django.po")
SAID = {message: f"{file}" for message, file, _line in messages()}
FIELD = re.compile(r"%\(\w+\)s|<[^>]+>")


def test_every_french_sentence_has_its_english() -> None:
    missing = {
        message: file for message, file in SAID.items() if not ENGLISH.get(message) or not ENGLISH[message].string
    }

    assert missing == {}


def test_no_english_sentence_outlives_its_french() -> None:
    assert [message.id for message in ENGLISH if message.id and message.id not in SAID] == []


def test_a_translation_keeps_the_fields_and_the_markup() -> None:
    changed = [
        message.id
        for message in ENGLISH
        if message.id and sorted(FIELD.findall(message.id)) != sorted(FIELD.findall(message.string))
    ]

    assert changed == []


def test_french_signs_never_leave_their_word() -> None:
    breakable = [message for message in SAID if re.search(r" [:;?!»]|« ", message)]

    assert breakable == []
