"""Train the model of pairs: does a text entail, contradict or leave open another?

    ONRECORD_CORPORA=… python -m training.train_entailment RECIPE WEIGHTS_FOLDER OUT

Writes OUT/checkpoint.pt now and then and goes on from it when started again; OUT/log.jsonl
has a line per report; OUT/weights.pt is the running mean at the end. WEIGHTS_FOLDER is that
of the encoder whose word vectors are shared. Next: `training/export_entailment.py`.

Only training parts are learned from, and no pair whose premise stands in any development
part. One in thirty pairs is kept back to fit the temperature.
"""

import argparse
import hashlib
import json
import os
import random
import time
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from evaluation.entailment import TWO_LABELS
from evaluation.entailment_corpora import DEV_ONLY, SETS, load_pairs
from onrecord.encode.sessions import load_tokenizer
from onrecord.encode.weights import load_weights
from onrecord.encode.word_tables import word_table_of
from onrecord.entailment.pairs import PairPieces, pair_pieces
from onrecord.segment.sentences import split_sentences
from training.entailment_model import PairModel, batch_tensors, started_model
from training.entailment_news import news_pairs, view_pairs
from training.entailment_templates import C, made_pairs
from training.train_statements import rate_at

KEPT_BACK_OF = 30
Row = tuple[str, str, int]
Sample = tuple[PairPieces, int]


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

    def __init__(self, corpora: Path, recipe: dict[str, Any], tokenizer: Tokenizer) -> None:
        self.corpora, self.rows = corpora, learned_rows(corpora)
        self.articles = news_sentences(corpora)
        self.recipe, self.tokenizer = recipe, tokenizer

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

    def cut(self, rows: Sequence[Row]) -> list[Sample]:
        """Rows as pieces."""
        return [(pair_pieces(one, two, self.tokenizer), label) for one, two, label in rows]

    def batches(self, number: int) -> Iterator[list[Sample]]:
        """Pairs of about one length together."""
        rows, size = self.epoch(number), self.recipe["batch"]
        for at in range(0, len(rows), 40 * size):
            block = sorted(self.cut(rows[at : at + 40 * size]), key=lambda s: len(s[0].ids_T))
            groups = [block[n : n + size] for n in range(0, len(block), size)]
            random.Random(self.recipe["seed"] + at).shuffle(groups)
            yield from groups


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


def main() -> None:
    """Train, or go on training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--set", action="append", default=[], help="NAME=VALUE, for trials")
    args = parser.parse_args()
    recipe = tomllib.loads(args.recipe.read_text())
    recipe |= {k: json.loads(v) for k, v in (one.split("=", 1) for one in args.set)}
    corpora = Path(os.environ["ONRECORD_CORPORA"])
    torch.set_num_threads(recipe["threads"])
    torch.manual_seed(recipe["seed"])
    args.out.mkdir(parents=True, exist_ok=True)
    weights = load_weights(args.weights)
    tokenizer = load_tokenizer(weights)
    words = word_table_of(weights)
    table = torch.from_numpy(words.of_pieces(np.arange(len(words.codes_VD))))
    samples, measured = Samples(corpora, recipe, tokenizer), Measured(corpora, 300, tokenizer)
    model = started_model(recipe)
    heads = [p for n, p in model.named_parameters() if n.startswith(("inner", "out", "kinds"))]
    rest = [p for n, p in model.named_parameters() if not n.startswith(("inner", "out", "kinds"))]
    optimiser = torch.optim.AdamW(
        [{"params": rest, "base": recipe["rate"]}, {"params": heads, "base": recipe["rate_heads"]}],
        weight_decay=recipe["weight_decay"],
    )
    mean = {k: v.clone() for k, v in model.state_dict().items()}
    averaged = PairModel(recipe)
    step = first_epoch = skipped = 0
    checkpoint = args.out / "checkpoint.pt"
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(kept["model"])
        optimiser.load_state_dict(kept["optimiser"])
        mean, step, first_epoch, skipped = (kept[k] for k in ("mean", "step", "epoch", "batch"))
    n_steps, begun, total, n_pieces = recipe["steps"], time.monotonic(), 0.0, 0

    def report(line: dict[str, Any]) -> None:
        with (args.out / "log.jsonl").open("a") as log:
            log.write(json.dumps(line) + "\n")

    model.train()
    epoch = first_epoch
    while step < n_steps:
        for number, batch in enumerate(samples.batches(epoch)):
            if number < skipped:
                continue
            share = rate_at(step, n_steps, recipe["warmup"])
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * share
            tensors = batch_tensors([pair for pair, _ in batch], table)
            label_B = torch.tensor([label for _, label in batch])
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=recipe["bfloat16"]):
                logits, _ = model(*tensors)
            loss = functional.cross_entropy(
                logits.float(), label_B, label_smoothing=recipe["smoothing"]
            )
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), recipe["clip"])
            optimiser.step()
            decay = min(recipe["average"], (step + 1) / (step + 10))
            with torch.no_grad():
                for key, value in model.state_dict().items():
                    mean[key].lerp_(value, 1 - decay)
            step, total, n_pieces = step + 1, total + loss.item(), n_pieces + int(tensors[2].sum())
            if step % 50 == 0:
                took = time.monotonic() - begun
                rate = {"pieces_per_s": round(n_pieces / took), "s": round(took)}
                report({"step": step, "of": n_steps, "loss": round(total / 50, 4), **rate})
                total = 0.0
            if step % recipe["measure_every"] == 0 or step == n_steps:
                averaged.load_state_dict(mean)
                found = measured.accuracy(averaged, table)
                report({"step": step, "epoch": epoch, "dev": found})
                kept = {"model": model.state_dict(), "optimiser": optimiser.state_dict()}
                kept |= {"mean": mean, "step": step, "epoch": epoch, "batch": number + 1}
                torch.save(kept | {"recipe": recipe}, checkpoint)
            if step >= n_steps:
                break
        epoch, skipped = epoch + 1, 0
    back = [row for own in samples.rows.values() for row in own if is_kept_back(row)]
    torch.save({"weights": mean, "recipe": recipe, "kept_back": back}, args.out / "weights.pt")


if __name__ == "__main__":
    main()
