"""Heads of events that teach the shared encoder and do not ship: types, factuality, parties.

What ships is fitted on what the encoder then gives (`training/train_events.py`).

Shapes: B windows, W words, D width, E events, K sides of an event, H width of a side.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from evaluation.treebanks import IGNORED
from onrecord.events.learned import FACTUALITIES
from onrecord.events.pair_signs import TYPES
from training.encoders import SharedDropout
from training.record_batches import SIDES, MarkedBatch

_WIDTH = 48


class EventHead(nn.Module):
    """Scores of words as triggers, and of words as parties of triggers."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.dropout = SharedDropout(dropout)
        self.types = nn.Linear(width, 1 + len(TYPES))
        self.factuality = nn.Linear(width, len(FACTUALITIES))
        self.own = nn.Linear(width, len(SIDES) * _WIDTH)
        self.other = nn.Linear(width, len(SIDES) * _WIDTH)
        self.side_bias = nn.Parameter(torch.full((len(SIDES),), -3.0))

    def sides(self, words_BWD: Tensor, window_E: Tensor, word_E: Tensor) -> Tensor:
        """Scores (E, W, K) that a word belongs to who stands on a side of an event."""
        own = self.own(words_BWD[window_E, word_E]).view(-1, 1, len(SIDES), _WIDTH)
        other = self.other(words_BWD)[window_E].view(len(window_E), -1, len(SIDES), _WIDTH)
        return (own * other).sum(-1) / _WIDTH**0.5 + self.side_bias


def event_losses(head: EventHead, words_BWD: Tensor, batch: MarkedBatch) -> dict[str, Tensor]:
    """Losses of the windows that are annotated with events."""
    words_BWD = head.dropout(words_BWD)
    types = functional.cross_entropy(
        head.types(words_BWD).flatten(0, 1),
        batch.type_BW.flatten(),
        ignore_index=IGNORED,
        reduction="sum",
    )
    found = {"events": types}
    if len(batch.event_word_E):
        told = head.factuality(words_BWD[batch.event_window_E, batch.event_word_E])
        found["factuality"] = functional.cross_entropy(told, batch.factuality_E, reduction="sum")
        scores = head.sides(words_BWD, batch.event_window_E, batch.event_word_E)
        known = (batch.type_BW != IGNORED)[batch.event_window_E][..., None]
        each = functional.binary_cross_entropy_with_logits(
            scores, batch.sides_EWK, reduction="none"
        )
        found["sides"] = (each * known).sum()
    return found
