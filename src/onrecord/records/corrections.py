"""What people set right."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from onrecord.records.columns import Column
from onrecord.records.vocabularies import CorrectionKind, RowKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A field set, a row rejected, added or accepted by a person; it outlives a re-read."""

    number: Annotated[int, Column("Running number in this store.", unit="from 1")]
    id: Annotated[str, Column("Hash of all that follows.")]
    kind: Annotated[CorrectionKind, Column("What it does.")]
    document: Annotated[str, Column("The id of the document.")]
    row_kind: Annotated[RowKind, Column("The table of the row.")]
    row: Annotated[str, Column("The id of the row; of the correction, for an undo.")]
    field: Annotated[str | None, Column("The field that is set.")]
    old: Annotated[Mapping[str, Any] | None, Column("The value, or the whole row, before.")]
    new: Annotated[Mapping[str, Any] | None, Column("The value, or the whole row, after.")]
    why: Annotated[str | None, Column("Why, as told.")]
    by: Annotated[str, Column("Who.")]
    at: Annotated[str, Column("When.", unit="ISO 8601, UTC")]
    undone_by: Annotated[
        str | None, Column("The correction that took it back.", points_to="correction.id")
    ]
