import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.places.gazetteers import Gazetteer
from onrecord.places.models import probabilities
from onrecord.places.resolver import resolve
from onrecord.records import Precision
from tests.places.made import answers


@pytest.mark.parametrize(
    ("marked", "country", "admin1"),
    [
        ("The mayor of [Paris], Texas, spoke.", "USA", "Texas"),
        ("The mayor of [Paris], Ky., spoke.", "USA", "Kentucky"),
        ("The president spoke in [Paris], France.", "FRA", "Île-de-France"),
        ("A flood hit [Perth], Scotland.", "GBR", "Scotland"),
        ("A flood hit [Springfield], Ill., and left.", "USA", "Illinois"),
        ("Troops left [Kherson] and [Mykolaiv] in southern [Ukraine].", "UKR", "Kherson Oblast"),
    ],
)
def test_what_the_words_after_a_name_say_wins(
    gazetteer: Gazetteer, marked: str, country: str, admin1: str
) -> None:
    found = answers(marked, gazetteer)[0]
    assert (found.country, found.admin1) == (country, admin1)


def test_neighbours_decide(gazetteer: Gazetteer) -> None:
    found = answers("Roads from [London] to [Woodstock], [Stratford] and [Toronto].", gazetteer)
    assert {answer.country for answer in found} == {"CAN"}


def test_an_unsure_town_far_from_all_others_is_no_pin(gazetteer: Gazetteer) -> None:
    lone, *others = answers(
        "Fighting near [Mirny], [Pokrovsk], [Kramatorsk], [Sloviansk] and [Bakhmut] in [Ukraine].",
        gazetteer,
    )
    assert {answer.country for answer in others} == {"UKR"}
    assert (lone.is_found, lone.country, lone.n_candidates) == (False, None, 1)
    # By itself it stays what it is.
    assert answers("A fire in [Mirny], [Russia].", gazetteer)[0].country == "RUS"


def test_nationalities_tell_the_country(gazetteer: Gazetteer) -> None:
    found = answers("Georgian police and Georgian ministers spoke in [Georgia].", gazetteer)
    assert (found[0].country, found[0].precision) == ("GEO", Precision.COUNTRY)


def test_a_state_is_known_by_its_towns(gazetteer: Gazetteer) -> None:
    found = answers("From [Atlanta] to [Macon] and [Savannah], all of [Georgia].", gazetteer)
    assert (found[3].country, found[3].precision) == ("USA", Precision.REGION)


def test_telephone_numbers_tell_the_state(gazetteer: Gazetteer) -> None:
    found = answers("In [Georgetown], call (502) 555-0100 or (859) 555-0111.", gazetteer)
    assert found[0].admin1 == "Kentucky"


def test_one_sense_in_a_document(gazetteer: Gazetteer) -> None:
    found = answers("[Paris], Texas, is far. In [Paris], all is well.", gazetteer)
    assert found[0] == found[1]


def test_two_senses_if_the_text_says_so(gazetteer: Gazetteer) -> None:
    found = answers("From [Paris], Texas, to [Paris], France. Then [Paris] slept.", gazetteer)
    assert [answer.country for answer in found] == ["USA", "FRA", "FRA"]


@pytest.mark.parametrize(
    ("marked", "precision"),
    [
        ("It is in [Ukraine].", Precision.COUNTRY),
        ("It is in the [Kherson] region.", Precision.REGION),
        ("It is in [Donbas].", Precision.AREA),
        ("It is in [Kharkiv].", Precision.SETTLEMENT),
        ("It is in [Texas].", Precision.REGION),
    ],
)
def test_regions_and_countries_stay_what_they_are(
    gazetteer: Gazetteer, marked: str, precision: Precision
) -> None:
    assert answers(marked, gazetteer)[0].precision == precision


def test_old_spellings_mean_the_same_place(gazetteer: Gazetteer) -> None:
    text = "Trains from [{}] to [Lviv] in [Ukraine]."
    old, new = (answers(text.format(name), gazetteer)[0] for name in ("Kiev", "Kyiv"))
    assert new.geonames_id == 703448
    assert old.admin1 in {"Kiev", "Kyiv City"}


def test_a_name_that_is_not_known_has_no_pin(gazetteer: Gazetteer) -> None:
    found = answers("They came from [Qwxzburg].", gazetteer)[0]
    assert (found.lat, found.precision, found.country, found.n_candidates) == (None, None, None, 0)


def test_it_keeps_the_country_that_the_text_gives(gazetteer: Gazetteer) -> None:
    found = answers("They came from [Qwxzburg], Moldova.", gazetteer)[0]
    assert (found.lat, found.country) == (None, "MDA")


def test_the_same_text_gives_the_same_places(gazetteer: Gazetteer) -> None:
    marked = "From [Athens] to [Rome] and [Augusta]."
    assert answers(marked, gazetteer) == answers(marked, gazetteer)


def test_nothing_marked_is_nothing_found(gazetteer: Gazetteer) -> None:
    assert resolve("No place here.", [], gazetteer=gazetteer) == []
    assert resolve("", [], gazetteer=gazetteer) == []


def test_thousands_of_names_with_many_candidates_take_a_moment(gazetteer: Gazetteer) -> None:
    names = ["San Pedro", "Springfield", "Santa Cruz", "San Antonio", "Victoria"]
    text = " and ".join(f"{name}" for _ in range(1000) for name in names)
    spans, at = [], 0
    for _ in range(1000):
        for name in names:
            spans.append((at, at + len(name)))
            at += len(name) + 5
    begin = time.perf_counter()
    found = resolve(text, spans, gazetteer=gazetteer)
    assert time.perf_counter() - begin < 5
    assert len(found) == 5000
    assert max(answer.n_candidates for answer in found) > 100


def test_a_name_of_ten_thousand_letters_is_no_place(gazetteer: Gazetteer) -> None:
    assert not resolve("A" * 10_000, [(0, 10_000)], gazetteer=gazetteer)[0].is_found


@given(text=st.text(max_size=60), data=st.data())
def test_any_span_of_any_text_has_an_answer(
    gazetteer: Gazetteer, text: str, data: st.DataObject
) -> None:
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    (found,) = resolve(text, [(start, end)], gazetteer=gazetteer)
    assert 0 <= found.probability <= 1
    assert (found.lat is None) == (found.lon is None) == (found.precision is None)


def test_probabilities_of_a_name_leave_room_for_none_of_them() -> None:
    found = probabilities(
        np.array([0.0, 0.0, 800.0, -800.0]), np.array([0, 0, 1, 2]), np.array([0, 2, 3])
    )
    assert found.tolist() == pytest.approx([1 / 3, 1 / 3, 1.0, 0.0])


def test_a_town_is_meant_where_its_division_has_its_name(gazetteer: Gazetteer) -> None:
    found = answers("Shells fell on [Luhansk] and on [Luhansk] region, in [Ukraine].", gazetteer)
    assert [a.precision for a in found[:2]] == [Precision.SETTLEMENT, Precision.REGION]


def test_a_capital_outside_of_its_division_is_the_town_too(gazetteer: Gazetteer) -> None:
    found = answers("Trains left [Kiev] for [Lviv], [Ukraine].", gazetteer)
    assert found[0].precision == Precision.SETTLEMENT


@pytest.mark.parametrize("side", ["West", "the West", "East", "South"])
def test_a_side_of_the_world_is_no_town(gazetteer: Gazetteer, side: str) -> None:
    (found,) = answers(f"Relations with [{side}] got worse.", gazetteer)
    assert not found.is_found
