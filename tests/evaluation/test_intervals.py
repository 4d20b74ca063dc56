import pytest

from evaluation.attributions import attribution_scores, count_article
from evaluation.intervals import Interval, bootstrap
from evaluation.overlaps import TokenizedText
from evaluation.scores import Share, matched
from tests.evaluation.marked_texts import marked_twice

TALLIES = [
    {"f": matched(n, n_predicted=10, n_gold=10), "s": Share(n % 3, 3)} for n in (2, 5, 6, 7, 9)
]


def test_the_same_seed_gives_the_same_intervals() -> None:
    assert bootstrap(TALLIES, n_rounds=50, seed=1) == bootstrap(TALLIES, n_rounds=50, seed=1)


def test_another_seed_gives_others() -> None:
    one, other = (bootstrap(TALLIES, n_rounds=50, seed=seed) for seed in (1, 2))
    assert one != other


def test_the_score_lies_inside_and_the_ends_are_scores_that_can_be() -> None:
    found = bootstrap(TALLIES, n_rounds=500)["f"]
    assert 0.2 <= found.low < 0.58 < found.high <= 0.9


def test_articles_that_are_alike_leave_no_doubt() -> None:
    found = bootstrap([TALLIES[1]] * 4, n_rounds=20)
    assert found["f"] == Interval(pytest.approx(0.5), pytest.approx(0.5))


def test_more_articles_narrow_the_interval() -> None:
    few, many = (bootstrap(TALLIES * k, n_rounds=400)["f"] for k in (1, 9))
    assert many.high - many.low < (few.high - few.low) / 2


def test_two_articles_worked_out_by_hand() -> None:
    # Sets of two: twice the first (0), both (1/2), twice the second (1): a quarter, a half,
    # a quarter. The outer 2.5 % are within the quarters.
    tallies = [{"s": Share(0, 1)}, {"s": Share(1, 1)}]
    assert bootstrap(tallies, n_rounds=400)["s"] == Interval(0, 1)


def test_a_metric_that_only_some_articles_have() -> None:
    found = bootstrap([{"s": Share(1, 1)}, {"f": matched(1, n_predicted=1, n_gold=1)}], n_rounds=40)
    assert found == {"s": Interval(1, 1), "f": Interval(1, 1)}


def test_scores_that_no_count_gives_by_itself_have_intervals_too() -> None:
    line = "[source He] [cue said] [content it]."
    text, gold, predicted = marked_twice(line, line)
    tally = count_article(TokenizedText(text), gold, predicted)
    assert "token/macro" in bootstrap([tally] * 2, n_rounds=5, scores=attribution_scores)


def test_nothing_asked_for() -> None:
    assert bootstrap([], n_rounds=10) == bootstrap(TALLIES, n_rounds=0) == {}
