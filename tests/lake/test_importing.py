"""A lake into a store: the same rows and links as from the documents themselves."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import LakeError
from onrecord.ingest.ingesting import Ingester
from onrecord.ingest.linking import TABLES
from onrecord.inputs.documents import read_inputs
from onrecord.lake import open_lake
from onrecord.lake.importing import LakeImporter
from onrecord.pipeline import Reader
from onrecord.records import Document, Reading, Rejection, RejectionReason
from onrecord.store import Store, open_store
from tests.export.made import RUN, crates
from tests.lake.made import MadeVectors, new_lake, page, write
from tests.store.made import by_run, on_document

EXAMPLES = Path(__file__).parents[2] / "examples"
AT = "2026-01-01T00:00:00Z"
REJECTION = Rejection(source="x.zip!a", reason=RejectionReason.EMPTY, detail="no words", line=3)
# What is kept beside a document about its way into the store.
OWN_WAY = {"versions": ("source", "added_at")}
READINGS = [
    page(1, "2024-05-02"),
    page(2, "2024-05-02", outlet="Ardal Post"),
    page(3, "2024-05-01T08:00:00Z"),
    page(4, "2024-06-03"),
    page(5, None),
    crates(),
]


class FakeReader:
    """Gives readings made by hand, with vectors."""

    owns_process = False

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.run = RUN
        self._known = {reading.document.id: reading for reading in readings}

    def read_with_vectors(self, documents: Sequence[Document]) -> list[tuple[Reading, Any]]:
        return [(self._known[document.id], MadeVectors()) for document in documents]

    def is_full(self, documents: Sequence[Document]) -> bool:
        return len(documents) >= 2


def new_store(path: Path) -> Store:
    store = open_store(path, create=True, tables=TABLES)
    store.connection.execute("PRAGMA synchronous = OFF")
    return store


def in_order(readings: Iterable[Reading]) -> list[Reading]:
    return sorted(
        readings, key=lambda r: (r.document.published is None, r.document.published, r.document.id)
    )


def rows(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, without those that tell how a document came."""
    found = {}
    names = [
        row[0]
        for row in store.connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            " AND name NOT LIKE '%\\_words\\_%' ESCAPE '\\' AND name NOT LIKE 'row_ids_%'"
            " AND name NOT LIKE 'sqlite_%'"
        )
    ]
    for name in names:
        columns = [row[1] for row in store.connection.execute(f"PRAGMA table_info({name})")]
        listed = ", ".join(f'"{c}"' for c in columns if c not in OWN_WAY.get(name, ()))
        found[name] = [tuple(r) for r in store.connection.execute(f"SELECT {listed} FROM {name}")]
    return found


def importer(store: Store) -> LakeImporter:
    return LakeImporter(store, now=lambda: AT)


def test_it_equals_taking_in_the_documents_themselves(tmp_path: Path) -> None:
    lake = new_lake(tmp_path / "lake")
    write(lake, "a", [(reading, MadeVectors()) for reading in READINGS[:3]])
    write(lake, "b", [(reading, MadeVectors()) for reading in READINGS[2:]])
    with new_store(tmp_path / "lake.db") as store:
        counts = importer(store).take(lake)
        found = rows(store)
    assert counts.documents == {"new": 6}
    with new_store(tmp_path / "own.db") as store:
        reader: Any = FakeReader(READINGS)
        own = Ingester(store, reader, now=lambda: AT).take(r.document for r in in_order(READINGS))
        wanted = rows(store)
    assert found == wanted
    assert found["story_happenings"]
    assert any(row[3] is not None for row in found["claim_propositions"])
    assert (counts.statements, counts.events) == (own.statements, own.events)


def test_a_second_time_adds_nothing(tmp_path: Path) -> None:
    lake = new_lake(tmp_path / "lake")
    write(lake, "a", READINGS, [REJECTION])
    with new_store(tmp_path / "lake.db") as store:
        importer(store).take(lake)
        before = rows(store)
        counts = importer(store).take(lake)
        assert rows(store) == before
        assert (counts.documents, counts.refused) == ({"known": 6}, {"empty": 1})
        assert len(before["refusals"]) == 1
        write(lake, "b", [page(9)], [REJECTION])
        assert importer(store).take(lake).documents == {"known": 6, "new": 1}


def test_one_that_was_stopped_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.lake.importing._BATCH", 2)
    lake = new_lake(tmp_path / "lake")
    write(lake, "a", [(reading, MadeVectors()) for reading in READINGS])

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with new_store(tmp_path / "stopped.db") as store:
        with pytest.raises(KeyboardInterrupt):
            LakeImporter(store, now=lambda: AT, on_counts=stop).take(lake)
        assert len(list(store.numbers())) in {1, 2}
        importer(store).take(lake)
        found = rows(store)
    with new_store(tmp_path / "whole.db") as store:
        importer(store).take(lake)
        assert rows(store) == found


def test_a_store_of_another_run_reads_again(tmp_path: Path) -> None:
    lake = new_lake(tmp_path / "lake")
    write(lake, "a", [page(1), page(2)])
    with new_store(tmp_path / "lake.db") as store:
        with store.writing():
            store.add(by_run(page(1), "0.9"), at=AT)
        assert importer(store).take(lake).documents == {"reread": 1, "new": 1}
        assert store.reading(1).run == RUN


def test_a_newer_text_of_an_address_is_a_version(tmp_path: Path) -> None:
    lake = new_lake(tmp_path / "lake")
    later = page(1).document.url
    write(lake, "a", [page(1), on_document(crates(), url=later, published="2024-05-09")])
    with new_store(tmp_path / "lake.db") as store:
        assert importer(store).take(lake).documents == {"new": 1, "revised": 1}


def test_a_broken_lake_keeps_what_was_before(tmp_path: Path) -> None:
    lake = new_lake(tmp_path / "lake")
    write(lake, "a", [page(1)])
    finished = write(lake, "b", [page(2, "2024-07-01")])
    with new_store(tmp_path / "lake.db") as store:
        for file in finished.files:
            (tmp_path / "lake" / file.path).write_bytes(b"x")
        with pytest.raises(LakeError, match="cannot be read as Parquet"):
            importer(store).take(lake)
        assert len(list(store.numbers())) == 1


@pytest.mark.weights
def test_vectors_of_the_encoder_give_the_same_links(tmp_path: Path, reader: Reader) -> None:
    files = sorted(str(path) for path in EXAMPLES.glob("dam-breach-*"))
    documents = [one for one in read_inputs(files) if isinstance(one, Document)]
    documents.sort(key=lambda one: (one.published is None, one.published, one.id))
    assert len(documents) > 1
    lake = open_lake(str(tmp_path / "lake"), reader.run, create=True)
    write(lake, "a", reader.read_with_vectors(documents))
    with new_store(tmp_path / "lake.db") as store:
        importer(store).take(lake)
        found = rows(store)
    with new_store(tmp_path / "own.db") as store:
        Ingester(store, reader, now=lambda: AT).take(documents)
        assert rows(store) == found
