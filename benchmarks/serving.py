"""How fast the reading room is: many readers at once, while articles come in.

    python benchmarks/serving.py --db FILE [--readers 20] [--seconds 120] [--think 0.5 1.5]
        [--ingest read|made|none] [--pace 4] [--threads 1] [--paint] [--seed 1]

Starts `onrecord serve` on the store as a user would, an ingest into the same store in a
process of its own, and readers that walk through all pages and their JSON twins: each asks,
waits as long as one thinks who reads fast, and asks again, by ids, names and words of the
store. `--think 0 0` does without the waiting: then the room is saturated, and its times are
those of a queue.

- `--ingest read` is `onrecord ingest` of made articles, with all that a real one does: the
  model, the linkers; as fast as it goes, in as many passes at a time as `--threads` says.
  `made` adds readings made by `store.py`, some in each second; `none` leaves the store as
  it is.
- `--paint` opens pages in Chromium instead, and tells when the first of them is painted.

Prints Markdown: for each page the requests, the time of the server (with all waiting) and
of its processor, as the room itself tells in `Server-Timing`, and the time that the client
sees; the load and the cores before and after. The store grows by what is taken in:
give a copy. `store.py --documents 100000 --no-sync --db FILE` and `made_links.py --db FILE`
make one of 100,000 articles.
"""

import argparse
import contextlib
import http.client
import itertools
import json
import math
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from onrecord.store import Store, open_store

