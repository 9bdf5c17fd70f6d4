"""Writes pairs.csv and hadamard.csv: a made-up sample for half-samples and the matrix that both sides balance them by.

pairs.csv      nine strata of two clusters and one of four; a cluster whose rows all weigh 0, missing answers, a group
               that lives in one cluster only, answers that are all yes in a group. Run once; the file is kept.
hadamard.csv   the matrix `alliage.estimates.replicates.hadamard` gives for them, which R is asked to use
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from alliage.estimates.replicates.hadamard import hadamard, next_order

HERE = Path(__file__).parent
STRATA = 10


def pairs(rng: np.random.Generator) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for stratum in range(STRATA):
        for cluster in range(4 if stratum == 3 else 2):
            middle = float(rng.normal(5, 1.5))
            for _ in range(int(rng.integers(3, 7))):
                group = "seul" if (stratum, cluster) == (6, 1) else str(rng.choice(["bourg", "ville"]))
                weight = 0.0 if (stratum, cluster) == (8, 0) else round(float(rng.uniform(5, 60)), 3)
                rows.append(
                    {
                        "stratum": f"s{stratum}",
                        "cluster": f"s{stratum}c{cluster}",
                        "weight": weight,
                        "group": group,
                        "sex": str(rng.choice(["f", "h"])),
                        "member": "oui" if group == "seul" else str(rng.choice(["oui", "non"])),
                        "note": "" if rng.random() < 0.08 else round(middle + float(rng.normal(0, 2)), 2),
                        "helpers": int(rng.integers(0, 30)),
                        "budget": round(1_000_000 + middle + float(rng.normal(0, 3)), 3),
                    }
                )
    return rows


def main() -> None:
    rows = pairs(np.random.default_rng(20261123))
    with (HERE / "pairs.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    matrix = hadamard(next_order(STRATA + 2))
    np.savetxt(HERE / "hadamard.csv", matrix, fmt="%d", delimiter=",")


if __name__ == "__main__":
    main()
