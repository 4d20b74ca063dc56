"""Turn trained weights into the two ONNX graphs that the package ships.

    python -m training.export_statements OUT/weights.pt src/onrecord/weights

`encoder.onnx` takes the pieces of one window and gives vectors of its words, as the role
head wants them, and cue scores;
`roles.onnx` takes word vectors and a cue and gives scores of its sources and contents.
Matrix products are int8 with dynamic activation ranges, seven bits to a
weight, so that processors without VNNI add up the same integers as those with it.

Shapes: T pieces, W words, D width, C cues.
"""

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from training.packages import tokenizer_path
from training.train_statements import StatementModel

OPSET = 17


class EncoderGraph(nn.Module):
    """One window to word vectors and cue scores."""

    def __init__(self, model: StatementModel) -> None:
        super().__init__()
        self.encoder, self.cue_head = model.encoder, model.cue_head
        self.of_word, self.of_cue = model.role_head.of_word, model.role_head.of_cue

    def forward(
        self, ids_T: Tensor, case_T: Tensor, quote_T: Tensor, place_T: Tensor, first_W: Tensor
    ) -> tuple[Tensor, Tensor]:
        return self.heads(self.words(ids_T, case_T, quote_T, place_T, first_W))

    def words(
        self, ids_T: Tensor, case_T: Tensor, quote_T: Tensor, place_T: Tensor, first_W: Tensor
    ) -> Tensor:
        """Vectors of words, (W, D)."""
        encoder = self.encoder
        x = encoder.words(ids_T) + encoder.positions.weight[: ids_T.shape[0]]
        x = x + encoder.cases(case_T) + encoder.quotes(quote_T) + encoder.places(place_T)
        x_TD = encoder.norm(x)
        for layer in encoder.layers:
            x_TD = layer_forward(layer, x_TD)
        return x_TD[first_W]

    def heads(self, words_WD: Tensor) -> tuple[Tensor, Tensor]:
        """What the role head makes of every word, once for all cues; and cue scores."""
        seen = torch.cat([self.of_word(words_WD), self.of_cue(words_WD)], dim=-1)
        return seen, self.cue_head.cues(words_WD)


def layer_forward(layer: nn.Module, x_TD: Tensor) -> Tensor:
    """A layer on one window without padding, in operations that ONNX Runtime fuses."""
    d = x_TD.shape[1]
    width = d // layer.n_heads
    qkv = layer.qkv(x_TD).reshape(-1, 3, layer.n_heads, width)
    q = qkv[:, 0].permute(1, 0, 2)
    k = qkv[:, 1].permute(1, 2, 0)
    v = qkv[:, 2].permute(1, 0, 2)
    weights = torch.softmax(torch.matmul(q, k) / width**0.5, dim=-1)
    attended = torch.matmul(weights, v).permute(1, 0, 2).reshape(-1, d)
    x_TD = layer.norm_1(x_TD + layer.out(attended))
    inner = nn.functional.gelu(layer.inner(x_TD))
    return layer.norm_2(x_TD + layer.outer(inner))


def export_graph(
    graph: nn.Module,
    example: tuple[Tensor, ...],
    path: Path,
    names: tuple[list[str], list[str]],
    axes: dict[str, dict[int, str]],
) -> None:
    """Write one graph and check it."""
    torch.onnx.export(
        graph.eval(),
        example,
        str(path),
        input_names=names[0],
        output_names=names[1],
        dynamic_axes=axes,
        opset_version=OPSET,
        do_constant_folding=True,
        dynamo=False,
    )
    onnx.checker.check_model(str(path))


def export_encoder(model: StatementModel, path: Path) -> None:
    """The encoder and cue head in 32 bits."""
    pieces = tuple(torch.zeros(12, dtype=torch.long) for _ in range(4))
    example = (*pieces, torch.arange(1, 11))
    inputs = ["ids", "case", "quote", "place", "first"]
    axes = {name: {0: "pieces"} for name in inputs[:4]}
    axes |= {"first": {0: "words"}, "words": {0: "words"}, "cues": {0: "words"}}
    export_graph(EncoderGraph(model), example, path, (inputs, ["words", "cues"]), axes)


