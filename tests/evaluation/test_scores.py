import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.scores import Counts, Score, Share, add_tallies, matched, scores_of

UNITS = st.integers(0, 20)


def test_f1_of_precision_and_recall() -> None:
    score = Counts(hits_predicted=1, n_predicted=2, hits_gold=1, n_gold=4).score()
    assert score == Score(0.5, 0.25, pytest.approx(1 / 3), 2, 4)


@pytest.mark.parametrize(
    ("counts", "precision", "recall", "value"),
    [
        pytest.param(matched(0, n_predicted=0, n_gold=3), None, 0, 0, id="no predictions"),
        pytest.param(matched(0, n_predicted=3, n_gold=0), 0, None, 0, id="no gold"),
        pytest.param(matched(0, n_predicted=2, n_gold=3), 0, 0, 0, id="no hit"),
        pytest.param(matched(0, n_predicted=0, n_gold=0), None, None, None, id="nothing at all"),
    ],
)
def test_what_is_not_there_scores_nothing(counts, precision, recall, value) -> None:
    score = counts.score()
    assert (score.precision, score.recall, score.value) == (precision, recall, value)


def test_share() -> None:
    assert Share(3, 4).score() == Score(None, None, 0.75, None, 4)
    assert Share(0, 0).score().value is None


def test_tallies_add_up_and_a_missing_metric_adds_nothing() -> None:
    total = add_tallies(
        [
            {"f": matched(1, n_predicted=1, n_gold=2), "s": Share(1, 2)},
            {"f": matched(2, n_predicted=3, n_gold=2)},
        ]
    )
    assert total == {"f": matched(3, n_predicted=4, n_gold=4), "s": Share(1, 2)}
    assert scores_of(total)["f"].value == 0.75


@given(UNITS, UNITS, st.data())
def test_scores_lie_between_0_and_1(n_predicted, n_gold, data) -> None:
    hits = data.draw(st.integers(0, min(n_predicted, n_gold)))
    score = matched(hits, n_predicted=n_predicted, n_gold=n_gold).score()
    for value in (score.precision, score.recall, score.value):
        assert value is None or 0 <= value <= 1
