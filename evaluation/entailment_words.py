"""A baseline for pairs of texts: a linear model over words, of either side and of both.

Shapes: N pairs, L labels, F features.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evaluation.entailment_corpora import LABELS, Pair

_N_FEATURES: Final = 1 << 18
_WORD: Final = re.compile(r"\w+|[^\w\s]")
_BATCH: Final = 64
_TINY: Final = 1e-8


class WordModel:
    """A softmax over words: those of the hypothesis, and those of one side only.

    Features are hashed; steps are those of AdaGrad (Duchi, Hazan and Singer 2011).
    """

    def __init__(self, *, n_epochs: int = 5, rate: float = 0.1, seed: int = 1) -> None:
        self._n_epochs, self._rate, self._seed = n_epochs, rate, seed
        self._weights_FL = np.zeros((_N_FEATURES, len(LABELS)))

    def fit(self, pairs: Sequence[Pair]) -> None:
        """Fit weights, forgetting those of before."""
        rng = np.random.default_rng(self._seed)
        features = [features_of(pair) for pair in pairs]
        label_N = np.array([pair.label for pair in pairs])
        weights_FL, squares_FL = np.zeros((2, _N_FEATURES, len(LABELS)))
        self._weights_FL = weights_FL
        for _ in range(self._n_epochs):
            order = rng.permutation(len(pairs))
            for at in range(0, len(order), _BATCH):
                own = order[at : at + _BATCH]
                slope_NL = _softmax(self._scores([features[n] for n in own]))
                slope_NL[np.arange(len(own)), label_N[own]] -= 1
                used = np.concatenate([features[n] for n in own])
                slopes = np.repeat(slope_NL, [len(features[n]) for n in own], axis=0)
                names, where = np.unique(used, return_inverse=True)
                sums = np.zeros((len(names), len(LABELS)))
                np.add.at(sums, where, slopes)
                squares_FL[names] += sums**2
                weights_FL[names] -= self._rate * sums / np.sqrt(squares_FL[names] + _TINY)

    def probabilities(self, pairs: Sequence[Pair]) -> NDArray[np.float64]:
        """Of the labels of each pair, (N, L)."""
        return _softmax(self._scores([features_of(pair) for pair in pairs]))

    def _scores(self, features: Sequence[NDArray[np.int64]]) -> NDArray[np.float64]:
        return np.stack([self._weights_FL[own].sum(axis=0) for own in features])


def features_of(pair: Pair) -> NDArray[np.int64]:
    """Numbers of the features of a pair."""
    return np.array([zlib.crc32(name.encode()) % _N_FEATURES for name in _names(pair)])


def _names(pair: Pair) -> Iterator[str]:
    """Features by name.

    >>> pair = Pair(premise="The dam held.", hypothesis="The dam broke.", label=2, group="")
    >>> list(_names(pair))
    ['bias', 'shared 7', '=broke', '=dam', '=the', '+broke', '-held']
    """
    own = {word.lower() for word in _WORD.findall(pair.hypothesis)} - {"."}
    given = {word.lower() for word in _WORD.findall(pair.premise)} - {"."}
    yield "bias"
    yield f"shared {10 * len(own & given) // max(1, len(own)) + 1}"
    yield from (f"={word}" for word in sorted(own))
    yield from (f"+{word}" for word in sorted(own - given))
    yield from (f"-{word}" for word in sorted(given - own))


def _softmax(scores_NL: NDArray[np.float64]) -> NDArray[np.float64]:
    powers_NL = np.exp(scores_NL - scores_NL.max(axis=1, keepdims=True))
    found: NDArray[np.float64] = powers_NL / powers_NL.sum(axis=1, keepdims=True)
    return found
