"""The losses of the heads of trees and of happenings, on the labels of treebanks.

Shapes: B windows, W words, A width of the vectors of an arc.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from evaluation.treebanks import IGNORED, TreeLabels
from onrecord.encode.pieces import Window
from onrecord.syntax.labels import distance_classes


def load_happened(folder: Path, part: str = "train") -> dict[str, tuple[float, float]]:
    """Value and confidence of each predicate of UDS-IH2, by sentence id, colon, number."""
    own = folder / "factuality" / "uds_ih2"
    ids = json.loads((own / "ud_ids.json").read_text(encoding="utf-8"))
    data = json.loads((own / "factuality.normalized.json").read_text(encoding="utf-8"))["data"]
    found = {}
    for sentence, predicates in data.items():
        if not sentence.startswith(f"ewt-{part}-"):
            continue
        for name, layers in predicates.items():
            value = layers["factuality"]["factual"]
            number = name.rpartition("-")[2]
            key = f"{ids[sentence]['sentence_id']}:{number}"
            found[key] = (value["value"], value["confidence"])
    return found


def arc_scores(
    own_WA: Tensor, head_WA: Tensor, distance_K: Tensor, sentence_W: NDArray[np.int64]
) -> Tensor:
    """Score that each word (row) depends on each (column), itself for a root, (W, W)."""
    n = len(own_WA)
    scores = own_WA @ head_WA.T / own_WA.shape[1] ** 0.5
    scores = scores + distance_K[torch.from_numpy(distance_classes(n))]
    same = torch.from_numpy(sentence_W[:, None] == sentence_W[None, :])
    return scores.masked_fill(~same, -1e4)


def tree_losses(
    parts: Mapping[str, Tensor],
    distance_K: Tensor,
    at: int,
    window: Window,
    labels: TreeLabels,
) -> dict[str, Tensor]:
    """Losses of one window: arcs, relations, parts of speech, what happened."""
    n = len(window.starts_W)
    own = {
        name: parts[name][at, :n]
        for name in ("arc_own", "arc_head", "relations", "tags", "happened")
    }
    scores = arc_scores(own["arc_own"], own["arc_head"], distance_K, window.sentence_W)

    def entropy(given: Tensor, gold: NDArray[np.int64]) -> Tensor:
        return functional.cross_entropy(
            given, torch.from_numpy(gold), ignore_index=IGNORED, reduction="sum"
        )

    found = {
        "arcs": entropy(scores, labels.head_W),
        "relations": entropy(own["relations"], labels.relation_W),
        "tags": entropy(own["tags"], labels.tag_W),
    }
    said = ~np.isnan(labels.happened_W)
    gold = torch.from_numpy(labels.happened_W[said])
    weight = torch.from_numpy(labels.sureness_W[said])
    gap = functional.smooth_l1_loss(own["happened"][:, 0][said], gold, reduction="none")
    return found | {"happened": (gap * weight).sum()}
