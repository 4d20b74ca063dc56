"""Documents into a store: what is new is read once, what is known costs nothing."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import RunError, StoreError
from onrecord.ingest.ingesting import Ingester, delete_documents, lone_file
from onrecord.ingest.linking import TABLES, relink
from onrecord.records import (
    Document,
    Reading,
    Rejection,
    RejectionReason,
    make_document,
    make_run,
)
from onrecord.store import Store, open_store
from tests.export.made import RUN, crates, harbour

AT = "2024-05-02T00:00:00Z"


class FakeReader:
    """Gives readings made by hand, and counts what it was asked for."""

    owns_process = False

    def __init__(self, readings: Sequence[Reading], *, together: int = 2) -> None:
        self.run = RUN
        self.read: list[str] = []
        self._known = {reading.document.id: reading for reading in readings}
        self._together = together

    def read_with_vectors(self, documents: Sequence[Document]) -> list[tuple[Reading, None]]:
        self.read += [document.id for document in documents]
        return [(self._known[document.id].replace(run=self.run), None) for document in documents]

    def is_full(self, documents: Sequence[Document]) -> bool:
        return len(documents) >= self._together


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "news.db", create=True, tables=TABLES) as opened:
        yield opened


def ingester(store: Store, reader: Any, **more: Any) -> Ingester:
    return Ingester(store, reader, now=lambda: AT, **more)


def plain(number: int, **changes: Any) -> Reading:
    """A reading without rows."""
    document = make_document(text=f"Article {number}.", url=f"https://a.example/{number}")
    sections = ("mentions", "entities", "statements", "events", "places", "times")
    sections += ("quantities", "control_claims", "commitments")
    return Reading(document=document, run=RUN, **dict.fromkeys(sections, ()), **changes)


def test_new_documents_are_read_kept_and_linked(store: Store) -> None:
    counts = ingester(store, FakeReader([crates(), harbour()])).take(
        [crates().document, harbour().document]
    )
    assert counts.as_json() == {
        "documents": {"new": 2},
        "refused": {},
        "statements": 5,
        "events": 5,
    }
    assert store.reading(2).events == harbour().events
    (n_stories,) = store.connection.execute("SELECT count(*) FROM story_documents").fetchone()
    (n_actors,) = store.connection.execute("SELECT count(*) FROM known_actors").fetchone()
    assert n_stories == 2
    assert n_actors > 0


def test_what_is_known_is_not_read_again(store: Store) -> None:
    reader = FakeReader([crates(), harbour()])
    documents = [crates().document, harbour().document]
    ingester(store, reader).take(documents)
    counts = ingester(store, reader).take(documents)
    assert counts.documents == {"known": 2}
    assert len(reader.read) == 2
    assert list(store.numbers()) == [1, 2]


def test_one_document_given_twice_is_kept_once(store: Store) -> None:
    counts = ingester(store, FakeReader([crates()])).take([crates().document] * 2)
    assert counts.documents == {"new": 1, "known": 1}


def test_a_refusal_is_counted_and_kept(store: Store) -> None:
    rejection = Rejection(source="x.zip!a", reason=RejectionReason.EMPTY, detail="no", line=3)
    counts = ingester(store, FakeReader([plain(1)])).take([rejection, plain(1).document])
    assert (counts.n_refused, counts.n_documents) == (1, 1)
    row = store.connection.execute("SELECT source, line, reason, at FROM refusals").fetchone()
    assert tuple(row) == ("x.zip!a", 3, "empty", AT)


def test_another_run_reads_again_and_links_once(store: Store) -> None:
    reader = FakeReader([crates(), harbour()])
    documents = [crates().document, harbour().document]
    ingester(store, reader).take(documents)
    before = _counts(store)
    reader.run = make_run(software="2", model="m", model_digest="d", settings={})
    counts = ingester(store, reader).take(documents)
    assert counts.documents == {"reread": 2}
    assert _counts(store) == before


def test_the_batch_changes_nothing(tmp_path: Path) -> None:
    found = []
    for together in (1, 3):
        with open_store(tmp_path / f"{together}.db", create=True, tables=TABLES) as store:
            reader = FakeReader([crates(), harbour(), plain(1)], together=together)
            ingester(store, reader).take([crates().document, harbour().document, plain(1).document])
            found.append(_rows(store))
    assert found[0] == found[1]


def test_a_reader_that_fails_leaves_what_was_finished(store: Store) -> None:
    reader = FakeReader([plain(1), plain(2), plain(3)], together=1)

    def documents() -> Iterator[Document]:
        yield plain(1).document
        yield plain(2).document
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingester(store, reader).take(documents())
    assert list(store.numbers()) == [1, 2]
    counts = ingester(store, reader).take([plain(n).document for n in (1, 2, 3)])
    assert counts.documents == {"known": 2, "new": 1}


def test_what_could_not_be_kept_is_not_counted(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("onrecord.ingest.ingesting.link_all", full)
    taking = ingester(store, FakeReader([plain(1)]))
    with pytest.raises(sqlite3.OperationalError, match="full"):
        taking.take([plain(1).document])
    assert taking.counts.n_documents == 0
    assert list(store.numbers()) == []


def test_a_document_that_cannot_be_read_costs_no_other_one(store: Store) -> None:
    told: list[Rejection] = []
    taking = ingester(store, FakeReader([plain(1), plain(3)], together=3), on_failure=told.append)
    counts = taking.take([plain(n).document for n in (1, 2, 3)], source="news.jsonl")
    assert list(store.numbers()) == [1, 2]
    assert (counts.documents, counts.refused) == ({"new": 2}, {"failed": 1})
    row = store.connection.execute("SELECT source, reason, detail FROM refusals").fetchone()
    assert tuple(row) == (told[0].source, told[0].reason, told[0].detail)
    assert told[0].source == "news.jsonl!https://a.example/2"
    assert told[0].detail.startswith("reading it failed, which is a fault of this program: KeyE")


def test_when_all_documents_fail_it_is_not_for_the_documents(store: Store) -> None:
    taking = ingester(store, FakeReader([]))
    with pytest.raises(RunError, match="no document can be read; the last one failed with KeyErr"):
        taking.take([plain(n).document for n in range(30)])
    assert taking.counts.refused == {"failed": 20}
    known = ingester(store, FakeReader([plain(n) for n in range(30)]))
    assert known.take([plain(n).document for n in range(30)]).documents == {"new": 30}


def test_a_document_that_cannot_be_kept_costs_no_other_one(store: Store) -> None:
    (mention, *_), document = crates().mentions or (), crates().document
    twice = crates().replace(mentions=(mention, mention))
    readings = [plain(1), twice, harbour()]
    counts = ingester(store, FakeReader(readings, together=3)).take(
        [plain(1).document, document, harbour().document]
    )
    assert (counts.documents, counts.refused) == ({"new": 2}, {"failed": 1})
    row = store.connection.execute("SELECT source, reason, detail FROM refusals").fetchone()
    assert row["source"] == document.title
    assert "keeping or linking it failed" in row["detail"]
    assert "IntegrityError" in row["detail"]
    # Nothing of it is left, and with a program that reads it well it is taken.
    with open_store(store.path.with_name("other.db"), create=True, tables=TABLES) as other:
        ingester(other, FakeReader(readings)).take([plain(1).document, harbour().document])
        assert _counts(store) == _counts(other)
    again = ingester(store, FakeReader([crates()])).take([document])
    assert again.documents == {"new": 1}


def test_a_full_disk_is_no_fault_of_a_document(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr("onrecord.ingest.ingesting.link_all", full)
    with pytest.raises(StoreError, match="the disk is full"):
        ingester(store, FakeReader([plain(1)])).take([plain(1).document])
    assert list(store.numbers()) == []
    assert not store.connection.execute("SELECT * FROM refusals").fetchall()


def test_deleted_documents_go_with_their_links_and_do_not_return(store: Store) -> None:
    reader = FakeReader([crates(), harbour()])
    ingester(store, reader).take([harbour().document])
    empty = _counts(store)
    ingester(store, reader).take([crates().document])
    delete_documents(store, [2], why="asked to", by="AV", at=AT)
    assert _counts(store) == empty
    counts = ingester(store, reader).take([crates().document])
    assert counts.documents == {"deleted": 1}


def test_linking_again_gives_the_same(store: Store) -> None:
    ingester(store, FakeReader([crates(), harbour()])).take([crates().document, harbour().document])
    before = _counts(store)
    assert list(relink(store)) == [1, 2]
    assert _counts(store) == before


def test_a_lone_file_is_one_that_holds_one_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.jsonl").write_text("{}")
    assert lone_file(str(tmp_path / "a.txt")) == str(tmp_path / "a.txt")
    assert lone_file(str(tmp_path / "a.jsonl")) is None
    assert lone_file(str(tmp_path)) is None


_TABLES = (
    *("documents", "statements", "events", "entities", "provenances", "stories"),
    *("story_documents", "known_actors", "actor_names", "actor_entities", "claims", "stances"),
    "disputes",
)


def _counts(store: Store) -> dict[str, int]:
    return {
        name: store.connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in _TABLES
    }


def _rows(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    return {
        name: sorted(map(tuple, store.connection.execute(f"SELECT * FROM {name}")), key=repr)
        for name in _TABLES
    }
