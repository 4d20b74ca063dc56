"""The vectors of the vocabulary are read where the manifest says that they are."""

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from onrecord.encode.pieces import Window
from onrecord.encode.weights import Weights, load_weights, packaged_weights
from onrecord.encode.word_tables import WordTable, word_table_of
from onrecord.errors import WeightsError

CODES = np.arange(12, dtype=np.uint8).reshape(4, 3)
TABLE = WordTable(CODES, zero=2, scale=0.5)


def weights_with(folder: Path, **words: Any) -> Weights:
    content = b"before" + CODES.tobytes() + b"behind"
    (folder / "encoder.onnx").write_bytes(content)
    manifest = {"name": "n", "version": "1", "max_pieces": 9, "cue_steps": [], "role_steps": []}
    manifest |= {"files": {"encoder.onnx": hashlib.sha256(content).hexdigest()}}
    if words:
        manifest["words"] = words
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return load_weights(folder)


def window_of(ids: list[int], first: list[int]) -> Window:
    pieces, words = np.array(ids), np.array(first, dtype=np.int64)
    return Window(pieces, pieces, pieces, pieces, words, words, words, words, (0, len(words)))


def test_bytes_become_vectors() -> None:
    found = TABLE.of_pieces(np.array([0, 3]))
    assert found.tolist() == [[-1, -0.5, 0], [3.5, 4, 4.5]]
    assert found.dtype == np.float32


def test_a_word_is_the_mean_of_its_pieces() -> None:
    found = TABLE.of_words(window_of([1, 0, 3, 2, 1], [1, 3]))
    assert found.tolist() == [[1.25, 1.75, 2.25], [2, 2.5, 3]]


def test_a_window_without_words_has_no_vectors() -> None:
    assert TABLE.of_words(window_of([1, 1], [])).shape == (0, 3)


def test_the_table_lies_where_the_manifest_says(tmp_path: Path) -> None:
    weights = weights_with(tmp_path, offset=6, rows=4, width=3, zero=2, scale=0.5)
    assert np.array_equal(word_table_of(weights).codes_VD, CODES)


def test_those_who_ask_for_one_table_share_it(tmp_path: Path) -> None:
    weights = weights_with(tmp_path, offset=6, rows=4, width=3, zero=2, scale=0.5)
    assert word_table_of(weights) is word_table_of(load_weights(weights.folder))
    (tmp_path / "other").mkdir()
    other = weights_with(tmp_path / "other", offset=6, rows=4, width=3, zero=2, scale=0.25)
    assert word_table_of(other).scale == 0.25


def test_a_table_beyond_the_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsError):
        word_table_of(weights_with(tmp_path, offset=6, rows=40, width=3, zero=2, scale=0.5))


def test_weights_that_name_no_table_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsError):
        word_table_of(weights_with(tmp_path))


@pytest.mark.weights
def test_the_packaged_table_is_one_of_words() -> None:
    table = word_table_of(packaged_weights())
    assert table.codes_VD.shape == (30522, 384)
    lengths = np.linalg.norm(table.of_pieces(np.arange(1000, 30522, 500)), axis=1)
    assert 0.3 < lengths.min() < lengths.max() < 2.5
