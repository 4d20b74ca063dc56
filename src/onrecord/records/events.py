"""Events: who is said to have done what to whom."""

from dataclasses import dataclass
from typing import Annotated

from onrecord.records.columns import Column
from onrecord.records.spans import Span
from onrecord.records.vocabularies import EventType, Factuality


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDate:
    """When it happened, and the words that say so."""

    value: Annotated[str, Column("The date, as far as it is known.", unit="TIMEX3")]
    span: Annotated[Span | None, Column("Its words; null when it is the publication date.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One mention of a happening, in PLOVER's terms."""

    id: Annotated[str, Column("Hash of the document, trigger and type.")]
    document: Annotated[str, Column("Where the words stand.", points_to="document.id")]
    trigger: Annotated[Span, Column("The word that names the happening.")]
    type: Annotated[EventType, Column("PLOVER's type.")]
    mode: Annotated[str | None, Column("PLOVER's mode, in lower case.")]
    actors: Annotated[tuple[str, ...], Column("Who did it.", points_to="entity.id")]
    recipients: Annotated[tuple[str, ...], Column("To whom.", points_to="entity.id")]
    place: Annotated[str | None, Column("Where.", points_to="place.id")]
    date: Annotated[EventDate | None, Column("When.")]
    factuality: Annotated[Factuality, Column("Whether, in the asserter's view.")]
    asserted_by: Annotated[
        str | None, Column("Who asserts it; null for the outlet.", points_to="statement.id")
    ]
    quantities: Annotated[tuple[str, ...], Column("Its figures.", points_to="quantity.id")]
    probability: Annotated[float, Column("That this is such an event.", unit="0 to 1, an estimate")]
    happening: Annotated[
        str, Column("Id shared by all mentions of one happening in the document.")
    ] = ""
    run: Annotated[str, Column("Versions, weights and settings behind it.", points_to="run.id")]
