"""Whether what predicates say happened: scorers, and how well they do.

Scores of a scorer: accuracy (the right side of zero) and Pearson's correlation with the
values of the corpus, both over predicates, with intervals over sentences. Beside the head
of the package two baselines are here: the mean of all, which is the majority, and the mean
of each lemma.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np

from evaluation.factuality_corpora import PredicateCorpus, PredicateText
from evaluation.intervals import bootstrap
from evaluation.report import Report
from evaluation.scores import Score, Share, Tally, add_tallies
from evaluation.treebanks import TreeReader
from onrecord.encode.weights import Weights

_SUMS = "sum/"


class HappenedScorer(Protocol):
    """Says how far the predicates of texts happened."""

    def __call__(self, texts: Sequence[PredicateText]) -> list[list[float]]:
        """A number for each predicate of each text, above zero if it happened.

        It may look at the text, the date and the places of the predicates, and at their
        lemmas, which are gold on UDS; not at values and labels.
        """
        ...


class MajorityScorer:
    """Gives every predicate the mean of the training texts."""

    def __init__(self, texts: Sequence[PredicateText]) -> None:
        values = [own.value for text in texts for own in text.predicates]
        self._mean = sum(values) / len(values) if values else 0.0

    def __call__(self, texts: Sequence[PredicateText]) -> list[list[float]]:
        """The same for all."""
        return [[self._mean] * len(text.predicates) for text in texts]


class LemmaScorer:
    """Gives a predicate the mean of its lemma in the training texts, or else of all."""

    def __init__(self, texts: Sequence[PredicateText]) -> None:
        values: defaultdict[str, list[float]] = defaultdict(list)
        for text in texts:
            for own in text.predicates:
                values[own.lemma].append(own.value)
        self._mean = _mean([value for own in values.values() for value in own])
        self._means = {lemma: _mean(own) for lemma, own in values.items()}

    def __call__(self, texts: Sequence[PredicateText]) -> list[list[float]]:
        """The means of lemmas."""
        return [
            [self._means.get(own.lemma, self._mean) for own in text.predicates] for text in texts
        ]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


class HeadScorer:
    """The head of the package: what the pass of the encoder says of the word."""

    def __init__(self, weights: Weights) -> None:
        self._reader = TreeReader(weights)

    def __call__(self, texts: Sequence[PredicateText]) -> list[list[float]]:
        """A number for each predicate; 0 of one that stands in no word."""
        return [list(self._of_text(text)) for text in texts]

    def _of_text(self, text: PredicateText) -> Iterator[float]:
        found = [trees for _, trees in self._reader.read(text.text)]
        starts = np.concatenate([trees.start_W for trees in found])
        values = np.concatenate([trees.happened_W for trees in found])
        for predicate in text.predicates:
            at = int(np.searchsorted(starts, predicate.start, side="right")) - 1
            yield float(values[at]) if at >= 0 else 0.0


# Scorers by name, made from the training texts and the weights.
SCORERS: Mapping[str, Callable[[Sequence[PredicateText], Weights], HappenedScorer]] = {
    "majority": lambda texts, _: MajorityScorer(texts),
    "lemma": lambda texts, _: LemmaScorer(texts),
    "head": lambda _, weights: HeadScorer(weights),
}
# Whose scores have floors.
BEST = "head"


def happened_report(
    corpus: PredicateCorpus, scorer: HappenedScorer, *, name: str, n_rounds: int = 0
) -> Report:
    """Accuracy and correlation of a scorer; intervals are over sentences.

    Args:
        corpus: Texts with values.
        scorer: What is tried.
        name: What stands in the report for it.
        n_rounds: Sets of sentences to draw for intervals.
    """
    said = scorer(corpus.texts)
    tallies: defaultdict[tuple[str, int], list[Tally]] = defaultdict(list)
    for text, own in zip(corpus.texts, said, strict=True):
        for predicate, score in zip(text.predicates, own, strict=True):
            tallies[text.id, predicate.sentence].append(predicate_tally(predicate.value, score))
    by_sentence = [add_tallies(own) for own in tallies.values()]
    return Report(
        corpus=corpus.name,
        digest=corpus.digest,
        system=name,
        n_articles=len(by_sentence),
        scores=happened_scores(add_tallies(by_sentence)),
        intervals=bootstrap(by_sentence, n_rounds=n_rounds, scores=happened_scores),
    )


def predicate_tally(gold: float, said: float) -> Tally:
    """What one predicate adds to the counts, and to the sums behind the correlation."""
    hit = float((gold > 0) == (said > 0))
    happened = gold > 0
    sums = {"x": gold, "y": said, "xx": gold * gold, "yy": said * said, "xy": gold * said}
    return {
        "accuracy": Share(hit, 1),
        "happened": Share(hit * happened, float(happened)),
        "not happened": Share(hit * (not happened), float(not happened)),
        **{f"{_SUMS}{own}": Share(value, 1) for own, value in sums.items()},
    }


def happened_scores(tally: Tally) -> dict[str, Score]:
    """Accuracy, the accuracy of both sides, and Pearson's correlation of summed counts."""
    shares = {metric: own for metric, own in tally.items() if isinstance(own, Share)}
    scores = {m: own.score() for m, own in shares.items() if not m.startswith(_SUMS)}
    means = {m.removeprefix(_SUMS): own for m, own in shares.items() if m.startswith(_SUMS)}
    if means:
        scores["pearson"] = Score(None, None, _pearson(means), None, means["x"].of)
    return scores


def _pearson(sums: Mapping[str, Share]) -> float | None:
    """The correlation; None where one side is always the same."""
    n = sums["x"].of
    if not n:
        return None
    x, y, xx, yy, xy = (sums[own].right / n for own in ("x", "y", "xx", "yy", "xy"))
    spread = (xx - x * x) * (yy - y * y)
    return (xy - x * y) / math.sqrt(spread) if spread > 1e-12 else None


def cases_of(corpus: PredicateCorpus, scorer: HappenedScorer) -> Iterator[str]:
    """Lines on predicates that are on the wrong side."""
    for text, own in zip(corpus.texts, scorer(corpus.texts), strict=True):
        for predicate, score in zip(text.predicates, own, strict=True):
            if (predicate.value > 0) != (score > 0):
                around = text.text[max(0, predicate.start - 60) : predicate.end + 40]
                word = text.text[predicate.start : predicate.end]
                line = around.replace("\n", "⏎")
                yield f"{predicate.value:+.2f} {score:+.2f} {word!r}  … {line}"
