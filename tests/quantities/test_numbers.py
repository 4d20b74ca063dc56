import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.quantities.numbers import find_numbers, value_of_words


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("twelve", 12),
        ("twenty-one", 21),
        ("a hundred", 100),
        ("two hundred and fifty thousand", 250_000),
        ("half a million", 500_000),
        ("three dozen", 36),
        ("one million two hundred thousand", 1_200_000),
    ],
)
def test_words_have_values(words: str, value: float) -> None:
    assert value_of_words(words) == value


@given(st.integers(0, 10**12))
def test_digits_in_groups_are_read_back(number: int) -> None:
    (found,) = find_numbers(f"They have {number:,} of it")
    assert found.value == number


def test_letters_that_grow_in_lower_case_move_nothing() -> None:
    text = "İİİ 12 men, TWELVE men"
    assert [text[n.start : n.end] for n in find_numbers(text)] == ["12", "TWELVE"]
