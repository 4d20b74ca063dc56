"""The packaged graphs as trainable weights."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs torch")
pytest.importorskip("onnx", reason="training needs onnx")

import onrecord  # noqa: E402
from training.restore_record import restored, whole_arrays  # noqa: E402

WEIGHTS = Path(onrecord.__file__).parent / "weights"


@pytest.mark.weights
def test_all_that_is_in_the_graphs_comes_back() -> None:
    state, recipe = restored(WEIGHTS)
    arrays = whole_arrays(WEIGHTS / "encoder.onnx")
    theirs = arrays["statements.encoder.layers.3.inner.weight_Transposed"].T
    assert np.allclose(state["encoder.layers.3.inner.weight"].numpy(), theirs)
    assert recipe["max_pieces"] > 0
    # No name is as likely as it was before it was made likelier for the package.
    columns = arrays["parts.bias"]
    own = state["word_head.all.bias"].numpy()
    assert own[0] < columns[0]
    assert np.allclose(own[1:], columns[1:])
    assert state["role_head.labels.weight"].abs().sum() > 0
