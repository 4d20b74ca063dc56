"""How far each word stands from a cue, as the small numbers that the role head takes."""

import numpy as np
from numpy.typing import NDArray

_NEAR = 8
_EDGES = np.array([9, 11, 14, 18, 23, 30, 40, 55, 80, 120])
# Buckets of the distances from 1 on; further ones are all in the last.
_COMMON = np.concatenate(
    [
        np.arange(1, _NEAR + 1),
        _NEAR + np.searchsorted(_EDGES, np.arange(_NEAR + 1, 512), side="right"),
    ]
)
N_WORD_BUCKETS = 2 * (_NEAR + len(_EDGES)) + 1
N_SENTENCE_BUCKETS = 7


def word_buckets(first: int, after: int, n_words: int) -> NDArray[np.int64]:
    """Bucket of the signed distance in words to the span [first, after); 0 is inside it.

    One bucket a word up to eight, then wider ones; those before the span come after
    those behind it.
    """
    behind = _buckets(max(n_words - after, 0))
    before = _buckets(first)[::-1] + (_NEAR + len(_EDGES))
    return np.concatenate([before, np.zeros(min(after, n_words) - first, np.int64), behind])


def _buckets(n: int) -> NDArray[np.int64]:
    """Buckets of the distances 1 to n."""
    if n <= len(_COMMON):
        return _COMMON[:n]
    return np.concatenate([_COMMON, np.full(n - len(_COMMON), _COMMON[-1])])


def sentence_buckets(sentence_W: NDArray[np.int64], first: int) -> NDArray[np.int64]:
    """Sentences between each word and the one at ``first``, -3 to 3, counted from 0."""
    return np.asarray(np.clip(sentence_W - sentence_W[first], -3, 3) + 3)
