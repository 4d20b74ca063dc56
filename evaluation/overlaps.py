"""Texts as tokens, and how much two sets of tokens share.

Nothing here depends on what is measured: the tokens and the quotation marks are this
package's own, so that a change of the reader cannot move the ruler. Which rows go
together is decided in `matching.py`.
"""

import bisect
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol

from onrecord.records import Manner, Span, Spans

Tokens = frozenset[int]
Overlap = Callable[[Tokens, Tokens], float]
Run = tuple[int, int]

# Runs of word characters, and every other character that is no white space by itself.
_TOKEN = re.compile(r"\w+|[^\w\s]")
# Line by line. What opens a quotation while one is open says nothing; one that its line
# leaves open ends with the line. A straight mark closes what is open, or else opens.
_DOUBLE = re.compile(r"(?:[“„\"]|``).*?(?:[”\"]|''|$)", re.MULTILINE)
# A single mark counts only as one of a pair; before a letter it is an apostrophe.
_SINGLE = re.compile(r"(?<!\w)‘[^‘\n]*?’(?!\w)")


class HasRoles(Protocol):
    """Whatever has the three roles of a statement as spans."""

    @property
    def source(self) -> Spans:
        """Who speaks; empty if nobody is named."""
        ...

    @property
    def cue(self) -> Spans:
        """The words that report it."""
        ...

    @property
    def content(self) -> Spans:
        """What is said."""
        ...


class RoleTokens(NamedTuple):
    """The tokens of the three roles of one statement."""

    source: Tokens
    cue: Tokens
    content: Tokens


class TokenizedText:
    """The tokens of one text, by number.

    A token belongs to a span when they share a character, so neither white space at
    the edge of a span matters nor a boundary that cuts through a word.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        spans = [match.span() for match in _TOKEN.finditer(text)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        breaks = [match.start() for match in re.finditer("\n", text)]
        self._lines = [bisect.bisect(breaks, start) for start in self.starts]
        self._quoted = self._inside(quoted_stretches(text))

    def tokens(self, spans: Iterable[Span]) -> Tokens:
        """The tokens of a role, whatever its fragments."""
        return frozenset(token for span in spans for token in self._touched(span))

    def roles(self, row: HasRoles) -> RoleTokens:
        """The tokens of a statement."""
        return RoleTokens(*(self.tokens(spans) for spans in (row.source, row.cue, row.content)))

    def runs(self, tokens: Tokens) -> Iterator[Run]:
        """Longest runs [first, after) of tokens side by side; a line break ends a run."""
        ordered = sorted(tokens)
        first = 0
        for at in range(1, len(ordered) + 1):
            if at == len(ordered) or not self._side_by_side(ordered[at - 1], ordered[at]):
                yield ordered[first], ordered[at - 1] + 1
                first = at

    def words(self, tokens: Tokens) -> str:
        """The words of some tokens, with an ellipsis where others stand between."""
        pieces = (self.text[self.starts[a] : self.ends[b - 1]] for a, b in self.runs(tokens))
        return " … ".join(pieces)

    def manner(self, content: Tokens) -> Manner:
        """Direct when every word is inside quotation marks, indirect when none is."""
        quoted = [
            token in self._quoted for token in content if self.text[self.starts[token]].isalnum()
        ]
        if not any(quoted):
            return Manner.INDIRECT
        return Manner.DIRECT if all(quoted) else Manner.MIXED

    def _touched(self, span: Span) -> range:
        return range(
            bisect.bisect_right(self.ends, span.start), bisect.bisect_left(self.starts, span.end)
        )

    def _inside(self, stretches: Iterable[Span]) -> Tokens:
        """The tokens that begin in a stretch."""
        return frozenset(
            token
            for stretch in stretches
            for token in range(
                bisect.bisect_left(self.starts, stretch.start),
                bisect.bisect_left(self.starts, stretch.end),
            )
        )

    def _side_by_side(self, token: int, other: int) -> bool:
        return other == token + 1 and self._lines[other] == self._lines[token]


def quoted_stretches(text: str) -> list[Span]:
    """Stretches in quotation marks, marks included.

    >>> quoted_stretches("“It rained,” he said. “Hard")
    [Span(start=0, end=12), Span(start=22, end=27)]
    """
    return [
        Span(*match.span()) for pattern in (_DOUBLE, _SINGLE) for match in pattern.finditer(text)
    ]


def dice(tokens: Tokens, others: Tokens) -> float:
    """Twice what they share by what both have; 1 for two empty sets.

    >>> dice(frozenset({1, 2}), frozenset({2, 3, 4}))
    0.4
    """
    together = len(tokens) + len(others)
    return 2 * len(tokens & others) / together if together else 1.0


def jaccard(tokens: Tokens, others: Tokens) -> float:
    """What they share by what either has; 1 for two empty sets.

    >>> jaccard(frozenset({1, 2}), frozenset({2, 3, 4}))
    0.25
    """
    either = len(tokens | others)
    return len(tokens & others) / either if either else 1.0


def run_jaccard(run: Run, other: Run) -> float:
    """The same for two runs [first, after)."""
    shared = min(run[1], other[1]) - max(run[0], other[0])
    return shared / (max(run[1], other[1]) - min(run[0], other[0])) if shared > 0 else 0.0
