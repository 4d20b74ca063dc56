"""Speaker, listeners and date of a statement, in words."""

import pytest

from onrecord.export.parties import PartyFinder, is_same_name
from onrecord.records import Reading
from tests.export.made import Maker, at, crates


def _speakers(reading: Reading) -> list[str]:
    finder = PartyFinder(reading)
    return [finder.of(statement).speaker for statement in reading.statements or ()]


def test_the_name_stands_beside_words_that_do_not_give_it() -> None:
    assert _speakers(crates()) == ["The mayor, Ann Vale (UKR.GOV)", "He = Bo Orly"]


def test_listeners_and_date_are_those_of_the_rows() -> None:
    reading = crates()
    finder = PartyFinder(reading)
    first, second = (finder.of(statement) for statement in reading.statements or ())
    assert (first.addressee, first.medium, first.time) == ("Ardal Post", None, "2022-08-02")
    assert (second.addressee, second.medium, second.time) == (None, "Telegram", None)


def test_nobody_is_named_and_nobody_is_known() -> None:
    maker = Maker()
    maker.statement(cue=at("denied"))
    assert _speakers(maker.reading()) == ["(nobody named)"]


def test_a_speaker_who_is_known_without_words_is_not_called_nobody() -> None:
    maker = Maker()
    orly = maker.entity("Bo Orly", at("He"), actor="UKR.LEG")
    maker.statement(cue=at("denied"), speaker=orly)
    assert _speakers(maker.reading()) == ["(not named here) = Bo Orly (UKR.LEG)"]


def test_a_time_without_a_value_is_no_date() -> None:
    maker = Maker()
    maker.statement(cue=at("denied"), time=maker.time(at("Tuesday"), None))
    (statement,) = maker.reading().statements or ()
    assert PartyFinder(maker.reading()).of(statement).time is None


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("the Harbour Office", "Harbour Office"),
        ("THE HARBOUR OFFICE", "harbour office"),
        ("A baker", "the baker"),
        ("Ann  Vale’s", "Ann Vale"),
        ("Ann Vale, a baker from Odesa", "Ann Vale"),
        ("The mayor, Ann Vale", "Ann Vale"),
        ("Prime Minister Ann Vale", "Ann Vale"),
        ("Those bakers", "bakers"),
    ],
)
def test_words_that_give_the_name(words: str, name: str) -> None:
    assert is_same_name(words, name)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("He", "Ann Vale"),
        ("the ministry", "Ministry of Fish"),
        ("a spokesman for Ann Vale", "Ann Vale"),
        ("Ann Vale's lawyer", "Ann Vale"),
        ("Joann Vale", "Ann Vale"),
        ("Ann Vale", "Ann"),
        ("another", "other"),
        ("", "Ann Vale"),
    ],
)
def test_words_that_do_not_give_the_name(words: str, name: str) -> None:
    assert not is_same_name(words, name)