class RoleGraph(nn.Module):
    """One cue and the words near it to label scores of these words."""

    def __init__(self, model: StatementModel) -> None:
        super().__init__()
        self.head = model.role_head

    def forward(
        self, words_WD: Tensor, cue_mean_W: Tensor, distance_W: Tensor, sentence_W: Tensor
    ) -> Tensor:
        head = self.head
        plain, gated, shift_W, gate_W = words_WD.chunk(4, dim=-1)
        # The mean of what is made of the words of a cue is what is made of their mean.
        shift, gate = torch.matmul(cue_mean_W, shift_W), torch.matmul(cue_mean_W, gate_W)
        x = plain + shift + gated * gate
        x = x + head.distance(distance_W) + head.sentence(sentence_W)
        x = head.norm_0(nn.functional.gelu(x))
        h = x.shape[1]
        width = h // head.n_heads
        qkv = head.qkv(x).reshape(-1, 3, head.n_heads, width)
        q, v = qkv[:, 0].permute(1, 0, 2), qkv[:, 2].permute(1, 0, 2)
        k = qkv[:, 1].permute(1, 2, 0)
        weights = torch.softmax(torch.matmul(q, k) / width**0.5, dim=-1)
        attended = torch.matmul(weights, v).permute(1, 0, 2).reshape(-1, h)
        x = head.norm_1(x + head.out(attended))
        x = head.norm_2(x + head.outer(nn.functional.gelu(head.inner(x))))
        return head.labels(x)


def export_roles(model: StatementModel, path: Path) -> None:
    """The role head in 32 bits."""
    example = (
        torch.zeros(10, 2 * model.role_head.of_word.out_features),
        torch.full((10,), 0.1),
        torch.zeros(10, dtype=torch.long),
        torch.zeros(10, dtype=torch.long),
    )
    inputs = ["words", "cue_mean", "distance", "sentence"]
    axes = {name: {0: "words"} for name in (*inputs, "labels")}
    export_graph(RoleGraph(model), example, path, (inputs, ["labels"]), axes)


def quantise(source: Path, target: Path, *, gather: bool) -> None:
    """Weights of matrix products, and of embeddings if asked, as int8 per channel."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.onnx"
        quant_pre_process(str(source), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready),
            str(target),
            op_types_to_quantize=["MatMul", "Gemm", "Gather"] if gather else ["MatMul", "Gemm"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Export, quantise, and write the manifest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--recipe", type=Path, help="needed when WEIGHTS is a checkpoint")
    parser.add_argument("--float", action="store_true", help="leave all weights in 32 bits")
    args = parser.parse_args()
    kept = torch.load(args.weights, map_location="cpu", weights_only=False)
    if "weights" not in kept:
        import tomllib

        kept = {"weights": kept["mean"], "recipe": tomllib.loads(args.recipe.read_text())}
    model = StatementModel(kept["recipe"])
    model.load_state_dict(kept["weights"])
    model.eval()
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        encoder, roles = Path(folder) / "encoder.onnx", Path(folder) / "roles.onnx"
        export_encoder(model, encoder)
        export_roles(model, roles)
        if args.float:
            shutil.copy(encoder, args.out / "encoder.onnx")
            shutil.copy(roles, args.out / "roles.onnx")
        else:
            quantise(encoder, args.out / "encoder.onnx", gather=True)
            quantise(roles, args.out / "roles.onnx", gather=False)
    shutil.copy(tokenizer_path(), args.out / "tokenizer.json")
    files = ("encoder.onnx", "roles.onnx", "tokenizer.json")
    manifest = {
        "name": "statements",
        "version": "2",
        "recipe": kept["recipe"],
        "files": {name: digest(args.out / name) for name in files},
        "max_pieces": kept["recipe"]["max_pieces"],
        "cue_steps": model.cue_head.crf.steps().tolist(),
        "role_steps": model.role_head.crf.steps().tolist(),
    }
    path = args.out / "manifest.json"
    if path.exists():
        manifest = json.loads(path.read_text()) | manifest
    path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
