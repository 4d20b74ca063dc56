"""Losses of the heads of trees, on trees that are known."""

import json
import math
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from evaluation.treebanks import IGNORED, TreeLabels
from onrecord.syntax.labels import N_DISTANCES, RELATIONS, TAGS, distance_classes
from tests.syntax.made_parts import SIZES, columns, finder, parts_of, window

torch = pytest.importorskip("torch", reason="training needs torch")

from training.entity_samples import Sample  # noqa: E402

HEADS = [1, 1, 1, 4, 4]
RELATION = ["nsubj", "root", "obj", "nsubj", "root"]
TAG = ["NNS", "VBD", "NN", "NNS", "VBD"]
SENTENCES = [0, 0, 0, 1, 1]


def heads_of(parts_WC: NDArray[np.float32]) -> dict[str, Any]:
    """Parts by name, as one batch of one window."""
    return {
        name: torch.from_numpy(parts_WC[None, :, own].copy()) for name, own in columns().items()
    }


def labels(**changes: Sequence[float]) -> TreeLabels:
    given: dict[str, Any] = {
        "head_W": HEADS,
        "relation_W": [RELATIONS.index(r) for r in RELATION],
        "tag_W": [TAGS.index(t) for t in TAG],
        "happened_W": [math.nan, -1.0, math.nan, math.nan, 3.0],
        "sureness_W": [0.0, 1.0, 0.0, 0.0, 0.5],
    } | changes
    floats = {"happened_W", "sureness_W"}
    arrays: dict[str, Any] = {
        name: np.array(own, dtype=np.float32 if name in floats else np.int64)
        for name, own in given.items()
    }
    return TreeLabels(**arrays)


def head() -> Any:
    """What `tree_losses` takes of the head of words: no way costs anything."""
    ways = torch.from_numpy(distance_classes(64))
    return SimpleNamespace(distances=torch.zeros(N_DISTANCES), ways=ways)


def losses(own: TreeLabels, parts_WC: NDArray[np.float32] | None = None) -> dict[str, float]:
    from training.record_batches import marked_batch
    from training.syntax import tree_losses

    parts = parts_of(HEADS, RELATION, TAG) if parts_WC is None else parts_WC
    batch = marked_batch([Sample(windows=[window(SENTENCES)], trees=[own])])
    found = tree_losses(heads_of(parts), head(), batch)
    return {name: float(value) for name, value in found.items()}


def test_what_is_right_costs_less_than_what_is_wrong() -> None:
    right = losses(labels())
    wrong = losses(
        labels(
            head_W=[2, 0, 0, 3, 3],
            relation_W=[RELATIONS.index("det")] * 5,
            tag_W=[TAGS.index("IN")] * 5,
        )
    )
    assert set(right) == {"arcs", "relations", "tags", "happened"}
    for name in ("arcs", "relations", "tags"):
        assert 0 <= right[name] < wrong[name], name


def test_what_has_no_say_costs_nothing() -> None:
    nothing = [IGNORED] * 5
    found = losses(
        labels(head_W=nothing, relation_W=nothing, tag_W=nothing, happened_W=[math.nan] * 5)
    )
    assert found == {"arcs": 0, "relations": 0, "tags": 0, "happened": 0}


def test_what_happened_counts_by_how_sure_people_are() -> None:
    # The made parts say 0 of the second word and 3 of the last.
    found = losses(labels())["happened"]
    assert found == pytest.approx(0.5), "half a square for the one that is off by one"
    half = losses(labels(sureness_W=[0, 0.5, 0, 0, 0.5]))["happened"]
    assert half == pytest.approx(found / 2)


def test_arcs_stay_in_their_sentence() -> None:
    from training.syntax import arc_scores

    ones = torch.ones(1, 5, SIZES["arc_own"])
    sentences = torch.tensor([SENTENCES])
    scores = arc_scores(ones, ones, torch.zeros(5, 5), sentences)[0]
    same = np.array(SENTENCES)[:, None] == np.array(SENTENCES)[None, :]
    assert (scores.numpy()[~same] == -1e4).all()
    assert (scores.numpy()[same] > 0).all()


def test_training_scores_what_reading_scores() -> None:
    from training.syntax import arc_scores

    rng = np.random.default_rng(7)
    parts = rng.normal(size=(5, sum(SIZES.values()))).astype(np.float32)
    own = heads_of(parts)
    sentences = torch.tensor([SENTENCES])
    scores = arc_scores(own["arc_own"], own["arc_head"], torch.zeros(5, 5), sentences)[0]
    found = finder().find(window(SENTENCES), parts)
    assert scores.numpy().argmax(1).tolist() == found.head_W.tolist()
    assert scores.numpy().diagonal() == pytest.approx(found.root_W, abs=1e-4)


def test_windows_without_trees_and_words_beyond_the_last_cost_nothing() -> None:
    from training.record_batches import marked_batch
    from training.syntax import tree_losses

    parts = heads_of(parts_of(HEADS, RELATION, TAG))
    padded = {
        name: torch.cat([torch.cat([own * 7, own], 0), torch.full((2, 4, own.shape[2]), 99.0)], 1)
        for name, own in parts.items()
    }
    longer = Sample(windows=[window([0] * 9)])
    treed = Sample(windows=[window(SENTENCES)], trees=[labels()])
    found = tree_losses(padded, head(), marked_batch([longer, treed]))
    for name, value in found.items():
        assert float(value) == pytest.approx(losses(labels())[name], abs=1e-3), name


def test_values_of_uds_by_the_number_of_their_token(tmp_path: Path) -> None:
    from training.syntax import load_happened

    folder = tmp_path / "factuality" / "uds_ih2"
    folder.mkdir(parents=True)

    def row(value: float) -> dict[str, object]:
        return {"factuality": {"factual": {"value": value, "confidence": 0.75}}}

    data = {
        "ewt-train-1": {"ewt-train-1-semantics-pred-5": row(1.5)},
        "ewt-dev-1": {"ewt-dev-1-semantics-pred-5": row(-1.5)},
    }
    ids = {
        "ewt-train-1": {"sentence_id": "weblog-1"},
        "ewt-dev-1": {"sentence_id": "weblog-2"},
    }
    (folder / "ud_ids.json").write_text(json.dumps(ids), encoding="utf-8")
    (folder / "factuality.normalized.json").write_text(json.dumps({"data": data}), encoding="utf-8")
    assert load_happened(tmp_path) == {"weblog-1:5": (1.5, 0.75)}
    assert load_happened(tmp_path, "dev") == {"weblog-2:5": (-1.5, 0.75)}
