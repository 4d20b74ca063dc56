"""Texts with the names that a larger reader found (`training/teach_names.py`), to learn from.

python -m training.train_record … --set 'taught="OUT/taught.jsonl"' --set shares.taught=1.0
"""

import json
import random
from collections.abc import Callable
from pathlib import Path

from tokenizers import Tokenizer

from evaluation.entity_texts import Form, MarkedMention, MarkedText
from training.entity_samples import CutText, Sample, cut_text, samples
from training.own_names import plain_text


def taught_source(
    path: Path, tokenizer: Tokenizer, share: float, max_pieces: int
) -> Callable[[random.Random], list[Sample]]:
    """Samples of the texts of a file, `share` times over, each with one of its labelings."""
    every: list[tuple[CutText, list[MarkedText]]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        texts = [
            plain_text(f"taught-{number}", row["text"], [_mention(*name) for name in labeling])
            for labeling in row["labelings"]
        ]
        every.append((cut_text(texts[0], tokenizer), texts))

    def source(rng: random.Random) -> list[Sample]:
        return [
            sample
            for cut, texts in every
            for _ in range(int(share) + (rng.random() < share % 1))
            for sample in samples(
                CutText(rng.choice(texts), cut.paragraphs, cut.quotes),
                "uner",
                rng,
                max_pieces=max_pieces,
                max_windows=1,
                happened={},
            )
        ]

    return source


def _mention(start: int, end: int, kind: str) -> MarkedMention:
    return MarkedMention(start=start, end=end, type=kind, form=Form.NAME, name=(start, end))
