"""Which documents state the terms of agreements, and which may give figures for them."""

from collections.abc import Iterable

from onrecord.queries.tables import Table, table_of
from onrecord.store import Store

# So many documents are read for one chart, the newest of them.
MOST_DOCUMENTS = 60
_MOST_ROWS = 400


def instruments(store: Store) -> Table:
    """Agreements that documents speak of, with the documents and limits counted."""
    rows = store.connection.execute(
        "SELECT name, count(DISTINCT document) AS n_documents, sum(n_limits) AS n_limits,"
        " max(signed) AS signed, max(expires) AS expires, max(suspended) AS suspended FROM ("
        " SELECT coalesce(e.name, c.instrument) AS name, c.document,"
        " json_array_length(c.limits) AS n_limits, c.signed, c.expires, c.suspended"
        " FROM commitments c LEFT JOIN entities e ON e.document = c.document"
        " AND e.id = c.instrument ORDER BY c.document DESC LIMIT 20000)"
        " GROUP BY name COLLATE NOCASE ORDER BY n_limits DESC, n_documents DESC, name LIMIT ?",
        (_MOST_ROWS,),
    ).fetchall()
    columns = ("name", "n_documents", "n_limits", "signed", "expires", "suspended")
    return table_of(columns, [dict(row) for row in rows])


def last_correction(store: Store) -> int:
    """The number of the last correction; 0 if there is none."""
    found = store.connection.execute("SELECT max(number) FROM corrections").fetchone()[0]
    return int(found or 0)


def stating(store: Store) -> list[int]:
    """Numbers of documents that state limits, the newest of them, in order."""
    rows = store.connection.execute(
        "SELECT DISTINCT document FROM commitments WHERE limits <> '[]'"
        " ORDER BY document DESC LIMIT ?",
        (MOST_DOCUMENTS,),
    )
    return sorted(row[0] for row in rows)


def with_words(store: Store, words: Iterable[str]) -> list[int]:
    """Numbers of documents that hold any of some words, the newest of them, in order."""
    expression = " OR ".join(f'"{word.replace(chr(34), "")}"' for word in words)
    if not expression:
        return []
    rows = store.connection.execute(
        "SELECT rowid FROM document_words WHERE document_words MATCH ? ORDER BY rowid DESC LIMIT ?",
        (expression, MOST_DOCUMENTS),
    )
    return sorted(row[0] for row in rows)
