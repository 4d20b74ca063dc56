"""Treaties, agreements, ceasefires and resolutions, with their terms."""

from dataclasses import dataclass
from typing import Annotated

from onrecord.records.columns import Column
from onrecord.records.spans import Span, Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A numeric limit that a commitment sets."""

    quantity: Annotated[str, Column("The figure.", points_to="quantity.id")]
    of: Annotated[str, Column("What is limited.")]
    per: Annotated[str | None, Column("For whom the limit holds.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What a text says of an instrument: parties, limits, dates, verification."""

    id: Annotated[str, Column("Hash of the document, span and instrument.")]
    document: Annotated[str, Column("Where the words stand.", points_to="document.id")]
    instrument: Annotated[str, Column("Its entity, else its name.")]
    span: Annotated[Span, Column("The words that speak of it.")]
    parties: Annotated[tuple[str, ...], Column("Who is bound.", points_to="entity.id")]
    limits: Annotated[tuple[Limit, ...], Column("Its numeric limits.")]
    signed: Annotated[str | None, Column("When it was signed.", unit="ISO 8601")]
    in_force: Annotated[str | None, Column("When it entered into force.", unit="ISO 8601")]
    extended: Annotated[
        str | None, Column("Until when, or when, it was extended.", unit="ISO 8601")
    ]
    suspended: Annotated[str | None, Column("When it was suspended.", unit="ISO 8601")]
    expires: Annotated[str | None, Column("When it ends.", unit="ISO 8601")]
    verification: Annotated[Spans, Column("The words that name means of verification.")]
    asserted_by: Annotated[
        str | None, Column("Who asserts it; null for the outlet.", points_to="statement.id")
    ]
    run: Annotated[str, Column("Versions, weights and settings behind it.", points_to="run.id")]
