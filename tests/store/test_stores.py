"""Documents in and out of a store: kept once, read again, revised, deleted."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from onrecord.errors import StoreError
from onrecord.records import DocumentStatus, content_id
from onrecord.store import Store
from tests.records.generated import few, readings
from tests.store.made import (
    AT,
    LATER,
    by_run,
    check_whole,
    full_reading,
    n_terms,
    on_document,
    quick_store,
)

HERE, THERE = "https://news.example/harbour", "https://news.example/elsewhere"


@pytest.fixture
def store(tmp_path: Path) -> Any:
    with quick_store(tmp_path / "made.db") as store:
        yield store


def add(store: Store, reading: Any, **options: Any) -> Any:
    with store.writing():
        return store.add(reading, **({"at": AT} | options))


def changed_text(reading: Any, **document: Any) -> Any:
    """An article of the same address with one more sentence."""
    return on_document(reading, text=f"{reading.document.text} More follows.", **document)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: Any) -> Any:
    with quick_store(tmp_path_factory.mktemp("any") / "made.db") as store:
        yield store
        check_whole(store)
        with store.writing():
            for number in list(store.numbers()):
                store.delete(number, at=AT)
        check_whole(store)
        assert n_terms(store, "document_words") == 0


@few
@given(readings())
def test_any_reading_comes_out_as_it_went_in(shared: Store, reading: Any) -> None:
    added = add(shared, reading)
    if added.status is not DocumentStatus.KNOWN:
        assert shared.reading(added.number) == reading
        assert shared.document(added.number) == reading.document


def test_the_same_reading_is_kept_once(store: Store) -> None:
    reading = full_reading()
    assert store.status_of(reading.document, reading.run.id) is DocumentStatus.NEW
    assert add(store, reading).status is DocumentStatus.NEW
    assert store.status_of(reading.document, reading.run.id) is DocumentStatus.KNOWN
    again = add(store, reading)
    assert (again.status, again.number) == (DocumentStatus.KNOWN, 1)
    assert list(store.numbers()) == [1]
    check_whole(store)


def test_another_run_replaces_the_rows(store: Store) -> None:
    first = add(store, full_reading())
    fewer = by_run(full_reading(), "2").replace(events=(), commitments=None)
    assert store.status_of(fewer.document, fewer.run.id) is DocumentStatus.REREAD
    again = add(store, fewer)
    assert (again.status, again.number) == (DocumentStatus.REREAD, first.number)
    assert store.reading(first.number) == fewer
    check_whole(store)


def test_a_revised_article_is_a_new_version_and_the_old_one_stays(store: Store) -> None:
    old = full_reading(url=HERE)
    new = changed_text(old, url=f"{HERE}/?utm_source=feed#top")
    newest = changed_text(new, url="http://www.news.example/harbour")
    first = add(store, old)
    assert store.status_of(new.document, new.run.id) is DocumentStatus.REVISED
    second, third = add(store, new, at=LATER, source="feed"), add(store, newest)
    assert (second.status, second.replaces) == (DocumentStatus.REVISED, first.number)
    assert third.replaces == second.number
    rows = store.connection.execute("SELECT * FROM versions ORDER BY document").fetchall()
    chain = [(r["version"], r["replaces"], r["replaced_by"]) for r in rows]
    assert chain == [(1, None, 2), (2, 1, 3), (3, 2, None)]
    assert (rows[1]["source"], rows[1]["added_at"]) == ("feed", LATER)
    assert store.reading(first.number) == old
    current = store.connection.execute("SELECT document FROM articles WHERE is_current")
    assert [number for (number,) in current] == [third.number]


def test_the_text_of_an_address_under_another_date_is_known(store: Store) -> None:
    number = add(store, full_reading(url=HERE)).number
    again = add(store, full_reading(url=HERE, published="2022-08-09"))
    assert (again.status, again.number) == (DocumentStatus.KNOWN, number)


def test_a_file_is_the_address_of_what_has_none(store: Store) -> None:
    old = full_reading()
    add(store, old, file="/news/a.txt")
    new = changed_text(old)
    assert store.status_of(new.document, new.run.id) is DocumentStatus.NEW
    assert store.status_of(new.document, new.run.id, file="/news/a.txt") is DocumentStatus.REVISED
    assert add(store, new, file="/news/b.txt").replaces is None


def test_a_deleted_document_is_not_taken_again(store: Store) -> None:
    reading = full_reading(url=HERE)
    number = add(store, reading).number
    other = add(store, full_reading(url=THERE)).number
    with store.writing():
        store.delete(number, at=LATER, why="a court said so", by="Mio Tarn")
    check_whole(store)
    assert list(store.numbers()) == [other]
    assert store.status_of(reading.document, reading.run.id) is DocumentStatus.DELETED
    for same in (reading, full_reading(url=f"{HERE}?utm_campaign=x", published="2023-01-01")):
        added = add(store, same)
        assert (added.number, added.status) == (None, DocumentStatus.DELETED)
    (row,) = store.connection.execute("SELECT * FROM tombstones").fetchall()
    assert (row["why"], row["by"], row["deleted_at"]) == ("a court said so", "Mio Tarn", LATER)
    with store.writing():
        store.restore(reading.document.id)
    assert add(store, reading).number == other + 1, "numbers are not given again"
    check_whole(store)


def test_a_version_in_the_middle_can_be_deleted(store: Store) -> None:
    old = full_reading(url=HERE)
    new = changed_text(old)
    for reading in (old, new, changed_text(new)):
        add(store, reading)
    with store.writing():
        store.delete(2, at=AT)
    rows = store.connection.execute(
        "SELECT document, version, replaces, replaced_by FROM versions ORDER BY document"
    )
    assert [tuple(row) for row in rows] == [(1, 1, None, 3), (3, 3, 1, None)]
    check_whole(store)


def test_an_id_or_its_beginning_names_a_document(store: Store) -> None:
    ids = [content_id("document", page) for page in range(300)]
    insert = "INSERT INTO documents (id, sha256, text, links) VALUES (?, '', 'a', '[]')"
    with store.writing():
        store.connection.executemany(insert, [(own,) for own in ids])
    assert store.number_of(ids[7]) == 8
    assert store.number_of(ids[7][:12]) == 8
    with pytest.raises(StoreError, match="no document has an id"):
        store.number_of("zzzz")
    with pytest.raises(StoreError, match="too short"):
        store.number_of(ids[0][:2])
    store.connection.execute(insert, (f"{ids[7]}0",))
    assert store.number_of(ids[7]) == 8
    with pytest.raises(StoreError, match="several documents"):
        store.number_of(ids[7][:12])


def test_numbers_come_in_order_and_from_a_number_on(store: Store) -> None:
    for page in range(4):
        add(store, full_reading(url=f"{HERE}/{page}"))
    assert list(store.numbers()) == [1, 2, 3, 4]
    assert list(store.numbers(since_number=2)) == [3, 4]


@pytest.mark.parametrize("ask", ["reading", "document"])
def test_a_document_that_is_not_there_is_named(store: Store, ask: str) -> None:
    with pytest.raises(StoreError, match="no document 7"):
        getattr(store, ask)(7)


def test_nothing_is_written_outside_of_a_transaction(store: Store) -> None:
    with pytest.raises(StoreError, match="inside of"):
        store.add(full_reading(), at=AT)
    with pytest.raises(StoreError, match="inside of"):
        store.delete(1, at=AT)
    with (
        pytest.raises(StoreError, match="being written already"),
        store.writing(),
        store.writing(),
    ):
        pass
    add(store, full_reading())


def test_an_error_inside_undoes_all_of_it(store: Store) -> None:
    def fail() -> None:
        with store.writing():
            store.add(full_reading(), at=AT)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        fail()
    assert list(store.numbers()) == []
    assert store.connection.execute("SELECT count(*) FROM runs").fetchone()[0] == 0
    add(store, full_reading())
    check_whole(store)


def test_a_document_that_others_point_at_is_not_deleted(store: Store) -> None:
    number = add(store, full_reading()).number
    with store.writing():
        store.connection.execute(
            "INSERT INTO provenances (document, voice, why) VALUES (?, ?, '{}')", (number, number)
        )
    with pytest.raises(sqlite3.IntegrityError), store.writing():
        store.delete(number, at=AT)
    assert store.reading(number) == full_reading()


def test_words_are_found_without_their_accents(store: Store) -> None:
    add(store, on_document(full_reading(), title="Überfall in São Tarn"))
    for words in ("uberfall", "ÜBERFALL", "sao"):
        found = store.connection.execute("SELECT rowid FROM document_words(?)", (words,))
        assert [number for (number,) in found] == [1]


def test_statements_and_entities_are_found_by_their_words(store: Store) -> None:
    reading = full_reading()
    add(store, reading)
    (row,) = store.connection.execute(
        "SELECT s.id FROM statement_words('withdraw') AS w JOIN statements AS s"
        " ON s.document = w.rowid / 1000000 AND s.position = w.rowid % 1000000"
    ).fetchall()
    assert row[0] == reading.statements[0].id
    names = store.connection.execute(
        "SELECT e.name FROM entity_words('front') AS w JOIN entities AS e"
        " ON e.document = w.rowid / 1000000 AND e.position = w.rowid % 1000000"
    ).fetchall()
    assert [name for (name,) in names] == ["Northern Front"]
