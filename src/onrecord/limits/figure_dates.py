"""For when a figure of an article is: a date beside it, the day of saying, or of publication."""

import bisect
import re
from collections.abc import Sequence

from onrecord.limits.calendars import day_of
from onrecord.limits.models import Basis
from onrecord.records import Reading, Span, Statement, Time, TimexType

_BEFORE_CHARS = 30
# "Had 90 since 2020", "up from 80 in 2020": other days than that of the figure.
_NOT_FOR = re.compile(
    r"\b(?:since|until|till|before|after|by|from|than)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_FOR = re.compile(r"\b(?:for|as of|as at)\s+$", re.IGNORECASE)


class DateFinder:
    """Finds the dates of figures in one reading."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.document.text
        self.published = day_of(reading.document.published)
        self._times = sorted(
            (time for time in reading.times or () if time.type in {TimexType.DATE, TimexType.TIME}),
            key=lambda time: time.span,
        )
        self._starts = [time.span.start for time in self._times]
        self._days = {time.id: day_of(time.value) for time in self._times}
        self._numbers = sorted(quantity.span.start for quantity in reading.quantities or ())

    def date_of(
        self, figure: Span, sentence: Span, chain: Sequence[Statement]
    ) -> tuple[str | None, Basis | None]:
        """The date of a figure, and where it comes from.

        Args:
            figure: The words of the figure.
            sentence: The sentence around it.
            chain: The statements around it, the innermost first.
        """
        cues = [span for one in chain for span in (*one.cue, *one.source)]
        said_at = {one.time for one in chain}
        first = bisect.bisect_left(self._starts, sentence.start)
        last = bisect.bisect_left(self._starts, sentence.end)
        own = [
            time
            for time in self._times[first:last]
            if time.id not in said_at
            and self._tells_when(time, figure, sentence)
            and (self._is_for(time) or not any(span.overlaps(time.span) for span in cues))
        ]
        if own:
            nearest = min(own, key=lambda time: _distance(time.span, figure))
            day = self._days[nearest.id]
            # On the day of publication, "today" and the day of a dateline say no more than that.
            return day, Basis.PUBLISHED if day == self.published else Basis.TEXT
        said = next((day for one in chain if (day := self._days.get(one.time or ""))), None)
        if said is not None:
            return said, Basis.SAID
        return (self.published, Basis.PUBLISHED) if self.published else (None, None)

    def _tells_when(self, time: Time, figure: Span, sentence: Span) -> bool:
        """Whether a time can be that of the figure: behind another one it is that one's."""
        if self._days[time.id] is None:
            return False
        before = self._text[max(sentence.start, time.span.start - _BEFORE_CHARS) : time.span.start]
        if _NOT_FOR.search(before):
            return False
        next_number = bisect.bisect_left(self._numbers, figure.end)
        is_behind_another = (
            next_number < len(self._numbers) and self._numbers[next_number] < time.span.start
        )
        return not is_behind_another

    def _is_for(self, time: Time) -> bool:
        """Whether it is the day of the data, "figures for 1 March", not that of the saying."""
        start = max(0, time.span.start - _BEFORE_CHARS)
        return _FOR.search(self._text[start : time.span.start]) is not None


def _distance(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)
