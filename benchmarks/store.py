"""Whether a store slows down as it grows, and how large it becomes: no model is run.

    python benchmarks/store.py [--documents 5000] [--batch 16] [--seed 1] [--db FILE] [--linkers]
        [--no-sync]

Readings are made by a seed: words that nobody uses, names that come back within a story,
as many rows as the examples of the project have for 650 words. Prints JSON:

- `ms_first_tenth`, `ms_last_tenth`: adding one document, and committing its batch, in
  milliseconds: the mean over a tenth of all, without making the readings.
- `last_to_first`: their ratio; 1.15 at 100,000 documents is what the project allows.
- `cpu`: the same in time of the processor, which other programs disturb less.
- `bytes_per_document`: of the file, and of its parts under `parts`.
- `linkers`: the same three for each thing that links documents, with `--linkers`.

`--no-sync` leaves out waiting for the disk, where others use it too. Ctrl-C ends it early,
and it prints what was done by then. `LINKERS` has the names of the packages that link
documents; each has `link(store, arrivals)` and tables of its own in `tables.TABLES`.
"""

import argparse
import importlib
import itertools
import json
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from onrecord.records import (
    Act,
    Document,
    Entity,
    Event,
    EventDate,
    EventType,
    Factuality,
    Kind,
    Manner,
    Mention,
    MentionForm,
    Place,
    Polarity,
    Precision,
    Quantity,
    Reading,
    Run,
    Span,
    Statement,
    Time,
    TimexType,
    content_id,
    make_document,
    make_run,
)
from onrecord.store import Arrival, Store, open_store

LINKERS = ("independence", "stories", "registry", "claims")
AT = "2026-01-01T00:00:00Z"
RUN = make_run(software="0", model="none", model_digest="", settings={})
N_WORDS = 650
# A document begins a story; the next few go on with one of the last that many.
_STORY_SHARE, _OPEN_STORIES = 0.2, 50
_START = datetime(2026, 1, 1, tzinfo=UTC)
_MINUTES_BETWEEN = 2
# Batches between lines on standard error.
_TOLD_EVERY = 250
_SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo xu ya zel mor tan vik dor sal bren".split()
_OUTLETS = [f"The {a} {b}" for a in ("Ardal", "Tarn", "Wessel") for b in ("Post", "Echo", "Ledger")]


