"""Train the shared encoder further, with the heads of statements, entities, trees and events.

    ONRECORD_CORPORA=… python -m training.train_record RECIPE OUT --start WEIGHTS [--inner FILE]

A step takes a batch of PolNeAR or one of texts with marked names, mentions, trees and events.
Events teach the encoder through heads that do not ship; what ships of them is fitted later
(`training/train_events.py`). Writes OUT/checkpoint.pt now and then and goes on from it when
started again, with other batches; OUT/log.jsonl has a line per report; OUT/weights.pt is the
running mean at the end. FILE has a line per article with the statements that the heads find
inside of contents (`training/inner_cues.py`). Next: `training/export_record.py`.
"""

import argparse
import json
import os
import random
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from evaluation.coreference_corpora import load_gap, load_gum, load_litbank
from evaluation.entity_corpora import load_broad_twitter, load_re3d, load_uner, load_wikigold
from evaluation.event_articles import AnnotatedText, load_annotated
from onrecord.encode.pieces import Window, join_window
from onrecord.encode.sessions import load_tokenizer
from onrecord.encode.weights import packaged_weights
from onrecord.records import Kind
from training.attributions import Batch, LabelledWindow, cut_article, make_batch
from training.augmentations import person_ids
from training.entity_heads import PairHead, WordHead, products_of
from training.entity_samples import CutText, Sample, cut_text, gap_sample, random_groups, samples
from training.event_heads import EventHead, event_losses
from training.name_exchange import NamePool, corpus_names, exchange, table_names
from training.own_names import load_own_names, plain_text
from training.own_statements import own_statement_records
from training.record_batches import (
    Chosen,
    MarkedBatch,
    event_samples,
    marked_batch,
    shuffled_by_length,
    to_device,
)
from training.running import Running
from training.syntax import load_happened, tree_losses
from training.taught_names import taught_source
from training.train_statements import (
    STRAIGHT,
    StatementModel,
    epoch_batches,
    losses,
    optimiser_for,
    rate_at,
)

EXCHANGE_KINDS = {"PER": Kind.PERSON, "ORG": Kind.ORGANIZATION, "LOC": Kind.PLACE}
TREE_PARTS = ("arcs", "relations", "tags", "happened")
EVENT_PARTS = ("events", "factuality", "sides")
ENTITY_PARTS = ("names", "spans", "types", "pairs")
PARTS = ("cue", "party", "role", "inner", *ENTITY_PARTS, *TREE_PARTS, *EVENT_PARTS)
_LEAST_LOGIT = -1e4
# BERT's piece for a hidden word.
_MASK = 103
# Sentences that tell no event are read by themselves so much more seldom.
SILENT = 0.4


class RecordModel(StatementModel):
    """Encoder with the heads of statements, of entities, and of events that do not ship."""

    def __init__(self, recipe: dict[str, Any]) -> None:
        super().__init__(recipe, pretrained=False)
        self.word_head = WordHead(self.encoder.shape.width, recipe["head_dropout"])
        self.pair_head = PairHead()
        self.event_head = EventHead(self.encoder.shape.width, recipe["head_dropout"])


def entity_losses(model: RecordModel, batch: MarkedBatch) -> dict[str, Tensor]:
    """Losses per window of all that the batch is marked with."""
    words = model.words(batch.words)
    parts = model.word_head(words)
    n = len(batch.words.ids_BT)
    found: dict[str, Tensor] = {}
    if len(batch.named):
        mask = batch.words.word_mask_BW[batch.named]
        found["names"] = model.word_head.name_nll(
            parts["names"][batch.named], batch.allowed_BWN, mask
        ).sum()
    if len(batch.spanned):
        found["spans"] = span_loss(model, parts, batch)
    if len(batch.treed):
        found |= tree_losses(parts, model.word_head, batch)
    for chosen in batch.chosen:
        for name, value in pair_losses(model, parts, chosen).items():
            found[name] = found.get(name, 0.0) + value
    if len(batch.told):
        found |= event_losses(model.event_head, words[batch.told], batch)
    return {key: value / n for key, value in found.items()}


