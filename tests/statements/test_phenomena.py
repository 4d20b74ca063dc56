"""The packaged model on plain sentences of each phenomenon; see `phenomena.py`."""

import pytest

from onrecord.pipeline import Reader
from onrecord.records import Manner
from tests.statements.phenomena import (
    Case,
    Outcome,
    by_phenomenon,
    failures,
    load_cases,
    page,
    read_cases,
    share_right,
)

# Measured with the packaged weights, in percent of sentences with everything right; a
# retrained model raises it, and this number with it.
MEASURED = 81.2
TOLERANCE = 2.0


@pytest.fixture(scope="module")
def outcomes(reader: Reader) -> list[Outcome]:
    return read_cases(load_cases(), reader)


def test_there_are_enough_sentences_and_none_twice() -> None:
    cases = load_cases()
    assert len(cases) >= 120
    assert len({case.line for case in cases}) == len(cases)
    assert all(case.phenomenon for case in cases)
    plain = [case for case in cases if case.phenomenon.startswith("no statement")]
    assert len(plain) >= 10
    for case in cases:
        assert (case.marked.statements == ()) == (case in plain), case.line


@pytest.mark.weights
@pytest.mark.slow
def test_share_of_sentences_with_everything_right(outcomes: list[Outcome]) -> None:
    share = share_right(outcomes)
    if share < MEASURED - TOLERANCE:
        listed = "\n".join(failures(outcomes))
        pytest.fail(f"{share:.1f} % right, {MEASURED} % when last measured\n{listed}")


@pytest.mark.weights
@pytest.mark.slow
@pytest.mark.parametrize(
    "phenomenon", ["direct speech, cue after", "indirect with that", "no statement: plain actions"]
)
def test_the_plainest_phenomena_are_mostly_right(outcomes: list[Outcome], phenomenon: str) -> None:
    own = by_phenomenon(outcomes)[phenomenon]
    assert share_right(own) >= 75, "\n".join(failures(own))


@pytest.mark.weights
@pytest.mark.slow
def test_manner_of_what_was_found(outcomes: list[Outcome]) -> None:
    expected = {
        "direct speech, cue after": Manner.DIRECT,
        "indirect with that": Manner.INDIRECT,
        "partly quoted": Manner.MIXED,
    }
    for phenomenon, manner in expected.items():
        for outcome in by_phenomenon(outcomes)[phenomenon]:
            if outcome.is_right:
                assert {s.manner for s in outcome.reading.statements or ()} == {manner}


@pytest.mark.weights
def test_failures_are_listed_by_phenomenon(reader: Reader) -> None:
    wrong = Case("wrongly marked", "[source The bridge] [cue was closed] [content at noon].")
    right = Case("plain", "The bridge was closed at noon.")
    outcomes = read_cases([wrong, right], reader)
    assert [outcome.is_right for outcome in outcomes] == [False, True]
    assert share_right(outcomes) == 50
    assert failures(outcomes) == [
        "wrongly marked: 0 of 1 right",
        "  The bridge was closed at noon.",
        "    marked The bridge | was closed | at noon",
    ]
    written = page(outcomes, "statements-0")
    assert "| wrongly marked | 1 | 0 | 1 | 0 | 0 |" in written
    assert "| plain | 1 | 1 | 0 | 0 | 0 |" in written
    assert "All: 50.0 % right." in written
