"""Vectors of sentences, contents and other spans, out of the one pass of the encoder.

A small layer makes a row of numbers of each word, of what the vocabulary and the encoder
say of it; a span is the weighted mean of the rows of its words, passed on to D numbers of
unit length. They are trained to be as near to each other as the vectors of a sentence model
(`training/train_vectors.py`). Not here: what is done with them.

Shapes: W words, X width of a word (vocabulary, then encoder), K width inside, D numbers of
a vector, N spans or vectors, C columns of the heads.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.adding import AddingEncoder
from onrecord.encode.known_words import KnownWords
from onrecord.encode.pieces import Window, cut_pieces, make_windows
from onrecord.encode.products import product
from onrecord.encode.sessions import Encoded, Encoder, OnnxEncoder, load_tokenizer
from onrecord.encode.weights import Weights
from onrecord.encode.word_tables import WordTable, word_table_of
from onrecord.errors import WeightsError
from onrecord.records import Span
from onrecord.segment.quotations import pair_quotes
from onrecord.segment.sentences import split_sentences

if TYPE_CHECKING:
    from tokenizers import Tokenizer

VECTORS_FILE: Final = "vectors.npz"
# The logarithm of the weight of a word stays within this, so that no sum is lost to it.
_MOST_LOG: Final = 4.0
_INT8: Final = 127
# Products of two bytes whose sum is exact with 24 bits.
_MOST_EXACT: Final = 2**24 // _INT8**2


@dataclass(frozen=True, slots=True, eq=False)
class VectorHead:
    """The layers that make vectors.

    Attributes:
        inner_XK1: Of words; the last column is the logarithm of the weight of a word.
        inner_bias_K1: Added to it.
        out_KD: Of the mean of the words of a span.
        out_bias_D: Added to it.
    """

    inner_XK1: NDArray[np.float32]
    inner_bias_K1: NDArray[np.float32]
    out_KD: NDArray[np.float32]
    out_bias_D: NDArray[np.float32]

    @property
    def n_columns(self) -> int:
        """Numbers that are kept of each word."""
        return len(self.inner_bias_K1)

    def rows_of(self, words_WX: NDArray[np.float32]) -> NDArray[np.float32]:
        """For each word its row (K + 1): numbers times weight, and the weight."""
        rows = product(words_WX, self.inner_XK1)
        rows += self.inner_bias_K1
        weight_W = np.exp(np.clip(rows[:, -1], -_MOST_LOG, _MOST_LOG))
        np.maximum(rows, 0, out=rows)
        rows[:, -1] = 1
        rows *= weight_W[:, None]
        return rows

    def vectors_of(self, sums_NK1: NDArray[np.float32]) -> NDArray[np.float32]:
        """Vectors of unit length, of spans whose rows were added up; zeros for no words."""
        weight_N = sums_NK1[:, -1:]
        means = sums_NK1[:, :-1] / np.where(weight_N > 0, weight_N, 1)
        # One product for each, so that a span has the same vector in any company.
        each = [product(mean[None], self.out_KD)[0] for mean in means]
        out = np.stack(each) if each else np.zeros((0, 1))
        return _unit(np.where(weight_N > 0, out + self.out_bias_D, 0))


@dataclass(frozen=True, slots=True, eq=False)
class WordVectors:
    """What is kept of the words of a document, to give a vector for any span of it.

    Attributes:
        starts: Code point where each word starts, rising.
        ends: After its last code point.
        rows: As `VectorHead.rows_of` makes them, (W, K + 1).
        head: Makes vectors of them.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    rows: NDArray[np.float32]
    head: VectorHead

    def of(self, spans: Sequence[Span]) -> NDArray[np.float32]:
        """The vector (D,) of what stands in some spans together; zeros if no word does."""
        vector: NDArray[np.float32] = self.of_many([spans])[0]
        return vector

    def of_many(self, all_spans: Sequence[Sequence[Span]]) -> NDArray[np.float32]:
        """The vector of each of some lists of spans, (N, D)."""
        sums = np.zeros((len(all_spans), self.head.n_columns), dtype=np.float32)
        for number, spans in enumerate(all_spans):
            for span in spans:
                first = int(self.ends.searchsorted(span.start, side="right"))
                after = int(self.starts.searchsorted(span.end, side="left"))
                if first < after:
                    sums[number] += self.rows[first:after].sum(axis=0)
        return self.head.vectors_of(sums)


@dataclass(frozen=True, slots=True, eq=False)
class WindowVectors:
    """The words of one window with their rows, as later stages carry them."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    rows: NDArray[np.float32]


class VectorEncoder(AddingEncoder):
    """An encoder whose last columns, beside those of all heads, are the rows of words.

    It is also what takes these columns of a window, like the finders of other stages.
    """

    def __init__(self, encoder: Encoder, table: WordTable, head: VectorHead) -> None:
        self.encoder, self.table, self.head = encoder, table, head

    def columns(self, window: Window, encoded: Encoded) -> NDArray[np.float32]:
        """The rows (W, D) of the words of a window."""
        words_WX = np.concatenate([self.table.of_words(window), encoded.words_WD], axis=1)
        return self.head.rows_of(words_WX)

    def find(self, window: Window, parts_WC: NDArray[np.float32]) -> WindowVectors:
        """The rows of the words for which a window answers."""
        own = slice(*window.own)
        rows = parts_WC[own, -self.head.n_columns :].copy()
        return WindowVectors(window.starts_W[own], window.ends_W[own], rows)

    def find_all(
        self, windows: Sequence[Window], parts: Sequence[NDArray[np.float32]]
    ) -> list[WindowVectors]:
        """The rows of words of several windows."""
        return [self.find(*one) for one in zip(windows, parts, strict=True)]


class TextVectors:
    """Vectors of texts that are no documents, such as questions; each is read by itself."""

    def __init__(self, encoder: VectorEncoder, tokenizer: "Tokenizer", *, max_pieces: int) -> None:
        self.encoder, self.max_pieces = encoder, max_pieces
        self.words = KnownWords(tokenizer)

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vector of all of each text, (N, D); zeros for one without words."""
        sums = np.zeros((len(texts), self.encoder.head.n_columns), dtype=np.float32)
        for number, text in enumerate(texts):
            pieces = cut_pieces(text, split_sentences(text), pair_quotes(text), self.words)
            for window in make_windows(pieces, max_pieces=self.max_pieces):
                found = self.encoder.find(window, self.encoder.encode(window).parts_WC)
                sums[number] += found.rows.sum(axis=0)
        return self.encoder.head.vectors_of(sums)


