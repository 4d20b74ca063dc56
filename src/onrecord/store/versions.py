"""Versions of one article, and tombstones of documents that were deleted."""

import sqlite3
from dataclasses import dataclass

from onrecord.records import Document, Tombstone, Version
from onrecord.store.addresses import plain_address
from onrecord.store.rows import codec, write_rows


@dataclass(frozen=True, slots=True)
class Current:
    """The version of an article that no other replaces."""

    number: int
    version: int
    sha256: str


def address_of(document: Document, file: str | None) -> str | None:
    """What all versions of an article share: its web address, else the file that holds it."""
    return plain_address(document.url) or (file if document.url is None else None)


def current_version(
    connection: sqlite3.Connection, document: Document, file: str | None
) -> Current | None:
    """The version that is kept of the article at this address."""
    address = address_of(document, file)
    if address is None:
        return None
    row = connection.execute(
        "SELECT versions.document, version, sha256 FROM versions"
        " JOIN documents ON documents.number = versions.document"
        " WHERE address = ? ORDER BY version DESC LIMIT 1",
        (address,),
    ).fetchone()
    return None if row is None else Current(*row)


def add_version(
    connection: sqlite3.Connection,
    number: int,
    document: Document,
    *,
    file: str | None,
    source: str | None,
    at: str,
) -> int | None:
    """Note where a document came from; the number of the version that it replaces."""
    before = current_version(connection, document, file)
    kind = codec("versions")
    made = Version(
        document=number,
        address=address_of(document, file),
        version=1 if before is None else before.version + 1,
        replaces=None if before is None else before.number,
        replaced_by=None,
        source=source,
        added_at=at,
    )
    write_rows(connection, kind, [kind.values_of(made)])
    if before is None:
        return None
    connection.execute(
        "UPDATE versions SET replaced_by = ? WHERE document = ?", (number, before.number)
    )
    return before.number


def remove_version(connection: sqlite3.Connection, number: int) -> None:
    """Take a document out of its chain; the versions around it become neighbours."""
    row = connection.execute(
        "SELECT replaces, replaced_by FROM versions WHERE document = ?", (number,)
    ).fetchone()
    if row is None:
        return
    before, after = row
    connection.execute("UPDATE versions SET replaced_by = ? WHERE document = ?", (after, before))
    connection.execute("UPDATE versions SET replaces = ? WHERE document = ?", (before, after))


def is_deleted(connection: sqlite3.Connection, document: Document) -> bool:
    """Whether a document was deleted, or the same text at the same address."""
    found = connection.execute(
        "SELECT id, url FROM tombstones WHERE id = ? OR sha256 = ?",
        (document.id, document.sha256),
    ).fetchall()
    address = plain_address(document.url)
    return any(
        row["id"] == document.id or (address is not None and plain_address(row["url"]) == address)
        for row in found
    )


def bury(
    connection: sqlite3.Connection, document: Document, *, at: str, why: str | None, by: str | None
) -> None:
    """Leave a tombstone."""
    kind = codec("tombstones")
    made = Tombstone(
        id=document.id,
        sha256=document.sha256,
        url=document.url,
        outlet=document.outlet,
        why=why,
        by=by,
        deleted_at=at,
    )
    write_rows(connection, kind, [kind.values_of(made)])


def unbury(connection: sqlite3.Connection, document_id: str) -> bool:
    """Take a tombstone away; whether there was one."""
    found = connection.execute("DELETE FROM tombstones WHERE id = ?", (document_id,))
    return found.rowcount > 0
