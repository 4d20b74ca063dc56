"""Finding: expressions of time in a text with their TIMEX3 types and values.

Values are counted from the day of publication and from the dates that the text itself
has given before; what cannot be counted has no value.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.records import TimexType
from onrecord.times import clocks, days, durations, months, relatives, seasons, years
from onrecord.times.calendars import Point
from onrecord.times.matches import Found, Made, Maker
from onrecord.times.rules import Candidate, find_candidates
from onrecord.times.scenes import Scene, is_dateline, publication_day
from onrecord.times.tokens import TokenLine, read_tokens

MAKERS: dict[str, Maker] = {
    "iso": days.iso,
    "slashed": days.slashed,
    "month_day": days.month_day,
    "month": months.month,
    "year": years.year,
    "range_end": years.range_end,
    "quarter": years.quarter,
    "decade": years.decade,
    "century": years.century,
    "weekday": days.weekday,
    "today": days.today,
    "day_beyond": days.day_beyond,
    "unit_beside": relatives.unit_beside,
    "year_end": years.year_end,
    "relative": relatives.relative,
    "season": seasons.season,
    "holiday": seasons.holiday_date,
    "part": clocks.part,
    "clock": clocks.clock,
    "ago": durations.ago,
    "later": durations.later,
    "duration": durations.duration,
    "one_unit": durations.one_unit,
    "open_units": durations.open_units,
    "bare_units": durations.bare_units,
    "ordinal_unit": durations.ordinal_unit,
    "every": durations.every,
    "weekdays": durations.weekdays,
    "set_word": durations.set_word,
    "present_ref": durations.present_ref,
    "past_ref": durations.past_ref,
    "future_ref": durations.future_ref,
}
_FULL_DATES = frozenset({"iso", "slashed", "month_day"})


@dataclass(frozen=True, slots=True)
class Timex:
    """An expression of time.

    Attributes:
        start: Its first code point.
        end: The code point after its last.
        type: TIMEX3 type.
        value: TIMEX3 value; None if the text does not tell it.
    """

    start: int
    end: int
    type: TimexType
    value: str | None


def find_times(text: str, published: str | None = None) -> list[Timex]:
    """Expressions of time, in text order; none overlap.

    Args:
        text: What is read.
        published: When it was published, as ISO 8601. Without it, a dateline of the text
            stands in for it; else what is relative to it has no value.

    >>> [(t.type.value, t.value) for t in find_times("He left on Tuesday.", "2022-08-04")]
    [('DATE', '2022-08-02')]
    """
    line = read_tokens(text)
    scene = Scene(line, publication_day(published))
    return list(_resolve(line, scene))


def _resolve(line: TokenLine, scene: Scene) -> Iterator[Timex]:
    done = 0
    for candidates in find_candidates(line):
        for candidate in candidates:
            if candidate.match.start() < done:
                continue
            found, made = _make(line, scene, candidate)
            if made is None:
                continue
            done = candidate.match.end()
            timex = Timex(found.start, found.end, made.type, made.value)
            _take_note(scene, candidate, timex, made.point)
            yield timex


def _make(line: TokenLine, scene: Scene, candidate: Candidate) -> tuple[Found, Made | None]:
    found = Found(line, candidate.match)
    return found, MAKERS[candidate.rule.maker](found, scene)


def _take_note(scene: Scene, candidate: Candidate, timex: Timex, point: Point | None) -> None:
    """A date moves the story on; a dateline stands in for a day of publication."""
    if point is None:
        return
    scene.move_on(point, timex.end)
    is_full = candidate.rule.maker in _FULL_DATES and point.day
    if scene.published is None and is_full and is_dateline(scene.line.text, timex.start, timex.end):
        scene.published = point
