"""Paragraphs that somebody says without quotation marks, behind a line that ends with "said:".

Releases of ministries and bodies give speeches so. The paragraph behind the line is said, and so
are those behind it up to the last in which the speaker says "I" or "we" outside of quotation
marks, as far as no heading, quotation, other such line or three paragraphs without come between.
Not here: quoted paragraphs (`paragraphs.py`).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.records import Span, Spans
from onrecord.statements.reports import Report, Sentences
from onrecord.syntax.trees import FoundTrees

# Verbs that give words and not their drift.
_SAYING: Final = frozenset(
    """said says saying wrote writes writing added adds adding told tells telling stated states
    stating commented comments continued continues replied replies posted posts tweeted
    tweets remarked""".split()
)
_LINE: Final = re.compile(r"[^\r\n]*\S")
_COLON: Final = re.compile(r":[ \t]*(?=[\r\n])")
_GAP: Final = re.compile(r"\s*")
# A line of prose: no quotation, no item of a list, no heading.
_PROSE: Final = re.compile(r"[^\W\d_].*[.!?…]", re.DOTALL)
_OWN: Final = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|us|[Mm]y|me)\b")
_QUOTED: Final = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
# So many paragraphs without these words, and the speaker has ended.
_FAR: Final = 3


def spoken_paragraphs(text: str, trees: Sequence[FoundTrees]) -> Iterator[Report]:
    """Statements of whole paragraphs, in text order.

    Args:
        text: All of it.
        trees: Its sentences.
    """
    sentences = Sentences(text, trees)
    for colon in _COLON.finditer(text):
        content = _content(text, colon.end())
        found = sentences.saying(colon.start(), _SAYING) if content else None
        if found is not None:
            yield Report(found.source, found.cue, content)


def _content(text: str, start: int) -> Spans:
    lines: list[Span] = []
    n_own = 1
    while True:
        match = _LINE.match(text, _after_gap(text, start))
        is_end = match is None or not _PROSE.fullmatch(match.group())
        if match is None or is_end or len(lines) - n_own >= _FAR:
            return tuple(lines[:n_own])
        lines.append(Span(*match.span()))
        start = match.end()
        if _OWN.search(_QUOTED.sub("", match.group())):
            n_own = len(lines)


def _after_gap(text: str, start: int) -> int:
    gap = _GAP.match(text, start)
    return start if gap is None else gap.end()
