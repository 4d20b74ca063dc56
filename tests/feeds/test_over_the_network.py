"""Feeds over real connections, to a server on this machine alone."""

from collections.abc import Iterator

import pytest

from onrecord.feeds.configs import FeedConfig
from onrecord.feeds.polling import Poller
from onrecord.feeds.settings import PollOptions
from onrecord.inputs.fetching import fetch
from onrecord.inputs.options import ReadOptions
from tests.feeds.worlds import FakeClock, MemoryStore, article, item, rss
from tests.inputs.test_fetching import Answer, Server, answer, dripping

pytestmark = pytest.mark.network


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    server.answers["/robots.txt"] = answer(b"", kind="text/plain")
    yield server
    server.close()


class Watch:
    """A poller that fetches from the server, with a clock that waits for nothing."""

    def __init__(self, server: Server, **options: object) -> None:
        self.store, self.clock = MemoryStore(), FakeClock()
        self.taken: list[object] = []
        self.config = FeedConfig(url=server.url("/feed.xml"), outlet="Courier")
        more = {"allow_private": True, "timeout_s": 3.0} | options
        read = ReadOptions(**more)  # type: ignore[arg-type]
        self.poller = Poller(
            self.store,
            self.take,
            fetch=lambda url, request: fetch(url, read, request),
            clock=self.clock,
            chance=lambda: 1.0,
            options=PollOptions(read=read),
        )

    def take(self, found: list[object], *, source: str | None) -> None:
        assert source == self.config.url
        self.taken.extend(found)

    def poll(self) -> None:
        self.poller.poll([self.config])
        self.clock.pass_by(days=2)

    @property
    def reason(self) -> object:
        return self.store.rows("SELECT reason FROM feeds")[0][0]


def feed(server: Server, *numbers: int) -> bytes:
    port = f"127.0.0.1:{server.port}"
    text = rss(*(item(number) for number in numbers))
    return text.replace("https://courier.example", f"http://{port}").encode()


def conditional(body: bytes) -> Answer:
    """All of it to who does not know it, else the answer 304 without a body."""
    full = answer(body, 'ETag: "one"', kind="application/rss+xml")
    known = answer(b"", 'ETag: "one"', status="304 Not Modified", kind="")

    def respond(sock, path) -> None:
        is_known = 'If-None-Match: "one"' in server_of[0].requests[-1]
        (known if is_known else full)(sock, path)

    return respond


server_of: list[Server] = []


def test_a_feed_and_its_pages(server: Server) -> None:
    server_of[:] = [server]
    server.answers["/feed.xml"] = conditional(feed(server, 1, 2))
    server.answers["/robots.txt"] = answer(b"User-agent: *\nDisallow: /2\n", kind="text/plain")
    server.answers["/1"] = answer(article("Gate 1 shut").encode())
    watch = Watch(server)
    watch.poll()
    watch.poll()
    assert [getattr(one, "title", None) for one in watch.taken] == ["Gate 1 shut", None]
    paths = [request.split(" ")[1] for request in server.requests]
    assert paths.count("/1") == 1
    assert "/2" not in paths
    outcomes = watch.store.rows("SELECT outcome FROM feed_fetches WHERE url LIKE '%feed.xml'")
    assert outcomes == [("read",), ("unchanged",)]


def test_an_answer_that_nobody_asked_a_condition_for(server: Server) -> None:
    server.answers["/feed.xml"] = answer(b"", status="304 Not Modified", kind="")
    watch = Watch(server)
    watch.poll()
    assert watch.reason == "http_error"


@pytest.mark.parametrize(
    ("how", "options", "reason"),
    [
        (answer(b"x" * 200_000, kind="text/xml"), {"max_page_bytes": 100_000}, "too_large"),
        (dripping(iter([b"HTTP/1.1 200 OK\r\n"] * 99), 0.2), {"timeout_s": 0.5}, "timed_out"),
        (answer(b"", "Location: /feed.xml", status="301 x"), {}, "too_many_redirects"),
        (answer(b"", "Location: file:///etc/hostname", status="301 x"), {}, "unreachable"),
        (answer(b"%PDF-1.4", kind="application/pdf"), {}, "unsupported_type"),
        (answer(b'<!DOCTYPE rss [<!ENTITY a "b">]><rss/>', kind="text/xml"), {}, "bad_feed"),
    ],
)
def test_feeds_that_are_refused(server: Server, how: Answer, options, reason: str) -> None:
    server.answers["/feed.xml"] = how
    watch = Watch(server, **options)
    watch.poll()
    assert watch.reason == reason


def test_a_private_address_is_refused_before_anything_is_sent(server: Server) -> None:
    watch = Watch(server, allow_private=False)
    watch.poll()
    assert watch.reason == "blocked_address"
    assert server.requests == []


def test_a_redirect_into_the_network_is_refused(server: Server) -> None:
    server.answers["/feed.xml"] = answer(feed(server, 1), kind="text/xml")
    server.answers["/1"] = answer(b"", "Location: http://127.0.0.1:25/", status="302 x")
    watch = Watch(server)
    watch.poll()
    assert [str(getattr(one, "reason", "")) for one in watch.taken] == ["blocked_address"]
