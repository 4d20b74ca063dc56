"""The packaged program on plain event sentences of each phenomenon; see `phenomena/`."""

import dataclasses
from collections import Counter
from itertools import chain

import pytest

from onrecord.pipeline import Reader
from onrecord.records import EventType, Factuality, Reading
from tests.events.made_readings import read_marks
from tests.events.phenomena.cases import (
    FRESH,
    LONGER,
    SECTIONS,
    Case,
    CaseError,
    Outcome,
    load_cases,
    parse_file,
    read_cases,
    share_right,
)
from tests.events.phenomena.faults import compare
from tests.events.phenomena.marks import parse_marked
from tests.events.phenomena.pages import failures, page

# Share of sentences with everything right, in percent, below which the test fails. Raised
# whenever the program reads more of them. Lowered once, from 95 and 90: the rules fit the trees of
# the model before, on these very sentences; the next one read unseen articles far better. The fresh
# ones were 84.7 % before those of treaties and held places came in.
FLOOR = 93.4
FRESH_FLOOR = 88.4
# Of those that ask who does what to whom, in sentences and in short articles, which came in last;
# a third of them was not looked at before the floor was set. Lowered once, from 78.3, by the next
# weights, record-6, for the reason above: of 309 unseen articles they read recipients better.
PARTY_FLOOR = 72.7
# 49 % at the first look, before the rules; of the half kept aside 51, and 74 after them.
LONGER_FLOOR = 78.2

CASES = load_cases()
FRESH_CASES = load_cases(FRESH)
LONGER_CASES = load_cases(LONGER)
PARTY_CASES = [case for case in FRESH_CASES if case.phenomenon.startswith("who to whom")]
SENTENCE = (
    "[actor:1+source:2 Arland] [ACCUSE:1 accused] [recipient:1+actor:2 Borland] of "
    "[ASSAULT:2/drone shelling] [recipient:2? Dale] on [date:2=2024-05-07 Tuesday], killing "
    "[quantity:2=3 three men] in [place:2 Orsa]."
)


@pytest.fixture(scope="module")
def outcomes(reader: Reader) -> list[Outcome]:
    return read_cases(CASES, reader)


def test_there_are_enough_sentences_and_none_twice() -> None:
    assert len(CASES) >= 270
    assert len({case.sentence.text for case in CASES}) == len(CASES)
    for phenomenon, n in Counter(case.phenomenon for case in CASES).items():
        assert n >= 8, phenomenon
    rows = chain.from_iterable(case.sentence.of("event") for case in CASES)
    types = Counter(name for row in rows if not row.is_optional for name in row.names)
    assert all(types[name] >= 6 for name in EventType)


def test_only_sentences_without_events_have_none() -> None:
    for case in CASES:
        is_empty = not any(row.kind in case.sections for row in case.sentence.rows)
        assert is_empty == (case.phenomenon == "no event"), case.line
        assert {row.kind for row in case.sentence.rows} <= set(case.sections), case.line


def test_what_is_marked_in_fresh_sentences_is_right() -> None:
    for case in FRESH_CASES:
        for with_optional in (True, False):
            reading = read_marks(case.sentence, with_optional=with_optional)
            assert compare(case.sentence, reading, SECTIONS).faults == (), case.line
    assert len({case.sentence.text for case in FRESH_CASES}) == len(FRESH_CASES)


PHENOMENA = list(dict.fromkeys(case.phenomenon for case in CASES))


@pytest.mark.parametrize("phenomenon", PHENOMENA)
@pytest.mark.parametrize("with_optional", [True, False], ids=["full", "sparing"])
def test_what_is_marked_is_right(phenomenon: str, *, with_optional: bool) -> None:
    """Every sentence can be read without a fault, with and without what is optional."""
    for case in (case for case in CASES if case.phenomenon == phenomenon):
        reading = read_marks(case.sentence, with_optional=with_optional)
        assert compare(case.sentence, reading, SECTIONS).faults == (), case.line


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_nothing_found_is_wrong_unless_nothing_is_marked(phenomenon: str) -> None:
    for case in (case for case in CASES if case.phenomenon == phenomenon):
        empty = read_marks(parse_marked(case.sentence.text.replace("[", r"\[")))
        empty = empty.replace(events=None, control_claims=None, commitments=None)
        faults = compare(case.sentence, empty, case.sections).faults
        is_needed = any(not row.is_optional for row in case.sentence.rows)
        assert bool(faults) == is_needed, case.line


