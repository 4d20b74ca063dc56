"""How well the model of pairs tells what follows from a text, beside two baselines.

Of sets that have two of the labels only, the more likely of the two counts. Baselines learn
from the training part of the same set; one without such a part, from those of all others.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evaluation.entailment_corpora import (
    CONTRADICTS,
    DEV_ONLY,
    ENTAILS,
    SETS,
    Pair,
    PairSet,
    load_pairs,
)
from evaluation.entailment_words import WordModel
from evaluation.intervals import bootstrap
from evaluation.report import Report
from evaluation.scores import Counts, Share, Tally, add_tallies, scores_of

# Sets of which two labels are measured: what only discusses is neither.
TWO_LABELS: Final = frozenset({"fever_symmetric", "fnc1"})
SURE: Final = 0.8
# Of more pairs, baselines learn from every second, or third, and so on.
_MOST_TRAINING: Final = 20_000
Probabilities = NDArray[np.floating]
Scorer = Callable[[Sequence[tuple[str, str]]], Probabilities]


def measured_pairs(folder: Path, name: str) -> PairSet:
    """The development part of a set, of the labels that are measured."""
    given = load_pairs(folder, name, "dev")
    if name not in TWO_LABELS:
        return given
    labels = (ENTAILS, CONTRADICTS)
    pairs = tuple(pair for pair in given.pairs if pair.label in labels)
    return PairSet(name=given.name, digest=given.digest, pairs=pairs, labels=labels)


def training_pairs(folder: Path, name: str) -> list[Pair]:
    """What baselines for a set learn from."""
    names = [own for own in SETS if own not in DEV_ONLY] if name in DEV_ONLY else [name]
    pairs = [pair for own in names for pair in load_pairs(folder, own, "train").pairs]
    two = (ENTAILS, CONTRADICTS)
    pairs = [pair for pair in pairs if name not in TWO_LABELS or pair.label in two]
    return pairs[:: 1 + len(pairs) // _MOST_TRAINING]


def entailment_report(
    given: PairSet,
    scorer: Scorer,
    training: Sequence[Pair],
    *,
    system: str,
    n_rounds: int = 0,
) -> Report:
    """Accuracy with that of the baselines, and how contradictions alone are found."""
    model = WordModel()
    model.fit(training)
    usual = Counter(pair.label for pair in training).most_common(1)[0][0]
    tallies = tallies_of(
        given,
        own=_batched(scorer, given.pairs),
        words=model.probabilities(given.pairs),
        usual=usual,
    )
    return Report(
        corpus=given.name,
        digest=given.digest,
        system=system,
        n_articles=len(tallies),
        scores=scores_of(add_tallies(tallies)),
        intervals=bootstrap(tallies, n_rounds=n_rounds),
    )


def tallies_of(
    given: PairSet, *, own: Probabilities, words: Probabilities, usual: int
) -> list[Tally]:
    """Counts of each group of pairs."""
    groups: dict[str, list[Tally]] = {}
    predicted, by_words = chosen(own, given.labels), chosen(words, given.labels)
    for number, pair in enumerate(given.pairs):
        label = int(predicted[number])
        says, is_so = label == CONTRADICTS, pair.label == CONTRADICTS
        tally: Tally = {
            "accuracy": Share(float(label == pair.label), 1),
            "accuracy, most frequent label": Share(float(usual == pair.label), 1),
            "accuracy, words": Share(float(int(by_words[number]) == pair.label), 1),
            "contradicts": Counts(float(says and is_so), says, float(says and is_so), is_so),
        }
        if own[number].max() >= SURE:
            tally["accuracy where sure"] = Share(float(label == pair.label), 1)
        groups.setdefault(pair.group, []).append(tally)
    return [add_tallies(tallies) for tallies in groups.values()]


def chosen(probabilities_NL: Probabilities, labels: Sequence[int]) -> NDArray[np.int64]:
    """The likeliest of some labels for each pair.

    >>> chosen(np.array([[0.3, 0.4, 0.3], [0.1, 0.7, 0.2]]), (0, 2)).tolist()
    [0, 2]
    """
    found: NDArray[np.int64] = np.array(labels)[probabilities_NL[:, list(labels)].argmax(axis=1)]
    return found


def _batched(scorer: Scorer, pairs: Sequence[Pair]) -> Probabilities:
    return scorer([(pair.premise, pair.hypothesis) for pair in pairs])
