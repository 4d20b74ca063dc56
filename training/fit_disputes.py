"""Fit what tells from all signs whether two clauses are in dispute: weights, and trees.

    ONRECORD_CORPORA=… python -m training.fit_disputes FOLDER [--weights FOLDER] [--part PART …]

Writes `dispute_weights.tsv` and `dispute_trees.tsv`, tables of `onrecord.claims`, into FOLDER:
a logistic model and boosted trees, whose probabilities are averaged. Learned from pairs of
articles (`tests/claims/disputes`, `tests/claims/pairs`), from situations of whole articles from
which the model of pairs has not learned (`training/disputes`), and from ECB+ (training part).
Prints what thresholds give on the pairs, by cross-validation, and what the model alone gives.
"""

import argparse
import json
import os
import random
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from evaluation.dispute_pairs import load_disputes
from onrecord.claims.trees import TABLE, Node, Tree, rows_of, sum_of
from onrecord.config import Config
from onrecord.encode.weights import load_weights, packaged_weights
from onrecord.entailment.loading import entailment_of
from onrecord.pipeline import Reader
from training.dispute_signs import (
    Sample,
    Source,
    news_samples,
    pair_samples,
    plain_samples,
    read_events,
    read_pairs,
    situation_samples,
)

PARTS = ("dev2", "dev3", "dev4", "dev5", "dev6")
FILES = tuple(f"articles_{n}.jsonl" for n in (*range(25, 59), *range(60, 77)))
# How much a pair of sentences weighs, by where it is from.
_WEIGHTS = {
    Source.PAIRS: 3.0,
    Source.PLAIN: 8.0,
    Source.KINDS: 3.0,
    Source.SITUATIONS: 1.0,
    Source.BRIEFS: 1.0,
    Source.NEWS: 1.0,
}
# Of the logistic model, on signs in units of their deviation.
_PENALTY = 100.0
_SEEDS = 2
_OF_TREES = {
    "max_iter": 300, "learning_rate": 0.03, "max_leaf_nodes": 12, "min_samples_leaf": 40,
    "l2_regularization": 5.0, "max_features": 0.3,
}  # fmt: skip
_FOLDS = 6
_HEAD = """\
# {what}, of the signs of `signs.py`.
#
# Fitted by training/fit_disputes.py on pairs of articles in tests/claims/disputes ({parts})
# and tests/claims/pairs, on situations of training/disputes ({files}), each also cut to a
# brief, and on pairs of sentences of ECB+ (training part), all of them as no disputes;
# no text is kept.
#
# Source: fitted for this project. Licence: as the project, Apache-2.0.
"""


