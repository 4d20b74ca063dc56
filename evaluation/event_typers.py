"""What type of event stands between two marked parties: typers, and how they are tried.

A typer learns from pairs with labels and labels others (`PairTyper`). Two baselines are
here: the most frequent label, and a linear one over the words around the two parties; that
which knows what the package finds is in `evaluation.event_tree_typer`. `TYPERS` names those
that `python -m evaluation plv` can try.

Cross-validation: labels are spread evenly over the folds, and pairs of one sentence lie
in one fold, so that nobody learns from a sentence that he is asked about.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from evaluation.event_corpora import EventPair
from evaluation.event_tree_typer import tree_typers
from evaluation.event_word_features import word_features_of
from evaluation.softmax import NamedColumns, Softmax


class PairTyper(Protocol):
    """Says what type of event a sentence reports between source and target."""

    def fit(self, pairs: Sequence[EventPair], labels: Sequence[str]) -> None:
        """Learn from labelled pairs, forgetting what was learned before."""

    def predict(self, pairs: Sequence[EventPair]) -> list[str]:
        """A label for each pair, of those that it learned from."""
        ...


class MajorityTyper:
    """Says what is most frequent."""

    def __init__(self) -> None:
        self._label = ""

    def fit(self, pairs: Sequence[EventPair], labels: Sequence[str]) -> None:
        """Count the labels."""
        del pairs
        counted = Counter(labels)
        self._label = min(counted, key=lambda own: (-counted[own], own))

    def predict(self, pairs: Sequence[EventPair]) -> list[str]:
        """The most frequent label for all."""
        return [self._label] * len(pairs)


class WordTyper:
    """A linear model over words, each with where it stands to the two parties.

    Words and pairs of words have weights by how rare they are (tf-idf), rows are of length
    1; the model is a softmax with an L2 penalty, fitted by full steps of accelerated
    gradients. The settings were chosen by cross-validation on PLV's training part.

    Args:
        penalty: Weight of the L2 penalty, for a loss that is a mean over pairs.
        n_steps: Steps of the descent.
        least: Features of fewer pairs are left out.
    """

    def __init__(self, *, penalty: float = 1e-4, n_steps: int = 200, least: int = 2) -> None:
        self._columns = NamedColumns(least=least)
        self._model = Softmax(penalty=penalty, n_steps=n_steps)

    def fit(self, pairs: Sequence[EventPair], labels: Sequence[str]) -> None:
        """Fit weights."""
        counted = [word_features_of(pair) for pair in pairs]
        self._columns.fit(counted)
        self._model.fit(self._columns.unit_rows(counted), labels)

    def predict(self, pairs: Sequence[EventPair]) -> list[str]:
        """The label with the greatest sum of weights."""
        return self._model.predict(self._columns.unit_rows(word_features_of(p) for p in pairs))


# Typers by name: of the weights to read with, None for the packaged ones, a maker of typers
# that have learned nothing yet.
TYPERS: Mapping[str, Callable[[Path | None], Callable[[], PairTyper]]] = {
    "majority": lambda _: MajorityTyper,
    "words": lambda _: WordTyper,
    "trees": tree_typers,
}
# Whose scores have floors.
BEST = "trees"


def folds_of(
    pairs: Sequence[EventPair], labels: Sequence[str], *, n_folds: int, seed: int
) -> list[int]:
    """The fold of each pair: labels spread evenly, pairs of one sentence in one fold.

    Sentences are taken in random order, those with the rarest labels first; each goes to
    the fold that has the fewest of its labels, and of these to the smallest.
    """
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        groups[" ".join(pair.text.casefold().split())].append(number)
    order = list(groups.values())
    np.random.default_rng(seed).shuffle(order)
    counted = Counter(labels)
    order.sort(key=lambda own: min(counted[labels[number]] for number in own))
    fold_of = [0] * len(pairs)
    n_of: list[Counter[str]] = [Counter() for _ in range(n_folds)]
    for group in order:
        fold = min(
            range(n_folds),
            key=lambda f: (sum(n_of[f][labels[number]] for number in group), n_of[f].total(), f),
        )
        for number in group:
            fold_of[number] = fold
            n_of[fold][labels[number]] += 1
    return fold_of


def cross_validate(
    make: Callable[[], PairTyper],
    pairs: Sequence[EventPair],
    labels: Sequence[str],
    *,
    n_folds: int,
    seed: int,
    on_progress: Callable[[int], None] | None = None,
) -> list[str]:
    """A label for each pair, by a typer that learned from the other folds."""
    fold_of = folds_of(pairs, labels, n_folds=n_folds, seed=seed)
    predicted = [""] * len(pairs)
    for fold in range(n_folds):
        own = [number for number, f in enumerate(fold_of) if f == fold]
        others = [number for number, f in enumerate(fold_of) if f != fold]
        if own:
            typer = make()
            typer.fit([pairs[n] for n in others], [labels[n] for n in others])
            said = typer.predict([pairs[n] for n in own])
            for number, label in zip(own, said, strict=True):
                predicted[number] = label
        if on_progress is not None:
            on_progress(1)
    return predicted
