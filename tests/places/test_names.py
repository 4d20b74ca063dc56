import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.places.names import division_names, name_key, normal_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("KYIV", "Kyiv"),
        ("São Paulo", "Sao Paulo"),
        ("Aix-en-Provence", "Aix en Provence"),
        ("N’Djamena", "N'Djamena"),
        ("The Hague", "Hague"),
        ("St. Louis", "Saint Louis"),
        ("Ft Worth", "Fort Worth"),
        ("U.S.", "US"),
        ("Łódź", "Lodz"),
        ("Ærø", "Aero"),
        ("Washington, D.C.", "Washington DC"),
    ],
)
def test_spellings_of_one_name_are_one_key(one: str, other: str) -> None:
    assert normal_name(one) == normal_name(other)


@pytest.mark.parametrize("name", ["", " ", "—", "'", "x" * 10_000])
def test_what_is_no_name_has_no_key(name: str) -> None:
    assert normal_name(name) == ""


def test_the_alone_is_a_name() -> None:
    assert normal_name("The") == "the"


def test_a_division_is_found_without_the_word_for_its_kind() -> None:
    assert list(division_names("Republic of Karelia")) == ["republic of karelia", "karelia"]


def test_keys_are_the_same_on_every_machine() -> None:
    assert name_key("kyiv") == 0x33FCF35E2B8D8763


@given(st.text(max_size=150))
def test_a_normal_name_is_its_own_normal_name_but_for_what_it_drops(name: str) -> None:
    normal = normal_name(name)
    assert normal == " ".join(normal.split())
    assert 0 <= name_key(normal) < 2**64
