"""The tree of an HTML page, unless the page is made to exhaust who reads it.

Every look at the whole of a page takes time in proportion to its length.
"""

import re
from typing import Any

# Tuned on hand-made pages so that the slowest that passes takes a few seconds: the time of
# extraction grows with the elements, with their depth, and faster than linearly with links.
_MAX_MARKS = 250_000
_MAX_ELEMENTS = 100_000
_MAX_LINKS = 20_000
_MAX_ATTRIBUTES = 250
_MAX_DEPTH = 200
# Sum over the elements of depth times size, as each element is looked at from all above it.
_MAX_WORK = 5_000_000
_CHARS_PER_STEP = 50
_MAX_ENTITIES = 20

_OPENING = re.compile(r"<(?:(!--)|(?:(script|style)(?=[\s/>])|/?[a-z])[^\s/>]*)", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"[\s/]*(?:(>)|[^\s=>/]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>\"'][^\s>]*))?|=)"
)
_RAW_ENDS = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in ("script", "style")
}
# Frames of a page that browsers pass over when they come again, or before its end.
_FRAME = re.compile(r"<!--|<(/?(?:html|body))(?:\s[^<>]{0,2000})?\s{0,9}/?>", re.IGNORECASE)
# What XML, and so the tree, cannot hold.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class PageError(Exception):
    """The page cannot be read; says why in words that complete "the page …"."""


def parse_page(page: str) -> Any:
    """The root of the page's tree, an element of lxml, without comments.

    Raises:
        PageError: It is made to exhaust a parser, or holds no elements.
    """
    import lxml.etree
    import lxml.html

    _check_marks(page)
    # The encoding is settled: what the page says of it must not be heard again.
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    content = _NOT_IN_XML.sub("\ufffd", _in_one_frame(page.lstrip("\ufeff"))).encode()
    try:
        root = lxml.html.document_fromstring(content, parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise PageError("holds no elements") from error
    _check_tree(root)
    return root


def _in_one_frame(page: str) -> str:
    """The page with <html> and <body> once each and not closed, as browsers see it."""
    kept: list[str] = []
    seen: set[str] = set()
    at = start = 0
    while (match := _FRAME.search(page, at)) is not None:
        at = match.end()
        if match.group(1) is None:
            end = page.find("-->", match.start() + 2)
            at = end + 3 if end >= 0 else len(page)
            continue
        kept.append(page[start : match.start()])
        name = match.group(1).lower()
        if name not in seen and name[0] != "/":
            kept.append(match.group().removesuffix("/>").removesuffix(">") + ">")
        seen.add(name)
        start = at
    return "".join([*kept, page[start:]])


def _check_marks(page: str) -> None:
    """Refuse, before it is parsed, a page that has too much of something."""
    n_marks = page.count("<")
    if n_marks > _MAX_MARKS:
        raise PageError(f"has more than {_MAX_MARKS:,} tags")
    if page.count("<!ENTITY") + page.count("<!entity") > _MAX_ENTITIES:
        raise PageError("defines entities, as no page does")
    at, has_comments = 0, True
    while (opening := _OPENING.search(page, at)) is not None:
        at = opening.end()
        if opening.group(1):
            end = page.find("-->", at - 2) if has_comments else -1
            has_comments = end >= 0
            at = end + 3 if has_comments else at
            continue
        at = _end_of_tag(page, at)
        raw = opening.group(2)
        if raw:
            closing = _RAW_ENDS[raw.lower()].search(page, at)
            if closing is None:
                return
            at = closing.start()


def _end_of_tag(page: str, at: int) -> int:
    """Where a tag ends whose attributes begin here.

    Raises:
        PageError: There are too many, as a parser compares each with all others.
    """
    for _ in range(_MAX_ATTRIBUTES + 2):
        match = _ATTRIBUTE.match(page, at)
        if match is None:
            return at
        at = match.end()
        if match.group(1):
            return at
    raise PageError(f"has an element with more than {_MAX_ATTRIBUTES} attributes")


def _check_tree(root: Any) -> None:
    """Refuse a tree that takes too long to look through."""
    n_links = work = 0
    depths: dict[Any, int] = {root: 0}
    for n_elements, element in enumerate(root.iter("*"), 1):
        parent = element.getparent()
        depth = depths[parent] + 1 if parent is not None else 0
        depths[element] = depth
        n_links += element.tag == "a"
        size = len(element.text or "") + len(element.tail or "")
        work += depth * (1 + size // _CHARS_PER_STEP)
        if depth > _MAX_DEPTH:
            raise PageError(f"has elements nested more than {_MAX_DEPTH} deep")
        if n_elements > _MAX_ELEMENTS:
            raise PageError(f"has more than {_MAX_ELEMENTS:,} elements")
        if n_links > _MAX_LINKS:
            raise PageError(f"has more than {_MAX_LINKS:,} links")
        if work > _MAX_WORK:
            raise PageError("has too much text in elements nested too deep")