def span_loss(model: RecordModel, parts: dict[str, Tensor], batch: MarkedBatch) -> Tensor:
    """Cross-entropy of each span within a sentence: is it a mention or not."""
    sentence = batch.sentence_BW[batch.spanned]
    own = {k: parts[k][batch.spanned] for k in ("opens", "closes")}
    scores = model.word_head.spans(
        own, model.word_head.width_classes[: sentence.shape[1], : sentence.shape[1]]
    )
    gold = torch.zeros_like(scores)
    gold[batch.spans] = 1.0
    allowed = (sentence[:, :, None] == sentence[:, None, :]) & (sentence >= 0)[:, None, :]
    each = functional.binary_cross_entropy_with_logits(scores, gold, reduction="none")
    return (each * allowed.triu()).sum()


def pair_losses(model: RecordModel, parts: dict[str, Tensor], chosen: Chosen) -> dict[str, Tensor]:
    """Losses of the types of mentions, and of the choice of what each goes back to."""

    def ends(opens: str, closes: str) -> Tensor:
        first = parts[opens][chosen.window_M, chosen.first_M]
        return first + parts[closes][chosen.window_M, chosen.last_M]

    found = {}
    if chosen.counts_types:
        types = ends("type_opens", "type_closes")
        found["types"] = functional.cross_entropy(types, chosen.type_M, reduction="sum")
    if not len(chosen.own_P):
        return found
    products = products_of(
        ends("own_opens", "own_closes"),
        ends("other_opens", "other_closes"),
        chosen.own_P,
        chosen.other_P,
    )
    scores = model.pair_head(chosen.features_PF, products)
    # One row for each mention: 0 for nothing before, then its candidates.
    every = torch.full(chosen.good_RC.shape, _LEAST_LOGIT, device=scores.device)
    every[:, 0] = 0.0
    every = every.index_put((chosen.row_P, chosen.column_P), scores)
    right = torch.logsumexp(every.masked_fill(~chosen.good_RC, _LEAST_LOGIT), 1)
    return found | {"pairs": (torch.logsumexp(every, 1) - right).sum()}


def inner_loss(model: RecordModel, words: Tensor, batch: Batch) -> Tensor:
    """Whether each word is in a cue inside of a content, per window."""
    gold = np.full(batch.word_mask_BW.shape, -1.0, dtype=np.float32)
    for at, window in enumerate(batch.windows):
        if window.inner_W is not None:
            gold[at, : len(window.inner_W)] = window.inner_W
    gold_BW = torch.from_numpy(gold).to(words.device)
    scores = model.word_head(words)["inner"][:, :, 0]
    each = functional.binary_cross_entropy_with_logits(scores, gold_BW, reduction="none")
    return (each * (gold_BW >= 0)).sum() / len(batch.windows)


class Batches(IterableDataset):
    """Batches without end, each worker from dice of its own.

    Yields:
        A padded batch of PolNeAR's windows, or of texts with marks.
    """

    def __init__(
        self,
        articles: tuple[list[Any], list[Any]],
        persons: Mapping[int, int],
        sources: list[Callable[[random.Random], list[Sample]]],
        recipe: dict[str, Any],
    ) -> None:
        super().__init__()
        self.articles, self.persons = articles, dict(persons)
        self.sources, self.recipe = sources, recipe

    def __iter__(self) -> Iterator[Batch | MarkedBatch]:
        info = get_worker_info()
        worker, of = (0, 1) if info is None else (info.id, info.num_workers)
        torch.set_num_threads(1)
        recipe = self.recipe
        rng = random.Random(recipe["seed"] * 7919 + worker)
        statements, marked = self._statements(worker, of), self._marked(worker, of)
        while True:
            if rng.random() < 1 / (1 + recipe["entity_batches"]):
                yield make_batch(next(statements))
            else:
                yield marked_batch(next(marked))

    def _statements(self, worker: int, of: int) -> Iterator[list[LabelledWindow]]:
        number = worker
        while True:
            yield from epoch_batches(*self.articles, self.persons, self.recipe, number)
            number += of

    def _marked(self, worker: int, of: int) -> Iterator[list[Sample]]:
        number = worker
        while True:
            rng = random.Random(self.recipe["seed"] * 1000 + number)
            every = [one for source in self.sources for one in source(rng)]
            yield from shuffled_by_length(every, rng, self.recipe["batch_pieces"])
            number += of


