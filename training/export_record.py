"""Turn trained weights of all heads into what the package ships.

    python -m training.export_record OUT/weights.pt src/onrecord/weights

As `training/export_statements.py`, with a third output of the encoder for the heads of
entities (`parts`) and `pairs.npz`, the layer that compares mentions (`--pairs` takes the
one of `training/train_pairs.py`).

Shapes: T pieces, W words, D width, C columns of all parts.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from training.export_statements import (
    EncoderGraph,
    digest,
    export_graph,
    export_roles,
    quantise,
)
from training.packages import tokenizer_path
from training.train_record import RecordModel


class RecordGraph(nn.Module):
    """One window to word vectors, cue scores and the parts of the heads of entities."""

    def __init__(self, model: RecordModel) -> None:
        super().__init__()
        self.statements = EncoderGraph(model)
        self.parts = model.word_head.all

    def forward(
        self, ids_T: Tensor, case_T: Tensor, quote_T: Tensor, place_T: Tensor, first_W: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        words_WD = self.statements.words(ids_T, case_T, quote_T, place_T, first_W)
        seen, cues = self.statements.heads(words_WD)
        return seen, cues, self.parts(words_WD)


def export_encoder(model: RecordModel, path: Path) -> None:
    """The encoder with what is computed of every word, in 32 bits."""
    pieces = tuple(torch.zeros(12, dtype=torch.long) for _ in range(4))
    example = (*pieces, torch.arange(1, 11))
    inputs = ["ids", "case", "quote", "place", "first"]
    outputs = ["words", "cues", "parts"]
    axes = {name: {0: "pieces"} for name in inputs[:4]}
    axes |= {"first": {0: "words"}} | {name: {0: "words"} for name in outputs}
    export_graph(RecordGraph(model), example, path, (inputs, outputs), axes)


def load_model(path: Path) -> RecordModel:
    """The model of a checkpoint or of the weights at the end."""
    kept = torch.load(path, map_location="cpu", weights_only=False)
    model = RecordModel(kept["recipe"])
    model.load_state_dict(kept.get("weights", kept.get("mean")), strict=False)
    return model.eval()


def main() -> None:
    """Export, quantise, and write the manifest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pairs", type=Path, help="pairs.npz of training/train_pairs.py")
    parser.add_argument("--no-name", type=float, default=0.0, help="added to the score of no name")
    parser.add_argument("--name", default="record")
    parser.add_argument("--version", default="1")
    args = parser.parse_args()
    kept = torch.load(args.weights, map_location="cpu", weights_only=False)
    model = load_model(args.weights)
    # The first column of the names, the first part, is that of no name.
    model.word_head.all.bias.data[0] += args.no_name
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        encoder, roles = Path(folder) / "encoder.onnx", Path(folder) / "roles.onnx"
        export_encoder(model, encoder)
        export_roles(model, roles)
        quantise(encoder, args.out / "encoder.onnx", gather=True)
        quantise(roles, args.out / "roles.onnx", gather=False)
    shutil.copy(tokenizer_path(), args.out / "tokenizer.json")
    if args.pairs:
        shutil.copy(args.pairs, args.out / "pairs.npz")
    files = [
        f
        for f in ("encoder.onnx", "roles.onnx", "tokenizer.json", "pairs.npz")
        if (args.out / f).exists()
    ]
    head = model.word_head
    manifest = {
        "name": args.name,
        "version": args.version,
        "recipe": kept["recipe"],
        "files": {name: digest(args.out / name) for name in files},
        "max_pieces": kept["recipe"]["max_pieces"],
        "cue_steps": model.cue_head.crf.steps().tolist(),
        "role_steps": model.role_head.crf.steps().tolist(),
        "no_name": args.no_name,
        "parts": dict(head.SIZES),
        "widths": head.widths.tolist(),
        "span_bias": float(head.span_bias.detach()),
        "name_steps": head.name_steps().tolist(),
        "arc_distances": head.distances.tolist(),
    }
    path = args.out / "manifest.json"
    if path.exists():
        before = json.loads(path.read_text(encoding="utf-8"))
        manifest["files"] = before["files"] | manifest["files"]
        manifest = before | manifest
    path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    print({k: np.round(v, 3).tolist() for k, v in (("widths", manifest["widths"]),)})


if __name__ == "__main__":
    main()
