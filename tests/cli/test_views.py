"""The view for a terminal, at several widths, without colour."""

import io
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.cli.views import TextWriter
from onrecord.records import Act, Polarity, Reading, Span
from tests.export.made import RUN, Maker, at, crates
from tests.records.generated import few, readings


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _shown(*given: Reading, width: int | None = None) -> str:
    """What is printed into a file, or into a window without colours."""
    stream = io.StringIO() if width is None else _Terminal()
    writer = TextWriter(stream, is_file=width is None)
    if width is not None:
        writer._console.width = width
        writer._console.no_color = True
        writer._console._color_system = None
    for reading in given:
        writer.write(reading)
    writer.close()
    return stream.getvalue()


def test_all_of_it_in_a_pipe() -> None:
    assert (
        _shown(crates())
        == """\
No crates in Odesa
Ardal Post · 2022-08-03 · 2 statements

  The mayor, Ann Vale, told the Ardal Post on Tuesday that no more than 1,550 crates had reached
  Odesa.
  The mayor, Ann Vale (UKR.GOV)  told the Ardal Post on Tuesday  [assert]  to Ardal Post  2022-08-02
  that no more than 1,550 crates had reached Odesa

  He denied that on Telegram: two boats from Upper Wessel were full.
  He = Bo Orly  denied  [deny, deny]  via Telegram
  that on … two boats from Upper Wessel were full

Who
  Ann Vale    person        UKR.GOV  2 mentions  1 statement
  Bo Orly     person                 1 mention   1 statement
  Ardal Post  organization  GBR.JRN  1 mention
  Telegram    organization           1 mention

Where
  Odesa         Odesa Oblast, UKR  46.48, 30.73          settlement  0.93  1 mention
  Upper Wessel                     not in the gazetteer                    1 mention

When
  Tuesday  2022-08-02  date

How much
  no more than 1,550 crates  at most 1,550 crate
  two boats                  2 boat
"""
    )


def _lists(shown: str) -> str:
    return shown[shown.index("\nWho\n") + 1 :]


def test_lists_in_a_narrow_window() -> None:
    assert (
        _lists(_shown(crates(), width=44))
        == """\
Who
  Ann Vale
    person · UKR.GOV · 2 mentions
    1 statement
  Bo Orly  person · 1 mention · 1 statement
  Ardal Post
    organization · GBR.JRN · 1 mention
  Telegram  organization · 1 mention

Where
  Odesa
    Odesa Oblast, UKR · 46.48, 30.73
    settlement · 0.93 · 1 mention
  Upper Wessel
    not in the gazetteer · 1 mention

When
  Tuesday  2022-08-02  date

How much
  no more than 1,550 crates
    at most 1,550 crate
  two boats  2 boat
"""
    )


@pytest.mark.parametrize("width", [100, 60, 30, 24])
def test_no_line_is_too_long_or_ends_in_blanks(width: int) -> None:
    lines = _shown(crates(), width=width).splitlines()
    assert max(map(len, lines)) <= width
    assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.parametrize("width", [100, 60, 30])
def test_all_words_are_there_at_any_width(width: int) -> None:
    wide, narrow = _shown(crates()), _shown(crates(), width=width)
    signs = re.compile(r"[\s·]")
    assert sorted(signs.sub("", narrow)) == sorted(signs.sub("", wide))


def test_a_statement_inside_another_names_its_speaker_too() -> None:
    maker = Maker()
    vale = maker.entity("Ann Vale", at("Ann Vale"), at("He"))
    outer = maker.statement(source=at("mayor"), cue=at("told"), content=at("two boats"))
    maker.statement(source=at("He"), cue=at("denied"), speaker=vale, parent=outer, depth=1)
    assert "  └── He = Ann Vale  denied  [assert]\n" in _shown(maker.reading())


def test_a_long_list_is_cut_and_says_where_the_rest_is() -> None:
    maker = Maker()
    for number in range(34):
        maker.time(at("Tuesday"), f"2022-{number}")
    lines = _shown(maker.reading()).splitlines()
    assert lines[-1] == "  … and 14 more; --format json has all"
    assert len(lines[lines.index("When") :]) == 1 + 20 + 1


def test_names_and_facts_of_any_length_are_cut() -> None:
    maker = Maker()
    vale = maker.entity("Vale " * 10_000, at("He"), actor="UKR.GOV")
    maker.place("Odesa" * 10_000, at("Odesa"), admin1="Oblast " * 10_000)
    maker.quantity(at("two boats"), 2.0, unit="boat " * 10_000)
    maker.statement(source=at("He"), cue=at("denied"), speaker=vale, addressee=vale)
    shown = _shown(maker.reading())
    assert len(shown) < 2_000
    assert "Vale…" in shown


def test_nothing_is_listed_where_nothing_was_found() -> None:
    none = Reading(document=crates().document, run=RUN)
    empty = none.replace(
        mentions=(), entities=(), statements=(), places=(), times=(), quantities=()
    )
    assert _shown(none) == _shown(empty)
    assert _shown(none).splitlines() == [
        "No crates in Odesa",
        "Ardal Post · 2022-08-03 · 0 statements",
    ]


def test_readings_are_parted_by_a_line() -> None:
    shown = _shown(crates(), crates())
    assert shown.count("No crates in Odesa") == 2
    assert shown.count("─" * 100) == 1


def test_rows_that_are_not_there_break_nothing() -> None:
    maker = Maker()
    maker.statement(
        source=at("He"), cue=at("denied"), speaker="x", addressee="x", medium="x", time="x"
    )
    assert "\n  He  denied  [assert]\n" in _shown(maker.reading())


def test_a_statement_without_content_leaves_no_empty_line() -> None:
    maker = Maker()
    maker.statement(source=at("He"), cue=at("denied"))
    assert _shown(maker.reading()).endswith("were full.\n  He  denied  [assert]\n")


def test_a_denial_and_nobody() -> None:
    maker = Maker()
    maker.statement(cue=at("denied"), act=Act.DENY, polarity=Polarity.DENY)
    assert "  (nobody named)  denied  [deny, deny]\n" in _shown(maker.reading())


_CONTROLS = "\x00\x07\x08\x1b[31m\x7f\x85\x9b2J\x1b]0;x\x07\r"


def test_no_control_character_reaches_the_terminal() -> None:
    text = f"He{_CONTROLS} denied{_CONTROLS} that {_CONTROLS}two boats left."
    maker = Maker(text, title=_CONTROLS, outlet=_CONTROLS)
    whole = Span(0, len(text))
    entity = maker.entity(_CONTROLS, whole, actor=_CONTROLS)
    maker.place(_CONTROLS, whole, country=_CONTROLS, admin1=_CONTROLS)
    time = maker.time(whole, _CONTROLS)
    maker.quantity(whole, 1.0, unit=_CONTROLS, comparator=_CONTROLS)
    maker.statement(
        source=whole,
        cue=whole,
        content=whole,
        speaker=entity,
        addressee=entity,
        medium=entity,
        time=time,
    )
    for width in (None, 30):
        shown = _shown(maker.reading(), width=width)
        assert {c for c in shown if unicodedata.category(c) == "Cc"} == {"\n"}


@few
@given(readings(), st.sampled_from([None, 24, 60, 100]))
def test_any_reading_is_shown_and_no_control_character_is(
    reading: Reading, width: int | None
) -> None:
    shown = _shown(reading, width=width)
    assert {c for c in shown if unicodedata.category(c) == "Cc"} <= {"\n"}
    for heading, rows in (("When", reading.times), ("How much", reading.quantities)):
        if rows:
            assert f"\n{heading}\n" in shown
