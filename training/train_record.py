"""Train the shared encoder further, with the heads of statements and of entities at once.

    ONRECORD_CORPORA=… python -m training.train_record RECIPE OUT --start WEIGHTS [--inner FILE]

Each step takes one batch of PolNeAR and some of texts with marked mentions. Writes
OUT/checkpoint.pt now and then and goes on from it when started again; OUT/log.jsonl has a
line per report; OUT/weights.pt is the running mean at the end. FILE has a line per article
with the cues that the statement heads find inside of contents (`training/inner_cues.py`).
Next: `training/export_record.py`.
"""

import argparse
import json
import os
import random
import time
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from evaluation.coreference_corpora import load_gap, load_gum, load_litbank
from evaluation.entity_corpora import load_broad_twitter, load_re3d, load_uner, load_wikigold
from onrecord.encode.pieces import Window
from onrecord.entities.pairs import pair_features
from onrecord.entities.spans import allowed_spans, width_classes
from onrecord.records import Kind
from training.attributions import Batch, LabelledWindow, cut_article, make_batch
from training.augmentations import person_ids
from training.entity_heads import PairHead, WordHead, products_of
from training.entity_samples import Sample, cut_text, gap_sample, samples
from training.name_exchange import NamePool, corpus_names, exchange, table_names
from training.packages import tokenizer_path
from training.syntax import load_happened, tree_losses
from training.train_statements import (
    STRAIGHT,
    StatementModel,
    epoch_batches,
    losses,
    optimiser_for,
    rate_at,
)

NEAR = 80
EXCHANGE_KINDS = {"PER": Kind.PERSON, "ORG": Kind.ORGANIZATION, "LOC": Kind.PLACE}
TREE_PARTS = ("arcs", "relations", "tags", "happened")
PARTS = ("cue", "party", "role", "inner", "names", "spans", "types", "pairs", *TREE_PARTS)


class RecordModel(StatementModel):
    """Encoder with the heads of statements and of entities."""

    def __init__(self, recipe: dict[str, Any]) -> None:
        super().__init__(recipe)
        self.word_head = WordHead(self.encoder.shape.width, recipe["head_dropout"])
        self.pair_head = PairHead()


def entity_losses(model: RecordModel, batch: list[Sample]) -> dict[str, Tensor]:
    """Losses per window: names, spans of mentions, their types, which are the same."""
    windows = [w for sample in batch for w in sample.windows]
    padded = make_batch([as_labelled(w) for w in windows])
    parts = model.word_head(model.words(padded))
    n = len(windows)
    zero = parts["names"].sum() * 0.0
    found = dict.fromkeys(("names", "spans", "types", "pairs", *TREE_PARTS), zero)
    at = 0
    found["names"] = found["names"] + name_loss(model, parts["names"], padded, batch)
    for sample in batch:
        for number, window in enumerate(sample.windows):
            trees = None if sample.trees is None else sample.trees[number]
            if trees is not None:
                own = tree_losses(parts, model.word_head.distances, at + number, window, trees)
                found |= {key: found[key] + value for key, value in own.items()}
            if sample.spans is not None:
                found["spans"] = found["spans"] + span_loss(
                    model, parts, at + number, window, sample.spans[number]
                )
        if sample.table is not None:
            types, pairs = pair_losses(model, parts, at, sample)
            found["types"] = found["types"] + types
            found["pairs"] = found["pairs"] + pairs
        at += len(sample.windows)
    return {key: value / n for key, value in found.items()}


def name_loss(model: RecordModel, scores_BWN: Tensor, padded: Batch, batch: list[Sample]) -> Tensor:
    """Negative log-likelihood of the allowed labels of all windows that have some."""
    marked = [
        (at, sample.allowed[number])
        for at, (sample, number) in enumerate((s, n) for s in batch for n in range(len(s.windows)))
        if sample.allowed is not None
    ]
    if not marked:
        return scores_BWN.sum() * 0.0
    allowed = torch.ones(len(marked), *scores_BWN.shape[1:], dtype=torch.bool)
    for row, (_, own) in enumerate(marked):
        allowed[row, : len(own)] = torch.from_numpy(own)
    rows = torch.tensor([at for at, _ in marked])
    return model.word_head.name_nll(scores_BWN[rows], allowed, padded.word_mask_BW[rows]).sum()


