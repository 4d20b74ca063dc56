import contextlib
import gzip
import itertools
import socket
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator

import pytest

from onrecord.inputs.addresses import Address
from onrecord.inputs.connections import ask
from onrecord.inputs.documents import read_inputs
from onrecord.inputs.fetching import FEED, MAX_REDIRECTS, FetchError, Request, fetch
from onrecord.inputs.options import ReadOptions
from onrecord.records import Document, Rejection, RejectionReason

pytestmark = pytest.mark.network

LINE = "The board denied on Monday that it had shut the gate of the north pier. "
PAGE = f"<html lang=en><body><article><h1>Gate shut</h1><p>{LINE * 3}</p></article></body></html>"
Answer = Callable[[socket.socket, str], None]


class Server:
    """A server on the loopback address that answers each path as it is told, byte by byte."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.requests: list[str] = []
        self.is_open = True
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def close(self) -> None:
        self.is_open = False
        self._listener.close()

    def _serve(self) -> None:
        while self.is_open:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(sock,), daemon=True).start()

    def _answer(self, sock: socket.socket) -> None:
        with sock, contextlib.suppress(OSError):
            sock.settimeout(20)
            request = b""
            while b"\r\n\r\n" not in request and (chunk := sock.recv(65_536)):
                request += chunk
            self.requests.append(request.decode("latin-1"))
            path = self.requests[-1].partition(" ")[2].partition(" ")[0]
            if path in self.answers:
                self.answers[path](sock, path)
            sock.shutdown(socket.SHUT_WR)
            while sock.recv(65_536):
                pass


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


def answer(
    body: bytes = PAGE.encode(), *headers: str, status: str = "200 OK", kind: str = "text/html"
) -> Answer:
    """All at once; Content-Length is right unless the headers say something of it."""
    lines = [f"HTTP/1.1 {status}", *([f"Content-Type: {kind}"] if kind else []), *headers]
    if not any(h.lower().startswith(("content-length", "transfer-encoding")) for h in headers):
        lines.append(f"Content-Length: {len(body)}")
    head = "\r\n".join([*lines, "", ""]).encode("latin-1")
    return lambda sock, _path: sock.sendall(head + body)


def dripping(pieces: Iterator[bytes], pause_s: float) -> Answer:
    def drip(sock: socket.socket, _path: str) -> None:
        for piece in pieces:
            sock.sendall(piece)
            time.sleep(pause_s)

    return drip


def options(**more) -> ReadOptions:
    return ReadOptions(**{"allow_private": True, "timeout_s": 5.0} | more)


def reason_of(url: str, **more) -> RejectionReason:
    with pytest.raises(FetchError) as caught:
        fetch(url, options(**more))
    assert caught.value.detail
    assert len(caught.value.detail) < 500
    return caught.value.reason


def read(url: str, **more) -> Document | Rejection:
    (found,) = read_inputs([url], options=options(**more))
    return found


def test_a_page(server: Server) -> None:
    server.answers["/a?b=c"] = answer(kind="text/html; charset=utf-8")
    page = fetch(server.url("/a?b=c#d"), options())
    assert page.content == PAGE.encode()
    assert page.url == server.url("/a?b=c")
    assert (page.media_type, page.charset) == ("text/html", "utf-8")


def test_the_request(server: Server) -> None:
    server.answers["/%C3%A9"] = answer()
    fetch(server.url("/é"), options())
    request = server.requests[0]
    assert request.startswith("GET /%C3%A9 HTTP/1.1\r\n")
    assert f"\r\nHost: 127.0.0.1:{server.port}\r\n" in request
    assert "\r\nUser-Agent: onrecord/" in request
    assert request.count("\r\nHost:") == request.count("\r\nAccept-Encoding:") == 1
    assert "Cookie" not in request
    assert "Authorization" not in request


def test_a_page_as_a_document(server: Server) -> None:
    server.answers["/a"] = answer()
    found = read(server.url("/a"))
    assert isinstance(found, Document)
    assert (found.title, found.url) == ("Gate shut", server.url("/a"))


def test_a_text_as_a_document(server: Server) -> None:
    server.answers["/a.txt"] = answer(LINE.encode(), kind="text/plain")
    found = read(server.url("/a.txt"))
    assert isinstance(found, Document)
    assert (found.text, found.url) == (LINE, server.url("/a.txt"))


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'[{"text": "One."}, {"text": "Two."}]'),
        ("application/x-ndjson", b'{"text": "One."}\n{"text": "Two."}\n'),
    ],
)
def test_json_from_an_address(server: Server, kind: str, body: bytes) -> None:
    server.answers["/a"] = answer(body, kind=kind)
    found = list(read_inputs([server.url("/a")], options=options()))
    assert [one.text for one in found if isinstance(one, Document)] == ["One.", "Two."]


def test_the_encoding_that_the_server_names(server: Server) -> None:
    text = "Портовый совет отрицает, что закрыл северный причал. " * 4
    server.answers["/a"] = answer(text.encode("koi8-r"), kind='text/plain; Charset="KOI8-R"')
    found = read(server.url("/a"))
    assert isinstance(found, Document)
    assert found.text == text


@pytest.mark.parametrize("charset", ["utf-8", "no-such", "utf-16", "unicode_escape", ""])
def test_a_server_that_names_a_wrong_encoding(server: Server, charset: str) -> None:
    text = "“Shut the gate,” said the café’s owner.\n" * 4
    server.answers["/a"] = answer(text.encode("cp1252"), kind=f"text/plain; charset={charset}")
    found = read(server.url("/a"))
    assert isinstance(found, Document)
    assert found.text == text


def raw_deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


@pytest.mark.parametrize(
    ("packing", "body"),
    [
        ("gzip", gzip.compress(PAGE.encode())),
        ("GZIP", gzip.compress(PAGE.encode())),
        ("x-gzip", gzip.compress(PAGE.encode())),
        ("deflate", zlib.compress(PAGE.encode())),
        ("deflate", raw_deflate(PAGE.encode())),
        ("identity", PAGE.encode()),
        ("gzip", gzip.compress(PAGE[:50].encode()) + gzip.compress(PAGE[50:].encode())),
        ("gzip", gzip.compress(PAGE.encode()) + b"\0" * 700),
    ],
)
@pytest.mark.parametrize("step", [1, 7, 100_000])
def test_packed_pages(server: Server, packing: str, body: bytes, step: int) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {packing}\r\n\r\n"
    pieces = [head.encode(), *(body[n : n + step] for n in range(0, len(body), step))]
    server.answers["/a"] = dripping(iter(pieces), 0)
    assert fetch(server.url("/a"), options()).content == PAGE.encode()


@pytest.mark.parametrize("step", [3, 100_000])
def test_chunks(server: Server, step: int) -> None:
    body = b"".join(
        f"{len(piece):x};x=y\r\n".encode() + piece + b"\r\n"
        for piece in (PAGE.encode()[n : n + step] for n in range(0, len(PAGE), step))
    )
    server.answers["/a"] = answer(body + b"0\r\nX: y\r\n\r\n", "Transfer-Encoding: chunked")
    assert fetch(server.url("/a"), options()).content == PAGE.encode()


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (["Content-Length: 5000"], PAGE.encode()),
        (["Content-Length: 5000", "Content-Encoding: gzip"], gzip.compress(PAGE.encode())),
        (["Content-Encoding: gzip"], gzip.compress(PAGE.encode())[:-10]),
        (["Content-Encoding: deflate"], zlib.compress(PAGE.encode())[:-2]),
        (["Content-Encoding: gzip"], b"\x1f"),
        (["Content-Encoding: gzip"], PAGE.encode()),
        (["Content-Encoding: deflate"], PAGE.encode()),
        (["Transfer-Encoding: chunked"], b"ff\r\nabc"),
        (["Transfer-Encoding: chunked"], b"3\r\nabc\r\n"),
        (["Transfer-Encoding: chunked"], b"zz\r\nabc\r\n"),
        (["Transfer-Encoding: chunked"], b"3\r\nabcdef"),
    ],
)
def test_a_part_is_not_taken_for_the_whole(server: Server, headers, body: bytes) -> None:
    server.answers["/a"] = answer(body, *headers)
    assert reason_of(server.url("/a")) is RejectionReason.UNREACHABLE


def test_no_more_is_read_than_the_server_promised(server: Server) -> None:
    server.answers["/a"] = answer(PAGE.encode() + b"x" * 500, f"Content-Length: {len(PAGE)}")
    assert fetch(server.url("/a"), options()).content == PAGE.encode()


@pytest.mark.parametrize("packing", ["br", "zstd", "gzip, gzip", "x" * 5000])
def test_packings_that_were_not_asked_for(server: Server, packing: str) -> None:
    server.answers["/a"] = answer(b"abc", f"Content-Encoding: {packing}")
    assert reason_of(server.url("/a")) is RejectionReason.UNSUPPORTED_TYPE


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_a_bomb_stays_small(server: Server, packing: str) -> None:
    zeros = bytes(1_000_000)
    packer = zlib.compressobj(9, wbits=31 if packing == "gzip" else 15)
    bomb = b"".join(packer.compress(zeros) for _ in range(300)) + packer.flush()
    server.answers["/a"] = answer(bomb, f"Content-Encoding: {packing}")
    tracemalloc.start()
    reason = reason_of(server.url("/a"), max_page_bytes=2_000_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reason is RejectionReason.TOO_LARGE
    assert peak < 8_000_000


def test_bytes_after_the_end_of_a_packed_page_are_not_gathered(server: Server) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    server.answers["/a"] = dripping(
        itertools.chain([head + gzip.compress(PAGE.encode())], itertools.repeat(b"x" * 65_536)), 0
    )
    assert fetch(server.url("/a"), options()).content == PAGE.encode()


def test_an_endless_page(server: Server) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    server.answers["/a"] = dripping(itertools.chain([head], itertools.repeat(b"x" * 65_536)), 0)
    assert reason_of(server.url("/a"), max_page_bytes=1_000_000) is RejectionReason.TOO_LARGE


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    ("before", "piece"),
    [
        (b"", b""),
        (b"", b"H"),
        (HEAD, b"X: y\r\n"),
        (HEAD + b"X: ", b"y"),
        (HEAD + b"\r\n", b""),
        (HEAD + b"\r\n", b"x"),
        (HEAD + b"Content-Length: 500\r\n\r\n", b"x"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
)
def test_a_slow_server_is_left_at_the_deadline(server: Server, before: bytes, piece: bytes) -> None:
    pieces = itertools.chain([before], itertools.repeat(piece, 60))
    server.answers["/a"] = dripping(pieces, 0.05)
    started = time.monotonic()
    assert reason_of(server.url("/a"), timeout_s=0.4) is RejectionReason.TIMED_OUT
    assert time.monotonic() - started < 2


def test_a_slow_packed_page_is_left_at_the_deadline(server: Server) -> None:
    head = HEAD + b"Content-Encoding: gzip\r\n\r\n"
    packed = (bytes([byte]) for byte in gzip.compress(PAGE.encode()))
    server.answers["/a"] = dripping(itertools.chain([head], packed), 0.05)
    assert reason_of(server.url("/a"), timeout_s=0.4) is RejectionReason.TIMED_OUT


def test_the_deadline_is_one_for_all_redirects(server: Server) -> None:
    for n in range(4):
        moved = answer(b"", f"Location: /{n + 1}", status="302 Found")

        def slowly(sock: socket.socket, path: str, moved: Answer = moved) -> None:
            time.sleep(0.3)
            moved(sock, path)

        server.answers[f"/{n}"] = slowly
    started = time.monotonic()
    assert reason_of(server.url("/0"), timeout_s=0.7) is RejectionReason.TIMED_OUT
    assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"]
)
def test_redirects_are_followed(server: Server, status: str) -> None:
    server.answers["/a/b"] = answer(b"", "Location: ../c?d#e", status=status)
    server.answers["/c?d"] = answer()
    assert fetch(server.url("/a/b"), options()).url == server.url("/c?d")


def test_a_redirect_in_utf8(server: Server) -> None:
    moved = "HTTP/1.1 302 Found\r\nLocation: /é\r\nContent-Length: 0\r\n\r\n".encode()
    server.answers["/a"] = lambda sock, _path: sock.sendall(moved)
    server.answers["/%C3%A9"] = answer()
    assert fetch(server.url("/a"), options()).content == PAGE.encode()


def test_redirects_in_a_circle(server: Server) -> None:
    server.answers["/a"] = answer(b"", "Location: /b", status="302 Found")
    server.answers["/b"] = answer(b"", "Location: /a", status="302 Found")
    server.answers["/c"] = answer(b"", "Location: /c", status="302 Found")
    assert reason_of(server.url("/a")) is RejectionReason.TOO_MANY_REDIRECTS
    assert reason_of(server.url("/c")) is RejectionReason.TOO_MANY_REDIRECTS


def test_redirects_without_end(server: Server) -> None:
    for n in range(MAX_REDIRECTS + 2):
        server.answers[f"/{n}"] = answer(b"", f"Location: /{n + 1}", status="302 Found")
    assert reason_of(server.url("/0")) is RejectionReason.TOO_MANY_REDIRECTS
    assert len(server.requests) == MAX_REDIRECTS + 1
    server.answers["/4"] = answer()
    assert fetch(server.url("/0"), options()).url == server.url("/4")


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", RejectionReason.UNREACHABLE),
        ("ftp://courier.example/a", RejectionReason.UNREACHABLE),
        ("javascript:go()", RejectionReason.UNREACHABLE),
        ("http://[", RejectionReason.UNREACHABLE),
        ("http://127.0.0.1:22/", RejectionReason.BLOCKED_ADDRESS),
        ("http://mara:secret@127.0.0.1/", RejectionReason.BLOCKED_ADDRESS),
        ("http://gate.invalid/", RejectionReason.UNREACHABLE),
    ],
)
def test_redirects_to_where_no_page_is(server: Server, location: str, reason) -> None:
    server.answers["/a"] = answer(b"", f"Location: {location}", status="302 Found")
    assert reason_of(server.url("/a")) is reason


@pytest.mark.parametrize(
    "location", ["http://127.0.0.1:8000/", "http://169.254.169.254/", "//[::1]/"]
)
def test_a_public_page_cannot_lead_inside(server: Server, monkeypatch, location: str) -> None:
    """The server's own address counts as public here, and no other one does."""
    from onrecord.inputs import addresses

    true_answer = addresses.is_public
    allowed = iter([True])
    monkeypatch.setattr(
        addresses, "is_public", lambda number: next(allowed, None) or true_answer(number)
    )
    server.answers["/a"] = answer(b"", f"Location: {location}", status="302 Found")
    assert reason_of(server.url("/a"), allow_private=False) is RejectionReason.BLOCKED_ADDRESS
    assert len(server.requests) == 1


