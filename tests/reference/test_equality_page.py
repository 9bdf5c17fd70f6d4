"""The page of equalities lists every family, and no difference that the tests would refuse."""

from __future__ import annotations

import re

from reference.write_equality import FAMILIES, HERE, LOOSE, PAGE

WORST = re.compile(r"\| (\d\.\de[+-]\d\d) \|")


def test_every_family_of_references_is_on_the_page():
    families = {path.parent.name for path in HERE.glob("*/*_cases.py")}

    assert families == set(FAMILIES)
    assert [title for title in FAMILIES.values() if f"## {title}" not in PAGE.read_text(encoding="utf-8")] == []


def test_no_difference_on_the_page_is_one_the_tests_refuse():
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if WORST.search(line)]
    known = [line for line in rows if any(f" {mark} |" in line for mark in LOOSE)]

    assert len(rows) > 100
    assert max(float(WORST.search(line)[1]) for line in set(rows) - set(known)) <= 1e-9
    assert max(float(WORST.search(line)[1]) for line in known) <= 1e-4
