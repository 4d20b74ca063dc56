"""The best whole tree of a sentence, where what each word picks for itself is none.

A maximum spanning arborescence with one root, after Chu and Liu (1965), Edmonds (1967) and
McDonald et al. (2005), "Non-projective dependency parsing using spanning tree algorithms". Each
root has a price, and the price rises until the best tree has one root only: it is then the best of
all that have one, as none of these pays more or less than the others.

Shapes: W words; N nodes, one of them the root of all.
"""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

# A low price mostly does, and a high one makes nearly every word go round in rings at first.
_PRICES: Final = (0.0, 4.0, 16.0, 64.0, 1e6)


def is_tree(heads: Sequence[int]) -> bool:
    """Whether words with these heads are one tree; a root is its own head.

    >>> is_tree([1, 1, 1]), is_tree([1, 0, 2])
    (True, False)
    """
    roots = [word for word, head in enumerate(heads) if head == word]
    if len(roots) != 1:
        return False
    met = [-1] * len(heads)
    met[roots[0]] = roots[0]
    for start in range(len(heads)):
        word = start
        while met[word] < 0:
            met[word] = start
            word = heads[word]
        if met[word] == start and word != roots[0]:
            return False
    return True


def best_tree(scores_WW: NDArray[np.floating[Any]]) -> NDArray[np.int64]:
    """The head of each word in the tree with the highest sum of scores; a root is its own.

    Args:
        scores_WW: How well each word (column) would be the head of each (row); the diagonal is
            how well it would be the root.

    >>> best_tree(np.array([[9, 8, 0], [7, 1, 0], [0, 5, 6]], dtype=np.float32)).tolist()
    [0, 0, 1]
    """
    n = len(scores_WW)
    # Each word picks among all heads: scores are comparable as logarithms of probabilities.
    exact = scores_WW.astype(np.float64)
    highest = exact.max(1, keepdims=True)
    logs = exact - highest - np.log(np.exp(exact - highest).sum(1, keepdims=True))
    own_NN = np.full((n + 1, n + 1), -np.inf)
    own_NN[:n, :n] = logs
    np.fill_diagonal(own_NN, -np.inf)
    for price in _PRICES:
        own_NN[:n, n] = logs.diagonal() - price
        heads: NDArray[np.int64] = _best_heads(own_NN, n)[:n]
        roots = np.flatnonzero(heads == n)
        if len(roots) == 1:
            break
    heads[roots] = roots
    return heads


def _best_heads(own_NN: NDArray[np.float64], top: int) -> NDArray[np.int64]:
    """Heads of all nodes, with rings made one node and opened where it costs least."""
    heads: NDArray[np.int64] = own_NN.argmax(1)
    heads[top] = top
    ring = _first_ring(heads.tolist(), top)
    if not ring:
        return heads
    inside = np.array(ring)
    rest = np.setdiff1d(np.arange(len(own_NN)), inside)
    n, kept = len(rest), own_NN[inside, heads[inside]]
    out = own_NN[np.ix_(rest, inside)]
    into = own_NN[np.ix_(inside, rest)] - kept[:, None] + kept.sum()
    less_NN = np.full((n + 1, n + 1), -np.inf)
    less_NN[:n, :n] = own_NN[np.ix_(rest, rest)]
    less_NN[:n, n], less_NN[n, :n] = out.max(1), into.max(0)
    found = _best_heads(less_NN, int(np.searchsorted(rest, top)))
    for at in range(n):
        heads[rest[at]] = inside[out[at].argmax()] if found[at] == n else rest[found[at]]
    heads[inside[into[:, found[n]].argmax()]] = rest[found[n]]
    heads[top] = top
    return heads


def _first_ring(heads: Sequence[int], top: int) -> list[int]:
    met = [-1] * len(heads)
    met[top] = top
    for start in range(len(heads)):
        word = start
        while met[word] < 0:
            met[word] = start
            word = heads[word]
        if met[word] == start and word != top:
            ring = [word]
            while heads[ring[-1]] != word:
                ring.append(heads[ring[-1]])
            return ring
    return []
