"""Names in a window: scores of its words to spans with their kinds.

Shapes: W words, N labels: O, then B and I of each kind.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.records import Kind

NAME_KINDS: Final = tuple(Kind)
N_NAME_LABELS: Final = 1 + 2 * len(NAME_KINDS)
# First word, word after the last, kind, mean probability.
Name = tuple[int, int, Kind, float]


def name_label(kind: Kind, *, begins: bool) -> int:
    """Label of the first word of a name of this kind, or of one of its other words."""
    return 1 + 2 * NAME_KINDS.index(kind) + (not begins)


def allowed_name_steps() -> NDArray[np.bool_]:
    """Whether the second label (column) may follow the first (row), (N, N).

    A word inside of a name of a kind follows only another word of such a name.
    """
    allowed = np.ones((N_NAME_LABELS, N_NAME_LABELS), dtype=bool)
    for kind in NAME_KINDS:
        begins, goes_on = (name_label(kind, begins=b) for b in (True, False))
        allowed[:, goes_on] = False
        allowed[[begins, goes_on], goes_on] = True
    return allowed


def stretches_of(
    scores_WN: NDArray[np.floating], begins: NDArray[np.int64], *, certain: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First word and length of all runs of words that may be names, each within one window.

    Args:
        scores_WN: Score of each label at each word, one window after the other.
        begins: The first word of each window.
        certain: So much above all others, O is not doubted.
    """
    open_W = scores_WN[:, 0] - scores_WN[:, 1:].max(axis=1, initial=-1e9) < certain
    is_first = open_W.copy()
    is_first[1:] &= ~open_W[:-1]
    inner = begins[begins < len(open_W)]
    is_first[inner] = open_W[inner]
    # A run ends where the next word is in none, or begins another one.
    is_last = open_W.copy()
    is_last[:-1] &= ~open_W[1:] | is_first[1:]
    firsts = np.flatnonzero(is_first)
    return firsts, np.flatnonzero(is_last) + 1 - firsts


def plain_names(scores_WN: NDArray[np.float32]) -> list[Name]:
    """Names without scores of steps.

    A word is in a name when O is less likely than all else together; a name goes on while
    to go on is likelier than to begin; the kind is the best over all its words.
    """
    if not len(scores_WN):
        return []
    powers = np.exp(scores_WN - scores_WN.max(axis=1, keepdims=True))
    probable_WN = powers / powers.sum(axis=1, keepdims=True)
    begins_W = probable_WN[:, 1::2].sum(axis=1)
    goes_W = probable_WN[:, 2::2].sum(axis=1)
    inside_W = begins_W + goes_W > 0.5
    opens_W = inside_W & (begins_W >= goes_W)
    opens_W[1:] |= inside_W[1:] & ~inside_W[:-1]
    opens_W[0] |= inside_W[0]
    firsts = np.flatnonzero(opens_W)
    found = []
    for n, first in enumerate(firsts.tolist()):
        limit = int(firsts[n + 1]) if n + 1 < len(firsts) else len(inside_W)
        outside = np.flatnonzero(~inside_W[first:limit])
        after = first + int(outside[0]) if len(outside) else limit
        kinds = probable_WN[first:after, 1::2] + probable_WN[first:after, 2::2]
        kind = int(np.log(kinds + 1e-6).sum(axis=0).argmax())
        found.append((first, after, NAME_KINDS[kind], float(kinds[:, kind].mean())))
    return found
