"""Train the shared encoder with the statement heads on PolNeAR.

    ONRECORD_CORPORA=… python -m training.train_statements RECIPE OUT [--device cuda]

Writes OUT/checkpoint.pt after every part of an epoch and goes on from it when started
again; OUT/log.jsonl has a line per report; OUT/weights.pt is the running mean at the
end. Next: `training/export_statements.py`.
"""

import argparse
import json
import math
import os
import random
import time
import tomllib
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from onrecord.encode.labels import label
from training.attributions import (
    Article,
    Batch,
    LabelledWindow,
    cut_article,
    make_batch,
    make_cue_batch,
    random_windows,
)
from training.augmentations import (
    by_itself,
    in_first_person,
    is_unquoted,
    person_ids,
    plain_content,
    without_case,
)
from training.encoders import Encoder, EncoderShape, pretrained_encoder
from training.heads import CueHead, RoleHead
from training.packages import tokenizer_path

STRAIGHT = str.maketrans("“”‘’", "\"\"''")


class StatementModel(nn.Module):
    """Encoder and statement heads."""

    def __init__(self, recipe: dict[str, Any], *, pretrained: bool = True) -> None:
        super().__init__()
        self.in_bfloat16 = bool(recipe["bfloat16"])
        dropout = recipe["dropout"]
        self.encoder = (
            pretrained_encoder(dropout) if pretrained else Encoder(EncoderShape(), dropout)
        )
        width = self.encoder.shape.width
        self.cue_head = CueHead(width, recipe["head_dropout"])
        self.role_head = RoleHead(width, dropout=recipe["head_dropout"])

    def words(self, batch: Batch) -> Tensor:
        """Vectors of words, (B, W, D): of the first piece of each."""
        with torch.autocast(batch.ids_BT.device.type, torch.bfloat16, enabled=self.in_bfloat16):
            pieces = self.encoder(
                batch.ids_BT, batch.case_BT, batch.quote_BT, batch.place_BT, batch.mask_BT
            ).float()
        index = batch.first_BW[:, :, None].expand(-1, -1, pieces.shape[2])
        return pieces.gather(1, index)


def losses(model: StatementModel, batch: Batch, recipe: dict[str, Any]) -> dict[str, Tensor]:
    """Losses per window: cues, unlinked parties, linked roles; and the words' vectors."""
    words = model.words(batch)
    cue_scores, party_scores = model.cue_head(words)
    n = len(batch.windows)
    cue_nll = model.cue_head.crf.nll(cue_scores, batch.cue_labels_BW, batch.word_mask_BW).sum()
    party = functional.cross_entropy(
        party_scores[batch.word_mask_BW], batch.party_labels_BW[batch.word_mask_BW], reduction="sum"
    )
    false_cues = likely_false_cues(cue_scores, batch, n * recipe["false_cues"])
    cues = make_cue_batch(batch, false_cues)
    cues = type(cues)(**{k: getattr(cues, k).to(words.device) for k in cues.__slots__})
    mask = batch.word_mask_BW[cues.of_window_C]
    scores = model.role_head(
        words[cues.of_window_C], cues.cue_mean_CW, cues.distance_CW, cues.sentence_CW, mask
    )
    role_nll = model.role_head.crf.nll(scores, cues.labels_CW, mask).sum()
    return {"cue": cue_nll / n, "party": party / n, "role": role_nll / n, "words": words}


