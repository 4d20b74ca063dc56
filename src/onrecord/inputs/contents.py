"""What bytes hold — a text, a page, JSON, lines of JSON — and the documents in them."""

import io
import re
from collections.abc import Iterator

from onrecord.inputs.decoding import DecodeError, decode
from onrecord.inputs.json_lines import is_json_line, read_json_file, read_json_lines
from onrecord.inputs.options import ReadOptions
from onrecord.inputs.plain_texts import document_from_plain
from onrecord.records import Document, Rejection, RejectionReason

JSON_LINES = frozenset({".jsonl", ".ndjson", ".jl"})
PAGES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
# Mail-like archives of a page and its pictures, as browsers save them.
_ARCHIVES = frozenset({".mhtml", ".mht", ".eml", ".warc"})
_SPACES = re.compile(r"[\s\ufeff]*")
_PAGE_START = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|article|main|section|header"
    r"|nav|aside|footer|div|table|center|frameset|h[1-6]|p|br|img|a\s+href)\b",
    re.IGNORECASE,
)
_OTHER_XML = re.compile(
    r"<(?:\?xml|!doctype|[a-z][\w.-]{0,40}(?::[\w.-]{1,40})?[\s>])", re.IGNORECASE
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
    if _end_of_spaces(text, 0) == len(text):
        yield _rejected(source, RejectionReason.EMPTY, "it holds nothing but white space")
    elif suffix == ".json":
        yield from read_json_file(text, source, options)
    elif suffix in PAGES or is_page(text):
        yield _from_page(text, source, url, options)
    elif source == "-" and is_json_line(text):
        stream = io.BytesIO(text.encode("utf-8", "surrogatepass"))
        yield from read_json_lines(stream, source, options)
    elif is_other_xml(text):
        detail = "this is XML of another kind than a page, such as a feed; give the pages"
        yield _rejected(source, RejectionReason.UNSUPPORTED_TYPE, detail)
    else:
        yield document_from_plain(text, outlet=options.outlet, url=url, published=options.published)


def is_page(text: str) -> bool:
    """Whether a text begins as HTML does, after comments and an XML declaration.

    >>> is_page("<!-- 12 --><?xml version='1.0'?><html>"), is_page("<3 is a heart")
    (True, False)
    """
    return _PAGE_START.match(text, _after_prologue(text)) is not None


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


def _rejected(source: str, reason: RejectionReason, detail: str) -> Rejection:
    return Rejection(source=source, reason=reason, detail=detail)
