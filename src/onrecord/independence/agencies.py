"""Credits to news agencies: at the start or the end of a text, or where its author stands.

A credit alone never makes two documents one voice; shared text does (`linking.py`).
"""

import functools
import re
from dataclasses import dataclass
from typing import Literal

from onrecord.independence.tables import rows_of, split_list
from onrecord.independence.words import plain_word
from onrecord.records.documents import Document
from onrecord.records.spans import Span

# An agency of no name: two texts that credit it need not be from one.
UNNAMED = "wire services"
_START_CHARS, _END_CHARS = 400, 500
_DATELINE_CHARS = 80
_WORD = re.compile(r"[^\W_]+")
_OPENING = re.compile(r"[ \t]*(?:[-–—]|$)", re.MULTILINE)
_CLOSING = re.compile(r"[\s.]*$", re.MULTILINE)
_LINE = re.compile(r"^[^\n]{2,80}$", re.MULTILINE)
_DASH = re.compile(r"[-–—]")
_PART = re.compile(
    r" contributed to this|(?:files|report(?:ing|s)|material|inputs?) (?:from|by) |^\W*with ",
    re.MULTILINE | re.IGNORECASE,
)
_BETWEEN = re.compile(r", ?|/| and | & ")
_PARTS = re.compile(r"\s*(?:[,;/|&·]|\band\b|\bfor\b|\bvia\b|\bwith\b|[-–—])\s*", re.IGNORECASE)
_BY = re.compile(r"^(?:by|from|source|sources|staff|correspondents?|photo)[:\s]+", re.IGNORECASE)
_UPPER = re.compile(r"[A-Z]{3}")

Where = Literal["start", "end", "author"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """An agency that a document credits.

    Attributes:
        agency: Its name in the table.
        where: At the start or the end of the text, or in the field of the author.
        span: The words of the text; None in the field of the author.
        is_part: Whether the agency is said to have added to the text only.
    """

    agency: str
    where: Where
    span: Span | None
    is_part: bool = False


def credits_of(document: Document) -> tuple[Credit, ...]:
    """The credits of a document, surest first: author, start, end; each agency once.

    >>> from onrecord.records.documents import make_document
    >>> told = make_document(text="ARDAL (Reuters) - The gate is shut.")
    >>> [(credit.agency, credit.where) for credit in credits_of(told)]
    [('Reuters', 'start')]
    """
    found = [*_in_author(document.author or ""), *_at_start(document.text)]
    found += _at_end(document.text)
    found.sort(key=lambda credit: (credit.is_part, credit.agency == UNNAMED))
    first: dict[str, Credit] = {}
    for credit in found:
        first.setdefault(credit.agency, credit)
    return tuple(first.values())


def agency_named(name: str) -> str | None:
    """The agency of a name or a short form, None if there is none."""
    return _by_name().get(_normal(name))


def _in_author(author: str) -> list[Credit]:
    found = []
    for part in _PARTS.split(author):
        agency = agency_named(_BY.sub("", part.strip()))
        if agency is not None:
            found.append(Credit(agency=agency, where="author", span=None))
    return found


def _at_start(text: str) -> list[Credit]:
    """A dateline with an agency in brackets, or a line of the agency alone."""
    own, found = _patterns(), []
    last = min(_START_CHARS, (len(text) + 1) // 2)
    for match in own.bracket.finditer(text, 0, last):
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        is_dateline = len(before) <= _DATELINE_CHARS and bool(_UPPER.search(before))
        if is_dateline or not before.strip() or _OPENING.match(text, match.end()):
            found += _credits(match, "start")
    return found + _in_lines(text, 0, last, "start")


def _at_end(text: str) -> list[Credit]:
    """An agency behind a dash, in brackets or alone on one of the last lines."""
    own, found = _patterns(), []
    first = max((len(text) + 1) // 2, len(text) - _END_CHARS)
    if _PART.search(text, first):
        for pattern in own.part:
            for match in pattern.finditer(text, first):
                found += _credits(match, "end", is_part=True)
    for dash in _DASH.finditer(text, max(first, len(text) - _DATELINE_CHARS)):
        behind = own.dash.match(text, dash.start())
        found += _credits(behind, "end") if behind else []
    for match in own.bracket.finditer(text, first):
        if _CLOSING.match(text, match.end()):
            found += _credits(match, "end")
    return found + _in_lines(text, first, len(text), "end")


def _in_lines(text: str, first: int, last: int, where: Where) -> list[Credit]:
    """Short lines that are nothing but a credit."""
    found = []
    for line in _LINE.finditer(text, first, last):
        if text[line.end() : line.end() + 1] not in {"", "\n"}:
            continue  # cut off where the region ends
        match = _patterns().line.fullmatch(text, *line.span())
        found += _credits(match, where) if match else []
    return found


def _credits(match: re.Match[str], where: Where, *, is_part: bool = False) -> list[Credit]:
    """One credit for each name; a name may itself hold what stands between names."""
    whole = agency_named(match["names"])
    names = [whole] if whole else map(agency_named, _BETWEEN.split(match["names"]))
    return [
        Credit(agency=name, where=where, span=Span(*match.span("names")), is_part=is_part)
        for name in names
        if name is not None
    ]


@dataclass(frozen=True, slots=True)
class _Patterns:
    bracket: re.Pattern[str]
    line: re.Pattern[str]
    dash: re.Pattern[str]
    part: tuple[re.Pattern[str], ...]


@functools.cache
def _patterns() -> _Patterns:
    known = {
        form for name, _ in _names() for form in (name, name.upper(), name[:1].upper() + name[1:])
    }
    one = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    names = rf"(?P<names>(?:[Tt]he )?(?:{one})(?:(?:, |,|/| and | & )(?:the )?(?:{one}))*)"
    person = r"(?:[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){1,3}(?:, |/| for ))?"
    given = "(?:[Ff]iles|[Rr]eporting|[Rr]eports|[Mm]aterial|[Ii]nput|[Ii]nputs)"
    return _Patterns(
        bracket=re.compile(rf"\({names}\)"),
        line=re.compile(
            rf"[ \t]*(?:[-–—]+[ \t]*)?(?:(?:[Bb]y|[Ss]ources?|[Ff]rom):?[ \t]+)?"
            rf"{person}{names}\.?[ \t]*"
        ),
        dash=re.compile(rf"[-–—]\s?{names}[\s.]*\Z"),
        part=(
            re.compile(rf"{given} (?:from|by) {names}\b"),
            re.compile(rf"^\W*[Ww]ith {names}\W*$", re.MULTILINE),
            re.compile(rf"{names} contributed to this"),
        ),
    )


def _normal(name: str) -> str:
    words = [plain_word(word) for word in _WORD.findall(name.replace(".", ""))]
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


@functools.cache
def _by_name() -> dict[str, str]:
    return {_normal(form): agency for form, agency in _names()}


@functools.cache
def _names() -> tuple[tuple[str, str], ...]:
    """All forms with their agencies."""
    return tuple(
        (form, row["name"])
        for row in rows_of("agencies.tsv")
        for form in (row["name"], *split_list(row["also"]), *split_list(row["short"]))
    )


@functools.cache
def agency_hosts() -> dict[str, str]:
    """The agency that publishes at an address."""
    return {
        host: row["name"] for row in rows_of("agencies.tsv") for host in split_list(row["hosts"])
    }
