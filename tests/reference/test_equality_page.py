"""The page of equalities lists every family, and no difference that the tests would refuse."""

from __future__ import annotations

import re

from reference.write_equality import FAMILIES, HERE, PAGE


def test_every_family_of_references_is_on_the_page():
    families = {path.parent.name for path in HERE.glob("*/*_cases.py")}

    assert families == set(FAMILIES)
    assert [title for title in FAMILIES.values() if f"## {title}" not in PAGE.read_text(encoding="utf-8")] == []


def test_no_difference_on_the_page_is_one_the_tests_refuse():
    found = [float(one) for one in re.findall(r"\| (\d\.\de[+-]\d\d) \|", PAGE.read_text(encoding="utf-8"))]

    assert len(found) > 100
    assert max(found) <= 1e-9
