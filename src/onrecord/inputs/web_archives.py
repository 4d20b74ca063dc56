"""Pages in web archives (WARC): the answers of servers that were HTML.

Requests, pictures, errors and notes of the crawler are no articles and are passed over
without a word. A record's date says when a page was fetched, not when it was published:
it stands for the latter only where the options say so.
"""

import dataclasses
from collections.abc import Iterator
from typing import Any, BinaryIO

from onrecord.inputs.budgets import ArchiveError
from onrecord.inputs.contents import documents_in
from onrecord.inputs.dates import iso_date
from onrecord.inputs.fetching import charset_in
from onrecord.inputs.options import ReadOptions
from onrecord.records import Document, Rejection, RejectionReason, make_document

_HTML = ("text/html", "application/xhtml+xml")
_HOW = "install it with: pip install 'onrecord[archives]'"
_OK = "200"
_GZIP = b"\x1f\x8b"
_BEGINNINGS = (b"WARC/", b"filedesc:")
# What the library raises on records that are none.
_LIBRARY_FAULTS = (AttributeError, TypeError, ValueError, LookupError, EOFError, OSError)


def read_warc(
    stream: BinaryIO, source: str, options: ReadOptions
) -> Iterator[Document | Rejection]:
    """The articles of all pages, in the order of the archive; one record in memory at a time.

    Args:
        stream: The archive, unpacked.
        source: Its name, which stands before ``!`` in the names of its pages.
        options: Assumptions and limits.
    """
    try:
        import warcio  # noqa: F401 - whether it is there
    except ImportError:
        detail = f"web archives need the package of the extra archives; {_HOW}"
        yield Rejection(source=source, reason=RejectionReason.UNREADABLE, detail=detail)
        return
    n_pages = 0
    try:
        for record in _records(stream):
            if _is_page(record):
                yield from _from_record(record, source, options)
                n_pages += 1
    except ArchiveError as error:
        detail = f"{error.detail} (after {n_pages} pages)"
        yield Rejection(source=source, reason=error.reason, detail=detail)
        return
    if n_pages == 0:
        detail = "the archive holds no answers of servers that are HTML"
        yield Rejection(source=source, reason=RejectionReason.EMPTY, detail=detail)


def _records(stream: BinaryIO) -> Iterator[Any]:
    """The records, each to be read before the next is asked for.

    Raises:
        ArchiveError: The next is damaged, cut off, or none.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    whole = _Tail(stream)
    archive = ArchiveIterator(whole)
    archive.INC_RECORD = ""  # what it would print on standard error
    while True:
        try:
            record = next(archive)
        except StopIteration:
            if whole.is_cut_off:
                raise ArchiveError(RejectionReason.UNREADABLE, whole.fault) from None
            return
        except (ArchiveLoadFailed, *_LIBRARY_FAULTS) as error:
            raise ArchiveError(RejectionReason.UNREADABLE, whole.fault) from error
        if archive.err_count:
            detail = "it is damaged: a record does not end where it says"
            raise ArchiveError(RejectionReason.UNREADABLE, detail)
        yield record


class _Tail:
    """A stream that remembers how it began and ended: each record does with an empty line."""

    def __init__(self, stream: BinaryIO) -> None:
        self._read1 = getattr(stream, "read1", stream.read)
        self._first = self._last = b""

    @property
    def fault(self) -> str:
        """What is wrong with it, when something is."""
        if not self._first.startswith(_BEGINNINGS):
            return "this is no web archive"
        return "it is damaged or cut off"

    @property
    def is_cut_off(self) -> bool:
        return bool(self._last) and not self._last.replace(b"\r", b"").endswith(b"\n\n")

    def read(self, size: int = -1) -> bytes:
        chunk = bytes(self._read1(size))
        self._first = self._first or chunk[:16]
        if self._first.startswith(_GZIP):  # which the library would unpack without a limit
            detail = "it is packed twice; unpack it and give the file"
            raise ArchiveError(RejectionReason.TOO_LARGE, detail)
        self._last = (self._last + chunk)[-4:]
        return chunk


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    media_type = (record.http_headers.get_header("Content-Type") or "").partition(";")[0]
    is_html = media_type.strip().lower() in _HTML
    return is_html and record.http_headers.get_statuscode() == _OK


def _from_record(record: Any, source: str, options: ReadOptions) -> Iterator[Document | Rejection]:
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    name = f"{source}!{url}"
    content = _content(record, options.max_page_bytes + 1)
    if len(content) > options.max_page_bytes:
        detail = f"the page is larger than {options.max_page_bytes:,} bytes"
        yield Rejection(source=name, reason=RejectionReason.TOO_LARGE, detail=detail)
        return
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise ArchiveError(RejectionReason.UNREADABLE, "it is cut off in a page")
    declared = charset_in(record.http_headers.get_header("Content-Type") or "")
    for found in documents_in(content, name, ".html", options, url=url or None, declared=declared):
        if isinstance(found, Document) and found.published is None and options.use_capture_date:
            yield _dated(found, record.rec_headers.get_header("WARC-Date") or "")
        else:
            yield found


def _content(record: Any, limit: int) -> bytes:
    """What the server sent, unpacked, up to a limit."""
    chunks: list[bytes] = []
    try:
        stream = record.content_stream()
        while limit > 0 and (chunk := stream.read(min(1 << 16, limit))):
            chunks.append(chunk)
            limit -= len(chunk)
    except _LIBRARY_FAULTS:
        return b""
    return b"".join(chunks)


def _dated(document: Document, fetched: str) -> Document:
    fields = {
        field.name: getattr(document, field.name)
        for field in dataclasses.fields(document)
        if field.name not in {"id", "sha256"}
    }
    return make_document(**fields | {"published": iso_date(fetched)})
