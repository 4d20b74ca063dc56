"""Whole quotations that no statement speaks of: who says them stands right before them.

She criticised the plan. “It is a folly.” He spoke on the radio: “It is a folly.” Not here:
quoted paragraphs (`paragraphs.py`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from onrecord.records import Span, Spans
from onrecord.segment.quotations import Quotation

# Source, cue and content.
Parts = tuple[Spans, Spans, Spans]
# Fewer words in quotation marks are a term or a title as often as not.
_LEAST_WORDS: Final = 5
# Code points between a statement and the quotation that goes on with it: "via social media."
FARTHEST: Final = 60
_WORDS: Final = re.compile(r"\w+")
_WHOLE: Final = re.compile(r"[A-Z\[].*[.!?…]", re.DOTALL)
_NEW_SENTENCE: Final = re.compile(r"[.!?][\"”’']?\s+")
_COLON: Final = re.compile(r":\s+")
_INTRODUCED: Final = re.compile(r"[,:]\s+")
_LINE_END: Final = re.compile(r"[\r\n]")


def whole_quotations(text: str, quotations: Sequence[Quotation]) -> Iterator[Span]:
    """Quotations of whole sentences, without their marks taken off."""
    for own in quotations:
        inner = text[own.inner_start : own.inner_end]
        if own.is_single or not own.is_closed or not _WHOLE.fullmatch(inner):
            continue
        if sum(1 for _ in _WORDS.finditer(inner)) >= _LEAST_WORDS:
            yield Span(own.start, own.end)


def is_introduced(text: str, quotation: Span) -> bool:
    """Whether a comma or a colon stands before it."""
    return _ends_with(_INTRODUCED, text, quotation.start)


def goes_on_with(given: Iterable[tuple[int, Parts]], text: str, quotation: Span) -> int | None:
    """The number of the statement that a quotation goes on with; None if there is none.

    It is of the same line, and ends with the sentence before the quotation, or before a colon.

    Args:
        given: Statements that stand before it, with their numbers.
        text: All of it.
        quotation: Of which no statement speaks.
    """
    start = quotation.start
    if not _ends_with(_NEW_SENTENCE, text, start) and not _ends_with(_COLON, text, start):
        return None
    found = [
        (cue[0], number)
        for number, (source, cue, _) in given
        if source and cue[0].start < start and not _LINE_END.search(text, cue[0].start, start)
    ]
    return max(found)[1] if found else None


def _ends_with(pattern: re.Pattern[str], text: str, end: int) -> bool:
    """Whether a stretch right before a position matches."""
    return any(pattern.fullmatch(text, at, end) for at in range(max(0, end - 4), end))
