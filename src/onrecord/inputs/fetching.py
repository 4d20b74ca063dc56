"""Fetching one page: bounded in time, size and redirects, and never from inside the network."""

import http.client
import re
import ssl
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

from onrecord.inputs.addresses import FetchError, look_up, parse_address
from onrecord.inputs.connections import ask, left
from onrecord.inputs.options import ReadOptions
from onrecord.records import RejectionReason
from onrecord.versions import software_version

__all__ = ["ANY", "FEED", "MAX_REDIRECTS", "PAGE", "FetchError", "Page", "Request", "fetch"]

MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65_536
_SHOWN = 200
_GZIP = b"\x1f\x8b"
# Answers that may be better later.
_MAY_PASS = frozenset({408, 425, 429, *range(500, 600)})
_NOT_MODIFIED = 304
_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave.

    Attributes:
        url: The address after all redirects.
        content: The bytes, unpacked.
        media_type: As the server names it, without parameters.
        charset: As the server names it.
        etag: The server's mark of this state of the page.
        last_modified: When it was changed, as the server writes it.
        is_unchanged: Whether it is what the request said to know; then nothing was sent.
    """

    url: str
    content: bytes
    media_type: str
    charset: str | None
    etag: str | None = None
    last_modified: str | None = None
    is_unchanged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked of a server.

    Attributes:
        accept: The header of that name.
        types: Media types that are read.
        etag: Mark of what is known already; if it is that still, nothing is sent.
        last_modified: Date of what is known already, as the server gave it.
    """

    accept: str
    types: re.Pattern[str]
    etag: str | None = None
    last_modified: str | None = None


PAGE = Request(
    accept="text/html,application/xhtml+xml,text/plain;q=0.9,application/json;q=0.8",
    types=re.compile(
        r"(?:text/[\w.+-]+|application/(?:xhtml\+xml|xml|json|x-ndjson|ndjson|jsonl|jsonlines"
        r"|x-jsonlines|octet-stream))?"
    ),
)
FEED = Request(
    accept="application/atom+xml,application/rss+xml,application/xml;q=0.9,text/xml;q=0.9,"
    "text/html;q=0.8,*/*;q=0.5",
    types=re.compile(PAGE.types.pattern + r"|application/(?:rss|atom|rdf|feed)\+xml"),
)
ANY = Request(
    accept=f"{PAGE.accept},application/atom+xml;q=0.5,application/rss+xml;q=0.5", types=FEED.types
)


def fetch(url: str, options: ReadOptions, request: Request = PAGE) -> Page:
    """The page at an http or https address. Proxies are not used.

    The host's address is looked up once and that very address is connected to, so that
    a name cannot mean one machine when it is checked and another when it is used.

    Raises:
        FetchError: With the reason.
    """
    deadline = time.monotonic() + options.timeout_s
    seen: set[str] = set()
    for _ in range(MAX_REDIRECTS + 1):
        if url in seen:
            raise FetchError(
                RejectionReason.TOO_MANY_REDIRECTS, f"redirects lead back to {url[:_SHOWN]}"
            )
        seen.add(url)
        page_or_url = _fetch_once(url, options, deadline, request)
        if isinstance(page_or_url, Page):
            return page_or_url
        url = page_or_url
    raise FetchError(
        RejectionReason.TOO_MANY_REDIRECTS,
        f"more than {MAX_REDIRECTS} redirects, last to {url[:_SHOWN]}",
    )


def _fetch_once(url: str, options: ReadOptions, deadline: float, request: Request) -> Page | str:
    """The page, or the address that it redirects to."""
    address = parse_address(url)
    try:
        numbers = look_up(address, left(deadline), allow_private=options.allow_private)
        with ask(address, numbers, _headers(request), deadline) as response:
            location = response.headers.get("Location")
            if response.status in _REDIRECTS and location:
                return urljoin(url, _as_sent(location))
            return _page(urldefrag(url).url, response, options, request)
    except TimeoutError as error:
        raise FetchError(
            RejectionReason.TIMED_OUT,
            f"the server took longer than {options.timeout_s:g} s",
            may_pass=True,
        ) from error
    except ssl.SSLCertVerificationError as error:
        raise FetchError(
            RejectionReason.UNREACHABLE,
            f"the server's certificate is not to be trusted: {error.verify_message}",
        ) from error
    except (http.client.HTTPException, OSError, ValueError) as error:
        raise FetchError(
            RejectionReason.UNREACHABLE,
            f"the server cannot be read: {_short(error)}",
            may_pass=True,
        ) from error


