"""What holds for any text."""

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.records import TimexType
from onrecord.times.calendars import Point, holiday, make_point, shifted, unit_value
from onrecord.times.finding import find_times
from onrecord.times.matches import number_of

_WORDS = """May March 5 31 99999 0 2021 1990s 19th Tuesday Monday Mon last next the of , . - – '
s ( ) year years week day century quarter third a an two half and ago later earlier end early every
each
noon morning 18:00 p.m. UTC Christmas Eve spring this that same following 1871 72 BC AD fiscal Q 3
in on at for today tomorrow yesterday now soon recently weekend million 1/2 2019-02-31 7/8/07 \n \t
FY2008 o'clock hundred ½ é ſ İ ² ① １９９０ \u200b""".split(" ")
_VALUE = re.compile(
    r"(?:BC)?[0-9X]{2,4}"
    r"(?:-(?:[0-9X]{2}|W[0-9X]{2}|Q[1-4]|H[12]|SP|SU|FA|WI)(?:-(?:[0-9X]{2}|WE|[1-7]))?)?"
    r"(?:T(?:MO|AF|EV|NI|[0-9]{2}:[0-9]{2}Z?))?"
    r"|FY[0-9]{4}|P(?:T)?(?:X|[0-9.]+)(?:[YMWDHS]|WE)|(?:PAST|PRESENT|FUTURE)_REF"
)
_published = st.one_of(st.none(), st.dates().map(lambda d: d.isoformat()), st.text(max_size=12))
_texts = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(_WORDS), max_size=60).map(" ".join),
    st.lists(st.sampled_from(_WORDS), max_size=40).map("".join),
)


@given(_texts, _published)
@example("1990ſ 1ſt 2ND 5PM", None)
@example("May 5" * 40, "2022-08-04")
def test_spans_lie_inside_and_apart_and_values_have_their_form(
    text: str, published: str | None
) -> None:
    end = 0
    for found in find_times(text, published):
        assert end <= found.start < found.end <= len(text)
        words = text[found.start : found.end]
        assert words == words.strip()
        assert "\n" not in words
        assert isinstance(found.type, TimexType)
        assert found.value is None or _VALUE.fullmatch(found.value), (words, found.value)
        end = found.end


@given(_texts, _published)
def test_reading_twice_gives_the_same(text: str, published: str | None) -> None:
    assert find_times(text, published) == find_times(text, published)


@given(st.dates(), st.integers(-(10**7), 10**7), st.sampled_from("D W WE F M Q Y DE CE".split()))
def test_shifts_stay_in_the_calendar(day, n: int, unit: str) -> None:
    moved = shifted(Point(day.year, day.month, day.day), unit, n)
    assert moved is None or 1 <= moved.year <= 9999
    unit_value(moved, unit)


@given(st.integers(-5, 10_005), st.integers(-1, 14), st.integers(-1, 33))
def test_only_days_of_the_calendar_are_points(year: int, month: int, day: int) -> None:
    point = make_point(year, month, max(day, 0)) if month > 0 or day <= 0 else None
    if point is not None and point.day:
        assert point.date is not None


@given(st.integers(1583, 9999))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    sunday = holiday(year, "easter 0")
    assert sunday is not None
    assert sunday.date.weekday() == 6
    assert (3, 22) <= (sunday.month, sunday.day) <= (4, 25)


@given(st.text(max_size=40))
def test_numbers_of_any_words(words: str) -> None:
    number = number_of(words)
    assert number is None or number >= 0


@pytest.mark.parametrize(
    "unit",
    [
        "a ",
        "the end of ",
        "May ",
        "1990 ",
        "two hundred ",
        "last ",
        "9",
        "18:",
        "year ",
        "the following ",
        "Monday, May 5, ",
        "x",
        "in May ",
        "\n",
        "1,111",
        "a few years ago ",
        "p.m. ",
    ],
)
def test_long_texts_take_time_by_their_length(unit: str) -> None:
    def seconds(n_chars: int) -> float:
        text = unit * (n_chars // len(unit))
        start = time.process_time()
        find_times(text, None)
        return time.process_time() - start

    seconds(1000)
    short, long = (min(seconds(n) for _ in range(3)) for n in (10_000, 80_000))
    assert long < 0.15 + 24 * short