def one_case(sample: Sample, rng: random.Random, share: float) -> Sample:
    """The sample, now and then as if all letters had one case."""
    if rng.random() >= share:
        return sample
    case = rng.choice((1, 3))
    windows = []
    for window in sample.windows:
        own = {name: getattr(window, name) for name in Window.__slots__}
        own["case_T"] = np.where(np.isin(window.case_T, (1, 2, 3)), case, window.case_T)
        windows.append(Window(**own))
    fields = {name: getattr(sample, name) for name in Sample.__slots__} | {"windows": windows}
    return Sample(**fields)


def masked(sample: Sample, rng: random.Random, share: float) -> Sample:
    """The sample with a share of its word pieces hidden, so that the words around them count."""
    windows = []
    for window in sample.windows:
        own = {name: getattr(window, name) for name in Window.__slots__}
        hidden_T = np.array([rng.random() < share for _ in window.ids_T], dtype=bool)
        own["ids_T"] = np.where(hidden_T, _MASK, window.ids_T)
        windows.append(Window(**own))
    return replace(sample, windows=windows)


def entity_sources(
    folder: Path, tokenizer: Tokenizer, recipe: dict[str, Any]
) -> list[Callable[[random.Random], list[Sample]]]:
    """For each corpus a function that cuts it at random into samples."""
    happened = load_happened(folder)
    pool = NamePool(tokenizer)
    corpora = {
        "uner": [load_uner(folder, "train"), load_broad_twitter(folder, "train")],
        "wikigold": [load_wikigold(folder)],
        "re3d": [load_re3d(folder)],
        "gum": [load_gum(folder, "train")],
        "litbank": [load_litbank(folder, "train")],
    }
    own_names = load_own_names()
    for corpus in ("uner", "wikigold"):
        for part in corpora[corpus]:
            for kind, names in corpus_names(part.texts, EXCHANGE_KINDS).items():
                pool.add(kind, names * 2)
    for kind, names in corpus_names(own_names, EXCHANGE_KINDS).items():
        pool.add(kind, names * 2)
    for kind, names in table_names().items():
        pool.add(kind, names)
    share = recipe["shares"].get("own_names", 0.0)
    cut = [cut_text(text, tokenizer) for text in own_names]
    sources = [source_of(cut, "uner", share, recipe, pool, happened)]
    sources.append(event_source(load_annotated(folder, "learned"), tokenizer, recipe))
    for corpus, parts in corpora.items():
        for part in parts:
            cut = [cut_text(text, tokenizer) for text in part.texts]
            share = recipe["shares"].get(part.name.partition("/")[0], 1.0)
            sources.append(source_of(cut, corpus, share, recipe, pool, happened))
    if recipe.get("taught"):
        sources.append(_taught(Path(recipe["taught"]), tokenizer, recipe))
    gap = [
        sample
        for item in load_gap(folder, "train").items
        if (
            sample := gap_sample(
                item.text,
                item.pronoun,
                [(*item.a, item.is_a), (*item.b, item.is_b)],
                tokenizer,
                recipe["max_pieces"],
            )
        )
    ]
    print(len(gap), "of GAP")
    sources.append(lambda rng: [s for s in gap if rng.random() < recipe["shares"]["gap"]])
    return sources