_ONRECORD = Path(sys.executable).with_name("onrecord")
_SAMPLED = 300
_KEY_PAUSE_S = 0.25
_MOST_A_SECOND = 10
_WARM_UP_S = 5.0
_PARTS = (50, 95, 99)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One request: which page, what came back, and how long it took in milliseconds."""

    page: str
    status: int
    n_bytes: int
    wall: float
    total: float
    cpu: float


class Known:
    """Ids, names and words of a store, to ask for."""

    def __init__(self, store: Store, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - a draw, no secret
        self._connection = store.connection
        self.ids = {
            table: self._sample(table, "id")
            for table in ("documents", "stories", "claims", "known_actors")
        }
        often = "SELECT id, name FROM known_actors ORDER BY n_documents DESC LIMIT 60"
        rows = self._connection.execute(often).fetchall()
        # Names that stand in many articles are asked for more often than others.
        self.ids["known_actors"] += [row[0] for row in rows] * 2
        self.names = [row[1] for row in rows] + self._sample("known_actors", "name")
        self.outlets = sorted({one for one in self._sample("documents", "outlet") if one})
        self.days = [one[:10] for one in self._sample("documents", "published") if one]
        texts = self._sample("documents", "text")
        self.words = [w for text in texts for w in self.dice.sample(re.findall(r"\w{4,}", text), 4)]
        self.places = [
            row[0]
            for (number,) in self._numbers("documents")
            for row in self._connection.execute(
                "SELECT name FROM places WHERE document = ? LIMIT 1", (number,)
            )
        ]
        query = "SELECT DISTINCT instrument FROM commitments ORDER BY document DESC LIMIT 200"
        self.instruments = [row[0] for row in self._connection.execute(query)] or [""]

    def _sample(self, table: str, column: str) -> list[str]:
        found = (
            self._connection.execute(
                f"SELECT {column} FROM {table} WHERE number = ?",  # noqa: S608 - own names
                number,
            ).fetchone()
            for number in self._numbers(table)
        )
        return [row[0] for row in found if row is not None]

    def _numbers(self, table: str) -> list[tuple[int]]:
        query = f"SELECT coalesce(min(number), 1), coalesce(max(number), 1) FROM {table}"  # noqa: S608
        first, last = self._connection.execute(query).fetchone()
        return [(self.dice.randint(first, last),) for _ in range(_SAMPLED)]


def walks(known: Known) -> dict[str, tuple[float, Callable[[random.Random], str]]]:
    """For each kind of page how often it is asked for, and an address of it."""

    def at(path: str, table: str) -> Callable[[random.Random], str]:
        return lambda dice: f"{path}/{quote(dice.choice(known.ids[table]))}"

    def asked(path: str, **values: Any) -> Callable[[random.Random], str]:
        def address(dice: random.Random) -> str:
            given = {
                name: dice.choice(value) if isinstance(value, list) else value
                for name, value in values.items()
            }
            return f"{path}?{urlencode(given)}"

        return address

    starts = [name[:4] for name in known.names]
    return {
        "home": (10, lambda _: "/"),
        "stories": (4, lambda _: "/stories"),
        "stories, words": (1, asked("/stories", about=known.words)),
        "story": (7, at("/story", "stories")),
        "disputes": (4, lambda _: "/disputes"),
        "disputes, words": (1, asked("/disputes", about=known.words)),
        "disputes, a day": (1, asked("/disputes", since=known.days, until=known.days)),
        "disputes, ground": (1, asked("/disputes", ground="incompatible figure")),
        "article": (20, at("/article", "documents")),
        "claim": (11, at("/claim", "claims")),
        "actors": (2, lambda _: "/actors"),
        "actors, name": (3, asked("/actors", q=starts)),
        "actor": (8, at("/actor", "known_actors")),
        "map": (4, lambda _: "/map"),
        "map, place": (2, asked("/map", place=known.places)),
        "map, actor": (2, asked("/map", actor=known.names)),
        "map, days": (2, asked("/map", since=known.days)),
        "agreements": (2, lambda _: "/commitments"),
        "agreement": (2, asked("/commitments", instrument=known.instruments)),
        "review": (5, lambda _: "/review"),
        "review, events": (1, asked("/review", table="events")),
        "review, sample": (1, asked("/review", order="sample")),
        "table": (4, lambda _: "/search"),
        "table, words": (6, asked("/search", q=known.words)),
        "table, actor": (3, asked("/search", actor=known.names)),
        "table, place": (1, asked("/search", place=known.places)),
        "table, act, outlet": (2, asked("/search", act="deny", outlet=known.outlets)),
        "table, days": (1, asked("/search", since=known.days, until="2030")),
        "search as one types": (6, lambda dice: dice.choice(known.words)),
    }


class Readers:
    """Readers that walk through the room, each with a connection of its own."""

    def __init__(self, port: int, known: Known, think: tuple[float, float], seed: int) -> None:
        self._port, self._walks, self._think, self._seed = port, walks(known), think, seed
        self._lock = threading.Lock()
        self._answers: list[Answer] = []

    def walk(self, n_readers: int, seconds: float) -> list[Answer]:
        """Let them walk for some time; what they got after the first moments."""
        until = time.monotonic() + seconds
        threads = [
            threading.Thread(target=self._read, args=(number, until)) for number in range(n_readers)
        ]
        for thread in threads:
            thread.start()
        time.sleep(_WARM_UP_S)
        with self._lock:
            self._answers.clear()
        for thread in threads:
            thread.join()
        return self._answers

    def _read(self, number: int, until: float) -> None:
        dice = random.Random(self._seed * 1000 + number)  # noqa: S311 - a draw, no secret
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        names, shares = list(self._walks), [share for share, _ in self._walks.values()]
        time.sleep(dice.uniform(0, self._think[1]))
        while time.monotonic() < until:
            (name,) = dice.choices(names, shares)
            address = self._walks[name][1](dice)
            if name == "search as one types":
                self._type(connection, name, address)
            elif dice.random() < 0.15:
                self._ask(connection, f"{name} (JSON)", _twin(address))
            else:
                self._ask(connection, name, address)
            time.sleep(dice.uniform(*self._think))
        connection.close()

    def _type(self, connection: http.client.HTTPConnection, name: str, word: str) -> None:
        """Ask as the search box does, each time that the fingers pause."""
        for end in range(2, min(len(word), 6) + 1):
            given = {"kind": "statement", "facets": "no", "limit": 7, "q": f"{word[:end]}*"}
            self._ask(connection, name, f"/search.json?{urlencode(given)}")
            if self._think[1]:
                time.sleep(_KEY_PAUSE_S)

    def _ask(self, connection: http.client.HTTPConnection, page: str, address: str) -> None:
        began = time.perf_counter()
        connection.request("GET", address, headers={"accept-encoding": "gzip"})
        answer = connection.getresponse()
        body = answer.read()
        told = dict(re.findall(r"(\w+);dur=([\d.]+)", answer.getheader("server-timing") or ""))
        found = Answer(
            page=page,
            status=answer.status,
            n_bytes=len(body),
            wall=1000 * (time.perf_counter() - began),
            total=float(told.get("total", "nan")),
            cpu=float(told.get("cpu", "nan")),
        )
        with self._lock:
            self._answers.append(found)


def _twin(address: str) -> str:
    path, sign, query = address.partition("?")
    return f"{'/index' if path == '/' else path}.json{sign}{query}"


@contextlib.contextmanager
def running(command: Sequence[str], *, error: Any = None) -> Iterator[subprocess.Popen[str]]:
    """A process of its own, ended afterwards."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=error, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def room_over(db: Path) -> Iterator[int]:
    """The port of `onrecord serve` over a store."""
    command = [str(_ONRECORD), "serve", "--db", str(db), "--port", "0", "--no-open"]
    with running(command, error=subprocess.PIPE) as process:
        for line in process.stderr or ():
            found = re.search(r"127\.0\.0\.1:(\d+)", line)
            if found is not None:
                break
        else:
            sys.exit("the room did not open")
        yield int(found[1])


