"""What bytes hold — a text, a page, JSON, lines of JSON — and the documents in them."""

import io
import re
from collections.abc import Iterator

from onrecord.inputs.decoding import DecodeError, decode
from onrecord.inputs.exports import is_export, read_export
from onrecord.inputs.json_lines import is_json_line, read_json_file, read_json_lines
from onrecord.inputs.options import ReadOptions
from onrecord.inputs.plain_texts import document_from_plain
from onrecord.records import Document, Rejection, RejectionReason

JSON_LINES = frozenset({".jsonl", ".ndjson", ".jl"})
PAGES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
# Mail-like archives of a page and its pictures, as browsers save them.
_ARCHIVES = frozenset({".mhtml", ".mht", ".eml"})
_SPACES = re.compile(r"[\s\ufeff]*")
_PAGE_START = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|article|main|section|header"
    r"|nav|aside|footer|div|table|center|frameset|h[1-6]|p|br|img|a\s+href)\b",
    re.IGNORECASE,
)
_OTHER_XML = re.compile(
    r"<(?:\?xml|!doctype|[a-z][\w.-]{0,40}(?::[\w.-]{1,40})?[\s>])", re.IGNORECASE
)

_DOCTYPE = re.compile(r"<!doctype[^<>\[]{0,2000}(?:>|(\[))", re.IGNORECASE)
_FEED_ROOT = re.compile(r"<(?:rss|feed|atom:feed|rdf:rdf)(?=[\s>])", re.IGNORECASE)
_FEED_PARTS = re.compile(
    r"<channel\b|<(?:atom:)?entry\b|http://www\.w3\.org/2005/Atom", re.IGNORECASE
)


def documents_in(
    content: bytes,
    source: str,
    suffix: str,
    options: ReadOptions,
    *,
    url: str | None = None,
    declared: str | None = None,
) -> Iterator[Document | Rejection]:
    """The documents in some bytes, or the reasons why they hold none.

    Args:
        content: All of them.
        source: Where they come from, for rejections.
        suffix: What the name says of the kind, such as ``.html``; may be empty.
        options: Assumptions and limits.
        url: The address of what is read.
        declared: The encoding that a server names.
    """
    if suffix in _ARCHIVES:
        detail = "this is an archive of a page or a mail; save the page as HTML alone"
        yield _rejected(source, RejectionReason.UNSUPPORTED_TYPE, detail)
        return
    if suffix in JSON_LINES:
        yield from read_json_lines(io.BytesIO(content), source, options)
        return
    try:
        text = decode(content, declared=declared)
    except DecodeError as error:
        yield _rejected(source, error.reason, error.detail)
        return
    yield from _documents_in_text(text, source, suffix, options, url)


def _documents_in_text(
    text: str, source: str, suffix: str, options: ReadOptions, url: str | None
) -> Iterator[Document | Rejection]:
    if _end_of_spaces(text, 0) == len(text):
        yield _rejected(source, RejectionReason.EMPTY, "it holds nothing but white space")
    elif suffix == ".json":
        yield from read_json_file(text, source, options)
    elif suffix in PAGES or is_page(text):
        yield _from_page(text, source, url, options)
    elif source == "-" and is_json_line(text):
        stream = io.BytesIO(text.encode("utf-8", "surrogatepass"))
        yield from read_json_lines(stream, source, options)
    elif is_feed(text):
        yield from _from_feed(text, source, url, options)
    elif is_other_xml(text):
        detail = "this is XML of another kind than a page or a feed; give the pages"
        yield _rejected(source, RejectionReason.UNSUPPORTED_TYPE, detail)
    elif is_export(text):
        yield from read_export(text, source, options)
    else:
        yield document_from_plain(text, outlet=options.outlet, url=url, published=options.published)


def is_page(text: str) -> bool:
    """Whether a text begins as HTML does, after comments and an XML declaration.

    >>> is_page("<!-- 12 --><?xml version='1.0'?><html>"), is_page("<3 is a heart")
    (True, False)
    """
    return _PAGE_START.match(text, _after_prologue(text)) is not None


def is_feed(text: str) -> bool:
    """Whether a text begins as RSS or Atom does, and has what each of them has.

    >>> is_feed("<?xml version='1.0'?><rss version='2.0'><channel></channel></rss>")
    True
    """
    at = _after_prologue(text)
    doctype = _DOCTYPE.match(text, at)
    if doctype and doctype.group(1):  # entities follow, which the parser of feeds refuses
        return _FEED_ROOT.search(text, doctype.end(), doctype.end() + 100_000) is not None
    root = _FEED_ROOT.match(
        text, _after_prologue(text[doctype.end() :]) + doctype.end() if doctype else at
    )
    return root is not None and _FEED_PARTS.search(text, root.start()) is not None


def is_other_xml(text: str) -> bool:
    """Whether a text that is no page begins as XML does: a declaration, or ends in a tag."""
    start = _after_prologue(text)
    begins = text.lstrip("\ufeff \t\r\n").startswith("<?xml") or _OTHER_XML.match(text, start)
    return bool(begins) and text[-200:].rstrip().endswith(">")


def _after_prologue(text: str) -> int:
    """Where what follows white space, comments and processing instructions begins."""
    at = _end_of_spaces(text, 0)
    while True:
        if text.startswith("<!--", at):
            end = text.find("-->", at + 4) + 3
        elif text.startswith("<?", at):
            end = text.find(">", at + 2) + 1
        else:
            return at
        if end < at + 4:
            return at
        at = _end_of_spaces(text, end)


def _end_of_spaces(text: str, at: int) -> int:
    match = _SPACES.match(text, at)
    return match.end() if match else at


def _from_page(
    text: str, source: str, url: str | None, options: ReadOptions
) -> Document | Rejection:
    from onrecord.inputs.pages import read_page

    return read_page(text, source=source, url=url, options=options)


def _from_feed(
    text: str, source: str, url: str | None, options: ReadOptions
) -> Iterator[Document | Rejection]:
    from onrecord.inputs.feed_articles import read_feed

    return read_feed(text, source, options, url=url)


def _rejected(source: str, reason: RejectionReason, detail: str) -> Rejection:
    return Rejection(source=source, reason=reason, detail=detail)
