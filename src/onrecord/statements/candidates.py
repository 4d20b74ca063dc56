"""Statements as runs of words, from the scores of the model: cues first, then their parties.

Not here: what they mean (`cues.py`), how they hang together (`chains.py`).

Shapes: N windows, W words, C cues, L labels.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.distances import sentence_buckets, word_buckets
from onrecord.encode.labels import (
    FORBIDDEN,
    best_sequences,
    label,
    log_partitions,
    sequence_scores,
    spans_of,
)
from onrecord.encode.pieces import CASES, QUOTES, Window, sub_window
from onrecord.encode.sessions import Encoder, run_all

Run = tuple[int, int]
_MIN_INNER_WORDS = 4
_OPENING = [label(0, "B"), label(0, "U")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """What is tuned on PolNeAR dev: how ready the finder is to see a statement.

    Attributes:
        cue_bias: Added to the score of the first word of every cue; raises recall.
        cue_bias_inner: The same in a content that is read by itself.
        least: Least probability of a statement that is kept.
        least_inner: The same for statements inside others.
        weights: Of the calibration: constant, cue and role log-probability.
    """

    cue_bias: float = 0.0
    cue_bias_inner: float = 0.0
    least: float = 0.0
    least_inner: float = 0.0
    weights: tuple[float, float, float] = (0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A cue with what belongs to it, as runs of words of a window.

    Attributes:
        window: Where the words are.
        cue: Words of the cue.
        sources: Runs of words that name who speaks.
        contents: Runs of words of what is said.
        probability: That this is a statement.
        parent: The candidate in whose content this one was found.
    """

    window: Window
    cue: Run
    sources: tuple[Run, ...]
    contents: tuple[Run, ...]
    probability: float
    parent: "Candidate | None"


