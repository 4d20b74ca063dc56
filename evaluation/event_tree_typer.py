"""The typer that knows what the package finds: trees, happenings, vectors of words.

The features of a pair are made once and kept, for cross-validation asks for each again
and again. Whatever is learned is learned from the pairs given to `TreeTyper.fit`: which
features there are, how rare words are, means and spreads of vectors, weights.

Shapes: N pairs, F features, D width of a pair's vector.
"""

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evaluation.event_corpora import EventPair
from evaluation.event_tree_features import PairFeatures, PairReader, features_of
from evaluation.event_word_features import word_features_of
from evaluation.softmax import NamedColumns, Rows, Softmax

_LEAST_SPREAD: Final = 1e-9
FeaturesOf = Callable[[EventPair], PairFeatures]


class TreeTyper:
    """A linear model over what the package finds around the two parties.

    Three parts stand side by side in a row: named features of `features_of`, vectors of
    words with mean 0 and spread 1, and the words of `word_features_of`. All labels count alike,
    so that rare ones are not forgotten. The settings were chosen by cross-validation on
    PLV's training part.

    Args:
        features: Of a pair.
        freedom: Of the weights: the penalty is 1 over this and the number of pairs.
        n_steps: Steps of the descent.
        named_scale: What named features are multiplied with.
        vector_scale: What vectors are multiplied with.
        word_scale: What words are multiplied with.
    """

    def __init__(
        self,
        features: FeaturesOf,
        *,
        freedom: float = 1.0,
        n_steps: int = 150,
        named_scale: float = 0.25,
        vector_scale: float = 0.02,
        word_scale: float = 8**0.5,
    ) -> None:
        self._features = features
        self._freedom, self._n_steps = freedom, n_steps
        self._scales = named_scale, vector_scale, word_scale
        self._named, self._words = NamedColumns(), NamedColumns(least=2)
        self._spread = _Spread()
        self._model = Softmax(penalty=1.0, n_steps=n_steps)

    def fit(self, pairs: Sequence[EventPair], labels: Sequence[str]) -> None:
        """Fit everything."""
        found = [self._features(pair) for pair in pairs]
        self._named.fit([own.named for own in found])
        self._words.fit([word_features_of(pair) for pair in pairs])
        self._spread.fit([own.vector for own in found])
        penalty = 1 / (self._freedom * len(pairs))
        self._model = Softmax(penalty=penalty, n_steps=self._n_steps, is_balanced=True)
        self._model.fit(self._rows(pairs), labels)

    def predict(self, pairs: Sequence[EventPair]) -> list[str]:
        """The label with the greatest sum of weights."""
        return self._model.predict(self._rows(pairs)) if pairs else []

    def _rows(self, pairs: Sequence[EventPair]) -> Rows:
        found = [self._features(pair) for pair in pairs]
        parts = (
            self._named.rows([own.named for own in found]),
            self._spread.rows([own.vector for own in found]),
            self._words.unit_rows(map(word_features_of, pairs)),
        )
        return np.hstack([part * scale for part, scale in zip(parts, self._scales, strict=True)])


class _Spread:
    """Gives vectors the mean 0 and the spread 1 that those it learned from have then."""

    def __init__(self) -> None:
        self._mean_D = self._spread_D = np.zeros(0)

    def fit(self, vectors: Sequence[NDArray[np.float32]]) -> None:
        """Learn mean and spread."""
        vectors_ND = np.array(vectors, dtype=np.float64)
        self._mean_D = vectors_ND.mean(axis=0)
        spread_D = vectors_ND.std(axis=0)
        # What never changes tells nothing.
        self._spread_D = np.where(spread_D > _LEAST_SPREAD, spread_D, np.inf)

    def rows(self, vectors: Sequence[NDArray[np.float32]]) -> Rows:
        """Rows by them."""
        return np.asarray((np.array(vectors, dtype=np.float64) - self._mean_D) / self._spread_D)


def tree_typers(weights: Path | None) -> Callable[[], TreeTyper]:
    """Makes typers that read with some weights and share what they have read.

    Args:
        weights: Their folder; the packaged ones if None.

    Raises:
        FormError: They have no trees.
    """
    read = PairReader(weights)

    @functools.cache
    def features(pair: EventPair) -> PairFeatures:
        return features_of(pair, read(pair.text))

    return lambda: TreeTyper(features)
