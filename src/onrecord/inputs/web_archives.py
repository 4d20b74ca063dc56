"""Pages in web archives (WARC): the answers of servers that were HTML.

Requests, pictures, errors and notes of the crawler are no articles and are passed over
without a word. A record's date says when a page was fetched, not when it was published:
it stands for the latter only where the options say so.
"""

import dataclasses
import gzip
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO, Literal

from onrecord.inputs.budgets import ArchiveError, Budget, unpacked
from onrecord.inputs.contents import documents_in
from onrecord.inputs.dates import iso_date
from onrecord.inputs.fetching import charset_in
from onrecord.inputs.gzip_members import GZIP, begins_with
from onrecord.inputs.options import ReadOptions
from onrecord.inputs.warc_records import Damage, WarcRecord, packed_records, plain_records
from onrecord.records import Document, Rejection, RejectionReason, make_document

_HTML = ("text/html", "application/xhtml+xml")
_HOW = "install it with: pip install 'onrecord[archives]'"
_OK = 200
_HEAD = 1 << 12
# What stands before a page in its record.
_MAX_HTTP_HEAD = 1 << 16

# Asked before a page is read, with the place of its record; whether it is to be read.
MayRead = Callable[[int], bool]


def read_warc(
    stream: BinaryIO,
    source: str,
    options: ReadOptions,
    *,
    budget: Budget | None = None,
    may_read: MayRead | None = None,
) -> Iterator[Document | Rejection]:
    """The articles of all pages, in the order of the archive; one record in memory at a time.

    A record that is damaged is refused, and what follows is read.

    Args:
        stream: The archive, packed or not.
        source: Its name, which stands before ``!`` in the names of its pages.
        options: Assumptions and limits.
        budget: What it may unpack to, if it is packed.
        may_read: Asked before each page.
    """
    try:
        yield from _all_documents(stream, source, options, budget, may_read)
    except ArchiveError as error:
        yield Rejection(source=source, reason=error.reason, detail=error.detail)


def _all_documents(
    stream: BinaryIO,
    source: str,
    options: ReadOptions,
    budget: Budget | None,
    may_read: MayRead | None,
) -> Iterator[Document | Rejection]:
    limit = options.max_page_bytes + _MAX_HTTP_HEAD
    head = _peek(stream)
    if budget is not None and begins_with(head, GZIP):  # as servers do on the way
        stream = unpacked(gzip.GzipFile(fileobj=stream, mode="rb"), budget)
        head = _peek(stream)
    records: Iterable[WarcRecord | Damage]
    if budget is not None and head.startswith(GZIP):
        records = packed_records(stream, budget, limit=limit)
    else:
        records = plain_records(stream, limit=limit)
    n_found = 0
    for found in _documents(records, source, options, may_read):
        n_found += 1
        yield found
    if n_found == 0:
        detail = "the archive holds no answers of servers that are HTML"
        yield Rejection(source=source, reason=RejectionReason.EMPTY, detail=detail)


def read_warc_range(
    stream: BinaryIO,
    source: str,
    options: ReadOptions,
    *,
    start: int,
    end: int,
    may_read: MayRead | None = None,
) -> Iterator[Document | Rejection]:
    """The articles of the pages whose records begin within some bytes of a large archive.

    The pages of all ranges of an archive are those that `read_warc` gives.

    Args:
        stream: The archive; it can be sought in.
        source: Its name.
        options: Assumptions and limits.
        start: First byte of the range, of the packed file.
        end: The byte after the last.
        may_read: Asked before each page.
    """
    limit = options.max_page_bytes + _MAX_HTTP_HEAD
    stream.seek(0)
    head = stream.read(_HEAD)
    stream.seek(start)
    if begins_with(head, GZIP):  # packed as a whole, so that no part can be read
        if start == 0:
            budget = Budget(end, at_least=options.max_bytes)
            yield from read_warc(stream, source, options, budget=budget)
        return
    if head.startswith(GZIP):
        budget = Budget(end - start, at_least=options.max_bytes)
        records: Iterable[WarcRecord | Damage] = packed_records(
            stream, budget, limit=limit, start=start, end=end
        )
    else:
        records = plain_records(stream, limit=limit, start=start, end=end)
    yield from _documents(records, source, options, may_read)


def _peek(stream: BinaryIO) -> bytes:
    """How a stream goes on, if it can tell."""
    peek = getattr(stream, "peek", None)
    return bytes(peek(_HEAD)) if peek is not None else b""


def _documents(
    records: Iterable[WarcRecord | Damage],
    source: str,
    options: ReadOptions,
    may_read: MayRead | None,
) -> Iterator[Document | Rejection]:
    try:
        import fastwarc  # noqa: F401 - whether it is there
    except ImportError:
        detail = f"web archives need the package of the extra archives; {_HOW}"
        yield Rejection(source=source, reason=RejectionReason.UNREADABLE, detail=detail)
        return
    for record in records:
        if isinstance(record, Damage):
            detail = f"{record.detail} (at byte {record.at:,})"
            yield Rejection(source=source, reason=record.reason, detail=detail)
            continue
        answer = _answer(record)
        if _is_page(answer) and (may_read is None or may_read(record.at)):
            yield from _from_answer(answer, record, source, options)


def _answer(record: WarcRecord, decode: Literal["all", "none"] = "all") -> Any:
    """A record with its head and that of the server in parts; None if it has none."""
    from fastwarc.warc import ArchiveIterator

    content = io.BytesIO(record.head + record.body)
    try:
        return next(iter(ArchiveIterator(content, auto_decode=decode, quirks_mode=True)), None)
    except (OSError, ValueError):
        return None


def _is_page(answer: Any) -> bool:
    if answer is None or answer.http_headers is None:
        return False
    media_type = (answer.http_headers.get("Content-Type") or "").partition(";")[0]
    is_html = media_type.strip().lower() in _HTML
    return is_html and answer.http_headers.status_code == _OK


def _from_answer(
    answer: Any, record: WarcRecord, source: str, options: ReadOptions
) -> Iterator[Document | Rejection]:
    url = (answer.headers.get("WARC-Target-URI") or "").strip("<> ")
    name = f"{source}!{url}"
    content = _content(answer, record, options.max_page_bytes + 1)
    if len(content) > options.max_page_bytes:
        detail = f"the page is larger than {options.max_page_bytes:,} bytes"
        yield Rejection(source=name, reason=RejectionReason.TOO_LARGE, detail=detail)
        return
    declared = charset_in(answer.http_headers.get("Content-Type") or "")
    for found in documents_in(content, name, ".html", options, url=url or None, declared=declared):
        if isinstance(found, Document) and found.published is None and options.use_capture_date:
            yield _dated(found, answer.headers.get("WARC-Date") or "")
        else:
            yield found


def _content(answer: Any, record: WarcRecord, limit: int) -> bytes:
    """What the server sent, unpacked, up to a limit.

    Crawlers unpack pages and may leave the line that says how they were packed.
    """
    try:
        return bytes(answer.reader.read(limit))
    except OSError:
        plain = _answer(record, "none")
        content = bytes(plain.reader.read(limit)) if plain is not None else b""
        return content if content.lstrip().startswith(b"<") else b""


def _dated(document: Document, fetched: str) -> Document:
    fields = {
        field.name: getattr(document, field.name)
        for field in dataclasses.fields(document)
        if field.name not in {"id", "sha256"}
    }
    return make_document(**fields | {"published": iso_date(fetched)})
