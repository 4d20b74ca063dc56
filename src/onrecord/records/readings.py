"""One document with all that was found in it."""

import dataclasses
from dataclasses import dataclass
from typing import Annotated, Any

from onrecord.records.columns import Column
from onrecord.records.commitments import Commitment
from onrecord.records.control import ControlClaim
from onrecord.records.documents import Document
from onrecord.records.entities import Entity, Mention
from onrecord.records.events import Event
from onrecord.records.places import Place
from onrecord.records.quantities import Quantity
from onrecord.records.runs import Run
from onrecord.records.spans import Span
from onrecord.records.statements import Statement
from onrecord.records.times import Time


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something odd that a stage met; it went on with the rest."""

    stage: Annotated[str, Column("Name of the stage that met it.")]
    what: Annotated[str, Column("What was odd, in words.")]
    span: Annotated[Span | None, Column("Where, if it stands in the text.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One document with what was found in it.

    A section is None until its stage has run, and () when that found nothing.
    """

    run: Annotated[Run, Column("What made the rows.")]
    document: Annotated[Document, Column("What was read.")]
    mentions: Annotated[tuple[Mention, ...] | None, Column("Words that name entities.")] = None
    entities: Annotated[tuple[Entity, ...] | None, Column("Who and what is named.")] = None
    statements: Annotated[
        tuple[Statement, ...] | None, Column("Who is reported to have said what.")
    ] = None
    events: Annotated[
        tuple[Event, ...] | None, Column("Who is said to have done what to whom.")
    ] = None
    places: Annotated[tuple[Place, ...] | None, Column("Places and their positions.")] = None
    times: Annotated[tuple[Time, ...] | None, Column("Expressions of time.")] = None
    quantities: Annotated[tuple[Quantity, ...] | None, Column("Figures with their units.")] = None
    control_claims: Annotated[
        tuple[ControlClaim, ...] | None, Column("Who is said to hold which place.")
    ] = None
    commitments: Annotated[
        tuple[Commitment, ...] | None, Column("Instruments and their terms.")
    ] = None
    problems: Annotated[tuple[Problem, ...], Column("Odd things that stages met.")] = ()

    def replace(self, **changes: Any) -> "Reading":
        """The same reading with other values in some fields."""
        return dataclasses.replace(self, **changes)

    def text_of(self, spans: Span | tuple[Span, ...]) -> str:
        """The words at a span, or at all fragments with ' … ' between."""
        given = (spans,) if isinstance(spans, Span) else spans
        return " … ".join(span.text_in(self.document.text) for span in given)

    def _repr_html_(self) -> str:
        from onrecord.export.html import reading_to_html

        return reading_to_html(self)
