"""Fit the layers that make vectors of spans, on what the exported encoder gives of words.

    ONRECORD_CORPORA=… python -m training.train_vectors RECIPE WEIGHTS_FOLDER OUT.npz

The teacher is the untuned all-MiniLM-L6-v2: each span is read by it alone, and the cosine
of two spans is to be the same for both. Words come out of the whole windows that the
reader sees. Texts: PolNeAR, ECB+ and the claims corpora, training parts, and Wikinews; of
every twentieth document nothing is learned, and the fit is measured there.
`training/export_extra.py` puts the file into the package.

Shapes: W words, T pieces, X width of a word, K width inside, D numbers of a vector, N spans.
"""

import argparse
import json
import os
import random
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from evaluation.entailment_corpora import DEV_ONLY, SETS, load_pairs
from evaluation.entailment_vectors import load_clef, load_perspectrum, retrieval_report
from evaluation.report import to_text
from onrecord.encode.pieces import cut_pieces, make_windows
from onrecord.encode.sessions import OnnxEncoder, load_tokenizer
from onrecord.encode.weights import load_weights
from onrecord.encode.word_tables import word_table_of
from onrecord.segment.quotations import pair_quotes
from onrecord.segment.sentences import split_sentences
from training.encoders import Encoder, pretrained_encoder
from training.packages import tokenizer_path
from training.train_statements import rate_at

TEACHER_PIECES = 128
TEACHER_WIDTH = 384
TEACHER_BATCH = 64
HELD_OF = 20
LEAST_WORDS = 3
MOST_LOG = 4.0
Range = tuple[int, int]


class VectorLayers(nn.Module):
    """`onrecord.encode.vectors.VectorHead`, to be trained."""

    def __init__(self, width: int, width_inner: int, size: int, dropout: float) -> None:
        super().__init__()
        self.inner = nn.Linear(width, width_inner + 1)
        self.out = nn.Linear(width_inner, size)
        self.dropout = nn.Dropout(dropout)
        nn.init.zeros_(self.inner.weight[-1:].detach())
        self.to_teacher = nn.Linear(size, TEACHER_WIDTH)
        self.register_buffer("shift", torch.zeros(width))
        self.register_buffer("scale", torch.ones(width))

    def start_at(self, words_WX: NDArray[np.float32]) -> None:
        """Take words so that each number has mean 0 and spread 1."""
        mean, spread = words_WX.mean(axis=0), words_WX.std(axis=0) + 1e-4
        with torch.no_grad():
            self.shift.copy_(torch.from_numpy(mean))
            self.scale.copy_(torch.from_numpy(1 / spread))

    def forward(self, words_WX: Tensor, span_of_W: Tensor, n_spans: int) -> Tensor:
        rows = self.inner((words_WX - self.shift) * self.scale).float()
        weight_W1 = rows[:, -1:].clamp(-MOST_LOG, MOST_LOG).exp()
        rows = torch.cat([functional.relu(rows[:, :-1]), torch.ones_like(weight_W1)], 1) * weight_W1
        sums = rows.new_zeros(n_spans, rows.shape[1]).index_add(0, span_of_W, rows)
        means = self.dropout(sums[:, :-1] / sums[:, -1:])
        return functional.normalize(self.out(means), dim=1)


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Spans of all texts with their words, and what the teacher says.

    Attributes:
        words_WX: What vocabulary and encoder say of words, one text after the other.
        range_N2: First word of each span and the one after its last.
        teacher_ND: Unit vectors.
        held_N: Whether a span is for measuring only.
    """

    words_WX: NDArray[np.float16]
    range_N2: NDArray[np.int64]
    teacher_ND: NDArray[np.float32]
    held_N: NDArray[np.bool_]


def texts_of(corpora: Path, recipe: dict[str, Any]) -> Iterator[tuple[str, list[Range]]]:
    """All texts, each with ranges that the corpus itself marks."""
    rng = random.Random(recipe["seed"])
    for line in (corpora / "polnear/train.jsonl").read_text().splitlines():
        row = json.loads(line)
        contents = [(a["content"][0][0], a["content"][-1][1]) for a in row["attributions"]]
        yield row["text"], contents
    for line in (corpora / "clusters/ecb_plus/documents.jsonl").read_text().splitlines():
        row = json.loads(line)
        if row["split"] == "train":
            yield row["text"], []
    for line in (corpora / "news/wikinews.jsonl").read_text().splitlines():
        yield json.loads(line)["text"], []
    yield from ((text, []) for text in claims_of(corpora, recipe, rng))


def claims_of(corpora: Path, recipe: dict[str, Any], rng: random.Random) -> list[str]:
    """Short texts, one to four of them as the paragraphs of one text."""
    pairs = [
        pair
        for name in SETS
        if name not in DEV_ONLY | {"fnc1"}
        for pair in load_pairs(corpora, name, "train").pairs
    ]
    rng.shuffle(pairs)
    singles = list(
        dict.fromkeys(t for p in pairs for t in (p.premise.strip(), p.hypothesis.strip()))
    )
    singles = [text for text in singles if text][: recipe["claims_texts"]]
    texts = []
    while singles:
        n_own = rng.choice((1, 1, 2, 4))
        texts.append("\n\n".join(singles[:n_own]))
        del singles[:n_own]
    return texts


def ranges_of(text: str, marked: Sequence[Range], share: float, rng: random.Random) -> list[Range]:
    """Sentences, clauses of some of them, and what is marked."""
    found = set(marked)
    for sentence in split_sentences(text):
        found.add((sentence.start, sentence.end))
        own = text[sentence.start : sentence.end]
        cuts = [0, *(i + 1 for i, c in enumerate(own) if c in ",;:"), len(own)]
        if rng.random() < share:
            if len(cuts) == 2:
                gaps = [0, *(i for i, c in enumerate(own) if c == " "), len(own)]
                cuts = sorted(rng.sample(gaps, 2)) if len(gaps) > 8 else cuts
            at = rng.randrange(len(cuts) - 1)
            found.add((sentence.start + cuts[at], sentence.start + cuts[at + 1]))
    return sorted(found)


class Teacher:
    """Sentence vectors of the untuned model: the mean of all pieces, of unit length."""

    def __init__(self) -> None:
        self.encoder: Encoder = pretrained_encoder(0.0).eval()
        self.tokenizer = Tokenizer.from_file(str(tokenizer_path()))
        self.tokenizer.enable_truncation(TEACHER_PIECES)
        self.tokenizer.no_padding()

    @torch.no_grad()
    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors (N, 384) in the order of the texts."""
        ids = [one.ids for one in self.tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(ids)), key=lambda n: len(ids[n]))
        out = np.zeros((len(ids), self.encoder.shape.width), dtype=np.float32)
        for at in range(0, len(order), TEACHER_BATCH):
            own = order[at : at + TEACHER_BATCH]
            longest = len(ids[own[-1]])
            ids_BT = torch.tensor([ids[n] + [0] * (longest - len(ids[n])) for n in own])
            mask_BT = torch.tensor([[t < len(ids[n]) for t in range(longest)] for n in own])
            nothing = torch.zeros_like(ids_BT)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                x = self.encoder(ids_BT, nothing, nothing, nothing, mask_BT).float()
            mean = (x * mask_BT[..., None]).sum(1) / mask_BT.sum(1, keepdim=True)
            out[own] = functional.normalize(mean, dim=1).numpy()
        return out


