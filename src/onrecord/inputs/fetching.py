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

__all__ = ["MAX_REDIRECTS", "FetchError", "Page", "fetch"]

MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65_536
_SHOWN = 200
_GZIP = b"\x1f\x8b"
_TYPES = re.compile(
    r"(?:text/[\w.+-]+|application/(?:xhtml\+xml|xml|json|x-ndjson|ndjson|jsonl|jsonlines"
    r"|x-jsonlines|octet-stream))?"
)
_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave.

    Attributes:
        url: The address after all redirects.
        content: The bytes, unpacked.
        media_type: As the server names it, without parameters.
        charset: As the server names it.
    """

    url: str
    content: bytes
    media_type: str
    charset: str | None


def fetch(url: str, options: ReadOptions) -> Page:
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
        page_or_url = _fetch_once(url, options, deadline)
        if isinstance(page_or_url, Page):
            return page_or_url
        url = page_or_url
    raise FetchError(
        RejectionReason.TOO_MANY_REDIRECTS,
        f"more than {MAX_REDIRECTS} redirects, last to {url[:_SHOWN]}",
    )


def _fetch_once(url: str, options: ReadOptions, deadline: float) -> Page | str:
    """The page, or the address that it redirects to."""
    address = parse_address(url)
    headers = {
        "User-Agent": f"onrecord/{software_version()} (reads public news articles)",
        "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,application/json;q=0.8",
        "Accept-Encoding": "gzip, deflate",
    }
    try:
        numbers = look_up(address, left(deadline), allow_private=options.allow_private)
        with ask(address, numbers, headers, deadline) as response:
            location = response.headers.get("Location")
            if response.status in _REDIRECTS and location:
                return urljoin(url, _as_sent(location))
            return _page(urldefrag(url).url, response, options)
    except TimeoutError as error:
        raise FetchError(
            RejectionReason.TIMED_OUT, f"the server took longer than {options.timeout_s:g} s"
        ) from error
    except ssl.SSLCertVerificationError as error:
        raise FetchError(
            RejectionReason.UNREACHABLE,
            f"the server's certificate is not to be trusted: {error.verify_message}",
        ) from error
    except (http.client.HTTPException, OSError, ValueError) as error:
        raise FetchError(
            RejectionReason.UNREACHABLE, f"the server cannot be read: {_short(error)}"
        ) from error


def _as_sent(location: str) -> str:
    """An address in a header, which may be UTF-8 that was read as Latin-1."""
    try:
        return location.strip().encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location.strip()


def _page(url: str, response: http.client.HTTPResponse, options: ReadOptions) -> Page:
    if response.status in {404, 410}:
        raise FetchError(RejectionReason.NOT_FOUND, f"the server answers {response.status}")
    if response.status != 200:
        raise FetchError(RejectionReason.HTTP_ERROR, f"the server answers {response.status}")
    given = response.headers.get("Content-Type") or ""
    media_type = given.partition(";")[0].strip().lower()
    if not _TYPES.fullmatch(media_type):
        raise FetchError(
            RejectionReason.UNSUPPORTED_TYPE,
            f"the server sends {media_type[:_SHOWN]}, which is no text",
        )
    charset = _CHARSET.search(given)
    content = bytearray()
    for chunk in _unpacked(response):
        content += chunk
        if len(content) > options.max_page_bytes:
            raise FetchError(
                RejectionReason.TOO_LARGE,
                f"the page is larger than {options.max_page_bytes:,} bytes",
            )
    return Page(url, bytes(content), media_type, charset.group(1) if charset else None)


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