def _headers(request: Request) -> dict[str, str]:
    headers = {
        "User-Agent": f"onrecord/{software_version()} (reads public news articles)",
        "Accept": request.accept,
        "Accept-Encoding": "gzip, deflate",
    }
    if request.etag:
        headers["If-None-Match"] = request.etag
    if request.last_modified:
        headers["If-Modified-Since"] = request.last_modified
    return headers


def _as_sent(location: str) -> str:
    """An address in a header, which may be UTF-8 that was read as Latin-1."""
    try:
        return location.strip().encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location.strip()


def _page(
    url: str, response: http.client.HTTPResponse, options: ReadOptions, request: Request
) -> Page:
    is_known = bool(request.etag or request.last_modified)
    if response.status == _NOT_MODIFIED and is_known:
        marks = (request.etag, request.last_modified)
        return Page(url, b"", "", None, *marks, is_unchanged=True)
    if response.status != 200:
        raise _refused(response)
    given = response.headers.get("Content-Type") or ""
    media_type = given.partition(";")[0].strip().lower()
    if not request.types.fullmatch(media_type):
        raise FetchError(
            RejectionReason.UNSUPPORTED_TYPE,
            f"the server sends {media_type[:_SHOWN]}, which is no text",
        )
    content = bytearray()
    for chunk in _unpacked(response):
        content += chunk
        if len(content) > options.max_page_bytes:
            raise FetchError(
                RejectionReason.TOO_LARGE,
                f"the page is larger than {options.max_page_bytes:,} bytes",
            )
    marks = (_mark(response, "ETag"), _mark(response, "Last-Modified"))
    return Page(url, bytes(content), media_type, charset_in(given), *marks)


def _refused(response: http.client.HTTPResponse) -> FetchError:
    is_gone = response.status in {404, 410}
    return FetchError(
        RejectionReason.NOT_FOUND if is_gone else RejectionReason.HTTP_ERROR,
        f"the server answers {response.status}",
        may_pass=response.status in _MAY_PASS,
        retry_after=_mark(response, "Retry-After"),
        status=response.status,
    )


def _mark(response: http.client.HTTPResponse, name: str) -> str | None:
    """A header that may be sent back one day: printable ASCII, and not long."""
    given = (response.headers.get(name) or "").strip()
    is_plain = given.isascii() and given.isprintable() and len(given) <= _SHOWN
    return given if given and is_plain else None


def charset_in(content_type: str) -> str | None:
    """The encoding that a header of that name declares."""
    match = _CHARSET.search(content_type)
    return match.group(1) if match else None


def _unpacked(response: http.client.HTTPResponse) -> Iterator[bytes]:
    """The body as it comes, at most some kilobytes at a time, so that a bomb stays small.

    Raises:
        FetchError: It is packed in an unknown way.
        ValueError: It cannot be unpacked, or ends too early.
    """
    packing = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if packing == "identity":
        yield from _sent(response)
        return
    if packing not in {"gzip", "x-gzip", "deflate"}:
        raise FetchError(
            RejectionReason.UNSUPPORTED_TYPE,
            f"the server packs the page as {packing[:_SHOWN]}, which was not asked for",
        )
    unpacker: zlib._Decompress | None = None
    waiting = b""
    for chunk in _sent(response):
        waiting += chunk
        while waiting:
            if unpacker is None or unpacker.eof:
                if len(waiting) < len(_GZIP):
                    break
                if unpacker is not None and not waiting.startswith(_GZIP):
                    return  # what stands after the end is no part of the page
                unpacker = zlib.decompressobj(_window(waiting))
            yield from _pieces(unpacker, waiting)
            waiting = unpacker.unused_data
    if unpacker is None or not unpacker.eof:
        raise ValueError("the page ends too early")


def _pieces(unpacker: "zlib._Decompress", waiting: bytes) -> Iterator[bytes]:
    try:
        piece = unpacker.decompress(waiting, _CHUNK)
        while piece:
            yield piece
            piece = unpacker.decompress(unpacker.unconsumed_tail, _CHUNK)
    except zlib.error as error:
        raise ValueError(f"it cannot be unpacked: {error}") from error


def _window(first: bytes) -> int:
    """What zlib calls the kind of packing: gzip, its own, or without a head."""
    if first.startswith(_GZIP):
        return 16 + zlib.MAX_WBITS
    has_head = first[0] & 0x0F == 8 and (first[0] * 256 + first[1]) % 31 == 0
    return zlib.MAX_WBITS if has_head else -zlib.MAX_WBITS


def _sent(response: http.client.HTTPResponse) -> Iterator[bytes]:
    while chunk := response.read1(_CHUNK):
        yield chunk
    # The length is counted down while reading.
    if response.length:
        raise ValueError("the page ends too early")


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:_SHOWN] or type(error).__name__
