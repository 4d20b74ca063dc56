"""Turn the trained model of pairs into what the package ships.

    python -m training.export_entailment OUT/weights.pt FOLDER [--float]

Writes entailment.onnx into FOLDER, where the encoder's graph lies already, and names it in
the manifest with its sharpness, which is fitted on the pairs that training kept back. The
manifest knows already where the table of words is (`training/export_extra.py`).

Shapes: T pieces, D width, N pairs.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.encode.weights import load_weights
from onrecord.entailment.loading import ENTAILMENT_FILE, entailment_of
from training.entailment_model import PairModel
from training.export_extra import add_file
from training.export_statements import export_graph, layer_forward, quantise


class PairGraph(nn.Module):
    """One pair to the scores of its labels and of the grounds of a dispute."""

    def __init__(self, model: PairModel) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, words_TD: Tensor, kinds_T: Tensor, hypothesis_T: Tensor
    ) -> tuple[Tensor, Tensor]:
        x_TD = self.model.embed(words_TD, kinds_T)
        for layer in self.model.layers:
            x_TD = layer_forward(layer, x_TD)
        mask_1T = torch.ones_like(hypothesis_T)[None]
        given = (x_TD[None], mask_1T, hypothesis_T[None])
        return self.model.head(*given)[0], self.model.dispute_head(*given)[0]


def fitted_sharpness(logits_N3: Tensor, label_N: Tensor) -> float:
    """What the scores are to be multiplied by for the least surprise."""
    candidates = torch.linspace(0.3, 3.0, 271)
    losses = [functional.cross_entropy(s * logits_N3, label_N).item() for s in candidates]
    return round(float(candidates[int(np.argmin(losses))]), 2)


def main() -> None:
    """Export, quantise, fit the sharpness, and name all in the manifest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--float", action="store_true", help="leave all weights in 32 bits")
    args = parser.parse_args()
    kept = torch.load(args.weights, map_location="cpu", weights_only=False)
    model = PairModel(kept["recipe"])
    model.load_state_dict(kept.get("weights", kept.get("mean")))
    example = (
        torch.zeros(12, model.kinds.embedding_dim),
        torch.zeros(12, dtype=torch.long),
        torch.ones(12),
    )
    names = ["words", "kinds", "hypothesis"]
    axes = {name: {0: "pieces"} for name in names}
    path = args.folder / ENTAILMENT_FILE
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / ENTAILMENT_FILE
        export_graph(PairGraph(model.eval()), example, plain, (names, ["scores", "grounds"]), axes)
        if args.float:
            shutil.copy(plain, path)
        else:
            quantise(plain, path, gather=False)
    settings = {"sharpness": 1.0, "recipe": kept["recipe"]}
    add_file(args.folder, ENTAILMENT_FILE, {"entailment": settings})
    rows = kept.get("kept_back", [])
    if rows:
        scorer = entailment_of(load_weights(args.folder))
        found = scorer([(one, two) for one, two, _ in rows])
        label_N = torch.tensor([label for _, _, label in rows])
        logits = torch.from_numpy(np.log(found + 1e-9))
        settings["sharpness"] = fitted_sharpness(logits, label_N)
        add_file(args.folder, ENTAILMENT_FILE, {"entailment": settings})
    print(json.dumps({"sharpness": settings["sharpness"], "bytes": path.stat().st_size}))


if __name__ == "__main__":
    main()
