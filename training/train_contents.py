"""Train the graph that reads contents, to make of them what a second pass of the encoder makes.

    python -m training.train_contents RECIPE SAMPLES WEIGHTS OUT [--seconds N]
    python -m training.train_contents RECIPE SAMPLES WEIGHTS OUT --export FOLDER

SAMPLES is what `training/content_samples.py` wrote: scores of a second pass, and the labels of
passages of our own, which count as often as the recipe says. WEIGHTS the file with the role
head of the same encoder, which stays as it is. Writes `OUT/checkpoint.pt` after each epoch, from
which the same command goes on, and with `--export` `contents.onnx` and the manifest of FOLDER.

Distillation (Hinton et al. 2015): divergences from the scores of the second pass, of the
labels of cues at each word, and, for each cue that it found, of its parties.

Shapes: W words of the contents of a batch, D width of what the first pass gives, H width
inside, L labels, C cues, N words near a cue.
"""

import argparse
import random
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from onrecord.encode.contents import CONTENTS_FILE, N_ENDS
from onrecord.encode.distances import sentence_buckets, word_buckets
from onrecord.encode.labels import CUE_ROLES, n_labels
from onrecord.encode.pieces import CASES, PLACES, QUOTES
from training.export_extra import add_file
from training.export_record import load_model
from training.export_statements import export_graph, quantise
from training.heads import RoleHead
from training.running import Running
from training.train_statements import rate_at

FEATURES = ("case", "quote", "place", "start", "end", "content")
SIZES = {
    "case": len(CASES),
    "quote": len(QUOTES),
    "place": len(PLACES),
    "start": N_ENDS + 1,
    "end": N_ENDS + 1,
}
N_HEADS = 4


class ContentLayer(nn.Module):
    """Attention and feed-forward, each with its residual and norm (Devlin et al. 2019)."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm_1 = nn.LayerNorm(width)
        self.inner = nn.Linear(width, 2 * width)
        self.outer = nn.Linear(2 * width, width)
        self.norm_2 = nn.LayerNorm(width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x_WH: Tensor, barred_WW: Tensor) -> Tensor:
        width = x_WH.shape[1]
        qkv = self.qkv(x_WH).reshape(-1, 3, N_HEADS, width // N_HEADS)
        q, v = qkv[:, 0].permute(1, 0, 2), qkv[:, 2].permute(1, 0, 2)
        k = qkv[:, 1].permute(1, 2, 0)
        scores = torch.matmul(q, k) / (width // N_HEADS) ** 0.5 + barred_WW
        seen = torch.matmul(torch.softmax(scores, dim=-1), v)
        seen = seen.permute(1, 0, 2).reshape(-1, width)
        x_WH = self.norm_1(x_WH + self.dropout(self.out(seen)))
        inner = functional.gelu(self.inner(x_WH))
        return self.norm_2(x_WH + self.dropout(self.outer(inner)))


class ContentModel(nn.Module):
    """Words of contents, as the first pass left them, to words and cue scores of a second."""

    def __init__(self, recipe: dict[str, Any], width_words: int) -> None:
        super().__init__()
        width, dropout = recipe["width"], recipe["dropout"]
        self.words = nn.Linear(width_words, width)
        self.features = nn.ModuleDict({k: nn.Embedding(n, width) for k, n in SIZES.items()})
        self.norm_0 = nn.LayerNorm(width)
        self.before = nn.Linear(width, width)
        self.behind = nn.Linear(width, width)
        self.norm_1 = nn.LayerNorm(width)
        self.layers = nn.ModuleList(ContentLayer(width, dropout) for _ in range(recipe["layers"]))
        self.cues = nn.Linear(width, n_labels(CUE_ROLES))
        self.change = nn.Linear(width, width_words)
        self.dropout = nn.Dropout(dropout)
        nn.init.zeros_(self.change.weight)

    def forward(self, words_WD: Tensor, *features: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors (W, D) and cue scores (W, L); the last feature is the number of the content."""
        content_W = features[-1]
        x = self.words(self.dropout(words_WD))
        for name, feature_W in zip(SIZES, features, strict=False):
            x = x + self.features[name](feature_W)
        x = self.norm_0(functional.gelu(x))
        same_W1 = (content_W[1:] == content_W[:-1]).to(x.dtype)[:, None]
        before = functional.pad(x[:-1] * same_W1, (0, 0, 1, 0))
        behind = functional.pad(x[1:] * same_W1, (0, 0, 0, 1))
        x = self.norm_1(x + functional.gelu(self.before(before) + self.behind(behind)))
        barred_WW = (content_W[:, None] != content_W[None]).to(x.dtype) * -1e4
        for layer in self.layers:
            x = layer(x, barred_WW)
        return words_WD + self.change(x), self.cues(x)


