import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.calibration import calibrate, outcomes_of, to_json, to_text
from evaluation.cases import polnear_cases
from evaluation.errors import PredictionError
from evaluation.predictions import Predictions
from tests.evaluation.marked_texts import corpus_of, predicted_reading, predictions_of

OUTCOMES = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=30)


def test_worked_out_by_hand() -> None:
    found = calibrate([(0.1, False), (0.3, True), (0.9, True), (1.0, True)], n_bins=2)
    low, high = found.bins
    assert (low.low, low.high, low.n, low.mean, low.right) == (0, 0.5, 2, pytest.approx(0.2), 0.5)
    assert (high.n, high.mean, high.right) == (2, pytest.approx(0.95), 1.0)
    # Half of |0.2 - 0.5| and half of |0.95 - 1|; (0.01 + 0.49 + 0.01 + 0) / 4.
    assert found.expected_error == pytest.approx(0.175)
    assert found.brier == pytest.approx(0.1275)


def test_a_boundary_belongs_to_the_higher_bin_and_1_to_the_last() -> None:
    assert [b.n for b in calibrate([(0.5, True), (1.0, True)], n_bins=2).bins] == [0, 2]


def test_no_statements() -> None:
    found = calibrate([])
    assert (found.n, found.expected_error, found.brier) == (0, 0, 0)
    assert found.bins[3].mean is None
    assert "0.30 to 0.40       0       -       -" in to_text(found)


@given(OUTCOMES)
def test_every_statement_is_in_one_bin_and_errors_lie_between_0_and_1(outcomes) -> None:
    found = calibrate(outcomes, n_bins=7)
    assert sum(b.n for b in found.bins) == found.n == len(outcomes)
    assert 0 <= found.expected_error <= 1
    assert 0 <= found.brier <= 1
    for b in found.bins:
        assert b.mean is None or b.low - 1e-9 <= b.mean <= b.high + 1e-9
    assert to_json(found)["n"] == len(outcomes)


GOLD = "[source He] [cue said] [content it rains]. She [cue:2 feared] [content:2 a flood]."


def test_right_is_what_goes_together_with_gold() -> None:
    predicted = GOLD.replace("She [cue:2", "[source:2 She] [cue:2")
    facts = {1: {"probability": 0.9}, 2: {"probability": 0.2}}
    reading = predicted_reading(predicted, facts, url="a")
    cases = polnear_cases(corpus_of(GOLD), Predictions(system="x", readings={"a": reading}))
    assert outcomes_of(cases) == [(0.9, True), (0.2, False)]


def test_spans_only_have_no_probability() -> None:
    with pytest.raises(PredictionError, match="has no probability"):
        outcomes_of(polnear_cases(corpus_of(GOLD), predictions_of(GOLD)))