def test_this_machine_is_not_asked_unless_that_is_allowed(server: Server) -> None:
    for host in ("127.0.0.1", "2130706433", "[::ffff:127.0.0.1]", "localhost"):
        (found,) = read_inputs([f"http://{host}:{server.port}/a"])
        assert isinstance(found, Rejection)
        assert found.reason is RejectionReason.BLOCKED_ADDRESS
    assert server.requests == []


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("404 Not Found", RejectionReason.NOT_FOUND),
        ("410 Gone", RejectionReason.NOT_FOUND),
        ("401 Unauthorized", RejectionReason.HTTP_ERROR),
        ("403 Forbidden", RejectionReason.HTTP_ERROR),
        ("429 Too Many Requests", RejectionReason.HTTP_ERROR),
        ("500 Internal Server Error", RejectionReason.HTTP_ERROR),
        ("503 Service Unavailable", RejectionReason.HTTP_ERROR),
        ("204 No Content", RejectionReason.HTTP_ERROR),
        ("302 Found", RejectionReason.HTTP_ERROR),
        ("304 Not Modified", RejectionReason.HTTP_ERROR),
        ("999 What", RejectionReason.HTTP_ERROR),
    ],
)
def test_other_answers_than_a_page(server: Server, status: str, reason) -> None:
    server.answers["/a"] = answer(status=status)
    assert reason_of(server.url("/a")) is reason


