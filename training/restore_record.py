"""The packaged int8 graphs back into trainable weights, to go on training from them.

    python -m training.restore_record src/onrecord/weights OUT/weights.pt

Each number comes back as its eight bits hold it, and is exported as the same eight bits again.
What is not in the graphs starts anew: the heads that help in training alone (unlinked parties,
events) and the layer of pairs. Better weights to start from are the ones in 32 bits that the
recipes write, where they are at hand.
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training.train_record import RecordModel

# A folder of weights to a state and its recipe.
Restore = Callable[[Path], tuple[dict[str, torch.Tensor], dict[str, Any]]]
# What the graphs call the parts of the model.
_PREFIXES = {
    "statements.of_word.": "role_head.of_word.",
    "statements.of_cue.": "role_head.of_cue.",
    "statements.": "",
    "parts.": "word_head.all.",
    "head.": "role_head.",
}
# Learned steps of the chains, and the numbers of the manifest beside them.
_STEPS = {
    "cue_head.crf": "cue_steps",
    "role_head.crf": "role_steps",
    "word_head": "name_steps",
}


def whole_arrays(path: Path) -> dict[str, np.ndarray]:
    """All initialisers of a graph, eight-bit ones multiplied out, in the graph's order."""
    raw = {i.name: numpy_helper.to_array(i) for i in onnx.load(str(path)).graph.initializer}
    arrays = {}
    for name, value in raw.items():
        if name.endswith("_quantized"):
            base = name.removesuffix("_quantized")
            zero = raw[f"{base}_zero_point"].astype(np.float32)
            arrays[base] = (value.astype(np.float32) - zero) * raw[f"{base}_scale"]
        elif not name.endswith(("_scale", "_zero_point")):
            arrays[name] = value
    return arrays


def restored(folder: Path) -> tuple[dict[str, torch.Tensor], dict[str, Any]]:
    """State of a `RecordModel` and its recipe."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    model = RecordModel(manifest["recipe"])
    state = model.state_dict()
    found: dict[str, np.ndarray] = {}
    for graph in ("encoder.onnx", "roles.onnx"):
        for name, value in whole_arrays(folder / graph).items():
            whole = value.T if name.endswith("_Transposed") else value
            found[_own_name(name.removesuffix("_Transposed"))] = whole
    # The first of the columns is that of no name.
    found["word_head.all.bias"] = found["word_head.all.bias"].copy()
    found["word_head.all.bias"][0] -= manifest.get("no_name", 0.0)
    for head, steps in _STEPS.items():
        barred = state[f"{head}.barred"].numpy()
        found[f"{head}.free"] = np.where(barred < 0, 0.0, np.array(manifest[steps]))
    for name, key in (("widths", "widths"), ("distances", "arc_distances")):
        found[f"word_head.{name}"] = np.array(manifest[key])
    found["word_head.span_bias"] = np.array(manifest["span_bias"])
    for name, value in found.items():
        if name in state:
            state[name] = torch.from_numpy(np.array(value, dtype=np.float32)).reshape(
                state[name].shape
            )
    missing = (name for name in state.keys() - found.keys() if "barred" not in name)
    print("not in the graphs:", sorted({name.partition(".")[0] for name in missing}))
    return state, manifest["recipe"]


def _own_name(name: str) -> str:
    """What the model calls an array of a graph."""
    for theirs, ours in _PREFIXES.items():
        if name.startswith(theirs):
            return ours + name.removeprefix(theirs)
    return name


def write_restored(restore: Restore, description: str | None) -> None:
    """The command: weights of a folder, restored and written."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    state, recipe = restore(args.weights)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"weights": state, "recipe": recipe}, args.out)


if __name__ == "__main__":
    write_restored(restored, __doc__)
