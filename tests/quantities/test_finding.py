import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.quantities.finding import find_quantities, without_times

Row = tuple[float, float | None, str | None, str | None]


def rows(text: str) -> list[Row]:
    return [(q.value, q.upper, q.unit, q.comparator) for q in find_quantities(text)]


def words(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "It keeps no more than 1,550 deployed nuclear warheads.",
            (1550, None, "nuclear warhead", "at most"),
        ),
        ("At least 12 people were hurt.", (12, None, "person", "at least")),
        ("Some 300 migrants left.", (300, None, "migrant", "about")),
        ("Nearly 1,200 refugees left.", (1200, None, "refugee", "about")),
        ("More than 500 Ardalian soldiers came.", (500, None, "Ardalian soldier", "more than")),
        ("Fewer than 20 tanks were seen.", (20, None, "tank", "less than")),
        ("Up to about 300 rockets fell.", (300, None, "rocket", "at most")),
        ("It set a limit of 700 launchers.", (700, None, "launcher", "at most")),
        ("They saw 40 or more drones.", (40, None, "drone", "at least")),
        ("They saw 50 or so mines.", (50, None, "mine", "about")),
        ("He owns 12 ships.", (12, None, "ship", None)),
    ],
)
def test_a_bound_is_kept(text: str, row: Row) -> None:
    assert rows(text) == [row]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Between 10 and 15 soldiers fled.", (10, 15, "soldier", "between")),
        ("They lost 10-15 tanks.", (10, 15, "tank", "between")),
        ("They lost 10 to 15 tanks.", (10, 15, "tank", "between")),
        ("It costs $2-3 billion.", (2e9, 3e9, "dollar", "between")),
        ("It costs 10 to 15 million euros.", (1e7, 1.5e7, "euro", "between")),
        ("Two or three gunmen fired.", (2, 3, "gunman", "between")),
    ],
)
def test_a_range_has_both_its_ends(text: str, row: Row) -> None:
    assert rows(text) == [row]


def test_a_rise_is_two_numbers_and_no_range() -> None:
    assert [row[0] for row in rows("The toll rose from 10 to 15.")] == [10, 15]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("It is worth $2.5 billion.", (2.5e9, None, "dollar", None)),
        ("It is worth billions of dollars.", (2e9, None, "dollar", "at least")),
        ("It is worth £3m.", (3e6, None, "pound", None)),
        ("It is worth US$40 million.", (4e7, None, "US dollar", None)),
        ("It is worth 5 million US dollars.", (5e6, None, "US dollar", None)),
        ("It rose by 15%.", (15, None, "percent", None)),
        ("It rose by 3.5 per cent.", (3.5, None, "percent", None)),
        ("It rose by 2 percentage points.", (2, None, "percentage point", None)),
        ("It is 300 km away.", (300, None, "kilometre", None)),
        ("It is 300km away.", (300, None, "kilometre", None)),
        ("It covers 18 sq km.", (18, None, "square kilometre", None)),
        ("It holds 1,500 tonnes of grain.", (1500, None, "tonne", None)),
        ("It pumps 4.5 million barrels per day.", (4.5e6, None, "barrel per day", None)),
        ("They used a 155-mm gun.", (155, None, "millimetre", None)),
        ("It fell down the 5m wall.", (5, None, "metre", None)),
        ("All 5m voters came.", (5e6, None, "voter", None)),
    ],
)
def test_money_shares_and_measures_have_units(text: str, row: Row) -> None:
    assert rows(text) == [row]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Twelve rebels came.", (12, None, "rebel", None)),
        ("Two hundred and fifty thousand men came.", (250_000, None, "man", None)),
        ("Half a million workers came.", (500_000, None, "worker", None)),
        ("Dozens were wounded.", (24, None, None, "at least")),
        ("Tens of thousands of people came.", (20_000, None, "person", "at least")),
        ("Several hundred farmers came.", (300, None, "farmer", "about")),
        ("A dozen ships came.", (12, None, "ship", None)),
    ],
)
def test_numbers_in_words_and_approximations(text: str, row: Row) -> None:
    assert rows(text) == [row]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("At least 12 killed.", "killed"),
        ("The blast killed 12 on the spot.", "killed"),
        ("It left 30 wounded.", "wounded"),
        ("Police arrested about 40 in the night.", "arrested"),
        ("One civilian was hurt.", "civilian"),
        ("They sent 12 arms dealers home.", "arms dealer"),
    ],
)
def test_what_is_counted_stands_behind_or_in_the_verb(text: str, unit: str) -> None:
    assert [row[2] for row in rows(text)] == [unit]


@pytest.mark.parametrize(
    "text",
    [
        "On 12 May 2015 at 10:30 they met.",
        "On May 12, 2015 they met at 5 p.m.",
        "It fell on 2020-05-01 and 01/05/2020.",
        "In the 1990s it was so, and in 2014 too.",
        "The 2014 protests went on.",
        "Ms Vale, 39, a 30-year-old teacher, spoke. He is 42.",
        "It was their 21st meeting.",
        "An F-16, an Su-27 and a Boeing 737 flew.",
        "Article 5 and Resolution 1701 hold. See No. 10.",
        "The G7 spoke of COVID-19 on 24/7 duty.",
        "They lost 2-1.",
        "They met for two hours after three days, not 20 minutes.",
        "The two sides met.",
        "Call +1 555 123 4567 or 555-1234.",
        "Version 1.2.3 came out.",
        "One of them left, and no one came.",
        "It took three-quarters of a two-day visit.",
        "A 3M-14 flew by.",
        "",
    ],
)
def test_what_only_looks_like_a_quantity_is_none(text: str) -> None:
    assert rows(text) == []


def test_a_place_before_people_makes_no_name() -> None:
    assert rows("In Ardal 12 people were hurt.") == [(12, None, "person", None)]


def test_the_words_run_from_the_bound_to_the_unit() -> None:
    assert words("They saw at least 12 old people there.") == ["at least 12 old people"]


def test_quantities_in_a_time_are_left_out() -> None:
    text = "They saw 12 men and 30 women."
    found = find_quantities(text)
    assert [q.value for q in without_times(found, [(9, 15)])] == [30]


@given(st.text(alphabet="0123456789 .,-$%abkm\nonetwo"))
def test_any_text_gives_spans_inside_it_in_order(text: str) -> None:
    found = find_quantities(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert [q.start for q in found] == sorted(q.start for q in found)
    assert all(q.upper is None or q.upper > q.value for q in found)


@pytest.mark.parametrize(
    "piece", ["1", "1,000,", "two hundred ", "$", "12 men ", "1.", "x1", "-1", "one-", "+1 ", "of "]
)
def test_time_is_linear(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    started = time.process_time()
    find_quantities(text)
    assert time.process_time() - started < 3


def test_numbers_too_long_to_be_amounts_are_none() -> None:
    assert rows("The code is 12345678901234567890 items.") == []
