"""What is found across documents, in its order: voices, stories, actors, claims.

Each linker reads tables that those before it have written, and none imports another.
"""

import dataclasses
import pickle
import tempfile
from collections.abc import Iterator, Sequence
from typing import Self

from onrecord import claims, independence, registry, stories
from onrecord.claims.tables import TABLES as CLAIM_TABLES
from onrecord.encode.kept_vectors import KeptVectors
from onrecord.feeds.tables import TABLES as FEED_TABLES
from onrecord.independence.tables import TABLES as COPY_TABLES
from onrecord.ingest.kept_vectors import vectors_in_store
from onrecord.ingest.voices import count_arrival, count_stories, follow_voices, stories_of
from onrecord.ingest.whole_words import whole_words
from onrecord.registry.tables import TABLES as ACTOR_TABLES
from onrecord.store import Arrival, Store
from onrecord.stories.tables import TABLES as STORY_TABLES

TABLES = (COPY_TABLES, STORY_TABLES, ACTOR_TABLES, CLAIM_TABLES, FEED_TABLES)
_BATCH = 50


def link_all(
    store: Store, arrivals: Sequence[Arrival], *, entailment: claims.Entailment | None = None
) -> None:
    """Link documents that have just been added, inside the caller's transaction."""
    for arrival in arrivals:
        one = (dataclasses.replace(arrival, reading=whole_words(arrival.reading)),)
        changed = independence.link(store, one)
        stories.link(store, one)
        registry.link(store, one)
        claims.link(store, one, entailment=entailment, likest=stories.likest_documents)
        follow_voices(store, changed)
        count_arrival(store, arrival.number, changed)


def unlink_all(
    store: Store, numbers: Sequence[int], *, entailment: claims.Entailment | None = None
) -> None:
    """Take documents out of all that holds across documents, before they go or change."""
    told = stories_of(store, numbers)
    claims.unlink(store, numbers, entailment)
    for linker in (registry, stories):
        linker.unlink(store, numbers)
    changed = independence.unlink(store, numbers)
    follow_voices(store, changed)
    count_stories(store, told | stories_of(store, changed))


def relink(store: Store, *, entailment: claims.Entailment | None = None) -> Iterator[int]:
    """Link all documents again, the earliest published first.

    One transaction holds it all: readers see the old links until the new ones are complete.
    The vectors that linkers have kept are used again.

    Yields:
        The number of each document that has been linked.
    """
    rows = store.connection.execute(
        "SELECT number FROM documents ORDER BY published IS NULL, published, number"
    ).fetchall()
    numbers = [int(row[0]) for row in rows]
    with store.writing(), _Aside(store) as aside:
        for number in numbers:
            aside.keep(number)
        unlink_all(store, numbers)
        for number in numbers:
            arrival = Arrival(
                number=number, reading=store.reading(number), vectors=aside.vectors_of(number)
            )
            link_all(store, (arrival,), entailment=entailment)
            yield number


class _Aside:
    """Vectors that linkers have kept, laid aside in a file until all are linked again."""

    def __init__(self, store: Store) -> None:
        self._store = store
        folder = store.path.absolute().parent
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed on the way out
        self._places: dict[int, tuple[int, int]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def keep(self, number: int) -> None:
        kept = vectors_in_store(self._store.connection, number, self._store.reading(number))
        if kept is not None:
            start = self._file.tell()
            pickle.dump(kept, self._file)
            self._places[number] = start, self._file.tell() - start

    def vectors_of(self, number: int) -> KeptVectors | None:
        if number not in self._places:
            return None
        start, size = self._places[number]
        self._file.seek(start)
        # Of a file without a name, which nothing else can write.
        found: KeptVectors = pickle.loads(self._file.read(size))  # noqa: S301
        return found
