"""A store with two documents made by hand, and rows across them; all persons are invented."""

from pathlib import Path
from typing import Any

from onrecord.records import (
    ActorEntity,
    ActorName,
    Claim,
    Dispute,
    Ground,
    Kind,
    KnownActor,
    Provenance,
    Reading,
    RowKind,
    Stance,
    StanceKind,
    Story,
    StoryDocument,
)
from onrecord.registry.names import plain
from onrecord.store import Store, open_store
from onrecord.store.rows import codec, write_rows
from tests.export.made import crates, harbour

AT = "2022-08-04T00:00:00Z"
# What the registry would make of the entities of both documents.
ACTORS = ("Northern Front", "Bo Orly", "Ann Vale", "Odesa", "Upper Wessel")


def put(store: Store, table: str, *rows: Any) -> None:
    """Write rows of one table."""
    kind = codec(table)
    write_rows(store.connection, kind, [kind.values_of(row) for row in rows])


def make_store(folder: Path) -> Path:
    """A file with both documents, a story, a claim and a dispute."""
    path = folder / "news.db"
    with open_store(path, mode="write", create=True) as store, store.writing():
        for reading in (crates(), harbour()):
            number = store.add(reading, at=AT).number
            assert number is not None
            put(
                store,
                "provenances",
                Provenance(
                    document=number,
                    publisher=None,
                    agency=None,
                    origin=None,
                    similarity=None,
                    voice=number,
                    why={},
                ),
            )
        _actors(store)
        _story(store)
        _dispute(store)
    return path


def _actors(store: Store) -> None:
    for number, name in enumerate(ACTORS, start=1):
        put(
            store,
            "known_actors",
            KnownActor(
                number=number,
                id=f"actor{number}",
                name=name,
                kind=Kind.PERSON,
                code="UKR.REB.PRE" if number == 1 else None,
                country=None,
                first_seen="2022-08-03",
                n_documents=1,
            ),
        )
        put(
            store,
            "actor_names",
            ActorName(actor=number, normal=plain(name), name=name, n_documents=1),
        )
    for document, reading in ((1, crates()), (2, harbour())):
        _entities(store, document, reading)


def _entities(store: Store, document: int, reading: Reading) -> None:
    for entity in reading.entities or ():
        if entity.name in ACTORS:
            put(
                store,
                "actor_entities",
                ActorEntity(
                    document=document,
                    entity=entity.id,
                    actor=ACTORS.index(entity.name) + 1,
                    why={"name": entity.name},
                    probability=0.9,
                ),
            )


def _story(store: Store) -> None:
    put(
        store,
        "stories",
        Story(
            number=1,
            id="story1",
            document=2,
            first_seen="2022-08-03",
            last_seen="2022-08-03",
            n_documents=2,
            n_voices=2,
        ),
    )
    for document in (1, 2):
        put(
            store,
            "story_documents",
            StoryDocument(document=document, story=1, similarity=0.8, why={"names": ["Ann Vale"]}),
        )


def _dispute(store: Store) -> None:
    """Orly says that the Front took a town; somebody denies it in the other document."""
    first = (harbour().statements or ())[0]
    second = (crates().statements or ())[1]
    put(
        store,
        "claims",
        Claim(
            number=1,
            id="claim1",
            document=2,
            row_kind=RowKind.STATEMENT,
            row=first.id,
            spans=first.content,
            story=1,
            first_seen="2022-08-03",
            last_seen="2022-08-03",
            n_asserts=1,
            n_denies=1,
            n_reports=0,
            is_disputed=True,
        ),
    )
    for document, row, speaker, stance in (
        (2, first, 2, StanceKind.ASSERTS),
        (1, second, None, StanceKind.DENIES),
    ):
        put(
            store,
            "stances",
            Stance(
                document=document,
                id=f"stance{document}",
                claim=1,
                row_kind=RowKind.STATEMENT,
                row=row.id,
                spans=row.content,
                speaker=speaker,
                speaker_spans=row.source,
                stance=stance,
                voice=document,
                published="2022-08-03",
                why={},
                probability=0.7,
            ),
        )
    put(
        store,
        "disputes",
        Dispute(
            number=1,
            id="dispute1",
            ground=Ground.DENIAL,
            claim=1,
            other_claim=1,
            first_document=2,
            first_stance="stance2",
            first_spans=first.content,
            first_speaker=2,
            second_document=1,
            second_stance="stance1",
            second_spans=second.content,
            second_speaker=None,
            is_own=False,
            story=1,
            first_seen="2022-08-03",
            why={"same": ["Upper Wessel"]},
            probability=0.6,
        ),
    )
