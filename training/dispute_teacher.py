r"""Train a large reader of pairs of sentences, and have the model of pairs learn what it says.

    T="python -m training.dispute_teacher"
    $T teach RECIPE WEIGHTS_FOLDER OUT/teacher.pt --mpnet FOLDER --seconds 215 --device cuda
    $T learn RECIPE WEIGHTS_FOLDER OUT/weights.pt --teacher OUT/teacher.pt --start START.pt \
        --seconds 320 --device cuda

RECIPE is `recipes/disputes_taught.toml`; ONRECORD_CORPORA says where corpora are. The teacher is
all-mpnet-base-v2 (`training/mpnet.py`) with the heads and the signs of words of the model of pairs;
it does not ship. It learns from all situations, of which those of whole articles have few pairs in
dispute, so that these are taken again and with other names. START is weights.pt of
`training/restore_entailment.py` or of an earlier training; it goes on learning, 0.7 from what the
teacher holds likely of each ground and 0.3 from the labels (Hinton et al. 2015), and
OUT/weights.pt is its running mean. Both print how they do on what is kept for development.

Shapes: B pairs, T pieces, G grounds and none.
"""

import argparse
import json
import os
import random
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import DataLoader

from onrecord.encode.sessions import load_tokenizer
from onrecord.encode.weights import load_weights
from onrecord.encode.word_tables import word_table_of
from onrecord.entailment.pairs import N_GAPS, N_KINDS
from training.dispute_samples import NONE, Exchange, Row, Situation
from training.entailment_model import PairHeads, PairModel, padded_pairs
from training.mpnet import SHAPE, Mpnet
from training.running import Running
from training.train_disputes import (
    DISPUTES,
    UNLABELLED,
    Batches,
    DisputeSamples,
    MeasuredDisputes,
    dispute_scores,
    optimiser_for,
)

# Of the grounds, those of the teacher and those that are marked.
TAUGHT, MARKED = 0.7, 0.3
_LEAST_RATE = 0.01


class TaughtSamples(DisputeSamples):
    """All situations; of whole articles the pairs in dispute again, and with other names."""

    def rows_of(self, one: Situation, exchange: Exchange, rng: random.Random) -> list[Row]:
        rows = super().rows_of(one, exchange, rng)
        if not one.articles or all(row.label == NONE for row in rows):
            return rows
        again = rows + exchange.of(one, rng, share=0.9).rows()
        return rows + [row for row in again if row.label != NONE]


