"""Statements: who is reported to have said what."""

from dataclasses import dataclass
from typing import Annotated

from onrecord.records.columns import Column
from onrecord.records.ids import content_id
from onrecord.records.spans import Spans
from onrecord.records.vocabularies import Act, Manner, Polarity


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Somebody is reported to have said, written, promised, denied or thought something."""

    id: Annotated[str, Column("Hash of the document and of all spans.")]
    document: Annotated[str, Column("Where the words stand.", points_to="document.id")]
    source: Annotated[Spans, Column("Who speaks; empty if nobody is named.")]
    cue: Annotated[Spans, Column("The words that report it, such as 'denied'.")]
    content: Annotated[Spans, Column("What is said, in text order.")]
    speaker: Annotated[str | None, Column("The entity behind the source.", points_to="entity.id")]
    act: Annotated[Act, Column("What the speaker does by it.")]
    polarity: Annotated[Polarity, Column("Whether the cue turns the content down.")]
    manner: Annotated[Manner, Column("How much of the content is quoted.")]
    addressee: Annotated[
        str | None, Column("To whom it was said, if the text tells.", points_to="entity.id")
    ]
    medium: Annotated[
        str | None, Column("Through what it was said, if the text tells.", points_to="entity.id")
    ]
    parent: Annotated[
        str | None, Column("The statement that reports this one.", points_to="statement.id")
    ]
    depth: Annotated[int, Column("Statements around this one.", unit="count")]
    time: Annotated[str | None, Column("When it was said.", points_to="time.id")]
    probability: Annotated[float, Column("That this is a statement.", unit="0 to 1, calibrated")]
    run: Annotated[str, Column("Versions, weights and settings behind it.", points_to="run.id")]


def statement_id(document: str, *, source: Spans, cue: Spans, content: Spans) -> str:
    """The id of a statement with these spans."""
    return content_id("statement", document, source, cue, content)
