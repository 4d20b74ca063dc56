"""Fit the weights with which the model of pairs and other signs tell whether two clauses dispute.

    ONRECORD_CORPORA=… python -m training.fit_disputes OUT [--weights FOLDER] [--part PART …]

Writes OUT, the table `dispute_weights.tsv` of `onrecord.claims`. Learned from pairs of articles
(`tests/claims/disputes`) and from documents of ECB+ (training part) about one event, which
hardly ever disagree: all that is likely there counts as none. Prints what thresholds give, on
pairs by cross-validation.
"""

import argparse
import itertools
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation.clusters_corpora import load_ecb_plus
from evaluation.dispute_pairs import DisputePair, load_disputes
from onrecord.claims.candidates import Known
from onrecord.claims.comparing import compared_by_words
from onrecord.claims.judging import Asked, Judge, answered, asked_pairs, ground_of, plain_words
from onrecord.claims.packing import pack, unpack
from onrecord.claims.propositions import account_of
from onrecord.claims.settings import MOST_OF_STORY
from onrecord.claims.weighing import features_of
from onrecord.claims.writing import Side
from onrecord.config import Config
from onrecord.encode.vectors import WordVectors, cosines, quantise
from onrecord.encode.weights import load_weights, packaged_weights
from onrecord.entailment.loading import entailment_of
from onrecord.inputs.documents import document_from_text
from onrecord.pipeline import Reader
from onrecord.records import Ground, Reading, Span, Spans

PARTS = ("dev2", "dev3", "dev4", "dev6")
# How much a pair of sentences of ECB+ weighs beside one of a pair of articles.
_OF_NEWS = 0.1
_PENALTY = 3.0
_FOLDS = 10
_HEAD = """\
# Weights of the features of `weighing.py`: a logistic model with a penalty on large weights.
#
# Fitted by training/fit_disputes.py on pairs of articles in tests/claims/disputes ({parts}), and
# on pairs of sentences of ECB+ (training part), all of them as no disputes; no text is kept.
#
# Source: fitted for this project. Licence: as the project, Apache-2.0.
feature\tweight
"""
Read = tuple[Reading, WordVectors]


@dataclass(frozen=True, slots=True)
class Sample:
    """A pair of clauses that may be shown.

    Attributes:
        group: The pair of articles, or the two documents.
        features: By name.
        is_right: It is a dispute on this ground.
        is_news: It is of ECB+.
    """

    group: str
    features: dict[str, float]
    is_right: bool
    is_news: bool


class Document:
    """A document with its account, as it is linked."""

    def __init__(self, read: Read, number: int) -> None:
        reading, vectors = read
        self.text = reading.document.text
        self.id = reading.document.id
        self.account = account_of(reading, number=number)
        spans = [p.spans for p in self.account.propositions]
        self.codes = quantise(vectors.of_many(spans)) if spans else np.zeros((0, 0), np.int8)
        self.known = Known(unpack(number, pack(self.account)), self.codes.tobytes(), True)


def asked_of(new: Document, known: Sequence[Document], judge: Judge) -> list[Asked]:
    """What is asked, and answered, about a document beside others of its story."""
    texts = {d.account.number: d.text for d in (new, *known)}
    near = [
        (d.known, cosines(new.codes, d.codes)) for d in known if d.codes.size and new.codes.size
    ]
    rules = [
        (c.known.document, c.known.position, c.new.position)
        for c in compared_by_words(new.account, near)
        if c.quarrel is not None
    ]

    def text_of(number: int, span: Span) -> str:
        return plain_words(texts[number][span.start : span.end])

    return answered(asked_pairs(new.account, near, rules), judge, text_of)


def _features(one: Asked) -> tuple[Ground, dict[str, float]]:
    return ground_of(one), dict(features_of(one.pair, one.answer))


def pair_samples(pair: DisputePair, reads: Sequence[Read], judge: Judge) -> Iterator[Sample]:
    """Those of a pair of articles; what is not counted in it is left out."""
    first, second = (Document(read, number) for number, read in enumerate(reads, start=1))
    for one in asked_of(second, [first], judge):
        ground, features = _features(one)
        is_right = _is_right(pair, (_sentence(one.known), _sentence(one.new)), ground)
        if is_right is not None:
            yield Sample(pair.id, features, is_right, is_news=False)


def _sentence(side: Side) -> Spans:
    return side.one.spans if side.one.sentence is None else (side.one.sentence,)


def _is_right(pair: DisputePair, spans: tuple[Spans, Spans], ground: Ground) -> bool | None:
    for dispute in pair.disputes:
        sides = sorted(dispute.sides, key=lambda side: side.article)
        given = list(zip(spans, sides, strict=True))
        if all(_meet(own, side.words) for own, side in given):
            return ground in dispute.grounds if dispute.is_counted else None
        if all(_meet(own, (*side.words, *side.also)) for own, side in given):
            return None
    return False


def _meet(spans: Spans, others: Spans) -> bool:
    return any(span.overlaps(other) for span in spans for other in others)


def news_samples(events: Iterable[Sequence[Read]], judge: Judge) -> Iterator[Sample]:
    """Those of documents about one event, each beside the ones before it."""
    for reads in events:
        known: list[Document] = []
        for read in reads:
            new = Document(read, len(known) + 1)
            for one in asked_of(new, known[::-1][:MOST_OF_STORY], judge):
                _, features = _features(one)
                group = f"{new.id}/{one.known.document}"
                yield Sample(group, features, is_right=False, is_news=True)
            known.append(new)


