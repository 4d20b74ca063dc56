"""Fit the weights by which names are chosen: `src/onrecord/entities/name_weights.tsv`.

    ONRECORD_CORPORA=… python -m training.fit_names OUT.tsv [--weights FOLDER]

A logistic model over `FEATURES` (`src/onrecord/entities/name_features.py`), of spans that the
encoder takes for a name with some probability: is this span a name of this group, by the corpus?
On texts of which the encoder has learned nothing, as it is far too sure of those that it knows:
WNUT-17 (both parts), the development parts of the Broad Twitter Corpus and GUM, and texts of our
own that were written for this (`training/name_choice`). UNER's development part is left for
measuring.

Each source has intercepts of its own for the groups, as posts name persons above all; what ships
has the mean of those of GUM and of our own texts.
"""

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from evaluation.entities import CASES, Scheme, gold_names, scheme_of
from evaluation.entity_corpora import load_broad_twitter, load_wnut17
from evaluation.entity_reports import NAMED
from evaluation.entity_texts import MarkedMention, MarkedText
from onrecord.config import Config
from onrecord.entities.drafts import OFFICES
from onrecord.entities.name_choice import candidates_of
from onrecord.entities.name_features import FEATURES, GROUPS, features_of, plain
from onrecord.entities.spans import FoundMentions, joined
from onrecord.entities.stages import EntityFinder
from onrecord.inputs.documents import document_from_text
from onrecord.pipeline import Reader
from onrecord.records import Reading
from training.own_names import load_own_names

TEXTS = Path(__file__).parent / "name_choice"
_LABELS = {"person": "PER", "organization": "ORG", "place": "LOC"}
# How much one span of each source counts.
SHARES = {
    "gum": 1.5,
    "wnut17/dev": 1.0,
    "wnut17/train": 0.3,
    "twitter": 0.2,
    "own": 1.0,
    "own/lower": 1.0,
    "own/upper": 1.0,
}
KEPT = ("gum", "own")
# Of the squares of the weights against the losses.
STRENGTH = 0.005
OF_SOURCES = 1.0
# Text, and its names as first code point, after the last, label.
Marked = tuple[str, set[tuple[int, int, str]]]


@dataclass(frozen=True)
class Cases:
    """Spans of one source.

    Attributes:
        x_NC: Their features.
        y_N: Whether they are names.
        share: How much one of them counts.
        counts: Whether what ships has the intercepts of this source.
    """

    x_NC: NDArray[np.float64]
    y_N: NDArray[np.float64]
    share: float
    counts: bool


def sources(corpora: Path) -> Iterator[tuple[str, list[Marked]]]:
    """All texts with their names, by source."""
    for name, corpus in (
        ("wnut17/train", load_wnut17(corpora, "train")),
        ("wnut17/dev", load_wnut17(corpora, "dev")),
        ("twitter", load_broad_twitter(corpora, "dev")),
        ("gum", NAMED["gum"](corpora, "dev")),
    ):
        scheme = scheme_of(corpus)
        yield name, [(own.text, _names(own, scheme)) for own in corpus.texts]
    own = [(text.text, {_name(m) for m in text.mentions}) for text in load_own_names(TEXTS)]
    yield "own", own
    # Texts without any capitals, or of nothing else.
    for number, (case, change) in enumerate(sorted(CASES.items())):
        # Some letters have no other case of the same length.
        yield (
            f"own/{case}",
            [
                (change(text), names)
                for text, names in own[number::4]
                if len(change(text)) == len(text)
            ],
        )


def _names(text: MarkedText, scheme: Scheme) -> set[tuple[int, int, str]]:
    """The names that a corpus marks; not offices ("the Secretary"), which GUM takes for names."""
    return {
        (start, end, label)
        for start, end, label in gold_names(text, scheme)
        if label != "PER" or text.text[start:end].split()[-1].lower() not in OFFICES
    }


def _name(mention: MarkedMention) -> tuple[int, int, str]:
    return mention.start, mention.end, mention.type


