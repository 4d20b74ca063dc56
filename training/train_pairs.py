"""Fit the layer that compares mentions, on what the exported encoder finds.

    ONRECORD_CORPORA=… python -m training.train_pairs WEIGHTS_FOLDER OUT/pairs.npz

WEIGHTS_FOLDER is what `training/export_record.py` wrote without `--pairs`. Mentions, their
types and vectors are those that the reader will see, wrong ones too, which go back to
nothing. Data: the training parts of GUM, LitBank and GAP. Takes a few minutes.

Shapes: M mentions, P pairs, K products, H width.
"""

import argparse
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from evaluation.coreference_corpora import load_gap, load_gum, load_litbank
from onrecord.encode.pieces import cut_pieces, make_windows
from onrecord.encode.sessions import OnnxEncoder, load_tokenizer
from onrecord.encode.weights import load_weights
from onrecord.entities.clusters import candidate_pairs, products_of
from onrecord.entities.drafts import DocumentMentions
from onrecord.entities.loading import mention_finder_of
from onrecord.entities.pairs import N_PRODUCTS, SIZES, pair_features
from onrecord.entities.spans import FoundMentions, joined
from onrecord.segment.quotations import pair_quotes
from onrecord.segment.sentences import split_sentences
from training.train_statements import rate_at

WIDTH = 32
SEED = 2025


