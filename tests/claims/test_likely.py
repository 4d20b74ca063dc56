"""Signs, numbers in words and ranks: what the weighing of disputes rests on."""

import numpy as np
import pytest

from onrecord.claims.likeliest import rank_at, ranks_of
from onrecord.claims.numbers_in import numbers_in
from onrecord.claims.scoring import likelihood
from onrecord.claims.signs import blamed, doing, signs_of
from onrecord.records import Ground


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a third of the vines froze", [100 / 3]),
        ("the frost killed one vine in twenty", [5.0]),
        ("two dozen names were read", [24.0]),
        ("fifteen thousand marched", [15000.0]),
        ("one hundred and thirty people lost their jobs", [130.0]),
        ("9,400 tonnes were lost", [9400.0]),
        ("it opened in 1998", []),
        ("on May 20 the gate was shut", []),
        ("between 10 and 20 sailors drowned", []),
    ],
)
def test_numbers(text: str, values: list[float]) -> None:
    assert [c.value for c in numbers_in(text)] == pytest.approx(values)


def test_comparators_of_numbers() -> None:
    (most,) = numbers_in("no more than four thousand took part")
    (least,) = numbers_in("at least forty boats sank")
    assert (most.interval.low, most.interval.high) == (0, 4000)
    assert (least.interval.low, least.interval.high) == (40, float("inf"))


@pytest.mark.parametrize(
    ("clause", "sign"),
    [
        ("There was no raid", "neg"),
        ("The tale was a fabrication", "untrue"),
        ("She laughed off the charge", "deny"),
        ("The mine is in the hands of the guard", "control"),
        ("They may attack", "open"),
    ],
)
def test_signs(clause: str, sign: str) -> None:
    assert sign in signs_of(clause, clause)


@pytest.mark.parametrize(
    "clause", ["a third, not more and not less", "no longer on the road", "It is not yet clear"]
)
def test_what_negates_nothing(clause: str) -> None:
    assert "neg" not in signs_of(clause, clause)


@pytest.mark.parametrize(
    "clause",
    [
        "Responsibility for the blast lies with the gravel pit",
        "Behind the theft stood the gravel pit",
        "The gravel pit is being blamed for the blast",
        "The dam was destroyed by the gravel pit",
    ],
)
def test_whom_a_deed_is_laid_to(clause: str) -> None:
    assert blamed(signs_of(clause, clause)) == {"gravel", "pit"}


def test_who_stands_before_the_verb() -> None:
    clause = "Two scrap dealers from the harbour stole the bell"
    assert doing(signs_of(clause, clause)) == {"scrap", "dealer"}


def test_ranks() -> None:
    ranks = ranks_of(np.array([[0.9, 0.2], [0.8, 0.1]], dtype=np.float32))
    assert rank_at(ranks, 0, 0) == (0, 0)
    assert rank_at(ranks, 1, 1) == (1, 1)


def test_near_clauses_with_a_denial_are_likelier() -> None:
    base = {"bias": 1.0, "told said": 1.0, "told denied": 1.0, "speaker says": 1.0}
    far = likelihood(Ground.DENIAL, base)
    near = likelihood(Ground.DENIAL, {**base, "stance": 1.0, "shared": 1.0, "covered": 0.9})
    assert far < 0.5 < near
