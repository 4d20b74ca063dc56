"""What the encoder says of words that may be triggers or parties, made small for later stages.

One layer over the vocabulary's and the encoder's vector of a word; the model of events
(`learned.py`) scores triggers and parties from its numbers. It is worked out in the pass of
the encoder, as later stages see no vectors of words.

Shapes: W words, X width of a word (vocabulary behind encoder), H numbers that are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.adding import AddingEncoder
from onrecord.encode.pieces import Window
from onrecord.encode.products import product
from onrecord.encode.sessions import Encoded, Encoder
from onrecord.encode.word_tables import WordTable
from onrecord.events.halves import from_halves, to_halves
from onrecord.syntax.labels import TAGS

# Parts of speech of words that tell what happened, or to whom.
_TELLING: Final = np.array(
    [tag[:2] in {"NN", "VB", "JJ", "PR", "DT", "CD", "RB"} for tag in TAGS], dtype=np.bool_
)


@dataclass(frozen=True, slots=True, eq=False)
class EventStates:
    """The words of one window that may tell something, with their numbers.

    Attributes:
        start_W: Code points at which they start.
        rows_WH: Their numbers, none below 0, with 16 bits.
    """

    start_W: NDArray[np.int64]
    rows_WH: NDArray[np.float16]


class StateEncoder(AddingEncoder):
    """An encoder whose last columns are the numbers of words; it also takes them."""

    def __init__(
        self,
        encoder: Encoder,
        table: WordTable,
        layer: tuple[NDArray[np.float32], NDArray[np.float32]],
        *,
        tags: slice,
        n_columns: int,
    ) -> None:
        """Wrap an encoder.

        Args:
            encoder: What is wrapped.
            table: Vectors of the vocabulary.
            layer: Weights (X, H) and bias (H,).
            tags: Columns of the scores of parts of speech.
            n_columns: Columns that the encoder gives without it.
        """
        self.encoder, self.table = encoder, table
        self.tags, self.n_columns = tags, n_columns
        self.layer_XH, self.bias_H = layer

    def columns(self, window: Window, encoded: Encoded) -> NDArray[np.float32]:
        """The numbers (W, H) of the words of a window; -1 where they are not worked out."""
        words, _, parts = encoded
        own = np.zeros(len(parts), dtype=np.bool_)
        own[slice(*window.own)] = True
        own &= _TELLING[parts[:, self.tags].argmax(1)]
        rows = np.full((len(parts), len(self.bias_H)), -1, dtype=np.float32)
        known = self.table.of_words(window)[own]
        # Behind other numbers of a word stand those of the last layer of the encoder.
        last = words[own, known.shape[1] - len(self.layer_XH) :]
        words_WX = np.concatenate([last, known], axis=1)
        rows[own] = np.maximum(product(words_WX, self.layer_XH) + self.bias_H, 0)
        return rows

    def find_all(
        self, windows: Sequence[Window], parts: Sequence[NDArray[np.float32]]
    ) -> list[EventStates]:
        """The numbers of the words for which each window answers."""
        return [self._find(*one) for one in zip(windows, parts, strict=True)]

    def _find(self, window: Window, parts_WC: NDArray[np.float32]) -> EventStates:
        own = slice(*window.own)
        rows = parts_WC[own, self.n_columns : self.n_columns + len(self.bias_H)]
        telling = rows[:, 0] >= 0
        return EventStates(window.starts_W[own][telling], to_halves(rows[telling]))


class TextStates:
    """The numbers of all words of a text, by where they start."""

    def __init__(self, found: Sequence[Any]) -> None:
        """Join what was found in the windows of a text, in its order."""
        own = [one for one in found if isinstance(one, EventStates)]
        self.is_known = bool(own)
        self.starts: list[int] = [start for one in own for start in one.start_W.tolist()]
        self._rows = [one.rows_WH for one in own]
        self._first: dict[int, NDArray[np.float32]] = {}

    @cached_property
    def _halves(self) -> NDArray[np.float16]:
        """All of them, (N, H), with 16 bits."""
        return np.concatenate(self._rows) if self._rows else np.zeros((0, 0), dtype=np.float16)

    def first(self, n_columns: int) -> NDArray[np.float32]:
        """So many of the first numbers of all words, (N, n_columns)."""
        if n_columns not in self._first:
            self._first[n_columns] = from_halves(self._halves[:, :n_columns])
        return self._first[n_columns]

    def last_of(self, words: NDArray[np.int64], n_columns: int) -> NDArray[np.float32]:
        """So many of the last numbers of some words, zeros for those below 0."""
        found = from_halves(self._halves[words, -n_columns:])
        found[words < 0] = 0.0
        return found

    @cached_property
    def number_of(self) -> dict[int, int]:
        """The number of each word, by where it starts."""
        return {start: number for number, start in enumerate(self.starts)}

    def at(self, start: int) -> int | None:
        """The number of the word that starts there; None if nothing is known of it."""
        return self.number_of.get(start)