def read_pairs(parts: Sequence[str], reader: Reader) -> list[tuple[DisputePair, list[Read]]]:
    """Pairs of articles of some parts, as they are read."""
    pairs = [pair for part in parts for pair in load_disputes(part).pairs]
    return [(pair, list(reader.read_with_vectors(pair.articles))) for pair in pairs]


def read_events(corpora: Path, part: str, reader: Reader) -> list[list[Read]]:
    """Documents of ECB+ by event."""
    documents = load_ecb_plus(corpora, part).documents
    keyed = sorted(enumerate(documents), key=lambda row: (row[1].topic, row[1].subtopic, row[0]))
    events = []
    for _, group in itertools.groupby(keyed, key=lambda row: (row[1].topic, row[1].subtopic)):
        given = [
            document_from_text(d.text, outlet=f"Outlet {n}", published=d.published)
            for n, d in group
        ]
        events.append(list(reader.read_with_vectors(given)))
    return events


def fitted(samples: Sequence[Sample], names: Sequence[str]) -> NDArray[np.float64]:
    """Weights by Newton's method; the bias, which is the last, has no penalty."""
    x_NF = np.array([[s.features[name] for name in names] for s in samples])
    y_N = np.array([float(s.is_right) for s in samples])
    w_N = np.array([_OF_NEWS if s.is_news else 1.0 for s in samples])
    penalty_F = np.array([0.01 if name == "bias" else _PENALTY for name in names])
    weights_F = np.zeros(len(names))
    for _ in range(30):
        p_N = 1 / (1 + np.exp(-np.clip(x_NF @ weights_F, -30, 30)))
        slope_F = x_NF.T @ (w_N * (p_N - y_N)) + penalty_F * weights_F
        curve_FF = (x_NF.T * (w_N * p_N * (1 - p_N))) @ x_NF + np.diag(penalty_F)
        weights_F -= np.linalg.solve(curve_FF, slope_F)
    return weights_F


def odds_of(
    samples: Sequence[Sample], names: Sequence[str], weights_F: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Probabilities of some samples."""
    x_NF = np.array([[s.features[name] for name in names] for s in samples])
    found: NDArray[np.float64] = 1 / (1 + np.exp(-x_NF @ weights_F))
    return found


def cross_validated(samples: Sequence[Sample], names: Sequence[str]) -> NDArray[np.float64]:
    """The probability of each sample by weights that were fitted without its group."""
    groups = sorted({s.group for s in samples})
    fold = {group: n % _FOLDS for n, group in enumerate(groups)}
    fold_N = np.array([fold[s.group] for s in samples])
    found_N = np.zeros(len(samples))
    for n in range(_FOLDS):
        weights_F = fitted([s for s, f in zip(samples, fold_N, strict=True) if f != n], names)
        own = [s for s, f in zip(samples, fold_N, strict=True) if f == n]
        if own:
            found_N[fold_N == n] = odds_of(own, names, weights_F)
    return found_N


def thresholds(
    samples: Sequence[Sample], odds_N: NDArray[np.float64], n_disputed: int
) -> Iterator[str]:
    """Precision and recall over pairs of articles, and what is shown of news, by threshold.

    As when documents are linked, the likeliest dispute of two articles counts.
    """
    best: dict[str, tuple[float, Sample]] = {}
    for sample, odds in zip(samples, odds_N, strict=True):
        if odds > best.get(sample.group, (-1.0, sample))[0]:
            best[sample.group] = (float(odds), sample)
    for least in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        shown = [s for odds, s in best.values() if odds >= least]
        own = [s for s in shown if not s.is_news]
        hits = sum(s.is_right for s in own)
        precision, recall = hits / max(1, len(own)), hits / max(1, n_disputed)
        line = f"{least}: right {hits} of {len(own)} shown, {precision:.2f}; recall {recall:.2f}"
        yield f"{line}; news {len(shown) - len(own)}"


def main() -> None:
    """Read, ask, fit, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--part", action="append", help=f"default: {', '.join(PARTS)}")
    args = parser.parse_args()
    parts = args.part or PARTS
    reader = Reader(replace(Config(), weights=args.weights))
    judge = entailment_of(load_weights(args.weights) if args.weights else packaged_weights())
    pairs = read_pairs(parts, reader)
    samples = [s for pair, reads in pairs for s in pair_samples(pair, reads, judge)]
    corpora = Path(os.environ["ONRECORD_CORPORA"])
    samples += news_samples(read_events(corpora, "train", reader), judge)
    names = list(samples[0].features)
    n_disputed = sum(bool(pair.disputes) for pair, _ in pairs)
    lines = thresholds(samples, cross_validated(samples, names), n_disputed)
    print(json.dumps({"samples": len(samples)}), *lines, sep="\n")
    weights_F = fitted(samples, names)
    rows = "".join(f"{name}\t{x:.3f}\n" for name, x in zip(names, weights_F, strict=True))
    args.out.write_text(_HEAD.format(parts=", ".join(parts)) + rows, encoding="utf-8")


if __name__ == "__main__":
    main()