def cases_of(reader: Reader, texts: Sequence[Marked], source: str) -> Cases:
    """The spans of some texts that may be names."""
    rows, answers = [], []
    finder = next(stage for stage in reader.stages if isinstance(stage, EntityFinder))
    for text, names in texts:
        if not text.strip():
            continue
        readings = [Reading(document=document_from_text(text), run=reader.run)]
        for stage in reader.stages[: reader.stages.index(finder)]:
            readings = stage(readings)
        mentions = [f for f in getattr(readings[0], "found", ()) if isinstance(f, FoundMentions)]
        if not mentions:
            continue
        found, own_text = joined(mentions), readings[0].document.text
        candidates = candidates_of(found, np.flatnonzero(found.names_MK.any(axis=1)).tolist())
        for number, group, features in features_of(
            own_text, candidates, known=finder.known, town=finder.town
        ):
            own = candidates[number]
            rows.append([features.get(plain(name, group) or "", 0.0) for name in FEATURES])
            answers.append(float((own.start, own.end, _LABELS[group]) in names))
    return Cases(
        np.array(rows), np.array(answers), SHARES[source], source.partition("/")[0] in KEPT
    )


def fit(given: Sequence[Cases], strength: float = STRENGTH) -> NDArray[np.float64]:
    """The weight of each feature."""
    x_NC = np.concatenate([own.x_NC for own in given])
    mean_C, scale_C = x_NC.mean(axis=0), x_NC.std(axis=0)
    scale_C[scale_C == 0] = 1.0
    source_N = np.concatenate([np.full(len(own.y_N), n) for n, own in enumerate(given)])
    ones = [FEATURES.index(f"one:{group}") for group in GROUPS]
    cell_N = source_N * len(GROUPS) + x_NC[:, ones].argmax(axis=1)
    x = torch.from_numpy((x_NC - mean_C) / scale_C)
    y = torch.from_numpy(np.concatenate([own.y_N for own in given]))
    share = torch.from_numpy(np.concatenate([np.full(len(own.y_N), own.share) for own in given]))
    cell = torch.from_numpy(cell_N)
    weight_C = torch.zeros(x.shape[1], dtype=torch.double, requires_grad=True)
    own_S = torch.zeros(len(given) * len(GROUPS), dtype=torch.double, requires_grad=True)
    base = torch.zeros((), dtype=torch.double, requires_grad=True)
    solver = torch.optim.LBFGS([weight_C, own_S, base], max_iter=500, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        solver.zero_grad()
        scores = x @ weight_C + own_S[cell] + base
        losses = torch.nn.functional.binary_cross_entropy_with_logits(
            scores, y, share, reduction="sum"
        )
        value = strength * (losses + OF_SOURCES * own_S.square().sum())
        value = value + weight_C.square().sum() / 2
        value.backward()
        return value

    solver.step(loss)
    plain_C: NDArray[np.float64] = weight_C.detach().numpy() / scale_C
    kept = [n for n, own in enumerate(given) if own.counts] or list(range(len(given)))
    own_SG = own_S.detach().numpy().reshape(len(given), len(GROUPS))
    plain_C[ones] += float(base.detach()) - (plain_C * mean_C).sum() + own_SG[kept].mean(axis=0)
    return plain_C


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--weights", type=Path)
    args = parser.parse_args()
    reader = Reader(Config(weights=args.weights))
    given = []
    for name, texts in sources(Path(os.environ["ONRECORD_CORPORA"])):
        if texts:
            given.append(cases_of(reader, texts, name))
            print(
                f"{name}: {len(given[-1].y_N)} spans, {given[-1].y_N.sum():.0f} names", flush=True
            )
    weights = fit(given)
    head = "# feature, weight; training/fit_names.py"
    lines = [f"{n}\t{w:.4f}" for n, w in zip(FEATURES, weights, strict=True) if abs(w) >= 5e-5]
    args.out.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
