"""Fit the weights that tell which pairs of clauses the model of pairs is asked about.

    python -m training.fit_asking OUT [FILE …] [--weights FOLDER]

Writes OUT, the table `asking_weights.tsv` of `onrecord.claims`. Learned from situations of whole
articles (`training/disputes`; FILE, or those of `FILES`): each article is read as documents are,
and all pairs of sentences of two articles that are near enough to be asked about are put beside
those in dispute. Prints, of pairs of articles in `tests/claims/disputes`, in how many a pair in
dispute is among the first so many, by these weights and by nearness alone.
"""

import argparse
import itertools
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.claims.asking import FEATURES, features_of
from onrecord.claims.settings import LEAST_NEAR
from onrecord.config import Config
from onrecord.encode.vectors import cosines
from onrecord.pipeline import Reader
from onrecord.records import Span
from training.dispute_signs import Document, read_pairs, read_situations

FILES = tuple(f"articles_{n}.jsonl" for n in (25, 27, 29, 31, 35))
PARTS = ("dev2", "dev3", "dev4", "dev5", "dev6")
_FIRST = (3, 4, 6, 8, 12, 16)
_PENALTY = 3.0
_HEAD = """\
# Weights of the signs of `asking.py`, by which pairs of clauses are put in order.
#
# Fitted by training/fit_asking.py on situations of training/disputes; no text is kept:
# {files}
#
# Source: fitted for this project. Licence: as the project, Apache-2.0.
feature\tweight
"""
# Signs (P, F) of pairs of sentences, and whether each is in dispute (P).
Rows = tuple[NDArray[np.float32], NDArray[np.bool_]]
IsDispute = Callable[[Span, Span], bool]


def rows_of(first: Document, second: Document, is_dispute: IsDispute) -> Rows:
    """Pairs of sentences of two documents, each by its nearest clauses."""
    signs: list[list[float]] = []
    labels: list[bool] = []
    if first.codes.size and second.codes.size:
        cosine_NM = cosines(second.codes, first.codes)
        said = [[p.speaker is not None for p in d.account.propositions] for d in (second, first)]
        features = features_of(cosine_NM, *(np.asarray(own, bool) for own in said))
        seen: set[tuple[Span, Span]] = set()
        for at in np.argsort(-cosine_NM, axis=None, kind="stable").tolist():
            n, m = divmod(at, cosine_NM.shape[1])
            p, q = first.account.propositions[m], second.account.propositions[n]
            key = (p.sentence or p.spans[0], q.sentence or q.spans[0])
            if key not in seen and cosine_NM[n, m] >= LEAST_NEAR:
                seen.add(key)
                signs.append([float(one[n, m]) for one in features])
                labels.append(is_dispute(*key))
    return np.array(signs, np.float32).reshape(-1, len(FEATURES)), np.array(labels, bool)


def situation_rows(files: Sequence[str], reader: Reader) -> Iterator[Rows]:
    """Those of situations, two articles of each together."""
    for situation, given in read_situations(files, reader):
        disputed = {frozenset(row[:2]) for row in situation["disputes"]}
        for (one, first), (other, second) in itertools.combinations(given, 2):
            yield rows_of(
                first,
                second,
                lambda a, b, one=one, other=other, all_of_them=disputed: (
                    frozenset((one.number_at(a), other.number_at(b))) in all_of_them
                ),
            )


def part_rows(parts: Sequence[str], reader: Reader) -> Iterator[Rows]:
    """Those of pairs of articles that are in dispute."""
    for pair, reads in read_pairs(parts, reader):
        if not pair.disputes:
            continue

        def is_dispute(first: Span, second: Span, disputes: Any = pair.disputes) -> bool:
            return any(
                all(
                    any(words.overlaps(span) for words in side.words)
                    for span, side in zip(
                        (first, second), sorted(one.sides, key=lambda s: s.article), strict=True
                    )
                )
                for one in disputes
                if one.is_counted
            )

        first, second = (Document(read, number) for number, read in enumerate(reads, start=1))
        yield rows_of(first, second, is_dispute)


def fitted(rows: Sequence[Rows]) -> NDArray[np.float64]:
    """Weights of the signs by Newton's method, with a penalty in units of their deviation."""
    x_PF = np.concatenate([signs for signs, _ in rows]).astype(np.float64)
    y_P = np.concatenate([labels for _, labels in rows]).astype(np.float64)
    mean_F, deviation_F = x_PF.mean(0), x_PF.std(0) + 1e-6
    z_PF = np.column_stack([(x_PF - mean_F) / deviation_F, np.ones(len(x_PF))])
    penalty_F = np.append(np.full(len(FEATURES), _PENALTY), 0.01)
    weights_F = np.zeros(z_PF.shape[1])
    for _ in range(25):
        p_P = 1 / (1 + np.exp(-z_PF @ weights_F))
        slope_F = z_PF.T @ (p_P - y_P) + penalty_F * weights_F
        curve_FF = (z_PF.T * (p_P * (1 - p_P))) @ z_PF + np.diag(penalty_F)
        weights_F -= np.linalg.solve(curve_FF, slope_F)
    found: NDArray[np.float64] = weights_F[:-1] / deviation_F
    return found


def found_among_first(rows: Sequence[Rows], weights_F: NDArray[np.float64]) -> list[int]:
    """In how many pairs of articles a dispute is among the first so many pairs of sentences."""
    found = []
    for first in _FIRST:
        best = [labels[np.argsort(-(signs @ weights_F))[:first]] for signs, labels in rows]
        found.append(sum(bool(one.any()) for one in best))
    return found


def main() -> None:
    """Read, fit, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("files", nargs="*", default=FILES, help=f"default: {', '.join(FILES)}")
    parser.add_argument("--weights", type=Path)
    args = parser.parse_args()
    reader = Reader(replace(Config(), weights=args.weights))
    rows = list(situation_rows(args.files, reader))
    weights_F = fitted(rows)
    nearness_F = np.array([1.0, 0.0, 0.0, 0.0])
    for part in PARTS:
        own = list(part_rows((part,), reader))
        shown = {name: found_among_first(own, w_F) for name, w_F in
                 (("by nearness", nearness_F), ("by weights", weights_F))}  # fmt: skip
        print(part, json.dumps({"first": _FIRST, "pairs": len(own), **shown}))
    text = "".join(f"{n}\t{x:.3f}\n" for n, x in zip(FEATURES, weights_F, strict=True))
    args.out.write_text(_HEAD.format(files=", ".join(args.files)) + text, encoding="utf-8")


if __name__ == "__main__":
    main()
