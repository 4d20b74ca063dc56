"""Who a phrase describes, without how many they may be."""

import pytest

from onrecord.syntax.descriptions import plain_description, without_place


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("at least 15 sailors", "15 sailors"),
        ("more than a hundred weavers", "a hundred weavers"),
        ("A number of shepherds", "shepherds"),
        ("a large number of Velmark miners", "Velmark miners"),
        ("a handful of ferrymen", "ferrymen"),
        ("hundreds of thousands of dockers", "dockers"),
        ("Dozens of bakers", "bakers"),
        ("scores of beekeepers", "beekeepers"),
        ("any harbour guards", "harbour guards"),
        ("some brewers", "brewers"),
        ("the duke's rivals'", "the duke's rivals"),
        ("her rival's", "her rival"),
    ],
)
def test_how_many_and_whose_it_is_are_left_out(words: str, plain: str) -> None:
    assert plain_description(words) == plain


@pytest.mark.parametrize(
    "words",
    [
        "four sailors", "the miners", "some of the nurses",
        "a group of miners", "dozens", "some", "thousands",
        "a number of", "the number of arrests", "over the hill", "anybody", "someone",
    ],
)  # fmt: skip
def test_all_else_stays(words: str) -> None:
    assert plain_description(words) == words


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("a harbour pilot in Velt", "a harbour pilot"),
        ("two porters in custody", "two porters"),
        ("the guards at the gate of the mill", "the guards"),
        ("people in need", "people in need"),
        ("those near the river", "those near the river"),
        ("the head of the board", "the head of the board"),
    ],
)
def test_where_they_are_is_left_out(words: str, who: str) -> None:
    assert without_place(words) == who