def _matrix(samples: Sequence[Sample], names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([[s.signs[name] for name in names] for s in samples])


def fitted_weights(samples: Sequence[Sample], names: Sequence[str]) -> dict[str, float]:
    """Weights of a logistic model by Newton's method, and "bias", which has no penalty."""
    x_NF = _matrix(samples, names)
    y_N = np.array([float(s.is_right) for s in samples])
    w_N = np.array([_WEIGHTS[s.source] for s in samples])
    mean_F, deviation_F = x_NF.mean(0), x_NF.std(0) + 1e-6
    z_NF = np.column_stack([(x_NF - mean_F) / deviation_F, np.ones(len(x_NF))])
    penalty_F = np.append(np.full(len(names), _PENALTY), 0.01)
    weights_F = np.zeros(len(penalty_F))
    for _ in range(25):
        p_N = 1 / (1 + np.exp(-np.clip(z_NF @ weights_F, -30, 30)))
        slope_F = z_NF.T @ (w_N * (p_N - y_N)) + penalty_F * weights_F
        curve_FF = (z_NF.T * (w_N * p_N * (1 - p_N))) @ z_NF + np.diag(penalty_F)
        weights_F -= np.linalg.solve(curve_FF, slope_F)
    own_F = weights_F[:-1] / deviation_F
    found = dict(zip(names, own_F.tolist(), strict=True))
    return found | {"bias": float(weights_F[-1] - own_F @ mean_F)}


def fitted_trees(samples: Sequence[Sample], names: Sequence[str]) -> list[Tree]:
    """Boosted trees; the first one has what all start from, and values are shares of seeds."""
    x_NF = _matrix(samples, names)
    y_N = np.array([s.is_right for s in samples])
    w_N = np.array([_WEIGHTS[s.source] for s in samples])
    trees: list[Tree] = []
    start = 0.0
    for seed in range(_SEEDS):
        model = HistGradientBoostingClassifier(random_state=seed, **_OF_TREES)
        model.fit(x_NF, y_N, sample_weight=w_N)
        start += float(np.squeeze(model._baseline_prediction)) / _SEEDS  # noqa: SLF001
        trees += [_tree(grown.nodes, names) for (grown,) in model._predictors]  # noqa: SLF001
    return [[Node("", start)], *trees]


def _tree(nodes: NDArray[np.void], names: Sequence[str]) -> Tree:
    return [
        Node("", float(node["value"]) / _SEEDS)
        if node["is_leaf"]
        else Node(
            names[node["feature_idx"]], float(node["num_threshold"]),
            int(node["left"]), int(node["right"]),
        )
        for node in nodes
    ]  # fmt: skip


def probability_by(weights: Mapping[str, float], trees: Sequence[Tree], sample: Sample) -> float:
    """The mean of what both say."""
    sums = [
        weights["bias"] + sum(w * sample.signs[n] for n, w in weights.items() if n != "bias"),
        sum_of(trees, sample.signs),
    ]
    return float(np.mean([1 / (1 + np.exp(-total)) for total in sums]))


def cross_validated(samples: Sequence[Sample], names: Sequence[str]) -> NDArray[np.float64]:
    """The probability of each sample of a pair of articles by what is fitted without its pair.

    0 for all others.
    """
    groups = sorted({s.group for s in samples if s.source is Source.PAIRS})
    random.Random(1).shuffle(groups)
    fold = {group: n % _FOLDS for n, group in enumerate(groups)}
    found_N = np.zeros(len(samples))
    for n in range(_FOLDS):
        kept = [s for s in samples if fold.get(s.group) != n]
        weights, trees = fitted_weights(kept, names), fitted_trees(kept, names)
        for at, sample in enumerate(samples):
            if fold.get(sample.group) == n:
                found_N[at] = probability_by(weights, trees, sample)
    return found_N


def thresholds(
    samples: Sequence[Sample], odds_N: Sequence[float], n_disputed: int
) -> Iterator[str]:
    """Precision and recall over pairs of articles, by threshold.

    As when documents are linked, the likeliest dispute of two articles counts.
    """
    best: dict[str, tuple[float, Sample]] = {}
    for sample, odds in zip(samples, odds_N, strict=True):
        if sample.source is Source.PAIRS and odds > best.get(sample.group, (-99.0, sample))[0]:
            best[sample.group] = (float(odds), sample)
    ranked = sorted(best.values(), key=lambda row: -row[0])
    right_N = np.cumsum([sample.is_right for _, sample in ranked])
    shown_N = np.arange(1, len(ranked) + 1)
    average = sum(right_N[n] / shown_N[n] for n, (_, s) in enumerate(ranked) if s.is_right)
    f1 = max(2 * right_N / (shown_N + n_disputed))
    yield f"average precision {100 * average / n_disputed:.1f}; F1 {100 * f1:.1f} at best"
    for least in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        own = [sample for odds, sample in ranked if odds >= least]
        hits = sum(sample.is_right for sample in own)
        precision, recall = hits / max(1, len(own)), hits / max(1, n_disputed)
        yield f"{least}: right {hits} of {len(own)} shown, {precision:.2f}; recall {recall:.2f}"


def samples_of(weights: Path | None, kind: str, name: str) -> list[Sample]:
    """Those of a part, of a file of situations, of ECB+, or of the plain pairs."""
    reader = Reader(replace(Config(), weights=weights))
    judge = entailment_of(load_weights(weights) if weights else packaged_weights())
    if kind == "part":
        return [
            s for one, reads in read_pairs((name,), reader) for s in pair_samples(one, reads, judge)
        ]
    if kind == "file":
        return list(situation_samples((name,), reader, judge))
    if kind == "plain":
        return list(plain_samples(reader, judge))
    corpora = Path(os.environ["ONRECORD_CORPORA"])
    return list(news_samples(read_events(corpora, name, reader), judge))


def main() -> None:
    """Read, ask, fit, and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--workers", type=int, default=2, help="processes that read")
    parser.add_argument("--part", action="append", help=f"default: {', '.join(PARTS)}")
    args = parser.parse_args()
    parts = args.part or PARTS
    pairs = [pair for part in parts for pair in load_disputes(part).pairs]
    with ProcessPoolExecutor(args.workers, mp_context=get_context("spawn")) as pool:
        jobs = [("news", "train"), *(("part", part) for part in parts), ("plain", "")]
        jobs += [("file", name) for name in FILES]
        found = pool.map(samples_of, [args.weights] * len(jobs), *zip(*jobs, strict=True))
        samples = [sample for own in found for sample in own]
    names = list(samples[0].signs)
    n_disputed = sum(bool(pair.disputes) for pair in pairs)
    print(json.dumps({source: sum(s.source is source for s in samples) for source in Source}))
    alone = [s.signs["model"] for s in samples]
    print("the model alone:", next(thresholds(samples, alone, n_disputed)))
    print(*thresholds(samples, cross_validated(samples, names).tolist(), n_disputed), sep="\n")
    given = {"parts": ", ".join(parts), "files": f"{FILES[0]} to {FILES[-1]}"}
    weights = fitted_weights(samples, names)
    rows = "feature\tweight\n" + "".join(f"{name}\t{x:.5f}\n" for name, x in weights.items())
    text = _HEAD.format(what="Weights of a logistic model", **given) + rows
    (args.out / "dispute_weights.tsv").write_text(text, encoding="utf-8")
    text = _HEAD.format(what="Boosted trees", **given) + rows_of(fitted_trees(samples, names))
    (args.out / TABLE).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
