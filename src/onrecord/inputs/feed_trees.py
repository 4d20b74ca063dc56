"""The XML of a feed, unless it is made to exhaust or to fool who parses it.

What leaves here is well-formed, has no document type and no entities of its own, is not
deep, and fetches nothing: whatever parses it next meets none of these.
"""

import html
import html.entities
import re
from typing import Any

MAX_DEPTH = 100
# HTML inside CDATA counts among the marks; elements are those of the feed itself, each of
# which costs the parser of feeds some 30 microseconds.
_MAX_MARKS, _MAX_ELEMENTS = 1_000_000, 100_000
_DOCTYPE = re.compile(r"<!doctype[^<>\[]{0,2000}(\[)?", re.IGNORECASE)
_ENTITY_DEFINED = re.compile(r"<!entity", re.IGNORECASE)
_DECLARATION = re.compile(r"[\s\ufeff]*<\?xml[^>]{0,500}\?>")
_ROOT = re.compile(r"<(?:rss|feed|atom:feed|rdf:rdf)(?=[\s>])", re.IGNORECASE)
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_ENTITY = re.compile(r"&(#?[A-Za-z0-9]{1,32};)?")
_OF_XML = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class FeedError(Exception):
    """The feed cannot be read; says why in words that complete "the feed …"."""


def clean_feed(text: str) -> bytes:
    """The feed as well-formed XML in UTF-8; what is broken in it is mended or left out.

    Raises:
        FeedError: It is made to exhaust a parser, or holds no elements.
    """
    import lxml.etree

    _check_marks(text)
    text = _NOT_IN_XML.sub("\ufffd", _DECLARATION.sub("", text, count=1))
    text = _DOCTYPE.sub("", text, count=1).lstrip("> \t\r\n\ufeff")
    try:
        root = _parse(text, is_mended=False)
    except lxml.etree.XMLSyntaxError:
        root = _parse(_without_loose_marks(text), is_mended=True)
    if root is None:
        raise FeedError("holds no elements")
    _check_tree(root)
    return bytes(lxml.etree.tostring(root, encoding="utf-8", xml_declaration=True, with_tail=False))


def _check_marks(text: str) -> None:
    n_marks = text.count("<")
    if n_marks > _MAX_MARKS:
        raise FeedError(f"has more than {_MAX_MARKS:,} tags")
    root = _ROOT.search(text)
    head = text[: root.start()] if root else text
    doctype = _DOCTYPE.search(head)
    if _ENTITY_DEFINED.search(head) or (doctype and doctype.group(1)):
        raise FeedError("defines entities or a document type of its own, as no feed needs")


def _parse(text: str, *, is_mended: bool) -> Any:
    import lxml.etree

    parser = lxml.etree.XMLParser(
        recover=is_mended,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return lxml.etree.fromstring(text.encode("utf-8", "replace"), parser)
    except lxml.etree.XMLSyntaxError as error:
        if is_mended:
            raise FeedError("holds no elements") from error
        if "depth" in str(error):
            raise FeedError(f"has elements nested more than {MAX_DEPTH} deep") from error
        raise


def _without_loose_marks(text: str) -> str:
    """Entities of HTML as characters, and a loose & as an entity, outside of CDATA."""
    kept: list[str] = []
    at = 0
    while (start := text.find(_CDATA, at)) >= 0:
        end = text.find(_CDATA_END, start)
        if end < 0:
            break
        kept += (_ENTITY.sub(_mended, text[at:start]), text[start : end + len(_CDATA_END)])
        at = end + len(_CDATA_END)
    return "".join([*kept, _ENTITY.sub(_mended, text[at:])])


def _mended(match: re.Match[str]) -> str:
    name = match.group(1)
    if name is None:
        return "&amp;"
    if name in _OF_XML or name.startswith("#"):
        return match.group()
    character = html.entities.html5.get(name)
    return f"&amp;{name}" if character is None else html.escape(character)


def _check_tree(root: Any) -> None:
    depths: dict[Any, int] = {root: 0}
    for n_elements, element in enumerate(root.iter("*"), 1):
        parent = element.getparent()
        depth = depths[parent] + 1 if parent is not None else 0
        depths[element] = depth
        if depth > MAX_DEPTH:
            raise FeedError(f"has elements nested more than {MAX_DEPTH} deep")
        if n_elements > _MAX_ELEMENTS:
            raise FeedError(f"has more than {_MAX_ELEMENTS:,} elements")