def _taught(
    path: Path, tokenizer: Tokenizer, recipe: dict[str, Any]
) -> Callable[[random.Random], list[Sample]]:
    source = taught_source(path, tokenizer, recipe["shares"]["taught"], recipe["max_pieces"])

    def changed(sample: Sample, rng: random.Random) -> Sample:
        return one_case(masked(sample, rng, recipe["masked"]), rng, recipe["one_case"])

    return lambda rng: [changed(sample, rng) for sample in source(rng)]


def event_source(
    articles: list[AnnotatedText], tokenizer: Tokenizer, recipe: dict[str, Any]
) -> Callable[[random.Random], list[Sample]]:
    """Samples of the articles that are annotated with events, some sentence by sentence."""
    share = recipe["shares"].get("events", 0.0)
    cut = [(cut_text(plain_text(one.name, one.text), tokenizer), one) for one in articles]

    def source(rng: random.Random) -> list[Sample]:
        found: list[Sample] = []
        for text, article in cut:
            for _ in range(int(share) + (rng.random() < share % 1)):
                short = rng.random() < recipe.get("events_alone", 0.0)
                size = 1 if short else recipe["max_pieces"]
                windows = [join_window(group) for group in random_groups(text, rng, size)]
                own = event_samples(article, windows)
                if short:
                    own = [s for s in own if s.events[0].words or rng.random() < SILENT]
                found += [one_case(s, rng, recipe["one_case"]) for s in own]
        return found

    return source


def source_of(
    cut: list[CutText],
    corpus: str,
    share: float,
    recipe: dict[str, Any],
    pool: NamePool,
    happened: dict[str, tuple[float, float]],
) -> Callable[[random.Random], list[Sample]]:
    """Samples of one corpus: its texts `share` times over."""

    def changed(sample: Sample, rng: random.Random) -> Sample:
        """The sample with some names exchanged, but where the words of mentions count."""
        if sample.allowed is not None and sample.table is None:
            windows = [
                exchange(w, own, pool, rng, recipe.get("exchanged", 0.0))
                for w, own in zip(sample.windows, sample.allowed, strict=True)
            ]
            sample = replace(sample, windows=windows)
            sample = masked(sample, rng, recipe.get("masked", 0.0))
        return one_case(sample, rng, recipe["one_case"])

    def source(rng: random.Random) -> list[Sample]:
        several = recipe["sample_windows"] if corpus in {"gum", "litbank"} else 1
        return [
            changed(sample, rng)
            for text in cut
            for _ in range(int(share) + (rng.random() < share % 1))
            for sample in samples(
                text,
                corpus,
                rng,
                max_pieces=recipe["max_pieces"],
                max_windows=several,
                happened=happened,
            )
        ]

    return source


def load_grown(model: RecordModel, weights: dict[str, Tensor]) -> None:
    """Take earlier weights, also of a word head that had fewer parts, the first of ours."""
    own = model.state_dict()
    for name in ("word_head.all.weight", "word_head.all.bias"):
        if name in weights and len(weights[name]) < len(own[name]):
            weights[name] = torch.cat([weights[name], own[name][len(weights[name]) :]])
    model.load_state_dict(weights, strict=False)


def batches_of(folder: Path, recipe: dict[str, Any], inner: Path | None) -> Batches:
    """All that is learned from."""
    tokenizer = load_tokenizer(packaged_weights())
    lines = (folder / recipe["corpus"]).read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    if inner:
        rows = map(json.loads, inner.read_text(encoding="utf-8").splitlines())
        found = {row["id"]: {"inner": row["inner"], "inside": row["rows"]} for row in rows}
        records = [r | found.get(r["id"], {}) for r in records]
    own = own_statement_records()
    print(len(own), "texts of our own with statements")
    records += own * recipe["shares"].get("own_statements", 0)
    articles = [cut_article(r, tokenizer) for r in records]
    straight = [
        cut_article(r | {"text": r["text"].translate(STRAIGHT)}, tokenizer) for r in records
    ]
    sources = entity_sources(folder, tokenizer, recipe)
    return Batches((articles, straight), person_ids(tokenizer), sources, recipe)