def join_vectors(found: Sequence[Any], head: VectorHead) -> WordVectors:
    """The words of a document, of what was found in its windows in text order."""
    own = [one for one in found if isinstance(one, WindowVectors)]
    nothing = np.zeros(0, dtype=np.int64)
    return WordVectors(
        starts=np.concatenate([nothing, *(one.starts for one in own)]),
        ends=np.concatenate([nothing, *(one.ends for one in own)]),
        rows=np.concatenate([np.zeros((0, head.n_columns), np.float32), *(w.rows for w in own)]),
        head=head,
    )


def text_vectors_of(weights: Weights) -> TextVectors:
    """Vectors of texts by these weights.

    Raises:
        WeightsError: Something of them is missing or another file.
    """
    encoder = vector_encoder_of(weights, OnnxEncoder(weights))
    most = int(weights.manifest["max_pieces"])
    return TextVectors(encoder, load_tokenizer(weights), max_pieces=most)


def vector_encoder_of(weights: Weights, encoder: Encoder) -> VectorEncoder:
    """An encoder with rows of words, by these weights.

    Raises:
        WeightsError: Something of them is missing or another file.
    """
    return VectorEncoder(encoder, word_table_of(weights), vector_head_of(weights))


def vector_head_of(weights: Weights) -> VectorHead:
    """The layers that make vectors, out of the weights.

    Raises:
        WeightsError: Their file is missing or another one, or holds other shapes.
    """
    names = ("inner", "inner_bias", "out", "out_bias")
    with np.load(io.BytesIO(weights.read(VECTORS_FILE))) as file:
        arrays = [file[name].astype(np.float32) for name in names if name in file.files]
    shapes = [array.shape for array in arrays]
    width, size = (shapes[0][-1], shapes[-1][-1]) if len(shapes) == len(names) else (0, 0)
    if shapes[1:] != [(width,), (width - 1, size), (size,)]:
        path = str(weights.folder / VECTORS_FILE)
        raise WeightsError(path=path, expected="other shapes", found="")
    return VectorHead(*arrays)


def quantise(vectors_ND: NDArray[np.float32]) -> NDArray[np.int8]:
    """Vectors as whole numbers of one byte, the largest of each being 127; zeros stay zeros.

    >>> quantise(np.array([[0.0, 0.3, -0.6], [0.0, 0.0, 0.0]], dtype=np.float32))
    array([[   0,   64, -127],
           [   0,    0,    0]], dtype=int8)
    """
    most_N1 = np.abs(vectors_ND).max(axis=-1, keepdims=True, initial=0)
    scaled = vectors_ND * (_INT8 / np.where(most_N1 > 0, most_N1, 1))
    return np.rint(scaled).astype(np.int8)


def restore(codes_ND: NDArray[np.int8]) -> NDArray[np.float32]:
    """Vectors of unit length again, nearly those that were quantised."""
    return _unit(codes_ND.astype(np.float32))


def cosines(codes_ND: NDArray[np.int8], others_MD: NDArray[np.int8]) -> NDArray[np.float32]:
    """The cosine of each of some quantised vectors with each of others, (N, M).

    Sums are of whole numbers, so that they are the same on all machines.

    >>> codes = quantise(np.eye(2, dtype=np.float32))
    >>> cosines(codes, codes[:1])
    array([[1.],
           [0.]], dtype=float32)
    """
    # Whole numbers below 2 ** 24 are exact, and 1,024 products of two bytes stay below it.
    kind = np.float32 if codes_ND.shape[1] <= _MOST_EXACT else np.float64
    own: NDArray[Any] = codes_ND.astype(kind)
    other: NDArray[Any] = others_MD.astype(kind)
    lengths_N = np.sqrt((own * own).sum(axis=1, dtype=np.float64))
    lengths_M = np.sqrt((other * other).sum(axis=1, dtype=np.float64))
    lengths_NM = lengths_N[:, None] * lengths_M
    dots_NM = (own @ other.T).astype(np.float64)
    found: NDArray[np.float32] = (dots_NM / np.where(lengths_NM > 0, lengths_NM, 1)).astype(
        np.float32
    )
    return found


def _unit(vectors_ND: NDArray[Any]) -> NDArray[np.float32]:
    length = np.linalg.norm(vectors_ND, axis=-1, keepdims=True)
    unit: NDArray[np.float32] = (vectors_ND / np.where(length > 0, length, 1)).astype(np.float32)
    return unit
