"""The heads of entities out of a folder of weights."""

import hashlib
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from onrecord.encode.weights import Weights, load_weights
from onrecord.entities.loading import PAIRS_FILE, mention_finder_of, pair_scorer_of
from onrecord.entities.pairs import N_PLAIN, N_PRODUCTS, SIZES
from onrecord.entities.spans import N_WIDTHS
from onrecord.errors import WeightsError


def layer(width: int = 3, sizes: Sequence[int] = SIZES) -> bytes:
    arrays: dict[str, Any] = {
        f"table_{n}": np.full((size, width), n, dtype=np.float16) for n, size in enumerate(sizes)
    }
    arrays |= {
        "products": np.ones((N_PRODUCTS, width), dtype=np.float32),
        "bias": np.zeros(width, dtype=np.float32),
        "out": np.ones(width, dtype=np.float32),
        "out_bias": np.array([-1.5], dtype=np.float32),
    }
    content = io.BytesIO()
    np.savez(content, **arrays)
    return content.getvalue()


def made_weights(folder: Path, content: bytes | None = None, **changes: Any) -> Weights:
    content = content or layer()
    (folder / PAIRS_FILE).write_bytes(content)
    manifest = {
        "name": "made",
        "version": "1",
        "files": {PAIRS_FILE: hashlib.sha256(content).hexdigest()},
        "max_pieces": 100,
        "cue_steps": [],
        "role_steps": [],
        "parts": {"names": 19, "opens": 64, "closes": 64},
        "widths": [0.5] * N_WIDTHS,
        "span_bias": -3,
    }
    (folder / "manifest.json").write_text(json.dumps(manifest | changes), encoding="utf-8")
    return load_weights(folder)


def test_scorers_come_with_all_their_tables(tmp_path: Path) -> None:
    scorer = pair_scorer_of(made_weights(tmp_path))
    assert [len(table) for table in scorer.tables] == list(SIZES)
    assert {table.dtype for table in scorer.tables} == {np.dtype(np.float32)}
    assert scorer.out_bias == -1.5
    none = np.zeros((1, len(SIZES)), dtype=np.int64)
    score = scorer.scores(none, np.zeros((1, N_PRODUCTS), dtype=np.float32))
    assert score.tolist() == [3 * sum(range(len(SIZES))) - 1.5]


def test_layers_without_trees_are_still_read(tmp_path: Path) -> None:
    scorer = pair_scorer_of(made_weights(tmp_path, layer(sizes=SIZES[:N_PLAIN])))
    assert len(scorer.tables) == N_PLAIN
    assert not scorer.knows_trees


@pytest.mark.parametrize(
    "sizes", [SIZES[:-1], (*SIZES, 4), (*SIZES[:-1], SIZES[-1] + 1), SIZES[: N_PLAIN - 1], ()]
)
def test_layers_of_other_features_are_refused(tmp_path: Path, sizes: Sequence[int]) -> None:
    weights = made_weights(tmp_path, layer(sizes=sizes))
    with pytest.raises(WeightsError, match=r"pairs\.npz"):
        pair_scorer_of(weights)


def test_mention_finders_know_where_each_part_stands(tmp_path: Path) -> None:
    finder = mention_finder_of(made_weights(tmp_path))
    parts = np.arange(2 * 147, dtype=np.float32).reshape(2, 147)
    assert finder.part(parts, "names").tolist() == parts[:, :19].tolist()
    assert finder.part(parts, "closes").tolist() == parts[:, 83:].tolist()
    assert (finder.span_bias, finder.threshold) == (-3.0, 0.5)
    assert finder.widths.tolist() == [0.5] * N_WIDTHS


def test_thresholds_come_with_the_weights(tmp_path: Path) -> None:
    assert mention_finder_of(made_weights(tmp_path, mention_threshold=0.4)).threshold == 0.4


def test_another_layer_than_the_manifest_names_is_refused(tmp_path: Path) -> None:
    weights = made_weights(tmp_path)
    (tmp_path / PAIRS_FILE).write_bytes(layer(4))
    with pytest.raises(WeightsError, match=r"pairs\.npz"):
        pair_scorer_of(weights)


def test_a_missing_layer_is_refused(tmp_path: Path) -> None:
    weights = made_weights(tmp_path)
    (tmp_path / PAIRS_FILE).unlink()
    with pytest.raises(WeightsError, match=r"pairs\.npz"):
        pair_scorer_of(weights)


def test_weights_that_name_no_layer_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"pairs\.npz"):
        pair_scorer_of(made_weights(tmp_path, files={}))