class PairLayer(nn.Module):
    """`onrecord.entities.clusters.PairScorer`, to be trained."""

    def __init__(self) -> None:
        super().__init__()
        self.tables = nn.ModuleList(nn.Embedding(n, WIDTH) for n in SIZES)
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.1)
        self.products = nn.Linear(N_PRODUCTS, WIDTH)
        self.out = nn.Linear(WIDTH, 1)

    def forward(self, features_PF: Tensor, products_PK: Tensor) -> Tensor:
        hidden = self.products(products_PK)
        for number, table in enumerate(self.tables):
            hidden = hidden + table(features_PF[:, number])
        return self.out(torch.relu(hidden))[:, 0]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Pairs of one text; for each later mention which pairs are right."""

    own_P: np.ndarray
    features_PF: np.ndarray
    products_PK: np.ndarray
    same_P: np.ndarray
    weight: float


class Finder:
    """What the reader finds in a text, and vectors of other spans."""

    def __init__(self, folder: Path) -> None:
        self.weights = load_weights(folder)
        self.encoder = OnnxEncoder(self.weights)
        self.tokenizer = load_tokenizer(self.weights)
        self.finder = mention_finder_of(self.weights)
        self.max_pieces = int(self.weights.manifest["max_pieces"])

    def mentions(self, text: str, extra: Sequence[tuple[int, int]] = ()) -> FoundMentions:
        """Found mentions, and some spans that are mentions whatever is found."""
        found = []
        pieces = cut_pieces(text, split_sentences(text), pair_quotes(text), self.tokenizer)
        for window in make_windows(pieces, max_pieces=self.max_pieces, context_pieces=48):
            parts = self.encoder.encode(window)[2]
            first, after = window.own
            own = self.finder.find(window, parts)
            spans = {}
            starts, ends = window.starts_W[first:after], window.ends_W[first:after]
            rows = zip(own.start_M, own.end_M, own.score_M, own.kind_M, own.phrase_M, strict=True)
            for s, e, score, kind, phrase in rows:
                at = int(np.searchsorted(starts, s)), int(np.searchsorted(ends, e))
                spans[at] = (float(score if phrase else -score), int(kind))
            for s, e in extra:
                a = int(np.searchsorted(ends, s, side="right"))
                b = int(np.searchsorted(starts, e, side="left")) - 1
                if a <= b < len(starts) and starts[a] >= s - 1 and ends[b] <= e + 1:
                    spans[a, b] = (1.0, spans.get((a, b), (0, -1))[1])
            found.append(self.finder.columns_of(window, parts, spans))
        return joined(found)


def rows_of(
    text: str,
    found: FoundMentions,
    chain_of: dict[tuple[int, int], str],
    learners: Sequence[tuple[int, int]] | None,
    weight: float,
) -> Rows:
    """Pairs of a text, with the chains that its corpus gives to spans."""
    document = DocumentMentions(text, found, None)
    whole = document.phrase_numbers()
    table = document.rows(whole)
    spans = [(document.spans[m].start, document.spans[m].end) for m in whole]
    chains = [chain_of.get(span) for span in spans]
    own, other = candidate_pairs(table.traits)
    if learners is not None:
        wanted = {n for n, span in enumerate(spans) if span in learners}
        known = np.array([c is not None for c in chains])
        kept = np.isin(own, list(wanted)) & known[other]
        own, other = own[kept], other[kept]
    same = np.array(
        [chains[a] is not None and chains[a] == chains[b] for a, b in zip(own, other, strict=True)],
        dtype=bool,
    )
    products = products_of(found.own_MC[whole], found.other_MC[whole], own, other)
    return Rows(own, pair_features(table, own, other), products, same, weight)


def corpus_rows(finder: Finder, folder: Path, part: str) -> Iterator[Rows]:
    """All texts of the corpora."""
    for text in load_gum(folder, part).texts:
        chains = {m.span: m.chain or "" for m in text.mentions}
        yield rows_of(text.text, finder.mentions(text.text), chains, None, 1.0)
    for text in load_litbank(folder, part).texts:
        chains = {m.span: m.chain or "" for m in text.mentions}
        found = finder.mentions(text.text, list(chains))
        yield rows_of(text.text, found, chains, list(chains), 0.5)
    for item in load_gap(folder, part).items:
        chains = {item.a: "a", item.b: "b"}
        found = finder.mentions(item.text, [item.pronoun, item.a, item.b])
        for name, chain in ((item.a, "a"), (item.b, "b")):
            words = item.text[slice(*name)]
            at = item.text.find(words)
            while at >= 0:
                chains.setdefault((at, at + len(words)), chain)
                at = item.text.find(words, at + 1)
        chains[item.pronoun] = "a" if item.is_a else "b" if item.is_b else "none"
        yield rows_of(item.text, found, chains, [item.pronoun], 1.0)


def loss_of(layer: PairLayer, rows: Rows) -> tuple[Tensor, int]:
    """Negative log-likelihood of the right antecedents, or of none; and how many were right."""
    if not len(rows.own_P):
        return torch.zeros(()), 0
    scores = layer(torch.from_numpy(rows.features_PF), torch.from_numpy(rows.products_PK))
    owns, place, counts = np.unique(rows.own_P, return_inverse=True, return_counts=True)
    first = np.cumsum([0, *counts[:-1]])
    column = np.arange(len(rows.own_P)) - first[place] + 1
    where = (torch.from_numpy(place), torch.from_numpy(column))
    table = torch.full((len(owns), int(counts.max()) + 1), -1e4)
    table[:, 0] = 0.0
    table = table.index_put(where, scores)
    good = torch.zeros(table.shape, dtype=torch.bool)
    good[where] = torch.from_numpy(rows.same_P)
    good[:, 0] = ~good.any(1)
    chosen = torch.logsumexp(table.masked_fill(~good, -1e4), 1)
    right = good.gather(1, table.argmax(1, keepdim=True)).sum().item()
    return (torch.logsumexp(table, 1) - chosen).sum(), int(right)


def save(layer: PairLayer, path: Path) -> None:
    """Arrays as `PairScorer` takes them, in 16 bits."""
    arrays = {
        f"table_{n}": t.weight.detach().numpy().astype(np.float16)
        for n, t in enumerate(layer.tables)
    }
    np.savez_compressed(
        path,
        **arrays,
        products=layer.products.weight.detach().numpy().T.astype(np.float32),
        bias=layer.products.bias.detach().numpy().astype(np.float32),
        out=layer.out.weight.detach().numpy()[0].astype(np.float32),
        out_bias=layer.out.bias.detach().numpy().astype(np.float32),
    )


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=12)
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    rng = random.Random(SEED)
    folder = Path(os.environ["ONRECORD_CORPORA"])
    finder = Finder(args.weights)
    data = list(corpus_rows(finder, folder, "train"))
    held = list(corpus_rows(finder, folder, "dev"))
    layer = PairLayer()
    optimiser = torch.optim.AdamW(layer.parameters(), lr=3e-3, weight_decay=0.02)
    small = [r for r in data if len(r.own_P) < 400]
    large = [r for r in data if len(r.own_P) >= 400]
    groups = 8
    n_steps = args.epochs * (len(large) + len(small) // groups + 1)
    step = 0
    for epoch in range(args.epochs):
        rng.shuffle(small)
        batches = [[r] for r in large] + [
            small[n : n + groups] for n in range(0, len(small), groups)
        ]
        rng.shuffle(batches)
        total = 0.0
        for batch in batches:
            for group in optimiser.param_groups:
                group["lr"] = 3e-3 * rate_at(step, n_steps, 0.05)
            step += 1
            loss = sum(r.weight * loss_of(layer, r)[0] for r in batch) / 30
            if not isinstance(loss, Tensor) or not loss.requires_grad:
                continue
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            total += loss.item()
        with torch.no_grad():
            right = sum(loss_of(layer, r)[1] for r in held)
            rows = sum(len(np.unique(r.own_P)) for r in held)
        print(
            epoch, round(total / len(batches), 4), "dev right", round(right / rows, 4), flush=True
        )
    args.out.parent.mkdir(parents=True, exist_ok=True)
    save(layer, args.out)


if __name__ == "__main__":
    main()