def as_labelled(window: Window) -> LabelledWindow:
    """A window for `make_batch`, without statements."""
    nothing = np.zeros(len(window.starts_W), dtype=np.int64)
    return LabelledWindow(window, [], nothing, nothing, [])


def span_loss(
    model: RecordModel,
    parts: dict[str, Tensor],
    at: int,
    window: Window,
    spans: list[tuple[int, int]],
) -> Tensor:
    """Cross-entropy of each span within a sentence: is it a mention or not."""
    n = len(window.starts_W)
    own = {k: parts[k][at : at + 1, :n] for k in ("opens", "closes")}
    scores = model.word_head.spans(own, torch.from_numpy(width_classes(n)))[0]
    gold = torch.zeros(n, n)
    for first, last in spans:
        gold[first, last] = 1.0
    allowed = torch.from_numpy(allowed_spans(window.sentence_W))
    return functional.binary_cross_entropy_with_logits(
        scores[allowed], gold[allowed], reduction="sum"
    )


def pair_losses(
    model: RecordModel, parts: dict[str, Tensor], at: int, sample: Sample
) -> tuple[Tensor, Tensor]:
    """Losses of the types of mentions, and of the choice of what each goes back to."""
    windows = torch.tensor([at + m.window for m in sample.mentions])
    firsts = torch.tensor([m.first for m in sample.mentions])
    lasts = torch.tensor([m.last for m in sample.mentions])

    def ends(opens: str, closes: str) -> Tensor:
        return parts[opens][windows, firsts] + parts[closes][windows, lasts]

    types = ends("type_opens", "type_closes")
    gold_types = torch.tensor([m.type for m in sample.mentions])
    type_loss = functional.cross_entropy(types, gold_types, reduction="sum")
    seen = replace(sample.table, type_M=types.detach().argmax(-1).numpy())
    own, other, rows = pairs_of(sample)
    if not len(rows):
        return type_loss * (sample.spans is not None or sample.learns is None), type_loss * 0
    features = torch.from_numpy(pair_features(seen, own, other))
    own_P, other_P = torch.from_numpy(own), torch.from_numpy(other)
    products = products_of(
        ends("own_opens", "own_closes"), ends("other_opens", "other_closes"), own_P, other_P
    )
    scores = model.pair_head(features, products)
    chains = [m.chain for m in sample.mentions]
    same = torch.tensor([chains[a] == chains[b] for a, b in zip(own, other, strict=True)])
    # One row for each mention: 0 for nothing before, then its candidates.
    place = torch.from_numpy(np.searchsorted(rows, own))
    first = torch.from_numpy(np.searchsorted(own, rows))
    width = int(np.bincount(place.numpy()).max()) + 1
    column = torch.arange(len(own)) - first[place] + 1
    all_scores = torch.full((len(rows), width), -1e4)
    all_scores[:, 0] = 0.0
    all_scores = all_scores.index_put((place, column), scores)
    good = torch.zeros(len(rows), width, dtype=torch.bool)
    good[place, column] = same
    good[:, 0] = ~good.any(1)
    chosen = torch.logsumexp(all_scores.masked_fill(~good, -1e4), 1)
    loss = (torch.logsumexp(all_scores, 1) - chosen).sum()
    return type_loss * (sample.learns is None), loss


