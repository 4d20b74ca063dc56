"""What is kept of the vectors of a document is all that linkers ask for."""

import dataclasses
from pathlib import Path

import numpy as np

from onrecord.encode.vectors import quantise
from onrecord.ingest.kept_vectors import MOST_EVENTS, kept_vectors, vectors_in_store
from onrecord.ingest.linking import TABLES, link_all, relink
from onrecord.records import Reading, Span
from onrecord.store import Arrival, SpanVectors, Store, open_store
from onrecord.stories import happening_rows
from tests.lake.made import MadeVectors, page

AT = "2026-01-01T00:00:00Z"


def test_quantised_again_they_are_the_same() -> None:
    kept = kept_vectors(page(1), MadeVectors())
    asked = list(kept.spans)
    assert (quantise(kept.of_many(asked)) == kept.codes_ND).all()
    assert (quantise(MadeVectors().of_many(asked)) == kept.codes_ND).all()
    assert not kept.of([Span(0, 1)]).any()
    assert kept.of_many([]).shape == (0, kept.codes_ND.shape[1])


def test_links_are_the_same_as_with_all_vectors(tmp_path: Path) -> None:
    readings = [page(1), page(2, "2024-05-03"), page(3, "2024-05-04", outlet="Ardal Post")]
    stores = [linked(tmp_path / "all.db", readings, has_all=True)]
    stores.append(linked(tmp_path / "kept.db", readings, has_all=False))
    found = [links(store) for store in stores]
    assert found[0] == found[1]
    for store in stores:
        store.close()


def test_linking_again_keeps_the_vectors(tmp_path: Path) -> None:
    store = linked(tmp_path / "all.db", [page(1), page(2, "2024-05-03")], has_all=True)
    before = links(store)
    for _ in range(2):
        assert list(relink(store)) == [1, 2]
        assert links(store) == before
    (n_without,) = store.connection.execute(
        "SELECT count(*) FROM claim_propositions WHERE vectors IS NULL"
    ).fetchone()
    assert n_without == 0
    store.close()


def test_what_was_linked_without_has_none(tmp_path: Path) -> None:
    with open_store(tmp_path / "none.db", create=True, tables=TABLES) as store:
        with store.writing():
            number = store.add(page(1), at=AT).number
            assert number is not None
            reading = store.reading(number)
            link_all(store, [Arrival(number=number, reading=reading)])
        assert vectors_in_store(store.connection, number, reading) is None
        assert list(relink(store)) == [1]


def test_as_many_events_as_stories_look_at() -> None:
    assert MOST_EVENTS == happening_rows._MOST_EVENTS


def test_a_document_without_words_has_no_vectors() -> None:
    bare = page(1).replace(
        document=dataclasses.replace(page(1).document, text=""), events=(), statements=(),
        entities=(), mentions=(), control_claims=(), commitments=(), places=(), times=(),
        quantities=(),
    )  # fmt: skip
    assert kept_vectors(bare, MadeVectors()).spans == ()
    assert np.array_equal(kept_vectors(bare, MadeVectors()).codes_ND, np.zeros((0, 0)))


def linked(path: Path, readings: list[Reading], *, has_all: bool) -> Store:
    store = open_store(path, create=True, tables=TABLES)
    store.connection.execute("PRAGMA synchronous = OFF")
    with store.writing():
        for reading in readings:
            number = store.add(reading, at=AT).number
            assert number is not None
            vectors: SpanVectors = MadeVectors()
            if not has_all:
                vectors = kept_vectors(reading, vectors)
            own = Arrival(number=number, reading=store.reading(number), vectors=vectors)
            link_all(store, [own])
    return store


def links(store: Store) -> list[list[tuple[object, ...]]]:
    """What is kept of documents and found, without running numbers of stories and claims."""
    columns = {
        "story_traits": "*",
        "story_happenings": "document, event, happening, traits",
        "claim_propositions": "*",
        "stances": "document, id, stance, why, probability",
        "disputes": "id, ground, why, probability",
    }
    return [
        [tuple(row) for row in store.connection.execute(f"SELECT {own} FROM {table}")]
        for table, own in columns.items()
    ]
