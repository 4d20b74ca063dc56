"""What is found across documents, in its order: voices, stories, actors, claims.

Each linker reads tables that those before it have written, and none imports another.
"""

from collections.abc import Iterator, Sequence

from onrecord import claims, independence, registry, stories
from onrecord.claims.tables import TABLES as CLAIM_TABLES
from onrecord.feeds.tables import TABLES as FEED_TABLES
from onrecord.independence.tables import TABLES as COPY_TABLES
from onrecord.ingest.voices import count_stories, follow_voices, stories_of
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
        one = (arrival,)
        changed = independence.link(store, one)
        stories.link(store, one)
        registry.link(store, one)
        claims.link(store, one, entailment=entailment)
        follow_voices(store, changed)
        count_stories(store, stories_of(store, (arrival.number, *changed)))


def unlink_all(store: Store, numbers: Sequence[int]) -> None:
    """Take documents out of all that holds across documents, before they go or change."""
    told = stories_of(store, numbers)
    for linker in (claims, registry, stories):
        linker.unlink(store, numbers)
    changed = independence.unlink(store, numbers)
    follow_voices(store, changed)
    count_stories(store, told | stories_of(store, changed))


def relink(store: Store, *, entailment: claims.Entailment | None = None) -> Iterator[int]:
    """Link all documents again, the earliest published first.

    One transaction holds it all: readers see the old links until the new ones are complete.

    Yields:
        The number of each document that has been linked.
    """
    rows = store.connection.execute(
        "SELECT number FROM documents ORDER BY published IS NULL, published, number"
    ).fetchall()
    numbers = [int(row[0]) for row in rows]
    with store.writing():
        unlink_all(store, numbers)
        for number in numbers:
            arrival = Arrival(number=number, reading=store.reading(number), vectors=None)
            link_all(store, (arrival,), entailment=entailment)
            yield number
