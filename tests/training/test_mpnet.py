"""The larger encoder: how far pieces stand apart, as MPNet's attention has it."""

import pytest

torch = pytest.importorskip("torch", reason="training needs torch")
pytest.importorskip("safetensors", reason="training needs safetensors")

from training.mpnet import buckets_of  # noqa: E402


def test_near_distances_have_classes_of_their_own() -> None:
    found = buckets_of(10)
    assert found[0, :8].tolist() == [0, 17, 18, 19, 20, 21, 22, 23]
    assert found[7, :8].tolist() == [7, 6, 5, 4, 3, 2, 1, 0]


def test_far_distances_share_classes() -> None:
    found = buckets_of(400)
    assert int(found.max()) == 31
    assert int(found[0, 130]) == int(found[0, 399]) == 31
    assert int(found[399, 0]) == 15
