"""Words beside a cue that belong to it: when, and through what, it was said.

The annotators of PolNeAR were of two minds about "said [on Friday]"; here the words
right behind the verb always stand in the cue, as the record's conventions want it.
"""

import re
from collections.abc import Sequence
from typing import Final

from onrecord.records import Span, Spans, as_spans
from onrecord.statements.cues import cue_table, words_of
from onrecord.statements.listeners import is_medium

_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tonight"
_WHEN = re.compile(
    rf"[ \t\u00a0]+(?:(?:on|late|early|earlier|later)[ \t\u00a0]+){{0,2}}"
    rf"(?:(?:{_DAY})(?:[ \t\u00a0]+(?:morning|afternoon|evening|night))?"
    rf"|(?:earlier[ \t\u00a0]+)?(?:this|last)[ \t\u00a0]+(?:week|month|year|night|weekend))\b",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"[ \t\u00a0]+(?:on|via|through)[ \t\u00a0]+((?:[^\W\d_]+[ \t\u00a0]?){1,4})", re.IGNORECASE
)


def extend_cue(text: str, cue: Spans, taken: Sequence[Span]) -> Spans:
    """The cue with the time and the medium that stand right behind it.

    Args:
        text: The document's.
        cue: Its spans; the last one may grow.
        taken: Sources and contents, into which the cue never grows.
    """
    last = cue[-1]
    for pattern in (_WHEN, _WHERE, _WHEN):
        limit = min((s.start for s in taken if s.start >= last.end), default=len(text))
        match = pattern.match(text, last.end, limit)
        if match is None or any(s.start < match.end() and last.end < s.end for s in taken):
            continue
        end = match.end() if pattern is _WHEN else _medium_end(match)
        if end is not None:
            last = Span(last.start, end)
    return (*cue[:-1], last)


_AS_SAYING = re.compile(
    r"(?P<quotes>\b(?:quot|cit)(?:e|es|ed|ing))\s+(?P<who>\S.*?)"
    r"\s+(?P<saying>as\s+(?:having\s+)?(?:saying|said|telling|told|stating|claiming|warning|adding))\b",
    re.DOTALL | re.IGNORECASE,
)


def as_quoted(text: str, source: Spans, cue: Spans) -> tuple[Spans, Spans]:
    """Source and cue where a medium quotes somebody: who is quoted speaks, not the medium.

    "The radio quoted [source a nurse] as saying" instead of "[source the radio] quoted a nurse".
    """
    match = _AS_SAYING.search(text, cue[0].start, cue[-1].end)
    if match is None or any(s.start < match.end() and match.start() < s.end for s in source):
        return source, cue
    quoted, saying = match.span("quotes"), match.span("saying")
    start = min(cue[0].start, quoted[0])
    return (
        (Span(*match.span("who")),),
        (Span(start, quoted[1]), Span(saying[0], max(saying[1], cue[-1].end))),
    )


_PASSIVE_CHARGE = re.compile(
    r"\b(?:am|is|are|was|were|been|being)\s+(?:\w+ly\s+)?(?:accused|suspected)(?:\s+by)?$",
    re.IGNORECASE,
)
_DEED = re.compile(r"\s(?=of\s+(?:\w+ly\s+)?\w{2,}ing\b)", re.IGNORECASE)


def as_charged(text: str, source: Spans, cue: Spans, content: Spans) -> tuple[Spans, Spans]:
    """Source and content of a charge in the passive voice: the deed is said, and does not say it.

    "Ann Vale was accused by [source the auditors] [content of hiding debts]".
    """
    if len(source) != 1 or source[0].start < cue[-1].end:
        return source, content
    deed = _DEED.search(text, source[0].start, source[0].end)
    if deed is None or not _PASSIVE_CHARGE.search(text[cue[0].start : cue[-1].end]):
        return source, content
    said = Span(deed.end(), source[0].end)
    return (Span(source[0].start, deed.start()),), as_spans([*content, said])


_TOLD: Final = re.compile(
    r"\b(?:am|is|are|was|were|been|being|get|gets|got)\s+(?:\w+ly\s+|also\s+|then\s+)?"
    r"(?:told|informed|notified|assured|warned|asked|ordered|urged|advised|reminded)\b",
    re.IGNORECASE,
)
_BY: Final = re.compile(r"\bby$", re.IGNORECASE)


def as_told(text: str, source: Spans, cue: Spans) -> Spans:
    """The source where somebody is told: who is told does not say it.

    "Ann Vale was told [content that he had left]" has no source.
    """
    cue_text = text[cue[0].start : cue[-1].end]
    if not source or source[-1].end > cue[0].start or not _TOLD.search(cue_text):
        return source
    return source if _BY.search(cue_text) else ()


_HELD: Final = re.compile(
    r"^(?:is|are|was|were)\s+(?:\w+ly\s+|also\s+|still\s+|now\s+)?(?:believed|expected|thought|"
    r"reported|understood|rumou?red|feared|known|presumed|supposed|estimated|alleged|said)"
    r"(?:\s+to)?$",
    re.IGNORECASE,
)
_NOBODY: Final = re.compile(r"(?:no|nobody|no-one|none|neither)\b", re.IGNORECASE)


def as_expected(text: str, source: Spans, cue: Spans, content: Spans) -> tuple[Spans, Spans]:
    """Source and content of what nobody in particular holds: its subject does not say it.

    "Prosecutors are expected [content to charge him]" has no source, and "Prosecutors" is said.
    """
    if len(source) != 1 or len(cue) != 1 or not source[0].end <= cue[0].start <= content[0].start:
        return source, content
    is_open = _HELD.search(text[cue[0].start : cue[0].end]) is not None
    if not is_open or text[source[0].end : cue[0].start].strip():
        return source, content
    is_infinitive = text.endswith("to", cue[0].start, cue[0].end)
    is_infinitive = is_infinitive or text.startswith("to ", content[0].start)
    return ((), as_spans([*source, *content])) if is_infinitive else (source, content)


def is_nobody(text: str, source: Spans) -> bool:
    """Whether nobody says it: "no group has claimed responsibility"."""
    return bool(source) and _NOBODY.match(text, source[0].start) is not None


_THAT: Final = re.compile(r"\s+that\b", re.IGNORECASE)
_WHOSE: Final = re.compile(r"\s+(?:from|by)\s+(\S[^,;:.]{0,58}?\S)(?:\s+that)?\s*", re.IGNORECASE)


def as_named(text: str, source: Spans, cue: Spans, content: Spans) -> Spans:
    """The source where a noun reports, and whose word it is stands between it and the content.

    Auditors looked into claims by [source two clerks] that [content it had failed].
    """
    last = cue[-1]
    noun = words_of(text[last.start : last.end])[-1:]
    if not noun or noun[0] not in cue_table().nouns or content[0].start < last.end:
        return source
    if any(part.start >= last.end for part in source):
        return source
    whose = _WHOSE.fullmatch(text, last.end, content[0].start)
    if whose is None or not _THAT.match(text, whose.end(1)):
        return source
    return (Span(*whose.span(1)),)


def _medium_end(match: re.Match[str]) -> int | None:
    """Where the name of a medium ends: "Fox News", "his Facebook page"; None if there is none."""
    end = None
    for word in re.finditer(r"[^\W\d_]+", match[1]):
        if end is not None and not (word.group()[0].isupper() or is_medium(word.group())):
            break
        if end is None and word.group().lower() == "of":
            break
        if is_medium(match[1][: word.end()]):
            end = word.end()
        elif end is not None:
            break
    return None if end is None else match.start(1) + end