@pytest.mark.parametrize(
    "kind", ["image/png", "application/pdf", "application/zip", "video/mp4", "font/woff2", "x",
    "text/",
             "application/rss+xml", "application/jsonx"]
)  # fmt: skip
def test_other_types_than_text(server: Server, kind: str) -> None:
    server.answers["/a"] = answer(kind=kind)
    assert reason_of(server.url("/a")) is RejectionReason.UNSUPPORTED_TYPE


@pytest.mark.parametrize("kind", ["", "text/html", "TEXT/HTML; x=y", "text/plain",
"application/xhtml+xml",
                                  "application/octet-stream"])  # fmt: skip
def test_types_that_may_be_text(server: Server, kind: str) -> None:
    server.answers["/a"] = answer(kind=kind)
    found = read(server.url("/a"))
    assert isinstance(found, Document)
    assert found.title == "Gate shut"


def test_a_picture_that_is_said_to_be_a_page(server: Server) -> None:
    server.answers["/a"] = answer(b"\x89PNG\r\n\x1a\n" + bytes(99))
    found = read(server.url("/a"))
    assert isinstance(found, Rejection)
    assert found.reason is RejectionReason.BINARY


def test_an_empty_page(server: Server) -> None:
    server.answers["/a"] = answer(b"")
    found = read(server.url("/a"))
    assert isinstance(found, Rejection)
    assert found.reason is RejectionReason.EMPTY


