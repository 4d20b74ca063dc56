"""Stores with a few readings and their claims; the other linkers are stood in for."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from onrecord import claims
from onrecord.claims.tables import TABLES
from onrecord.records import Reading
from onrecord.store import Arrival, Store, open_store

AT = "2026-01-01T00:00:00Z"
_NUMBERS = {"number", "claim", "other_claim"}


@contextmanager
def made_store(path: Path) -> Iterator[Store]:
    """An empty store with one story."""
    with open_store(path / "made.db", create=True, tables=(TABLES,)) as store:
        yield store


def take(
    store: Store, *readings: Reading, story: bool = True, voice: int | None = None
) -> list[int]:
    """Add readings and link them; all are of one story, and each has a voice of its own."""
    numbers = []
    with store.writing():
        for reading in readings:
            number = store.add(reading, at=AT).number
            assert number is not None
            numbers.append(number)
            if story:
                store.connection.execute(
                    "INSERT OR IGNORE INTO stories (number, id, document, n_documents, n_voices)"
                    " VALUES (1, 's', ?, 1, 1)",
                    (number,),
                )
                store.connection.execute(
                    "INSERT INTO story_documents VALUES (?, 1, 1.0, '{}')", (number,)
                )
            store.connection.execute(
                "INSERT INTO provenances VALUES (?, NULL, NULL, NULL, NULL, ?, '{}')",
                (number, voice or number),
            )
            claims.link(store, (Arrival(number=number, reading=reading),))
    return numbers


def disputes(store: Store) -> list[tuple[str, str, str]]:
    """Ground and words of both sides of all disputes."""
    rows = store.connection.execute(
        "SELECT ground, a.text, first_spans, b.text, second_spans FROM disputes"
        " JOIN documents AS a ON a.number = first_document"
        " JOIN documents AS b ON b.number = second_document ORDER BY disputes.number"
    )
    return [(row[0], _words(row[1], row[2]), _words(row[3], row[4])) for row in rows]


def _words(text: str, spans: str) -> str:
    return " ".join(text[s["start"] : s["end"]] for s in json.loads(spans))


def dump(store: Store, tables: Sequence[str] = ("claims", "stances", "disputes")) -> list[object]:
    """All rows of the tables of claims, without running numbers of their own."""
    found: list[object] = []
    for table in (*tables, "claim_propositions", "claim_keys", "claim_members"):
        for row in store.connection.execute(f"SELECT * FROM {table}"):
            values = {k: row[k] for k in set(row.keys()) - _NUMBERS}
            found.append((table, sorted(values.items(), key=str)))
    return sorted(found, key=str)
