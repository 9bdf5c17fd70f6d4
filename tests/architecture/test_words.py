"""No file names what is only of the place where it was written: its machines, its tools, its people."""

from __future__ import annotations

import re

import pytest

from architecture.house import SRC, named, texts

# Each pattern is written so that it does not find itself here.
FORBIDDEN = {
    "a package registry": r"(?:\bpy[p]i\.org|python[h]osted|registry\.np[m]js|crate[s]\.io|repo\.anacond[a])",
    "a path of one machine": r"(?<![\w.:/])/(?:work|root|home|Users)/\w",
    "an assistant's name": r"(?i:\b(?:claud[e]|anthropi[c]|chatgp[t]|copilo[t]|opena[i])\b)",
}
# Someone named in content: a civil title before a capitalised name. Sources cite a title and an institution.
SOMEONE = re.compile(r"\b(?:M\.|Mme|Mlle|Dr|Pr|Mr\.?|Mrs\.?|Ms\.?)[ \u00a0\u202f][A-ZÉÈÀ][a-zéèàç]+")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str):
    pattern = re.compile(FORBIDDEN[what])

    assert [f"{named(path)}: {found[0]}" for path, words in texts() if (found := pattern.search(words))] == []


def test_no_content_names_a_person():
    content = [(path, words) for path, words in texts() if SRC / "alliage_content" in path.parents]

    assert len(content) > 30
    assert [f"{named(path)}: {found[0]}" for path, words in content if (found := SOMEONE.search(words))] == []


def test_the_patterns_find_what_they_are_for():
    examples = {
        "a package registry": "https://py" + "pi.org/simple",
        "a path of one machine": "see /ro" + "ot/file",
        "an assistant's name": "Chat" + "GPT",
    }

    assert [what for what, words in examples.items() if not re.search(FORBIDDEN[what], words)] == []
    assert SOMEONE.search("selon M. Martin")
