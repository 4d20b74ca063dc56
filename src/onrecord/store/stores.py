"""A store: documents with their readings are added, given back, and deleted.

How the file is made stands in `files`, how rows are written in `kept_rows`, versions of
one article in `versions`. A store has no clock: who calls it tells the time.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NoReturn, Self

from onrecord.errors import StoreError
from onrecord.records import Document, DocumentStatus, Reading, Run
from onrecord.store import versions
from onrecord.store.arrivals import Added
from onrecord.store.effects import apply_all
from onrecord.store.files import connect, explained, raise_explained, raise_meaning
from onrecord.store.kept_rows import (
    KeptRows,
    insert_document,
    load_document,
    load_rows,
    remove_document,
    remove_rows,
    update_document,
    write_reading,
)
from onrecord.store.rows import codec, write_rows

_LEAST_PREFIX = 4


def open_store(
    path: str | os.PathLike[str],
    mode: Literal["read", "write"] = "write",
    *,
    create: bool = False,
    tables: Iterable[str] = (),
    busy_s: float = 30.0,
) -> "Store":
    """Open a store, or make one.

    Args:
        path: Its file.
        mode: To read, or to write as well; one can write at a time, and all can read.
        create: Make the file if it is not there.
        tables: More statements for a new file, from what links documents.
        busy_s: How long to wait for another program that is writing.

    Raises:
        StoreError: There is no such file, or it is no store, or one of a newer version.
        StoreBusyError: Another program is making or changing it.
    """
    path = Path(path)
    connection = connect(path, mode=mode, create=create, tables=tables, busy_s=busy_s)
    return Store(path, connection, mode=mode)


class Store:
    """An open store; `open_store` gives one. It closes at the end of its ``with`` block.

    Attributes:
        path: Its file.
        mode: Whether it is open to read, or to write as well.
        connection: The connection to it, for queries and for what links documents.
        busy_s: How long it waits for another program that is writing.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, *, mode: Literal["read", "write"]
    ) -> None:
        self.path, self.mode, self.connection = path, mode, connection
        self._runs: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what is not committed is undone."""
        with explained(self.path):
            self.connection.close()

    @property
    def busy_s(self) -> float:
        """How long to wait for another program that is writing, in seconds."""
        return float(self.connection.execute("PRAGMA busy_timeout").fetchone()[0]) / 1000

    @busy_s.setter
    def busy_s(self, seconds: float) -> None:
        self.connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")

    @contextmanager
    def writing(self) -> Iterator[Self]:
        """One transaction: all that is written inside is kept, or after an error nothing.

        Raises:
            StoreBusyError: Another program is writing, and did not end in time.
            StoreError: The disk is full, or the file cannot be written.
        """
        if self.mode == "read":
            self._fail("it is open for reading; open it with mode='write'")
        if self.connection.in_transaction:
            self._fail("something is being written already; end that first")
        with explained(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield self
            self.connection.execute("COMMIT")
        except BaseException as error:
            self._undo()
            if isinstance(error, sqlite3.DatabaseError):
                raise_explained(error, self.path)
            raise

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of a transaction: after an error all that it wrote is undone, and no more.

        Raises:
            StoreError: The disk is full, or the file cannot be written; then the whole
                transaction has to end.
        """
        self.connection.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException as error:
            self._runs.clear()
            if isinstance(error, sqlite3.DatabaseError):
                raise_meaning(error, self.path)
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK TO attempt")
                self.connection.execute("RELEASE attempt")
            raise
        self.connection.execute("RELEASE attempt")

    def _undo(self) -> None:
        """Undo what was written; SQLite itself does so when the disk is full."""
        self._runs.clear()
        if self.connection.in_transaction:
            with explained(self.path):
                self.connection.execute("ROLLBACK")

    def add(
        self, reading: Reading, *, at: str, source: str | None = None, file: str | None = None
    ) -> Added:
        """Keep a document with its rows, inside of `writing`; a known one is not kept twice.

        What links documents must have let go of one that is read again, or replaced.

        Args:
            reading: The document and what was found in it.
            at: The time, in ISO 8601.
            source: Feed, path or address that it came from.
            file: The file that holds this document alone: what its versions share when it
                has no address.
        """
        if not self.connection.in_transaction:
            self._fail("documents are added inside of `with store.writing()`")
        document = reading.document
        status, number = self._find(document, reading.run.id, file)
        if status is DocumentStatus.DELETED or status is DocumentStatus.KNOWN:
            return Added(number=number, status=status)
        run = self._run_number(reading.run)
        if status is DocumentStatus.REREAD and number is not None:
            self._read_again(number, reading, run)
            self._correct_again(number, document)
            return Added(number=number, status=status)
        number = insert_document(self.connection, document)
        write_reading(self.connection, number, reading, run=run)
        replaces = versions.add_version(
            self.connection, number, document, file=file, source=source, at=at
        )
        self._correct_again(number, document)
        return Added(number=number, status=status, replaces=replaces)

    def _read_again(self, number: int, reading: Reading, run: int) -> None:
        kept = self._kept(number)
        remove_rows(self.connection, kept)
        update_document(self.connection, number, kept.reading.document, reading.document)
        write_reading(self.connection, number, reading, run=run)

    def _correct_again(self, number: int, document: Document) -> None:
        """Apply the corrections of a document whose rows are as the program found them."""
        if self._one("SELECT 1 FROM corrections WHERE document = ?", document.id):
            apply_all(self.connection, self._kept(number), is_fresh=True)

    def status_of(
        self, document: Document, run_id: str, *, file: str | None = None
    ) -> DocumentStatus:
        """What `add` would do with a document that this run has read."""
        with explained(self.path):
            return self._find(document, run_id, file)[0]

    def _find(
        self, document: Document, run_id: str, file: str | None
    ) -> tuple[DocumentStatus, int | None]:
        """What to do with a document, and its number, if it is kept."""
        kept = self.connection.execute(
            "SELECT documents.number, runs.id FROM documents"
            " JOIN readings ON readings.document = documents.number"
            " JOIN runs ON runs.number = readings.run WHERE documents.id = ?",
            (document.id,),
        ).fetchone()
        if kept is not None:
            is_same = kept[1] == run_id
            return DocumentStatus.KNOWN if is_same else DocumentStatus.REREAD, kept[0]
        if versions.is_deleted(self.connection, document):
            return DocumentStatus.DELETED, None
        before = versions.current_version(self.connection, document, file)
        if before is None:
            return DocumentStatus.NEW, None
        if before.sha256 == document.sha256:
            return DocumentStatus.KNOWN, before.number
        return DocumentStatus.REVISED, None

    def _run_number(self, run: Run) -> int:
        if run.id not in self._runs:
            found = self._one("SELECT number FROM runs WHERE id = ?", run.id)
            if found is None:
                kind = codec("runs")
                write_rows(self.connection, kind, [kind.values_of(run)])
                found = self._one("SELECT number FROM runs WHERE id = ?", run.id)
            self._runs[run.id] = found[0]
        return self._runs[run.id]

    def _one(self, query: str, *parameters: object) -> sqlite3.Row:
        row: sqlite3.Row = self.connection.execute(query, parameters).fetchone()
        return row

    def reading(self, number: int) -> Reading:
        """A document with all its rows, as the store has them: corrected.

        Raises:
            StoreError: There is no such document.
        """
        with explained(self.path):
            return self._kept(number).as_reading()

    def _kept(self, number: int) -> KeptRows:
        kept = load_rows(self.connection, number)
        return self._fail(f"there is no document {number}") if kept is None else kept

    def document(self, number: int) -> Document:
        """A document without its rows.

        Raises:
            StoreError: There is no such document.
        """
        with explained(self.path):
            document = load_document(self.connection, number)
        return self._fail(f"there is no document {number}") if document is None else document

    def number_of(self, document_id: str) -> int:
        """The running number of a document, from its id or the beginning of it.

        Raises:
            StoreError: No document has such an id, or more than one.
        """
        least, most = document_id, f"{document_id}\U0010ffff"
        with explained(self.path):
            found = self.connection.execute(
                "SELECT number, id FROM documents WHERE id >= ? AND id < ? ORDER BY id LIMIT 2",
                (least, most),
            ).fetchall()
        exact = [number for number, own in found if own == document_id]
        if exact:
            return int(exact[0])
        if len(document_id) < _LEAST_PREFIX:
            self._fail(
                f"{document_id!r} is too short for an id; give {_LEAST_PREFIX} signs or more"
            )
        if not found:
            self._fail(f"no document has an id that begins with {document_id!r}")
        if len(found) > 1:
            self._fail(f"several documents have ids that begin with {document_id!r}; give more")
        return int(found[0][0])

    def numbers(self, since_number: int = 0) -> Iterator[int]:
        """The running numbers of all documents after a number, in order of arrival."""
        with explained(self.path):
            for (number,) in self.connection.execute(
                "SELECT number FROM documents WHERE number > ? ORDER BY number", (since_number,)
            ):
                yield int(number)

    def delete(
        self, number: int, *, at: str, why: str | None = None, by: str | None = None
    ) -> None:
        """Delete a document with its rows and corrections, inside of `writing`.

        What is left is a tombstone, so that it is not taken again. What links documents
        must have let go of it.

        Raises:
            StoreError: There is no such document, or something still points at it.
        """
        if not self.connection.in_transaction:
            self._fail("documents are deleted inside of `with store.writing()`")
        kept = self._kept(number)
        versions.remove_version(self.connection, number)
        versions.bury(self.connection, kept.reading.document, at=at, why=why, by=by)
        self.connection.execute(
            "DELETE FROM corrections WHERE document = ?", (kept.reading.document.id,)
        )
        remove_document(self.connection, kept)

    def restore(self, document_id: str) -> None:
        """Forget that a document was deleted, so that it can be taken again; inside of `writing`.

        Raises:
            StoreError: No document of this id was deleted.
        """
        if not versions.unbury(self.connection, document_id):
            self._fail(f"no document with the id {document_id!r} was deleted")

    def _fail(self, problem: str) -> NoReturn:
        raise StoreError(path=str(self.path), problem=problem)
