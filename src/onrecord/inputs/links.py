"""Lines inside an article that lead to another one, such as "READ MORE: …".

Boxes of links in the tree of a page stand in `page_links.py`.
"""

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.records import Link, Span

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
_URL = re.compile(r"https?://[^\s<>\"”’)\]]+")
_MAX_CHARS = 300
_MAX_TITLE_CHARS = 200
_MARKS = " \t\u00a0\u200b\u200e\u200f\u2060\ufeff"
_FRAME = _MARKS + ":.!»›>…|-–—[]()*•#_"
_CLOSERS = ".!?…»›>|–—-])*_"


@dataclass(frozen=True, slots=True)
class LinkWords:
    """The words of `links.toml`, ready to be used.

    Attributes:
        labelled: A label with what parts it from its title.
        capitals_only: Labels that must stand in capitals.
        alone: Lines that are only a label.
        headings: Those and all other labels, as they stand above or before links in pages.
        noise: Lines that lead nowhere.
        not_articles: First words of links that lead to no article.
        not_addresses: Parts of addresses that lead to no article.
    """

    labelled: re.Pattern[str]
    capitals_only: frozenset[str]
    alone: frozenset[str]
    headings: frozenset[str]
    noise: frozenset[str]
    not_articles: tuple[str, ...]
    not_addresses: tuple[str, ...]


@functools.cache
def link_words() -> LinkWords:
    """The words that show links; read once."""
    path = importlib.resources.files("onrecord.inputs") / "links.toml"
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    alone = frozenset(given["alone"])
    return LinkWords(
        labelled=re.compile(
            rf"[\s\u200b\u200e\u200f\ufeff\[(>»›•*_#–—-]{{0,20}}({_any_of(given['labels'])}"
            rf"|{_any_of(given['capitals_only'])})[*_]{{0,3}}\s{{0,9}}"
            r"(?:[:|»›>]+[*_]{0,3}|\s[–—-]+\s)\s{0,9}(?=\S)",
            re.IGNORECASE,
        ),
        capitals_only=frozenset(given["capitals_only"]),
        alone=alone,
        headings=alone.union(given["headings"], given["labels"], given["capitals_only"]),
        noise=frozenset(given["noise"]),
        not_articles=tuple(f"{words} " for words in given["not_articles"]),
        not_addresses=tuple(given["not_addresses"]),
    )


def _any_of(labels: Iterable[str]) -> str:
    longest_first = sorted(labels, key=len, reverse=True)
    return "|".join(r"\s{1,3}".join(map(re.escape, label.split())) for label in longest_first)


def bare_words(line: str) -> str:
    """A line in lower case without the marks around it, to compare it with a label.

    >>> bare_words("» READ\u00a0MORE:")
    'read more'
    """
    return " ".join(line.strip(_FRAME).lower().split())


def link_title(line: str, *, is_first: bool = False) -> str | None:
    """The words after the label when a line leads elsewhere, "" for a label alone, else None.

    Args:
        line: The line.
        is_first: Whether it is the first of a text, where "LIVE:" stands before a headline.

    >>> link_title("READ MORE: Ferry service resumes"), link_title("Read the treaty, he said.")
    ('Ferry service resumes', None)
    """
    if len(line) > _MAX_CHARS:
        return None
    known = link_words()
    if bare_words(line) in known.alone:
        return ""
    match = known.labelled.match(line)
    if match is None:
        return None
    label = match.group(1)
    title = line[match.end() :].strip(_MARKS)
    if " ".join(label.lower().split()) in known.capitals_only and (
        is_first or not label.isupper() or title.endswith((".", ".”", '."', ".'", ".’"))
    ):
        return None
    return _without_address(title)


def _without_address(title: str) -> str:
    """The title without an address after it, or the address when there is nothing else."""
    found = _URL.search(title)
    words = (title[: found.start()] if found else title).strip(_MARKS + "[](*_|–—-")
    return words.rstrip("])*_").strip() or title


def find_links(text: str) -> tuple[Link, ...]:
    """Links of a plain text, each with the span of its line; the text stays as it is.

    A label with a colon and nothing after it takes the next line as its title.
    """
    found: list[Link] = []
    is_first = True
    label: Span | None = None
    for line in _LINE.finditer(text):
        given = line.group()
        words = given.strip()
        if not words:
            continue
        title = link_title(given, is_first=is_first)
        start = line.start() + given.index(words)
        span = Span(start, start + len(words))
        if title is None and label is not None and _is_title(words):
            found[-1] = _link(words, words, Span(label.start, span.end))
        elif title is not None:
            found.append(_link(title or words, words, span))
        label = span if title == "" and words.endswith(":") else None
        is_first = False
    return tuple(found)


def _is_title(words: str) -> bool:
    return len(words) <= _MAX_TITLE_CHARS and words[-1] not in ".:;,"


def _link(title: str, words: str, span: Span) -> Link:
    address = _URL.search(words)
    url = address.group().rstrip(_CLOSERS + ",;:'") if address else None
    return Link(text=title, url=url, span=span)
