"""Whether two documents tell of one matter: their places and days."""

import dataclasses
import json

import pytest

from onrecord.claims.circumstances import (
    MOST_DAYS,
    UNKNOWN,
    circumstances_of,
    countries_alike,
    days_apart,
    towns_shared,
)
from onrecord.claims.models import Circumstances
from onrecord.claims.packing import pack, unpack
from onrecord.claims.propositions import account_of
from onrecord.records import Kind
from tests.claims.made import made_reading

TEXT = "A mill burned in Orsa on Monday. It had been rebuilt in March. " + "Nobody was hurt. " * 25


def reading_of_mill():
    return made_reading(
        f"{TEXT}The council of Mora meets on Friday.",
        names=[("Orsa", Kind.PLACE, "SWE"), ("Mora", Kind.PLACE, "SWE")],
        times={"Monday": "2020-03-02", "March": "2019-03", "Friday": "2020-03-06"},
    )


def test_days_are_those_that_are_named_and_the_early_ones_stand_first() -> None:
    found = circumstances_of(reading_of_mill())
    monday, friday = 737486, 737490
    assert (found.days, found.early) == ((monday, friday), (monday,))


def test_countries_are_those_of_its_places() -> None:
    ((code, share),) = circumstances_of(reading_of_mill()).countries
    assert code == "SWE"
    assert share > 0


def test_what_was_not_read_is_nothing() -> None:
    reading = dataclasses.replace(reading_of_mill(), places=None, times=None)
    assert circumstances_of(reading) == Circumstances()


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [((3,), (3, 90), 0), ((3, 50), (44,), 6), ((1,), (900,), MOST_DAYS), ((), (4,), UNKNOWN)],
)
def test_days_apart(first, second, apart) -> None:
    assert days_apart(first, second) == days_apart(second, first) == apart


def test_countries_are_alike_by_how_often_they_are_named() -> None:
    spain, mexico = (Circumstances(countries=((code, 2.0),)) for code in ("ESP", "MEX"))
    both = Circumstances(countries=(("ESP", 3.0), ("MEX", 4.0)))
    assert countries_alike(spain, spain) == pytest.approx(1)
    assert countries_alike(spain, mexico) == 0
    assert countries_alike(both, spain) == pytest.approx(0.6)
    assert countries_alike(spain, Circumstances()) == 0.5


def test_towns_are_shared_by_the_document_with_fewer() -> None:
    one, two = Circumstances(towns=frozenset({1})), Circumstances(towns=frozenset({1, 2, 3}))
    assert towns_shared(one, two) == towns_shared(two, one) == 1
    assert towns_shared(one, Circumstances(towns=frozenset({2}))) == 0
    assert towns_shared(one, Circumstances()) == UNKNOWN


def test_they_are_packed_and_an_earlier_pack_has_none() -> None:
    account = account_of(reading_of_mill(), number=3)
    assert account.circumstances.days
    lines = pack(account).split("\n")
    assert unpack(3, "\n".join(lines)).account.circumstances == account.circumstances
    about = json.loads(lines[0])
    earlier = "\n".join([json.dumps(about[:5]), *lines[1:]])
    assert unpack(3, earlier).account.circumstances == Circumstances()
