"""Where quotation marks open and close, paired within and across paragraphs.

Not here: whose words stand between them (`onrecord.statements`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.segment.lines import LINE, matches_at

# Marks of the common styles (CLDR `delimiters`, Unicode 16 section 6.2): what opens, what closes.
CLOSERS = {
    "“": ("”",),
    "„": ("“", "”"),
    "‟": ("”",),
    "”": ("”",),
    "«": ("»",),
    "»": ("«", "»"),
    "‹": ("›",),
    "›": ("‹", "›"),
    "「": ("」",),
    "『": ("』",),
    '"': ('"',),
    "＂": ("＂",),
    "``": ("''",),
    "''": ("''",),
    "‘": ("’",),
    "‚": ("‘", "’"),
    "'": ("'",),
    "`": ("'",),
}
# What closes where keyboards were mixed, when no mark of its own kind is open.
_MIXED_CLOSERS = {"“": ('"',), "„": ('"',), '"': ("”",)}
SINGLE = frozenset("‘‚'‹›`")
# Opening marks that are something else when nothing closes them.
_DOUBTFUL = SINGLE | {"”"}
# Marks that are something else, or close, unless they touch the word that they stand at.
_STRICT = _DOUBTFUL | {"''", "»"}
_SYMMETRIC = frozenset(opener for opener, closers in CLOSERS.items() if opener in closers)
# More marks open at once than this are no quotations; it keeps any text in linear time.
MAX_DEPTH = 8

_MARK = re.compile(r"``|(?<=\S)'(?=''(?!'))|''|[“”„‟«»‹›「」『』\"＂‘’‚'`]")
_FIRST = re.compile("[“”„‟«»‹›「」『』\"＂‘’‚'`]")
_BEFORE_OPEN = frozenset("([{<—–-/:,;…\u200b\u200e\u200f\u2060\ufeff") | (CLOSERS.keys() - {"”"})
_AFTER_CLOSE = frozenset(".,;:!?)]}")
_ELISION = re.compile(r"\d\ds?\b|(?:em|tis|twas|til|cause|n)\b", re.IGNORECASE)
_FEET_BEFORE = re.compile(r"\d\s?['’′]\s?\d{1,2}(?:\.\d|[½¼¾])?$")
# Between the apostrophe of a plural and the mark that closes: no other mark but apostrophes.
_CLOSED_LATER = re.compile(
    r"\s[^\W\d_](?:[^‘“”\"'’`]|(?<=\w)['’](?=\w)|(?<=s)['’](?=\s[^\W\d_]))*(?<=[.,!?…])['’](?!\w)"
)
_CLOSED_LATER_CHARS = 400


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quoted stretch within one paragraph, marks included.

    Attributes:
        start: First code point of the opening mark.
        end: After the closing mark, or the paragraph's end when there is none.
        inner_start: First code point after the opening mark.
        inner_end: Code point of the closing mark, or the paragraph's end.
        is_single: Single marks, which are often a quotation inside another.
        is_closed: A closing mark stands in the same paragraph.
        continues: The next quotation goes on with the same words: this one is left
            open and the next paragraph opens again, as English typesetting does.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    is_single: bool
    is_closed: bool
    continues: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    """One mark with the characters beside it; "" at the ends of the line."""

    words: str
    start: int
    end: int
    before: str
    after: str


def pair_quotes(text: str) -> tuple[Quotation, ...]:
    """Quotations of a text, in order of their opening marks; inner ones follow outer ones.

    Apostrophes are told from single marks by the letters around them. An opening
    double mark that is never closed runs to the end of its paragraph; an opening
    single mark that is never closed is taken for an apostrophe.

    >>> [(q.inner_start, q.inner_end) for q in pair_quotes("He said: “It’s ‘over’.”")]
    [(10, 22), (16, 20)]
    """
    quotations: list[Quotation] = []
    left_open: int | None = None  # where the last quotation without an end stands in the list
    for line in LINE.finditer(text):
        found = sorted(_pair_line(text, line.start(), line.end()), key=lambda q: (q.start, -q.end))
        if left_open is not None and found and _goes_on(text, quotations[left_open], found[0]):
            quotations[left_open] = replace(quotations[left_open], continues=True)
        if found:
            open_ones = [n for n, q in enumerate(found, len(quotations)) if not q.is_closed]
            left_open = open_ones[-1] if open_ones else None
        quotations.extend(found)
    return tuple(quotations)


def _goes_on(text: str, last: Quotation, first: Quotation) -> bool:
    """Whether nothing but space stands between a quotation left open and one that opens again."""
    return not first.is_single and not text[last.end : first.start].strip()


def _pair_line(text: str, start: int, end: int) -> Iterator[Quotation]:
    """Quotations of one paragraph, in order of their ends."""
    stack: list[_Mark] = []
    for match in matches_at(_FIRST, _MARK, text, start, end):
        mark = _Mark(
            match.group(),
            match.start(),
            match.end(),
            text[match.start() - 1] if match.start() > start else "",
            text[match.end()] if match.end() < end else "",
        )
        if _is_inches(text, mark):
            continue
        place = _closes(text, mark, stack, end)
        if place is not None:
            opener = stack[place]
            del stack[place:]
            is_single = opener.words in SINGLE
            yield Quotation(
                opener.start, mark.end, opener.end, mark.start, is_single, is_closed=True
            )
        elif _opens(text, mark):
            _push(stack, mark)
    for opener in stack:
        if opener.words not in _DOUBTFUL and opener.end < end:
            yield Quotation(opener.start, end, opener.end, end, is_single=False, is_closed=False)


def _push(stack: list[_Mark], mark: _Mark) -> None:
    """Put an opening mark on the stack; when it is full, in place of the oldest doubtful one."""
    if len(stack) == MAX_DEPTH:
        doubtful = next((n for n, m in enumerate(stack) if m.words in _DOUBTFUL), None)
        if doubtful is None:
            return
        del stack[doubtful]
    stack.append(mark)


def _is_inches(text: str, mark: _Mark) -> bool:
    """A double mark after feet: 5'10"."""
    return (
        mark.words in {'"', "”", "“", "''"}
        and (mark.before.isdigit() or mark.before in "½¼¾")
        and _FEET_BEFORE.search(text[max(0, mark.start - 10) : mark.start]) is not None
    )