@dataclass(frozen=True, slots=True)
class Sample:
    """The contents of one window; see `training.content_samples.ContentSample`."""

    features: dict[str, NDArray[np.int16]]
    words_WD: NDArray[np.float16]
    cues_WL: NDArray[np.float16]
    sentence_W: NDArray[np.int16]
    own: NDArray[np.int32]
    roles: list[NDArray[np.float16]]


def load_samples(path: Path) -> Iterator[Sample]:
    """The samples of one file."""
    with np.load(path) as kept:
        file = {name: kept[name] for name in kept.files}
    ends = np.cumsum(file["n_words"])
    own = file["own"]
    role_ends = np.cumsum(own[:, 2] - own[:, 1])
    roles = np.split(file["roles"], role_ends[:-1]) if len(own) else []
    for number, (end, n_words) in enumerate(zip(ends, file["n_words"], strict=True)):
        words = slice(end - n_words, end)
        mine = np.flatnonzero(own[:, 0] == number)
        yield Sample(
            {name: file[name][words] for name in FEATURES},
            file["words"][words],
            file["cues"][words],
            file["sentence"][words],
            own[mine, 1:],
            [roles[at] for at in mine],
        )


def inputs_of(samples: Sequence[Sample]) -> tuple[Tensor, list[Tensor]]:
    """Words and features of a batch; contents of all samples have numbers of their own."""
    words = torch.from_numpy(np.concatenate([s.words_WD for s in samples]).astype(np.float32))
    features, at = [], 0
    numbers = []
    for sample in samples:
        numbers.append(sample.features["content"].astype(np.int64) + at)
        at = int(numbers[-1][-1]) + 1
    for name in FEATURES[:-1]:
        column = np.concatenate([s.features[name] for s in samples])
        features.append(torch.from_numpy(column.astype(np.int64)))
    return words, [*features, torch.from_numpy(np.concatenate(numbers))]


def divergence(scores: Tensor, wanted: Tensor) -> Tensor:
    """Kullback-Leibler divergence of labels at each word."""
    log_wanted = torch.log_softmax(wanted, -1)
    return (log_wanted.exp() * (log_wanted - torch.log_softmax(scores, -1))).sum(-1)


