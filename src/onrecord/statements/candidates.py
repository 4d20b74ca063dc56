"""Statements as runs of words, from the scores of the model: cues first, then their parties.

Not here: what they mean (`cues.py`), how they hang together (`drafts.py`).

Shapes: N windows, W words, C cues, L labels.
"""

import dataclasses
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.contents import Contents
from onrecord.encode.distances import sentence_buckets, word_buckets
from onrecord.encode.labels import (
    FORBIDDEN,
    best_sequences,
    label,
    log_partitions,
    sequence_scores,
    spans_of_all,
)
from onrecord.encode.pieces import CASES, QUOTES, THAT, Window, join_windows, sub_window
from onrecord.encode.sessions import Encoded, Encoder

Run = tuple[int, int]
# Sources and contents, counted from the first word that was looked at.
Parties = tuple[Sequence[Run], Sequence[Run]]
_MIN_INNER_WORDS = 4
# How far from its cue, in sentences, a party is looked for at first.
_SENTENCES_BEFORE, _SENTENCES_AFTER = 1, 1
_LETTERS = frozenset(CASES.index(name) for name in ("lower", "title", "upper", "none"))
_OUTSIDE = QUOTES.index("outside")
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


@dataclass(frozen=True, slots=True, eq=False)
class _Segment:
    """A stretch of words that is read as a text of its own.

    Attributes:
        number: Of the window, among those given, that it comes from.
        window: Where the words are now.
        words: Run of them in that window.
        own: Run of those whose cues count.
        parent: The candidate whose content this is, or None.
    """

    number: int
    window: Window
    words: Run
    own: Run
    parent: "Candidate | None"


@dataclass(frozen=True, slots=True, eq=False)
class _Cue:
    """A cue on its way to be a candidate; its parties lie among ``near`` words."""

    segment: _Segment
    run: Run
    score: float
    near: Run


