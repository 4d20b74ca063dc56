"""Names in a window: scores of its words to spans with their kinds.

Shapes: W words, N labels: O, then B and I of each kind.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.labels import best_sequences
from onrecord.records import Kind

NAME_KINDS: Final = tuple(Kind)
N_NAME_LABELS: Final = 1 + 2 * len(NAME_KINDS)
# So much above all others, O is not doubted.
_CERTAIN: Final = 8.0
# Words of a short stretch; most have no more, and long ones would ask for much more room.
_SHORT: Final = 4
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


def find_names(
    scores_WN: NDArray[np.float32], steps_NN: NDArray[np.float32] | None = None
) -> list[Name]:
    """Names as [first word, after the last), kind and mean probability.

    Args:
        scores_WN: Score of each label at each word.
        steps_NN: Score of each step between labels; `plain_names` if None.
    """
    return find_all_names([scores_WN], steps_NN)[0]


def find_all_names(
    all_scores: Sequence[NDArray[np.float32]], steps_NN: NDArray[np.float32] | None = None
) -> list[list[Name]]:
    """The names of several windows, decoded together; each as `find_names` gives them."""
    if steps_NN is None:
        return [plain_names(scores_WN) for scores_WN in all_scores]
    found: list[list[Name]] = [[] for _ in all_scores]
    if not all_scores:
        return found
    begins = np.cumsum([0, *map(len, all_scores)])
    scores_WN = np.concatenate(all_scores)
    firsts, lengths = _stretches(scores_WN, begins[:-1])
    if not len(firsts):
        return found
    labels_W = _labels(scores_WN, firsts, lengths, _framed(steps_NN))
    # Most stretches hold no name.
    rows = np.flatnonzero(np.add.reduceat(labels_W, firsts))
    holders = np.searchsorted(begins, firsts[rows], side="right") - 1
    columns = (holders, firsts[rows], lengths[rows])
    named = [
        (holder, first + begin, first + after, kind)
        for holder, first, length in zip(*(c.tolist() for c in columns), strict=True)
        for begin, after, kind in _runs(labels_W[first : first + length].tolist())
    ]
    before = begins.tolist()
    for (holder, first, after, kind), probability in zip(
        named, _probabilities(scores_WN, [name[1:] for name in named]), strict=True
    ):
        found[holder].append((first - before[holder], after - before[holder], kind, probability))
    return found


def _labels(
    scores_WN: NDArray[np.float32],
    firsts: NDArray[np.int64],
    lengths: NDArray[np.int64],
    steps_NN: NDArray[np.float32],
) -> NDArray[np.int64]:
    """The label of each word, those outside of all stretches 0; short stretches by themselves."""
    labels_W = np.zeros(len(scores_WN), dtype=np.int64)
    is_short = lengths <= _SHORT
    for chosen in (np.flatnonzero(is_short), np.flatnonzero(~is_short)):
        if len(chosen):
            first, length = firsts[chosen], lengths[chosen]
            place = np.arange(length.max())
            at = np.minimum(first[:, None] + place, len(scores_WN) - 1)
            found = best_sequences(scores_WN[at], length, steps_NN)
            inside = place < length[:, None]
            labels_W[at[inside]] = found[inside]
    return labels_W


def _stretches(
    scores_WN: NDArray[np.float32], begins: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First word and length of all runs of words that may be names, each within one window."""
    open_W = scores_WN[:, 0] - scores_WN[:, 1:].max(axis=1, initial=-1e9) < _CERTAIN
    is_first = open_W.copy()
    is_first[1:] &= ~open_W[:-1]
    inner = begins[begins < len(open_W)]
    is_first[inner] = open_W[inner]
    # A run ends where the next word is in none, or begins another one.
    is_last = open_W.copy()
    is_last[:-1] &= ~open_W[1:] | is_first[1:]
    firsts = np.flatnonzero(is_first)
    return firsts, np.flatnonzero(is_last) + 1 - firsts


def _framed(steps_NN: NDArray[np.float32]) -> NDArray[np.float32]:
    """Steps with those from and to what stands around a stretch, which is no name."""
    framed = np.full((N_NAME_LABELS + 1, N_NAME_LABELS + 1), -1e4, dtype=np.float32)
    framed[:-1, :-1] = steps_NN
    framed[-1, :-1], framed[:-1, -1] = steps_NN[0], steps_NN[:, 0]
    return framed


def _runs(labels: list[int]) -> Iterator[tuple[int, int, Kind]]:
    begin = 0
    for at, own in enumerate([*labels, 0]):
        if at and labels[at - 1] and (own == 0 or own % 2):
            yield begin, at, NAME_KINDS[(labels[at - 1] - 1) // 2]
        if own % 2:
            begin = at


def _probabilities(
    scores_WN: NDArray[np.float32], names: Sequence[tuple[int, int, Kind]]
) -> list[float]:
    """For each name the mean probability of its kind over its words."""
    if not names:
        return []
    firsts, afters = (np.array(edges) for edges in list(zip(*names, strict=True))[:2])
    own = np.repeat([1 + 2 * NAME_KINDS.index(kind) for _, _, kind in names], afters - firsts)
    at = np.cumsum(afters - firsts) - (afters - firsts)
    scores = scores_WN[np.repeat(firsts - at, afters - firsts) + np.arange(len(own))]
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    word = np.arange(len(own))
    shares = (powers[word, own] + powers[word, own + 1]) / powers.sum(axis=1)
    means: list[float] = (np.add.reduceat(shares, at) / (afters - firsts)).tolist()
    return means


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
