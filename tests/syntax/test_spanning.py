"""The best whole tree, against all trees of short sentences."""

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from onrecord.syntax.spanning import best_tree, is_tree

RNG = np.random.default_rng(7)


def scores(n_words: int) -> NDArray[np.float32]:
    return (3 * RNG.normal(size=(n_words, n_words))).astype(np.float32)


def total(scores_WW: NDArray[np.float32], heads: tuple[int, ...]) -> float:
    logs = scores_WW - np.log(np.exp(scores_WW).sum(1, keepdims=True))
    return float(sum(logs[word, head] for word, head in enumerate(heads)))


@pytest.mark.parametrize("n_words", [1, 2, 3, 4, 5])
def test_it_is_the_best_of_all_trees(n_words: int) -> None:
    trees = [heads for heads in itertools.product(range(n_words), repeat=n_words) if is_tree(heads)]
    # As many as there are trees with one root and numbered words: n ** (n - 1).
    assert len(trees) == n_words ** (n_words - 1)
    for _ in range(40):
        own = scores(n_words)
        found = tuple(best_tree(own).tolist())
        assert found in trees
        assert total(own, found) == pytest.approx(max(total(own, t) for t in trees), abs=1e-3)


@pytest.mark.parametrize("n_words", [30, 120])
def test_longer_sentences_are_trees_too(n_words: int) -> None:
    assert is_tree(best_tree(scores(n_words)).tolist())


def test_what_is_a_tree_already_stays() -> None:
    own = np.full((4, 4), -5, dtype=np.float32)
    heads = [1, 1, 3, 1]
    own[range(4), heads] = 5
    assert best_tree(own).tolist() == heads


@pytest.mark.parametrize(
    ("heads", "is_one"),
    [([0], True), ([0, 1], False), ([1, 2, 0], False), ([1, 1, 0], True), ([0, 2, 1], False)],
)
def test_one_root_and_no_ring_make_a_tree(heads: list[int], is_one: bool) -> None:
    assert is_tree(heads) is is_one
