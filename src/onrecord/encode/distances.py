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
_COMMON_BEFORE = _COMMON[::-1] + (_NEAR + len(_EDGES))
N_WORD_BUCKETS = 2 * (_NEAR + len(_EDGES)) + 1
N_SENTENCE_BUCKETS = 7


def word_buckets(first: int, after: int, n_words: int) -> NDArray[np.int64]:
    """Bucket of the signed distance in words to the span [first, after); 0 is inside it.

    One bucket a word up to eight, then wider ones; those before the span come after
    those behind it.
    """
    out_W = np.zeros(n_words, dtype=np.int64)
    n_common = len(_COMMON)
    behind_W, before_W = out_W[after:], out_W[:first]
    behind_W[:n_common] = _COMMON[: len(behind_W)]
    behind_W[n_common:] = _COMMON[-1]
    before_W[-n_common:] = _COMMON_BEFORE[n_common - len(before_W[-n_common:]) :]
    before_W[:-n_common] = _COMMON_BEFORE[0]
    return out_W


def sentence_buckets(sentence_W: NDArray[np.int64], first: int) -> NDArray[np.int64]:
    """Sentences between each word and the one at ``first``, -3 to 3, counted from 0."""
    out_W: NDArray[np.int64] = sentence_W - (sentence_W[first] - 3)
    np.maximum(out_W, 0, out=out_W)
    np.minimum(out_W, N_SENTENCE_BUCKETS - 1, out=out_W)
    return out_W
