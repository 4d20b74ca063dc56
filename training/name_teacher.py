"""Train a large reader of names, all-mpnet-base-v2 with a chain of labels on top, as a teacher.

    ONRECORD_CORPORA=… python -m training.name_teacher OUT --mpnet FOLDER --seconds 2700
    ONRECORD_CORPORA=… python -m training.name_teacher OUT --start OUT/weights.pt --seconds 0

With a GPU: `--device cuda --seconds 100 --set batch_pieces=5000 --set exchanged=0.45 --set
masked=0.08 --set still=2 --set rate=8e-5 --set average=0.995`.

It does not ship, being four times as large as the package. It learns from the names that the
encoder learned from, in the same windows; docs/models/entities.md tells how well it reads them, and
what came of teaching smaller models with it. FOLDER is all-mpnet-base-v2 (12 layers, width 768,
uncased, Apache-2.0; Song et al. 2020), whose vocabulary is BERT's, four numbers farther. The lower
layers and the vocabulary stay as they are. Writes OUT/weights.pt, the running mean, every ten
minutes and at the end, and prints F1 on UNER's development part.

Shapes: B windows, W words, N name labels.
"""

import argparse
import json
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

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
from training.entity_heads import WordHead
from training.entity_samples import Sample, cut_text
from training.mpnet import SHAPE, Mpnet
from training.name_exchange import NamePool, corpus_names, table_names
from training.own_names import load_own_names
from training.record_batches import (
    MarkedBatch,
    as_labelled,
    marked_batch,
    shuffled_by_length,
    to_device,
)
from training.train_record import EXCHANGE_KINDS, source_of

# Least probability of a name.
LEAST = 0.5
_PLACE, _FACILITY = NAME_KINDS.index(Kind.PLACE), NAME_KINDS.index(Kind.FACILITY)
RECIPE: dict[str, Any] = {
    "seed": 71,
    "still": 4,  # lower layers that stay as they are
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


class NameTeacher(Mpnet):
    """Score of each name label for each word of a window."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__(dropout)
        self.features = nn.ModuleList(
            nn.Embedding(len(of), SHAPE.width) for of in (CASES, QUOTES, PLACES)
        )
        for table in self.features:
            nn.init.zeros_(table.weight)
        self.head = WordHead(SHAPE.width, 0.2)

    def forward(self, words: Batch) -> Tensor:
        """(B, W, N)."""
        marks = (words.case_BT, words.quote_BT, words.place_BT)
        added = sum(table(marked) for table, marked in zip(self.features, marks, strict=True))
        x = self.read(words.ids_BT, words.mask_BT, added)
        found = x.gather(1, words.first_BW[:, :, None].expand(-1, -1, x.shape[-1]))
        return self.head(found)["names"]


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
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--set", action="append", default=[], help="NAME=VALUE of the settings")
    parser.add_argument("--start", type=Path, help="weights of an earlier run to go on from")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)
    recipe = RECIPE | {k: json.loads(v) for k, v in (one.split("=", 1) for one in args.set)}
    torch.manual_seed(recipe["seed"])
    model = NameTeacher()
    if args.start:
        model.load_state_dict(torch.load(args.start))
    else:
        model.load(args.mpnet)
    moving = model.to(args.device).hold(recipe["still"])
    heads = [p for n, p in moving.items() if n.startswith(("head.", "features."))]
    body = [p for n, p in moving.items() if not n.startswith(("head.", "features."))]
    optimiser = torch.optim.AdamW(
        [
            {"params": body, "base": recipe["rate"], "weight_decay": 0.01},
            {"params": heads, "base": recipe["rate_heads"], "weight_decay": 0.0},
        ]
    )
    mean = {n: p.detach().clone() for n, p in moving.items()}
    tokenizer = load_tokenizer(packaged_weights())
    begun = kept = time.monotonic()
    total, pieces = 0.0, 0

    def save() -> None:
        kept = {name: value.cpu() for name, value in (model.state_dict() | mean).items()}
        torch.save(kept, args.out / "weights.pt")

    model.train()
    batches = name_batches(Path(os.environ["ONRECORD_CORPORA"]), tokenizer, recipe)
    for step, padded in enumerate(batches, start=1):
        if step == 1:
            begun = time.monotonic()
        part = (time.monotonic() - begun) / args.seconds if args.seconds else 1.0
        if part >= 1:
            break
        share = min(part / recipe["warmup"], (1 - part) / (1 - recipe["warmup"]))
        for group in optimiser.param_groups:
            group["lr"] = group["base"] * max(share, 0.01)
        batch = to_device(padded, args.device)
        with torch.autocast(args.device, dtype=torch.bfloat16, enabled=args.device != "cpu"):
            scores = model(batch.words)
        mask = batch.words.word_mask_BW
        losses = model.head.name_nll(scores.float(), batch.allowed_BWN, mask)
        loss = losses.sum() / mask.sum() * 10
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(list(moving.values()), 1.0)
        optimiser.step()
        decay = min(recipe["average"], step / (step + 9))
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
    print(report(model.cpu().eval(), Path(os.environ["ONRECORD_CORPORA"])))


if __name__ == "__main__":
    main()
