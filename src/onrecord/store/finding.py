"""Where a row stands, from its id or the beginning of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.errors import StoreError
from onrecord.schema.fields import sections
from onrecord.store.stores import Store

_LEAST_PREFIX, _MOST_FOUND = 4, 50


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row of a store.

    Attributes:
        number: The running number of its document.
        section: The section it stands in; `documents` for a document itself.
        id: Its id.
    """

    number: int
    section: str
    id: str


def find_row(store: Store, row_id: str, *, document: str | None = None) -> FoundRow:
    """Where a row stands, from its id or the beginning of it.

    Args:
        store: The store.
        row_id: The id of a document, statement, event, claim of control or commitment; with
            a document given, of any row in it.
        document: The id of its document, or the beginning of it.

    Raises:
        StoreError: No row has such an id, or more than one.
    """
    found = sorted(
        {
            row
            for number in _documents_with(store, row_id, document)
            for row in _within(store, number, row_id)
        },
        key=lambda row: (row.number, row.section, row.id),
    )
    exact = [row for row in found if row.id == row_id]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        problem = f"several rows have ids that begin with {row_id!r}; give more of it"
    elif document is None and len(row_id) < _LEAST_PREFIX:
        problem = f"{row_id!r} is too short for an id; give {_LEAST_PREFIX} signs or more"
    elif document is None:
        problem = (
            f"no document, statement, event, claim of control, commitment or dispute has an id"
            f" that begins with {row_id!r}; for other rows name their document too"
        )
    else:
        problem = f"no row of {document} has an id that begins with {row_id!r}"
    raise StoreError(path=str(store.path), problem=problem)


def _documents_with(store: Store, row_id: str, document: str | None) -> list[int]:
    """Documents in which a row with such an id may stand."""
    if document is not None:
        return [store.number_of(document)]
    if len(row_id) < _LEAST_PREFIX or not row_id.isalnum():
        return []
    own = store.connection.execute(
        "SELECT number FROM documents WHERE id >= ? AND id < ? LIMIT ?",
        (row_id, f"{row_id}\U0010ffff", _MOST_FOUND),
    ).fetchall()
    rows = store.connection.execute(
        "SELECT rowid FROM row_ids WHERE row_ids MATCH ? LIMIT ?", (f'"{row_id}"*', _MOST_FOUND)
    ).fetchall()
    return sorted({number for (number,) in (*own, *rows)})


def _within(store: Store, number: int, row_id: str) -> Iterator[FoundRow]:
    """Rows of a document, and the document, whose ids begin so."""
    own = store.document(number).id
    if own.startswith(row_id):
        yield FoundRow(number, "documents", own)
    for section in sections():
        for (found,) in store.connection.execute(
            f"SELECT id FROM {section} WHERE document = ? AND substr(id, 1, ?) = ?",  # noqa: S608
            (number, len(row_id), row_id),
        ):
            yield FoundRow(number, section, found)
