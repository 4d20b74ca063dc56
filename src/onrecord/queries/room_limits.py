"""Which documents state the terms of agreements, and which may give figures for them."""

from collections.abc import Callable, Iterable

from onrecord.queries.tables import Table, table_of
from onrecord.store import Store

# So many documents are read for one chart, the newest of them.
MOST_DOCUMENTS = 60
_MOST_ROWS = 400
_MOST_SPEAKING = 8


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


def speaking_of(store: Store, names: Iterable[str]) -> list[int]:
    """Numbers of documents that speak of an agreement by one of its names, the newest, in order."""
    # Half of a surrogate pair is no UTF-8, and is kept as the bytes that it is.
    asked = [name.encode("utf-8", "surrogatepass") for name in names]
    places = ", ".join("CAST(? AS TEXT)" for _ in asked)
    rows = store.connection.execute(
        "SELECT DISTINCT c.document FROM commitments c LEFT JOIN entities e"  # noqa: S608 - marks
        " ON e.document = c.document AND e.id = c.instrument"
        f" WHERE coalesce(e.name, c.instrument) COLLATE NOCASE IN ({places})"
        " ORDER BY c.document DESC LIMIT ?",
        (*asked, _MOST_SPEAKING),
    )
    return sorted(row[0] for row in rows)


def last_correction(store: Store) -> int:
    """The number of the last correction; 0 if there is none."""
    found = store.connection.execute("SELECT max(number) FROM corrections").fetchone()[0]
    return int(found or 0)


def stating(store: Store, is_meant: Callable[[str], bool]) -> list[int]:
    """Numbers of documents that state limits of an agreement, in order.

    Args:
        store: Open. The newest documents that state limits of any are looked at.
        is_meant: Whether a name is one of the agreement.
    """
    rows = store.connection.execute(
        "SELECT DISTINCT c.document, coalesce(e.name, c.instrument) FROM commitments c"
        " LEFT JOIN entities e ON e.document = c.document AND e.id = c.instrument"
        " WHERE c.limits <> '[]' AND c.document IN (SELECT DISTINCT document FROM commitments"
        " WHERE limits <> '[]' ORDER BY document DESC LIMIT ?)",
        (MOST_DOCUMENTS,),
    )
    return sorted({number for number, name in rows if is_meant(name)})


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
