"""Replicate weights given away with the answers: one column each, and the design that reads them back."""

from __future__ import annotations

import json
from dataclasses import asdict

import numpy as np
import pyarrow as pa

from alliage.estimates.designs import BoundDesign, Design
from alliage.estimates.replicates.sets import weights_of
from alliage.problems import Problem


def export_replicates(design: BoundDesign, *, weight: str = "weight", prefix: str = "rep_") -> tuple[pa.Table, Design]:
    """The weights and replicate weights of every row, in the order of the answers, and how to declare them.

    They hold everything the variance needs and tell neither strata nor clusters, which may identify people. The
    declaration is also in the table's schema (metadata "design", as JSON), so that a Parquet file keeps it; in R it is
    `svrepdesign(type = "other", combined.weights = TRUE, scale, rscales, mse)`. Raises Problem estimates.no_replicates.
    """
    replicates = design.replicates
    if replicates is None:
        raise Problem("estimates.no_replicates")
    weights = weights_of(design)
    digits = len(str(replicates.count))
    columns = {weight: design.weight}
    columns |= {f"{prefix}{rank:0{digits}}": column for rank, column in enumerate(weights.T, start=1)}
    same = bool((replicates.rscales == replicates.rscales[0]).all())
    declared = Design(
        weight=weight,
        kind=design.kind,
        replicates="other",
        replicate_weights=f"{prefix}*",
        scale=float(replicates.scale * (replicates.rscales[0] if same else 1)),
        rscales=() if same else tuple(replicates.rscales.tolist()),
        mse=replicates.mse,
    )
    told = {name: value for name, value in asdict(declared).items() if value != getattr(Design(), name)}
    table = pa.table({name: np.ascontiguousarray(column) for name, column in columns.items()})
    return table.replace_schema_metadata({"design": json.dumps(told)}), declared
