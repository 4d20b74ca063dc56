"""Which pairs of clauses the model of pairs is asked about: those that may be in dispute.

The nearest clauses of two long articles mostly say the same. What is in dispute is somewhat less
near, and is mostly what somebody says: on both sides, or on one. A logistic model over these
signs puts pairs in order; its weights stand in `asking_weights.tsv`, fitted by
`training/fit_asking.py`.

Shapes: N clauses of a new document, M of one that is known.
"""

import functools
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.claims.word_lists import read_rows

FEATURES = ("cosine", "cosine squared", "a speaker", "two speakers")


def likelihoods(
    cosine_NM: NDArray[np.float32], new_N: Sequence[bool], known_M: Sequence[bool]
) -> NDArray[np.float32]:
    """How likely two clauses are in dispute, as a sum that puts pairs in order (N, M).

    Args:
        cosine_NM: How near they are.
        new_N: Whether somebody says a clause, or else the outlet.
        known_M: The same of the other document.
    """
    features = features_of(cosine_NM, np.asarray(new_N, bool), np.asarray(known_M, bool))
    known = _weights()
    total = sum(known[name] * value for name, value in zip(FEATURES, features, strict=True))
    return np.asarray(total, dtype=np.float32)


def features_of(
    cosine_NM: NDArray[np.float32], new_N: NDArray[np.bool_], known_M: NDArray[np.bool_]
) -> tuple[NDArray[np.float32], ...]:
    """The signs, in the order of `FEATURES`."""
    either_NM = (new_N[:, None] | known_M[None, :]).astype(np.float32)
    both_NM = (new_N[:, None] & known_M[None, :]).astype(np.float32)
    return cosine_NM, cosine_NM**2, either_NM, both_NM


@functools.cache
def _weights() -> Mapping[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_rows("asking_weights.tsv")}
