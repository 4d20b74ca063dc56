"""Contents as the first pass leaves them, and what a second pass of the encoder makes of them.

    ONRECORD_CORPORA=… python -m training.content_samples WEIGHTS_FOLDER OUT

The targets of `training/train_contents.py`: no corpus marks what is said inside of what is
said, but the encoder reads it when it sees a content by itself. Texts: the training parts of
PolNeAR and FNC-1, and all that events were annotated in. WEIGHTS_FOLDER should have no graph
of contents. Writes `OUT/NUMBER.npz`; those that are there stay. In passages of our own
(`training/chains`) all is marked: `OUT/own.npz` and `OUT/dev.npz` have the labels themselves as
scores that are nearly sure.

Shapes: W words of the contents of one window, D width, C cues, N words near a cue, L labels.
"""

import argparse
import csv
import itertools
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluation.event_articles import load_annotated
from onrecord.config import Config
from onrecord.encode.contents import content_features
from onrecord.encode.labels import CUE_ROLES, PARTY_ROLES, label, n_labels
from onrecord.encode.pieces import Window
from onrecord.encode.sessions import Encoded
from onrecord.pipeline import Reader
from onrecord.records import make_document
from onrecord.statements.candidates import (
    Candidate,
    CandidateFinder,
    _Cue,
    _near,
    _Segment,
    inner_window,
)
from onrecord.statements.stages import StatementFinder
from training.own_statements import CHAINS, KEPT_BACK

TEXTS_PER_FILE = 100
# The score of a label that is marked, beside none for the others.
_SURE = 9.0
# Code points by which a text is known again.
_BEGINNING = 150
Arrays = dict[str, NDArray[Any]]


@dataclass
class ContentSample:
    """The contents of one window, as given and as they should be read.

    Attributes:
        features: As the graph of contents takes them, but for the words.
        words_WD: What the first pass made of the words.
        cues_WL: Cue scores of the second pass.
        near: For each of its cues the words that may be its parties, [first, after).
        cues: For each the words of the cue.
        roles: For each the scores (N, L) of the words near it.
        sentence_W: Number of the sentence of each word.
    """

    features: Arrays
    words_WD: NDArray[np.float32]
    cues_WL: NDArray[np.float32]
    sentence_W: NDArray[np.int64]
    near: list[tuple[int, int]] = field(default_factory=list)
    cues: list[tuple[int, int]] = field(default_factory=list)
    roles: list[NDArray[np.float32]] = field(default_factory=list)


class CollectingFinder(CandidateFinder):
    """Keeps what the encoder makes of contents."""

    samples: list[ContentSample]

    def _again(self, pack: Sequence[_Segment], outer_WD: NDArray[np.float32]) -> Encoded:
        found = super()._again(pack, outer_WD)
        window = pack[0].window
        lengths = [after - first for first, after in (segment.words for segment in pack)]
        self._by_window[id(window)] = len(self.samples)
        self._kept.append(window)
        self.samples.append(
            ContentSample(
                features=content_features(window, lengths),
                words_WD=outer_WD[window.outer_W],
                cues_WL=found.cues_WL,
                sentence_W=window.sentence_W,
            )
        )
        return found

    def _role_scores(
        self, window: Window, words_WD: NDArray[np.float32], cues: Sequence[_Cue]
    ) -> list[NDArray[np.float32]]:
        scores = super()._role_scores(window, words_WD, cues)
        number = self._by_window.get(id(window))
        if number is not None:
            sample = self.samples[number]
            sample.near.extend(cue.near for cue in cues)
            sample.cues.extend(cue.run for cue in cues)
            sample.roles.extend(scores)
        return scores

    def start(self) -> None:
        """Forget what was kept."""
        self.samples, self._kept = [], []
        self._by_window: dict[int, int] = {}


def texts_of(corpora: Path) -> Iterator[str]:
    """Texts of the training parts, but for those in which events are kept back."""
    kept_back = {article.text[:_BEGINNING] for article in load_annotated(corpora, "dev")}
    for text in _all_texts(corpora):
        if text.strip()[:_BEGINNING] not in kept_back:
            yield text


