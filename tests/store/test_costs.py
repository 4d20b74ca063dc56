"""No step of a store looks through whole tables, so that none slows down as it grows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.store import Store
from onrecord.store.corrections import Signature, reject_row, set_field, undo
from onrecord.store.finding import find_row
from tests.store.made import AT, by_run, full_reading, on_document, quick_store

HERE = "https://news.example/harbour"
SIGNED = Signature(by="Mio Tarn", at=AT)
READING = full_reading(url=HERE)


@pytest.fixture
def store(tmp_path: Path) -> Any:
    with quick_store(tmp_path / "made.db") as store:
        with store.writing():
            for page in range(5):
                store.add(full_reading(url=f"{HERE}/{page}"), at=AT)
            store.add(READING, at=AT)
        yield store


def add(store: Store, reading: Any) -> None:
    with store.writing():
        store.add(reading, at=AT)


def delete(store: Store) -> None:
    with store.writing():
        store.delete(6, at=AT)


def correct(store: Store) -> None:
    row = find_row(store, READING.statements[0].id)  # type: ignore[index]
    set_field(store, row, "act", "warn", SIGNED)
    made = reject_row(store, row, SIGNED)
    undo(store, made.id, SIGNED)


@pytest.mark.parametrize(
    "step",
    [
        lambda store: add(store, full_reading(url=f"{HERE}/new")),
        lambda store: add(store, by_run(READING, "2")),
        lambda store: add(store, on_document(READING, text=f"{READING.document.text} More.")),
        lambda store: store.status_of(READING.document, READING.run.id),
        lambda store: store.reading(6),
        lambda store: store.number_of(READING.document.id[:9]),
        delete,
        correct,
    ],
    ids="add reread revise status read find delete correct".split(),
)
def test_every_statement_finds_its_rows_by_a_key(
    store: Store, step: Callable[[Store], Any]
) -> None:
    seen: set[str] = set()
    store.connection.set_trace_callback(seen.add)
    step(store)
    store.connection.set_trace_callback(None)
    seen = {each for each in seen if each.startswith(("SELECT", "UPDATE", "DELETE", "INSERT"))}
    assert seen
    for statement in seen:
        if statement.startswith("INSERT INTO runs"):
            continue  # tables are looked through only while rows wait for a run; none do
        plan = store.connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
        scans = [row[3] for row in plan if row[3].startswith("SCAN") and not _is_harmless(row[3])]
        assert not scans, (statement[:200], scans)


def _is_harmless(step: str) -> bool:
    """Whether a step that says SCAN looks through nothing, or through words by their index."""
    return "VIRTUAL TABLE" in step or "CONSTANT ROW" in step