@pytest.mark.parametrize(
    "sent",
    [
        b"", b"\r\n", b"nonsense\r\n\r\n", b"HTTP/1.1\r\n\r\n", b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/9 200\r\n\r\n",
        b"\x16\x03\x01\x02\x00", b"SSH-2.0-x\r\n", b"H" * 100_000, HEAD + b"X: " + b"y" * 100_000,
        HEAD + b"X: y\r\n" * 200 + b"\r\n",
    ],
)  # fmt: skip
def test_servers_that_do_not_speak_http(server: Server, sent: bytes) -> None:
    server.answers["/a"] = lambda sock, _path: sock.sendall(sent)
    assert reason_of(server.url("/a")) in {
        RejectionReason.UNREACHABLE,
        RejectionReason.UNSUPPORTED_TYPE,
    }


@pytest.mark.parametrize("sent", [HEAD[:30], HEAD, HEAD + b"\r\n"])
def test_a_head_without_a_page(server: Server, sent: bytes) -> None:
    server.answers["/a"] = lambda sock, _path: sock.sendall(sent)
    assert isinstance(read(server.url("/a")), Rejection)


def test_a_server_that_hangs_up(server: Server) -> None:
    def hang_up(sock: socket.socket, _path: str) -> None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        sock.close()

    server.answers["/a"] = hang_up
    assert reason_of(server.url("/a")) is RejectionReason.UNREACHABLE


