"""Fit the tree heads of new weights to the trees that older ones give, over a frozen encoder.

    ONRECORD_CORPORA=… python -m training.distil_trees TEACHER.pt WEIGHTS.pt OUT.pt

Texts of our own teach names, statements and events, but have no trees of gold, so that while the
encoder learns them its trees of just such texts drift. Here the columns of arcs, relations and
parts of speech learn, on these texts sentence by sentence and whole, what the heads of TEACHER
say of them (Hinton et al. 2015), and gold trees of EWT and GUM beside it. All else of WEIGHTS
stays as it is.

Shapes: B windows, W words, D width, C columns, K distances.
"""

import argparse
import itertools
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional

from evaluation.coreference_corpora import load_gum
from evaluation.entity_corpora import load_uner
from evaluation.entity_texts import MarkedText
from onrecord.encode.pieces import join_window
from onrecord.encode.sessions import load_tokenizer
from onrecord.encode.weights import packaged_weights
from training.entity_heads import WordHead
from training.entity_samples import Sample, cut_text, random_groups, samples
from training.export_record import load_model
from training.own_names import load_own_names, plain_text
from training.own_statements import own_statement_records
from training.record_batches import MarkedBatch, marked_batch, shuffled_by_length
from training.syntax import arc_scores, tree_losses
from training.train_record import RecordModel

PARTS = ("arc_own", "arc_head", "relations", "tags")
MOST_PIECES = 208
BATCH_PIECES = 3000
NAMES = 1500
# Of articles in dispute.
NEWS = 3500
SHARE_OF_GOLD = 0.5
EPOCHS = 16
RATE = 1e-3


def own_samples(rng: random.Random) -> list[Sample]:
    """Windows of texts of our own: each sentence by itself, and the texts whole."""
    tokenizer = load_tokenizer(packaged_weights())
    texts = [plain_text(one["id"], one["text"]) for one in own_statement_records()]
    path = Path(__file__).parent / "events" / "own.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts.append(plain_text(row["name"], row["text"]))
    texts += rng.sample(load_own_names(), NAMES)
    texts += rng.sample(dispute_texts(), NEWS)
    found = []
    for text in texts:
        cut = cut_text(text, tokenizer)
        for size in (1, MOST_PIECES):
            groups = random_groups(cut, rng, size)
            found += [Sample(windows=[join_window(group)]) for group in groups]
    return found


def dispute_texts() -> list[MarkedText]:
    """The articles of the situations that disputes are learned from."""
    found = []
    for path in sorted((Path(__file__).parent / "disputes").glob("articles*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            articles: dict[str, list[str]] = {}
            for sentence in row["sentences"]:
                articles.setdefault(sentence["article"], []).append(sentence["text"])
            found += [
                plain_text(f"{row['id']}-{name}", " ".join(sentences))
                for name, sentences in articles.items()
            ]
    return found


def gold_samples(folder: Path, rng: random.Random) -> list[Sample]:
    """Windows of the treebanks, a share of them."""
    tokenizer = load_tokenizer(packaged_weights())
    found: list[Sample] = []
    for corpus, part in (("uner", load_uner(folder, "train")), ("gum", load_gum(folder, "train"))):
        for text in part.texts:
            if rng.random() < SHARE_OF_GOLD:
                cut = cut_text(text, tokenizer)
                size = rng.choice((1, MOST_PIECES))
                found += samples(cut, corpus, rng, max_pieces=size, max_windows=1, happened={})
    return [one for one in found if one.trees and one.trees[0] is not None]


def scores_of(head: WordHead, words_BWD: Tensor, sentence_BW: Tensor) -> dict[str, Tensor]:
    """Scores of arcs, relations and parts of speech."""
    parts = head(words_BWD)
    n = sentence_BW.shape[1]
    ways = head.distances[head.ways[:n, :n]]
    arcs = arc_scores(parts["arc_own"], parts["arc_head"], ways, sentence_BW)
    return {"arcs": arcs, "relations": parts["relations"], "tags": parts["tags"]}


def divergence(own: dict[str, Tensor], given: dict[str, Tensor], mask_BW: Tensor) -> Tensor:
    """How far the scores are from those of the teacher, summed over words."""
    total = torch.zeros(())
    for name, scores in own.items():
        taught = given[name].float().log_softmax(-1)
        each = functional.kl_div(
            scores.log_softmax(-1), taught, log_target=True, reduction="none"
        ).sum(-1)
        total = total + each[mask_BW].sum()
    return total


@torch.no_grad()
def seen(model: RecordModel, batches: list[MarkedBatch]) -> Iterator[Tensor]:
    """The words of each batch as an encoder sees them."""
    for batch in batches:
        yield model.words(batch.words).half()


def batches_of(found: list[Sample], rng: random.Random) -> list[MarkedBatch]:
    """Batches of windows of like length."""
    return [marked_batch(group) for group in shuffled_by_length(found, rng, BATCH_PIECES)]


def main() -> None:
    """Fit the columns and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(2)
    rng = random.Random(5)
    torch.manual_seed(5)
    own = batches_of(own_samples(rng), rng)
    gold = batches_of(gold_samples(Path(os.environ["ONRECORD_CORPORA"]), rng), rng)
    print(len(own), "batches of our own,", len(gold), "of gold", flush=True)
    teacher = load_model(args.teacher)
    with torch.no_grad():
        taught = [
            {
                name: scores.half()
                for name, scores in scores_of(
                    teacher.word_head, words.float(), batch.sentence_BW
                ).items()
            }
            for words, batch in zip(seen(teacher, own), own, strict=True)
        ]
    print("taught", flush=True)
    model = load_model(args.weights)
    own_words, gold_words = list(seen(model, own)), list(seen(model, gold))
    print("seen", flush=True)
    head = model.word_head
    ends = torch.tensor([0, *head.SIZES.values()]).cumsum(0).tolist()
    learns_C = torch.zeros(ends[-1], dtype=torch.bool)
    for (first, after), name in zip(itertools.pairwise(ends), head.SIZES, strict=True):
        learns_C[first:after] = name in PARTS
    for name, parameter in head.named_parameters():
        parameter.requires_grad_(name in {"all.weight", "all.bias", "distances"})
    head.all.weight.register_hook(lambda slope: slope * learns_C[:, None])
    head.all.bias.register_hook(lambda slope: slope * learns_C)
    optimiser = torch.optim.Adam([p for p in head.parameters() if p.requires_grad], lr=RATE)
    steps = [(False, n) for n in range(len(own))] + [(True, n) for n in range(len(gold))]
    for epoch in range(EPOCHS):
        rng.shuffle(steps)
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - epoch / EPOCHS)
        sums = {False: 0.0, True: 0.0}
        for is_gold, n in steps:
            batch = (gold if is_gold else own)[n]
            words = (gold_words if is_gold else own_words)[n].float()
            if is_gold:
                losses = tree_losses(head(words), head, batch)
                loss = losses["arcs"] + losses["relations"] + losses["tags"]
            else:
                mask = batch.words.word_mask_BW
                loss = divergence(scores_of(head, words, batch.sentence_BW), taught[n], mask)
            loss = loss / int(batch.words.word_mask_BW.sum())
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            sums[is_gold] += float(loss.detach())
        print(epoch, sums[False] / len(own), sums[True] / len(gold), flush=True)
    kept = torch.load(args.weights, map_location="cpu", weights_only=False)
    new = model.state_dict()
    for name in ("word_head.all.weight", "word_head.all.bias", "word_head.distances"):
        kept["weights"][name] = new[name].detach().clone()
    torch.save(kept, args.out)


if __name__ == "__main__":
    main()