class CandidateFinder:
    """Runs the statement heads over windows, then again over what was found inside them."""

    def __init__(
        self,
        encoder: Encoder,
        *,
        cue_steps: NDArray[np.float32],
        role_steps: NDArray[np.float32],
        thresholds: Thresholds,
        n_threads: int = 1,
    ) -> None:
        self.encoder = encoder
        self.cue_steps, self.role_steps = cue_steps, role_steps
        self.thresholds = thresholds
        self.n_threads = n_threads

    def find(self, windows: Sequence[Window]) -> list[list[Candidate]]:
        """For each window its candidates of all depths, outer ones before those inside."""
        found: list[list[Candidate]] = [[] for _ in windows]
        level: list[tuple[int, Window, Candidate | None]] = [
            (at, window, None) for at, window in enumerate(windows)
        ]
        while level:
            below: list[tuple[int, Window, Candidate | None]] = []
            parents = [parent for _, _, parent in level]
            for (at, _, _), own in zip(
                level, self._find_level([w for _, w, _ in level], parents), strict=True
            ):
                found[at].extend(own)
                below.extend((at, inner, c) for c in own if (inner := inner_window(c)) is not None)
            level = below
        return found

    def _find_level(
        self, windows: Sequence[Window], parents: Sequence[Candidate | None]
    ) -> list[list[Candidate]]:
        encoded = run_all(self.encoder.encode, windows, n_threads=self.n_threads)
        cues = self._cues([scores for _, scores in encoded], windows, parents)
        scored = run_all(
            lambda n: self._role_scores(windows[n], encoded[n][0], [run for run, _ in cues[n]]),
            range(len(windows)),
            n_threads=self.n_threads,
        )
        roles = self._roles([s for s in scored if s is not None])
        found: list[list[Candidate]] = []
        for window, own_cues, parent in zip(windows, cues, parents, strict=True):
            own = []
            for run, cue_score in own_cues:
                labels_W, role_score = next(roles)
                candidate = self._candidate(window, run, cue_score, labels_W, role_score, parent)
                if candidate is not None:
                    own.append(candidate)
            found.append(own)
        return found

    def _cues(
        self,
        scores: Sequence[NDArray[np.float32]],
        windows: Sequence[Window],
        parents: Sequence[Candidate | None],
    ) -> list[list[tuple[Run, float]]]:
        """Cues of each window with the mean log-probability of their labels."""
        emissions, lengths = _padded(scores)
        biased = emissions.copy()
        outer, inner = self.thresholds.cue_bias, self.thresholds.cue_bias_inner
        bias_N = np.array([outer if p is None else inner for p in parents], dtype=np.float32)
        biased[:, :, _OPENING] += bias_N[:, None, None]
        labels_NW = best_sequences(biased, lengths, self.cue_steps)
        found = []
        for n, window in enumerate(windows):
            own = []
            for first, after in spans_of(labels_NW[n], 0):
                if not window.own[0] <= first < window.own[1]:
                    continue
                span = emissions[n, first:after].astype(np.float64)
                at = span[np.arange(after - first), labels_NW[n, first:after]]
                top = span.max(axis=1)
                log_sum = np.log(np.exp(span - top[:, None]).sum(axis=1)) + top
                own.append(((first, after), float((at - log_sum).mean())))
            found.append(own)
        return found

    def _role_scores(
        self, window: Window, words_WD: NDArray[np.float32], cues: Sequence[Run]
    ) -> NDArray[np.float32] | None:
        if not cues:
            return None
        n_words = len(window.first_W)
        means = np.zeros((len(cues), n_words), dtype=np.float32)
        for c, (first, after) in enumerate(cues):
            means[c, first:after] = 1 / (after - first)
        scores = self.encoder.score_roles(
            words_WD,
            means,
            np.stack([word_buckets(first, after, n_words) for first, after in cues]),
            np.stack([sentence_buckets(window.sentence_W, first) for first, _ in cues]),
        )
        for c, (first, after) in enumerate(cues):
            scores[c, first:after, 1:] = FORBIDDEN
        return scores

    def _roles(
        self, scores: Sequence[NDArray[np.float32]]
    ) -> Iterator[tuple[NDArray[np.int64], float]]:
        """Labels of the words for each cue, and their log-probability."""
        rows = [row for window in scores for row in window]
        if not rows:
            return
        emissions, lengths = _padded(rows)
        labels_CW = best_sequences(emissions, lengths, self.role_steps)
        logs = sequence_scores(emissions, labels_CW, lengths, self.role_steps)
        logs = logs - log_partitions(emissions, lengths, self.role_steps)
        for c, length in enumerate(lengths.tolist()):
            yield labels_CW[c, :length], float(logs[c])

    def _candidate(
        self,
        window: Window,
        cue: Run,
        cue_score: float,
        labels_W: NDArray[np.int64],
        role_score: float,
        parent: Candidate | None,
    ) -> Candidate | None:
        contents = tuple(spans_of(labels_W, 1))
        constant, of_cue, of_role = self.thresholds.weights
        odds = constant + of_cue * cue_score + of_role * role_score
        probability = float(1 / (1 + np.exp(-odds)))
        least = self.thresholds.least if parent is None else self.thresholds.least_inner
        if not contents or probability < least:
            return None
        return Candidate(window, cue, tuple(spans_of(labels_W, 0)), contents, probability, parent)


def _padded(rows: Sequence[NDArray[np.float32]]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    lengths = np.array([len(row) for row in rows], dtype=np.int64)
    width = int(lengths.max(initial=0))
    out = np.zeros((len(rows), width, rows[0].shape[1] if rows else 1), dtype=np.float32)
    for n, row in enumerate(rows):
        out[n, : len(row)] = row
    return out, lengths


def inner_window(candidate: Candidate) -> Window | None:
    """The content of a candidate by itself, or None when nothing can stand inside it.

    Quotation marks around the whole content are left out, and forgotten.
    """
    window = candidate.window
    marks = {QUOTES.index("open"), QUOTES.index("close")}
    quote_W = window.quote_T[window.first_W]
    runs = []
    for content_first, content_after in candidate.contents:
        first, after = content_first, content_after
        while first < after and int(quote_W[first]) in marks:
            first += 1
        while first < after and int(quote_W[after - 1]) in marks:
            after -= 1
        if first < after:
            runs.append((first, after))
    case_W = window.case_T[window.first_W]
    letters = {CASES.index(name) for name in ("lower", "title", "upper", "none")}
    n_words = sum(int(case_W[w]) in letters for first, after in runs for w in range(first, after))
    if n_words < _MIN_INNER_WORDS:
        return None
    outside = QUOTES.index("outside")
    quoted = all((quote_W[first:after] != outside).all() for first, after in runs)
    return sub_window(window, runs, unquote=quoted)


def as_settings(thresholds: Thresholds) -> dict[str, Any]:
    """The thresholds as a run keeps them."""
    return {name: getattr(thresholds, name) for name in thresholds.__slots__}
