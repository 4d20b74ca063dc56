"""A larger encoder to be a teacher: all-mpnet-base-v2, four times as large as the package.

12 layers of width 768, uncased, Apache-2.0 (Song et al. 2020); its vocabulary is BERT's, four
numbers farther. `training/name_teacher.py` makes a reader of names of it, and
`training/dispute_teacher.py` one of pairs of sentences.

Shapes: B windows, T pieces, D width, H heads of attention.
"""

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from training.encoders import EncoderShape, Layer, SharedDropout

SHAPE = EncoderShape(
    n_layers=12, width=768, n_heads=12, width_inner=3072, n_pieces=30527, n_positions=514
)
# What stands before BERT's vocabulary in that of MPNet, and the pieces that have other places.
_SHIFT = 4
_OTHERS = {101: 0, 102: 2, 103: 30526}
_PADDING = 1
_FIRST_POSITION = 2
_BUCKETS, _FAR = 32, 128
_BARRED = -1e4


class BiasedLayer(Layer):
    """A layer whose attention knows how far pieces stand apart."""

    def forward(self, x_BTD: Tensor, bias_BHTT: Tensor) -> Tensor:  # type: ignore[override]
        b, t, d = x_BTD.shape
        q, k, v = (
            self.qkv(x_BTD).view(b, t, 3, self.n_heads, d // self.n_heads).permute(2, 0, 3, 1, 4)
        )
        attended = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias_BHTT.to(q.dtype))
        attended = self.out(attended.transpose(1, 2).reshape(b, t, d))
        x_BTD = self.norm_1(x_BTD + self.dropout(attended))
        inner = functional.gelu(self.inner(x_BTD))
        return self.norm_2(x_BTD + self.dropout(self.outer(inner)))


def buckets_of(n: int) -> Tensor:
    """Class of the distance of each piece to each, (T, T): near ones exact, far ones by logs."""
    at = torch.arange(n)
    away = at[None, :] - at[:, None]
    half = _BUCKETS // 2
    found = (away > 0).long() * half
    away = away.abs()
    exact = half // 2
    far = exact + (
        torch.log(away.clamp(min=1).float() / exact) / math.log(_FAR / exact) * (half - exact)
    ).long().clamp(max=half - exact - 1)
    return found + torch.where(away < exact, away, far)


class Mpnet(nn.Module):
    """The layers; who inherits adds what goes in beside the pieces, and a head."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        width = SHAPE.width
        self.words = nn.Embedding(SHAPE.n_pieces, width)
        self.positions = nn.Embedding(SHAPE.n_positions, width)
        self.bias = nn.Embedding(_BUCKETS, SHAPE.n_heads)
        self.norm = nn.LayerNorm(width, eps=1e-5)
        self.dropout = SharedDropout(dropout)
        self.layers = nn.ModuleList(BiasedLayer(SHAPE, dropout) for _ in range(SHAPE.n_layers))
        for layer in self.layers:
            layer.norm_1.eps = layer.norm_2.eps = 1e-5

    def read(self, ids_BT: Tensor, mask_BT: Tensor, added_BTD: Tensor | float) -> Tensor:
        """Vectors of all pieces, (B, T, D).

        Args:
            ids_BT: Pieces by BERT's numbers.
            mask_BT: True where there is one.
            added_BTD: To what a piece and its place are.
        """
        n, device = ids_BT.shape[1], ids_BT.device
        ids = ids_BT + _SHIFT
        for theirs, own in _OTHERS.items():
            ids = torch.where(ids_BT == theirs, own, ids)
        ids = torch.where(mask_BT, ids, _PADDING)
        x = self.words(ids) + self.positions(torch.arange(n, device=device) + _FIRST_POSITION)
        x = self.dropout(self.norm(x + added_BTD))
        bias = self.bias(buckets_of(n).to(device)).permute(2, 0, 1)[None]
        bias = bias.masked_fill(~mask_BT[:, None, None, :], _BARRED)
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def hold(self, n_layers: int) -> dict[str, nn.Parameter]:
        """Keep the vocabulary, places and lowest layers as they are; what is left moves."""
        for part in (self.words, self.positions, self.bias, *self.layers[:n_layers]):
            part.requires_grad_(requires_grad=False)
        return {n: p for n, p in self.named_parameters() if p.requires_grad}

    def load(self, folder: Path) -> None:
        """Take the pretrained layers, of `model.safetensors` in a folder."""
        given = load_file(str(folder / "model.safetensors"))
        own = self.state_dict()
        own["words.weight"] = given["embeddings.word_embeddings.weight"]
        own["positions.weight"] = given["embeddings.position_embeddings.weight"]
        own["bias.weight"] = given["encoder.relative_attention_bias.weight"]
        for part in ("weight", "bias"):
            own[f"norm.{part}"] = given[f"embeddings.LayerNorm.{part}"]
            for n in range(SHAPE.n_layers):
                theirs, ours = f"encoder.layer.{n}", f"layers.{n}"
                own[f"{ours}.qkv.{part}"] = torch.cat(
                    [given[f"{theirs}.attention.attn.{x}.{part}"] for x in "qkv"]
                )
                own[f"{ours}.out.{part}"] = given[f"{theirs}.attention.attn.o.{part}"]
                own[f"{ours}.norm_1.{part}"] = given[f"{theirs}.attention.LayerNorm.{part}"]
                own[f"{ours}.inner.{part}"] = given[f"{theirs}.intermediate.dense.{part}"]
                own[f"{ours}.outer.{part}"] = given[f"{theirs}.output.dense.{part}"]
                own[f"{ours}.norm_2.{part}"] = given[f"{theirs}.output.LayerNorm.{part}"]
        self.load_state_dict(own)
