"""The labels of the statement heads, and the best allowed sequence of them.

A span of words is labelled B I … I E, a span of one word U, the rest O. Sequences
that break this cannot come out: forbidden steps cost `FORBIDDEN`.

Shapes: N sequences, W words, L labels.
"""

import numpy as np
from numpy.typing import NDArray

FORBIDDEN = -1e4
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
    steps = steps_LL[:n_label, :n_label].T[None]
    score_NL = steps_LL[n_label, :n_label] + emissions_NWL[:, 0]
    back_WNL = np.zeros((n_words, n, n_label), dtype=np.int8)
    ended_NL = np.where((lengths_N == 1)[:, None], score_NL, 0.0)
    for w in range(1, n_words):
        paths = score_NL[:, None, :] + steps
        back_WNL[w] = paths.argmax(axis=2)
        score_NL = paths.max(axis=2) + emissions_NWL[:, w]
        ends_here = lengths_N == w + 1
        if ends_here.any():
            ended_NL[ends_here] = score_NL[ends_here]
    rows = np.arange(n)
    current_N = (ended_NL + steps_LL[:n_label, n_label]).argmax(axis=1)
    for w in range(n_words - 1, -1, -1):
        inside = lengths_N > w
        labels_NW[inside, w] = current_N[inside]
        if w:
            current_N = np.where(inside, back_WNL[w, rows, current_N], current_N)
    return labels_NW


def spans_of(labels_W: NDArray[np.int64], role_number: int) -> list[tuple[int, int]]:
    """Runs of words of a role in one label sequence, as [first, after last)."""
    first = label(role_number, "B")
    begins = np.flatnonzero((labels_W == first) | (labels_W == first + 3))
    ends = np.flatnonzero((labels_W == first + 2) | (labels_W == first + 3))
    return [(int(b), int(e) + 1) for b, e in zip(begins, ends, strict=True)]


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
    steps = np.exp(steps_LL[:n_label, :n_label].astype(np.float64))
    score = steps_LL[n_label, :n_label] + emissions_NWL[:, 0].astype(np.float64)
    ended = score.copy()
    for w in range(1, n_words):
        top = score.max(axis=1, keepdims=True)
        score = np.log(np.exp(score - top) @ steps + 1e-300) + top + emissions_NWL[:, w]
        inside = lengths_N > w
        ended[inside] = score[inside]
    ended = ended + steps_LL[:n_label, n_label]
    top = ended.max(axis=1, keepdims=True)
    return np.asarray(np.log(np.exp(ended - top).sum(axis=1)) + top[:, 0])


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
