"""When a statement was made: the expression of time that stands beside its cue.

Not the dates that it speaks of, which stand in its content.
"""

import bisect
import re
from collections.abc import Iterator, Sequence

from onrecord.records import Span, Spans, Time, TimexType

# "told reporters in the harbour town on Tuesday": how far a time stands from its cue.
_AFTER_CHARS = 90
_BEFORE_CHARS = 20
# "On Tuesday, ", "Earlier on Friday": what may stand before a time that opens its sentence.
_OPENING = re.compile(
    r"[\s“\"'‘(]*(?:(?:but|and|then|also|earlier|later|late|early|on|in|at|by|an?|the|his|her|their|its)\b[\s,]*){0,4}",
    re.IGNORECASE,
)
# Behind these a clause of its own begins, and a time in it is not that of the cue.
_NEW_CLAUSE = re.compile(
    r"[.;:!?“”\"—–()]|\b(?:who|whom|which|whose|that|when|where|while|after|before|since|because|if"
    r"|until|as|but|and|although|though)\b|,\s*[a-z]+ing\b",
    re.IGNORECASE,
)
# A time right behind these is no time of saying.
_OTHER_RELATION = re.compile(
    r"\b(?:since|until|till|by|from|before|after|between|for|of|than|during)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ADVERBS = re.compile(r"(?:\s|,|\b(?:also|then|again|[a-z]+ly)\b)*")


def time_of(
    text: str, sentence: Span, *, source: Spans, cue: Spans, content: Spans, times: Sequence[Time]
) -> Time | None:
    """The time that says when a statement was made, or None.

    It stands in the cue ("said on Tuesday"), behind it in the same clause ("told reporters
    in the port on Tuesday"), right before it ("on Tuesday told"), or opens its sentence
    ("On Tuesday, the mayor said"), in this order.

    Args:
        text: What all spans count.
        sentence: The sentence of the cue.
        source: Who speaks.
        cue: The words that report it.
        content: What is said; times in it are what it speaks of.
        times: Those of the text, in text order, or at least those of the sentence.
    """
    if not cue:
        return None
    own = [t for t in _within(times, sentence, cue) if not _overlaps(t.span, (*content, *source))]
    for choose in (_in_cue, _behind, _before, _opening):
        found = choose(text, sentence, cue, own, content)
        if found is not None:
            return found
    return None


def _within(times: Sequence[Time], sentence: Span, cue: Spans) -> Iterator[Time]:
    """Dates and times of the day in the sentence or the cue."""
    start, end = min(sentence.start, cue[0].start), max(sentence.end, cue[-1].end)
    at = bisect.bisect_left(times, start, key=lambda t: t.span.start)
    while at < len(times) and times[at].span.start < end:
        if times[at].type in {TimexType.DATE, TimexType.TIME}:
            yield times[at]
        at += 1


def _overlaps(span: Span, others: Spans) -> bool:
    return any(span.overlaps(other) for other in others)


def _in_cue(
    _text: str, _sentence: Span, cue: Spans, times: Sequence[Time], _content: Spans
) -> Time | None:
    return next((t for t in times if any(c.contains(t.span) for c in cue)), None)


def _behind(
    text: str, _sentence: Span, cue: Spans, times: Sequence[Time], content: Spans
) -> Time | None:
    end = cue[-1].end
    for time in times:
        gap = time.span.start - end
        if not 0 <= gap <= _AFTER_CHARS:
            continue
        between = text[end : time.span.start]
        if gap and _overlaps(Span(end, time.span.start), content):
            return None
        if _NEW_CLAUSE.search(between) or _OTHER_RELATION.search(between):
            return None
        return time
    return None


def _before(
    text: str, sentence: Span, cue: Spans, times: Sequence[Time], _content: Spans
) -> Time | None:
    start = cue[0].start
    for time in reversed(times):
        if 0 <= start - time.span.end <= _BEFORE_CHARS:
            between, before = text[time.span.end : start], text[sentence.start : time.span.start]
            if _ADVERBS.fullmatch(between) and not _OTHER_RELATION.search(before[-20:]):
                return time
    return None


def _opening(
    text: str, sentence: Span, cue: Spans, times: Sequence[Time], content: Spans
) -> Time | None:
    """The first time, if the sentence begins with it and the cue has no content before."""
    if not times or times[0].span.end > cue[0].start:
        return None
    opening = text[sentence.start : times[0].span.start]
    possesses = text[times[0].span.end : times[0].span.end + 2] in {"'s", "’s"}
    if possesses or len(opening) > 40 or not _OPENING.fullmatch(opening):
        return None
    if times[0].span.end < cue[0].start and _overlaps(
        Span(times[0].span.end, cue[0].start), content
    ):
        return None
    return times[0]
