"""The packaged model of pairs back into trainable weights, to go on training from them.

    python -m training.restore_entailment src/onrecord/weights OUT/weights.pt

Each number comes back as its eight bits hold it.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch

from onrecord.entailment.loading import ENTAILMENT_FILE
from training.entailment_model import PairModel
from training.restore_record import whole_arrays, write_restored


def restored(folder: Path) -> tuple[dict[str, torch.Tensor], dict[str, Any]]:
    """State of a `PairModel` and its recipe."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    recipe = manifest["entailment"]["recipe"]
    arrays = whole_arrays(folder / ENTAILMENT_FILE)
    state = PairModel(recipe).state_dict()
    for name, own in state.items():
        plain = arrays.get(f"model.{name}")
        value = arrays[f"model.{name}_Transposed"].T if plain is None else plain
        state[name] = torch.from_numpy(np.array(value, dtype=np.float32)).reshape(own.shape)
    return state, recipe


if __name__ == "__main__":
    write_restored(restored, __doc__)
