"""A small world for feeds: a clock that waits for nothing, a web in memory, a store of its own."""

import datetime
import itertools
import re
import sqlite3
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from onrecord.feeds.configs import FeedConfig
from onrecord.feeds.polling import Poller
from onrecord.feeds.settings import Event, PollOptions
from onrecord.feeds.tables import TABLES
from onrecord.inputs.addresses import FetchError
from onrecord.inputs.fetching import Page, Request
from onrecord.records import Document, Rejection, RejectionReason

START = datetime.datetime(2026, 3, 2, 8, 0, 0, tzinfo=datetime.UTC)
FEED = "https://courier.example/feed.xml"
LINES = [
    "The harbour board of Port Quill denied on Monday that it had shut the north gate.",
    "Mara Quill, who chairs the board, said that ferries had sailed as usual since dawn.",
    "The fishers' union accused the board of closing the pier without a word of warning.",
    "A clerk of the port confirmed that one barrier had been lowered for about an hour.",
]


class FakeClock:
    """Time that passes only when somebody waits."""

    def __init__(self, start: datetime.datetime = START) -> None:
        self.time = start
        self.slept: list[float] = []

    def now(self) -> datetime.datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.slept.append(seconds)
        self.time += datetime.timedelta(seconds=seconds)

    def pass_by(self, **more: float) -> None:
        self.time += datetime.timedelta(**more)


class MemoryStore:
    """The tables of feeds, and what was handed on."""

    def __init__(self) -> None:
        # It is closed where it is collected, which may be in another thread.
        self.connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        weakref.finalize(self, self.connection.close)
        self.connection.execute("PRAGMA foreign_keys = ON")
        self.connection.executescript(TABLES)

    @contextmanager
    def writing(self) -> Iterator[None]:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        return self.connection.execute(query, values).fetchall()


Answer = Page | FetchError | Callable[[str, Request], Page]


class Web:
    """Addresses and what they answer; others are not found. Each request is noted."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.answers: dict[str, Answer | list[Answer]] = {}
        self.requests: list[tuple[float, str, Request]] = []

    @property
    def asked(self) -> list[str]:
        """Addresses that were asked for, without those of rules."""
        return [url for _, url, _ in self.requests if not url.endswith("/robots.txt")]

    def fetch(self, url: str, request: Request) -> Page:
        self.requests.append((self.clock.now().timestamp(), url, request))
        answer = self.answers.get(url)
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if answer is None:
            raise FetchError(RejectionReason.NOT_FOUND, "the server answers 404", status=404)
        if isinstance(answer, FetchError):
            raise answer
        return answer if isinstance(answer, Page) else answer(url, request)

    def put_feed(self, *items: str, url: str = FEED, etag: str | None = None) -> None:
        self.answers[url] = page(url, rss(*items), "application/rss+xml", etag=etag)

    def put_article(self, url: str, title: str = "Gate shut") -> None:
        self.answers[url] = page(url, article(title))


def page(url: str, text: str, media_type: str = "text/html", *, etag: str | None = None) -> Page:
    return Page(url, text.encode(), media_type, "utf-8", etag=etag)


def article(title: str, more: str = "") -> str:
    words = "".join(f"<p>{line}</p>" for line in LINES)
    head = f"<head><title>{title}</title>{more}</head>"
    return f"<html lang=en>{head}<body><article><h1>{title}</h1>{words}</article></body></html>"


def rss(*items: str) -> str:
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        "<title>Courier feed</title><link>https://courier.example/</link>"
        + "".join(f"<item>{one}</item>" for one in items)
        + "</channel></rss>"
    )


def item(number: int, *, whole: bool = False, date: str = "", host: str = "courier") -> str:
    words = "".join(f"<p>{line}</p>" for line in LINES * 2)
    held = f"<content:encoded><![CDATA[{words}]]></content:encoded>" if whole else ""
    dated = f"<pubDate>{date}</pubDate>" if date else ""
    return (
        f"<title>Gate {number} shut</title><link>https://{host}.example/{number}</link>"
        f"<guid>{number}</guid>{dated}{held}"
    )


class World:
    """All of it together."""

    def __init__(self, **options: object) -> None:
        self.clock = FakeClock()
        self.web = Web(self.clock)
        self.store = MemoryStore()
        self.taken: list[tuple[str | None, Document | Rejection]] = []
        self.events: list[Event] = []
        self.options = PollOptions(**options)  # type: ignore[arg-type]
        self.configs = (FeedConfig(url=FEED, outlet="Port Quill Courier"),)
        self.poller = self.new_poller()

    def new_poller(self) -> Poller:
        return Poller(
            self.store,
            self.take,
            fetch=self.web.fetch,
            clock=self.clock,
            chance=lambda: 1.0,
            options=self.options,
            on_event=self.events.append,
        )

    def take(self, found: Iterable[Document | Rejection], *, source: str | None) -> None:
        self.taken.extend((source, one) for one in found)

    def poll(self, *, only_due: bool = True) -> None:
        self.poller.poll(self.configs, only_due=only_due)

    @property
    def documents(self) -> list[Document]:
        return [one for _, one in self.taken if isinstance(one, Document)]

    @property
    def rejections(self) -> list[Rejection]:
        return [one for _, one in self.taken if isinstance(one, Rejection)]

    @property
    def feed(self) -> dict[str, object]:
        names = "etag last_modified last_polled last_success last_new failures next_at reason"
        row = self.store.rows(f"SELECT {', '.join(names.split())} FROM feeds WHERE url = ?", FEED)
        return dict(zip(names.split(), row[0], strict=True))

    def pauses(self, host: str) -> list[float]:
        """Seconds between requests to one host."""
        at = [at for at, url, _ in self.web.requests if re.match(f"https://{host}[.]", url)]
        return [second - first for first, second in itertools.pairwise(at)]
