"""Fit the layer that compares mentions, on what the exported encoder finds.

    ONRECORD_CORPORA=… python -m training.train_pairs WEIGHTS_FOLDER OUT/pairs.npz

WEIGHTS_FOLDER is what `training/export_record.py` wrote without `--pairs`. Mentions, their
types, vectors and trees are those that the reader will see, wrong ones too, which go back
to nothing. Data: the training parts of GUM, LitBank and GAP. Takes a few minutes.

GAP says only which of two names a pronoun means. All else in its texts is wrong there, but
descriptions of persons and pronouns of the same gender, of which nothing is known. A first
layer then tells what those pronouns mean, and a second one is fitted to that too.

Shapes: M mentions, P pairs, K products, H width.
"""

import argparse
import os
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from evaluation.coreference_corpora import GapItem, load_gap, load_gum, load_litbank
from evaluation.coreference_gap import is_mention_of
from evaluation.entity_texts import MarkedText, Stretch
from onrecord.encode.pieces import cut_pieces, make_windows
from onrecord.encode.sessions import OnnxEncoder, load_tokenizer
from onrecord.encode.weights import load_weights
from onrecord.entities.clauses import clauses_of
from onrecord.entities.clusters import PairScorer, candidate_pairs, later_pairs, products_of
from onrecord.entities.drafts import DocumentMentions
from onrecord.entities.forms import BARE, NAME
from onrecord.entities.loading import mention_finder_of
from onrecord.entities.name_choice import with_chosen_names
from onrecord.entities.pairs import N_PRODUCTS, PERSON, SIZES, pair_features
from onrecord.entities.spans import FoundMentions, joined
from onrecord.pipeline import kind_of_known, towns_of
from onrecord.places.gazetteers import load_gazetteer
from onrecord.segment.quotations import pair_quotes
from onrecord.segment.sentences import split_sentences
from onrecord.syntax.loading import tree_finder_of
from onrecord.syntax.trees import FoundTrees
from training.train_statements import rate_at

WIDTH = 32
SEED = 2025
RATE = 3e-3
# Texts with fewer pairs than this are put together by so many.
LARGE = 400
GROUP = 8
# How much a pronoun of GAP counts against a mention of GUM.
GAP_WEIGHT = 2.0


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
    """Pairs of one text, those of one mention together.

    Attributes:
        own_P: The mention of each pair that looks for another.
        features_PF: What the pair tells.
        products_PK: Products of the vectors of both.
        same_P: Whether the pair is right.
        open_P: Whether nothing is known of it.
        weight: Of the text.
    """

    own_P: NDArray[np.int64]
    features_PF: NDArray[np.int64]
    products_PK: NDArray[np.float32]
    same_P: NDArray[np.bool_]
    open_P: NDArray[np.bool_]
    weight: float


class Text:
    """A text with what the reader finds in it, and all pairs of its mentions."""

    def __init__(self, text: str, found: FoundMentions, trees: Sequence[FoundTrees]) -> None:
        words = [text[s:e] for s, e in zip(found.start_M, found.end_M, strict=True)]
        self.text, self.found = text, found
        self.clauses = clauses_of(trees, found.start_M, found.end_M, words)
        document = DocumentMentions(text, found, None, clauses=self.clauses)
        self.whole = document.phrase_numbers()
        self.table = document.rows(self.whole)
        spans = [document.spans[m] for m in self.whole]
        self.spans: list[Stretch] = [(span.start, span.end) for span in spans]
        near = candidate_pairs(self.table.traits)
        later = later_pairs(self.table, np.arange(len(self.whole)))
        own_P, other_P = (np.concatenate(both) for both in zip(near, later, strict=True))
        parts = [pair_features(self.table, *pairs) for pairs in (near, later)]
        order = np.argsort(own_P, kind="stable")
        self.own_P, self.other_P = own_P[order], other_P[order]
        self.features_PF = np.concatenate(parts)[order]

    def clusters(self, scorer: PairScorer) -> list[int]:
        """For each of the mentions that are compared a number of its cluster."""
        document = DocumentMentions(self.text, self.found, scorer, clauses=self.clauses)
        return [document.cluster_of[m] for m in self.whole]

    def rows(
        self,
        kept: NDArray[np.bool_],
        same: NDArray[np.bool_],
        *,
        open_: NDArray[np.bool_],
        weight: float,
    ) -> Rows:
        """Some of the pairs."""
        own, other = self.own_P[kept], self.other_P[kept]
        found, whole = self.found, self.whole
        products = products_of(found.own_MC[whole], found.other_MC[whole], own, other)
        return Rows(own, self.features_PF[kept], products, same[kept], open_[kept], weight)