def test_a_server_without_encryption_behind_https(server: Server) -> None:
    url = server.url("/a").replace("http:", "https:")
    assert reason_of(url, timeout_s=0.5) in {RejectionReason.UNREACHABLE, RejectionReason.TIMED_OUT}


def test_a_handshake_that_never_ends() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        started = time.monotonic()
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
        assert reason_of(url, timeout_s=0.5) is RejectionReason.TIMED_OUT
        assert time.monotonic() - started < 2


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert reason_of(f"http://127.0.0.1:{port}/") is RejectionReason.UNREACHABLE


def test_the_next_address_of_a_host_is_tried(server: Server) -> None:
    with socket.create_server(("127.0.0.2", 0)) as listener:
        nobody = "127.0.0.2" if listener.getsockname()[1] != server.port else "127.0.0.3"
    server.answers["/a"] = answer()
    address = Address(is_secure=False, host="courier.example", port=server.port, target="/a")
    with ask(address, [nobody, "127.0.0.1"], {}, time.monotonic() + 5) as response:
        assert response.read() == PAGE.encode()
    assert f"Host: courier.example:{server.port}\r\n" in server.requests[0]


def test_one_address_that_fails_does_not_stop_the_others(server: Server) -> None:
    server.answers["/a"] = answer()
    server.answers["/b"] = answer(status="404 Not Found")
    found = list(
        read_inputs([server.url("/b"), server.url("/a"), "http://gate.invalid/"], options=options())
    )
    assert [isinstance(one, Document) for one in found] == [False, True, False]


