"""The packaged int8 graphs back into trainable weights, to go on training from them.

    python -m training.restore_statements src/onrecord/weights OUT/weights.pt

Each number comes back as its eight bits hold it; what is not in the graphs (the unlinked
parties, a help in training alone) starts anew. Better weights to start from are the ones
in 32 bits that the recipes write, where they are at hand.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training.train_statements import StatementModel

_INNER = ("qkv", "out", "inner", "outer", "labels")


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
    """State of a `StatementModel` and its recipe."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    model = StatementModel(manifest["recipe"])
    state = model.state_dict()
    found: dict[str, np.ndarray] = {}
    for name, value in whole_arrays(folder / "encoder.onnx").items():
        own = f"role_head.{name}" if name.startswith(("of_word", "of_cue")) else name
        if own.endswith("_Transposed"):
            found[own.removesuffix("_Transposed")] = value.T
        else:
            found[own] = value
    del found["encoder.words.weight"]  # never trained: the pretrained ones are exact
    roles = whole_arrays(folder / "roles.onnx")
    products = [value.T for name, value in roles.items() if name.startswith("onnx::MatMul")]
    found |= {f"role_head.{n}.weight": v for n, v in zip(_INNER, products, strict=True)}
    found |= {f"role_{name}": v for name, v in roles.items() if name.startswith("head.")}
    for head in ("cue", "role"):
        steps = np.array(manifest[f"{head}_steps"], dtype=np.float32)
        barred = state[f"{head}_head.crf.barred"].numpy()
        found[f"{head}_head.crf.free"] = np.where(barred < 0, 0.0, steps)
    for name, value in found.items():
        if name in state:
            state[name] = torch.from_numpy(np.array(value, dtype=np.float32)).reshape(
                state[name].shape
            )
    missing = state.keys() - found.keys()
    print("not in the graphs:", sorted(m for m in missing if "barred" not in m))
    return state, manifest["recipe"]


def main() -> None:
    """Write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    state, recipe = restored(args.weights)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"weights": state, "recipe": recipe}, args.out)


if __name__ == "__main__":
    main()
