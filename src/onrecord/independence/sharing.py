"""What two texts have in common, word by word: the exact check behind every link of copies.

Shapes: W words, S shingles; a run is (first word of the one, of the other, number of words).
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.independence.prints import SHINGLE, shingles_of
from onrecord.independence.words import Words, words_of
from onrecord.records.spans import Span

# A shorter run at the very end of both texts may be what stands on every page; at the very
# beginning only a few words are, as news begins there.
_FOOTER_WORDS, _HEADER_WORDS = 60, 15
# It is the text itself when it is so large a share of the shorter one.
_TEXT_SHARE = 0.6
# With fewer words outside quotation marks, quotations are all that there is to compare.
_FEW_WORDS = 20
_SLACK = 2
# The words in which a report says its news; what outlets repeat as background comes later.
_LEAD_WORDS = 40
# So many words of its own between two runs are more than an edited phrase.
_TURN_WORDS = 10
_Run = tuple[int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A text made ready to be compared.

    Attributes:
        words: Its words.
        shingles_S: Its shingles, in order.
        kept_K: The same, sorted, each once.
        first_K: Where each of these stands first.
    """

    words: Words
    shingles_S: NDArray[np.uint64]
    kept_K: NDArray[np.uint64]
    first_K: NDArray[np.int64]

    def find(self, shingles_S: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Where each of these shingles stands first in this text; -1 where it does not."""
        if not len(self.kept_K):
            return np.full(len(shingles_S), -1, np.int64)
        at_S = np.searchsorted(self.kept_K, shingles_S).clip(max=len(self.kept_K) - 1)
        return np.where(self.kept_K[at_S] == shingles_S, self.first_K[at_S], -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The same words in both texts."""

    span: Span
    other: Span
    n_words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What two texts share. Lines that end or begin both, such as footers, are left out.

    Attributes:
        own: Share of the words of the first text that stand in the second.
        other: Share of the words of the second that stand in the first.
        own_unquoted: The same as own, without quotations.
        other_unquoted: The same as other, without quotations.
        n_words: Shared words of the first text.
        n_quoted: Those of them that stand in quotation marks on either side.
        own_lead: Share of the first words of the first text that stand in the second.
        other_lead: The same for the second text.
        n_turns: How often both texts go on with words of their own between two runs.
        runs: The longest runs, longest first.
    """

    own: float
    other: float
    own_unquoted: float
    other_unquoted: float
    n_words: int
    n_quoted: int
    own_lead: float
    other_lead: float
    n_turns: int
    runs: tuple[Run, ...]


@dataclass(slots=True, eq=False)
class _Side:
    """Which words of a text are shared, which count at all, which are quoted."""

    is_shared_W: NDArray[np.bool_]
    counts_W: NDArray[np.bool_]
    is_quoted_W: NDArray[np.bool_]

    def share(self) -> float:
        return _ratio(self.is_shared_W & self.counts_W, self.counts_W)

    def lead_share(self) -> float:
        return _ratio(self.is_shared_W[:_LEAD_WORDS], self.counts_W[:_LEAD_WORDS])

    def unquoted_share(self) -> float:
        left_W = self.counts_W & ~self.is_quoted_W
        if left_W.sum() < _FEW_WORDS:
            return self.share()
        return _ratio(self.is_shared_W & left_W, left_W)


def text_of(text: str) -> Text:
    """A text made ready to be compared."""
    words = words_of(text)
    shingles_S = shingles_of(words.keys_W)
    kept_K, first_K = np.unique(shingles_S, return_index=True)
    return Text(words, shingles_S, kept_K, first_K)


def sharing_of(own: Text, other: Text, *, n_runs: int = 3) -> Sharing:
    """What two texts share.

    Args:
        own: The first text.
        other: The second.
        n_runs: How many of the longest runs to tell.

    >>> told = text_of("The gate of the upper dam is shut, and the lower one leaks a little.")
    >>> sharing_of(told, text_of("Officials said the gate of the upper dam is shut.")).n_words
    8
    """
    found_S = other.find(own.shingles_S)
    mine, theirs = _side(own, found_S), _side(other, own.find(other.shingles_S))
    runs = _runs(found_S)
    for start, at, n in runs:
        quoted_W = mine.is_quoted_W[start : start + n] | theirs.is_quoted_W[at : at + n]
        mine.is_quoted_W[start : start + n] = quoted_W
        theirs.is_quoted_W[at : at + n] = quoted_W
    footers = [run for run in runs if _is_footer(run, len(own.words), len(other.words))]
    for start, at, n in footers:
        mine.counts_W[start : start + n] = False
        theirs.counts_W[at : at + n] = False
    shared_W = mine.is_shared_W & mine.counts_W
    told = sorted((run for run in runs if run not in footers), key=lambda run: (-run[2], run[0]))
    return Sharing(
        own=mine.share(),
        other=theirs.share(),
        own_unquoted=mine.unquoted_share(),
        other_unquoted=theirs.unquoted_share(),
        n_words=int(shared_W.sum()),
        n_quoted=int((shared_W & mine.is_quoted_W).sum()),
        own_lead=mine.lead_share(),
        other_lead=theirs.lead_share(),
        n_turns=_turns(runs),
        runs=tuple(_run(own.words, other.words, run) for run in told[:n_runs]),
    )


def _ratio(part_W: NDArray[np.bool_], whole_W: NDArray[np.bool_]) -> float:
    n = int(whole_W.sum())
    return int(part_W.sum()) / n if n else 0.0


def _side(own: Text, found_S: NDArray[np.int64]) -> _Side:
    """The words that lie in a shingle of both."""
    n = len(own.words)
    steps_W = np.zeros(n + 1, np.int64)
    at_M = np.flatnonzero(found_S >= 0)
    steps_W[at_M] += 1
    steps_W[at_M + SHINGLE] -= 1
    is_shared_W = steps_W.cumsum()[:n] > 0
    return _Side(is_shared_W, np.ones(n, np.bool_), own.words.is_quoted_W.copy())


def _runs(found_S: NDArray[np.int64]) -> list[_Run]:
    """Stretches of the same words in both; of words that come twice the first place counts."""
    mine_M = np.flatnonzero(found_S >= 0)
    if not len(mine_M):
        return []
    theirs_M = found_S[mine_M]
    breaks_M = (np.diff(mine_M) != 1) | (np.diff(theirs_M) != 1)
    firsts = [0, *(np.flatnonzero(breaks_M) + 1).tolist(), len(mine_M)]
    return [
        (int(mine_M[first]), int(theirs_M[first]), after - first + SHINGLE - 1)
        for first, after in itertools.pairwise(firsts)
    ]


def _turns(runs: Sequence[_Run]) -> int:
    """Junctures of two runs in order where both texts have words of their own between."""
    pairs = itertools.pairwise(runs)
    return sum(
        b[0] - a[0] - a[2] >= _TURN_WORDS and b[1] - a[1] - a[2] >= _TURN_WORDS for a, b in pairs
    )


def _is_footer(run: _Run, n_own: int, n_other: int) -> bool:
    start, at, n = run
    if n >= _TEXT_SHARE * min(n_own, n_other):
        return False
    is_end = start + n >= n_own - _SLACK and at + n >= n_other - _SLACK
    is_start = start <= _SLACK and at <= _SLACK
    return (is_end and n < _FOOTER_WORDS) or (is_start and n < _HEADER_WORDS)


def _run(own: Words, other: Words, run: _Run) -> Run:
    start, at, n = run
    return Run(
        span=Span(int(own.starts_W[start]), int(own.ends_W[start + n - 1])),
        other=Span(int(other.starts_W[at]), int(other.ends_W[at + n - 1])),
        n_words=n,
    )
