"""Let the model of pairs go on learning from pairs of articles (`disputes/articles*.jsonl`).

    ONRECORD_CORPORA=… python -m training.tune_disputes RECIPE WEIGHTS_FOLDER START OUT --seconds N

START is weights.pt, of `training/train_disputes.py` or `training/restore_entailment.py`. Of the
pairs without a dispute those are taken that the model gets wrong or is in doubt about, and few
of the others; beside them stands what it has learned before, that it is not forgotten. Writes
OUT/weights.pt, the running mean at the end. Made for a CPU.
"""

import argparse
import os
import random
import time
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from onrecord.encode.sessions import load_tokenizer
from onrecord.encode.weights import load_weights
from onrecord.encode.word_tables import word_table_of
from training.dispute_samples import (
    NONE,
    Exchange,
    Row,
    Situation,
    cross_rows,
    load_situations,
)
from training.entailment_model import PairModel, padded_pairs
from training.entailment_samples import is_kept_back
from training.running import Running
from training.train_disputes import (
    DISPUTES,
    DisputeSamples,
    Sample,
    loss_of,
    optimiser_for,
    pieces_of,
    probabilities_of,
)
from training.train_statements import rate_at

_BLOCK = 20


class ArticleSamples:
    """Pairs of sentences of articles, and what was learned before, an epoch at a time."""

    def __init__(self, samples: DisputeSamples, recipe: dict[str, Any], folder: Path) -> None:
        """Prepare.

        Args:
            samples: All that was learned from before.
            recipe: `disputes_articles.toml`.
            folder: Of situations.
        """
        self.samples, self.recipe = samples, recipe
        paths = [p for p in sorted(folder.glob("*.jsonl")) if p.stem not in samples.recipe["dev"]]
        situations = load_situations(paths)
        self.situations = [one for one in situations if not one.articles]
        self.articles = [one for one in situations if one.articles]
        self.exchange = Exchange(self.situations, samples.names)
        self.chances: dict[str, list[float]] = {}

    def rows(self) -> list[Row]:
        """All pairs of sentences of articles."""
        return [row for one in self.articles for row in one.rows()]

    def learn_chances(self, odds_N: Sequence[float]) -> None:
        """Take over how likely the model holds a dispute, in the order of `rows`."""
        given = iter(odds_N)
        for one in self.articles:
            self.chances[one.id] = [next(given) for _ in one.rows()]

    def epoch(self, number: int) -> list[Row | tuple[str, str, int]]:
        """Pairs of sentences, and pairs of texts with their labels, in chance order."""
        recipe = self.recipe
        rng = random.Random(100 * recipe["seed"] + number)
        shares, given = recipe["shares"], self.samples
        rows = [row for one in self.articles for row in self._rows_of(one, rng)]
        n_rows = len(rows)
        for one in _drawn(self.situations, int(shares["situations"] * n_rows), rng):
            own = self._varied(one, rng).rows()
            rows += [row for row in own if row.label != NONE or rng.random() < 0.5]
        none = [row for row in given.articles if row.label == NONE]
        rows += _drawn(none, int(shares["articles"] * n_rows), rng)
        rows += cross_rows(self.situations, int(shares["cross"] * n_rows), rng)
        rows += given.news.draw(int(shares["news"] * n_rows), rng)
        texts = _drawn(given.entailment.epoch(number), int(shares["entailment"] * n_rows), rng)
        every = [*(given.varied(row, rng) for row in rows), *texts]
        rng.shuffle(every)
        return every

    def _varied(self, one: Situation, rng: random.Random) -> Situation:
        is_other = rng.random() < self.recipe["exchanged"]
        return self.exchange.of(one, rng, share=0.9) if is_other else one

    def _rows_of(self, one: Situation, rng: random.Random) -> Iterator[Row]:
        chances, recipe = self.chances[one.id], self.recipe
        for row, chance in zip(self._varied(one, rng).rows(), chances, strict=True):
            if row.label != NONE:
                yield from [row] * recipe["times"]
            elif chance > recipe["least_chance"] or rng.random() < recipe["share_easy"]:
                yield row

    def batches(self) -> Iterator[list[Sample]]:
        """Without end, pairs of about one length together."""
        size, number = self.recipe["batch"], 0
        while True:
            every, rng = self.epoch(number), random.Random(number)
            for at in range(0, len(every), _BLOCK * size):
                block = [self.samples.sample(one) for one in every[at : at + _BLOCK * size]]
                block.sort(key=lambda sample: len(sample[0].ids_T))
                groups = [block[n : n + size] for n in range(0, len(block), size)]
                rng.shuffle(groups)
                yield from groups
            number += 1


def _drawn(every: Sequence[Any], n: int, rng: random.Random) -> list[Any]:
    """So many at most, none twice."""
    return rng.sample(every, min(n, len(every)))


def freeze(model: PairModel, n_layers: int) -> None:
    """Keep the lowest layers, and all that goes into them, as they are."""
    still = ("positions", "kinds", "norm", *(f"layers.{n}." for n in range(n_layers)))
    for name, parameter in model.named_parameters():
        if name.startswith(still):
            parameter.requires_grad_(False)


def main() -> None:
    """Go on training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("start", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seconds", type=float, default=2700)
    args = parser.parse_args()
    started = torch.load(args.start, map_location="cpu", weights_only=False)
    own = tomllib.loads(args.recipe.read_text())
    recipe = started["recipe"] | own
    corpora = Path(os.environ["ONRECORD_CORPORA"])
    torch.set_num_threads(recipe["threads"])
    torch.manual_seed(recipe["seed"])
    args.out.mkdir(parents=True, exist_ok=True)
    weights = load_weights(args.weights)
    tokenizer, words = load_tokenizer(weights), word_table_of(weights)
    table = torch.from_numpy(words.of_pieces(np.arange(len(words.codes_VD))))
    model = PairModel(recipe)
    model.load_state_dict(started["weights"])
    freeze(model.train(), recipe["n_frozen"])
    before = DisputeSamples(corpora, started["recipe"], tokenizer, DISPUTES)
    samples = ArticleSamples(before, recipe, DISPUTES)
    pairs = [pieces_of(row, tokenizer) for row in samples.rows()]
    samples.learn_chances((1 - probabilities_of(model, pairs, table)[:, NONE]).tolist())
    training = Running(model, optimiser_for(model, recipe), recipe, args.out)
    begun = time.monotonic()
    for batch in samples.batches():
        part = (time.monotonic() - begun) / args.seconds
        if part >= 1:
            break
        labels = torch.tensor([[label, ground] for _, label, ground in batch])
        given = (*padded_pairs([pair for pair, _, _ in batch]), labels)
        loss = loss_of(model, given, table, recipe)
        training.update(loss, rate_at(int(part * 10000), 10000, recipe["warmup"]))
        if training.step % 50 == 0:
            print(training.step, round(part, 3), round(float(loss.detach()), 4), flush=True)
    rows = before.entailment.rows.values()
    back = [row for own_rows in rows for row in own_rows if is_kept_back(row)]
    kept = {"weights": training.mean, "recipe": started["recipe"], "kept_back": back}
    torch.save(kept, args.out / "weights.pt")


if __name__ == "__main__":
    main()