@contextlib.contextmanager
def ingest_into(db: Path, given: argparse.Namespace) -> Iterator[None]:
    """An ingest into the store, as long as the block lasts."""
    with contextlib.ExitStack() as stack:
        if given.ingest == "read":
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            articles = folder / "articles.jsonl"
            articles.write_text("".join(_articles(given.seed, int(given.seconds * _MOST_A_SECOND))))
            command = [str(_ONRECORD), "ingest", str(articles), "--db", str(db), "--quiet"]
            stack.enter_context(running([*command, "--threads", str(given.threads)]))
        elif given.ingest == "made":
            command = [sys.executable, __file__, "--db", str(db), "--feed"]
            stack.enter_context(running([*command, "--pace", str(given.pace)]))
        yield


def _articles(seed: int, n: int) -> Iterator[str]:
    """Articles of the words of the store, no two alike, as lines of JSON."""
    maker = _maker(seed)
    for _ in range(n):
        made = maker.reading().document
        names = ("title", "outlet", "url", "published", "text")
        yield json.dumps({name: getattr(made, name) for name in names}) + "\n"


def _maker(seed: int) -> Any:
    """What makes readings, with the words of `store.py` and other stories each time."""
    sys.path.insert(0, str(Path(__file__).parent))
    from store import Maker

    maker = Maker(seed)
    maker.random = random.Random(time.time())  # noqa: S311 - no secret
    maker.n_made = int(time.time()) % 1_000_000 + 200_000
    return maker


def feed(db: Path, pace: float, seed: int) -> None:
    """Add made readings until it is stopped, some in each second."""
    maker = _maker(seed)
    with open_store(db, mode="write") as store:
        for number in itertools.count():
            due = time.monotonic() + 1 / pace
            with store.writing():
                store.add(maker.reading(), at="2026-01-01T00:00:00Z", source=f"made {number}")
            time.sleep(max(0.0, due - time.monotonic()))


def table(answers: Sequence[Answer]) -> Iterator[str]:
    """Lines of Markdown: each page with its times."""
    groups: dict[str, list[Answer]] = defaultdict(list)
    for one in answers:
        groups[one.page.removesuffix(" (JSON)")].append(one)
        groups["**all**"].append(one)
    yield "| page | n | server p50 | p95 | p99 | cpu p50 | p95 | client p95 | kB |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, found in sorted(groups.items()):
        total = [_at([one.total for one in found], part) for part in _PARTS]
        cpu = [_at([one.cpu for one in found], part) for part in _PARTS[:2]]
        wall = _at([one.wall for one in found], 95)
        size = sum(one.n_bytes for one in found) / len(found) / 1000
        numbers = " | ".join(f"{value:.0f}" for value in (*total, *cpu, wall))
        yield f"| {name} | {len(found)} | {numbers} | {size:.0f} |"


