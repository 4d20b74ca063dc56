"""Boxes of links inside the article of a page, such as "READ MORE: …" in a box of its own.

A box is taken out of the tree before the text is looked for, so that it cannot stand in it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from onrecord.inputs.links import bare_words, link_title, link_words
from onrecord.inputs.page_words import UNSEEN, lines_of
from onrecord.records import Link

_NEVER_BOXES = frozenset("html body head main article header footer nav h1 form".split())
_ROWS = frozenset({"p", "li"})
_FRAMES = frozenset({"aside", "section", "div", "ul", "figure"})
_BOX_CLASS = re.compile(
    r"related|read-?(?:more|next|also)|recirc|promo|more-?on|see-?also|further|recommend",
    re.IGNORECASE,
)
# Without a label, a line is a link to an article only when it is as long as a headline.
_LEAST_HEADLINE_WORDS = 5
_MAX_LOOSE_CHARS = 200
_MAX_BOX_CHARS = 800


@dataclass(frozen=True, slots=True)
class Box:
    """A place in a page that leads elsewhere.

    Attributes:
        parent: The element that it stood in.
        links: Where it leads.
    """

    parent: Any
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class _Summary:
    """What is in an element.

    Attributes:
        loose: Words that are no link, in pieces; None when there are more than a label has.
        first: The first piece of them.
        n_chars: Length of all words.
        n_links: Number of links.
    """

    loose: tuple[str, ...] | None
    first: str
    n_chars: int
    n_links: int


def take_boxes(root: Any, base: str | None) -> list[Box]:
    """Take all boxes of links out of a tree; they come in the order of the page.

    Args:
        root: Of the tree, which is changed.
        base: The address that addresses in the page are relative to.
    """
    summaries = _summaries(root)
    found: list[tuple[Any, Box]] = []
    last: Any = None
    for element in root.iter("*"):
        if last is not None and _is_inside(element, last):
            continue
        if _is_box(element, summaries[element]):
            last = element
            links = tuple(_links_in(element, summaries[element], base))
            found.append((element, Box(element.getparent(), links)))
    for element, _ in found:
        element.drop_tree()
    return [box for _, box in found if box.links]


def anchors_by_words(root: Any, base: str | None) -> dict[str, str]:
    """Addresses by the words of their links, in lower case."""
    found: dict[str, str] = {}
    for anchor in root.iter("a"):
        address = _address(anchor, base)
        if address is not None:
            found.setdefault(" ".join(lines_of(anchor)).lower(), address)
    return found


def _is_inside(element: Any, outer: Any) -> bool:
    return any(one is outer for one in element.iterancestors())


def _summaries(root: Any) -> dict[Any, _Summary]:
    """Of each element, from the leaves up, so that each is looked at once."""
    found: dict[Any, _Summary] = {}
    for element in reversed(list(root.iter("*"))):
        if element.tag in UNSEEN:
            found[element] = _Summary((), "", 0, 0)
            continue
        pieces: list[str] | None = [element.text or ""]
        n_chars, n_links = len(element.text or ""), 0
        firsts = [element.text or ""]
        for child in element:
            inner = found.get(child)
            if inner is not None:
                n_chars += inner.n_chars
                n_links += inner.n_links
                firsts.append(inner.first)
                pieces = None if pieces is None or inner.loose is None else [*pieces, *inner.loose]
            tail = child.tail or ""
            n_chars += len(tail)
            firsts.append(tail)
            if pieces is not None:
                pieces.append(tail)
                pieces = _shortened(pieces)
        if element.tag == "a" and element.get("href"):
            found[element] = _Summary((), "", n_chars, n_links + 1)
        else:
            first = next((f for f in firsts if f.strip()), "")[:_MAX_LOOSE_CHARS]
            loose = None if pieces is None else _shortened(pieces)
            found[element] = _Summary(
                None if loose is None else tuple(loose), first, n_chars, n_links
            )
    return found


def _shortened(pieces: list[str]) -> list[str] | None:
    """The pieces that hold words; None when they are longer than a label may be."""
    kept = [stripped for piece in pieces if (stripped := piece.strip())]
    return kept if sum(map(len, kept)) <= _MAX_LOOSE_CHARS else None


def _is_box(element: Any, summary: _Summary) -> bool:
    if not summary.n_links or element.getparent() is None:
        return False
    if element.tag == "a":
        lines = lines_of(element)
        return bool(lines) and (_is_label(" ".join(lines)) or _is_label(lines[0]))
    if element.tag in _NEVER_BOXES:
        return False
    if summary.loose is not None:
        words = bare_words(" ".join(p for p in summary.loose if not _is_joiner(p)))
        if words in link_words().headings:
            return True
        if not words:
            return _is_row_of_links(element)
    return (
        element.tag in _FRAMES
        and summary.n_chars <= _MAX_BOX_CHARS
        and bare_words(summary.first) in link_words().headings
        and (element.tag == "aside" or _BOX_CLASS.search(element.get("class") or "") is not None)
    )


def _is_row_of_links(element: Any) -> bool:
    """Whether an element whose words are all links leads to articles."""
    anchors = list(element.iter("a"))
    first = next((lines[0] for anchor in anchors if (lines := lines_of(anchor))), "")
    if link_title(first) is not None:
        return True
    if element.tag not in _ROWS or len(first.split()) < _LEAST_HEADLINE_WORDS:
        return False
    known = link_words()
    addresses = [(anchor.get("href") or "").lower() for anchor in anchors]
    return not (
        (first.lower() + " ").startswith(known.not_articles)
        or any(part in address for part in known.not_addresses for address in addresses)
        or any(_address(anchor, None) is None for anchor in anchors)
    )


def _is_label(words: str) -> bool:
    return bare_words(words) in link_words().alone


def _is_joiner(piece: str) -> bool:
    return bare_words(piece).strip(",/&") in {"", "and", "or"}


def _links_in(element: Any, summary: _Summary, base: str | None) -> Iterator[Link]:
    """The links of a box, one for each address, with the words of its title."""
    titles: dict[str, str] = {}
    for anchor in _anchors(element):
        address = _address(anchor, base)
        if address is None:
            continue
        title = _title(lines_of(anchor)) or titles.get(address) or _title(summary.loose or ())
        if title:
            titles[address] = title
        else:
            titles.setdefault(address, "")
    for address, title in titles.items():
        words = title or " ".join(lines_of(element))
        if words:
            yield Link(text=words, url=address, span=None)


def _anchors(element: Any) -> Iterable[Any]:
    return [element] if element.tag == "a" else element.iter("a")


def _title(lines: Iterable[str]) -> str | None:
    """The first of some lines that is no label, without a label before it."""
    for line in lines:
        if _is_joiner(line):
            continue
        title = link_title(line)
        if title is None and bare_words(line) not in link_words().headings:
            return line
        if title:
            return title
    return None


def _address(anchor: Any, base: str | None) -> str | None:
    href = (anchor.get("href") or "").strip()
    if not href or href.startswith("#"):
        return None
    try:
        address = urljoin(base, href) if base else href
    except ValueError:
        return None
    scheme, colon, _ = address.partition(":")
    is_other = colon and scheme.isalpha() and scheme.lower() not in {"http", "https"}
    return None if is_other else address
