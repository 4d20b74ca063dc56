"""A linear model of labels, and rows for it out of named features.

Weights are sums of rows, so that only products of rows with each other are needed: there
are far more features than pairs.

Shapes: N rows, F features, L labels.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]


class Softmax:
    """Labels of rows by a softmax with an L2 penalty and a bias.

    Args:
        penalty: Weight of the L2 penalty, for a loss that is a mean over rows.
        n_steps: Steps of the descent.
        is_balanced: Whether all labels count alike, however many rows they have.
    """

    def __init__(self, *, penalty: float, n_steps: int, is_balanced: bool = False) -> None:
        self._penalty, self._n_steps, self._is_balanced = penalty, n_steps, is_balanced
        self._labels: list[str] = []
        self._weights_FL: Rows = np.zeros((0, 0))

    def fit(self, X_NF: Rows, labels: Sequence[str]) -> None:
        """Fit weights, forgetting those of before."""
        self._labels = sorted(set(labels))
        number_of = {own: number for number, own in enumerate(self._labels)}
        Y_NL = np.eye(len(self._labels))[[number_of[own] for own in labels]]
        worth_N = np.ones(len(labels))
        if self._is_balanced:
            worth_N = Y_NL @ (len(labels) / (len(self._labels) * Y_NL.sum(axis=0)))
        X_NF = _with_ones(X_NF)
        shares_NL = fitted_shares(
            X_NF @ X_NF.T, Y_NL, worth_N, penalty=self._penalty, n_steps=self._n_steps
        )
        self._weights_FL = X_NF.T @ shares_NL

    def predict(self, X_NF: Rows) -> list[str]:
        """The label with the greatest sum of weights for each row."""
        scores_NL = _with_ones(X_NF) @ self._weights_FL
        return [self._labels[number] for number in scores_NL.argmax(axis=1)]


def _with_ones(X_NF: Rows) -> Rows:
    """Rows with a column of ones for the bias."""
    return np.hstack([X_NF, np.ones((len(X_NF), 1))])


def fitted_shares(K_NN: Rows, Y_NL: Rows, worth_N: Rows, *, penalty: float, n_steps: int) -> Rows:
    """The share of each row in the weights of a softmax: weights are sums of rows.

    Args:
        K_NN: Products of the rows with each other.
        Y_NL: Their labels.
        worth_N: How much each counts.
        penalty: Weight of the L2 penalty.
        n_steps: Steps of the descent.

    After: Nesterov 1983, for the accelerated steps.
    """
    roots_N = np.sqrt(worth_N)
    greatest = np.linalg.eigvalsh(roots_N[:, None] * K_NN * roots_N)[-1]
    # The gradient changes no faster than this.
    step = 1 / (greatest / 2 / len(Y_NL) + penalty)
    worth_N1 = worth_N[:, None] / len(Y_NL)
    shares_NL = np.zeros_like(Y_NL)
    ahead_NL = shares_NL
    for number in range(n_steps):
        scores_NL = K_NN @ ahead_NL
        scores_NL -= scores_NL.max(axis=1, keepdims=True)
        likely_NL = np.exp(scores_NL)
        likely_NL /= likely_NL.sum(axis=1, keepdims=True)
        slope_NL = worth_N1 * (likely_NL - Y_NL) + penalty * ahead_NL
        new_NL = ahead_NL - step * slope_NL
        ahead_NL = new_NL + number / (number + 3) * (new_NL - shares_NL)
        shares_NL = new_NL
    return shares_NL


class NamedColumns:
    """Rows of named features, one column for each that the rows to learn from have.

    Args:
        least: Features of fewer rows are left out.
    """

    def __init__(self, *, least: int = 1) -> None:
        self._least = least
        self._columns: dict[str, int] = {}
        self._rarity_F: Rows = np.zeros(0)

    def fit(self, features: Sequence[Mapping[str, float]]) -> None:
        """Learn which features there are, and how rare each is."""
        n_rows_with = Counter(name for own in features for name in own)
        names = sorted(name for name, n in n_rows_with.items() if n >= self._least)
        self._columns = {name: number for number, name in enumerate(names)}
        self._rarity_F = np.array([math.log(len(features) / n_rows_with[n]) + 1 for n in names])

    def rows(self, features: Sequence[Mapping[str, float]]) -> Rows:
        """The values of known features, by how rare these are: greater where few rows have them."""
        rows_NF = np.zeros((len(features), len(self._columns)))
        for row, own in enumerate(features):
            for name, value in own.items():
                column = self._columns.get(name)
                if column is not None:
                    rows_NF[row, column] = value
        return np.asarray(rows_NF * self._rarity_F)

    def unit_rows(self, counted: Iterable[Mapping[str, int]]) -> Rows:
        """Logarithms of counts by how rare features are (tf-idf), in rows of length 1."""
        rows_NF = self.rows([{name: 1 + math.log(n) for name, n in own.items()} for own in counted])
        lengths_N1 = np.linalg.norm(rows_NF, axis=1, keepdims=True)
        return np.asarray(rows_NF / np.where(lengths_N1 > 0, lengths_N1, 1))
