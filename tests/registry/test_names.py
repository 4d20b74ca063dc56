"""Names of persons without titles, names of bodies, and bodies that a country determines."""

import doctest

import pytest

from onrecord.registry import names
from onrecord.registry.names import agree, body_name, is_common, person_name, plain, proper_name


@pytest.mark.parametrize(
    ("words", "normal"),
    [
        ("Ann Vale", "ann vale"),
        ("President Ann Vale", "ann vale"),
        ("the mayor, Ann Vale", "ann vale"),
        ("Arland's defence minister, Ann Vale", "ann vale"),
        ("Russian President Ann Vale", "ann vale"),
        ("The secretary-general of the United Nations, Ann Vale", "ann vale"),
        ("Ann Vale, who runs the Halden Desk", "ann vale"),
        ("Ann Vale's", "ann vale"),
        ("Lt. Gen. Ann Vale", "ann vale"),
        ("police chief Ann Vale", "ann vale"),
        ("Ludwig van der Berg Jr.", "ludwig van der berg"),
        ("Crown Prince Yusuf bin Odal", "yusuf bin odal"),
        ("José Ardán", "jose ardan"),
        ("Jordan Holt", "jordan holt"),
        ("Stephen King", "stephen king"),
        ("Major Vale", "vale"),
        ("ANN VALE", "ann vale"),
        ("Ann R. Vale", "ann r vale"),
    ],
)
def test_persons(words: str, normal: str) -> None:
    name = person_name(words)
    assert name is not None
    assert name.normal == normal


@pytest.mark.parametrize(
    "words",
    [
        *("the mayor", "US officials", "two witnesses", "Russian officials", "Mr President"),
        *("his spokesman", "Ann Vale's spokesman", "people", "the Prime Minister", "he", ""),
        *("a former minister", "Aid workers", "somebody who is not there"),
    ],
)
def test_roles_alone_are_nobody(words: str) -> None:
    assert person_name(words) is None


@pytest.mark.parametrize(
    ("words", "normal"),
    [
        ("the United Nations", "united nations"),
        ("U.S. Army", "us army"),
        ("Corvane Shipping Ltd.", "corvane shipping"),
        ("Supreme Court of Arland", "supreme court of arland"),
        ("Doctors Without Borders", "doctors without borders"),
        ("the WHO", "who"),
    ],
)
def test_bodies(words: str, normal: str) -> None:
    name = proper_name(words)
    assert name is not None
    assert name.normal == normal


@pytest.mark.parametrize(
    "words", ["its army", "Ministry of Defence", "the Supreme Court", "the port of Ardal", "a bank"]
)
def test_descriptions_and_common_names_are_no_names(words: str) -> None:
    assert proper_name(words) is None


@pytest.mark.parametrize(
    ("words", "country", "body"),
    [
        ("the Ukrainian defence ministry", "UKR", "Defence ministry"),
        ("Ministry of Defense of Ukraine", "UKR", "Defence ministry"),
        ("Kyiv's foreign ministry", "UKR", "Foreign ministry"),
        ("the government", "SDN", "Government"),
        ("US Supreme Court", "USA", "Supreme court"),
        ("the local government", "SDN", None),
        ("the ministry", "SDN", None),
        ("police", "SDN", None),
        ("the Russian army", "UKR", None),
    ],
)
def test_bodies_of_a_state(words: str, country: str, body: str | None) -> None:
    assert body_name(words, country) == body


def test_what_is_shown_is_what_stands_there() -> None:
    shown = person_name("the foreign minister, Ludwig van der Berg")
    assert shown is not None
    assert shown.shown == "Ludwig van der Berg"


def test_common_names() -> None:
    assert is_common("ministry of health")
    assert not is_common("halden grain desk")


def test_look_up_names_have_no_case_accents_and_articles() -> None:
    assert plain("The Élysée") == plain("elysee") == "elysee"


@pytest.mark.parametrize(
    ("first", "second", "can_be"),
    [
        ("ann vale", "ann vale", True),
        ("a vale", "ann vale", True),
        ("ann maria vale", "ann vale", True),
        ("ann m vale", "ann maria vale", True),
        ("ann m vale", "ann r vale", False),
        ("ann vale", "per vale", False),
        ("vale", "ann vale", True),
        ("xun", "xun daoling", True),
        ("maria", "ann maria vale", False),
        ("v", "v vale", False),
    ],
)
def test_names_that_can_be_of_one_person(first: str, second: str, *, can_be: bool) -> None:
    assert agree(first.split(), second.split()) == can_be
    assert agree(second.split(), first.split()) == can_be


def test_examples_in_docstrings() -> None:
    found = doctest.testmod(names)
    assert found.attempted >= 6
    assert found.failed == 0