class Maker:
    """Makes readings one after another; the same seed gives the same ones."""

    def __init__(self, seed: int, *, n_vocabulary: int = 30_000) -> None:
        self.random = random.Random(seed)  # noqa: S311 - no secret is made
        self.words = [self._word(2, 4) for _ in range(n_vocabulary)]
        weights = [1 / (rank + 10) for rank in range(n_vocabulary)]
        self.weights = list(itertools.accumulate(weights))
        self.stories: list[dict[str, Any]] = []
        self.n_made = 0

    def _word(self, least: int, most: int) -> str:
        return "".join(self.random.choices(_SYLLABLES, k=self.random.randint(least, most)))

    def _name(self) -> str:
        return f"{self._word(2, 3).title()} {self._word(2, 3).title()}"

    def _story(self) -> dict[str, Any]:
        """The names, places and words of a new story, or of one that goes on."""
        if not self.stories or self.random.random() < _STORY_SHARE:
            made = {
                "names": [self._name() for _ in range(8)],
                "places": [self._word(2, 3).title() for _ in range(4)],
                "words": self.random.sample(self.words, 60),
            }
            self.stories = [*self.stories[1 - _OPEN_STORIES :], made]
        return self.random.choice(self.stories)

    def reading(self) -> Reading:
        """The next reading."""
        story = self._story()
        self.n_made += 1
        pieces: list[tuple[str, str]] = []
        for sentence in range(N_WORDS // 26):
            pieces += self._sentence(story, sentence)
        text, marks = "", []
        for kind, words in pieces:
            if text and kind != "stop":
                text += " "
            marks.append((kind, Span(len(text), len(text) + len(words))))
            text += words
        published = _START + timedelta(minutes=_MINUTES_BETWEEN * self.n_made)
        document = make_document(
            text=text,
            title=" ".join(self.random.sample(story["words"], 6)).capitalize(),
            outlet=self.random.choice(_OUTLETS),
            url=f"https://news.example/{self.n_made}",
            published=published.isoformat(),
            language="en",
        )
        return Rows(document, RUN, marks, self.random).reading()

    def _sentence(self, story: dict[str, Any], number: int) -> Iterator[tuple[str, str]]:
        """Twenty-six words: a speaker, a cue, a content with names, a figure, a day."""
        choice = self.random.choice
        yield "speaker", choice(story["names"])
        yield "cue", choice(("said", "denied", "warned", "claimed"))
        yield "content", " ".join(self._plain(story, 4))
        yield "name", choice(story["names"])
        yield "trigger", choice(("attacked", "met", "blamed", "helped"))
        yield "name", choice(story["names"])
        yield "place", choice(story["places"])
        if number % 3 == 0:
            yield "figure", str(self.random.randint(2, 900))
        for _ in range(2):
            yield "thing", " ".join(self._plain(story, 1))
        yield "day", choice(("on Monday", "on Friday", "last week"))
        yield "more", " ".join(self._plain(story, 10))
        yield "stop", "."

    def _plain(self, story: dict[str, Any], n_words: int) -> list[str]:
        common = self.random.choices(self.words, cum_weights=self.weights, k=n_words - n_words // 3)
        return common + self.random.choices(story["words"], k=n_words // 3)


class Rows:
    """The rows of one made text, at its marked words."""

    def __init__(
        self, document: Document, run: Run, marks: Sequence[tuple[str, Span]], dice: random.Random
    ) -> None:
        self.document, self.run, self.marks, self.dice = document, run, marks, dice
        self.mentions: dict[str, list[Span]] = defaultdict(list)
        self.kinds: dict[str, Kind] = {}

    def _outside(self, kind: str, *parts: Any) -> dict[str, str]:
        own = content_id(kind, self.document.id, *parts)
        return {"id": own, "document": self.document.id, "run": self.run.id}

    def reading(self) -> Reading:
        """All rows, and the reading that has them."""
        for mark, span in self.marks:
            if mark in ("speaker", "name", "place", "thing"):
                name = span.text_in(self.document.text)
                self.mentions[name].append(span)
                self.kinds[name] = Kind.PLACE if mark == "place" else Kind.PERSON
        ids = {name: content_id("entity", self.document.id, name) for name in self.mentions}
        mentions = {
            (name, span): Mention(
                **self._outside("mention", span),
                span=span,
                kind=self.kinds[name],
                form=MentionForm.NAME,
                entity=ids[name],
            )
            for name, spans in self.mentions.items()
            for span in spans
        }
        places = {
            name: self._place(name, mentions[name, spans[0]].id)
            for name, spans in self.mentions.items()
            if self.kinds[name] is Kind.PLACE
        }
        entities = tuple(
            Entity(
                **self._outside("entity", name),
                name=name,
                kind=self.kinds[name],
                actor="RUS.GOV" if self.kinds[name] is Kind.PERSON else None,
                country="RUS",
                place=places[name].id if name in places else None,
                mentions=tuple(mentions[name, span].id for span in spans),
            )
            for name, spans in self.mentions.items()
        )
        found = self._found(ids, {name: place.id for name, place in places.items()})
        return Reading(
            run=self.run,
            document=self.document,
            mentions=tuple(mentions.values()),
            entities=entities,
            places=tuple(places.values()),
            control_claims=(),
            commitments=(),
            **found,
        )

    def _place(self, name: str, mention: str) -> Place:
        return Place(
            **self._outside("place", name),
            mention=mention,
            name=name,
            country="RUS",
            admin1=None,
            geonames_id=self.dice.randint(1, 10**7),
            lat=round(self.dice.uniform(45, 60), 5),
            lon=round(self.dice.uniform(20, 60), 5),
            precision=Precision.SETTLEMENT,
            probability=0.9,
            candidates=3,
        )

    def _found(self, ids: dict[str, str], places: dict[str, str]) -> dict[str, tuple[Any, ...]]:
        """Statements, events, times and quantities, a sentence at a time."""
        rows: dict[str, list[Any]] = {
            name: [] for name in ("statements", "events", "times", "quantities")
        }
        at: dict[str, list[Span]] = defaultdict(list)
        for mark, span in self.marks:
            at[mark].append(span)
            if mark == "stop":
                self._add_sentence(rows, at, ids, places)
                at = defaultdict(list)
        return {name: tuple(found) for name, found in rows.items()}

    def _add_sentence(
        self,
        rows: dict[str, list[Any]],
        at: dict[str, list[Span]],
        ids: dict[str, str],
        places: dict[str, str],
    ) -> None:
        words = {k: [s.text_in(self.document.text) for s in spans] for k, spans in at.items()}
        (day,), (trigger,), (cue,) = at["day"], at["trigger"], at["cue"]
        rows["times"].append(
            Time(**self._outside("time", day), span=day, type=TimexType.DATE, value="2026-W01")
        )
        statement = Statement(
            **self._outside("statement", cue),
            source=tuple(at["speaker"]),
            cue=(cue,),
            content=(Span(at["content"][0].start, trigger.end),),
            speaker=ids[words["speaker"][0]],
            act=Act.DENY if words["cue"] == ["denied"] else Act.ASSERT,
            polarity=Polarity.DENY if words["cue"] == ["denied"] else Polarity.AFFIRM,
            manner=Manner.INDIRECT,
            addressee=None,
            medium=None,
            parent=None,
            depth=0,
            time=rows["times"][-1].id,
            probability=0.9,
        )
        rows["statements"].append(statement)
        figures = [
            Quantity(
                **self._outside("quantity", span),
                span=span,
                value=float(span.text_in(self.document.text)),
                unit="person",
                comparator=None,
            )
            for span in at["figure"]
        ]
        rows["quantities"] += figures
        types = {"attacked": "ASSAULT", "met": "CONSULT", "blamed": "ACCUSE", "helped": "AID"}
        rows["events"].append(
            Event(
                **self._outside("event", trigger),
                trigger=trigger,
                type=EventType(types[words["trigger"][0]]),
                mode=None,
                actors=(ids[words["name"][0]],),
                recipients=(ids[words["name"][1]],),
                place=places[words["place"][0]],
                date=EventDate(value="2026-W01", span=day),
                factuality=Factuality.ACTUAL,
                asserted_by=statement.id,
                quantities=tuple(figure.id for figure in figures),
                probability=0.8,
                happening=content_id("happening", trigger),
            )
        )


Link = Callable[[Store, Sequence[Arrival]], Any]
# Seconds per document of each batch: on the clock, and of the processor.
Times = list[tuple[float, float]]


def now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def fill(
    store: Store, maker: Maker, *, n_documents: int, n_batch: int, linkers: dict[str, Link]
) -> dict[str, Times]:
    """Add made readings; the times of each step."""
    times: dict[str, Times] = defaultdict(list)
    with suppress(KeyboardInterrupt):
        for done in range(0, n_documents, n_batch):
            _add_batch(store, maker, n_batch, linkers, times)
            if done % (_TOLD_EVERY * n_batch) == 0:
                print(done, tenths(times["store"]), file=sys.stderr, flush=True)
    return times


def _add_batch(
    store: Store, maker: Maker, n_batch: int, linkers: dict[str, Link], times: dict[str, Times]
) -> None:
    readings = [maker.reading() for _ in range(n_batch)]
    marks = [now()]
    with store.writing():
        arrivals = []
        for reading in readings:
            added = store.add(reading, at=AT, source="made")
            if added.number is not None:
                arrivals.append(Arrival(number=added.number, reading=reading))
        marks.append(now())
        for link in linkers.values():
            link(store, arrivals)
            marks.append(now())
    end = now()
    for name, before, after in zip(linkers, marks[1:], marks[2:], strict=False):
        times[name].append(tuple((b - a) / n_batch for a, b in zip(before, after, strict=True)))
    own = ((marks[1][i] - marks[0][i]) + (end[i] - marks[-1][i]) for i in (0, 1))
    times["store"].append(tuple(each / n_batch for each in own))


def tenths(times: Times) -> dict[str, Any]:
    """Milliseconds of the first and the last tenth, and their ratio."""
    n = max(1, len(times) // 10)
    found = []
    for clock in (0, 1):
        parts = (times[:n], times[-n:])
        first, last = (1000 * sum(each[clock] for each in part) / n for part in parts)
        found.append(
            {
                "ms_first_tenth": round(first, 3),
                "ms_last_tenth": round(last, 3),
                "last_to_first": round(last / first, 3) if first else 0.0,
            }
        )
    return found[0] | {"cpu": found[1]}


def bytes_of_parts(store: Store, n_documents: int) -> dict[str, int]:
    """Bytes per document of each table and index, the largest first."""
    try:
        found = store.connection.execute(
            "SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC"
        ).fetchall()
    except Exception:  # noqa: BLE001 - some builds of SQLite do not tell
        return {}
    return {name: size // n_documents for name, size in found if size // n_documents}


def loaded_linkers() -> tuple[dict[str, Link], list[str]]:
    """What links documents, in order, and its tables; what is not there is left out."""
    linkers: dict[str, Link] = {}
    tables: list[str] = []
    for name in LINKERS:
        try:
            linkers[name] = importlib.import_module(f"onrecord.{name}").link
            tables.append(importlib.import_module(f"onrecord.{name}.tables").TABLES)
        except ImportError as error:
            print(f"{name} is left out: {error}", file=sys.stderr)
    return linkers, tables


def main() -> None:
    """Fill a store and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--db", type=Path)
    parser.add_argument("--linkers", action="store_true")
    parser.add_argument("--no-sync", action="store_true", help="do not wait for the disk")
    given = parser.parse_args()
    linkers, tables = loaded_linkers() if given.linkers else ({}, [])
    with tempfile.TemporaryDirectory() as folder:
        path = given.db or Path(folder) / "made.db"
        with open_store(path, create=True, tables=tables) as store:
            if given.no_sync:
                store.connection.execute("PRAGMA synchronous = OFF")
            times = fill(
                store,
                Maker(given.seed),
                n_documents=given.documents,
                n_batch=given.batch,
                linkers=linkers,
            )
            store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            n_documents = len(list(store.numbers()))
            parts = bytes_of_parts(store, n_documents)
        result = {
            "documents": n_documents,
            **tenths(times.pop("store")),
            "linkers": {name: tenths(took) for name, took in times.items()},
            "bytes_per_document": path.stat().st_size // n_documents,
            "parts": parts,
        }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