def loss_of(
    model: RecordModel, batch: Batch | MarkedBatch, recipe: dict[str, Any]
) -> tuple[Tensor, dict[str, Tensor]]:
    """What a batch costs, and the parts of it."""
    if isinstance(batch, MarkedBatch):
        parts = entity_losses(model, batch)
    else:
        parts = losses(model, batch, recipe)
        parts["inner"] = inner_loss(model, parts.pop("words"), batch)
    weights = {"cue": 1.0, "party": recipe["weight_parties"], "role": recipe["weight_roles"]}
    total = sum(
        (weights.get(name) or recipe.get(f"weight_{name}", 0.0)) * value
        for name, value in parts.items()
    )
    return total, parts


def main() -> None:
    """Train, or go on training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--start", type=Path, required=True, help="weights of an earlier training")
    parser.add_argument("--inner", type=Path, help="cues inside of contents, by article")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--workers", type=int, default=0, help="processes that make batches")
    parser.add_argument("--seconds", type=float, help="spread the rates over this time instead")
    parser.add_argument(
        "--set", action="append", default=[], help="NAME=VALUE or shares.NAME=VALUE"
    )
    args = parser.parse_args()
    recipe = tomllib.loads(args.recipe.read_text(encoding="utf-8"))
    for name, value in (one.split("=", 1) for one in args.set):
        place = recipe["shares"] if name.startswith("shares.") else recipe
        place[name.removeprefix("shares.")] = json.loads(value)
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(recipe["threads"])
    torch.manual_seed(recipe["seed"])
    batches = batches_of(Path(os.environ["ONRECORD_CORPORA"]), recipe, args.inner)
    model = RecordModel(recipe)
    load_grown(model, torch.load(args.start, map_location="cpu", weights_only=False)["weights"])
    model.to(args.device).train()
    optimiser = optimiser_for(model, recipe)
    for group, kind in zip(optimiser.param_groups, ("encoder", "encoder", "heads"), strict=True):
        group["base"] = recipe[f"rate_{kind}"]
    training = Running(model, optimiser, recipe, args.out)
    loader = DataLoader(
        batches,
        batch_size=None,
        num_workers=args.workers,
        prefetch_factor=8 if args.workers else None,
    )
    begun = started = time.monotonic()
    sums: dict[str, Tensor] = {}
    n_pieces = 0
    n_steps = recipe["steps"]
    for batch in loader:
        part = training.step / n_steps
        if args.seconds:
            part = (time.monotonic() - begun) / args.seconds
        if part >= 1:
            break
        share = rate_at(int(part * 10000), 10000, recipe["warmup"])
        loss, parts = loss_of(model, to_device(batch, args.device), recipe)
        training.update(loss / 10, share)
        words = batch.words if isinstance(batch, MarkedBatch) else batch
        n_pieces += int(words.mask_BT.sum())
        for key, value in parts.items():
            sums[key] = sums.get(key, 0.0) + value.detach()
        if training.step % 50 == 0:
            now = time.monotonic()
            line = {"step": training.step, "of": n_steps, "s": round(now - begun)}
            line |= {k: round(float(sums[k]) / 50, 3) for k in PARTS if k in sums}
            line["pieces_per_s"] = round(n_pieces / (now - started))
            with (args.out / "log.jsonl").open("a") as log:
                log.write(json.dumps(line) + "\n")
            started, n_pieces, sums = now, 0, {}
        if training.step % recipe.get("save_every", 500) == 0:
            training.save()
    mean = {k: v.cpu() for k, v in training.mean.items() if not k.startswith("event_head.")}
    torch.save({"weights": mean, "recipe": recipe}, args.out / "weights.pt")


if __name__ == "__main__":
    main()
