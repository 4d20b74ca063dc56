"""Names in a window: scores of its words to spans with their kinds.

Shapes: W words, N labels: O, then B and I of each kind.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.labels import best_sequences
from onrecord.records import Kind

NAME_KINDS: Final = tuple(Kind)
N_NAME_LABELS: Final = 1 + 2 * len(NAME_KINDS)


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


def find_names(
    scores_WN: NDArray[np.float32], steps_NN: NDArray[np.float32] | None = None
) -> list[tuple[int, int, Kind, float]]:
    """Names as [first word, after the last), kind and mean probability.

    Args:
        scores_WN: Score of each label at each word.
        steps_NN: Score of each step between labels; `plain_names` if None.
    """
    if steps_NN is None:
        return plain_names(scores_WN)
    certain = 8.0
    open_W = scores_WN[:, 0] - scores_WN[:, 1:].max(axis=1, initial=-1e9) < certain
    edges = np.flatnonzero(np.diff(np.concatenate([[False], open_W, [False]]).astype(np.int8)))
    firsts, afters = edges[::2], edges[1::2]
    if not len(firsts):
        return []
    lengths = afters - firsts
    at = np.minimum(firsts[:, None] + np.arange(lengths.max()), len(scores_WN) - 1)
    framed = np.full((N_NAME_LABELS + 1, N_NAME_LABELS + 1), -1e4, dtype=np.float32)
    framed[:-1, :-1] = steps_NN
    # What stands around a stretch is no name.
    framed[-1, :-1], framed[:-1, -1] = steps_NN[0], steps_NN[:, 0]
    labels = best_sequences(scores_WN[at], lengths, framed)
    found = []
    for first, length, own in zip(firsts.tolist(), lengths.tolist(), labels, strict=True):
        for begin, after, kind in _runs(own[:length].tolist()):
            scores = scores_WN[first + begin : first + after]
            found.append((first + begin, first + after, kind, _probability(scores, kind)))
    return found


def _runs(labels: list[int]) -> Iterator[tuple[int, int, Kind]]:
    begin = 0
    for at, own in enumerate([*labels, 0]):
        if at and labels[at - 1] and (own == 0 or own % 2):
            yield begin, at, NAME_KINDS[(labels[at - 1] - 1) // 2]
        if own % 2:
            begin = at


def _probability(scores: NDArray[np.float32], kind: Kind) -> float:
    """Mean probability of the kind over the words of a name."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    own = 1 + 2 * NAME_KINDS.index(kind)
    return float((powers[:, own : own + 2].sum(axis=1) / powers.sum(axis=1)).mean())


def plain_names(scores_WN: NDArray[np.float32]) -> list[tuple[int, int, Kind, float]]:
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
