"""Rows of stories and of their documents: founded, joined, moved, counted."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, Final

from onrecord.records.ids import content_id

# Up to here, and each time that it has doubled, all of a story is counted again; between, only
# what is new.
_COUNTED_AGAIN: Final = 64


def found_story(connection: sqlite3.Connection, first: int, *, number: int | None = None) -> int:
    """A new story of one document, which still has to join it; its number."""
    (document_id,) = connection.execute(
        "SELECT id FROM documents WHERE number = ?", (first,)
    ).fetchone()
    own_id, times = content_id("story", document_id), 1
    while story_number(connection, own_id) is not None:
        times += 1
        own_id = content_id("story", document_id, times)
    return insert_story(connection, own_id, first, number=number)


def insert_story(
    connection: sqlite3.Connection, own_id: str, document: int, *, number: int | None = None
) -> int:
    """A row of a story with nothing counted yet; its number."""
    cursor = connection.execute(
        "INSERT INTO stories (number, id, document, n_documents, n_voices) VALUES (?, ?, ?, 0, 0)",
        (number, own_id, document),
    )
    return int(cursor.lastrowid or 0)


def story_number(connection: sqlite3.Connection, own_id: str) -> int | None:
    """The number of a story; None if there is no such."""
    row = connection.execute("SELECT number FROM stories WHERE id = ?", (own_id,)).fetchone()
    return None if row is None else int(row[0])


def story_id(connection: sqlite3.Connection, story: int) -> str:
    """The id of a story that there is."""
    row = connection.execute("SELECT id FROM stories WHERE number = ?", (story,)).fetchone()
    return str(row[0])


def join_story(
    connection: sqlite3.Connection,
    story: int,
    document: int,
    *,
    similarity: float,
    why: Mapping[str, Any],
) -> None:
    """Put a document into a story."""
    connection.execute(
        "INSERT INTO story_documents (document, story, similarity, why) VALUES (?, ?, ?, ?)",
        (document, story, round(similarity, 4), json.dumps(why, ensure_ascii=False)),
    )
    n = connection.execute("SELECT n_documents FROM stories WHERE number = ?", (story,)).fetchone()[
        0
    ]
    if is_counted_again(n):
        count_story(connection, story)
    else:
        _count_one_more(connection, story, document)


def is_counted_again(n_documents: int) -> bool:
    """Whether all of a story that had so many documents is counted again when one more joins.

    >>> [n for n in range(60, 300) if is_counted_again(n)]
    [60, 61, 62, 63, 64, 128, 256]
    """
    return n_documents < _COUNTED_AGAIN or n_documents & (n_documents - 1) == 0


def move_documents(
    connection: sqlite3.Connection, documents: Sequence[int], *, story: int, to: int
) -> None:
    """Documents of one story become documents of another; both have to be counted again."""
    rows = [(to, document, story) for document in documents]
    for table in ("story_documents", "story_happenings", "claims"):
        connection.executemany(
            f"UPDATE {table} SET story = ? WHERE document = ? AND story = ?",  # noqa: S608 - names above
            rows,
        )


def count_story(connection: sqlite3.Connection, story: int) -> None:
    """Count a story again; one without documents goes."""
    row = connection.execute(
        "SELECT COUNT(*), MIN(d.published), MAX(d.published),"
        " COUNT(DISTINCT COALESCE(p.voice, s.document)) FROM story_documents AS s"
        " JOIN documents AS d ON d.number = s.document"
        " LEFT JOIN provenances AS p ON p.document = s.document WHERE s.story = ?",
        (story,),
    ).fetchone()
    if not row[0]:
        connection.execute("UPDATE claims SET story = NULL WHERE story = ?", (story,))
        connection.execute("DELETE FROM stories WHERE number = ?", (story,))
        return
    connection.execute(
        "UPDATE stories SET n_documents = ?, first_seen = ?, last_seen = ?, n_voices = ?,"
        " document = ? WHERE number = ?",
        (*row, _headline(connection, story), story),
    )


def _headline(connection: sqlite3.Connection, story: int) -> int:
    """The document that names a story: the earliest that has a headline."""
    row = connection.execute(
        "SELECT s.document FROM story_documents AS s JOIN documents AS d ON d.number = s.document"
        " WHERE s.story = ?"
        " ORDER BY d.title IS NULL, d.published IS NULL, d.published, d.number LIMIT 1",
        (story,),
    ).fetchone()
    return int(row[0])


def _count_one_more(connection: sqlite3.Connection, story: int, document: int) -> None:
    (published,) = connection.execute(
        "SELECT published FROM documents WHERE number = ?", (document,)
    ).fetchone()
    (headline,) = connection.execute(
        "SELECT d.number FROM documents AS d WHERE d.number IN"
        " (?, (SELECT document FROM stories WHERE number = ?))"
        " ORDER BY d.title IS NULL, d.published IS NULL, d.published, d.number LIMIT 1",
        (document, story),
    ).fetchone()
    connection.execute(
        "UPDATE stories SET n_documents = n_documents + 1, n_voices = n_voices + ?2,"
        " first_seen = MIN(COALESCE(first_seen, ?1), COALESCE(?1, first_seen)),"
        " last_seen = MAX(COALESCE(last_seen, ?1), COALESCE(?1, last_seen)), document = ?4"
        " WHERE number = ?3",
        (published, int(_is_new_voice(connection, story, document)), story, headline),
    )


def _is_new_voice(connection: sqlite3.Connection, story: int, document: int) -> bool:
    row = connection.execute(
        "SELECT voice FROM provenances WHERE document = ?", (document,)
    ).fetchone()
    if row is None or row[0] == document:
        return True
    found = connection.execute(
        "SELECT 1 FROM provenances AS p JOIN story_documents AS s ON s.document = p.document"
        " WHERE p.voice = ? AND s.story = ? AND p.document <> ? LIMIT 1",
        (row[0], story, document),
    ).fetchone()
    return found is None
