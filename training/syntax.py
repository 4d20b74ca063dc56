"""The losses of the heads of trees and of happenings, on the labels of treebanks.

Shapes: B windows, W words, A width of the vectors of an arc.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from torch import Tensor
from torch.nn import functional

from evaluation.treebanks import IGNORED
from training.entity_heads import WordHead
from training.record_batches import MarkedBatch


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


def arc_scores(own_BWA: Tensor, head_BWA: Tensor, ways_WWK: Tensor, sentence_BW: Tensor) -> Tensor:
    """Score that each word (row) depends on each (column), itself for a root, (B, W, W)."""
    scores = own_BWA @ head_BWA.transpose(-1, -2) / own_BWA.shape[-1] ** 0.5 + ways_WWK
    same = sentence_BW[:, :, None] == sentence_BW[:, None, :]
    return scores.masked_fill(~same, -1e4)


def tree_losses(
    parts: Mapping[str, Tensor], head: WordHead, batch: MarkedBatch
) -> dict[str, Tensor]:
    """Losses of the windows with trees: arcs, relations, parts of speech, what happened."""
    names = ("arc_own", "arc_head", "relations", "tags", "happened")
    own = {name: parts[name][batch.treed] for name in names}
    n_words = batch.sentence_BW.shape[1]
    ways = head.distances[head.ways[:n_words, :n_words]]
    scores = arc_scores(own["arc_own"], own["arc_head"], ways, batch.sentence_BW[batch.treed])

    def entropy(given: Tensor, gold: Tensor) -> Tensor:
        return functional.cross_entropy(
            given.flatten(0, 1), gold.flatten(), ignore_index=IGNORED, reduction="sum"
        )

    gap = functional.smooth_l1_loss(own["happened"][..., 0], batch.happened_BW, reduction="none")
    return {
        "arcs": entropy(scores, batch.head_BW),
        "relations": entropy(own["relations"], batch.relation_BW),
        "tags": entropy(own["tags"], batch.tag_BW),
        "happened": (gap * batch.sureness_BW).sum(),
    }
