"""Probabilities of whole names, against all sequences of labels."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from onrecord.entities.name_spans import LEAST, name_spans
from onrecord.entities.names import N_NAME_LABELS, NAME_KINDS, allowed_name_steps, name_label
from onrecord.records import Kind
from tests.entities.made_mentions import word_scores

STEPS = np.where(allowed_name_steps(), 0.0, -1e4).astype(np.float32)
PERSON, PLACE = Kind.PERSON, Kind.PLACE
# Labels that are not out of the question in the tests below.
FEW = [0, *(name_label(kind, begins=b) for kind in (PERSON, PLACE) for b in (True, False))]


def scores_of(rows: list[dict[int, float]]) -> NDArray[np.float32]:
    found = np.full((len(rows), N_NAME_LABELS), -60.0, dtype=np.float32)
    for at, row in enumerate(rows):
        for label, score in row.items():
            found[at, label] = score
    return found


def summed(
    scores_WN: NDArray[np.float32], steps_NN: NDArray[np.float32]
) -> dict[tuple[int, int, int], float]:
    """The same by adding up all sequences."""
    shares: dict[tuple[int, int, int], float] = {}
    total = 0.0
    for labels in itertools.product(FEW, repeat=len(scores_WN)):
        framed = (0, *labels, 0)
        score = sum(float(scores_WN[at, label]) for at, label in enumerate(labels))
        score += sum(float(steps_NN[a, b]) for a, b in itertools.pairwise(framed))
        power = float(np.exp(score))
        total += power
        begin = 0
        for at, label in enumerate((*labels, 0)):
            if at and labels[at - 1] and (label == 0 or label % 2):
                key = (begin, at, (labels[at - 1] - 1) // 2)
                shares[key] = shares.get(key, 0.0) + power
            if label % 2:
                begin = at
    return {key: power / total for key, power in shares.items()}


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_shares_are_those_of_all_sequences(n_words: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = scores_of([dict(zip(FEW, rng.normal(0, 1.0, 5), strict=True)) for _ in range(n_words)])
    steps = (STEPS + rng.normal(0, 1, STEPS.shape) * (STEPS == 0)).astype(np.float32)
    (found,) = name_spans([scores], steps)
    expected = summed(scores, steps)
    flat = {(a, b, k): float(p) for (a, b), own in found.items() for k, p in enumerate(own) if p}
    assert flat.keys() >= {key for key, p in expected.items() if p > LEAST + 0.01}
    for key, probability in flat.items():
        assert probability == pytest.approx(expected[key], abs=2e-3)


def test_a_sure_name_is_one_span() -> None:
    own = {0: 0, 1: name_label(PERSON, begins=True), 2: name_label(PERSON, begins=False), 3: 0}
    (found,) = name_spans([word_scores(4, own, n_labels=N_NAME_LABELS)], STEPS)
    assert list(found) == [(1, 3)]
    assert found[1, 3][NAME_KINDS.index(PERSON)] > 0.99


def test_windows_are_apart() -> None:
    begins = name_label(PERSON, begins=True)
    one = word_scores(2, {1: begins}, n_labels=N_NAME_LABELS)
    other = word_scores(2, {0: begins}, n_labels=N_NAME_LABELS)
    none = np.zeros((0, N_NAME_LABELS), dtype=np.float32)
    found = name_spans([one, none, other], STEPS)
    assert [list(own) for own in found] == [[(1, 2)], [], [(0, 1)]]
    assert name_spans([], STEPS) == []


def test_large_scores_overflow_nothing() -> None:
    own = word_scores(3, {1: name_label(PLACE, begins=True)}, n_labels=N_NAME_LABELS) * 1e4
    (found,) = name_spans([own], STEPS)
    assert list(found) == [(1, 2)]


@pytest.mark.parametrize("n_words", [30, 200])
def test_long_stretches_of_doubtful_words_are_bounded(n_words: int) -> None:
    rng = np.random.default_rng(7)
    scores = rng.normal(0, 1, (n_words, N_NAME_LABELS)).astype(np.float32)
    (found,) = name_spans([scores], STEPS)
    assert all(0 <= a < b <= n_words and b - a <= 12 for a, b in found)
    assert all(((own >= 0) & (own <= 1.0001)).all() for own in found.values())
