"""The model of pairs, to be trained: some layers of a transformer over both texts at once.

Two heads share them: what follows from the first text, and whether both are in dispute.

Word vectors at the input are those of the packaged encoder, int8 table and all, and stay as
they are: at run time both graphs share them.

Shapes: B pairs, T pieces, D width, P numbers of a pair, G grounds and none.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.entailment.pairs import N_GAPS, N_KINDS, PairPieces
from onrecord.entailment.scoring import GROUNDS
from training.encoders import Encoder, EncoderShape, Layer, SharedDropout, pretrained_encoder

N_LABELS = 3
N_GROUNDS = len(GROUNDS)
_FLOOR = -10


class PairHeads(nn.Module):
    """What is made of the pieces of a pair: scores of the labels, and of the grounds."""

    def __init__(self, width: int, width_head: int, dropout: float) -> None:
        super().__init__()
        self.head_dropout = nn.Dropout(dropout)
        self.inner = nn.Linear(4 * width, width_head)
        self.out = nn.Linear(width_head, N_LABELS)
        self.dispute_inner = nn.Linear(6 * width, width_head)
        self.dispute_out = nn.Linear(width_head, N_GROUNDS)

    def scores(
        self, x_BTD: Tensor, mask_BT: Tensor, hypothesis_BT: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Scores of labels (B, 3) and of grounds (B, G)."""
        given = (x_BTD, mask_BT, hypothesis_BT)
        return self.head(*given), self.dispute_head(*given)

    def head(self, x_BTD: Tensor, mask_BT: Tensor, hypothesis_BT: Tensor) -> Tensor:
        """Scores (B, 3) of what comes out of them."""
        pooled_BP = torch.cat(self._pooled(x_BTD, mask_BT, hypothesis_BT), -1)
        hidden = functional.gelu(self.inner(self.head_dropout(pooled_BP)))
        return self.out(self.head_dropout(hidden))

    def dispute_head(self, x_BTD: Tensor, mask_BT: Tensor, hypothesis_BT: Tensor) -> Tensor:
        """Scores (B, G) of no dispute and of each ground."""
        first, hypothesis, highest, premise = self._pooled(x_BTD, mask_BT, hypothesis_BT)
        apart = (hypothesis - premise).abs()
        premise_BT = _premise(x_BTD, mask_BT, hypothesis_BT)
        pooled = (first, hypothesis, premise, apart, highest, _highest(x_BTD, premise_BT))
        hidden = functional.gelu(self.dispute_inner(self.head_dropout(torch.cat(pooled, -1))))
        return self.dispute_out(self.head_dropout(hidden))

    def _pooled(self, x_BTD: Tensor, mask_BT: Tensor, hypothesis_BT: Tensor) -> tuple[Tensor, ...]:
        premise_BT = _premise(x_BTD, mask_BT, hypothesis_BT)
        return (
            x_BTD[:, 0],
            (x_BTD * hypothesis_BT[..., None]).sum(1) / (hypothesis_BT.sum(1, keepdim=True) + 1),
            _highest(x_BTD, hypothesis_BT),
            (x_BTD * premise_BT[..., None]).sum(1) / premise_BT.sum(1, keepdim=True),
        )


class PairModel(PairHeads):
    """Scores of the three labels, and of the grounds of a dispute, of each pair."""

    def __init__(self, recipe: dict[str, Any]) -> None:
        shape = EncoderShape(n_layers=recipe["n_layers"])
        super().__init__(shape.width, recipe["width_head"], recipe["head_dropout"])
        self.positions = nn.Embedding(256, shape.width)
        self.kinds = nn.Embedding(N_KINDS + N_GAPS, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = SharedDropout(recipe["dropout"])
        self.layers = nn.ModuleList(Layer(shape, recipe["dropout"]) for _ in range(shape.n_layers))
        nn.init.zeros_(self.kinds.weight)

    def start_from(self, encoder: Encoder, layers: Sequence[int]) -> None:
        """Take layers and positions of an encoder."""
        self.positions.weight.data.copy_(encoder.positions.weight[: len(self.positions.weight)])
        self.norm.load_state_dict(encoder.norm.state_dict())
        for own, number in zip(self.layers, layers, strict=True):
            own.load_state_dict(encoder.layers[number].state_dict())

    def embed(self, words_BTD: Tensor, kind_BT: Tensor) -> Tensor:
        """What goes into the layers."""
        x = words_BTD + self.positions.weight[: words_BTD.shape[-2]] + self.kinds(kind_BT)
        return self.norm(x)

    def forward(
        self, words_BTD: Tensor, kind_BT: Tensor, mask_BT: Tensor, hypothesis_BT: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Scores of labels (B, 3) and of grounds (B, G)."""
        x = self.dropout(self.embed(words_BTD, kind_BT))
        mask = mask_BT[:, None, None, :]
        if not mask.is_cuda and bool(mask_BT.all()):
            mask = None
        for layer in self.layers:
            x = layer(x, mask)
        return self.scores(x.float(), mask_BT, hypothesis_BT)


def _premise(x_BTD: Tensor, mask_BT: Tensor, hypothesis_BT: Tensor) -> Tensor:
    return mask_BT.to(x_BTD.dtype) - hypothesis_BT


def _highest(x_BTD: Tensor, own_BT: Tensor) -> Tensor:
    return (x_BTD + (1 - own_BT[..., None]) * -1e4).amax(1).clamp(min=_FLOOR)


def started_model(recipe: dict[str, Any]) -> PairModel:
    """The model before training."""
    model = PairModel(recipe)
    if recipe.get("start"):
        encoder = Encoder(EncoderShape(), 0.0)
        kept = torch.load(recipe["start"], map_location="cpu", weights_only=False)["weights"]
        own = {k.removeprefix("encoder."): v for k, v in kept.items() if k.startswith("encoder.")}
        encoder.load_state_dict(own)
    else:
        encoder = pretrained_encoder(0.0)
    model.start_from(encoder, recipe["layers"])
    return model


def continued_model(recipe: dict[str, Any], weights: dict[str, Tensor]) -> PairModel:
    """The model with weights of an earlier training; what is new starts anew."""
    model = PairModel(recipe)
    own = model.state_dict()
    for name, value in weights.items():
        own[name][: len(value)] = value
    model.load_state_dict(own)
    return model


def padded_pairs(pairs: Sequence[PairPieces]) -> tuple[Tensor, ...]:
    """Vocabulary ids, kinds, mask and hypothesis of some pairs, padded, (B, T) each."""
    longest = max(len(pair.ids_T) for pair in pairs)
    ids, kinds = np.zeros((2, len(pairs), longest), dtype=np.int64)
    mask = np.zeros((len(pairs), longest), dtype=bool)
    hypothesis = np.zeros((len(pairs), longest), dtype=np.float32)
    for n, pair in enumerate(pairs):
        own = slice(len(pair.ids_T))
        ids[n, own], kinds[n, own], mask[n, own] = pair.ids_T, pair.kind_T, True
        hypothesis[n, own] = pair.hypothesis_T
    return tuple(torch.from_numpy(x) for x in (ids, kinds, mask, hypothesis))


def batch_tensors(pairs: Sequence[PairPieces], table_VD: Tensor) -> tuple[Tensor, ...]:
    """Words, kinds, mask and hypothesis of some pairs, padded, where the table is."""
    ids, *rest = (x.to(table_VD.device) for x in padded_pairs(pairs))
    return functional.embedding(ids, table_VD), *rest