def pairs_of(sample: Sample) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Later and earlier mention of each pair, sorted by the later, and all later ones."""
    n = len(sample.mentions)
    learners = range(1, n) if sample.learns is None else sorted(sample.learns)
    own, other = [], []
    for m in learners:
        begin = max(0, m - NEAR)
        if sample.learns is not None:
            candidates = list(range(m)) + list(range(m + 1, n))
            candidates = [c for c in candidates if sample.mentions[c].chain != "none"]
        else:
            candidates = list(range(begin, m))
        own += [m] * len(candidates)
        other += candidates
    rows = np.array(sorted(set(own)), dtype=np.int64)
    return np.array(own, dtype=np.int64), np.array(other, dtype=np.int64), rows


def inner_loss(model: RecordModel, words: Tensor, batch: Batch) -> Tensor:
    """Whether each word is in a cue inside of a content, per window."""
    scores = model.word_head(words)["inner"][:, :, 0]
    loss = words.sum() * 0.0
    for at, window in enumerate(batch.windows):
        if window.inner_W is not None:
            gold = torch.from_numpy(window.inner_W).float()
            loss = loss + functional.binary_cross_entropy_with_logits(
                scores[at, : len(gold)], gold, reduction="sum"
            )
    return loss / len(batch.windows)


def entity_batches(
    sources: list[Callable[[random.Random], list[Sample]]], recipe: dict[str, Any]
) -> Iterator[list[Sample]]:
    """Batches without end: samples of one window by like length, longer ones by themselves."""
    epoch = 0
    while True:
        rng = random.Random(recipe["seed"] * 1000 + epoch)
        epoch += 1
        all_samples = [s for source in sources for s in source(rng)]
        single = [s for s in all_samples if len(s.windows) == 1]
        rng.shuffle(single)
        single.sort(key=lambda s: len(s.windows[0].ids_T) // 16)
        batches: list[list[Sample]] = []
        group: list[Sample] = []
        for sample in single:
            longest = max(len(s.windows[0].ids_T) for s in [*group, sample])
            if group and longest * (len(group) + 1) > recipe["batch_pieces"]:
                batches.append(group)
                group = []
            group.append(sample)
        batches += [group] if group else []
        batches += [[s] for s in all_samples if len(s.windows) > 1]
        rng.shuffle(batches)
        yield from batches


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
    for corpus in ("uner", "wikigold"):
        for part in corpora[corpus]:
            for kind, names in corpus_names(part.texts, EXCHANGE_KINDS).items():
                pool.add(kind, names * 2)
    for kind, names in table_names().items():
        pool.add(kind, names)
    sources = []
    for corpus, parts in corpora.items():
        for part in parts:
            cut = [cut_text(text, tokenizer) for text in part.texts]
            share = recipe["shares"].get(part.name.partition("/")[0], 1.0)
            sources.append(source_of(cut, corpus, share, recipe, pool, happened))
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


def source_of(
    cut: list[Any],
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
                exchange(w, own, pool, rng, recipe["exchanged"])
                for w, own in zip(sample.windows, sample.allowed, strict=True)
            ]
            sample = replace(sample, windows=windows)
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


def main() -> None:
    """Train, or go on training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--start", type=Path, required=True, help="weights of statement training")
    parser.add_argument("--inner", type=Path, help="cues inside of contents, by article")
    parser.add_argument("--steps", type=int, default=0, help="stop after so many steps (a trial)")
    args = parser.parse_args()
    recipe = tomllib.loads(args.recipe.read_text(encoding="utf-8"))
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(recipe["threads"])
    torch.manual_seed(recipe["seed"])

    tokenizer = Tokenizer.from_file(str(tokenizer_path()))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    folder = Path(os.environ["ONRECORD_CORPORA"])
    lines = (folder / recipe["corpus"]).read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    if args.inner:
        rows = map(json.loads, args.inner.read_text(encoding="utf-8").splitlines())
        inner = {row["id"]: row["inner"] for row in rows}
        records = [r | ({"inner": inner[r["id"]]} if r["id"] in inner else {}) for r in records]
    articles = [cut_article(r, tokenizer) for r in records]
    straight = [
        cut_article(r | {"text": r["text"].translate(STRAIGHT)}, tokenizer) for r in records
    ]
    persons = person_ids(tokenizer)
    entities = entity_batches(entity_sources(folder, tokenizer, recipe), recipe)

    model = RecordModel(recipe)
    load_grown(model, torch.load(args.start, weights_only=False)["weights"])
    optimiser = optimiser_for(model, recipe)
    mean = {k: v.detach().clone() for k, v in model.state_dict().items()}
    checkpoint = args.out / "checkpoint.pt"
    step = 0
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(kept["model"])
        optimiser.load_state_dict(kept["optimiser"])
        mean, step = kept["mean"], kept["step"]
        for _ in range(step * recipe["entity_batches"]):
            next(entities)

    def save() -> None:
        state = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "mean": mean}
        torch.save(state | {"step": step, "recipe": recipe}, f"{checkpoint}.part")
        Path(f"{checkpoint}.part").replace(checkpoint)

    def update(loss: Tensor) -> None:
        """One step of the weights and of their running mean."""
        optimiser.zero_grad(set_to_none=True)
        (loss / 10).backward()
        nn.utils.clip_grad_norm_(model.parameters(), recipe["clip"])
        optimiser.step()
        decay = min(recipe["average"], (done + 1) / (done + 10))
        with torch.no_grad():
            for key, value in model.state_dict().items():
                if value.is_floating_point() and key != "encoder.words.weight":
                    mean[key].lerp_(value, 1 - decay)

    started, n_pieces, sums = time.monotonic(), 0, dict.fromkeys(PARTS, 0.0)
    done = 0

    def statements(epoch: int) -> list[list[LabelledWindow]]:
        batches = epoch_batches(articles, straight, persons, recipe, epoch)
        return batches[: int(len(batches) * recipe.get("share", 1.0))]

    n_steps = sum(len(statements(epoch)) for epoch in range(recipe["epochs"]))
    for epoch in range(recipe["epochs"]):
        model.train()
        for windows in statements(epoch):
            done += 1
            if done <= step:
                continue
            share = rate_at(step, n_steps, recipe["warmup"])
            for group in optimiser.param_groups:
                fast = group is optimiser.param_groups[2]
                group["lr"] = recipe["rate_heads" if fast else "rate_encoder"] * share
            batch = make_batch(windows)
            parts = losses(model, batch, recipe)
            loss = parts["cue"] + recipe["weight_parties"] * parts["party"]
            loss = loss + recipe["weight_roles"] * parts["role"]
            parts["inner"] = inner_loss(model, parts.pop("words"), batch)
            update(loss + recipe["weight_inner"] * parts["inner"])
            n_pieces += int(batch.mask_BT.sum())
            for _ in range(recipe["entity_batches"]):
                marked = next(entities)
                found = entity_losses(model, marked)
                update(sum(recipe[f"weight_{k}"] * v for k, v in found.items()))
                n_pieces += sum(len(w.ids_T) for s in marked for w in s.windows)
                for key, value in found.items():
                    sums[key] += value.item() / recipe["entity_batches"]
            for key, value in parts.items():
                sums[key] += value.item()
            step += 1
            if step % 20 == 0:
                line = {
                    "step": step,
                    "of": n_steps,
                    **{k: round(v / 20, 3) for k, v in sums.items()},
                }
                line["pieces_per_s"] = round(n_pieces / (time.monotonic() - started))
                with (args.out / "log.jsonl").open("a") as log:
                    log.write(json.dumps(line) + "\n")
                started, n_pieces, sums = time.monotonic(), 0, dict.fromkeys(PARTS, 0.0)
            if step % 100 == 0:
                save()
            if step == args.steps:
                save()
                return
    save()
    torch.save({"weights": mean, "recipe": recipe}, args.out / "weights.pt")


if __name__ == "__main__":
    main()
