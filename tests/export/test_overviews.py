"""Who, where, when and how much, a line each."""

import pytest
from hypothesis import given

from onrecord.export.overviews import (
    amount_of,
    how_much,
    missing_of,
    number_in_words,
    position_of,
    when,
    where,
    who,
)
from onrecord.records import Kind, Precision, Reading, TimexType
from tests.export.made import RUN, Maker, at, crates
from tests.records.generated import few, readings


def test_those_who_say_most_come_first() -> None:
    maker = Maker()
    vale = maker.entity("Ann Vale", at("Ann Vale"), at("mayor"), at("He"))
    orly = maker.entity("Bo Orly", at("boats"))
    maker.entity("Cy Ode", at("crates"), actor="UKR.MIL")
    for speaker in (orly, orly, vale):
        maker.statement(cue=at("denied"), speaker=speaker)
    found = [(one.name, one.n_statements, one.n_mentions) for one in who(maker.reading())]
    assert found == [("Bo Orly", 2, 1), ("Ann Vale", 1, 3), ("Cy Ode", 0, 1)]


def test_a_party_speaks_or_is_spoken_to_or_has_an_actor_code() -> None:
    parties = {one.name: one.is_party for one in who(crates())}
    assert parties == {
        "Ann Vale": True,
        "Bo Orly": True,
        "Ardal Post": True,
        "Telegram": True,
        "Odesa": False,
        "Upper Wessel": False,
    }


def test_one_that_is_spoken_to_and_through_in_one_statement_counts_once() -> None:
    maker = Maker()
    post = maker.entity("Ardal Post", at("the Ardal Post"), kind=Kind.ORGANIZATION)
    maker.statement(cue=at("denied"), addressee=post, medium=post)
    assert [one.n_heard for one in who(maker.reading())] == [1]


def test_a_place_that_is_named_twice_is_one_line() -> None:
    maker = Maker()
    maker.place("Odesa", at("Odesa"), probability=0.71)
    maker.unknown_place("Upper Wessel", at("Upper Wessel"))
    maker.place("Odesa", at("Wessel"), probability=0.934)
    maker.place("Odesa", at("Upper"), geonames_id=None, country="USA", lat=31.8, lon=-102.4)
    found = [(one.name, one.probability, one.n_mentions) for one in where(maker.reading())]
    assert found == [("Odesa", "0.71–0.93", 2), ("Odesa", "0.93", 1), ("Upper Wessel", None, 1)]


@pytest.mark.parametrize(
    ("precision", "shown"),
    [
        (Precision.POINT, "46.477, -30.733"),
        (Precision.SETTLEMENT, "46.48, -30.73"),
        (Precision.DISTRICT, "46.5, -30.7"),
        (Precision.REGION, "46.5, -30.7"),
        (Precision.COUNTRY, "46, -31"),
        (Precision.AREA, "46, -31"),
        (None, "46, -31"),
    ],
)
def test_a_position_claims_no_more_than_its_precision(
    precision: Precision | None, shown: str
) -> None:
    maker = Maker()
    maker.place("Odesa", at("Odesa"), lat=46.47747, lon=-30.73262, precision=precision)
    (place,) = maker.reading().places or ()
    assert position_of(place) == shown


def test_there_is_no_zero_below_zero() -> None:
    maker = Maker()
    maker.place("Odesa", at("Odesa"), lat=-0.001, lon=0.0)
    (place,) = maker.reading().places or ()
    assert position_of(place) == "0.00, 0.00"


def test_a_place_without_a_position_says_why() -> None:
    maker = Maker()
    maker.unknown_place("Upper Wessel", at("Upper Wessel"))
    maker.place("Odesa", at("Odesa"), lat=None, lon=None, candidates=300)
    missing = [missing_of(place) for place in maker.reading().places or ()]
    assert missing == ["not in the gazetteer", "not resolved, 300 places of that name"]
    assert [one.missing for one in where(maker.reading())] == missing
    assert [one.position for one in where(maker.reading())] == [None, None]


def test_expressions_come_in_text_order_and_each_once() -> None:
    maker = Maker()
    maker.time(at("He"), "P2D", TimexType.DURATION)
    maker.time(at("Tuesday"), "2022-08-02")
    maker.time(at("Tuesday"), "2022-08-02")
    maker.time(at("Tuesday"), None)
    found = [(one.words, one.value, one.kind, one.n_mentions) for one in when(maker.reading())]
    assert found == [
        ("Tuesday", "2022-08-02", "date", 2),
        ("Tuesday", None, "date", 1),
        ("He", "P2D", "duration", 1),
    ]


def test_figures_come_with_comparator_and_unit() -> None:
    assert [(one.words, one.amount) for one in how_much(crates())] == [
        ("no more than 1,550 crates", "at most 1,550 crate"),
        ("two boats", "2 boat"),
    ]


def test_an_amount_needs_neither_comparator_nor_unit() -> None:
    maker = Maker()
    maker.quantity(at("two"), 2.5)
    (quantity,) = maker.reading().quantities or ()
    assert amount_of(quantity) == "2.5"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"),
        (1550.0, "1,550"),
        (12_000_000_000.0, "12,000,000,000"),
        (99.9, "99.9"),
        (-3.0, "-3"),
        (1e300, "1e+300"),
        (float("inf"), "inf"),
    ],
)
def test_a_number_has_commas_and_no_digits_too_many(value: float, shown: str) -> None:
    assert number_in_words(value) == shown


@few
@given(readings())
def test_every_row_is_counted_in_one_line(reading: Reading) -> None:
    assert len(who(reading)) == len(reading.entities or ())
    assert sum(one.n_mentions for one in when(reading)) == len(reading.times or ())
    assert sum(one.n_mentions for one in how_much(reading)) == len(reading.quantities or ())
    assert sum(bool(one.position) == (one.missing is None) for one in where(reading)) == len(
        where(reading)
    )


def test_nothing_was_looked_for() -> None:
    reading = Reading(document=crates().document, run=RUN)
    assert [f(reading) for f in (who, where, when, how_much)] == [[], [], [], []]