class Finder:
    """What the reader finds in a text, and vectors of other spans."""

    def __init__(self, folder: Path) -> None:
        self.weights = load_weights(folder)
        self.encoder = OnnxEncoder(self.weights)
        self.tokenizer = load_tokenizer(self.weights)
        self.finder = mention_finder_of(self.weights)
        self.trees = tree_finder_of(self.weights)
        self.town = towns_of(load_gazetteer())
        self.max_pieces = int(self.weights.manifest["max_pieces"])

    def read(self, text: str, extra: Sequence[Stretch] = ()) -> Text:
        """A text with found mentions, and some spans that are mentions whatever is found."""
        found, trees = [], []
        pieces = cut_pieces(text, split_sentences(text), pair_quotes(text), self.tokenizer)
        for window in make_windows(pieces, max_pieces=self.max_pieces, context_pieces=48):
            parts = self.encoder.encode(window)[2]
            first, after = window.own
            own = self.finder.find(window, parts)
            spans, shares = {}, {}
            starts, ends = window.starts_W[first:after], window.ends_W[first:after]
            rows = zip(own.start_M, own.end_M, own.score_M, own.phrase_M, own.names_MK, strict=True)
            for s, e, score, phrase, names_K in rows:
                at = int(np.searchsorted(starts, s)), int(np.searchsorted(ends, e))
                spans[at] = float(score if phrase else -score)
                if names_K.any():
                    shares[at[0], at[1] + 1] = names_K
            for s, e in extra:
                a = int(np.searchsorted(ends, s, side="right"))
                b = int(np.searchsorted(starts, e, side="left")) - 1
                if a <= b < len(starts) and starts[a] >= s - 1 and ends[b] <= e + 1:
                    spans[a, b] = 1.0
            found.append(self.finder.columns_of(window, parts, spans, shares))
            if self.trees is not None:
                trees.append(self.trees.find(window, parts))
        named = with_chosen_names(text, joined(found), known=kind_of_known, town=self.town)
        return Text(text, named, trees)


def marked_rows(text: Text, chain_of: Mapping[Stretch, str], *, all_known: bool) -> Rows:
    """Pairs of a text whose corpus gives chains to spans.

    Args:
        text: With what is found.
        chain_of: The chain of each span.
        all_known: Whether a span without a chain goes back to nothing; otherwise nothing is
            known of it, and the text counts half.
    """
    chains = [chain_of.get(span) for span in text.spans]
    known = np.array([all_known or c is not None for c in chains], dtype=bool)
    pairs = list(zip(text.own_P.tolist(), text.other_P.tolist(), strict=True))
    same = np.array([chains[a] is not None and chains[a] == chains[b] for a, b in pairs], bool)
    # What stands later is right only for mentions with nothing before.
    is_later = text.other_P > text.own_P
    found = np.isin(text.own_P, text.own_P[same & ~is_later])
    kept = known[text.own_P] & known[text.other_P]
    is_open = same & is_later & found
    weight = 1.0 if all_known else 0.5
    return text.rows(kept, same & ~is_open, open_=is_open, weight=weight)


