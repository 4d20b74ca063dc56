"""What is said, read for statements inside it, from what the first pass made of its words.

A small graph: two layers of attention over the words of contents, each content by itself.
It gives the vectors and cue scores that another pass of the encoder over the content alone
would give, nearly, and takes a tenth of its time (`training/train_contents.py`).

Shapes: W words of some contents, one after the other; D width; L labels.
"""

from collections.abc import Sequence
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.pieces import Window
from onrecord.encode.sessions import load_session
from onrecord.encode.weights import Weights

CONTENTS_FILE: Final = "contents.onnx"
# Places of words, counted from either end of their content, that are told apart.
N_ENDS: Final = 8


class Contents(Protocol):
    """What reads contents again without the encoder; tests give a small made-up one."""

    def read(
        self, words_WD: NDArray[np.float32], window: Window, lengths: Sequence[int]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Vectors (W, D) and cue scores (W, L) of the words of some contents."""
        ...


class ContentReader:
    """The graph of contents."""

    def __init__(self, weights: Weights) -> None:
        self._graph = load_session(weights.read(CONTENTS_FILE))

    def read(
        self, words_WD: NDArray[np.float32], window: Window, lengths: Sequence[int]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Vectors (W, D) and cue scores (W, L) of the words of some contents.

        Args:
            words_WD: What the first pass made of these words.
            window: The contents, one after the other.
            lengths: Words in each of them.
        """
        words, cues = self._graph.run(
            ["words", "cues"], {"words_before": words_WD, **content_features(window, lengths)}
        )
        return words, cues


def content_features(window: Window, lengths: Sequence[int]) -> dict[str, Any]:
    """What else the graph is told of each word: case, quotation marks, place, its content."""
    first_W = window.first_W
    counts = np.array(lengths)
    length_W = np.repeat(counts, counts)
    number_W = np.arange(len(first_W)) - np.repeat(np.cumsum(counts) - counts, counts)
    return {
        "case": window.case_T[first_W],
        "quote": window.quote_T[first_W],
        "place": window.place_T[first_W],
        "start": np.minimum(number_W, N_ENDS),
        "end": np.minimum(length_W - 1 - number_W, N_ENDS),
        "content": np.repeat(np.arange(len(counts)), counts),
    }


def content_reader_of(weights: Weights) -> ContentReader | None:
    """The graph of contents, if these weights have one."""
    return ContentReader(weights) if CONTENTS_FILE in weights.manifest["files"] else None
