"""The text of an article as nested elements."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Span
from onrecord.serve.marks import Mark, marks_of, paragraphs_of
from tests.export.made import HARBOUR, Maker, harbour
from tests.serve.test_words import parsed


def html_of(text: str, *marks: Mark) -> str:
    return "\n".join(str(one.html) for one in paragraphs_of(text, marks))


def mark(
    start: int, end: int, part: str = "content", row: str = "s-1", *, first: bool = False
) -> Mark:
    return Mark(span=Span(start, end), part=part, row=row, is_first=first)


def test_marks_inside_of_marks() -> None:
    html = html_of("abcdef", mark(0, 6, row="s-1", first=True), mark(2, 4, row="s-2"))
    assert html == (
        '<span class="m content" data-row="s-1" id="s-1">ab'
        '<span class="m content" data-row="s-2">cd</span>ef</span>'
    )


def test_marks_that_cross_are_cut() -> None:
    html = html_of("abcdef", mark(0, 4), mark(2, 6, row="s-2"))
    assert re.sub(r' class="m content" data-row', "", html) == (
        '<span="s-1">ab<span="s-2">cd</span></span><span="s-2">ef</span>'
    )


def test_a_mark_over_two_lines_has_one_address() -> None:
    html = html_of("ab\n\ncd", mark(0, 6, first=True))
    assert html.count('id="s-1"') == 1
    assert html.count("<span") == html.count("</span>") == 2


def test_lines_tell_where_they_begin_for_browsers() -> None:
    assert [one.units for one in paragraphs_of("😀\nb\n\nc", [])] == [0, 3, 6]


MARKS = st.lists(
    st.tuples(
        st.integers(0, 19), st.integers(1, 10), st.sampled_from(("content", "cue", "event", "time"))
    ),
    max_size=8,
)


@given(st.text("ab<&\n😀", min_size=20, max_size=20), MARKS)
def test_words_stay_and_elements_close(text: str, drawn: list[tuple[int, int, str]]) -> None:
    marks = [
        mark(start, min(20, start + length), part, f"s-{number}")
        for number, (start, length, part) in enumerate(drawn)
    ]
    paragraphs = paragraphs_of(text, marks)
    shown = [line for line in text.split("\n") if line.strip()]
    assert [parsed(str(one.html)).words for one in paragraphs] == shown
    for one in paragraphs:
        assert str(one.html).count("<span") == str(one.html).count("</span>")


@pytest.mark.parametrize("words", ["shelled", "drones struck two boats", "Ann Vale"])
def test_rows_of_a_reading_are_marked(words: str) -> None:
    marks = marks_of(harbour())
    assert any(one.span.text_in(HARBOUR).endswith(words) for one in marks)


def test_what_only_a_source_asserts_is_told_apart() -> None:
    by_words = {
        one.span.text_in(HARBOUR): one.classes for one in marks_of(harbour()) if one.part == "event"
    }
    assert by_words["shelled"] == ("by-outlet", "actual")
    assert by_words["seized"] == ("by-source", "actual")
    assert by_words["withdraw"] == ("by-source", "planned")


def test_a_frame_knows_how_many_it_holds() -> None:
    frames = [one.classes for one in marks_of(harbour()) if one.part == "content"]
    assert ("depth-0", "holds-1") in frames
    assert ("depth-1", "holds-0") in frames


def test_many_marks_do_not_slow_a_long_text() -> None:
    text = "word " * 40_000
    maker = Maker(text)
    for start in range(0, 100_000, 10):
        maker.time(Span(start, start + 4), "2022")
    assert len(paragraphs_of(text, marks_of(maker.reading()))) == 1
