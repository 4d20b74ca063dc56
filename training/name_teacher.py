"""Train a large reader of names, all-mpnet-base-v2 with a chain of labels on top, as a teacher.

    ONRECORD_CORPORA=… python -m training.name_teacher OUT --mpnet FOLDER --seconds 2700
    ONRECORD_CORPORA=… python -m training.name_teacher OUT --start OUT/weights.pt --seconds 0

It does not ship, being four times as large as the package. It learns from the names that the
encoder learned from, in the same windows; docs/models/entities.md tells how well it reads them, and
what came of teaching smaller models with it. FOLDER is all-mpnet-base-v2 (12 layers, width 768,
uncased, Apache-2.0; Song et al. 2020), whose vocabulary is BERT's, four numbers farther. The lower
layers and the vocabulary stay as they are. Writes OUT/weights.pt, the running mean, every ten
minutes and at the end, and prints F1 on UNER's development part.

Shapes: B windows, T pieces, W words, D width, N name labels.
"""

import argparse
import json
import math
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from evaluation.coreference_corpora import load_gum
from evaluation.entities import count_names, gold_names, predicted_names, scheme_of
from evaluation.entity_corpora import load_broad_twitter, load_re3d, load_uner, load_wikigold
from evaluation.scores import add_tallies, scores_of
from onrecord.encode.pieces import CASES, PLACES, QUOTES
from onrecord.encode.sessions import load_tokenizer
from onrecord.encode.weights import packaged_weights
from onrecord.entities.name_spans import name_spans
from onrecord.entities.names import NAME_KINDS
from onrecord.inputs.documents import document_from_text
from onrecord.pipeline import Reader
from onrecord.records import Kind
from onrecord.statements.stages import StatementFinder
from training.attributions import Batch, make_batch
from training.encoders import EncoderShape, Layer, SharedDropout
from training.entity_heads import WordHead
from training.entity_samples import Sample, cut_text
from training.name_exchange import NamePool, corpus_names, table_names
from training.own_names import load_own_names
from training.record_batches import MarkedBatch, as_labelled, marked_batch, shuffled_by_length
from training.train_record import EXCHANGE_KINDS, source_of

SHAPE = EncoderShape(
    n_layers=12, width=768, n_heads=12, width_inner=3072, n_pieces=30527, n_positions=514
)
# What stands before BERT's vocabulary in that of MPNet.
_SHIFT = 4
_BUCKETS, _FAR = 32, 128
# Lower layers that stay as they are.
STILL = 4
# Least probability of a name.
LEAST = 0.5
_PLACE, _FACILITY = NAME_KINDS.index(Kind.PLACE), NAME_KINDS.index(Kind.FACILITY)
RECIPE = {
    "seed": 71,
    "max_pieces": 160,
    "batch_pieces": 1800,
    "sample_windows": 5,
    "exchanged": 0.35,
    "masked": 0.05,
    "one_case": 0.12,
    "rate": 6e-5,
    "rate_heads": 1e-3,
    "warmup": 0.06,
    "average": 0.99,
}
SHARES = {"uner": 2.0, "own": 1.0, "twitter": 0.4, "wikigold": 0.7, "re3d": 0.6, "gum": 1.0}


