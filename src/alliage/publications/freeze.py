"""`freeze`: from public cells and gaps to a release on disk, whole or absent, the same bytes for the same inputs."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from alliage.publications.certificate import certificate_record
from alliage.publications.chain import chain_record, without_cells
from alliage.publications.codebook import CODEBOOK_COLUMNS, codebook_record, codebook_rows
from alliage.publications.composing import compose
from alliage.publications.drawings import draw
from alliage.publications.figures import Figure
from alliage.publications.files import (
    csv_bytes,
    json_bytes,
    refuse_foreign_folder,
    sums_bytes,
    whole_or_absent,
    write_files,
)
from alliage.publications.inputs import ReleaseInputs
from alliage.publications.manifest import manifest_record
from alliage.publications.maps import map_files
from alliage.publications.records import Record, cell_record, figure_record, gap_record
from alliage.publications.sheets import cells_csv, figure_csv, gaps_csv
from alliage.publications.vocabulary import Vocabulary
from alliage.publications.wording import notices
from alliage.text import LANGUAGES


def freeze(inputs: ReleaseInputs, to: Path) -> str:
    """Write the release and give its id, the SHA-256 of SHA256SUMS. Raises Problem release.occupied.

    Everything is made before anything is written; then written beside and renamed, so that `to` is never half-made.
    """
    refuse_foreign_folder(to)
    files = release_files(inputs)
    with whole_or_absent(to) as folder:
        write_files(files, folder)
    return hashlib.sha256(sums_bytes(files)).hexdigest()


def release_files(inputs: ReleaseInputs) -> dict[str, bytes]:
    """Every file of the release but SHA256SUMS, by its path inside it."""
    words = Vocabulary(inputs)
    stamps = [note.to_dict() for note in notices(synthetic=inputs.synthetic, unaudited=inputs.unaudited)]
    figures = compose(words)
    chains = {indicator.id: chain_record(indicator, words) for indicator in inputs.indicators}
    manifest = manifest_record(words, figures)
    codebook = codebook_record(words)
    stated = {indicator["id"]: [indicator, chains[indicator["id"]]["studies"], manifest["whole"], manifest["waves"],
              manifest["breakdowns"], stamps] for indicator in manifest["indicators"]}  # fmt: skip
    pages = {"release.json": manifest, "codebook.json": codebook,
             **{f"why/{name}.json": without_cells(chain) for name, chain in chains.items()}}  # fmt: skip
    cells = [cell_record(cell, words) for cell in inputs.cells]
    return {
        "release.json": json_bytes(manifest),
        "codebook.json": json_bytes(codebook),
        "codebook.csv": csv_bytes(CODEBOOK_COLUMNS, codebook_rows(codebook)),
        "certificate.json": json_bytes(certificate_record(words, figures, stated=stated, pages=pages)),
        **{f"why/{name}.json": json_bytes(chain) for name, chain in chains.items()},
        **{f"content/{name}.json": json_bytes(page) for name, page in inputs.content.items()},
        **_results(words, cells, stamps),
        **_territories(words, cells, stamps),
        **_figures(figures),
        **_map(inputs),
    }


def _map(inputs: ReleaseInputs) -> dict[str, bytes]:
    """Only a release that speaks of territories has a map to enter by."""
    has_territories = any(breakdown.is_territory for breakdown in inputs.breakdowns)
    return map_files(inputs.content["territories"]) if has_territories and "territories" in inputs.content else {}


def _results(words: Vocabulary, records: list[Record], stamps: list[Record]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for indicator in words.inputs.indicators:
        cells = [cell for cell in records if cell["indicator"] == indicator.id]
        gaps = [gap_record(gap, words) for gap in words.inputs.gaps if gap.a.indicator == indicator.id]
        head: dict[str, Any] = {"indicator": indicator.id, "notices": stamps}
        files[f"tables/{indicator.id}.json"] = json_bytes({**head, "cells": cells})
        files[f"tables/{indicator.id}.csv"] = cells_csv(cells, stamps)
        if gaps:
            files[f"gaps/{indicator.id}.json"] = json_bytes({**head, "gaps": gaps})
            files[f"gaps/{indicator.id}.csv"] = gaps_csv(gaps, stamps)
    return files


def _territories(words: Vocabulary, records: list[Record], stamps: list[Record]) -> dict[str, bytes]:
    """Every cell of one territory in one file, for whoever leaves with it."""
    files: dict[str, bytes] = {}
    for breakdown in (breakdown for breakdown in words.inputs.breakdowns if breakdown.is_territory):
        for domain in breakdown.domains:
            cells = [cell for cell in records if (cell["by"], cell["domain"]) == (breakdown.id, domain.id)]
            head: dict[str, Any] = {"territory": f"{breakdown.id}-{domain.id}", "notices": stamps}
            files[f"territories/{head['territory']}.json"] = json_bytes({**head, "cells": cells})
            files[f"territories/{head['territory']}.csv"] = cells_csv(cells, stamps)
    return files


def _figures(figures: tuple[Figure, ...]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for figure in figures:
        record = figure_record(figure)
        files[f"figures/{figure.id}.json"] = json_bytes(record)
        files[f"figures/{figure.id}.csv"] = figure_csv(record["table"], record["stamps"])
        files.update(_drawings(figure))
    return files


def _drawings(figure: Figure) -> dict[str, bytes]:
    """Three drawings per language: one that travels alone, and the two a page chooses from, wide and narrow."""
    slug = figure.id.replace(".", "-").replace("_", "-")
    files: dict[str, bytes] = {}
    for language in LANGUAGES:
        path = f"figures/{figure.id}.{language}"
        files[f"{path}.svg"] = draw(figure.drawing, language, prefix=slug, alone=True).encode()
        files[f"{path}.wide.svg"] = draw(figure.drawing, language, prefix=f"{slug}-wide").encode()
        narrow = draw(figure.drawing, language, layout="narrow", prefix=f"{slug}-narrow")
        files[f"{path}.narrow.svg"] = narrow.encode()
    return files
