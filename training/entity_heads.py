"""The heads of entities and of trees: names, spans of all mentions, which are the same; arcs.

Shapes: B windows, W words, D width, N name labels, S width of a span's ends, M mentions,
P pairs, K products of a pair, H width of the pair layer.
"""

from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.encode.labels import FORBIDDEN
from onrecord.entities.names import N_NAME_LABELS, allowed_name_steps
from onrecord.entities.pairs import N_PRODUCTS, N_TYPES, SIZES
from onrecord.entities.spans import N_WIDTHS, WIDTH_PRODUCT, WIDTH_SPAN, width_classes
from onrecord.syntax.labels import (
    N_DISTANCES,
    RELATIONS,
    TAGS,
    WIDTH_ARC,
    distance_classes,
)
from training.chains import log_sum_of_paths
from training.encoders import SharedDropout

# More words than a window has.
_MOST_WORDS = 512


class WordHead(nn.Module):
    """What is computed for every word in one product, cut into its parts by `parts`."""

    SIZES: ClassVar[dict[str, int]] = {
        "names": N_NAME_LABELS,
        "inner": 1,
        "opens": WIDTH_SPAN,
        "closes": WIDTH_SPAN,
        "type_opens": N_TYPES,
        "type_closes": N_TYPES,
        "own_opens": N_PRODUCTS * WIDTH_PRODUCT,
        "own_closes": N_PRODUCTS * WIDTH_PRODUCT,
        "other_opens": N_PRODUCTS * WIDTH_PRODUCT,
        "other_closes": N_PRODUCTS * WIDTH_PRODUCT,
        "arc_own": WIDTH_ARC,
        "arc_head": WIDTH_ARC,
        "relations": len(RELATIONS),
        "tags": len(TAGS),
        "happened": 1,
    }

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.dropout = SharedDropout(dropout)
        self.all = nn.Linear(width, sum(self.SIZES.values()))
        self.widths = nn.Parameter(torch.zeros(N_WIDTHS))
        self.span_bias = nn.Parameter(torch.tensor(-4.0))
        self.distances = nn.Parameter(torch.zeros(N_DISTANCES))
        barred = torch.where(torch.from_numpy(allowed_name_steps()), 0.0, FORBIDDEN)
        self.register_buffer("barred", barred)
        self.free = nn.Parameter(torch.zeros(barred.shape))
        widths = torch.from_numpy(width_classes(_MOST_WORDS))
        self.register_buffer("width_classes", widths, persistent=False)
        ways = torch.from_numpy(distance_classes(_MOST_WORDS))
        self.register_buffer("ways", ways, persistent=False)

    def name_steps(self) -> Tensor:
        """Score of each step between name labels, (N, N)."""
        return self.free + self.barred

    def name_nll(self, scores_BWN: Tensor, allowed_BWN: Tensor, mask_BW: Tensor) -> Tensor:
        """Negative log-likelihood of all allowed sequences together, (B,).

        A linear-chain CRF with partial labels (Tsuboi et al. 2008); what stands before and
        after a window is no name.
        """
        given = scores_BWN.masked_fill(~allowed_BWN, FORBIDDEN)
        both = torch.cat([scores_BWN, given])
        steps = self.name_steps()
        mask = torch.cat([mask_BW, mask_BW])
        sums = log_sum_of_paths(both, steps, steps[0], steps[:, 0], mask)
        total, allowed = sums.chunk(2)
        return total - allowed

    def forward(self, words_BWD: Tensor) -> dict[str, Tensor]:
        scores = self.all(self.dropout(words_BWD))
        return dict(zip(self.SIZES, scores.split(list(self.SIZES.values()), -1), strict=True))

    def spans(self, parts: dict[str, Tensor], width_WW: Tensor) -> Tensor:
        """Score that a mention runs from the first word to the second, (B, W, W)."""
        scores = torch.matmul(parts["opens"], parts["closes"].transpose(-1, -2))
        return scores / WIDTH_SPAN**0.5 + self.widths[width_WW] + self.span_bias


class PairHead(nn.Module):
    """Score that two mentions name the same, against 0 for nothing before."""

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        self.tables = nn.ModuleList(nn.Embedding(n, width) for n in SIZES)
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.1)
        self.products = nn.Linear(N_PRODUCTS, width)
        self.out = nn.Linear(width, 1)

    def forward(self, features_PF: Tensor, products_PK: Tensor) -> Tensor:
        hidden = self.products(products_PK)
        for number, table in enumerate(self.tables):
            hidden = hidden + table(features_PF[:, number])
        return self.out(functional.gelu(hidden))[:, 0]


def products_of(own_MC: Tensor, other_MC: Tensor, own_P: Tensor, other_P: Tensor) -> Tensor:
    """Products of the vectors of the later and the earlier mention, (P, K)."""
    own = own_MC[own_P].view(len(own_P), N_PRODUCTS, WIDTH_PRODUCT)
    other = other_MC[other_P].view(len(other_P), N_PRODUCTS, WIDTH_PRODUCT)
    return (own * other).sum(-1) / WIDTH_PRODUCT**0.5