def _at(values: Sequence[float], percent: float) -> float:
    """The value at a percentile, after the nearest rank; there is always one."""
    ordered = sorted(value for value in values if not math.isnan(value))
    if not ordered:
        return math.nan
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


def paints(port: int, known: Known, rounds: int) -> Iterator[str]:
    """Lines of Markdown: when the first of each page is painted, in a new browser and again."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    yield "| page | first paint, cold: p50 | worst | again: p50 | worst |"
    yield "|---|---|---|---|---|"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (_, address_of) in walks(known).items():
            if name == "search as one types":
                continue
            pairs = [
                _painted(browser, f"http://127.0.0.1:{port}{address_of(known.dice)}")
                for _ in range(rounds)
            ]
            cold, warm = ([pair[number] for pair in pairs] for number in (0, 1))
            shown = (_at(cold, 50), max(cold), _at(warm, 50), max(warm))
            yield f"| {name} | {' | '.join(f'{value:.0f}' for value in shown)} |"
        browser.close()


_FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"


def _painted(browser: Any, address: str) -> tuple[float, float]:
    """Milliseconds to the first contentful paint: nothing in the cache, then all of it."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page, found = context.new_page(), []
    for _ in range(2):
        page.goto(address, wait_until="load")
        # No wait_for_function: the policy of the pages allows no text to be run as a script.
        while math.isnan(painted := float(page.evaluate(_FIRST_PAINT))):
            time.sleep(0.02)
        found.append(painted)
    context.close()
    return found[0], found[1]


def told_load() -> str:
    """How busy the machine is."""
    return f"{os.cpu_count()} cores, load {', '.join(f'{one:.1f}' for one in os.getloadavg())}"


def main() -> None:
    """Let readers walk, and print what they saw."""
    given = _given()
    if given.feed:
        feed(given.db, given.pace, given.seed)
        return
    with open_store(given.db, mode="read") as store:
        known = Known(store, given.seed)
        before = store.connection.execute("SELECT count(*) FROM documents").fetchone()[0]
    print(f"{before:,} articles; {told_load()} before")
    with room_over(given.db) as port, ingest_into(given.db, given):
        if given.paint:
            for line in paints(port, known, given.rounds):
                print(line, flush=True)
        else:
            readers = Readers(port, known, tuple(given.think), given.seed)
            answers = readers.walk(given.readers, given.seconds)
            _print(answers, given)
    with open_store(given.db, mode="read") as store:
        after = store.connection.execute("SELECT count(*) FROM documents").fetchone()[0]
    print(f"{after - before:,} articles came in (ingest: {given.ingest}); {told_load()} after")


def _print(answers: Sequence[Answer], given: argparse.Namespace) -> None:
    failed = [one for one in answers if one.status >= 500]
    rate = len(answers) / (given.seconds - _WARM_UP_S)
    think = f"{given.think[0]:g} to {given.think[1]:g} s between pages"
    print(f"{given.readers} readers, {think}: {rate:.1f} answers a second, {len(failed)} failed")
    print("milliseconds:", *table(answers), sep="\n")


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--db", type=Path, required=True)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--think", type=float, nargs=2, default=(0.5, 1.5), metavar="S")
    parser.add_argument("--ingest", choices=("read", "made", "none"), default="read")
    parser.add_argument("--pace", type=float, default=4, help="made articles in a second")
    parser.add_argument("--threads", type=int, default=1, help="of the ingest that reads")
    parser.add_argument("--paint", action="store_true", help="open pages in Chromium instead")
    parser.add_argument("--rounds", type=int, default=5, help="pages of each kind to paint")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--feed", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
