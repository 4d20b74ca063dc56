"""The labels of the statement heads, and the best allowed sequence of them.

A span of words is labelled B I … I E, a span of one word U, the rest O. Sequences
that break this cannot come out: forbidden steps cost `FORBIDDEN`.

Shapes: N sequences, W words, L labels.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FORBIDDEN = -1e4
# Keeps logarithms of sums finite where every path is forbidden.
_LEAST = 1e-300
# Words after which sums are brought back near one: so few never leave the range of numbers.
_SCALED = 6
CUE_ROLES = ("cue",)
PARTY_ROLES = ("source", "content")


def n_labels(roles: tuple[str, ...]) -> int:
    """O, and four labels for each role."""
    return 1 + 4 * len(roles)


def label(role_number: int, part: str) -> int:
    """Label of the part (one of B, I, E, U) of a span of a role."""
    return 1 + 4 * role_number + "BIEU".index(part)


def allowed_steps(roles: tuple[str, ...]) -> NDArray[np.bool_]:
    """Whether the second label (column) may follow the first (row); shape (L + 1, L + 1).

    The last row is the start of a sequence, the last column its end.
    """
    n = n_labels(roles)
    opens = [0] + [label(r, p) for r in range(len(roles)) for p in "BU"]
    allowed = np.zeros((n + 1, n + 1), dtype=bool)
    allowed[0, [*opens, n]] = allowed[n, opens] = True
    for r in range(len(roles)):
        for part in "EU":
            allowed[label(r, part), [*opens, n]] = True
        for part in "BI":
            allowed[label(r, part), [label(r, "I"), label(r, "E")]] = True
    return allowed


def best_sequences(
    emissions_NWL: NDArray[np.float32],
    lengths_N: NDArray[np.int64],
    steps_LL: NDArray[np.float32],
) -> NDArray[np.int64]:
    """The labels of highest total score for each sequence (Viterbi); shape (N, W).

    Args:
        emissions_NWL: Score of each label at each word.
        lengths_N: Words in each sequence; what stands after is padding, labelled 0.
        steps_LL: Score of each step, of shape (L + 1, L + 1) as in `allowed_steps`.
    """
    n, n_words, n_label = emissions_NWL.shape
    labels_NW = np.zeros((n, n_words), dtype=np.int64)
    if not n or not n_words:
        return labels_NW
    order_N, going = _longest_first(lengths_N, n_words)
    # The last axis is long: each step is a few additions over all sequences.
    scores_WLN = np.ascontiguousarray(emissions_NWL[order_N].transpose(1, 2, 0))
    steps = np.ascontiguousarray(steps_LL[:n_label, :n_label])
    scores_WLN[0] += steps_LL[n_label, :n_label, None]
    _add_paths(scores_WLN, going, steps)
    ended_NL = scores_WLN[lengths_N[order_N] - 1, :, np.arange(n)]
    current_N = (ended_NL + steps_LL[:n_label, n_label]).argmax(axis=1)
    labels_WN = np.zeros((n_words, n), dtype=np.int64)
    for w in range(n_words - 1, 0, -1):
        inside = labels_WN[w, : going[w]]
        inside[:] = current_N[: going[w]]
        # Where the best path came from is asked only along that path.
        came_LN = steps.take(inside, axis=1)
        came_LN += scores_WLN[w - 1, :, : going[w]]
        came_LN.argmax(axis=0, out=current_N[: going[w]])
    labels_WN[0, : going[0]] = current_N[: going[0]]
    labels_NW[order_N] = labels_WN.T
    return labels_NW


def _add_paths(
    scores_WLN: NDArray[np.float32], going: Sequence[int], steps_LL: NDArray[np.float32]
) -> None:
    """Add to the score of each label that of the best way to it."""
    n_words, n_label, n = scores_WLN.shape
    room = np.empty(n_label * n_label * n, dtype=scores_WLN.dtype)
    steps_LL1 = steps_LL[:, :, None]
    own = 0
    for w in range(1, n_words):
        if going[w] != own:
            own = going[w]
            # Side by side, which is faster than with gaps.
            paths_LLN = room[: n_label * n_label * own].reshape(n_label, n_label, own)
        np.add(scores_WLN[w - 1, :, None, :own], steps_LL1, out=paths_LLN)
        scores_WLN[w, :, :own] += np.maximum.reduce(paths_LLN, axis=0)


def _longest_first(
    lengths_N: NDArray[np.int64], n_words: int
) -> tuple[NDArray[np.int64], list[int]]:
    """Sequences by falling length, and how many of them have a word at each place."""
    order_N = np.argsort(-lengths_N, kind="stable")
    ends = np.bincount(lengths_N, minlength=n_words + 1)[: n_words + 1]
    going = len(lengths_N) - np.cumsum(ends)
    return order_N, going[:n_words].tolist()


def spans_of(labels_W: NDArray[np.int64], role_number: int) -> list[tuple[int, int]]:
    """Runs of words of a role in one label sequence, as [first, after last)."""
    return spans_of_all(labels_W[None], role_number)[0]


def spans_of_all(labels_NW: NDArray[np.int64], role_number: int) -> list[list[tuple[int, int]]]:
    """Runs of words of a role in each of N label sequences, as [first, after last)."""
    first = label(role_number, "B")
    found: list[list[tuple[int, int]]] = [[] for _ in range(len(labels_NW))]
    is_single = labels_NW == first + 3
    rows, begins = np.nonzero((labels_NW == first) | is_single)
    _, ends = np.nonzero((labels_NW == first + 2) | is_single)
    for n, begin, end in zip(rows.tolist(), begins.tolist(), ends.tolist(), strict=True):
        found[n].append((begin, end + 1))
    return found


def log_partitions(
    emissions_NWL: NDArray[np.float32],
    lengths_N: NDArray[np.int64],
    steps_LL: NDArray[np.float32],
) -> NDArray[np.float64]:
    """Log of the summed exponential scores of all sequences (forward algorithm); shape (N,).

    A sequence of score s has the probability exp(s - this).
    """
    n, n_words, n_label = emissions_NWL.shape
    if not n or not n_words:
        return np.zeros(n)
    order_N, going = _longest_first(lengths_N, n_words)
    emissions_WLN = emissions_NWL[order_N].transpose(1, 2, 0).astype(np.float64, order="C")
    # Sums are kept near one, and the logarithm of what was taken out beside them.
    top_WN = emissions_WLN.max(axis=1)
    emissions_WLN -= top_WN[:, None]
    np.exp(emissions_WLN, out=emissions_WLN)
    steps = np.exp(steps_LL[:n_label, :n_label].T.astype(np.float64))
    sums_LN = emissions_WLN[0] * np.exp(steps_LL[n_label, :n_label, None].astype(np.float64))
    out_N = (top_WN * (np.arange(n_words)[:, None] < lengths_N[order_N])).sum(axis=0)
    for w in range(1, n_words):
        inside = sums_LN[:, : going[w]]
        if w % _SCALED == 0:
            scale = np.maximum(inside.sum(axis=0), _LEAST)
            out_N[: going[w]] += np.log(scale)
            inside /= scale
        np.multiply(steps @ inside, emissions_WLN[w, :, : going[w]], out=inside)
    last = np.exp(steps_LL[:n_label, n_label].astype(np.float64))
    out_N += np.log(np.maximum(last @ sums_LN, _LEAST))
    unsorted = np.empty(n)
    unsorted[order_N] = out_N
    return unsorted


def sequence_scores(
    emissions_NWL: NDArray[np.float32],
    labels_NW: NDArray[np.int64],
    lengths_N: NDArray[np.int64],
    steps_LL: NDArray[np.float32],
) -> NDArray[np.float64]:
    """Total score of one label sequence for each of N; shape (N,)."""
    n, n_words, n_label = emissions_NWL.shape
    if not n or not n_words:
        return np.zeros(n)
    inside = np.arange(n_words)[None] < lengths_N[:, None]
    at = np.take_along_axis(emissions_NWL, labels_NW[:, :, None], axis=2)[:, :, 0]
    total = (at * inside).sum(axis=1, dtype=np.float64) + steps_LL[n_label, labels_NW[:, 0]]
    steps = steps_LL[labels_NW[:, :-1], labels_NW[:, 1:]] * inside[:, 1:]
    last = labels_NW[np.arange(n), np.maximum(lengths_N, 1) - 1]
    return np.asarray(total + steps.sum(axis=1, dtype=np.float64) + steps_LL[last, n_label])