def likely_false_cues(scores_BWL: Tensor, batch: Batch, n_wanted: int) -> list[tuple[int, int]]:
    """The words most like a one-word cue, or the start of one, that are in none."""
    starts = [label(0, "B"), label(0, "U")]
    with torch.no_grad():
        like = torch.softmax(scores_BWL, -1)[:, :, starts].sum(-1)
        like = like.masked_fill(~batch.word_mask_BW | (batch.cue_labels_BW > 0), 0.0)
        top = like.flatten().topk(min(n_wanted, like.numel())).indices.tolist()
    width = like.shape[1]
    return [(at // width, at % width) for at in top]


def epoch_batches(
    articles: list[Article],
    straight: list[Article],
    persons: dict[int, int],
    recipe: dict[str, Any],
    epoch: int,
) -> list[list[LabelledWindow]]:
    """All windows of an epoch in batches of like length, in random order."""
    rng = random.Random(recipe["seed"] * 1000 + epoch)
    windows = []
    for curly, plain in zip(articles, straight, strict=True):
        article = plain if rng.random() < recipe["straight_quotes"] else curly
        for window in random_windows(article, rng, recipe["max_pieces"]):
            windows.extend(variants(window, article.text, persons, recipe, rng))
    rng.shuffle(windows)
    windows.sort(key=lambda w: len(w.window.ids_T) // 16)
    size = recipe["batch_windows"]
    batches = [windows[at : at + size] for at in range(0, len(windows), size)]
    rng.shuffle(batches)
    return batches


def variants(
    window: LabelledWindow,
    text: str,
    persons: dict[int, int],
    recipe: dict[str, Any],
    rng: random.Random,
) -> list[LabelledWindow]:
    """The window, now and then changed, and now and then one of its attributions by itself."""
    alone = by_itself(window, rng) if rng.random() < recipe["by_itself"] else None
    kept = [window]
    if alone is not None:
        kept.append(in_first_person(alone, persons) if rng.random() < 0.5 else alone)
    if is_unquoted(window) and rng.random() < recipe["first_person"]:
        kept[0] = in_first_person(window, persons)
    plain = plain_content(window, text, rng) if rng.random() < recipe["plain_contents"] else None
    if plain is not None:
        kept.append(plain)
    return [without_case(w) if rng.random() < recipe["no_case"] else w for w in kept]


def optimiser_for(model: StatementModel, recipe: dict[str, Any]) -> torch.optim.Optimizer:
    """AdamW; the vocabulary stays as it was, the heads and new features learn faster."""
    model.encoder.words.weight.requires_grad_(False)
    fast, slow, slow_plain = [], [], []
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        new = name.startswith(("encoder.cases", "encoder.quotes", "encoder.places"))
        if new or not name.startswith("encoder."):
            fast.append(parameter)
        else:
            (slow if parameter.ndim > 1 else slow_plain).append(parameter)
    return torch.optim.AdamW(
        [
            {"params": slow, "lr": recipe["rate_encoder"], "weight_decay": recipe["weight_decay"]},
            {"params": slow_plain, "lr": recipe["rate_encoder"], "weight_decay": 0.0},
            {"params": fast, "lr": recipe["rate_heads"], "weight_decay": recipe["weight_decay"]},
        ],
        betas=(0.9, 0.98),
    )


def rate_at(step: int, n_steps: int, warmup: float) -> float:
    """Linear rise, then linear fall to a hundredth."""
    rise = max(1, int(n_steps * warmup))
    if step < rise:
        return (step + 1) / rise
    return max(0.01, (n_steps - step) / max(1, n_steps - rise))


def main() -> None:
    """Train, or go on training."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--start", type=Path, help="weights.pt of an earlier recipe to go on from")
    parser.add_argument("--stop-after", type=float, default=math.inf, help="seconds")
    parser.add_argument("--steps", type=int, default=0, help="stop after so many steps (a trial)")
    args = parser.parse_args()
    recipe = tomllib.loads(args.recipe.read_text(encoding="utf-8"))
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(recipe["threads"])
    torch.manual_seed(recipe["seed"])

    tokenizer = Tokenizer.from_file(str(tokenizer_path()))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    corpus = Path(os.environ["ONRECORD_CORPORA"]) / recipe["corpus"]
    records = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines()]
    articles = [cut_article(r, tokenizer) for r in records]
    persons = person_ids(tokenizer)
    straight = [
        cut_article(r | {"text": r["text"].translate(STRAIGHT)}, tokenizer) for r in records
    ]

    model = StatementModel(recipe).to(args.device)
    if args.start is not None:
        model.load_state_dict(torch.load(args.start, weights_only=False)["weights"])
    optimiser = optimiser_for(model, recipe)
    mean = {k: v.detach().clone() for k, v in model.state_dict().items()}
    checkpoint = args.out / "checkpoint.pt"
    first_epoch, step, skip = 0, 0, 0
    if checkpoint.exists():
        kept = torch.load(checkpoint, map_location=args.device, weights_only=False)
        model.load_state_dict(kept["model"])
        optimiser.load_state_dict(kept["optimiser"])
        mean, step = kept["mean"], kept["step"]
        first_epoch, skip = kept["epoch"], kept["batch"]

    per_epoch = len(epoch_batches(articles, straight, persons, recipe, 0))
    n_steps = per_epoch * recipe["epochs"]
    started, n_pieces, sums = time.monotonic(), 0, dict.fromkeys(("cue", "party", "role"), 0.0)
    begin, done = started, False

    def save(epoch: int, batch: int) -> None:
        state = {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "mean": mean}
        torch.save(state | {"step": step, "epoch": epoch, "batch": batch}, f"{checkpoint}.part")
        Path(f"{checkpoint}.part").replace(checkpoint)

    for epoch in range(first_epoch, recipe["epochs"]):
        model.train()
        batches = epoch_batches(articles, straight, persons, recipe, epoch)
        for number, windows in enumerate(batches):
            if epoch == first_epoch and number < skip:
                continue
            share = rate_at(step, n_steps, recipe["warmup"])
            for group in optimiser.param_groups:
                base = recipe[
                    "rate_heads" if group is optimiser.param_groups[2] else "rate_encoder"
                ]
                group["lr"] = base * share
            batch = make_batch(windows)
            batch = Batch(
                **{
                    k: v.to(args.device) if isinstance(v := getattr(batch, k), Tensor) else v
                    for k in Batch.__slots__
                }
            )
            parts = losses(model, batch, recipe)
            del parts["words"]
            loss = (
                parts["cue"]
                + recipe["weight_parties"] * parts["party"]
                + recipe["weight_roles"] * parts["role"]
            )
            optimiser.zero_grad(set_to_none=True)
            (loss / 10).backward()
            nn.utils.clip_grad_norm_(model.parameters(), recipe["clip"])
            optimiser.step()
            decay = min(recipe["average"], (step + 1) / (step + 10))
            with torch.no_grad():
                for key, value in model.state_dict().items():
                    if value.is_floating_point() and key != "encoder.words.weight":
                        mean[key].lerp_(value, 1 - decay)
            step += 1
            n_pieces += int(batch.mask_BT.sum())
            for key, value in parts.items():
                sums[key] += value.item()
            if step % 20 == 0:
                now = time.monotonic()
                line = {
                    "step": step,
                    "of": n_steps,
                    "epoch": epoch,
                    **{k: round(v / 20, 3) for k, v in sums.items()},
                    "pieces_per_s": round(n_pieces / (now - started)),
                }
                with (args.out / "log.jsonl").open("a") as log:
                    log.write(json.dumps(line) + "\n")
                started, n_pieces, sums = now, 0, dict.fromkeys(sums, 0.0)
            if step % 200 == 0:
                save(epoch, number + 1)
            done = time.monotonic() - begin > args.stop_after or step == args.steps
            if done:
                save(epoch, number + 1)
                return
        save(epoch + 1, 0)
    torch.save({"weights": mean, "recipe": recipe}, args.out / "weights.pt")


if __name__ == "__main__":
    main()
