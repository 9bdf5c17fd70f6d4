"""Writes the made-up answers of tests/reference/inputs: small, and awkward on purpose. Run once; the files are kept.

communes.csv   strata x communes x people, two stages: commune numbers start again in each stratum, people with a
               weight of zero (a whole commune among them), answers missing, a category that lives in two communes
               only, answers that are all yes or all no in a group, figures around a million with a small spread
lonely.csv     the same kind of file with one stratum of a single commune, and one taken whole (certainty)
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

INPUTS = Path(__file__).parent / "inputs"


def communes(rng: np.random.Generator, sizes: dict[str, tuple[int, int]]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for stratum, (sampled, population) in sizes.items():
        for commune in range(1, sampled + 1):
            people, asked = int(rng.integers(12, 60)), int(rng.integers(2, 9))
            for _ in range(asked):
                group = "rural" if commune in (2, 3) and stratum == "est" else str(rng.choice(["bourg", "ville"]))
                weight = population / sampled * people / asked * float(rng.uniform(0.6, 1.5))
                if rng.random() < 0.05 or (stratum == "ouest" and commune == 2):
                    weight = 0.0
                answer = str(rng.choice(["oui", "non", "nsp", ""], p=[0.45, 0.35, 0.1, 0.1]))
                note = "" if rng.random() < 0.08 else str(int(rng.integers(0, 11)))
                rows.append(
                    {
                        "id": len(rows) + 1,
                        "stratum": stratum,
                        "commune": commune,
                        "communes": population,
                        "people": people,
                        "weight": round(weight, 4),
                        "group": group,
                        "sex": str(rng.choice(["f", "h"])),
                        "answer": answer,
                        "member": "oui" if group == "rural" else ("non" if group == "bourg" else answer or "non"),
                        "note": note,
                        "budget": round(1_000_000 + float(rng.normal(0, 3)), 3),
                        "flat": 0.1 if group == "ville" else round(float(rng.uniform()), 3),
                        "helpers": int(rng.integers(0, 30)),
                    }
                )
    return rows


def write(name: str, rows: list[dict[str, object]]) -> None:
    with (INPUTS / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    rng = np.random.default_rng(20261123)
    write("communes.csv", communes(rng, {"est": (6, 40), "nord": (5, 22), "ouest": (4, 90), "sud": (7, 31)}))
    write("lonely.csv", communes(rng, {"est": (4, 30), "ile": (1, 1), "nord": (3, 12), "seul": (1, 9), "sud": (5, 31)}))


if __name__ == "__main__":
    main()
