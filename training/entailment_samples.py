"""Pairs of texts: one entails, contradicts or leaves open the other; to train on and to look at.

Only training parts are learned from, and no pair whose premise stands in any development
part. One in thirty pairs is kept back to fit the temperature. `training/train_disputes.py`
learns from them.
"""

import hashlib
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from evaluation.entailment import TWO_LABELS
from evaluation.entailment_corpora import DEV_ONLY, SETS, load_pairs
from onrecord.entailment.pairs import PairPieces, pair_pieces
from onrecord.segment.sentences import split_sentences
from training.entailment_model import PairModel, batch_tensors
from training.entailment_news import news_pairs, view_pairs
from training.entailment_templates import C, made_pairs

KEPT_BACK_OF = 30
Row = tuple[str, str, int]


def is_kept_back(row: Row) -> bool:
    """Whether a pair is for the temperature."""
    digest = hashlib.sha1(f"{row[0]}\n{row[1]}".encode(), usedforsecurity=False).hexdigest()
    return int(digest[:8], 16) % KEPT_BACK_OF == 0


def learned_rows(corpora: Path) -> dict[str, list[Row]]:
    """Pairs of the training part of each set."""
    dev = {
        pair.premise.strip().lower()
        for name in SETS
        for pair in load_pairs(corpora, name, "dev").pairs
    }
    return {
        name: [
            (pair.premise, pair.hypothesis, pair.label)
            for pair in load_pairs(corpora, name, "train").pairs
            if pair.premise.strip().lower() not in dev
        ]
        for name in SETS
        if name not in DEV_ONLY
    }


def news_sentences(corpora: Path) -> list[list[str]]:
    """Sentences of articles of Wikinews."""
    articles = []
    for line in (corpora / "news/wikinews.jsonl").read_text().splitlines():
        text = json.loads(line)["text"]
        own = [" ".join(text[s.start : s.end].split()) for s in split_sentences(text)]
        own = [sentence for sentence in own if 6 <= len(sentence.split()) <= 40]
        if len(own) > 3:
            articles.append(own)
    return articles


def balanced(rows: Sequence[Row], most: float, rng: random.Random) -> list[Row]:
    """Rows in which no label is so many times as frequent as the rarer of entails, contradicts."""
    by_label: dict[int, list[Row]] = {}
    for row in rows:
        by_label.setdefault(row[2], []).append(row)
    least = min(len(by_label[label]) for label in (0, C))
    return [
        row
        for own in by_label.values()
        for row in rng.sample(own, min(len(own), int(most * least)))
    ]


class Samples:
    """All that is drawn from, an epoch at a time."""

    def __init__(self, corpora: Path, recipe: dict[str, Any]) -> None:
        self.corpora, self.rows = corpora, learned_rows(corpora)
        self.articles = news_sentences(corpora)
        self.recipe = recipe

    def epoch(self, number: int) -> list[Row]:
        """Rows of one epoch, in chance order."""
        rng = random.Random(self.recipe["seed"] + number)
        rows: list[Row] = []
        for name, all_rows in self.rows.items():
            own = balanced(all_rows, self.recipe["most_of_a_label"], rng)
            rows.extend(rng.sample(own, min(len(own), self.recipe["pairs"][name])))
        rows.extend(made_pairs(self.recipe["pairs"]["templates"], rng))
        rows.extend(news_pairs(self.articles, self.recipe["pairs"]["news"], rng))
        rows.extend(view_pairs(self.corpora, self.recipe["pairs"]["views"], rng))
        rows = [self._swapped(row, rng) for row in rows if not is_kept_back(row)]
        rng.shuffle(rows)
        return rows

    def _swapped(self, row: Row, rng: random.Random) -> Row:
        """What contradicts is contradicted."""
        one, two, label = row
        return (two, one, label) if label == C and rng.random() < self.recipe["swapped"] else row


@torch.no_grad()
def logits_of(model: PairModel, pairs: Sequence[PairPieces], table: Tensor) -> NDArray[np.float32]:
    """Scores (N, 3) in the order of the pairs."""
    model.eval()
    order = sorted(range(len(pairs)), key=lambda n: len(pairs[n].ids_T))
    out = np.zeros((len(pairs), 3), dtype=np.float32)
    for at in range(0, len(order), 48):
        own = order[at : at + 48]
        with torch.autocast(table.device.type, dtype=torch.bfloat16):
            logits, _ = model(*batch_tensors([pairs[n] for n in own], table))
        out[own] = logits.float().cpu().numpy()
    model.train()
    return out


class Measured:
    """A part of the development parts, to see how training goes."""

    def __init__(self, corpora: Path, n_pairs: int, tokenizer: Tokenizer) -> None:
        self.sets: dict[str, tuple[list[PairPieces], NDArray[np.int64]]] = {}
        for name in SETS:
            own = load_pairs(corpora, name, "dev").pairs
            own = random.Random(1).sample(list(own), min(n_pairs, len(own)))
            pieces = [pair_pieces(p.premise, p.hypothesis, tokenizer) for p in own]
            self.sets[name] = pieces, np.array([p.label for p in own])

    def accuracy(self, model: PairModel, table: Tensor) -> dict[str, float]:
        """In percent; sets of two labels by these alone."""
        found = {}
        for name, (pieces, label_N) in self.sets.items():
            logits = logits_of(model, pieces, table)
            own_N = logits.argmax(1)
            if name in TWO_LABELS:
                own_N = 2 * logits[:, [0, 2]].argmax(1)
            counted = label_N != 1 if name in TWO_LABELS else label_N >= 0
            found[name] = round(100 * float((own_N == label_N)[counted].mean()), 1)
        return found