class CandidateFinder:
    """Runs the statement heads over windows, then again over what was found inside them.

    All contents of a window are read again together, each a paragraph of one packed
    window, so that they cost no pass each: by the graph of contents, or by the encoder if
    the weights have no such graph. The result depends on the window alone.
    """

    def __init__(
        self,
        encoder: Encoder,
        *,
        cue_steps: NDArray[np.float32],
        role_steps: NDArray[np.float32],
        thresholds: Thresholds,
        max_pieces: int = 208,
        contents: Contents | None = None,
    ) -> None:
        self.encoder, self.contents = encoder, contents
        self.cue_steps, self.role_steps = cue_steps, role_steps
        self.thresholds = thresholds
        self.max_pieces = max_pieces

    def find(
        self,
        windows: Sequence[Window],
        *,
        may_report: Callable[[int, Candidate], bool] = lambda _number, _candidate: True,
        on_parts: Callable[[int, NDArray[np.float32]], object] = lambda _number, _parts: None,
        encoded: Sequence[Encoded] | None = None,
    ) -> list[list[Candidate]]:
        """For each window its candidates of all depths, outer ones before those inside.

        Args:
            windows: What to read.
            may_report: Whether the content of a candidate, found in the window of that
                number, is worth reading again.
            on_parts: Called with the number of each window and what other heads make of it.
            encoded: What the encoder makes of each window, if it has read them already.
        """
        found: list[list[Candidate]] = [[] for _ in windows]
        level = [
            [_Segment(number, window, (0, len(window.first_W)), window.own, None)]
            for number, window in enumerate(windows)
        ]
        if encoded is None:
            encoded = [self.encoder.encode(window) for window in windows]
        outer = [one.words_WD for one in encoded]
        for number, one in enumerate(encoded):
            on_parts(number, one.parts_WC)
        while level:
            contents: dict[int, list[tuple[Window, Candidate]]] = {}
            for number, candidate in self._find_level(level, encoded):
                found[number].append(candidate)
                inner = inner_window(candidate) if may_report(number, candidate) else None
                if inner is not None:
                    contents.setdefault(number, []).append((inner, candidate))
            level = [
                pack
                for number, inner in contents.items()
                for pack in _packed(number, inner, self.max_pieces)
            ]
            encoded = [self._again(pack, outer[pack[0].number]) for pack in level]
        return found

    def _again(self, pack: Sequence[_Segment], outer_WD: NDArray[np.float32]) -> Encoded:
        """Contents of one window, read again."""
        window = pack[0].window
        if self.contents is None or window.outer_W is None:
            return self.encoder.encode(window)
        lengths = [after - first for first, after in (segment.words for segment in pack)]
        words, cues = self.contents.read(outer_WD[window.outer_W], window, lengths)
        return Encoded(words, cues, np.zeros((len(words), 0), dtype=np.float32))

    def _find_level(
        self, packs: Sequence[Sequence[_Segment]], encoded: Sequence[Encoded]
    ) -> list[tuple[int, Candidate]]:
        """Candidates of some packs, each of which is the segments of one window."""
        windows = [pack[0].window for pack in packs]
        words = [one.words_WD for one in encoded]
        found: list[tuple[int, Candidate]] = []
        cues = self._cues([one.cues_WL for one in encoded], packs)
        while any(cues):
            # A party that reaches the last word in sight may go on: look at all words then.
            wider: list[list[_Cue]] = [[] for _ in windows]
            for n, cue, parties, role_score in self._roles(windows, words, cues):
                if _is_cut(cue, parties):
                    wider[n].append(dataclasses.replace(cue, near=cue.segment.words))
                    continue
                candidate = self._candidate(cue, parties, role_score)
                if candidate is not None:
                    found.append((cue.segment.number, candidate))
            cues = wider
        return found

    def _cues(
        self, scores: Sequence[NDArray[np.float32]], packs: Sequence[Sequence[_Segment]]
    ) -> list[list[_Cue]]:
        """Cues of each window with the mean log-probability of their labels."""
        emissions, lengths = _padded(scores)
        biased = emissions.copy()
        for n, pack in enumerate(packs):
            for segment in pack:
                first, after = segment.words
                is_outer = segment.parent is None
                bias = self.thresholds.cue_bias if is_outer else self.thresholds.cue_bias_inner
                for opening in _OPENING:
                    biased[n, first:after, opening] += bias
        labels_NW = best_sequences(biased, lengths, self.cue_steps)
        found: list[list[_Cue]] = [[] for _ in packs]
        for n, (first, after), score in _scored_runs(emissions, labels_NW):
            holder = _segment_of(packs[n], first, after)
            if holder is not None:
                near = _near(holder, first, after)
                found[n].append(_Cue(holder, (first, after), score, near))
        return found

    def _role_scores(
        self, window: Window, words_WD: NDArray[np.float32], cues: Sequence[_Cue]
    ) -> list[NDArray[np.float32]]:
        """Source and content scores of the words near each cue; those of one stretch together."""
        rows: list[NDArray[np.float32]] = []
        for near, same in itertools.groupby(cues, key=lambda cue: cue.near):
            runs = [(cue.run[0] - near[0], cue.run[1] - near[0]) for cue in same]
            n_words = near[1] - near[0]
            sentence_W = window.sentence_W[near[0] : near[1]]
            means = np.zeros((len(runs), n_words), dtype=np.float32)
            distance, sentence = np.empty((2, len(runs), n_words), dtype=np.int64)
            for c, (first, after) in enumerate(runs):
                means[c, first:after] = 1 / (after - first)
                distance[c] = word_buckets(first, after, n_words)
                sentence[c] = sentence_buckets(sentence_W, first)
            scores = self.encoder.score_roles(
                words_WD[near[0] : near[1]],
                means,
                distance,
                sentence,
            )
            for c, (first, after) in enumerate(runs):
                scores[c, first:after, 1:] = FORBIDDEN
            rows.extend(scores)
        return rows

    def _roles(
        self,
        windows: Sequence[Window],
        words: Sequence[NDArray[np.float32]],
        cues: Sequence[Sequence[_Cue]],
    ) -> Iterator[tuple[int, _Cue, Parties, float]]:
        """Each cue with its parties among the words near it and their log-probability."""
        rows = [
            row
            for window, vectors, own in zip(windows, words, cues, strict=True)
            for row in self._role_scores(window, vectors, own)
        ]
        emissions, lengths = _padded(rows)
        labels_CW = best_sequences(emissions, lengths, self.role_steps)
        logs = sequence_scores(emissions, labels_CW, lengths, self.role_steps)
        logs = logs - log_partitions(emissions, lengths, self.role_steps)
        parties = zip(spans_of_all(labels_CW, 0), spans_of_all(labels_CW, 1), strict=True)
        flat = [(n, cue) for n, own in enumerate(cues) for cue in own]
        for (n, cue), own_parties, log in zip(flat, parties, logs.tolist(), strict=True):
            yield n, cue, own_parties, log

    def _candidate(self, cue: _Cue, parties: Parties, role_score: float) -> Candidate | None:
        at = cue.near[0]
        sources, contents = (
            tuple([(first + at, after + at) for first, after in runs]) for runs in parties
        )
        constant, of_cue, of_role = self.thresholds.weights
        odds = constant + of_cue * cue.score + of_role * role_score
        probability = float(1 / (1 + np.exp(-odds)))
        parent = cue.segment.parent
        least = self.thresholds.least if parent is None else self.thresholds.least_inner
        if not contents or probability < least:
            return None
        return Candidate(cue.segment.window, cue.run, sources, contents, probability, parent)


def _packed(
    number: int, contents: Sequence[tuple[Window, Candidate]], max_pieces: int
) -> Iterator[list[_Segment]]:
    """Contents of one window, one after the other in as few windows as hold them."""
    group: list[tuple[Window, Candidate]] = []
    size = 0
    for inner, candidate in contents:
        n_pieces = len(inner.ids_T) - 2
        if group and size + n_pieces > max_pieces:
            yield _pack(number, group)
            group, size = [], 0
        group.append((inner, candidate))
        size += n_pieces
    yield _pack(number, group)


