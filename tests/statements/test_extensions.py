"""When and where a thing was said joins the cue."""

import pytest

from onrecord.pipeline import Reader
from onrecord.records import Spans, make_document
from onrecord.statements.extensions import (
    as_charged,
    as_expected,
    as_named,
    as_quoted,
    as_told,
    extend_cue,
    is_nobody,
)
from tests.marked import parse_marked


def extended(line: str) -> str:
    """The cue of an annotated line after it has taken in what stands behind it."""
    marked = parse_marked(line)
    (own,) = marked.statements
    cue = extend_cue(marked.text, own.cue, (*own.source, *own.content))
    assert cue[:-1] == own.cue[:-1]
    return " … ".join(s.text_in(marked.text) for s in cue)


CASES = """
[source She] [cue said] on Friday [content it held]. | said on Friday
[source She] [cue said] Friday [content it held]. | said Friday
[source She] [cue said] on Friday evening that [content it held]. | said on Friday evening
[source She] [cue said] late on Tuesday [content it held]. | said late on Tuesday
[source She] [cue said] late Tuesday [content it held]. | said late Tuesday
[source She] [cue said] earlier this week [content it held]. | said earlier this week
[source She] [cue said] last month [content it held]. | said last month
[source She] [cue said] yesterday [content it held]. | said yesterday
[source She] [cue wrote] on Twitter [content it held]. | wrote on Twitter
[source She] [cue wrote] on Twitter on Friday [content it held]. | wrote on Twitter on Friday
[source She] [cue said] on Friday via Telegram [content it held]. | said on Friday via Telegram
[source She] [cue wrote] on her Facebook page [content it held]. | wrote on her Facebook page
[source She] [cue said] on state television [content it held]. | said on state television
[content It held], [source she] [cue said] on Friday. | said on Friday
[content It held], [source she] [cue said] today | said today
""".strip().splitlines()

UNCHANGED = """
[source She] [cue said] [content it held].
[source She] [cue said] [content on Friday it held].
[source She] [cue said] Fridays are [content long].
[source She] [cue said], on Friday, [content it held].
[source She] [cue spoke] on the bridge [content of a flood].
[source She] [cue spoke] on behalf of the paper [content of a flood].
[content It held], [cue said] [source the mayor on Friday].
[content It held], [cue said] on [source Friday's] council.
[source She] [cue said]
on Friday [content it held].
"""


@pytest.mark.parametrize("case", CASES)
def test_days_and_media_behind_the_cue_join_it(case: str) -> None:
    line, expected = case.split(" | ")
    assert extended(line) == expected


@pytest.mark.parametrize("line", UNCHANGED.strip().replace("]\non", "]\\non").splitlines())
def test_other_words_do_not(line: str) -> None:
    line = line.replace("\\n", "\n")
    (own,) = parse_marked(line).statements
    assert extended(line) == " … ".join(s.text_in(parse_marked(line).text) for s in own.cue)


def test_only_the_last_fragment_grows() -> None:
    assert extended("[source She] [cue has] at last [cue said] on Friday [content it held].") == (
        "has … said on Friday"
    )


def words(text: str, spans: Spans) -> list[str]:
    return [span.text_in(text) for span in spans]


def test_who_is_quoted_by_a_medium_speaks() -> None:
    marked = parse_marked(
        "[source Radio Tam] [cue quoted a nurse as saying] [content that boys were shot]."
    )
    (own,) = marked.statements
    source, cue = as_quoted(marked.text, own.source, own.cue)
    assert words(marked.text, source) == ["a nurse"]
    assert words(marked.text, cue) == ["quoted", "as saying"]


def test_other_sources_stay() -> None:
    marked = parse_marked("[source A nurse] [cue said] [content that boys were shot].")
    (own,) = marked.statements
    assert as_quoted(marked.text, own.source, own.cue) == (own.source, own.cue)