class GapText:
    """A pronoun of GAP, and what all other mentions of its text are to it."""

    def __init__(self, item: GapItem, text: Text) -> None:
        self.text = text
        self.meant = "a" if item.is_a else "b" if item.is_b else ""
        names = {"a": item.a, "b": item.b}
        repeats = {chain: _repeats(item.text, name) for chain, name in names.items()}
        self.chains = [_name_of(span, repeats, item.text) for span in text.spans]
        words = item.text[slice(*names[self.meant])].lower().split() if self.meant else []
        self.parts = [bool({*_plain_words(item.text, s)} & {*words}) for s in text.spans]
        self.pronoun = text.spans.index(item.pronoun) if item.pronoun in text.spans else -1

    def rows(self, clusters: Sequence[int] | None = None) -> Rows:
        """Pairs of the pronoun; clusters of a first layer tell what other pronouns mean."""
        text, n = self.text, len(self.chains)
        form, is_person = text.table.traits.form_M, text.table.type_M == PERSON
        unknown = np.array([not c or len(c) > 1 for c in self.chains], dtype=bool)
        alike = unknown & (form == form[self.pronoun])
        described = unknown & (form > NAME) & (form <= BARE) & is_person
        if not self.meant:
            same = unknown & is_person & ((form == NAME) | alike | described)
            is_open = np.zeros(n, dtype=bool)
        else:
            same = np.array([c == self.meant for c in self.chains], dtype=bool)
            told = self._told(clusters, alike) if clusters is not None else {}
            same[[m for m, chain in told.items() if chain == self.meant]] = True
            alike[list(told)] = False
            is_part = unknown & (form == NAME) & np.array(self.parts, dtype=bool)
            is_open = alike | described | is_part
        kept = text.own_P == self.pronoun
        return text.rows(kept, same[text.other_P], open_=is_open[text.other_P], weight=GAP_WEIGHT)

    def _told(self, clusters: Sequence[int], alike: NDArray[np.bool_]) -> dict[int, str]:
        """For pronouns of the same gender the only name in their cluster; "z" for others."""
        form, type_ = self.text.table.traits.form_M, self.text.table.type_M
        names: dict[int, set[str]] = {}
        for m, own in enumerate(clusters):
            chain = self.chains[m]
            if len(chain) == 1:
                names.setdefault(own, set()).add(chain)
            elif form[m] <= BARE and type_[m] == PERSON:
                names.setdefault(own, set()).add("z")
        found = {}
        for m in np.flatnonzero(alike).tolist():
            own_names = names.get(clusters[m], set())
            own_names = own_names - {"z"} or own_names
            if len(own_names) == 1:
                found[m] = min(own_names)
        return found


def _repeats(text: str, name: Stretch) -> list[Stretch]:
    """A name, and where the same words stand again."""
    words, found = text[slice(*name)], [name]
    at = text.find(words)
    while at >= 0:
        found.append((at, at + len(words)))
        at = text.find(words, at + 1)
    return found


def _name_of(span: Stretch, names: Mapping[str, Sequence[Stretch]], text: str) -> str:
    """Which names a mention is, with a title or without."""
    return "".join(
        chain
        for chain, spans in names.items()
        if any(
            span[0] <= name[0] and name[1] <= span[1] and is_mention_of(span, name, text)
            for name in spans
        )
    )


def _plain_words(text: str, span: Stretch) -> list[str]:
    return text[slice(*span)].lower().replace("'s", "").split()


def marked_texts(finder: Finder, texts: Iterable[MarkedText], *, all_known: bool) -> list[Rows]:
    """Pairs of the texts of a corpus; all mentions that it marks are found if not all are known."""
    rows = []
    for text in texts:
        chains = {m.span: m.chain or "" for m in text.mentions}
        own = finder.read(text.text, () if all_known else list(chains))
        rows.append(marked_rows(own, chains, all_known=all_known))
    return rows


