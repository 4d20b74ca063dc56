"""How probable it is that a span is a name of a kind, by a chain of labels.

The likeliest sequence of labels says nothing of the second likeliest, and the probabilities of
single words nothing of whole names. Here the chain's forward and backward sums (Rabiner 1989) give
the share of all sequences in which a name has just these ends and this kind.

Shapes: W words, N labels (`names.py`), K kinds, S stretches, T words of the longest of them.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.entities.names import N_NAME_LABELS, NAME_KINDS, stretches_of
from onrecord.records import Kind

# Less probable names are none that anybody has to choose from.
LEAST: Final = 0.05
# Words of a name; longer ones are lists.
_MOST_WORDS: Final = 12
# So much above all others, O is not doubted.
_CERTAIN: Final = 5.0
# Stretches up to so many words are worked out together; long ones would ask for much more room.
_LENGTHS: Final = (2, 5, 10, 20, 40, 80)
_MOST_AT_ONCE: Final = 512
_BEGINS: Final = slice(1, N_NAME_LABELS, 2)
_INSIDE: Final = slice(2, N_NAME_LABELS, 2)
# First word and word after the last of a span, to the probability of each kind.
NameSpans = dict[tuple[int, int], NDArray[np.float32]]
Array = NDArray[np.float64]


def name_spans(
    all_scores: Sequence[NDArray[np.float32]], steps_NN: NDArray[np.float32]
) -> list[NameSpans]:
    """The spans of several windows that may be names.

    Args:
        all_scores: Score of each label at each word of a window.
        steps_NN: Score of each step between labels.

    Returns:
        For each window the spans of which one kind has at least ``LEAST``.
    """
    found: list[NameSpans] = [{} for _ in all_scores]
    if not all_scores:
        return found
    begins = np.cumsum([0, *map(len, all_scores)])
    scores_WN = np.concatenate(all_scores).astype(np.float64)
    firsts, lengths = stretches_of(scores_WN, begins[:-1], certain=_CERTAIN)
    ways_NN = np.exp(steps_NN.astype(np.float64) - steps_NN.max())
    kept_S = (lengths > 1) | _may_be_names(scores_WN[firsts], ways_NN)
    firsts, lengths = firsts[kept_S], lengths[kept_S]
    holder_S = np.searchsorted(begins, firsts, side="right") - 1
    before, holders = (firsts - begins[holder_S]).tolist(), holder_S.tolist()
    for own in _groups(lengths):
        stretches = own.tolist()
        for row, first, after, kind, probability in _spans_of(
            scores_WN, firsts[own], lengths[own], ways_NN
        ):
            stretch = stretches[row]
            span = (before[stretch] + first, before[stretch] + after)
            spans = found[holders[stretch]]
            if span not in spans:
                spans[span] = np.zeros(len(NAME_KINDS), dtype=np.float32)
            spans[span][kind] = probability
    return found


def _may_be_names(scores_SN: Array, ways_NN: Array) -> NDArray[np.bool_]:
    """Whether single words between such as are surely in no name are probable enough, (S,).

    Most stretches are such words, and most of them are none.
    """
    shares_SN = np.exp(scores_SN - scores_SN.max(axis=1, keepdims=True))
    shares_SN *= ways_NN[0] * ways_NN[:, 0]
    # Half of what is asked for, so that rounding decides nothing.
    least_S = shares_SN.sum(axis=1) * (LEAST / 2)
    return np.asarray(shares_SN[:, _BEGINS].max(axis=1, initial=0.0) >= least_S)


def certain_share(kind: Kind) -> NDArray[np.float32]:
    """The probabilities of what is certainly a name of this kind, (K,)."""
    share_K = np.zeros(len(NAME_KINDS), dtype=np.float32)
    share_K[NAME_KINDS.index(kind)] = 1.0
    return share_K


def _groups(lengths: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Numbers of stretches of like length."""
    classes = np.searchsorted(_LENGTHS, lengths)
    for number in range(len(_LENGTHS) + 1):
        group = np.flatnonzero(classes == number)
        most = _MOST_AT_ONCE if number < len(_LENGTHS) else 1
        for at in range(0, len(group), most):
            yield group[at : at + most]


def _spans_of(
    scores_WN: Array,
    firsts: NDArray[np.int64],
    lengths: NDArray[np.int64],
    ways_NN: Array,
) -> list[tuple[int, int, int, int, float]]:
    """Stretch, first word and word after the last in it, kind and probability."""
    powers_STN = _powers(scores_WN, firsts, lengths)
    n_words = powers_STN.shape[1]
    forward_STN = np.empty_like(powers_STN)
    scales_ST = np.empty(powers_STN.shape[:2])
    # Before a stretch there is no name.
    own = ways_NN[0] * powers_STN[:, 0]
    for t in range(n_words):
        if t:
            own = (forward_STN[:, t - 1] @ ways_NN) * powers_STN[:, t]
        scales_ST[:, t] = own.sum(axis=1)
        forward_STN[:, t] = own / scales_ST[:, t, None]
    behind_STN = np.ones_like(powers_STN)
    ahead_STN = np.zeros_like(powers_STN)
    for t in range(n_words - 1, 0, -1):
        ahead_STN[:, t] = powers_STN[:, t] * behind_STN[:, t] / scales_ST[:, t, None]
        behind_STN[:, t - 1] = ahead_STN[:, t] @ ways_NN.T

    def steps(labels: slice) -> tuple[Array, Array]:
        """What going on from a word to the next one of the name gives; what ending there gives."""
        ways_K = ways_NN[labels, _INSIDE].diagonal()
        goes, ends = np.zeros((2, *powers_STN.shape[:2], len(NAME_KINDS)))
        goes[:, :-1] = ways_K * powers_STN[:, 1:, _INSIDE] / scales_ST[:, 1:, None]
        ends[...] = behind_STN[:, :, labels]
        ends[:, :-1] -= ways_K * ahead_STN[:, 1:, _INSIDE]
        return goes, ends

    goes_first, ends_first = steps(_BEGINS)
    goes_on, ends_on = steps(_INSIDE)
    found = []
    share_STK = forward_STN[:, :, _BEGINS]
    for n in range(1, min(_MOST_WORDS, n_words) + 1):
        ends = ends_first if n == 1 else ends_on[:, n - 1 :]
        probable_STK = share_STK * ends
        rows = np.nonzero(probable_STK >= LEAST)
        columns = (*(own.tolist() for own in rows), probable_STK[rows].tolist())
        found += [(s, t, t + n, k, p) for s, t, k, p in zip(*columns, strict=True)]
        goes = goes_first if n == 1 else goes_on[:, n - 1 :]
        share_STK = (share_STK * goes)[:, :-1]
        if not (share_STK * behind_STN[:, n:, _INSIDE] >= LEAST).any():
            break
    return found


def _powers(scores_WN: Array, firsts: NDArray[np.int64], lengths: NDArray[np.int64]) -> Array:
    """Powers of the scores of stretches, (S, T, N), with at least one sure word behind each."""
    place_T = np.arange(lengths.max(initial=0) + 1)
    at_ST = np.minimum(firsts[:, None] + place_T, len(scores_WN) - 1)
    scores_STN = scores_WN[at_ST]
    powers_STN: Array = np.exp(scores_STN - scores_STN.max(axis=2, keepdims=True))
    powers_STN[place_T >= lengths[:, None]] = np.eye(N_NAME_LABELS)[0]
    return powers_STN