def _opens(text: str, mark: _Mark) -> bool:
    if mark.words not in CLOSERS or not mark.after:
        return False
    starts_words = not mark.before or mark.before.isspace() or mark.before in _BEFORE_OPEN
    if mark.words in _STRICT:
        is_elision = mark.words in SINGLE and _ELISION.match(text, mark.end, mark.end + 6)
        return starts_words and not mark.after.isspace() and not is_elision
    if mark.words in _SYMMETRIC:
        ends_words = mark.after.isspace() or mark.after in _AFTER_CLOSE or mark.before.isdigit()
        return starts_words or not ends_words
    return True


def _closes(text: str, mark: _Mark, stack: list[_Mark], line_end: int) -> int | None:
    """The place in the stack of the opening mark that this mark closes, or None."""
    for closers in (CLOSERS, _MIXED_CLOSERS):
        for place in range(len(stack) - 1, -1, -1):
            opener = stack[place]
            if mark.words not in closers.get(opener.words, ()):
                continue
            if closers is _MIXED_CLOSERS and not _ends_words(mark):
                continue
            if _can_close(text, mark, opener, line_end):
                return place
    return None


def _ends_words(mark: _Mark) -> bool:
    """Stands behind a word and before none."""
    return not (mark.before.isspace() or mark.before.isdigit() or mark.after.isalnum())


def _can_close(text: str, mark: _Mark, opener: _Mark, line_end: int) -> bool:
    if opener.words in _DOUBTFUL and mark.before.isspace():
        return False
    if opener.words in _DOUBTFUL | {"''"} and mark.after.isalnum():
        return False
    if opener.words in SINGLE and _is_possessive(text, mark, line_end):
        return False
    if mark.words == opener.words:
        opens_again = mark.before.isspace() and mark.after != "" and not mark.after.isspace()
        return opener.end != mark.start and not opens_again
    return True


def _is_possessive(text: str, mark: _Mark, line_end: int) -> bool:
    """The apostrophe of a plural, as in ‘The workers’ demands are met,’ she said."""
    if mark.before != "s" or mark.words not in {"’", "'"}:
        return False
    end = min(line_end, mark.end + _CLOSED_LATER_CHARS)
    return _CLOSED_LATER.match(text, mark.end, end) is not None