def _all_texts(corpora: Path) -> Iterator[str]:
    for line in (corpora / "polnear" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["text"]
    for article in load_annotated(corpora, "learned"):
        yield article.text
    csv.field_size_limit(sys.maxsize)
    with (corpora / "claims" / "fnc1" / "train_bodies.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield row["articleBody"]


def marked_samples(stage: StatementFinder, path: Path) -> Iterator[ContentSample]:
    """The contents of marked passages, each by itself, with the statements right inside.

    Contents that lie in two windows are left out.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for window in stage.windows(make_document(text=row["text"])):
            words_WD = stage.finder.encoder.encode(window).words_WD
            for number, statement in enumerate(row["statements"]):
                runs = [_run(window, *span) for span in statement["content"]]
                if not all(runs):
                    continue
                content = tuple(run for run in runs if run)
                outer = Candidate(window, content[0], (), content, 1.0, None)
                inner = inner_window(outer)
                if inner is not None and inner.outer_W is not None:
                    inside = [one for one in row["statements"] if one["parent"] == number]
                    yield _marked(inner, words_WD[inner.outer_W], inside)


def _run(window: Window, start: int, end: int) -> tuple[int, int] | None:
    """The words of a window that a span holds; None if it is not all in the window."""
    first = int(window.ends_W.searchsorted(start, side="right"))
    after = int(window.starts_W.searchsorted(end, side="left"))
    is_inside = window.starts_W[0] <= start and end <= window.ends_W[-1]
    return (first, after) if first < after and is_inside else None


def _marked(
    window: Window, words_WD: NDArray[np.float32], inside: Sequence[dict[str, Any]]
) -> ContentSample:
    n_words = len(words_WD)
    sample = ContentSample(
        features=content_features(window, [n_words]),
        words_WD=words_WD,
        cues_WL=np.zeros((n_words, n_labels(CUE_ROLES)), dtype=np.float32),
        sentence_W=window.sentence_W,
    )
    labels_W = np.zeros(n_words, dtype=np.int64)
    segment = _Segment(0, window, (0, n_words), (0, n_words), None)
    for statement in inside:
        cue = [_run(window, *span) for span in statement["cue"]]
        if not cue or cue[0] is None:
            continue
        for run in cue:
            if run is not None:
                _label(labels_W, run, 0)
        near = _near(segment, *cue[0])
        roles_W = np.zeros(n_words, dtype=np.int64)
        for role, name in enumerate(PARTY_ROLES):
            for span in statement[name]:
                run = _run(window, *span)
                if run is not None:
                    _label(roles_W, run, role)
        sample.near.append(near)
        sample.cues.append(cue[0])
        scores = _SURE * np.eye(n_labels(PARTY_ROLES), dtype=np.float32)[roles_W]
        sample.roles.append(scores[near[0] : near[1]])
    sample.cues_WL[np.arange(n_words), labels_W] = _SURE
    return sample


def _label(labels_W: NDArray[np.int64], run: tuple[int, int], role: int) -> None:
    first, last = run[0], run[1] - 1
    labels_W[first : last + 1] = label(role, "I")
    labels_W[first], labels_W[last] = label(role, "B"), label(role, "E")
    if first == last:
        labels_W[first] = label(role, "U")


def packed(samples: Sequence[ContentSample]) -> Arrays:
    """Samples as a few long arrays, with 16 bits where that is enough."""
    cues = [c for s in samples for c in zip(s.near, s.cues, s.roles, strict=True)]
    own = [
        (number, *near, *cue)
        for number, s in enumerate(samples)
        for near, cue in zip(s.near, s.cues, strict=True)
    ]
    features = {
        name: np.concatenate([s.features[name] for s in samples]).astype(np.int16)
        for name in samples[0].features
    }
    return features | {
        "n_words": np.array([len(s.words_WD) for s in samples]),
        "words": np.concatenate([s.words_WD for s in samples]).astype(np.float16),
        "cues": np.concatenate([s.cues_WL for s in samples]).astype(np.float16),
        "sentence": np.concatenate([s.sentence_W for s in samples]).astype(np.int16),
        "own": np.array(own, dtype=np.int32).reshape(-1, 5),
        "roles": np.concatenate([np.zeros((0, 9)), *(r for _, _, r in cues)]).astype(np.float16),
    }


def finders_of(folder: Path) -> tuple[Reader, StatementFinder, CollectingFinder]:
    """A reader whose first stage reads all contents with a word that reports, and keeps them."""
    reader = Reader(Config(weights=folder, n_threads=1))
    first = reader.stages[0]
    if not isinstance(first, StatementFinder):
        raise TypeError("the first stage must be the one with the encoder")
    finder = CollectingFinder(
        first.finder.encoder,
        cue_steps=first.finder.cue_steps,
        role_steps=first.finder.role_steps,
        thresholds=first.finder.thresholds,
        max_pieces=first.finder.max_pieces,
    )
    first.finder, first.inner, first.also = finder, None, ()
    return reader, first, finder


def main() -> None:
    """Read all texts and write the samples."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    reader, stage, finder = finders_of(args.weights)
    paths = sorted(CHAINS.glob("*.jsonl"))
    for name, own in (("dev", True), ("own", False)):
        chosen = [path for path in paths if (path.stem in KEPT_BACK) == own]
        found = [sample for path in chosen for sample in marked_samples(stage, path)]
        if found:
            np.savez(args.out / f"{name}.npz", **packed(found))
            print(name, len(found), sum(len(s.cues) for s in found), flush=True)
    texts = texts_of(Path(os.environ["ONRECORD_CORPORA"]))
    for number in itertools.count():
        some = list(itertools.islice(texts, TEXTS_PER_FILE))
        path = args.out / f"{number:03}.npz"
        if not some:
            break
        if path.exists():
            continue
        finder.start()
        for text in some:
            stage([reader_input(reader, text)])
        np.savez(path, **packed(finder.samples))
        print(path.name, len(finder.samples), sum(len(s.cues) for s in finder.samples), flush=True)


def reader_input(reader: Reader, text: str) -> Any:
    """A text as the first stage takes it."""
    from onrecord.records import Reading

    return Reading(document=make_document(text=text), run=reader.run)


if __name__ == "__main__":
    main()