def collect(folder: Path, corpora: Path, recipe: dict[str, Any]) -> Spans:
    """Read all texts with the packaged encoder and with the teacher."""
    weights = load_weights(folder)
    encoder, tokenizer = OnnxEncoder(weights), load_tokenizer(weights)
    table = word_table_of(weights)
    rng = random.Random(recipe["seed"])
    words, ranges, held, spans_text = [], [], [], []
    n_words = 0
    for number, (text, marked) in enumerate(texts_of(corpora, recipe)):
        pieces = cut_pieces(text, split_sentences(text), pair_quotes(text), tokenizer)
        limit = int(weights.manifest["max_pieces"])
        starts, ends = [], []
        for window in make_windows(pieces, max_pieces=limit, context_pieces=48):
            own = slice(*window.own)
            seen = (table.of_words(window), encoder.encode(window).words_WD)
            words.append(np.concatenate(seen, axis=1)[own].astype(np.float16))
            starts.append(window.starts_W[own])
            ends.append(window.ends_W[own])
        if not starts:
            continue
        start_W, end_W = np.concatenate(starts), np.concatenate(ends)
        for start, end in ranges_of(text, marked, recipe["clause_share"], rng):
            first = int(end_W.searchsorted(start, side="right"))
            after = int(start_W.searchsorted(end, side="left"))
            if after - first >= LEAST_WORDS:
                ranges.append((n_words + first, n_words + after))
                held.append(number % HELD_OF == 0)
                spans_text.append(" ".join(text[start:end].split()))
        n_words += len(start_W)
    print(len(spans_text), "spans", n_words, "words", flush=True)
    return Spans(
        np.concatenate(words), np.array(ranges), Teacher().vectors(spans_text), np.array(held)
    )


