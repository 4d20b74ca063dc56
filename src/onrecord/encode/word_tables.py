"""The vectors of the vocabulary, out of the encoder's own file, for those who share them.

The encoder's graph keeps them as bytes with one scale for all; the manifest of the weights
says where in the file. They are what a piece is before the encoder has seen its context.

Shapes: V pieces of the vocabulary, T pieces, W words, D width.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.pieces import Window
from onrecord.encode.weights import Weights
from onrecord.errors import WeightsError

_ENCODER_FILE: Final = "encoder.onnx"
# Tables by the digest of their file and where they are in it, for all who share them.
_KNOWN: Final[dict[str, "WordTable"]] = {}


@dataclass(frozen=True, slots=True, eq=False)
class WordTable:
    """Vectors of the vocabulary.

    Attributes:
        codes_VD: Their bytes.
        zero: The byte that means nothing.
        scale: What one step is worth.
    """

    codes_VD: NDArray[np.uint8]
    zero: int
    scale: float

    def of_pieces(self, ids_T: NDArray[np.int64]) -> NDArray[np.float32]:
        """Vectors (T, D) of some pieces."""
        steps = self.codes_VD[ids_T].astype(np.float32)
        steps -= np.float32(self.zero)
        steps *= np.float32(self.scale)
        return steps

    def of_words(self, window: Window) -> NDArray[np.float32]:
        """For each word of a window the mean of its pieces, (W, D)."""
        first_W = window.first_W
        if not len(first_W):
            return np.zeros((0, self.codes_VD.shape[1]), dtype=np.float32)
        n_pieces_W = np.diff(first_W, append=len(window.ids_T) - 1)
        means_WD = np.add.reduceat(self.of_pieces(window.ids_T[:-1]), first_W, axis=0)
        means_WD /= n_pieces_W[:, None].astype(np.float32)
        return means_WD


def word_table_of(weights: Weights) -> WordTable:
    """The table inside the encoder's graph, where the manifest says that it is.

    Raises:
        WeightsError: The graph is missing or another one, or the manifest knows of no table.
    """
    given = weights.manifest.get("words")
    key = f"{weights.manifest['files'].get(_ENCODER_FILE)} {given}"
    if key in _KNOWN:
        return _KNOWN[key]
    content = weights.read(_ENCODER_FILE)
    rows, width, offset = (
        (int(given[name]) for name in ("rows", "width", "offset"))
        if given
        else (1, 1, len(content))
    )
    if given is None or offset + rows * width > len(content):
        path = str(weights.folder / _ENCODER_FILE)
        raise WeightsError(path=path, expected="a table of words", found="")
    codes = np.frombuffer(content, np.uint8, rows * width, offset).reshape(rows, width).copy()
    _KNOWN[key] = WordTable(codes, zero=int(given["zero"]), scale=float(given["scale"]))
    return _KNOWN[key]
