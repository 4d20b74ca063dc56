"""Readings made by hand for the registry: sentences that name entities, and rows at their words.

All persons and bodies are invented; countries are only codes.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

from onrecord.records import (
    Entity,
    Kind,
    Mention,
    MentionForm,
    Place,
    Precision,
    Reading,
    Span,
    content_id,
    make_document,
    make_run,
)
from onrecord.store import Arrival, Store

RUN = make_run(software="1", model="m", model_digest="d", settings={})
AT = "2026-01-01T00:00:00Z"


@dataclass(frozen=True, kw_only=True)
class Named:
    """An entity of a document: its mentions in order; a pronoun or a description is marked.

    Words that begin with `-` are a description, with `~` a pronoun.
    """

    words: tuple[str, ...]
    kind: Kind = Kind.PERSON
    code: str | None = None
    country: str | None = None
    geonames_id: int | None = None
    precision: Precision | None = None
    probability: float = 0.9


def person(*words: str, code: str | None = None, country: str | None = None) -> Named:
    return Named(words=words, code=code, country=country or _country(code))


def body(*words: str, code: str | None = None, country: str | None = None) -> Named:
    return Named(words=words, kind=Kind.ORGANIZATION, code=code, country=country or _country(code))


def place(
    *words: str,
    code: str | None = None,
    country: str | None = None,
    geonames_id: int | None = None,
    precision: Precision | None = Precision.SETTLEMENT,
    probability: float = 0.9,
) -> Named:
    return Named(
        words=words,
        kind=Kind.PLACE,
        code=code,
        country=country or _country(code),
        geonames_id=geonames_id,
        precision=precision,
        probability=probability,
    )


def _country(code: str | None) -> str | None:
    first = (code or "")[:3]
    return None if first in {"", "IGO", "NGO", "MNC"} else first


@dataclass(frozen=True, kw_only=True)
class Told:
    """A document: what it names, when, and in which story."""

    named: tuple[Named, ...]
    published: str | None = "2022-08-02"
    story: int | None = None
    about: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


def told(*named: Named, **changes: Any) -> Told:
    return Told(named=named, **changes)


def reading_of(own: Told) -> Reading:
    """The reading of a document; one sentence for each mention."""
    sentences: list[str] = []
    at: dict[int, list[tuple[Span, MentionForm]]] = {}
    length = 0
    for number, named in enumerate(own.named):
        for given in named.words:
            words = given.lstrip("-~")
            form = {"-": MentionForm.DESCRIPTION, "~": MentionForm.PRONOUN}.get(given[0])
            start = length + len("Then ")
            span = Span(start, start + len(words))
            at.setdefault(number, []).append((span, form or MentionForm.NAME))
            sentences.append(f"Then {words} spoke. ")
            length += len(sentences[-1])
    text = "".join(sentences) + own.about
    document = make_document(text=text or "Nothing.", published=own.published, **own.extra)
    return _with_rows(own, document, at)


def _with_rows(own: Told, document: Any, at: dict[int, list[tuple[Span, MentionForm]]]) -> Reading:
    mentions: list[Mention] = []
    entities: list[Entity] = []
    places: list[Place] = []
    for number, named in enumerate(own.named):
        entity = content_id("entity", document.id, number)
        outside = {"document": document.id, "run": RUN.id}
        ids = []
        for span, form in at[number]:
            ids.append(content_id("mention", document.id, span.start))
            mentions.append(
                Mention(**outside, id=ids[-1], span=span, kind=named.kind, form=form, entity=entity)
            )
        place_id = None
        if named.kind is Kind.PLACE:
            place_id = content_id("place", document.id, number)
            places.append(_place(named, place_id, ids[0], outside))
        entities.append(
            Entity(
                **outside,
                id=entity,
                name=_best(named.words),
                kind=named.kind,
                actor=named.code,
                country=named.country,
                place=place_id,
                mentions=tuple(ids),
            )
        )
    return Reading(
        run=RUN,
        document=document,
        mentions=tuple(mentions),
        entities=tuple(entities),
        places=tuple(places),
        statements=(),
        events=(),
        times=(),
        quantities=(),
        control_claims=(),
        commitments=(),
    )


def _best(words: Sequence[str]) -> str:
    names = [word for word in words if word[0] not in "-~"]
    return max(names, key=len) if names else words[0].lstrip("-~")


def _place(named: Named, own_id: str, mention: str, outside: dict[str, str]) -> Place:
    is_found = named.geonames_id is not None
    return Place(
        **outside,
        id=own_id,
        mention=mention,
        name=named.words[0],
        country=named.country,
        admin1=None,
        geonames_id=named.geonames_id,
        lat=1.0 if is_found else None,
        lon=1.0 if is_found else None,
        precision=named.precision if is_found else None,
        probability=named.probability if is_found else 0.0,
        candidates=2 if is_found else 0,
    )


def add(store: Store, documents: Iterable[Told]) -> list[Arrival]:
    """Put documents into a store, and into their stories; no actors are linked yet."""
    arrivals = []
    (last,) = store.connection.execute("SELECT coalesce(max(number), 0) FROM documents").fetchone()
    for number, own in enumerate(documents, last + 1):
        url = f"https://example.org/{number}"
        reading = reading_of(replace(own, extra={"url": url, **own.extra}))
        added = store.add(reading, at=AT)
        assert added.number is not None
        arrivals.append(Arrival(number=added.number, reading=reading))
        if own.story is not None:
            _put_in_story(store, added.number, own.story)
    return arrivals


def _put_in_story(store: Store, document: int, story: int) -> None:
    store.connection.execute(
        "INSERT OR IGNORE INTO stories VALUES (?, ?, ?, NULL, NULL, 1, 1)",
        (story, f"story{story}", document),
    )
    store.connection.execute(
        "INSERT INTO story_documents VALUES (?, ?, 1.0, '{}')", (document, story)
    )


class _UndoneError(Exception):
    pass


@contextmanager
def undone(store: Store) -> Iterator[None]:
    """All that is written inside is undone, so that a store serves many tests."""
    with suppress(_UndoneError), store.writing():
        yield
        raise _UndoneError


def actor_of(store: Store, arrival: Arrival, number: int = 0) -> str | None:
    """The id of the actor that the entity of a number is; None if it is none."""
    row = store.connection.execute(
        "SELECT k.id FROM actor_entities AS e JOIN known_actors AS k ON k.number = e.actor"
        " WHERE e.document = ? AND e.entity = ?",
        (arrival.number, content_id("entity", arrival.reading.document.id, number)),
    ).fetchone()
    return None if row is None else str(row[0])


def state_of(store: Store) -> dict[str, list[Any]]:
    """All that the registry has, with actors by their ids instead of running numbers."""
    queries = {
        "actors": "SELECT id, name, kind, code, country, first_seen, n_documents FROM known_actors",
        "names": "SELECT k.id, n.normal, n.name, n.n_documents FROM actor_names AS n"
        " JOIN known_actors AS k ON k.number = n.actor",
        "entities": "SELECT e.document, e.entity, k.id FROM actor_entities AS e"
        " JOIN known_actors AS k ON k.number = e.actor",
        "keys": "SELECT y.key, k.id, y.n_documents FROM actor_keys AS y"
        " JOIN known_actors AS k ON k.number = y.actor",
    }
    return {
        name: sorted(map(repr, map(tuple, store.connection.execute(query))))
        for name, query in queries.items()
    }
