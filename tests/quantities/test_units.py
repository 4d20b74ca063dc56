import pytest

from onrecord.quantities.units import singular, unit_behind
from onrecord.quantities.word_lists import given_words, word_lists


@pytest.mark.parametrize(
    ("plural", "noun"),
    [
        ("warheads", "warhead"),
        ("people", "person"),
        ("countries", "country"),
        ("churches", "church"),
        ("buses", "bus"),
        ("lives", "life"),
        ("houses", "house"),
        ("crisis", "crisis"),
        ("aircraft", "aircraft"),
        ("boxes", "box"),
    ],
)
def test_plurals_become_singular(plural: str, noun: str) -> None:
    assert singular(plural) == noun


@pytest.mark.parametrize(
    ("behind", "unit"),
    [
        (" deployed nuclear warheads in all", "nuclear warhead"),
        (" more people came", "person"),
        (" of the men", None),
        (". People came", None),
        (" percent of it", "percent"),
        (" ICBMs and", "ICBM"),
        ("\n\nmen", None),
    ],
)
def test_the_unit_is_the_noun_behind(behind: str, unit: str | None) -> None:
    assert unit_behind(behind, 0).name == unit


def test_the_word_lists_have_their_source_and_shape() -> None:
    given = given_words()
    assert set(given["comparators_behind"]) <= set(given["comparators"])
    assert all(units for units in given["currencies"].values())
    assert not word_lists().surely & word_lists().adjectives - {"dead"}