class PairTeacher(Mpnet):
    """Scores of the three labels, and of the grounds of a dispute, of each pair."""

    def __init__(self, recipe: dict[str, Any]) -> None:
        super().__init__(recipe["dropout"])
        self.kinds = nn.Embedding(N_KINDS + N_GAPS, SHAPE.width)
        nn.init.zeros_(self.kinds.weight)
        self.heads = PairHeads(SHAPE.width, recipe["width_head"], recipe["head_dropout"])

    def forward(
        self, ids_BT: Tensor, kind_BT: Tensor, mask_BT: Tensor, hypothesis_BT: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Scores of labels (B, 3) and of grounds (B, G)."""
        x = self.read(ids_BT, mask_BT, self.kinds(kind_BT))
        return self.heads.scores(x.float(), mask_BT, hypothesis_BT)


def streams_of(samples: DisputeSamples, workers: int) -> list[Iterator[tuple[Tensor, ...]]]:
    """Padded batches without end: of pairs of texts alone, and of all."""
    given: dict[str, Any] = {"batch_size": None, "num_workers": workers}
    if workers:
        given["prefetch_factor"] = 16
    return [iter(DataLoader(Batches(samples, only_texts=only), **given)) for only in (True, False)]


def rate_at(part: float, recipe: dict[str, Any]) -> float:
    """Share of the full rate: it rises, stays, and falls."""
    fallen = (1 - part) / (1 - recipe["falls_from"])
    return min(part / recipe["warmup"], 1.0) * max(_LEAST_RATE, min(1.0, fallen))


def taught_loss(logits_BG: Tensor, said_BG: Tensor, labels_B: Tensor, smoothing: float) -> Tensor:
    """What the pairs cost that are labelled for this head, summed: by the teacher and by labels."""
    soft_B = -(said_BG * logits_BG.log_softmax(-1)).sum(-1)
    hard_B = functional.cross_entropy(
        logits_BG, labels_B.clamp(min=0), label_smoothing=smoothing, reduction="none"
    )
    return ((TAUGHT * soft_B + MARKED * hard_B) * (labels_B != UNLABELLED)).sum()


@torch.no_grad()
def scores_of(model: nn.Module, measured: MeasuredDisputes, table: Tensor | None) -> dict[str, Any]:
    """How it does on situations of which nothing is learned."""
    device = next(model.parameters()).device
    found = []
    for at in range(0, len(measured.pairs), 48):
        ids, *rest = (x.to(device) for x in padded_pairs(measured.pairs[at : at + 48]))
        given = ids if table is None else functional.embedding(ids, table)
        with torch.autocast(device.type, dtype=torch.bfloat16):
            _, grounds = model(given, *rest)
        found.append(grounds.float().softmax(-1).cpu().numpy())
    return dispute_scores(np.concatenate(found), measured.label_N)


def teach(args: argparse.Namespace, recipe: dict[str, Any], samples: DisputeSamples) -> nn.Module:
    """The teacher, from its pretrained layers."""
    model = PairTeacher(recipe)
    model.load(args.mpnet)
    model.to(args.device).train().hold(recipe["still"])
    training = Running(model, optimiser_for(model, recipe), recipe, args.out.parent)
    streams = streams_of(samples, args.workers)
    begun = time.monotonic()
    while (part := (time.monotonic() - begun) / args.seconds) < 1:
        batch = next(streams[part >= recipe["only_texts"]])
        *given, labels_B2 = (x.to(args.device, non_blocking=True) for x in batch)
        with torch.autocast(args.device, dtype=torch.bfloat16):
            scores = model(*given)
        losses = [
            functional.cross_entropy(
                logits.float(), labels_B, label_smoothing=recipe["smoothing"], reduction="sum",
                ignore_index=UNLABELLED,
            )
            for logits, labels_B in zip(scores, labels_B2.T, strict=True)
        ]  # fmt: skip
        training.update(torch.stack(losses).sum() / len(labels_B2), rate_at(part, recipe))
    model.load_state_dict(training.mean)
    torch.save({k: v.half().cpu() for k, v in model.state_dict().items()}, args.out)
    return model


def learn(
    args: argparse.Namespace, recipe: dict[str, Any], samples: DisputeSamples, table: Tensor
) -> nn.Module:
    """The model of pairs, taught."""
    started = torch.load(args.start, map_location="cpu", weights_only=False)
    teacher = PairTeacher(recipe)
    teacher.load_state_dict({k: v.float() for k, v in torch.load(args.teacher).items()})
    teacher.to(args.device).eval()
    model = PairModel(started["recipe"] | {"dropout": 0.1, "head_dropout": 0.1})
    model.load_state_dict(started["weights"])
    model.to(args.device).train()
    training = Running(model, optimiser_for(model, recipe), recipe, args.out.parent)
    streams = streams_of(samples, args.workers)
    rng, begun = random.Random(recipe["seed"]), time.monotonic()
    while (part := (time.monotonic() - begun) / args.seconds) < 1:
        batch = next(streams[rng.random() >= recipe["texts_beside"]])
        ids, *rest, labels_B2 = (x.to(args.device, non_blocking=True) for x in batch)
        with torch.autocast(args.device, dtype=torch.bfloat16):
            with torch.no_grad():
                said = teacher(ids, *rest)
            scores = model(functional.embedding(ids, table), *rest)
        losses = [
            taught_loss(own.float(), theirs.float().softmax(-1), labels_B, recipe["smoothing"])
            for own, theirs, labels_B in zip(scores, said, labels_B2.T, strict=True)
        ]
        training.update(torch.stack(losses).sum() / len(ids), rate_at(part, recipe))
    model.load_state_dict(training.mean)
    mean = {name: value.cpu() for name, value in model.state_dict().items()}
    torch.save(started | {"weights": mean}, args.out)
    return model


def main() -> None:
    """Train the one or the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=("teach", "learn"))
    parser.add_argument("recipe", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--mpnet", type=Path, help="folder of all-mpnet-base-v2, to teach")
    parser.add_argument("--teacher", type=Path, help="the teacher, to learn from")
    parser.add_argument("--start", type=Path, help="weights that go on learning")
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--workers", type=int, default=0, help="processes that make batches")
    parser.add_argument("--set", action="append", default=[], help="NAME=VALUE, for trials")
    args = parser.parse_args()
    missing = {"teach": ("mpnet",), "learn": ("teacher", "start")}[args.task]
    if any(getattr(args, name) is None for name in missing):
        parser.error(f"{args.task} needs " + " and ".join(f"--{name}" for name in missing))
    recipe = tomllib.loads(args.recipe.read_text(encoding="utf-8"))
    recipe |= {k: json.loads(v) for k, v in (one.split("=", 1) for one in args.set)}
    if args.task == "teach":
        recipe |= {name: recipe[f"{name}_teacher"] for name in ("batch", "rate", "average")}
    torch.manual_seed(recipe["seed"])
    args.out.parent.mkdir(parents=True, exist_ok=True)
    weights = load_weights(args.weights)
    tokenizer, words = load_tokenizer(weights), word_table_of(weights)
    samples = TaughtSamples(Path(os.environ["ONRECORD_CORPORA"]), recipe, tokenizer, DISPUTES)
    measured = MeasuredDisputes(recipe, tokenizer, DISPUTES)
    if args.task == "teach":
        print(scores_of(teach(args, recipe, samples).eval(), measured, None))
        return
    table = torch.from_numpy(words.of_pieces(np.arange(len(words.codes_VD)))).to(args.device)
    print(scores_of(learn(args, recipe, samples, table).eval(), measured, table))


if __name__ == "__main__":
    main()
