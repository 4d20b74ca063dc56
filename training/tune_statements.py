"""Choose the thresholds of the statement heads, and calibrate their probabilities.

    ONRECORD_CORPORA=… python -m training.tune_statements src/onrecord/weights [--write]

On PolNeAR's development part: a grid of cue biases for the best relaxed F1, then a
logistic regression from the log-probabilities of cue and roles to whether a statement
matches a gold one (relaxed). `--write` puts the result into the manifest. What stands
inside other statements is not marked there: its bias is given, not chosen.
"""

import argparse
import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluation.attributions import pair_attributions
from evaluation.corpora import Corpus, corpora_folder, load_polnear
from evaluation.overlaps import TokenizedText
from onrecord.config import Config
from onrecord.pipeline import Reader
from onrecord.records import make_document
from onrecord.statements.candidates import Candidate, CandidateFinder, Parties, _Cue
from onrecord.statements.stages import StatementFinder

BIASES = (-1.0, -0.5, -0.2, 0.0, 0.25, 0.5)
# By the passages of `training/chains` that are kept back.
BIAS_INNER = 1.0


class RecordingFinder(CandidateFinder):
    """Keeps the two scores of every outer candidate by the place of its cue."""

    scores: dict[int, tuple[float, float]]

    def _candidate(self, cue: _Cue, parties: Parties, role_score: float) -> Candidate | None:
        found = super()._candidate(cue, parties, role_score)
        if found is not None and found.parent is None:
            self.scores[int(found.window.starts_W[found.cue[0]])] = (cue.score, role_score)
        return found


def fit(features_NF: NDArray[np.float64], right_N: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Logistic regression by Newton's method, hardly regularised; constant first."""
    x = np.column_stack([np.ones(len(features_NF)), features_NF])
    weights = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (right_N - p) - 0.01 * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 0.01 * np.eye(x.shape[1])
        weights = weights + np.linalg.solve(hessian, gradient)
    return weights


def outcomes(
    reader: Reader, finder: RecordingFinder, corpus: Corpus
) -> tuple[NDArray[np.float64], NDArray[np.bool_], int]:
    """Scores of all outer statements, which of them are right, and how many gold ones there are."""
    features: list[tuple[float, float]] = []
    right: list[bool] = []
    n_gold = 0
    for article in corpus.articles:
        finder.scores = {}
        reading = reader.read(make_document(text=article.text))
        outer = [s for s in reading.statements or () if s.depth == 0]
        text = TokenizedText(article.text)
        gold = [text.roles(a) for a in article.attributions]
        pairs = pair_attributions(gold, [text.roles(s) for s in outer])
        matched = set(pairs.values())
        n_gold += len(gold)
        for at, statement in enumerate(outer):
            if statement.cue[0].start in finder.scores:
                features.append(finder.scores[statement.cue[0].start])
                right.append(at in matched)
    return np.array(features), np.array(right), n_gold


def main() -> None:
    """Tune, print, and write if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--bias-inner", type=float, default=BIAS_INNER)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    corpus = load_polnear(corpora_folder(), "dev")
    reader = Reader(Config(weights=args.weights))
    stage = next(s for s in reader.stages if isinstance(s, StatementFinder))
    old = stage.finder
    finder = RecordingFinder(
        old.encoder,
        cue_steps=old.cue_steps,
        role_steps=old.role_steps,
        thresholds=old.thresholds,
    )
    stage.finder = finder
    best: dict[str, Any] = {"f1": 0.0}
    for bias in BIASES:
        finder.thresholds = dataclasses.replace(
            old.thresholds, cue_bias=bias, cue_bias_inner=args.bias_inner, least=0.0
        )
        features, right, n_gold = outcomes(reader, finder, corpus)
        f1 = 2 * right.sum() / (len(right) + n_gold)
        print(f"cue_bias {bias:+.2f}: relaxed F1 {100 * f1:.2f}, {len(right)} statements")
        if f1 > best["f1"]:
            weights = fit(features, right)
            best = {
                "f1": f1,
                "thresholds": {
                    "cue_bias": bias,
                    "cue_bias_inner": args.bias_inner,
                    "weights": [round(float(w), 3) for w in weights],
                },
            }
    print(json.dumps(best["thresholds"]))
    if args.write:
        path = args.weights / "manifest.json"
        manifest = json.loads(path.read_text(encoding="utf-8"))
        manifest["thresholds"] = best["thresholds"]
        path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