def batch_of(data: Spans, chosen: NDArray[np.int64]) -> tuple[Tensor, Tensor]:
    """Words of some spans, and the number of the span of each."""
    ranges = data.range_N2[chosen]
    index = np.concatenate([np.arange(first, after) for first, after in ranges])
    span_of_W = np.repeat(np.arange(len(chosen)), ranges[:, 1] - ranges[:, 0])
    words = torch.from_numpy(data.words_WX[index].astype(np.float32))
    return words, torch.from_numpy(span_of_W)


def spearman(own: NDArray[Any], other: NDArray[Any]) -> float:
    """Rank correlation; ties in the order they come."""
    ranks = [np.argsort(np.argsort(x)).astype(np.float64) for x in (own, other)]
    return float(np.corrcoef(*ranks)[0, 1])


@torch.no_grad()
def measure(model: VectorLayers, data: Spans) -> dict[str, float]:
    """How near the cosines of held spans are to the teacher's."""
    model.eval()
    held = np.flatnonzero(data.held_N)[:4000]
    own = model(*batch_of(data, held), len(held)).numpy()
    model.train()
    mine, theirs = own @ own.T, data.teacher_ND[held] @ data.teacher_ND[held].T
    upper = np.triu_indices(len(held), 1)
    mine, theirs = mine[upper], theirs[upper]
    near = theirs > 0.3
    return {
        "spearman": round(spearman(mine, theirs), 4),
        "spearman_near": round(spearman(mine[near], theirs[near]), 4),
        "error": round(float(np.abs(mine - theirs).mean()), 4),
        "error_near": round(float(np.abs(mine[near] - theirs[near]).mean()), 4),
        "n": len(held),
    }


def fit(data: Spans, recipe: dict[str, Any]) -> VectorLayers:
    """Train the layers."""
    torch.manual_seed(recipe["seed"])
    rng = np.random.default_rng(recipe["seed"])
    width = data.words_WX.shape[1]
    model = VectorLayers(width, recipe["width_inner"], recipe["size"], recipe["dropout"])
    model.start_at(data.words_WX[:: len(data.words_WX) // 20000 + 1].astype(np.float32))
    optimiser = torch.optim.AdamW(model.parameters(), lr=recipe["rate"], weight_decay=0.01)
    own = np.flatnonzero(~data.held_N)
    half = recipe["batch"] // 2
    started = time.monotonic()
    for step in range(recipe["steps"]):
        for group in optimiser.param_groups:
            group["lr"] = recipe["rate"] * rate_at(step, recipe["steps"], recipe["warmup"])
        at = rng.integers(0, len(own) - half)
        chosen = np.concatenate([own[at : at + half], rng.choice(own, half)])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vectors = model(*batch_of(data, chosen), len(chosen))
        vectors = vectors.float()
        teacher = torch.from_numpy(data.teacher_ND[chosen])
        wanted = teacher @ teacher.T
        weight = 1 + recipe["weight_similar"] * wanted.clamp(min=0)
        weight = weight * (1 - torch.eye(len(chosen)))
        loss = (weight * (vectors @ vectors.T - wanted) ** 2).sum() / weight.sum()
        away = 1 - functional.cosine_similarity(model.to_teacher(vectors), teacher)
        loss = loss + recipe["weight_teacher"] * away.mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 500 == 499:
            took = round(time.monotonic() - started)
            print(step + 1, round(loss.item(), 5), measure(model, data), f"{took} s", flush=True)
    return model.eval()


def save(model: VectorLayers, path: Path) -> None:
    """The layers as the reader takes them."""
    inner = model.inner.weight * model.scale
    arrays = {
        "inner": inner.T,
        "inner_bias": model.inner.bias - inner @ model.shift,
        "out": model.out.weight.T,
        "out_bias": model.out.bias,
    }
    np.savez(path, **{k: v.detach().numpy().astype(np.float16) for k, v in arrays.items()})


def main() -> None:
    """Collect, fit, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--teacher", action="store_true", help="only measure the teacher")
    parser.add_argument("--cache", type=Path, help="keep what was read here, or take it from here")
    args = parser.parse_args()
    recipe = tomllib.loads(args.recipe.read_text())
    torch.set_num_threads(recipe["threads"])
    if args.teacher:
        for load in (load_clef, load_perspectrum):
            given = load(Path(os.environ["ONRECORD_CORPORA"]))
            found = retrieval_report(given, Teacher().vectors, system="teacher", n_rounds=1000)
            print(to_text(found))
        return
    if args.cache and args.cache.exists():
        with np.load(args.cache) as file:
            data = Spans(*(file[name] for name in Spans.__slots__))
    else:
        data = collect(args.weights, Path(os.environ["ONRECORD_CORPORA"]), recipe)
        if args.cache:
            np.savez(args.cache, **{name: getattr(data, name) for name in Spans.__slots__})
    model = fit(data, recipe)
    print(measure(model, data))
    save(model, args.out)


if __name__ == "__main__":
    main()
