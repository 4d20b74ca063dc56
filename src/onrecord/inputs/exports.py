"""Articles in plain-text exports of LexisNexis: "1 of 20 DOCUMENTS", heads, texts.

Only the shape in which each article has its number, a line with its length in words, and
lines with labels after its text: there is no doubt then where an article begins and ends.
The length is compared, so that no half of an article passes for it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.inputs.dates import iso_date
from onrecord.inputs.options import ReadOptions
from onrecord.inputs.plain_texts import document_from_plain
from onrecord.records import Document, Rejection, RejectionReason

_START = re.compile(r"^[ \t]*[0-9]+ of [0-9]+ DOCUMENTS?[ \t]*\r?$", re.MULTILINE)
_HEAD_CHARS = 2000
_LENGTH = re.compile(r"^LENGTH:[ \t]*([0-9,]+) words?[ \t]*\r?$", re.MULTILINE)
_AFTER = re.compile(
    r"^(?:LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|DOCUMENT-TYPE|JOURNAL-CODE|GRAPHIC|SUBJECT"
    r"|CORRECTION-DATE):",
    re.MULTILINE,
)
_LABEL = re.compile(r"([A-Z][A-Z-]{3,20}):[ \t]*(.*)", re.DOTALL)
_BLOCKS = re.compile(r"\r?\n[ \t]*\r?\n")
_EDITION = re.compile(r"\bedition\b.{0,20}$", re.IGNORECASE)
# How far the number of words may be from the length that is named: both count in their way.
_LENGTHS_DIFFER = 0.25


@dataclass(slots=True)
class _Head:
    """What stands before an article's text: lines with labels, and those without."""

    labelled: dict[str, str] = field(default_factory=dict)
    plain: list[str] = field(default_factory=list)


def is_export(text: str) -> bool:
    """Whether a text begins as an export does.

    >>> is_export("     1 of 20 DOCUMENTS")
    True
    """
    return _START.search(text[:_HEAD_CHARS]) is not None


def read_export(text: str, source: str, options: ReadOptions) -> Iterator[Document | Rejection]:
    """A document or a rejection for each article; its line is that of its number."""
    starts = list(_START.finditer(text))
    ends = [start.start() for start in starts[1:]] + [len(text)]
    line, counted = 1, 0
    for start, end in zip(starts, ends, strict=True):
        line, counted = line + text.count("\n", counted, start.start()), start.start()
        yield _article(text[start.end() : end], source, line, options)


def _article(chunk: str, source: str, line: int, options: ReadOptions) -> Document | Rejection:
    length = _LENGTH.search(chunk)
    after = _AFTER.search(chunk, length.end()) if length else None
    if length is None or after is None:
        detail = 'the article has no line "LENGTH: … words" before its text or no labels after it'
        return _rejected(source, line, detail)
    text = chunk[length.end() : after.start()].strip("\r\n \t")
    n_named, n_words = int(length.group(1).replace(",", "")), len(text.split())
    if abs(n_named - n_words) > max(10, _LENGTHS_DIFFER * n_named):
        detail = f"the article is said to have {n_named} words and has {n_words}; it may be cut"
        return _rejected(source, line, detail)
    if not text:
        return _rejected(source, line, "the article has no text")
    head = _head(chunk[: length.start()])
    dates = [date for one in head.plain if (date := iso_date(one))]
    return document_from_plain(
        text,
        title=_title(head),
        outlet=options.outlet or (head.plain[0] if head.plain else None),
        author=head.labelled.get("BYLINE"),
        published=options.published or next(iter(dates), None),
    )


def _head(text: str) -> _Head:
    head = _Head()
    for block in _BLOCKS.split(text):
        words = " ".join(block.split())
        label = _LABEL.fullmatch(words)
        if label:
            head.labelled[label.group(1)] = label.group(2)
        elif words and not head.labelled:
            head.plain.append(words)
    return head


def _title(head: _Head) -> str | None:
    """The headline: named so, or the last line after outlet and date that is no edition."""
    if "HEADLINE" in head.labelled:
        return head.labelled["HEADLINE"]
    rest = [one for one in head.plain[2:] if iso_date(one) is None and not _EDITION.search(one)]
    return rest[-1] if rest else None


def _rejected(source: str, line: int, detail: str) -> Rejection:
    reason = RejectionReason.NOT_AN_ARTICLE
    return Rejection(source=source, reason=reason, detail=detail, line=line)
