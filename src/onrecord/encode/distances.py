"""How far each word stands from a cue, as the small numbers that the role head takes."""

import numpy as np
from numpy.typing import NDArray

_NEAR = 8
_EDGES = np.array([9, 11, 14, 18, 23, 30, 40, 55, 80, 120])
N_WORD_BUCKETS = 2 * (_NEAR + len(_EDGES)) + 1
N_SENTENCE_BUCKETS = 7


def word_buckets(first: int, after: int, n_words: int) -> NDArray[np.int64]:
    """Bucket of the signed distance in words to the span [first, after); 0 is inside it.

    One bucket a word up to eight, then wider ones; those before the span come after
    those behind it.
    """
    at = np.arange(n_words)
    behind = np.maximum(at - after + 1, 0)
    before = np.maximum(first - at, 0)
    far = np.maximum(behind, before)
    bucket = np.where(far <= _NEAR, far, _NEAR + np.searchsorted(_EDGES, far, side="right"))
    return np.where(before > 0, bucket + _NEAR + len(_EDGES), bucket).astype(np.int64)


def sentence_buckets(sentence_W: NDArray[np.int64], first: int) -> NDArray[np.int64]:
    """Sentences between each word and the one at ``first``, -3 to 3, counted from 0."""
    return np.asarray(np.clip(sentence_W - sentence_W[first], -3, 3) + 3)