class BiasedLayer(Layer):
    """A layer whose attention knows how far pieces stand apart."""

    def forward(self, x_BTD: Tensor, bias_BHTT: Tensor) -> Tensor:  # type: ignore[override]
        b, t, d = x_BTD.shape
        q, k, v = (
            self.qkv(x_BTD).view(b, t, 3, self.n_heads, d // self.n_heads).permute(2, 0, 3, 1, 4)
        )
        scores = torch.matmul(q / q.shape[-1] ** 0.5, k.transpose(-1, -2)) + bias_BHTT
        attended = torch.matmul(torch.softmax(scores, -1), v)
        attended = self.out(attended.transpose(1, 2).reshape(b, t, d))
        x_BTD = self.norm_1(x_BTD + self.dropout(attended))
        inner = functional.gelu(self.inner(x_BTD))
        return self.norm_2(x_BTD + self.dropout(self.outer(inner)))


def buckets_of(n: int) -> Tensor:
    """Class of the distance of each piece to each, (T, T): near ones exact, far ones by logs."""
    at = torch.arange(n)
    away = at[None, :] - at[:, None]
    half = _BUCKETS // 2
    found = (away > 0).long() * half
    away = away.abs()
    exact = half // 2
    far = exact + (
        torch.log(away.clamp(min=1).float() / exact) / math.log(_FAR / exact) * (half - exact)
    ).long().clamp(max=half - exact - 1)
    return found + torch.where(away < exact, away, far)


class NameTeacher(nn.Module):
    """Score of each name label for each word of a window."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        width = SHAPE.width
        self.words = nn.Embedding(SHAPE.n_pieces, width)
        self.positions = nn.Embedding(SHAPE.n_positions, width)
        self.features = nn.ModuleList(
            nn.Embedding(len(of), width) for of in (CASES, QUOTES, PLACES)
        )
        for table in self.features:
            nn.init.zeros_(table.weight)
        self.bias = nn.Embedding(_BUCKETS, SHAPE.n_heads)
        self.norm = nn.LayerNorm(width, eps=1e-5)
        self.dropout = SharedDropout(dropout)
        self.layers = nn.ModuleList(BiasedLayer(SHAPE, dropout) for _ in range(SHAPE.n_layers))
        for layer in self.layers:
            layer.norm_1.eps = layer.norm_2.eps = 1e-5
        self.head = WordHead(width, 0.2)

    def vectors(self, words: Batch) -> Tensor:
        """Of all pieces, (B, T, D)."""
        n = words.ids_BT.shape[1]
        ids = words.ids_BT + _SHIFT
        ids = torch.where(words.ids_BT == 101, 0, torch.where(words.ids_BT == 102, 2, ids))
        ids = torch.where(words.ids_BT == 103, 30526, ids)
        x = self.words(ids) + self.positions(torch.arange(n) + 2)
        marks = (words.case_BT, words.quote_BT, words.place_BT)
        for table, marked in zip(self.features, marks, strict=True):
            x = x + table(marked)
        x = self.dropout(self.norm(x))
        bias = self.bias(buckets_of(n)).permute(2, 0, 1)[None]
        bias = bias.masked_fill(~words.mask_BT[:, None, None, :], -1e4)
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(self, words: Batch) -> Tensor:
        """(B, W, N)."""
        x = self.vectors(words)
        found = x.gather(1, words.first_BW[:, :, None].expand(-1, -1, x.shape[-1]))
        return self.head(found)["names"]


def load_mpnet(model: NameTeacher, folder: Path) -> None:
    """Take the pretrained layers."""
    given = load_file(str(folder / "model.safetensors"))
    own = model.state_dict()
    own["words.weight"] = given["embeddings.word_embeddings.weight"]
    own["positions.weight"] = given["embeddings.position_embeddings.weight"]
    own["bias.weight"] = given["encoder.relative_attention_bias.weight"]
    for part in ("weight", "bias"):
        own[f"norm.{part}"] = given[f"embeddings.LayerNorm.{part}"]
        for n in range(SHAPE.n_layers):
            theirs, ours = f"encoder.layer.{n}", f"layers.{n}"
            own[f"{ours}.qkv.{part}"] = torch.cat(
                [given[f"{theirs}.attention.attn.{x}.{part}"] for x in "qkv"]
            )
            own[f"{ours}.out.{part}"] = given[f"{theirs}.attention.attn.o.{part}"]
            own[f"{ours}.norm_1.{part}"] = given[f"{theirs}.attention.LayerNorm.{part}"]
            own[f"{ours}.inner.{part}"] = given[f"{theirs}.intermediate.dense.{part}"]
            own[f"{ours}.outer.{part}"] = given[f"{theirs}.output.dense.{part}"]
            own[f"{ours}.norm_2.{part}"] = given[f"{theirs}.output.LayerNorm.{part}"]
    model.load_state_dict(own)


def name_batches(
    folder: Path, tokenizer: Tokenizer, recipe: dict[str, Any]
) -> Iterator[MarkedBatch]:
    """Batches of windows with names, without end."""
    pool = NamePool(tokenizer)
    own = load_own_names()
    parts = [
        ("uner", "uner", load_uner(folder, "train").texts),
        ("uner", "twitter", load_broad_twitter(folder, "train").texts),
        ("wikigold", "wikigold", load_wikigold(folder).texts),
        ("re3d", "re3d", load_re3d(folder).texts),
        ("gum", "gum", load_gum(folder, "train").texts),
        ("uner", "own", own),
    ]
    for scheme, _, texts in parts:
        if scheme in {"uner", "wikigold"}:
            for kind, names in corpus_names(texts, EXCHANGE_KINDS).items():
                pool.add(kind, names * 2)
    for kind, names in table_names().items():
        pool.add(kind, names)
    sources = [
        source_of([cut_text(t, tokenizer) for t in texts], scheme, SHARES[name], recipe, pool, {})
        for scheme, name, texts in parts
    ]
    rng = random.Random(recipe["seed"])
    while True:
        every = [
            Sample(windows=[window], allowed=[allowed])
            for source in sources
            for sample in source(rng)
            for window, allowed in zip(sample.windows, sample.allowed or [], strict=True)
        ]
        for batch in shuffled_by_length(every, rng, recipe["batch_pieces"]):
            yield marked_batch(batch)


@torch.no_grad()
def report(model: NameTeacher, folder: Path) -> str:
    """F1 of names on UNER's development part; of spans that share words the likeliest counts."""
    corpus, reader = load_uner(folder), Reader()
    finder = next(stage for stage in reader.stages if isinstance(stage, StatementFinder))
    scheme, steps = scheme_of(corpus), model.head.name_steps().numpy()
    tallies = []
    for text in corpus.texts:
        found: list[tuple[float, int, int, Kind]] = []
        for window in finder.windows(document_from_text(text.text)):
            first, after = window.own
            scores = model(make_batch([as_labelled(window)]))[0].numpy()[first:after]
            for (begin, end), share_K in name_spans([scores], steps)[0].items():
                ends = int(window.starts_W[first + begin]), int(window.ends_W[first + end - 1])
                # The corpora do not tell facilities from places.
                share_K[_PLACE] += share_K[_FACILITY]
                share_K[_FACILITY] = 0
                kind = NAME_KINDS[int(share_K.argmax())]
                found.append((float(share_K.max()), *ends, kind))
        kept: list[tuple[int, int, Kind]] = []
        for probability, start, end, kind in sorted(found, reverse=True):
            if probability >= LEAST and all(end <= s or e <= start for s, e, _ in kept):
                kept.append((start, end, kind))
        tallies.append(count_names(gold_names(text, scheme), predicted_names(kept, scheme)))
    exact = scores_of(add_tallies(tallies))["names/exact"]
    return f"UNER dev, {len(tallies)} texts: F1 {100 * (exact.value or 0):.1f}"


def main() -> None:
    """Train it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--mpnet", type=Path, help="folder of all-mpnet-base-v2; without --start")
    parser.add_argument("--seconds", type=float, default=2700)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--start", type=Path, help="weights of an earlier run to go on from")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)
    torch.manual_seed(RECIPE["seed"])
    model = NameTeacher()
    if args.start:
        model.load_state_dict(torch.load(args.start))
    else:
        load_mpnet(model, args.mpnet)
    model.words.requires_grad_(False)
    model.positions.requires_grad_(False)
    model.bias.requires_grad_(False)
    for layer in model.layers[:STILL]:
        layer.requires_grad_(False)
    moving = {n: p for n, p in model.named_parameters() if p.requires_grad}
    heads = [p for n, p in moving.items() if n.startswith(("head.", "features."))]
    body = [p for n, p in moving.items() if not n.startswith(("head.", "features."))]
    optimiser = torch.optim.AdamW(
        [
            {"params": body, "base": RECIPE["rate"], "weight_decay": 0.01},
            {"params": heads, "base": RECIPE["rate_heads"], "weight_decay": 0.0},
        ]
    )
    mean = {n: p.detach().clone() for n, p in moving.items()}
    tokenizer = load_tokenizer(packaged_weights())
    begun = kept = time.monotonic()
    total, pieces = 0.0, 0

    def save() -> None:
        torch.save(model.state_dict() | mean, args.out / "weights.pt")

    model.train()
    batches = name_batches(Path(os.environ["ONRECORD_CORPORA"]), tokenizer, RECIPE)
    for step, batch in enumerate(batches, start=1):
        if step == 1:
            begun = time.monotonic()
        part = (time.monotonic() - begun) / args.seconds if args.seconds else 1.0
        if part >= 1:
            break
        share = min(part / RECIPE["warmup"], (1 - part) / (1 - RECIPE["warmup"]))
        for group in optimiser.param_groups:
            group["lr"] = group["base"] * max(share, 0.01)
        losses = model.head.name_nll(
            model(batch.words), batch.allowed_BWN, batch.words.word_mask_BW
        )
        loss = losses.sum() / batch.words.word_mask_BW.sum() * 10
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(list(moving.values()), 1.0)
        optimiser.step()
        decay = min(RECIPE["average"], step / (step + 9))
        with torch.no_grad():
            torch._foreach_lerp_(list(mean.values()), list(moving.values()), 1 - decay)
        total += float(loss.detach())
        pieces += int(batch.words.mask_BT.sum())
        if step % 25 == 0:
            now = time.monotonic() - begun
            line = {"step": step, "s": round(now), "loss": round(total / 25, 4), "pieces": pieces}
            with (args.out / "log.jsonl").open("a") as log:
                log.write(json.dumps(line) + "\n")
            total = 0.0
        if time.monotonic() - kept > 600:
            save()
            kept = time.monotonic()
    if args.seconds:
        save()
    model.load_state_dict(mean, strict=False)
    print(report(model.eval(), Path(os.environ["ONRECORD_CORPORA"])))


if __name__ == "__main__":
    main()
