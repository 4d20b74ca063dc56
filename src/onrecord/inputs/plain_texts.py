"""Plain text as a document: nothing in it is changed, what it says of itself is noted."""

import itertools
import re
from collections.abc import Sequence

from onrecord.inputs.dates import date_in_head
from onrecord.inputs.languages import language_of
from onrecord.inputs.links import find_links, link_title
from onrecord.records import Document, make_document

_HEAD_CHARS = 3000
_HEAD_LINES = 8
_MARKS = " \t\u00a0\ufeff\u200b\u200e\u200f\u2060#*_"
_BYLINE = re.compile(
    r"by\s(.{2,80}?)(?:\s?[|,·•(/]|\s[-–—]\s|\sin\s|\sat\s|\sfor\s|$)", re.IGNORECASE
)
_NAME_JOINERS = frozenset(
    "and & de da del della di du la le van von der den ter bin ibn al el y e dos of".split()
)
# After "By" they are a time and no writer.
_NO_NAMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april
    may june july august september october november december noon midnight then now""".split()
)
_MAX_NAME_WORDS = 9
_MAX_BYLINE_CHARS = 160
_DATELINE = re.compile(
    r"[^\W\d_a-z](?:[^\W\d_a-z]|[ .,’'-]){2,60}.{0,60}?(?:\([^)]{2,30}\)\s?)?(?:[–—]|\s-\s|--)"
)
_SENTENCE_ENDS = (".", ";", ",", ":", ".”", '."', ".’", ".'")
_MAX_TITLE_CHARS = 200
_MAX_TITLE_WORDS = 30
_LEAST_WRAP, _MOST_WRAP, _WRAP_SPREAD = 45, 100, 15


def document_from_plain(
    text: str,
    *,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    author: str | None = None,
    published: str | None = None,
) -> Document:
    """A document of this very text; what is not given is looked for at its top."""
    head = text[:_HEAD_CHARS]
    return make_document(
        text=text,
        title=_given(title) or title_in_head(head),
        outlet=_given(outlet),
        url=url,
        author=_given(author) or author_in_head(head),
        published=published if published is not None else date_in_head(head),
        language=language_of(text),
        links=find_links(text),
    )


def _given(words: str | None) -> str | None:
    """The words, unless they are only white space: then nothing is given."""
    return words if words and words.strip() else None


def title_in_head(head: str) -> str | None:
    r"""The first line, when it is a headline: short, no sentence, and more follows it.

    Lines with a date, a writer or a link before it are passed over.

    >>> title_in_head("Bridge reopens after repairs\n\nThe bridge was opened on Monday.")
    'Bridge reopens after repairs'
    """
    lines = [line.strip(_MARKS) for line in head.splitlines()]
    filled = [n for n, line in enumerate(lines) if line]
    for place, n in enumerate(filled[: _HEAD_LINES // 2]):
        if place + 1 == len(filled):
            return None
        line = lines[n]
        if author_in_line(line) or date_in_head(line) or link_title(line, is_first=place == 0):
            continue
        return line if _is_headline(line) and not _is_wrapped(lines, n) else None
    return None


def _is_headline(line: str) -> bool:
    if len(line) > _MAX_TITLE_CHARS or len(line.split()) > _MAX_TITLE_WORDS:
        return False
    if line.endswith(_SENTENCE_ENDS) and not line.endswith("..."):
        return False
    if line[0] in "“\"‘'«" and line[-1] in "”\"’'»":
        return False
    return any(c.isalpha() for c in line) and _DATELINE.match(line) is None


def _is_wrapped(lines: Sequence[str], n: int) -> bool:
    """Whether a sentence runs on from this line, as in texts of a fixed width."""
    block = list(itertools.takewhile(bool, lines[n : n + 4]))
    if len(block) > 1 and block[1][0].islower():
        return True
    lengths = [len(line) for line in block[:-1]]
    is_even = len(lengths) == 3 and max(lengths) - min(lengths) <= _WRAP_SPREAD
    return is_even and _LEAST_WRAP <= max(lengths) <= _MOST_WRAP


def author_in_head(head: str) -> str | None:
    """The name after "By" on a line of its own near the top."""
    lines = [line for line in head.splitlines() if line.strip()]
    return next((a for line in lines[:_HEAD_LINES] if (a := author_in_line(line))), None)


def author_in_line(line: str) -> str | None:
    """The name after "By" when the line is a byline.

    >>> author_in_line("By Mara Quill and Tom Ferris, in Geneva")
    'Mara Quill and Tom Ferris'
    >>> author_in_line("By Monday, the river had fallen.") is None
    True
    """
    plain = " ".join(line.split()).strip(_MARKS)
    is_sentence = plain.endswith((".", ":", ";", ",")) and not plain.endswith(("Jr.", "Sr."))
    match = _BYLINE.match(plain)
    if match is None or is_sentence or len(plain) > _MAX_BYLINE_CHARS:
        return None
    words = match.group(1).split()
    names = [w for w in words if w.lower() not in _NAME_JOINERS]
    if not names or len(words) > _MAX_NAME_WORDS or names[0].lower() in _NO_NAMES:
        return None
    are_names = not any(w[0].islower() or any(c.isdigit() for c in w) for w in names)
    return match.group(1) if are_names else None
