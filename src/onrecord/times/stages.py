"""The stages that write expressions of time, and when statements were made."""

import bisect
import dataclasses
from collections.abc import Iterator, Sequence
from typing import ClassVar

from onrecord.records import Reading, Span, Statement, Time, content_id
from onrecord.segment.sentences import Sentence, split_sentences
from onrecord.times.finding import find_times
from onrecord.times.linking import time_of


class TimeFinder:
    """Finds the expressions of time of documents, with their TIMEX3 values."""

    reads: ClassVar[frozenset[str]] = frozenset()
    writes: ClassVar[frozenset[str]] = frozenset({"times"})

    def __call__(self, readings: Sequence[Reading]) -> list[Reading]:
        """New readings with times, in the same order."""
        return [reading.replace(times=tuple(_times(reading))) for reading in readings]


def _times(reading: Reading) -> Iterator[Time]:
    document = reading.document
    for found in find_times(document.text, document.published):
        span = Span(found.start, found.end)
        yield Time(
            id=content_id("time", document.id, span),
            document=document.id,
            span=span,
            type=found.type,
            value=found.value,
            run=reading.run.id,
        )


class TimeLinker:
    """Chooses, for each statement, the expression that says when it was made."""

    reads: ClassVar[frozenset[str]] = frozenset({"statements", "times"})
    writes: ClassVar[frozenset[str]] = frozenset({"statements"})

    def __call__(self, readings: Sequence[Reading]) -> list[Reading]:
        """New readings whose statements name their times, in the same order."""
        return [_linked(reading) for reading in readings]


def _linked(reading: Reading) -> Reading:
    statements, times = reading.statements or (), reading.times or ()
    if not statements or not times:
        return reading
    sentences = split_sentences(reading.document.text)
    return reading.replace(
        statements=tuple(
            _with_time(statement, reading.document.text, sentences, times)
            for statement in statements
        )
    )


def _with_time(
    statement: Statement, text: str, sentences: Sequence[Sentence], times: Sequence[Time]
) -> Statement:
    if not statement.cue:
        return statement
    at = bisect.bisect_right(sentences, statement.cue[0].start, key=lambda s: s.start) - 1
    sentence = Span(sentences[at].start, sentences[at].end) if at >= 0 else statement.cue[0]
    found = time_of(
        text,
        sentence,
        source=statement.source,
        cue=statement.cue,
        content=statement.content,
        times=times,
    )
    time = found.id if found else None
    return statement if statement.time == time else dataclasses.replace(statement, time=time)
