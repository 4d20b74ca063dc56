"""Vectors of spans: what lies in them counts, and nothing beside them does."""

import dataclasses
import io
import json
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from onrecord.encode.pieces import Window
from onrecord.encode.sessions import Encoded
from onrecord.encode.vectors import (
    VectorEncoder,
    VectorHead,
    WindowVectors,
    WordVectors,
    cosines,
    join_vectors,
    quantise,
    restore,
    text_vectors_of,
    vector_head_of,
)
from onrecord.encode.weights import Weights, load_weights, packaged_weights
from onrecord.encode.word_tables import WordTable
from onrecord.errors import StageOrderError, WeightsError
from onrecord.pipeline import Reader
from onrecord.records import Span, make_document

WIDTH, INNER, SIZE = 6, 8, 4
TABLE_WIDTH = 2
ENCODER_WIDTH = WIDTH - TABLE_WIDTH
WORDS = "The dam above Ardal held".split()


def made_head(seed: int = 1) -> VectorHead:
    rng = np.random.default_rng(seed)

    def drawn(*shape: int) -> Any:
        return rng.normal(size=shape).astype(np.float32)

    return VectorHead(drawn(WIDTH, INNER + 1), drawn(INNER + 1), drawn(INNER, SIZE), drawn(SIZE))


def made_vectors() -> WordVectors:
    head, words = made_head(), np.random.default_rng(2).normal(size=(len(WORDS), WIDTH))
    ends = np.cumsum([len(word) + 1 for word in WORDS]) - 1
    starts = ends - [len(word) for word in WORDS]
    return WordVectors(starts, ends, head.rows_of(words.astype(np.float32)), head)


def test_a_vector_has_unit_length() -> None:
    vectors = made_vectors()
    found = vectors.of([Span(0, 7)])
    assert found.shape == (SIZE,)
    assert found.dtype == np.float32
    assert np.linalg.norm(found) == pytest.approx(1)


def test_where_no_word_lies_all_is_zero() -> None:
    vectors = made_vectors()
    for spans in ([], [Span(3, 4)], [Span(500, 510)]):
        assert not vectors.of(spans).any()


def test_a_document_without_words_gives_zeros() -> None:
    vectors = join_vectors([], made_head())
    assert vectors.of([Span(0, 9)]).tolist() == [0.0] * SIZE
    assert vectors.of_many([]).shape == (0, SIZE)


def test_parts_of_a_span_count_together() -> None:
    vectors = made_vectors()
    whole = vectors.of([Span(0, 13)])
    assert np.allclose(vectors.of([Span(0, 7), Span(8, 13)]), whole, atol=1e-6)
    assert not np.allclose(vectors.of([Span(0, 7)]), whole, atol=1e-3)


def test_white_space_and_cut_words_change_nothing() -> None:
    vectors = made_vectors()
    assert np.array_equal(vectors.of([Span(4, 8)]), vectors.of([Span(3, 7)]))
    assert np.array_equal(vectors.of([Span(5, 6)]), vectors.of([Span(4, 7)]))


@given(st.lists(st.tuples(st.integers(0, 23), st.integers(1, 9)), min_size=1, max_size=6))
def test_a_span_has_one_vector_in_any_company(drawn: list[tuple[int, int]]) -> None:
    vectors = made_vectors()
    spans = [[Span(start, start + n_chars)] for start, n_chars in drawn]
    together = vectors.of_many(spans)
    for own, found in zip(spans, together, strict=True):
        assert np.array_equal(vectors.of(own), found)


def test_a_word_of_more_weight_counts_more() -> None:
    head = made_head()
    rows = head.rows_of(np.eye(2, WIDTH, dtype=np.float32))
    heavier = rows.copy()
    heavier[0] *= 50
    alone = head.vectors_of(rows[:1])
    assert np.linalg.norm(head.vectors_of(heavier.sum(axis=0)[None]) - alone) < np.linalg.norm(
        head.vectors_of(rows.sum(axis=0)[None]) - alone
    )


class FakeEncoder:
    """Words and parts that say which word they are of."""

    def encode(self, window: Window) -> Encoded:
        n_words = len(window.first_W)
        numbers = np.arange(n_words * ENCODER_WIDTH).reshape(n_words, ENCODER_WIDTH) / 10
        words: NDArray[np.float32] = numbers.astype(np.float32)
        return Encoded(words, np.zeros((n_words, 3), np.float32), np.ones((n_words, 5), np.float32))

    def score_roles(self, *given: Any) -> Any:
        return given


def made_encoder() -> VectorEncoder:
    codes = np.random.default_rng(4).integers(0, 256, (3, TABLE_WIDTH)).astype(np.uint8)
    return VectorEncoder(FakeEncoder(), WordTable(codes, zero=100, scale=0.01), made_head())


def made_window(*, n_words: int, own: tuple[int, int]) -> Window:
    each = np.arange(n_words)
    pieces = np.zeros(n_words + 2, dtype=np.int64)
    return Window(pieces, pieces, pieces, pieces, each + 1, each * 3, each * 3 + 2, each * 0, own)


def test_rows_come_behind_the_columns_of_all_heads() -> None:
    encoder = made_encoder()
    window = made_window(n_words=4, own=(1, 4))
    encoded = encoder.encode(window)
    assert encoded.parts_WC.shape == (4, 5 + INNER + 1)
    assert (encoded.parts_WC[:, :5] == 1).all()
    found = encoder.find(window, encoded.parts_WC)
    assert found.starts.tolist() == [3, 6, 9]
    words = np.concatenate([encoder.table.of_words(window), encoded.words_WD], axis=1)
    assert np.array_equal(found.rows, encoder.head.rows_of(words)[1:])


