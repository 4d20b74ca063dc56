"""Counts of independent voices, put right in what other linkers have written.

A later document can show that two earlier ones are copies of one wire: then the stances and
stories of those count otherwise than before.
"""

import json
import sqlite3
from collections.abc import Iterable

from onrecord.claims.rows import recount
from onrecord.independence.voices import count_voices
from onrecord.store import Store


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


def follow_voices(store: Store, changed: Iterable[int]) -> None:
    """Give the stances of documents the voices that those have now, and count claims again."""
    claims: set[int] = set()
    for number in changed:
        claims |= _stances_follow(store.connection, number)
    recount(store.connection, claims)


def _stances_follow(connection: sqlite3.Connection, number: int) -> set[int]:
    connection.execute(
        "UPDATE stances SET voice = (SELECT voice FROM provenances WHERE document = ?1)"
        " WHERE document = ?1 AND EXISTS (SELECT 1 FROM provenances WHERE document = ?1)",
        (number,),
    )
    rows = connection.execute("SELECT DISTINCT claim FROM stances WHERE document = ?", (number,))
    return {int(row[0]) for row in rows}