def _pack(number: int, group: Sequence[tuple[Window, Candidate]]) -> list[_Segment]:
    window = join_windows([inner for inner, _ in group])
    segments = []
    at = 0
    for inner, candidate in group:
        run = (at, at + len(inner.first_W))
        segments.append(_Segment(number, window, run, run, candidate))
        at = run[1]
    return segments


def _segment_of(pack: Sequence[_Segment], first: int, after: int) -> _Segment | None:
    """The segment that holds a cue; None for one in the context, or across two segments."""
    for segment in pack:
        if segment.own[0] <= first < segment.own[1]:
            return segment if after <= segment.words[1] else None
    return None


def _is_cut(cue: _Cue, parties: Parties) -> bool:
    """Whether a party reaches the edge of a sentence beside the cue's, while there are more."""
    first, after = cue.segment.words
    near_first, near_after = cue.near
    sentence_W = cue.segment.window.sentence_W
    before = near_first > first and sentence_W[near_first] < sentence_W[cue.run[0]]
    behind = near_after < after and sentence_W[near_after - 1] > sentence_W[cue.run[1] - 1]
    return any(
        (before and run[0] == 0) or (behind and run[1] == near_after - near_first)
        for runs in parties
        for run in runs
    )


def _near(segment: _Segment, first: int, after: int) -> Run:
    """The words around a cue, within its segment, that can be its parties.

    Those of its own sentence, and of the one before and behind if any of it is quoted.
    """
    window, (begin, end) = segment.window, segment.words
    sentence_W = window.sentence_W[begin:end]
    is_quoted = window.quote_T[window.first_W[begin:end]] != _OUTSIDE
    low, high = window.sentence_W[first], window.sentence_W[after - 1]
    at = int(sentence_W.searchsorted(low, side="left"))
    before = int(sentence_W.searchsorted(low - _SENTENCES_BEFORE, side="left"))
    last = int(sentence_W.searchsorted(high, side="right"))
    behind = int(sentence_W.searchsorted(high + _SENTENCES_AFTER, side="right"))
    return (
        begin + (before if is_quoted[before:at].any() else at),
        begin + (behind if is_quoted[last:behind].any() else last),
    )


def _scored_runs(
    emissions_NWL: NDArray[np.float32], labels_NW: NDArray[np.int64]
) -> Iterator[tuple[int, Run, float]]:
    """Cues with their row and the mean log-probability of their labels."""
    rows, words = np.nonzero(labels_NW)
    scores_CL = emissions_NWL[rows, words]
    logs_CL = scores_CL - np.logaddexp.reduce(scores_CL, axis=1, keepdims=True)
    at_C = logs_CL[np.arange(len(rows)), labels_NW[rows, words]]
    at = 0
    for n, runs in enumerate(spans_of_all(labels_NW, 0)):
        for first, after in runs:
            n_words = after - first
            yield n, (first, after), float(at_C[at : at + n_words].mean(dtype=np.float64))
            at += n_words


def _padded(rows: Sequence[NDArray[np.float32]]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    lengths = np.array([len(row) for row in rows], dtype=np.int64)
    width = int(lengths.max(initial=0))
    out = np.zeros((len(rows), width, rows[0].shape[1] if rows else 1), dtype=np.float32)
    for n, row in enumerate(rows):
        out[n, : len(row)] = row
    return out, lengths


def inner_window(candidate: Candidate) -> Window | None:
    """The content of a candidate by itself, or None when nothing can stand inside it.

    Quotation marks around the whole content are left out, and forgotten; so is the
    conjunction "that" before it.
    """
    window = candidate.window
    first_piece_W = window.ids_T[window.first_W]
    marks = {QUOTES.index("open"), QUOTES.index("close")}
    quote_W = window.quote_T[window.first_W]
    runs: list[Run] = []
    for content_first, content_after in candidate.contents:
        first, after = content_first, content_after
        while first < after and int(quote_W[first]) in marks:
            first += 1
        while first < after and int(quote_W[after - 1]) in marks:
            after -= 1
        if not runs and after - first > 1 and int(first_piece_W[first]) == THAT:
            first += 1
        if first < after:
            runs.append((first, after))
    case_W = window.case_T[window.first_W]
    cases = [case for first, after in runs for case in case_W[first:after].tolist()]
    if sum(case in _LETTERS for case in cases) < _MIN_INNER_WORDS:
        return None
    outside = QUOTES.index("outside")
    quoted = all((quote_W[first:after] != outside).all() for first, after in runs)
    return sub_window(window, runs, unquote=quoted)


def as_settings(thresholds: Thresholds) -> dict[str, Any]:
    """The thresholds as a run keeps them."""
    return {name: getattr(thresholds, name) for name in thresholds.__slots__}
