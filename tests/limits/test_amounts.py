import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.limits.amounts import Amount, AmountError, comparator_named, parse_amount


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1550", Amount(1550)),
        ("1,550", Amount(1550)),
        ("1 550", Amount(1550)),
        ("1\u202f550", Amount(1550)),
        ("1'234'567", Amount(1234567)),
        ("1.234.567", Amount(1234567)),
        ("1.5", Amount(1.5)),
        ("1,234.5", Amount(1234.5)),
        ("0", Amount(0)),
        ("10-15", Amount(10, 15, "between")),
        ("1,500 to 1,600", Amount(1500, 1600, "between")),
        ("between 10 and 15", Amount(10, 15, "between")),
        ("about 1,500", Amount(1500, None, "about")),
        ("~300", Amount(300, None, "about")),
        (">=5", Amount(5, None, "at least")),
        ("< 5", Amount(5, None, "less than")),
        ("up to 20", Amount(20, None, "at most")),
        ("300 kg", Amount(300, None, None, "kg")),
        ("٣٤", Amount(34)),
        ("60%", Amount(60, None, None, "%")),
    ],
)
def test_a_number_in_a_cell(cell: str, amount: Amount) -> None:
    assert parse_amount(cell) == amount


@pytest.mark.parametrize("cell", ["", " ", "-", "–", "n/a", "Not provided", "unknown", "?"])
def test_no_number_on_purpose(cell: str) -> None:
    assert parse_amount(cell) is None


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("many", "no number"),
        ("12,34", "no number"),
        ("1e5", "no number"),
        ("nan", "no number"),
        ("inf", "no number"),
        ("-5", "below zero"),
        ("−5", "below zero"),
        ("15-10", "ends below its beginning"),
        ("1" * 400, "too many digits"),
        ("=1+1", "no number"),
    ],
)
def test_what_is_no_number_is_refused(cell: str, why: str) -> None:
    with pytest.raises(AmountError, match=why):
        parse_amount(cell)


def test_beside_semicolons_a_comma_may_be_a_decimal_one() -> None:
    assert parse_amount("1550,5", has_comma_decimals=True) == Amount(1550.5)
    assert parse_amount("1.234.567", has_comma_decimals=True) == Amount(1234567)
    for cell in ("1.550", "1,550"):
        with pytest.raises(AmountError, match="two ways here; write 1550"):
            parse_amount(cell, has_comma_decimals=True)


@given(st.text(max_size=40), st.booleans())
def test_any_cell_is_a_number_or_refused(cell: str, has_comma_decimals: bool) -> None:
    try:
        amount = parse_amount(cell, has_comma_decimals=has_comma_decimals)
    except AmountError:
        return
    assert amount is None or 0 <= amount.value < 1e15


def test_comparators() -> None:
    assert comparator_named(" At most ") == comparator_named("<=") == "at most"
    assert comparator_named("") is comparator_named("=") is None
    with pytest.raises(AmountError, match="no comparator"):
        comparator_named("roundabout")
