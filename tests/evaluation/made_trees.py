"""Weights and an encoder of our own making, in the place of those that have trees."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from evaluation import event_commands, treebanks
from onrecord.encode.pieces import Window
from onrecord.encode.sessions import Encoded
from onrecord.encode.weights import Weights
from onrecord.syntax.labels import N_DISTANCES
from tests.marked import plain_tokenizer
from tests.syntax.made_parts import SIZES, columns, parts_of

MADE = Weights(
    Path(),
    {
        "name": "made",
        "version": "0",
        "max_pieces": 60,
        "parts": SIZES,
        "arc_distances": [0.0] * N_DISTANCES,
    },
)


class MadeEncoder:
    """Hangs all words on the second of their sentence; the first four words happened."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    def encode(self, window: Window) -> Encoded:
        """Columns of a window."""
        sentence_W = window.sentence_W
        n = len(sentence_W)
        first_W = np.searchsorted(sentence_W, sentence_W)
        after_W = np.searchsorted(sentence_W, sentence_W, side="right")
        heads = np.minimum(first_W + 1, after_W - 1).tolist()
        is_root = [head == word for word, head in enumerate(heads)]
        parts: NDArray[np.float32] = parts_of(
            heads,
            ["root" if root else "nsubj" for root in is_root],
            ["VBD" if root else "NNP" for root in is_root],
        )
        parts[:, columns()["happened"].start] = 4 - (np.arange(n) - first_W)
        nothing = np.zeros((n, 0), dtype=np.float32)
        return Encoded(nothing, nothing, parts)


def use_made_trees(monkeypatch: pytest.MonkeyPatch) -> Weights:
    """All that reads trees reads them with the made-up encoder; its weights."""
    monkeypatch.setattr(treebanks, "OnnxEncoder", MadeEncoder)
    monkeypatch.setattr(treebanks, "load_tokenizer", lambda _: plain_tokenizer())
    monkeypatch.setattr(event_commands, "packaged_weights", lambda: MADE)
    return MADE
