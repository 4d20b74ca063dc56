"""The statement heads: which words are a cue, and, for one cue, its source and content.

Spans are label sequences scored by a linear-chain CRF (Lafferty et al. 2001) whose
forbidden steps are fixed. The role head sees one cue at a time, as CasRel does for
relations (Wei et al. 2020), so that a span is found already linked.

Shapes: B windows, W words, D width, C cues, L labels, H width of the role head.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.encode.distances import N_SENTENCE_BUCKETS, N_WORD_BUCKETS
from onrecord.encode.labels import CUE_ROLES, FORBIDDEN, PARTY_ROLES, allowed_steps, n_labels
from training.chains import log_sum_of_paths
from training.encoders import SharedDropout, attend


class Crf(nn.Module):
    """Scores of label sequences: emissions plus learned steps, forbidden ones barred."""

    def __init__(self, roles: tuple[str, ...]) -> None:
        super().__init__()
        allowed = torch.from_numpy(allowed_steps(roles))
        self.register_buffer("barred", torch.where(allowed, 0.0, FORBIDDEN))
        self.free = nn.Parameter(torch.zeros(allowed.shape))

    def steps(self) -> Tensor:
        """Score of each step, (L + 1, L + 1); the last row starts, the last column ends."""
        return self.free + self.barred

    def nll(self, emissions_NWL: Tensor, labels_NW: Tensor, mask_NW: Tensor) -> Tensor:
        """Negative log-likelihood of each sequence, (N,); masked words end it."""
        steps = self.steps()
        n_label = emissions_NWL.shape[2]
        rows = torch.arange(len(labels_NW), device=labels_NW.device)
        lengths = mask_NW.sum(1)
        gold_at = emissions_NWL.gather(2, labels_NW[:, :, None])[:, :, 0]
        gold = (gold_at * mask_NW).sum(1) + steps[n_label, labels_NW[:, 0]]
        gold = gold + (steps[labels_NW[:, :-1], labels_NW[:, 1:]] * mask_NW[:, 1:]).sum(1)
        gold = gold + steps[labels_NW[rows, lengths - 1], n_label]
        inner = steps[:n_label, :n_label]
        ends = (steps[n_label, :n_label], steps[:n_label, n_label])
        return log_sum_of_paths(emissions_NWL, inner, *ends, mask_NW) - gold


class CueHead(nn.Module):
    """Label scores of every word: cues for use, sources and contents to help training."""

    def __init__(self, width: int, dropout: float) -> None:
        super().__init__()
        self.dropout = SharedDropout(dropout)
        self.cues = nn.Linear(width, n_labels(CUE_ROLES))
        self.parties = nn.Linear(width, n_labels(PARTY_ROLES))
        self.crf = Crf(CUE_ROLES)

    def forward(self, words_BWD: Tensor) -> tuple[Tensor, Tensor]:
        words_BWD = self.dropout(words_BWD)
        return self.cues(words_BWD), self.parties(words_BWD)


class RoleHead(nn.Module):
    """For one cue, label scores of every word of its window: source and content of it."""

    def __init__(
        self, width: int, *, width_role: int = 192, n_heads: int = 4, dropout: float
    ) -> None:
        super().__init__()
        self.n_heads = n_heads
        self.dropout = SharedDropout(dropout)
        self.of_word = nn.Linear(width, 2 * width_role)
        self.of_cue = nn.Linear(width, 2 * width_role)
        self.distance = nn.Embedding(N_WORD_BUCKETS, width_role)
        self.sentence = nn.Embedding(N_SENTENCE_BUCKETS, width_role)
        self.norm_0 = nn.LayerNorm(width_role)
        self.qkv = nn.Linear(width_role, 3 * width_role)
        self.out = nn.Linear(width_role, width_role)
        self.norm_1 = nn.LayerNorm(width_role)
        self.inner = nn.Linear(width_role, 2 * width_role)
        self.outer = nn.Linear(2 * width_role, width_role)
        self.norm_2 = nn.LayerNorm(width_role)
        self.labels = nn.Linear(width_role, n_labels(PARTY_ROLES))
        self.crf = Crf(PARTY_ROLES)

    def forward(
        self,
        words_CWD: Tensor,
        cue_mean_CW: Tensor,
        distance_CW: Tensor,
        sentence_CW: Tensor,
        mask_CW: Tensor | None,
    ) -> Tensor:
        """Label scores, (C, W, L).

        Args:
            words_CWD: Word vectors of the window of each cue; (1, W, D) stands for all.
            cue_mean_CW: Weights of the words of each cue, summing to one.
            distance_CW: `word_buckets` of each cue.
            sentence_CW: `sentence_buckets` of each cue.
            mask_CW: True where there is a word; None when there are no others.
        """
        words_CWD = self.dropout(words_CWD)
        cue_CD = torch.matmul(cue_mean_CW[:, None, :], words_CWD)[:, 0]
        plain, gated = self.of_word(words_CWD).chunk(2, dim=-1)
        shift, gate = self.of_cue(cue_CD)[:, None].chunk(2, dim=-1)
        x = plain + shift + gated * gate + self.distance(distance_CW) + self.sentence(sentence_CW)
        x = self.norm_0(functional.gelu(x))
        c, w, h = x.shape
        q, k, v = self.qkv(x).view(c, w, 3, self.n_heads, h // self.n_heads).permute(2, 0, 3, 1, 4)
        mask = None if mask_CW is None else mask_CW[:, None, None, :]
        attended = attend(q, k, v, mask)
        x = self.norm_1(x + self.dropout(self.out(attended.transpose(1, 2).reshape(c, w, h))))
        x = self.norm_2(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))
        return self.labels(x)