def loss_of(layer: PairLayer, rows: Rows) -> tuple[Tensor, int]:
    """Negative log-likelihood of the right antecedents, or of none; and how many were right."""
    if not len(rows.own_P):
        return torch.zeros(()), 0
    scores = layer(torch.from_numpy(rows.features_PF), torch.from_numpy(rows.products_PK))
    scores = scores.masked_fill(torch.from_numpy(rows.open_P), -1e4)
    owns, place, counts = np.unique(rows.own_P, return_inverse=True, return_counts=True)
    first = np.cumsum([0, *counts[:-1]])
    column = np.arange(len(rows.own_P)) - first[place] + 1
    where = (torch.from_numpy(place), torch.from_numpy(column))
    table = torch.full((len(owns), int(counts.max()) + 1), -1e4)
    table[:, 0] = 0.0
    table = table.index_put(where, scores)
    good = torch.zeros(table.shape, dtype=torch.bool)
    good[where] = torch.from_numpy(rows.same_P & ~rows.open_P)
    good[:, 0] = ~good.any(1)
    chosen = torch.logsumexp(table.masked_fill(~good, -1e4), 1)
    right = good.gather(1, table.argmax(1, keepdim=True)).sum().item()
    return (torch.logsumexp(table, 1) - chosen).sum(), int(right)


def fit(data: Sequence[Rows], n_epochs: int, seed: int) -> PairLayer:
    """A new layer, fitted: long texts one by one, short ones in groups."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    layer = PairLayer()
    optimiser = torch.optim.AdamW(layer.parameters(), lr=RATE, weight_decay=0.02)
    small = [r for r in data if len(r.own_P) < LARGE]
    large = [[r] for r in data if len(r.own_P) >= LARGE]
    n_steps = n_epochs * (len(large) + len(small) // GROUP + 1)
    step = 0
    for epoch in range(n_epochs):
        rng.shuffle(small)
        batches = large + [small[n : n + GROUP] for n in range(0, len(small), GROUP)]
        rng.shuffle(batches)
        total = 0.0
        for batch in batches:
            for group in optimiser.param_groups:
                group["lr"] = RATE * rate_at(step, n_steps, 0.05)
            step += 1
            loss = sum((r.weight * loss_of(layer, r)[0] for r in batch), torch.zeros(())) / 30
            if not loss.requires_grad:
                continue
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            total += loss.item()
        print(epoch, round(total / len(batches), 4), flush=True)
    return layer


def scorer_of(layer: PairLayer, bias: float) -> PairScorer:
    """The layer as the reader has it."""
    return PairScorer(
        tables=tuple(t.weight.detach().numpy() for t in layer.tables),
        products_KH=np.ascontiguousarray(layer.products.weight.detach().numpy().T),
        bias_H=layer.products.bias.detach().numpy(),
        out_H=layer.out.weight.detach().numpy()[0],
        out_bias=float(layer.out.bias.detach()[0]) + bias,
    )


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
    """Fit twice and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--first-epochs", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=8)
    args = parser.parse_args()
    torch.set_num_threads(1)
    folder = Path(os.environ["ONRECORD_CORPORA"])
    finder = Finder(args.weights)
    data = marked_texts(finder, load_gum(folder, "train").texts, all_known=True)
    data += marked_texts(finder, load_litbank(folder, "train").texts, all_known=False)
    held = marked_texts(finder, load_gum(folder, "dev").texts, all_known=True)
    items = [
        GapText(item, finder.read(item.text, [item.pronoun, item.a, item.b]))
        for item in load_gap(folder, "train").items
    ]
    print(len(data), "texts,", len(items), "of GAP", flush=True)
    first = fit([*data, *(item.rows() for item in items)], args.first_epochs, SEED)
    scorer = scorer_of(first, float(finder.weights.manifest.get("pair_bias", 0.0)))
    told = [item.rows(item.text.clusters(scorer)) for item in items]
    layer = fit([*data, *told], args.epochs, SEED)
    with torch.no_grad():
        right = sum(loss_of(layer, r)[1] for r in held)
    print("dev right", round(right / sum(len(np.unique(r.own_P)) for r in held), 4))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    save(layer, args.out)


if __name__ == "__main__":
    main()
