"""Whether two clauses are of one person."""

import pytest

from onrecord.claims.conflicts import apart
from onrecord.claims.matching import match
from onrecord.claims.pairs import Pair
from onrecord.claims.persons import days_between, is_of_one_person
from onrecord.claims.propositions import account_of
from onrecord.records import Kind
from tests.claims.made import made_reading

VALE = ("Ann Vale", Kind.PERSON)
HALT = ("Ivo Halt", Kind.PERSON)


def pair_of(first, second) -> Pair:
    """The first clauses of two readings."""
    a, b = (account_of(reading, number=n) for n, reading in enumerate((first, second), start=1))
    p, q = a.propositions[0], b.propositions[0]
    return Pair(a, p, b, q, match(a, p, b, q, why_apart=apart(a, p, b, q)))


def told(words, who=VALE, published="2020-03-05", outlet="Made Gazette"):
    text = f"{who[0]} said {words}."
    return made_reading(
        text, (who[0], "said", words), names=[who], published=published, outlet=outlet
    )


def plain(text, names=(), published="2020-03-05", outlet="Made Gazette"):
    return made_reading(text, names=names, published=published, outlet=outlet)


LAMPS, NO_LAMPS = "the lamps of the mill burned all night", "no lamp of the mill was lit that night"


def test_one_speaker_is_of_one_person() -> None:
    assert is_of_one_person(pair_of(told(LAMPS), told(NO_LAMPS, published="2020-09-01")))
    assert not is_of_one_person(pair_of(told(LAMPS), told(NO_LAMPS, HALT)))


def test_who_speaks_here_and_is_told_of_there_is_of_one_person_too() -> None:
    other = plain("In the witness box Ann Vale took back what was said of the mill.", [VALE])
    assert is_of_one_person(pair_of(told(LAMPS), other))
    assert not is_of_one_person(pair_of(told(LAMPS, HALT), other))


@pytest.mark.parametrize(
    ("who", "published", "days"),
    [
        (HALT, "2020-03-07", 2),
        (VALE, "2020-03-07", 2),
        (HALT, "2020-09-05", 184),
        (VALE, "2020-09-05", None),
        (HALT, None, None),
    ],
)
def test_own_words_have_no_long_time_between(who, published, days) -> None:
    assert days_between(pair_of(told(LAMPS), told(NO_LAMPS, who, published))) == days
