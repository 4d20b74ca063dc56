"""The page of an article: its text as it was, and what was found at which words."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from onrecord.errors import ConfigError
from onrecord.export.records import reading_to_json
from onrecord.queries import Table
from onrecord.queries.room_documents import actors_in, claims_in, related, story_of
from onrecord.queries.room_reviews import open_correction
from onrecord.records import Column, Reading, Span
from onrecord.serve.marks import Mark, Paragraph, marks_of, paragraphs_of
from onrecord.serve.pages.base import Page, Parameter, Room, id_parameter
from onrecord.serve.pages.shown_rows import RowFinder, ShownRow

# More than this of one text no page shows; its JSON twin has it all.
_MOST_SHOWN = 400_000
_PLACE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """An article with its rows."""

    reading: Annotated[Mapping[str, Any], Column("The document and its rows, as files have them.")]
    story: Annotated[Mapping[str, Any] | None, Column("Its story, with documents and voices.")]
    related: Annotated[Table, Column("Its other versions, what it copies, what copies it.")]
    rows: Annotated[tuple[ShownRow, ...], Column("The rows in words, in text order.")]
    is_cut: Annotated[bool, Column("Whether the page shows only the beginning of the text.")]
    decided: Annotated[
        Mapping[str, Any] | None, Column("The decision that was just made, and can be undone.")
    ]
    paragraphs: tuple[Paragraph, ...]  # for the page alone: HTML has no place in the twin


class PrintedReading(Mapping[str, Any]):
    """A reading as files have it, printed when it is asked for: HTML shows its document alone."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def __getitem__(self, name: str) -> Any:
        return self._document if name == "document" else self._whole[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def __len__(self) -> int:
        return len(self._whole)

    @functools.cached_property
    def _whole(self) -> dict[str, Any]:
        return reading_to_json(self._reading)

    @functools.cached_property
    def _document(self) -> Any:
        bare = Reading(run=self._reading.run, document=self._reading.document)
        return reading_to_json(bare)["document"]


def build(room: Room) -> ArticlePage:
    """The page of the document with an id."""
    store = room.store
    number = store.number_of(room.given.text("id"))
    reading = store.reading(number)
    text = reading.document.text
    shown = text[:_MOST_SHOWN]
    marks = [mark for mark in marks_of(reading) if mark.span.end <= len(shown)]
    marks += _found(room.given("at"), len(shown))
    finder = RowFinder(reading, actors_in(store, number), claims_in(store, number))
    return ArticlePage(
        reading=PrintedReading(reading),
        story=story_of(store, number),
        related=related(store, number),
        rows=tuple(finder.rows()),
        is_cut=len(shown) < len(text),
        decided=open_correction(store, room.given.text("decided"), reading.document.id),
        paragraphs=tuple(paragraphs_of(shown, marks)),
    )


def _found(at: str | None, length: int) -> list[Mark]:
    """A mark on the words that an address asks for, as ``120-131``; none if it holds no words.

    Raises:
        ConfigError: It is no place.
    """
    if at is None:
        return []
    found = _PLACE.fullmatch(at)
    if found is None:
        raise ConfigError(setting="at", value=at, allowed="two positions, as 120-131")
    start, end = int(found[1]), min(int(found[2]), length)
    if start >= end:
        return []
    return [Mark(span=Span(start, end), part="found", row="at", is_first=True)]


PAGE = Page(
    name="article",
    path="/article/{id}",
    about="An article as it was, with what was found at which words.",
    model=ArticlePage,
    build=build,
    parameters=(
        id_parameter("document"),
        Parameter(name="at", about="Words to show, as 120-131: code points of the text."),
        Parameter(name="decided", about="Id of a decision on it that was just made."),
    ),
)