def test_connections_are_closed(server: Server) -> None:
    """An unclosed socket warns, and warnings are errors."""
    server.answers["/a"] = answer()
    server.answers["/b"] = answer(status="404 Not Found")
    for _ in range(20):
        fetch(server.url("/a"), options())
        reason_of(server.url("/b"))


def test_marks_of_a_page_are_sent_back(server: Server) -> None:
    marks = ('ETag: "a"', "Last-Modified: Mon, 02 Mar 2026 08:00:00 GMT")
    server.answers["/a"] = answer(PAGE.encode(), *marks, kind="application/rss+xml")
    first = fetch(server.url("/a"), options(), FEED)
    assert (first.etag, first.last_modified) == ('"a"', "Mon, 02 Mar 2026 08:00:00 GMT")
    assert not first.is_unchanged
    server.answers["/a"] = answer(b"", status="304 Not Modified", kind="")
    known = Request(
        accept=FEED.accept, types=FEED.types, etag=first.etag, last_modified=first.last_modified
    )
    second = fetch(server.url("/a"), options(), known)
    assert second.is_unchanged
    assert (second.etag, second.content) == ('"a"', b"")
    assert 'If-None-Match: "a"\r\n' in server.requests[-1]
    assert "If-Modified-Since: Mon, 02 Mar 2026 08:00:00 GMT\r\n" in server.requests[-1]


@pytest.mark.parametrize("mark", ["é", "a" * 300, ""])
def test_marks_that_could_not_be_sent_back_are_let_go(server: Server, mark: str) -> None:
    server.answers["/a"] = answer(PAGE.encode(), f"ETag: {mark}")
    assert fetch(server.url("/a"), options()).etag is None


@pytest.mark.parametrize(
    ("status", "may_pass"),
    [("503 x", True), ("429 x", True), ("500 x", True), ("404 x", False), ("403 x", False)],
)
def test_whether_an_error_may_pass(server: Server, status: str, may_pass: bool) -> None:
    server.answers["/a"] = answer(b"", "Retry-After: 120", status=status)
    with pytest.raises(FetchError) as caught:
        fetch(server.url("/a"), options())
    assert caught.value.may_pass is may_pass
    assert caught.value.retry_after == "120"
    assert caught.value.status == int(status[:3])


def test_a_table_at_an_address(server: Server) -> None:
    server.answers["/a"] = answer(b"text,title\nThe gate is shut.,Gate\n", kind="text/csv")
    found = read(server.url("/a"))
    assert isinstance(found, Document)
    assert (found.text, found.title) == ("The gate is shut.", "Gate")


def test_a_feed_at_an_address(server: Server) -> None:
    body = "<rss version='2.0'><channel><item><title>Gate</title></item></channel></rss>"
    server.answers["/a"] = answer(body.encode(), kind="application/rss+xml")
    found = read(server.url("/a"))
    assert isinstance(found, Rejection)
    assert found.reason is RejectionReason.NOT_AN_ARTICLE