def test_roles_are_those_of_the_encoder() -> None:
    given: Any = (1, 2, 3, 4)
    found: Any = made_encoder().score_roles(*given)
    assert found == given


def test_windows_are_joined_and_what_others_found_is_left_out() -> None:
    encoder = made_encoder()
    window = made_window(n_words=3, own=(0, 3))
    first = encoder.find(window, encoder.encode(window).parts_WC)
    second = WindowVectors(first.starts + 100, first.ends + 100, first.rows)
    joined = join_vectors(["a tree", first, None, second], encoder.head)
    assert joined.starts.tolist() == [0, 3, 6, 100, 103, 106]
    assert np.array_equal(joined.of([Span(0, 8)]), joined.of([Span(100, 108)]))


def test_quantised_vectors_are_nearly_the_same() -> None:
    vectors = restore(np.random.default_rng(3).integers(-90, 91, (40, 128)).astype(np.int8))
    codes = quantise(vectors)
    assert codes.dtype == np.int8
    assert np.abs(codes.astype(int)).max(axis=1).tolist() == [127] * 40
    assert np.abs(cosines(codes, codes) - vectors @ vectors.T).max() < 0.01
    assert np.allclose(np.diag(cosines(codes, codes)), 1)


def test_cosines_with_a_vector_of_zeros_are_zero() -> None:
    codes = quantise(np.array([[0, 0], [1, 2]], dtype=np.float32))
    assert cosines(codes, codes).tolist() == [[0, 0], [0, pytest.approx(1)]]
    assert not restore(codes)[0].any()


def test_cosines_of_very_wide_vectors_are_exact_too() -> None:
    codes = np.full((1, 5000), 127, dtype=np.int8)
    assert cosines(codes, codes).tolist() == [[pytest.approx(1, abs=1e-6)]]


def weights_with(folder: Path, **arrays: Any) -> Weights:
    import hashlib

    content = io.BytesIO()
    np.savez(content, **arrays)
    (folder / "vectors.npz").write_bytes(content.getvalue())
    manifest = {"name": "n", "version": "1", "max_pieces": 9, "cue_steps": [], "role_steps": []}
    files = {"vectors.npz": hashlib.sha256(content.getvalue()).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps(manifest | {"files": files}))
    return load_weights(folder)


def test_layers_are_read(tmp_path: Path) -> None:
    given = made_head()
    arrays = dict(
        zip(
            ("inner", "inner_bias", "out", "out_bias"),
            (getattr(given, field.name) for field in dataclasses.fields(given)),
            strict=True,
        )
    )
    found = vector_head_of(weights_with(tmp_path, **arrays))
    assert np.array_equal(found.out_KD, given.out_KD)


@pytest.mark.parametrize("shape", [(INNER + 1, SIZE), (INNER, SIZE + 1)])
def test_layers_of_other_shapes_are_refused(tmp_path: Path, shape: tuple[int, int]) -> None:
    own = made_head()
    weights = weights_with(
        tmp_path,
        inner=own.inner_XK1,
        inner_bias=own.inner_bias_K1,
        out=np.zeros(shape),
        out_bias=own.out_bias_D,
    )
    with pytest.raises(WeightsError):
        vector_head_of(weights)


def test_a_file_without_a_layer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsError):
        vector_head_of(weights_with(tmp_path, inner=np.zeros((2, 2))))


TEXT = """The dam above Ardal held, Ms Chen told the Herald on Monday.

The mayor denied that the council had been warned. “We knew nothing,” he said.
"""


@pytest.mark.weights
def test_readings_are_the_same_with_vectors(reader: Reader) -> None:
    documents = [make_document(text=TEXT), make_document(text="Rain fell in Odrava.")]
    found = reader.read_with_vectors(documents)
    assert [reading for reading, _ in found] == reader.read_batch(documents)
    vectors = found[0][1]
    assert all(TEXT[s:e].strip() for s, e in zip(vectors.starts, vectors.ends, strict=True))
    assert vectors.of([Span(0, 60)]).shape == (128,)


@pytest.mark.weights
def test_other_documents_change_no_vector(reader: Reader) -> None:
    one, two = make_document(text=TEXT), make_document(text="Rain fell in Odrava.")
    (_, alone), (_, beside) = (
        reader.read_with_vectors([one])[0],
        reader.read_with_vectors([two, one])[1],
    )
    assert np.array_equal(alone.rows, beside.rows)


@pytest.mark.weights
def test_texts_and_documents_have_the_same_vectors(reader: Reader) -> None:
    text = "The dam above Ardal held, Ms Chen said."
    found = text_vectors_of(packaged_weights())([text, "", "!"])
    (_, vectors) = reader.read_with_vectors([make_document(text=text)])[0]
    assert np.allclose(found[0], vectors.of([Span(0, len(text))]), atol=1e-6)
    assert not found[1].any()


@pytest.mark.weights
def test_what_means_nearly_the_same_is_near() -> None:
    vectors = text_vectors_of(packaged_weights())(
        [
            "Twelve people were killed when a bus fell into a river.",
            "A bus plunged into a river and a dozen people died.",
            "The central bank raised interest rates again.",
        ]
    )
    near, far = vectors[0] @ vectors[1], vectors[0] @ vectors[2]
    assert near > far + 0.3


def test_a_reader_without_an_encoder_has_no_vectors() -> None:
    class Idle:
        reads: ClassVar[frozenset[str]] = frozenset()
        writes: ClassVar[frozenset[str]] = frozenset()

        def __call__(self, readings: Any) -> Any:
            return list(readings)

    with pytest.raises(StageOrderError, match="read_with_vectors"):
        Reader(stages=[Idle()]).read_with_vectors([make_document(text="A text.")])
