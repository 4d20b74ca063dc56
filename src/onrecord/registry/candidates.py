"""The actors that an entity may be: look-up by keys and names, and what stands around them.

Ceilings that do not depend on the size of the store: `MAX_ACTORS` actors of one name or key,
`MAX_STORY_DOCUMENTS` other documents of the story, `MAX_COMPANY` documents of an actor.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator

from onrecord.records import Kind
from onrecord.registry.appearances import Appearance, short_name
from onrecord.registry.names import agree

# How many actors of one name or key are looked at: those named most often.
MAX_ACTORS = 6
# How many other documents of a story tell who is in it: the last ones.
MAX_STORY_DOCUMENTS = 12
# How many documents of an actor tell who is named with it: the last ones.
MAX_COMPANY = 4
# Of how many actors that is asked: those of most documents.
MAX_ASKED = 3
# Actors of more documents are named with everybody.
_MOST_KNOWN = 200


class Candidates:
    """Actors that the entities of one document may be."""

    def __init__(
        self, connection: sqlite3.Connection, document: int, appearances: Iterable[Appearance]
    ) -> None:
        self._connection, self._document = connection, document
        own = list(appearances)
        self._by_key = self._find(
            "SELECT key, actor FROM actor_keys WHERE key IN (SELECT value FROM json_each(?))"
            " ORDER BY key, n_documents DESC",
            {key for one in own for key in _keys(one)},
        )
        self._by_name = self._find(
            "SELECT normal, actor FROM actor_names WHERE normal IN (SELECT value FROM json_each(?))"
            " ORDER BY normal, n_documents DESC",
            {normal for one in own for normal in _normals(one)},
        )
        self._story: dict[str, list[tuple[int, list[str]]]] | None = None
        self._story_documents: list[int] | None = None
        self._found: dict[str, frozenset[int]] = {}

    def _find(self, query: str, values: set[str]) -> dict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for value, actor in self._connection.execute(query, (json.dumps(sorted(values)),)):
            if len(found[value]) < MAX_ACTORS:
                found[value].append(actor)
        return found

    def of(self, own: Appearance) -> frozenset[int]:
        """The actors that an entity may be."""
        if own.entity not in self._found:
            self._found[own.entity] = frozenset(self._look_up(own))
        return self._found[own.entity]

    def _look_up(self, own: Appearance) -> Iterator[int]:
        for key in _keys(own):
            yield from self._by_key.get(key, ())
        for normal in _normals(own):
            yield from self._by_name.get(normal, ())
        if own.kind is Kind.PERSON:
            story = self._persons_in_story()
            for name in own.names:
                for word in {name.words[0], name.words[-1]}:
                    for actor, words in story.get(word, ()):
                        if agree(name.words, words):
                            yield actor

    def _persons_in_story(self) -> dict[str, list[tuple[int, list[str]]]]:
        """Persons of other documents of the story, by first and last words of their names."""
        if self._story is None:
            self._story = {}
            for actor, normal in self._connection.execute(
                "SELECT DISTINCT n.actor, n.normal FROM actor_entities AS e"
                " JOIN known_actors AS k ON k.number = e.actor AND k.kind = 'person'"
                " JOIN actor_names AS n ON n.actor = e.actor"
                " WHERE e.document IN (SELECT value FROM json_each(?))",
                (json.dumps(self.story_documents()),),
            ):
                words = normal.split()
                for word in {words[0], words[-1]}:
                    self._story.setdefault(word, []).append((actor, words))
        return self._story

    def story_documents(self) -> list[int]:
        """The last other documents of the story."""
        if self._story_documents is not None:
            return self._story_documents
        rows = self._connection.execute(
            "SELECT d.document FROM story_documents AS own"
            " JOIN story_documents AS d ON d.story = own.story"
            " WHERE own.document = ? AND d.document <> own.document"
            " ORDER BY d.document DESC LIMIT ?",
            (self._document, MAX_STORY_DOCUMENTS),
        )
        self._story_documents = [row[0] for row in rows]
        return self._story_documents

    def in_story(self, actors: Iterable[int]) -> frozenset[int]:
        """Those of some actors that other documents of the story name."""
        rows = self._connection.execute(
            "SELECT DISTINCT actor FROM actor_entities"
            " WHERE document IN (SELECT value FROM json_each(?))"
            " AND actor IN (SELECT value FROM json_each(?))",
            (json.dumps(self.story_documents()), json.dumps(sorted(set(actors)))),
        )
        return frozenset(row[0] for row in rows)

    def company(self, actors: Iterable[int], present: Iterable[int]) -> dict[int, str]:
        """Those of some actors that were named before with actors that are present now.

        Returns:
            The name of one of these, by actor.
        """
        given = json.dumps(sorted(set(present)))
        found = {}
        for actor in sorted(set(actors)):
            row = self._connection.execute(
                "SELECT k.name FROM (SELECT DISTINCT document FROM actor_entities WHERE actor = ?"
                " ORDER BY document DESC LIMIT ?) AS d"
                " JOIN actor_entities AS e ON e.document = d.document AND e.actor <> ?"
                " JOIN known_actors AS k ON k.number = e.actor AND k.n_documents <= ?"
                " WHERE e.actor IN (SELECT value FROM json_each(?)) ORDER BY k.number LIMIT 1",
                (actor, MAX_COMPANY, actor, _MOST_KNOWN, given),
            ).fetchone()
            if row is not None:
                found[actor] = row[0]
        return found


def _keys(own: Appearance) -> set[str]:
    """Its keys; a person of two names may be one of three elsewhere."""
    if own.kind is not Kind.PERSON:
        return set(own.keys)
    return set(own.keys) | {f"short:{name.normal}" for name in own.names if len(name.words) == 2}


def _normals(own: Appearance) -> set[str]:
    """Its names; of persons those of one word name too many, and middle names may be left out."""
    if own.kind is not Kind.PERSON:
        return {name.normal for name in own.names}
    full = [name for name in own.names if len(name.words) > 1]
    return {name.normal for name in full} | {short_name(name) for name in full}
