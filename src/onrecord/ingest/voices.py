"""Counts of independent voices, put right in what other linkers have written.

A later document can show that two earlier ones are copies of one wire: then the stances and
stories of those count otherwise than before. A story that has grown by one document is not
counted as a whole, unless it has a size at which `stories` does so too.
"""

import dataclasses
import json
import sqlite3
from collections.abc import Iterable

from onrecord.claims.holders import Counted, is_large, recount
from onrecord.independence.voices import count_voices
from onrecord.store import Store
from onrecord.stories.story_rows import is_counted_again


def stories_of(store: Store, numbers: Iterable[int]) -> set[int]:
    """The stories that some documents belong to."""
    rows = store.connection.execute(
        "SELECT DISTINCT story FROM story_documents"
        " WHERE document IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    )
    return {int(row[0]) for row in rows}


def count_stories(store: Store, stories: Iterable[int]) -> None:
    """Count the voices of stories: one wire, and one family of outlets, count once."""
    connection = store.connection
    for story in sorted(stories):
        rows = connection.execute(
            "SELECT coalesce(p.voice, s.document), p.publisher FROM story_documents AS s"
            " LEFT JOIN provenances AS p ON p.document = s.document WHERE s.story = ?",
            (story,),
        ).fetchall()
        connection.execute(
            "UPDATE stories SET n_voices = ? WHERE number = ?",
            (count_voices((row[0], row[1]) for row in rows), story),
        )


def count_arrival(store: Store, number: int, changed: Iterable[int]) -> None:
    """Count the voices of the stories that a document and others with a new voice are of."""
    told = stories_of(store, changed)
    for story in stories_of(store, (number,)) - told:
        if not _has_counted(store.connection, story, number):
            told.add(story)
    count_stories(store, told)


def _has_counted(connection: sqlite3.Connection, story: int, number: int) -> bool:
    """Count the voice of the one document that came to a story, if no more has changed.

    The linker of stories has counted it if its voice is new there, whatever its publisher.
    """
    (n_documents,) = connection.execute(
        "SELECT n_documents FROM stories WHERE number = ?", (story,)
    ).fetchone()
    has_changed = connection.execute(
        "SELECT 1 FROM story_changes WHERE document = ?", (number,)
    ).fetchone()
    if is_counted_again(n_documents - 1) or has_changed:
        return False
    voice, publisher = connection.execute(
        "SELECT voice, publisher FROM provenances WHERE document = ?", (number,)
    ).fetchone() or (number, None)
    if publisher is None or not _has_publisher(connection, story, number, publisher):
        return True
    others = _publishers(connection, story, number, voice) if voice != number else set()
    if others:
        return publisher in others
    connection.execute("UPDATE stories SET n_voices = n_voices - 1 WHERE number = ?", (story,))
    return True


def _has_publisher(connection: sqlite3.Connection, story: int, number: int, publisher: str) -> bool:
    """Whether another document of a story is of a publisher, the latest looked at first."""
    row = connection.execute(
        "SELECT 1 FROM story_documents AS s CROSS JOIN provenances AS p ON p.document = s.document"
        " WHERE s.story = ? AND s.document <> ? AND p.publisher = ?"
        " ORDER BY s.document DESC LIMIT 1",
        (story, number, publisher),
    ).fetchone()
    return row is not None


def _publishers(
    connection: sqlite3.Connection, story: int, number: int, voice: int
) -> set[str | None]:
    """The publishers of other documents of a story that have a voice."""
    rows = connection.execute(
        "SELECT DISTINCT p.publisher FROM provenances AS p"
        " CROSS JOIN story_documents AS s ON s.document = p.document"
        " WHERE p.voice = ? AND s.story = ? AND p.document <> ?",
        (voice, story, number),
    )
    return {row[0] for row in rows}


def follow_voices(store: Store, changed: Iterable[int]) -> None:
    """Give the stances of documents the voices that those have now, and count claims again."""
    connection, claims = store.connection, set[int]()
    for number in changed:
        row = connection.execute(
            "SELECT voice FROM provenances WHERE document = ?", (number,)
        ).fetchone()
        for one in Counted.all_of(connection, number):
            voice = one.voice if row is None else int(row[0])
            if is_large(connection, one.claim):
                one.count(connection, -1)
                _set_voice(connection, one, voice)
                dataclasses.replace(one, voice=voice).count(connection, 1)
            else:
                _set_voice(connection, one, voice)
                claims.add(one.claim)
    recount(connection, claims)


def _set_voice(connection: sqlite3.Connection, one: Counted, voice: int) -> None:
    connection.execute(
        "UPDATE stances SET voice = ? WHERE document = ? AND id = ?", (voice, one.document, one.id)
    )
