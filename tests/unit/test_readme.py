"""The statistician's five lines of the README are run as they stand."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"
# Four towns in two regions; one answer missing in the North. Weights 30 and 10.
ANSWERS = """\
region,commune,poids,innovation
Nord,n1,30,tout_a_fait
Nord,n1,30,plutot
Nord,n2,30,plutot_pas
Nord,n2,30,plutot
Nord,n2,30,
Sud,s1,10,plutot
Sud,s1,10,pas_du_tout
Sud,s2,10,pas_du_tout
Sud,s2,10,tout_a_fait
"""


def five_lines() -> str:
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    return code


def test_the_five_lines_are_five_lines():
    assert len(five_lines().splitlines()) == 5


def test_the_five_lines_give_weighted_shares_with_their_margins(tmp_path: Path):
    (tmp_path / "reponses.csv").write_text(ANSWERS, encoding="utf-8")

    said = subprocess.run([sys.executable, "-c", five_lines()], cwd=tmp_path, capture_output=True, text=True)

    assert said.returncode == 0, said.stderr
    heading, *rows = [line.split() for line in said.stdout.replace("tout_a_fait + plutot", "both").splitlines()]
    north, south = (dict(zip(heading, row, strict=True)) for row in rows)
    # By hand, in the North: town n1 is 2 of 2, n2 1 of 2, around 3 of 4; their influences are +1/8 and -1/8, hence a
    # variance of 2 (1/64 + 1/64). In the South both towns are 1 of 2.
    assert [north[name] for name in ("region", "value", "standard_error", "n", "n_missing")] == [
        "Nord", "0.75", "0.25", "4", "1",
    ]  # fmt: skip
    assert [south[name] for name in ("region", "value", "standard_error", "n", "n_missing")] == [
        "Sud", "0.50", "0.00", "4", "0",
    ]  # fmt: skip
