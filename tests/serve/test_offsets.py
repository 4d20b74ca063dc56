"""Positions of browsers and of records, there and back."""

from hypothesis import given
from hypothesis import strategies as st

from onrecord.serve.offsets import code_point_at, code_points_at, units_before, units_of

TEXTS = st.text(st.characters(exclude_categories=()), max_size=40)


def units_in(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(TEXTS, st.data())
def test_there_and_back(text: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(text)))
    assert units_before(text, position) == units_in(text[:position])
    assert code_point_at(text, units_before(text, position)) == position


@given(TEXTS)
def test_many_at_once(text: str) -> None:
    positions = list(range(len(text) + 1))
    units = [units_before(text, position) for position in positions]
    assert code_points_at(text, units) == positions
    assert units_of(text, positions) == units


def test_inside_of_a_wide_sign_is_that_sign() -> None:
    assert code_points_at("a😀b", [0, 1, 2, 3, 4, 99]) == [0, 1, 1, 2, 3, 3]
