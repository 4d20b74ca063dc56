"""The heads of trees, where the manifest of the weights says that there are some."""

from pathlib import Path

import numpy as np
import pytest

from onrecord.encode.types import TYPES
from onrecord.encode.weights import Weights, packaged_weights
from onrecord.syntax.labels import N_DISTANCES, RELATIONS, TAGS, WIDTH_ARC
from onrecord.syntax.loading import tree_finder_of


def test_weights_that_were_not_trained_to_find_no_trees() -> None:
    assert tree_finder_of(Weights(Path(), {"parts": {"names": 3}})) is None


def test_each_part_stands_behind_those_before_it() -> None:
    manifest = {"parts": {"names": 3, "tags": 5, "happened": 1}, "arc_distances": [0.5, 0.25]}
    finder = tree_finder_of(Weights(Path(), manifest))
    assert finder is not None
    assert finder.columns == {"names": slice(0, 3), "tags": slice(3, 8), "happened": slice(8, 9)}
    assert finder.distance_K.dtype == np.float32
    assert finder.distance_K.tolist() == [0.5, 0.25]


@pytest.mark.weights
@pytest.mark.skipif(
    "arc_distances" not in packaged_weights().manifest, reason="the weights find no trees"
)
def test_the_packaged_heads_have_the_sizes_of_their_labels() -> None:
    finder = tree_finder_of(packaged_weights())
    assert finder is not None
    sizes = {name: own.stop - own.start for name, own in finder.columns.items()}
    assert sizes["arc_own"] == sizes["arc_head"] == WIDTH_ARC
    assert (sizes["relations"], sizes["tags"]) == (len(RELATIONS), len(TAGS))
    assert sizes["type_opens"] == sizes["type_closes"] == len(TYPES)
    assert sizes["happened"] == 1
    assert finder.distance_K.shape == (N_DISTANCES,)
