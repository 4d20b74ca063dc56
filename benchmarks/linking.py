"""Whether keeping and linking slow down as a store grows, on readings of real texts.

    python benchmarks/linking.py TEXTS... [--documents 5000] [--articles 281] [--db FILE]
        [--kept FILE] [--days 45] [--most-chars N] [--no-sync] [--seed 1]

Texts are read once by the model, with vectors, and kept in `--kept` for the next time; that
is not timed. Then they come back again and again: each round the same articles, some days
later, with other names of persons and bodies of the same length, so that all spans hold and
rows are as dense as in real articles. Places, deeds and figures stay, so there is always
something alike to compare with. `--most-chars` takes short articles alone. Prints JSON, with
times in milliseconds a document:

- `total`: adding, linking and committing, without making the readings;
- each step by itself: `store` (adding, committing, giving the reading back), and what links.

`ms_first_tenth`, `ms_last_tenth` and `last_to_first` are on the clock, `cpu` in time of the
processor. The first tenth is dearest to compare with: a store is empty then, and finds
nothing alike; `last_to_second` compares the last tenth with the second one. `growth` has a row
for each tenth, which is also told on standard error as it is done: documents a second by the
clock, milliseconds of the processor a document, bytes of the file a document. Ctrl-C, or
`kill -INT`, ends it early, and it prints what was done by then.
"""

import argparse
import dataclasses
import json
import pickle
import random
import re
import resource
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from onrecord import claims, independence, registry, stories
from onrecord.encode.vectors import WordVectors
from onrecord.ingest.garbage import lay_aside
from onrecord.ingest.linking import TABLES, count_arrival, follow_voices
from onrecord.inputs.documents import ReadOptions, read_inputs
from onrecord.pipeline import Reader
from onrecord.records import Document, Kind, MentionForm, Reading, content_id
from onrecord.store import Arrival, Store, open_store

Read = tuple[Reading, WordVectors]
AT = "2026-01-01T00:00:00Z"
_FIRST = 16  # documents of a first batch of `onrecord ingest`
START = datetime(2026, 1, 1, tzinfo=UTC)
_KEPT_NAMES = frozenset({Kind.PLACE, Kind.NATIONALITY})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_VOWELS, _CONSONANTS = "aeiouy", "bcdfghjklmnpqrstvwxz"


def read_once(sources: Sequence[str], kept: Path | None, n_articles: int) -> list[Read]:
    """The readings of some texts, with vectors, or what a file keeps of them."""
    if kept is not None and kept.exists():
        found: list[Read] = pickle.loads(kept.read_bytes())  # noqa: S301 - a file of our own
        return found[:n_articles]
    reader = Reader()
    documents = [
        one for one in read_inputs(sources, options=ReadOptions()) if isinstance(one, Document)
    ]
    found = []
    for first in range(0, min(n_articles, len(documents)), 16):
        found += reader.read_with_vectors(documents[first : min(first + 16, n_articles)])
        print(f"{len(found)} read", file=sys.stderr)
    if kept is not None:
        kept.write_bytes(pickle.dumps(found))
    return found


class Rounds:
    """The same articles, round after round, with other names and later days."""

    def __init__(self, read: Sequence[Read], *, days: float, seed: int) -> None:
        self.read, self.days, self.seed = read, days, seed
        self.step = timedelta(days=days / max(1, len(read)))

    def __iter__(self) -> Iterator[Read]:
        number = 0
        while True:
            order = list(range(len(self.read)))
            dice = random.Random(f"{self.seed} {number}")  # noqa: S311 - no secret is made
            dice.shuffle(order)
            other = _other_letters(dice)
            for place, index in enumerate(order):
                reading, vectors = self.read[index]
                at = START + self.step * (number * len(order) + place)
                yield _again(reading, at=at, other=other, number=number), vectors
            number += 1


def _other_letters(dice: random.Random) -> dict[int, str]:
    letters: dict[int, str] = {}
    for group in (_VOWELS, _CONSONANTS):
        shuffled = "".join(dice.sample(group, len(group)))
        letters |= str.maketrans(group + group.upper(), shuffled + shuffled.upper())
    return letters


def _again(reading: Reading, *, at: datetime, other: dict[int, str], number: int) -> Reading:
    """A reading as of another article: another id, another day, other names."""
    document = reading.document
    text = list(document.text)
    kept = {entity.id for entity in reading.entities or () if entity.kind in _KEPT_NAMES}
    for mention in reading.mentions or ():
        if mention.form is MentionForm.NAME and mention.entity not in kept:
            span = mention.span
            text[span.start : span.end] = document.text[span.start : span.end].translate(other)
    was = document.published or "2026-01-01"
    shift = at.date() - datetime.fromisoformat(was[:10]).date()
    new = content_id("again", document.id, number)
    changed: dict[str, Any] = {
        "id": new,
        "published": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "text": "".join(text),
    }
    if document.url:
        changed["url"] = f"{document.url}?{number}"
    made: dict[str, Any] = {"document": dataclasses.replace(document, **changed)}
    for field in dataclasses.fields(reading):
        rows = getattr(reading, field.name)
        if isinstance(rows, tuple) and rows and hasattr(rows[0], "document"):
            made[field.name] = tuple(dataclasses.replace(row, document=new) for row in rows)
    made["entities"] = tuple(
        row if row.kind in _KEPT_NAMES else dataclasses.replace(row, name=row.name.translate(other))
        for row in made.get("entities", ())
    )
    made["times"] = tuple(
        dataclasses.replace(row, value=_moved(row.value, shift)) if row.value else row
        for row in made.get("times", ())
    )
    return dataclasses.replace(reading, **made)