def role_scores(head: RoleHead, words_CND: Tensor, of_cue: dict[str, Tensor]) -> Tensor:
    """Scores (C, N, L) by the head as the package runs it, from words that it prepared before."""
    plain, gated, shift, gate = words_CND.chunk(4, dim=-1)
    mean = of_cue["mean"][:, None]
    shift, gate = torch.matmul(mean, shift), torch.matmul(mean, gate)
    x = plain + shift + gated * gate
    x = x + head.distance(of_cue["distance"]) + head.sentence(of_cue["sentence"])
    x = head.norm_0(functional.gelu(x))
    c, n, h = x.shape
    q, k, v = head.qkv(x).view(c, n, 3, head.n_heads, h // head.n_heads).permute(2, 0, 3, 1, 4)
    scores = torch.matmul(q, k.transpose(-1, -2)) / (h // head.n_heads) ** 0.5
    scores = scores.masked_fill(~of_cue["mask"][:, None, None], -1e4)
    seen = torch.matmul(torch.softmax(scores, -1), v).transpose(1, 2).reshape(c, n, h)
    x = head.norm_1(x + head.out(seen))
    x = head.norm_2(x + head.outer(functional.gelu(head.inner(x))))
    return head.labels(x)


def cues_of(samples: Sequence[Sample]) -> dict[str, Tensor]:
    """All cues of a batch with the words near them, padded."""
    rows = []
    at = 0
    for sample in samples:
        for (first, after, cue_first, cue_after), scores in zip(
            sample.own.tolist(), sample.roles, strict=True
        ):
            sentence_N = sample.sentence_W[first:after].astype(np.int64)
            rows.append(
                (at + first, at + after, cue_first - first, cue_after - first, sentence_N, scores)
            )
        at += len(sample.words_WD)
    n_words = max(after - first for first, after, *_ in rows)
    c = len(rows)
    out = {
        "at": np.zeros((c, n_words), np.int64),
        "mask": np.zeros((c, n_words), np.bool_),
        "mean": np.zeros((c, n_words), np.float32),
        "distance": np.zeros((c, n_words), np.int64),
        "sentence": np.zeros((c, n_words), np.int64),
        "wanted": np.zeros((c, n_words, rows[0][5].shape[1]), np.float32),
        "in_cue": np.zeros((c, n_words), np.bool_),
    }
    for row, (first, after, cue_first, cue_after, sentence_N, scores) in enumerate(rows):
        n = after - first
        out["at"][row, :n] = np.arange(first, after)
        out["mask"][row, :n] = True
        out["mean"][row, cue_first:cue_after] = 1 / (cue_after - cue_first)
        out["distance"][row, :n] = word_buckets(cue_first, cue_after, n)
        out["sentence"][row, :n] = sentence_buckets(sentence_N, cue_first)
        out["wanted"][row, :n] = scores.astype(np.float32)
        out["in_cue"][row, cue_first:cue_after] = True
    return {name: torch.from_numpy(array) for name, array in out.items()}


def losses(model: ContentModel, head: RoleHead, batch: Sequence[Sample]) -> dict[str, Tensor]:
    """Divergences: of cues, of a content, and of parties, of a cue."""
    words_WD, features = inputs_of(batch)
    made_WD, cues_WL = model(words_WD, *features)
    wanted = torch.from_numpy(np.concatenate([s.cues_WL for s in batch]).astype(np.float32))
    n_contents = int(features[-1][-1]) + 1
    out = {"cues": divergence(cues_WL, wanted).sum() / n_contents}
    if any(len(s.own) for s in batch):
        cues = cues_of(batch)
        scores = role_scores(head, made_WD[cues["at"]], cues)
        inside = cues["mask"] & ~cues["in_cue"]
        out["roles"] = divergence(scores, cues["wanted"])[inside].sum() / len(inside)
    return out


def batches_of(samples: list[Sample], n_words: int, rng: random.Random) -> list[list[Sample]]:
    """Samples in random order, in batches of so many words."""
    order = rng.sample(samples, len(samples))
    out: list[list[Sample]] = [[]]
    size = 0
    for sample in order:
        if size + len(sample.words_WD) > n_words and out[-1]:
            out.append([])
            size = 0
        out[-1].append(sample)
        size += len(sample.words_WD)
    return out


def found_cues(scores_WL: NDArray[Any]) -> set[int]:
    """Words that are likelier the first of a cue than none."""
    return set(np.flatnonzero(scores_WL[:, [1, 4]].max(1) + 0.5 > scores_WL[:, 0]).tolist())


def report(model: ContentModel, head: RoleHead, samples: list[Sample]) -> str:
    """Losses on samples kept back, and how far the same cues are found."""
    model.eval()
    total: dict[str, float] = {}
    right = n_found = n_wanted = 0
    batches = batches_of(samples, 1200, random.Random(0))
    with torch.no_grad():
        for batch in batches:
            for name, value in losses(model, head, batch).items():
                total[name] = total.get(name, 0.0) + float(value) / len(batches)
            words, features = inputs_of(batch)
            found = found_cues(model(words, *features)[1].numpy())
            wanted = found_cues(np.concatenate([s.cues_WL for s in batch]).astype(np.float32))
            right += len(found & wanted)
            n_found, n_wanted = n_found + len(found), n_wanted + len(wanted)
    model.train()
    scores = " ".join(f"{k} {v:.4f}" for k, v in total.items())
    return f"{scores} F1 {2 * right / max(1, n_found + n_wanted):.3f} of {n_wanted}"


def train(args: argparse.Namespace, recipe: dict[str, Any]) -> None:
    """Train to the end of the recipe, or of the time."""
    started = time.monotonic()
    head = load_model(args.weights).role_head.eval().requires_grad_(requires_grad=False)
    paths = sorted(args.samples.glob("[0-9]*.npz"))
    cut = recipe["dev_files"]
    kept_back = {
        "second pass": [s for path in paths[:cut] for s in load_samples(path)],
        "marked": list(load_samples(args.samples / "dev.npz")),
    }
    samples = [s for path in paths[cut:] for s in load_samples(path)]
    samples += recipe["own_times"] * list(load_samples(args.samples / "own.npz"))
    torch.manual_seed(recipe["seed"])
    torch.set_num_threads(recipe["threads"])
    model = ContentModel(recipe, 2 * head.of_word.out_features)
    optimiser = torch.optim.AdamW(
        [{"params": list(model.parameters()), "base": recipe["rate"]}],
        weight_decay=recipe["weight_decay"],
    )
    args.out.mkdir(parents=True, exist_ok=True)
    running = Running(model, optimiser, recipe, args.out)
    per_epoch = len(batches_of(samples, recipe["batch_words"], random.Random(0)))
    steps = per_epoch * recipe["epochs"]
    while running.step < steps:
        epoch = running.step // per_epoch
        rng = random.Random(recipe["seed"] * 1000 + epoch)
        for batch in batches_of(samples, recipe["batch_words"], rng)[:per_epoch]:
            parts = losses(model, head, batch)
            loss = sum(recipe[f"weight_{name}"] * value for name, value in parts.items())
            running.update(loss, rate_at(running.step, steps, recipe["warmup"]))
        running.step = per_epoch * (epoch + 1)
        running.save()
        mean = ContentModel(recipe, 2 * head.of_word.out_features)
        mean.load_state_dict(running.mean)
        seconds = time.monotonic() - started
        for name, dev in kept_back.items():
            print(f"epoch {epoch} {seconds:.0f} s {name}: {report(mean, head, dev)}", flush=True)
        if args.seconds and seconds > args.seconds:
            break


def export(args: argparse.Namespace, recipe: dict[str, Any]) -> None:
    """Write the graph, and its digest into the manifest."""
    kept = torch.load(args.out / "checkpoint.pt", weights_only=False)["mean"]
    model = ContentModel(recipe, kept["words.weight"].shape[1])
    model.load_state_dict(kept)
    example = (
        torch.zeros(10, kept["words.weight"].shape[1]),
        *(torch.zeros(10, dtype=torch.long) for _ in FEATURES),
    )
    inputs = ["words_before", *FEATURES]
    axes = {name: {0: "words"} for name in (*inputs, "words", "cues")}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / CONTENTS_FILE
        export_graph(model, example, path, (inputs, ["words", "cues"]), axes)
        quantise(path, args.export / CONTENTS_FILE, gather=False)
    add_file(args.export, CONTENTS_FILE)


def main() -> None:
    """Train, or export what was trained."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("samples", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seconds", type=float, default=0.0, help="stop after this epoch")
    parser.add_argument("--export", type=Path, help="the folder of weights to write to")
    args = parser.parse_args()
    recipe = tomllib.loads(args.recipe.read_text(encoding="utf-8"))
    if args.export:
        export(args, recipe)
    else:
        train(args, recipe)


if __name__ == "__main__":
    main()
