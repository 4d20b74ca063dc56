"""Readings of our own for the tests of stories, and stores that they are put into."""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from onrecord import stories
from onrecord.records import (
    Entity,
    Event,
    EventType,
    Factuality,
    Kind,
    Mention,
    MentionForm,
    Place,
    Precision,
    Quantity,
    Reading,
    Span,
    Time,
    TimexType,
    make_document,
    make_run,
)
from onrecord.records.ids import content_id
from onrecord.store import Arrival, Store, open_store

RUN = make_run(software="1", model="m", model_digest="d", settings={})
AT = "2026-01-01T00:00:00Z"
_SYLLABLES = "ba de fi go lu ma ne pi ro su ta ve zi ko la mu".split()

QUAKE = (
    "A strong earthquake shook Ostrava Bay early on Tuesday, bringing down walls in the old "
    "harbour and cutting power to some 4,000 homes. Mayor Lena Dorn said that rescuers had pulled "
    "nine people out of a collapsed school. The magnitude was 6.1, the institute said."
)
QUAKE_AGAIN = (
    "Rescuers in Ostrava Bay searched a collapsed school on Tuesday after an earthquake of "
    "magnitude 6.1. Nine people were pulled out alive, according to Mayor Lena Dorn, and power "
    "was still down in 4,000 homes around the harbour."
)
OTHER_QUAKE = (
    "An earthquake of magnitude 5.4 cracked roads near Velm in the northern hills on Tuesday. "
    "Governor Ivo Hask said that no one was hurt, and that the railway over the pass would stay "
    "shut until engineers had looked at two bridges and a tunnel."
)
FAIR = (
    "More visitors than ever came to the book fair in Orvane, its organisers said, although rain "
    "kept the outdoor stages empty. Poet Mira Sol signed copies for an hour, and small publishers "
    "asked for larger halls by the river next spring."
)


def reading(
    text: str,
    *,
    title: str | None = None,
    published: str | None = "2022-08-02",
    names: Iterable[str] = (),
    places: Iterable[tuple[str, int]] = (),
    events: Iterable[tuple[str, EventType]] = (),
    times: Iterable[tuple[str, str]] = (),
    url: str | None = None,
) -> Reading:
    """A reading with rows at the first place where their words stand."""
    document = make_document(text=text, title=title, published=published, url=url)
    shared = {"document": document.id, "run": RUN.id}
    mentions, entities, found_places = [], [], []
    ids = dict(places)
    for name in (*names, *ids):
        kind = Kind.PLACE if name in ids else Kind.PERSON
        spans = [Span(m.start(), m.end()) for m in re.finditer(re.escape(name), text)]
        entity = content_id("entity", document.id, name)
        own = [
            Mention(
                id=content_id("mention", document.id, span),
                span=span,
                kind=kind,
                form=MentionForm.NAME,
                entity=entity,
                **shared,
            )
            for span in spans
        ]
        mentions += own
        place = content_id("place", document.id, name) if name in ids else None
        entities.append(
            Entity(
                id=entity,
                name=name,
                kind=kind,
                actor=None,
                country=None,
                place=place,
                mentions=tuple(mention.id for mention in own),
                **shared,
            )
        )
        if place is not None:
            found_places.append(_place(place, own[0].id, name, ids[name], shared))
    return Reading(
        run=RUN,
        document=document,
        mentions=tuple(mentions),
        entities=tuple(entities),
        statements=(),
        events=tuple(_event(text, word, kind, shared) for word, kind in events),
        places=tuple(found_places),
        times=tuple(_time(text, words, value, shared) for words, value in times),
        quantities=(),
        control_claims=(),
        commitments=(),
    )


def _place(own: str, mention: str, name: str, geonames_id: int, shared: dict[str, str]) -> Place:
    return Place(
        id=own,
        mention=mention,
        name=name,
        country=None,
        admin1=None,
        geonames_id=geonames_id,
        lat=1.0,
        lon=1.0,
        precision=Precision.SETTLEMENT,
        probability=0.9,
        candidates=1,
        **shared,
    )


def _event(text: str, word: str, kind: EventType, shared: dict[str, str]) -> Event:
    span = span_of(text, word)
    return Event(
        id=content_id("event", shared["document"], span, kind),
        trigger=span,
        type=kind,
        mode=None,
        actors=(),
        recipients=(),
        place=None,
        date=None,
        factuality=Factuality.ACTUAL,
        asserted_by=None,
        quantities=(),
        probability=0.9,
        **shared,
    )


def _time(text: str, words: str, value: str, shared: dict[str, str]) -> Time:
    span = span_of(text, words)
    return Time(
        id=content_id("time", shared["document"], span),
        span=span,
        type=TimexType.DATE,
        value=value,
        **shared,
    )


def figure(text: str, words: str, value: float, unit: str, own: Reading) -> Quantity:
    """A figure at some words of a reading."""
    span = span_of(text, words)
    return Quantity(
        id=content_id("quantity", own.document.id, span),
        document=own.document.id,
        span=span,
        value=value,
        unit=unit,
        comparator=None,
        run=RUN.id,
    )


def span_of(text: str, words: str) -> Span:
    """Where words first stand in a text."""
    start = text.index(words)
    return Span(start, start + len(words))


@contextmanager
def made_store(folder: Path) -> Iterator[Store]:
    """An empty store with the tables of stories."""
    with open_store(folder / "s.db", create=True, tables=(stories.TABLES,)) as store:
        # The disk need not be waited for.
        store.connection.execute("PRAGMA synchronous = OFF")
        yield store


def add(store: Store, readings: Iterable[Reading], *, is_linked: bool = True) -> list[Arrival]:
    """Put documents into a store, and into stories one by one unless told otherwise."""
    arrivals = []
    with store.writing():
        for own in readings:
            number = store.add(own, at=AT).number
            assert number is not None
            arrivals.append(Arrival(number=number, reading=own))
            if is_linked:
                stories.link(store, arrivals[-1:])
    return arrivals


def groups(store: Store) -> list[list[int]]:
    """The numbers of documents by story."""
    found: dict[int, list[int]] = {}
    for number, story in store.connection.execute(
        "SELECT document, story FROM story_documents ORDER BY document"
    ):
        found.setdefault(story, []).append(number)
    return sorted(found.values())


def contents(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables of stories."""
    tables = (
        "stories", "story_documents", "story_changes", "story_traits", "story_keys",
        "story_terms", "story_happenings",
    )  # fmt: skip
    return {
        name: sorted(map(tuple, store.connection.execute(f"SELECT * FROM {name}")), key=repr)
        for name in tables
    }


def invented_words(seed: str, n: int) -> list[str]:
    """Words of no language, the same for the same seed."""
    chance = random.Random(seed)
    return ["".join(chance.choices(_SYLLABLES, k=chance.randint(3, 4))) for _ in range(n)]


def invented(words: Sequence[str], seed: str, n: int = 40, **values: Any) -> Reading:
    """An article of some of the words."""
    chance = random.Random(seed)
    chosen = chance.sample(list(words), min(n, len(words)))
    return reading(" ".join(chosen) + ".", title=" ".join(chosen[:5]), url=f"u:{seed}", **values)
