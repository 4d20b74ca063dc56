"""Sums over all label sequences of a chain, for conditional random fields.

Shapes: B sequences, W words, N labels.
"""

import torch
from torch import Tensor

from onrecord.encode.labels import FORBIDDEN


def log_sum_of_paths(
    scores_BWN: Tensor, steps_NN: Tensor, first_N: Tensor, last_N: Tensor, mask_BW: Tensor
) -> Tensor:
    """The log of the sum over all sequences of what their scores give, (B,).

    Args:
        scores_BWN: Of labels of words.
        steps_NN: Of a label after another one.
        first_N: Of a label at the start.
        last_N: Of a label at the end.
        mask_BW: True where there is a word; words stand at the front.
    """
    alpha_BN = first_N + scores_BWN[:, 0]
    if scores_BWN.is_cuda:
        alpha_BN = _in_pairs(alpha_BN, scores_BWN, steps_NN, mask_BW)
    else:
        for w in range(1, scores_BWN.shape[1]):
            after = torch.logsumexp(alpha_BN[:, :, None] + steps_NN, dim=1) + scores_BWN[:, w]
            alpha_BN = torch.where(mask_BW[:, w, None], after, alpha_BN)
    return torch.logsumexp(alpha_BN + last_N, dim=1)


def _in_pairs(alpha_BN: Tensor, scores_BWN: Tensor, steps_NN: Tensor, mask_BW: Tensor) -> Tensor:
    """The same by products of matrices in pairs: few large steps, as a GPU wants them."""
    n = len(steps_NN)
    still = torch.where(torch.eye(n, dtype=torch.bool, device=steps_NN.device), 0.0, FORBIDDEN)
    each = steps_NN + scores_BWN[:, 1:, None, :]
    each = torch.where(mask_BW[:, 1:, None, None], each, still)
    while each.shape[1] > 1:
        if each.shape[1] % 2:
            each = torch.cat([each, still.expand(len(each), 1, n, n)], dim=1)
        before, after = each[:, 0::2], each[:, 1::2]
        each = torch.logsumexp(before[..., :, :, None] + after[..., None, :, :], dim=-2)
    if not each.shape[1]:
        return alpha_BN
    return torch.logsumexp(alpha_BN[:, :, None] + each[:, 0], dim=1)
