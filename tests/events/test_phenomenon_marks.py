"""The form of marked event sentences."""

import pytest

from onrecord.records import Span
from tests.events.phenomena.faults import are_alike, core_of
from tests.events.phenomena.marks import MarkError, parse_marked


def test_words_that_are_several_things() -> None:
    line = (
        "[actor:1,2?+source:2 Arland] [ACCUSE|REJECT:1/possible/allege accused] it "
        "of [ASSAULT:2 fire]."
    )
    sentence = parse_marked(line)
    assert sentence.text == "Arland accused it of fire."
    first, second = sentence.of("event")
    assert first.names == {"ACCUSE", "REJECT"}
    assert (set(first.factualities), first.mode) == ({"possible"}, "allege")
    assert (set(second.factualities), second.mode) == ({"actual"}, None)
    assert [(m.kind, m.is_optional) for m in first.marks] == [("actor", False)]
    assert [(m.kind, m.is_optional) for m in second.marks] == [("actor", True), ("source", False)]


def test_a_trigger_in_two_pieces() -> None:
    (row,) = parse_marked("He [RETREAT:1 pulled] them [RETREAT:1 out].").rows
    assert [span.start for span in row.triggers] == [3, 15]


def test_rows_are_events_claims_and_commitments() -> None:
    line = (
        "[taken:a+ASSAULT:1 took] [place:a Orsa] by [commitment:t the pact] of [signed:t=2020 2020]"
    )
    sentence = parse_marked(line)
    assert {row.row: row.kind for row in sentence.rows} == {
        "1": "event",
        "a": "control",
        "t": "commitment",
    }
    (pact,) = sentence.of("commitment")
    assert [(m.kind, m.value) for m in pact.marks] == [("signed", "2020")]


def test_plain_brackets() -> None:
    assert parse_marked(r"\[sic\]").text == "[sic]"


@pytest.mark.parametrize(
    "line",
    [
        "[actor:1 Arland",
        "Arland]",
        "[ ]",
        "[actor:1 Arland] left",
        "[ASSAULT:1 ]",
        "[ASSAULTS:1 hit]",
        "[ASSAULT hit]",
        "[ASSAULT:1 hit] on [date:1 Monday]",
        "[actor:1=2 He] [ASSAULT:1 hit]",
        "[actor:1/possible He] [ASSAULT:1 hit]",
        "[ASSAULT:1/possible/negated hit]",
        "[ASSAULT:1 hit] and [AID:1 gave]",
    ],
)
def test_what_is_wrongly_marked_is_refused(line: str) -> None:
    with pytest.raises(MarkError):
        parse_marked(line)


@pytest.mark.parametrize(
    ("phrase", "core"),
    [
        ("the Arlish army", "the Arlish army"),
        ("Dozens of farmers from the north", "farmers"),
        ("the mayor of Lowen", "the mayor"),
        ("Ann Vale, who leads the Northern Front", "Ann Vale"),
        ("Ondria", "Ondria"),
        ("thousands", "thousands"),
    ],
)
def test_the_core_of_a_phrase(phrase: str, core: str) -> None:
    assert core_of(phrase, Span(0, len(phrase))).text_in(phrase).strip() == core


@pytest.mark.parametrize(
    ("text", "one", "other", "alike"),
    [
        ("Arlish forces", "Arlish forces", "Arlish", True),
        ("Ann Vale, who leads the Northern Front", "Ann Vale", "the Northern Front", False),
        ("Ann Vale, who leads the Northern Front", "Ann Vale, who leads", "Ann Vale", True),
        ("the mayor of Lowen", "the mayor of Lowen", "Lowen", False),
        ("Thousands of farmers from the far north", "Thousands of farmers", "farmers", True),
    ],
)
def test_words_that_mean_the_same(text: str, one: str, other: str, *, alike: bool) -> None:
    spans = [Span(text.index(part), text.index(part) + len(part)) for part in (one, other)]
    assert are_alike(text, *spans) == alike
