"""Whom a medium cites says what the medium reports: "the paper, citing two officials, said".

Not here: "quoted a nurse as saying" (`extensions.py`).
"""

import re
from collections.abc import Sequence
from typing import Final

from onrecord.records import Span, Spans

# Source, cue and content.
Parts = tuple[Spans, Spans, Spans]
_CITING: Final = r"(?P<cue>citing|quoting)\s+(?P<who>(?:[^\s,;:.“”\"]+\s+){0,9}[^\s,;:.“”\"]+)"
# Between who speaks and the cue, and behind what is said.
_BETWEEN: Final = re.compile(rf",\s+{_CITING}\s*,\s+$", re.IGNORECASE)
_IN_CUE: Final = re.compile(rf"(?P<verb>[^,]+?),\s+{_CITING}\s*,\s+(?P<said>that\b)", re.IGNORECASE)
_IN_CONTENT: Final = re.compile(rf"{_CITING}\s*,\s+(?P<said>that\b)", re.IGNORECASE)
_BEHIND: Final = re.compile(rf"[,”\"]?\s+{_CITING}\s*(?=[.;]|$)", re.IGNORECASE)
_WORD: Final = re.compile(r"(?:citing|quoting)", re.IGNORECASE)
# What is cited may be no one: "citing a lack of funds", but "citing security officials".
_REASONS: Final = frozenset(
    "lack concern concerns need needs reason reasons fear fears risk risks cost costs cause causes "
    "grounds evidence problem problems failure failures absence shortage shortages difficulty "
    "difficulties danger dangers threat threats security safety health privacy weather pressure "
    "delay delays violation violations condition conditions rule rules example examples case "
    "cases article articles".split()
)
_BEHIND_HEAD: Final = re.compile(r"\s(?:of|over|about|in|for|from|at|with|by|to|on|as|that)\s")
_FARTHEST: Final = 120


def without_cited(text: str, cue: Spans, content: Spans) -> tuple[Spans, Spans]:
    """Cue and content without who is cited between them: "reported, citing two guards, that"."""
    inside = _IN_CONTENT.match(text, content[0].start, content[0].end)
    if inside is not None:
        return cue, (Span(inside.start("said"), content[0].end), *content[1:])
    match = _IN_CUE.match(text, cue[0].start, content[-1].end)
    if match is None or not any(part.contains(Span(*match.span("cue"))) for part in cue):
        return cue, content
    said = match.start("said")
    kept = tuple(Span(max(part.start, said), part.end) for part in content if part.end > said)
    return (Span(*match.span("verb")),), kept


def cited(text: str, spans: Sequence[Parts]) -> list[tuple[Parts, int]]:
    """Those who are cited, each with the number of the statement that rests on their word.

    Args:
        text: All of it.
        spans: What was found.
    """
    found: list[tuple[Parts, int]] = []
    for number, (source, cue, content) in enumerate(spans):
        if not source or not content or _WORD.fullmatch(text, cue[0].start, cue[-1].end):
            continue
        match = None
        if source[-1].end <= cue[0].start <= source[-1].end + _FARTHEST:
            match = _BETWEEN.fullmatch(text, source[-1].end, cue[0].start)
        if match is None and cue[-1].end <= content[0].start <= cue[-1].end + _FARTHEST:
            match = _BETWEEN.fullmatch(text, cue[-1].end, content[0].start)
        if match is None:
            end = max(cue[-1].end, content[-1].end)
            match = _BEHIND.match(text, end, end + _FARTHEST)
        if match is not None and not _is_reason(match["who"]):
            who, own = Span(*match.span("who")), Span(*match.span("cue"))
            found.append((((who,), (own,), content), number))
    return found


def _is_reason(phrase: str) -> bool:
    """Whether the head of a phrase is why something is so, and nobody who speaks."""
    return _BEHIND_HEAD.split(phrase)[0].split()[-1].lower() in _REASONS
