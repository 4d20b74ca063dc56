"""Who is said to hold which place."""

from dataclasses import dataclass
from typing import Annotated

from onrecord.records.columns import Column
from onrecord.records.events import EventDate
from onrecord.records.spans import Span
from onrecord.records.vocabularies import Change, Factuality


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlClaim:
    """Somebody is said to hold, to have taken, to have lost or to contest a place."""

    id: Annotated[str, Column("Hash of the document, span, place and holder.")]
    document: Annotated[str, Column("Where the words stand.", points_to="document.id")]
    span: Annotated[Span, Column("The words that say so.")]
    place: Annotated[str, Column("The place.", points_to="place.id")]
    holder: Annotated[str | None, Column("Whose control changes.", points_to="entity.id")]
    change: Annotated[Change, Column("What happened, from the holder's side.")]
    factuality: Annotated[Factuality, Column("Whether, in the asserter's view.")]
    asserted_by: Annotated[
        str | None, Column("Who asserts it; null for the outlet.", points_to="statement.id")
    ]
    date: Annotated[EventDate | None, Column("When.")]
    run: Annotated[str, Column("Versions, weights and settings behind it.", points_to="run.id")]