def changed(n: int, **changes: object) -> Reading:
    """The reading of `SENTENCE` with its n-th event changed."""
    reading = read_marks(parse_marked(SENTENCE))
    events = list(reading.events or ())
    events[n] = dataclasses.replace(events[n], **changes)  # type: ignore[arg-type]
    return reading.replace(events=tuple(events))


@pytest.mark.parametrize(
    ("n", "changes", "sorts"),
    [
        (0, {"type": EventType.REJECT}, {"event missing", "other event"}),
        (0, {"actors": ()}, {"actor"}),
        (0, {"recipients": ()}, {"recipient"}),
        (1, {"recipients": ()}, set()),
        (1, {"factuality": Factuality.POSSIBLE}, {"factuality"}),
        (1, {"asserted_by": None}, {"asserter"}),
        (1, {"date": None}, {"date"}),
        (1, {"place": None}, {"place"}),
        (1, {"mode": None}, {"mode"}),
        (1, {"quantities": ()}, {"quantity"}),
    ],
)
def test_a_change_is_a_fault(n: int, changes: dict[str, object], sorts: set[str]) -> None:
    comparison = compare(parse_marked(SENTENCE), changed(n, **changes), ["event"])
    assert {fault.sort for fault in comparison.faults} == sorts


def test_an_event_that_is_not_marked_is_a_fault() -> None:
    sentence = parse_marked(SENTENCE.replace("[ACCUSE:1 ", "[ACCUSE:1? "))
    reading = read_marks(parse_marked(SENTENCE))
    assert compare(sentence, reading, ["event"]).faults == ()
    plain = parse_marked("Arland accused Borland of shelling Dale.")
    words = [fault.words for fault in compare(plain, reading, ["event"]).faults]
    assert words == ["other event: ACCUSE “accused”", "other event: ASSAULT “shelling”"]


def test_a_line_without_a_reason_is_refused() -> None:
    with pytest.raises(CaseError, match="no reason"):
        parse_file("plain", "The bridge was closed at noon.")
    with pytest.raises(CaseError, match="elements"):
        parse_file("plain", "@ elements")


def test_events_of_a_file_may_be_left_out() -> None:
    (case,) = parse_file("plain", "@ without event\n@ control\nwhy :: The bridge was closed.")
    assert case.sections == ("control",)


def test_failures_are_listed_by_phenomenon() -> None:
    case = Case("plain", ("event",), "a plain verb", SENTENCE)
    reading = changed(1, asserted_by=None)
    wrong = Outcome(case, reading, compare(case.sentence, reading, case.sections))
    perfect = read_marks(case.sentence)
    right = Outcome(case, perfect, compare(case.sentence, perfect, case.sections))
    assert [wrong.is_right, right.is_right] == [False, True]
    assert share_right([wrong, right]) == 50
    assert failures([wrong, right]) == [
        "plain: 1 of 2 right",
        f"  {case.sentence.text} (a plain verb)",
        "    ASSAULT “shelling”: asserted by the outlet",
    ]
    assert "Sentences written later" not in page([wrong, right], "record-0")
    written = page([wrong, right], "record-0", [right])
    assert "Now: 100.0 % right." in written
    assert "| plain | 2 | 1 | 4 | 4 |" in written
    assert "| asserter | 1 | 1 |" in written
    assert "All: 50.0 % right." in written


@pytest.mark.weights
@pytest.mark.slow
def test_share_of_sentences_with_everything_right(outcomes: list[Outcome]) -> None:
    share = share_right(outcomes)
    if share < FLOOR:
        pytest.fail(f"{share:.1f} % right, at least {FLOOR}\n" + "\n".join(failures(outcomes)))


@pytest.mark.weights
@pytest.mark.slow
@pytest.mark.parametrize("floor", [FRESH_FLOOR, PARTY_FLOOR], ids=["before", "who to whom"])
def test_share_of_fresh_sentences(reader: Reader, floor: float) -> None:
    is_party = floor == PARTY_FLOOR
    cases = [case for case in FRESH_CASES if (case in PARTY_CASES) == is_party]
    outcomes = read_cases(cases, reader)
    share = share_right(outcomes)
    if share < floor:
        pytest.fail(f"{share:.1f} % right, at least {floor}\n" + "\n".join(failures(outcomes)))


@pytest.mark.weights
@pytest.mark.slow
def test_share_of_longer_texts(reader: Reader) -> None:
    outcomes = read_cases(LONGER_CASES, reader)
    share = share_right(outcomes)
    if share < LONGER_FLOOR:
        pytest.fail(
            f"{share:.1f} % right, at least {LONGER_FLOOR}\n" + "\n".join(failures(outcomes))
        )