def _moved(value: str, shift: timedelta) -> str:
    if not _DAY.fullmatch(value):
        return value
    with suppress(ValueError, OverflowError):
        return (datetime.fromisoformat(value) + shift).date().isoformat()
    return value


class Clock:
    """Times of the steps of one document after another."""

    def __init__(self) -> None:
        self.times: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self._at = (0.0, 0.0)
        self._spent: dict[str, tuple[float, float]] = {}

    def start(self) -> None:
        self._spent, self._at = {}, (time.perf_counter(), time.process_time())

    def step(self, name: str) -> None:
        now = (time.perf_counter(), time.process_time())
        wall, cpu = self._spent.get(name, (0.0, 0.0))
        self._spent[name] = (wall + now[0] - self._at[0], cpu + now[1] - self._at[1])
        self._at = now

    def end(self) -> None:
        spent = self._spent
        for name, took in spent.items():
            self.times[name].append(took)
        self.times["total"].append(
            (sum(t[0] for t in spent.values()), sum(t[1] for t in spent.values()))
        )


def fill(store: Store, rounds: Rounds, n_documents: int) -> tuple[Clock, list[dict[str, Any]]]:
    """Add and link documents, each in a transaction of its own; times, and a row a tenth."""
    clock, growth = Clock(), []
    n_tenth = max(1, n_documents // 10)
    # A shell starts what runs in the background deaf to the keyboard.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        for number, (reading, vectors) in zip(range(1, n_documents + 1), rounds, strict=False):
            _take(store, reading, vectors, clock)
            if number == _FIRST:
                lay_aside()
            if number % n_tenth == 0:
                growth.append(_grown(store, clock, number, n_tenth))
                print(json.dumps(growth[-1]), file=sys.stderr, flush=True)
    return clock, growth


def _grown(store: Store, clock: Clock, n_documents: int, n_last: int) -> dict[str, Any]:
    """What the last documents took, and how large the file is."""
    pages, page_size = (
        store.connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "page_size")
    )
    return {
        "documents": n_documents,
        "per_second": round(n_last / sum(t[0] for t in clock.times["total"][-n_last:]), 2),
        "bytes_per_document": pages * page_size // n_documents,
        "cpu_ms": {
            name: round(1000 * sum(t[1] for t in took[-n_last:]) / n_last, 2)
            for name, took in clock.times.items()
        },
    }


def _take(store: Store, reading: Reading, vectors: WordVectors, clock: Clock) -> None:
    clock.start()
    with store.writing():
        added = store.add(reading, at=AT, source="made")
        if added.number is None:
            raise SystemExit("a document came twice")
        arrival = Arrival(number=added.number, reading=store.reading(added.number), vectors=vectors)
        one = (arrival,)
        clock.step("store")
        changed = independence.link(store, one)
        clock.step("independence")
        stories.link(store, one)
        clock.step("stories")
        registry.link(store, one)
        clock.step("registry")
        claims.link(store, one, likest=stories.likest_documents)
        clock.step("claims")
        follow_voices(store, changed)
        count_arrival(store, arrival.number, changed)
        clock.step("voices")
    clock.step("store")
    clock.end()


def tenths(times: Sequence[tuple[float, float]]) -> dict[str, Any]:
    n = max(1, len(times) // 10)
    found = []
    for which in (0, 1):
        first, second, last = (
            1000 * sum(each[which] for each in part) / max(1, len(part))
            for part in (times[:n], times[n : 2 * n], times[-n:])
        )
        found.append(
            {
                "ms_first_tenth": round(first, 3),
                "ms_second_tenth": round(second, 3),
                "ms_last_tenth": round(last, 3),
                "last_to_first": round(last / first, 3) if first else 0.0,
                "last_to_second": round(last / second, 3) if second else 0.0,
            }
        )
    return found[0] | {"cpu": found[1]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("texts", nargs="+")
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--articles", type=int, default=281)
    parser.add_argument("--most-chars", type=int, help="leave out longer articles")
    parser.add_argument(
        "--days", type=float, default=45.0, help="that a round of all articles takes"
    )
    parser.add_argument("--db", type=Path)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-sync", action="store_true", help="do not wait for the disk")
    given = parser.parse_args()
    read = [
        one
        for one in read_once(given.texts, given.kept, given.articles)
        if given.most_chars is None or len(one[0].document.text) <= given.most_chars
    ]
    if not read:
        parser.error("no article is so short")
    with tempfile.TemporaryDirectory() as folder:
        path = given.db or Path(folder) / "made.db"
        with open_store(path, create=True, tables=TABLES) as store:
            if given.no_sync:
                store.connection.execute("PRAGMA synchronous = OFF")
            rounds = Rounds(read, days=given.days, seed=given.seed)
            clock, growth = fill(store, rounds, given.documents)
            store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            rows = {
                table: store.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
                for table in (
                    "documents",
                    "statements",
                    "stories",
                    "known_actors",
                    "claims",
                    "disputes",
                )
            }
        result = {
            "articles": len(read),
            "chars": sum(len(one[0].document.text) for one in read) // len(read),
            "rows": rows,
            "growth": growth,
            **{name: tenths(took) for name, took in clock.times.items()},
            "bytes_per_document": path.stat().st_size // max(1, rows["documents"]),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
