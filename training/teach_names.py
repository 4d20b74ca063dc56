"""Texts with names as the larger reader of names has them, to teach the encoder with.

    ONRECORD_CORPORA=… python -m training.teach_names TEACHER/weights.pt OUT/taught.jsonl

TEACHER is what `training/name_teacher.py` writes. The texts are training parts without names of
their own: sentences of the sets of claims, posts, Wikipedia, news. Each gets some labelings, drawn
by how probable the teacher holds them, so that what it doubts is learned as doubtful. Writes a line
a text: {"text": …, "labelings": [[[start, end, "PER"], …], …]}, and goes on where an earlier run
ended. `training/taught_names.py` reads them. Two cores do 600 pieces a second.

Shapes: W words, N name labels.
"""

import argparse
import csv
import json
import os
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from evaluation.clusters_corpora import load_ecb_plus
from evaluation.coreference_corpora import load_gap
from evaluation.entailment_corpora import load_pairs
from evaluation.entailment_vectors import load_clef
from onrecord.encode.pieces import Window, join_window
from onrecord.encode.sessions import load_tokenizer
from onrecord.encode.weights import packaged_weights
from onrecord.entities.names import N_NAME_LABELS, NAME_KINDS, name_label
from onrecord.records import Kind
from training.attributions import make_batch
from training.entity_samples import cut_text, random_groups
from training.name_teacher import NameTeacher
from training.own_names import plain_text
from training.record_batches import as_labelled, to_device

LABELINGS = 6
_TYPES = {
    Kind.PERSON: "PER",
    Kind.ORGANIZATION: "ORG",
    Kind.PLACE: "LOC",
    Kind.FACILITY: "LOC",
}
_MAX_PIECES, _BATCH_PIECES, _BLOCK = 160, 4000, 200
_LEAST_CHARS, _MOST_CHARS = 20, 2500
Labeling = list[tuple[int, int, str]]


def unlabelled_texts(corpora: Path) -> list[str]:
    """Texts to have read, in chance order; each once."""
    found = [
        text
        for name in ("lingnli_side", "lingnli_loop", "sanli", "conjnli")
        for pair in load_pairs(corpora, name, "train").pairs
        for text in (pair.premise, pair.hypothesis)
    ]
    clef = load_clef(corpora)
    found += [*clef.questions, *clef.texts, *_news_on_claims(corpora)]
    found += [item.text for item in load_gap(corpora, "train").items]
    found += [d.text for d in load_ecb_plus(corpora, "train").documents]
    for path in (corpora / "polnear/train.jsonl", corpora / "news/wikinews.jsonl"):
        found += [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    once = sorted({_cut(text) for text in found if len(text) >= _LEAST_CHARS})
    random.Random(9).shuffle(once)
    return once


def _news_on_claims(corpora: Path) -> Iterator[str]:
    """Articles and headlines of FNC-1."""
    csv.field_size_limit(sys.maxsize)
    for name, column in (("bodies", "articleBody"), ("stances", "Headline")):
        path = corpora / "claims" / "fnc1" / f"train_{name}.csv"
        with path.open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                yield row[column]


def _cut(text: str) -> str:
    """The text, or its first sentences."""
    if len(text) <= _MOST_CHARS:
        return text
    return text[:_MOST_CHARS].rpartition(". ")[0] + "."


def draw_labels(
    scores_WN: NDArray[np.floating], steps_NN: NDArray[np.floating], dice: np.random.Generator
) -> NDArray[np.int64]:
    """A sequence of labels, drawn by its probability under the chain (forward sums, then back)."""
    ways_NN = np.exp(steps_NN.astype(np.float64) - steps_NN.max())
    powers_WN = np.exp(scores_WN - scores_WN.max(1, keepdims=True))
    forward_WN = np.empty(powers_WN.shape)
    own = ways_NN[0] * powers_WN[0]
    for w in range(len(powers_WN)):
        if w:
            own = (forward_WN[w - 1] @ ways_NN) * powers_WN[w]
        forward_WN[w] = own / own.sum()
    labels = np.zeros(len(powers_WN), dtype=np.int64)
    # Behind the last word stands no name.
    chances = forward_WN[-1] * ways_NN[:, 0]
    for w in range(len(powers_WN) - 1, -1, -1):
        if w < len(powers_WN) - 1:
            chances = forward_WN[w] * ways_NN[:, labels[w + 1]]
        sums = np.cumsum(chances)
        last = np.searchsorted(sums, dice.random() * sums[-1], side="right")
        labels[w] = min(int(last), N_NAME_LABELS - 1)
    return labels


def labeling_of(window: Window, labels_W: Sequence[int]) -> Labeling:
    """Names of persons, organizations and places by their code points."""
    types = {name_label(k, begins=True): _TYPES[k] for k in NAME_KINDS if k in _TYPES}
    found: Labeling = []
    for first, label in enumerate(labels_W):
        if label not in types:
            continue
        last = first
        while last + 1 < len(labels_W) and labels_W[last + 1] == label + 1:
            last += 1
        found.append((int(window.starts_W[first]), int(window.ends_W[last]), types[label]))
    return found


@torch.no_grad()
def labelings_of(
    model: NameTeacher, texts: Sequence[str], tokenizer: Tokenizer, dice: np.random.Generator
) -> list[list[Labeling]]:
    """For each text its labelings."""
    steps_NN = model.head.name_steps().cpu().numpy()
    found: list[list[Labeling]] = [[[] for _ in range(LABELINGS)] for _ in texts]
    windows = [
        (number, join_window(group))
        for number, text in enumerate(texts)
        for group in random_groups(
            cut_text(plain_text("", text), tokenizer), random.Random(number), _MAX_PIECES
        )
    ]
    windows.sort(key=lambda one: len(one[1].ids_T))
    for batch in _batches(windows):
        device = model.norm.weight.device
        given = to_device(make_batch([as_labelled(window) for _, window in batch]), device)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            scores = model(given)
        for (number, window), own_WN in zip(batch, scores.float().cpu().numpy(), strict=True):
            own = own_WN[: len(window.starts_W)]
            for labeling in found[number]:
                labeling.extend(labeling_of(window, draw_labels(own, steps_NN, dice).tolist()))
    return [[sorted(labeling) for labeling in own] for own in found]


def _batches(windows: Sequence[tuple[int, Window]]) -> Iterator[list[tuple[int, Window]]]:
    batch: list[tuple[int, Window]] = []
    for one in windows:
        if batch and len(one[1].ids_T) * (len(batch) + 1) > _BATCH_PIECES:
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch


def main() -> None:
    """Have the texts read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    model = NameTeacher()
    model.load_state_dict(torch.load(args.teacher, map_location="cpu"))
    model.to(args.device).eval()
    tokenizer = load_tokenizer(packaged_weights())
    texts = unlabelled_texts(Path(os.environ["ONRECORD_CORPORA"]))
    done = len(args.out.read_text("utf-8").splitlines()) if args.out.exists() else 0
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with args.out.open("a", encoding="utf-8") as out:
        for at in range(done, len(texts), _BLOCK):
            own = texts[at : at + _BLOCK]
            found = labelings_of(model, own, tokenizer, np.random.default_rng(at))
            for text, labelings in zip(own, found, strict=True):
                row = {"text": text, "labelings": labelings}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
            out.flush()
            print(f"{at + len(own)} of {len(texts)}", flush=True)


if __name__ == "__main__":
    main()