def test_a_deed_is_no_part_of_who_accuses() -> None:
    marked = parse_marked(
        "[content Ann Vale] [cue was accused] by [source the auditors of hiding debts]."
    )
    (own,) = marked.statements
    source, content = as_charged(marked.text, own.source, own.cue, own.content)
    assert words(marked.text, source) == ["the auditors"]
    assert words(marked.text, content) == ["Ann Vale", "of hiding debts"]


def test_an_office_of_something_accuses() -> None:
    marked = parse_marked("[content Ann Vale] [cue was accused] by [source the head of audits].")
    (own,) = marked.statements
    assert as_charged(marked.text, own.source, own.cue, own.content) == (own.source, own.content)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("[source Ann Vale] [cue was told] [content he had left].", False),
        ("[source Ann Vale] [cue had also been informed] [content of it].", False),
        ("[source Ann Vale] [cue told the court] [content he had left].", True),
        ("[source Ann Vale], who [cue was told by] them that [content he left].", True),
        ("[content He left], [cue was told] [source by Ann Vale].", True),
    ],
)
def test_who_is_told_does_not_say_it(line: str, *, kept: bool) -> None:
    marked = parse_marked(line)
    (own,) = marked.statements
    assert as_told(marked.text, own.source, own.cue) == (own.source if kept else ())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[source Prosecutors] [cue are expected] [content to charge him].", "Prosecutors"),
        ("[source The clerk] [cue was believed to] [content have left].", "The clerk"),
        ("[source The clerk] [cue is widely expected] [content to leave].", "The clerk"),
        ("[source The clerk] [cue expects] [content to leave].", ""),
        ("[source The clerk], who left, [cue is expected] [content to return].", ""),
        ("[content To leave] [cue is expected] by [source the clerk].", ""),
        ("[source The clerk] [cue is known] [content for his songs].", ""),
    ],
)
def test_who_is_expected_to_do_something_is_said_to(line: str, expected: str) -> None:
    marked = parse_marked(line)
    (own,) = marked.statements
    source, content = as_expected(marked.text, own.source, own.cue, own.content)
    if expected:
        assert source == ()
        assert content[0].text_in(marked.text) == expected
        assert content[1:] == own.content
    else:
        assert (source, content) == (own.source, own.content)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[source No group] [cue has claimed] [content the raid].", True),
        ("[source Nobody] [cue said] [content it held].", True),
        ("[source None of the clerks] [cue said] [content it held].", True),
        ("[source Nolan] [cue said] [content it held].", False),
        ("[cue It is said] [content it held].", False),
    ],
)
def test_what_nobody_says_is_no_statement(line: str, *, expected: bool) -> None:
    marked = parse_marked(line)
    (own,) = marked.statements
    assert is_nobody(marked.text, own.source) is expected


@pytest.mark.weights
@pytest.mark.parametrize(
    "text", ["No group has claimed responsibility.", "Nobody said that the bridge was safe."]
)
def test_nobody_is_no_speaker(reader: Reader, text: str) -> None:
    assert reader.read(make_document(text=text)).statements == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "[source Auditors] [cue studied claims] by two clerks that [content it fell].",
            "two clerks",
        ),
        (
            "[source It] [cue was given assurances] from Arland [content that it would hold].",
            "Arland",
        ),
        ("[cue Claims] by a clerk that [content it fell] were read.", "a clerk"),
        ("[source Auditors] [cue studied claims] that [content it fell].", "Auditors"),
        ("[source She] [cue wrote] by candle that [content it fell].", "She"),
        ("[source They] [cue heard reports] by noon, and knew that [content it fell].", "They"),
        ("[cue Claims] by [source a clerk] that [content it fell] were read.", "a clerk"),
    ],
)
def test_whose_word_a_noun_reports(line: str, expected: str) -> None:
    marked = parse_marked(line)
    (own,) = marked.statements
    found = as_named(marked.text, own.source, own.cue, own.content)
    assert [s.text_in(marked.text) for s in found] == [expected]
