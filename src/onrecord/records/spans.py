"""Positions in a text: half-open, in code points, never empty."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from onrecord.errors import SpanError
from onrecord.records.columns import Column


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The code points from ``start`` up to, and without, ``end``.

    Raises:
        SpanError: It is empty or begins before the text.
    """

    start: Annotated[int, Column("Its first code point.", unit="code points, from 0")]
    end: Annotated[int, Column("The code point after its last.", unit="code points, from 0")]

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise SpanError(start=self.start, end=self.end)

    def __len__(self) -> int:
        return self.end - self.start

    def text_in(self, text: str) -> str:
        """The words that stand here.

        Raises:
            SpanError: It ends after the text.
        """
        if self.end > len(text):
            raise SpanError(start=self.start, end=self.end, length=len(text))
        return text[self.start : self.end]

    def contains(self, other: "Span") -> bool:
        """Whether all of the other lies in this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether they share a code point."""
        return self.start < other.end and other.start < self.end


# Fragments in text order, none of which overlap; empty when nothing stands for the role.
Spans = tuple[Span, ...]


def as_spans(given: Iterable[Span | tuple[int, int]]) -> Spans:
    """Spans in text order, those that overlap made into one.

    >>> as_spans([(5, 9), (0, 3), (8, 12)])
    (Span(start=0, end=3), Span(start=5, end=12))
    """
    merged: list[Span] = []
    for span in sorted(s if isinstance(s, Span) else Span(*s) for s in given):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def check_inside(spans: Spans, text: str) -> None:
    """Raise unless every span ends within the text.

    Raises:
        SpanError: One does not.
    """
    for span in spans:
        span.text_in(text)


def covers(outer: Spans, inner: Spans) -> bool:
    """Whether every fragment of the inner spans lies in some fragment of the outer ones."""
    return all(any(o.contains(i) for o in outer) for i in inner)


def joined_text(spans: Spans, text: str) -> str:
    """The words of all fragments, with a space between."""
    return " ".join(span.text_in(text) for span in spans)
