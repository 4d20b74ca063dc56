"""What a store keeps about its documents beside their readings: versions, deletions, refusals."""

from dataclasses import dataclass
from typing import Annotated

from onrecord.records.columns import Column
from onrecord.records.vocabularies import RejectionReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One text of an article; an outlet that revises it makes another."""

    document: Annotated[int, Column("The text.", points_to="document.number", is_key=True)]
    address: Annotated[str | None, Column("What all versions share: the address, made plain.")]
    version: Annotated[int, Column("Which one of that address.", unit="from 1")]
    replaces: Annotated[
        int | None, Column("The version before; null for the first.", points_to="document.number")
    ]
    replaced_by: Annotated[
        int | None, Column("The version after; null for the last.", points_to="document.number")
    ]
    source: Annotated[str | None, Column("Path, address or feed that it came from.")]
    added_at: Annotated[str, Column("When it was kept.", unit="ISO 8601, UTC")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """A document that was deleted, so that it is not taken again; its words are gone."""

    id: Annotated[str, Column("The id that the document had.")]
    sha256: Annotated[str, Column("SHA-256 of its text.")]
    url: Annotated[str | None, Column("Where it was published.")]
    outlet: Annotated[str | None, Column("Who published it.")]
    why: Annotated[str | None, Column("Why it was deleted, as told.")]
    by: Annotated[str | None, Column("Who deleted it.")]
    deleted_at: Annotated[str, Column("When.", unit="ISO 8601, UTC")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An input that was turned away while documents were taken in."""

    number: Annotated[int, Column("Running number.", unit="from 1")]
    source: Annotated[str, Column("Path, address, or member of an archive.")]
    line: Annotated[int | None, Column("Line of a file of many articles.", unit="from 1")]
    reason: Annotated[RejectionReason, Column("Why, from a closed list.")]
    detail: Annotated[str, Column("Why, in words.")]
    at: Annotated[str, Column("When.", unit="ISO 8601, UTC")]
