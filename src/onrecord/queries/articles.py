"""Documents and their rows as answers need them: looked up once, words sliced."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.store import Store

_BETWEEN = " … "
_KEPT = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A document of a store, without its rows.

    Attributes:
        number: Its running number.
        id: Its id.
        title: Headline.
        outlet: Who published it.
        url: Where.
        published: When, in ISO 8601.
        text: Its words.
    """

    number: int
    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    text: str

    def words_at(self, spans: Sequence[tuple[int, int]]) -> str:
        """The words at some spans, with ' … ' between fragments."""
        return _BETWEEN.join(self.text[start:end] for start, end in spans)

    def columns(self) -> dict[str, Any]:
        """What every row says of its document."""
        return {
            "document": self.id,
            "title": self.title,
            "outlet": self.outlet,
            "published": self.published,
            "url": self.url,
        }

    def evidence(self, spans: Sequence[tuple[int, int]]) -> dict[str, Any]:
        """Words with where they begin and end; positions are code points of the text."""
        return {
            "words": self.words_at(spans) or None,
            "start": spans[0][0] if spans else None,
            "end": spans[-1][1] if spans else None,
        }


# Of the columns of `Article.columns`, in the order in which answers have them.
ARTICLE_COLUMNS = ("document", "title", "outlet", "published", "url")
EVIDENCE_COLUMNS = ("words", "start", "end")


class Articles:
    """Looks documents up by number, and rows of theirs by table; keeps the last ones."""

    def __init__(self, store: Store) -> None:
        self._connection = store.connection
        self._articles: dict[int, Article] = {}
        self._rows: dict[tuple[int, str], dict[str, sqlite3.Row]] = {}
        self._names: dict[int, dict[str, str]] = {}

    def of(self, number: int) -> Article:
        """The document of a number that a row of the store names."""
        if number not in self._articles:
            self._make_room()
            row = self._connection.execute(
                "SELECT number, id, title, outlet, url, published, text"
                " FROM documents WHERE number = ?",
                (number,),
            ).fetchone()
            self._articles[number] = Article(**dict(row))
        return self._articles[number]

    def rows(self, number: int, table: str) -> dict[str, sqlite3.Row]:
        """The rows of a document in one table, by their ids, in their order."""
        key = (number, table)
        if key not in self._rows:
            found = self._connection.execute(
                f"SELECT * FROM {table} WHERE document = ? ORDER BY position",  # noqa: S608
                (number,),
            )
            self._rows[key] = {row["id"]: row for row in found}
        return self._rows[key]

    def places_of(self, number: int, entities: Iterable[str]) -> list[tuple[int, int]]:
        """Where a document mentions some entities, in order."""
        found = self._connection.execute(
            "SELECT span FROM mentions WHERE document = ?"
            " AND entity IN (SELECT value FROM json_each(?))",
            (number, json.dumps(sorted(entities))),
        )
        return sorted(span for row in found for span in spans_of(row[0]))

    def entities_of(self, number: int, actors: Sequence[int]) -> set[str]:
        """The entities of a document that are some actors of the registry."""
        found = self._connection.execute(
            "SELECT entity FROM actor_entities WHERE document = ?"
            " AND actor IN (SELECT value FROM json_each(?))",
            (number, json.dumps(list(actors))),
        )
        return {str(row[0]) for row in found}

    def entity_at(self, number: int, place: sqlite3.Row | None) -> str | None:
        """The entity that a place of a document is."""
        if place is None:
            return None
        return str(self.rows(number, "mentions")[place["mention"]]["entity"])

    def name_of(self, number: int, entity: str | None) -> str | None:
        """The name of an entity of a document."""
        if number not in self._names:
            found = self._connection.execute(
                "SELECT id, name FROM entities WHERE document = ?", (number,)
            )
            self._names[number] = dict(found.fetchall())
        return self._names[number].get(entity or "")

    def names_of(self, number: int, entities: str) -> list[str]:
        """The names of a list of entities, as the file has it."""
        names = (self.name_of(number, one) for one in json.loads(entities))
        return [name for name in names if name is not None]

    def asserter_of(self, number: int, statement: str | None) -> str | None:
        """Who says a statement: the speaker's name, else the words of the source.

        None stands for the outlet.
        """
        row = self.rows(number, "statements").get(statement or "")
        if row is None:
            return None
        name = self.name_of(number, row["speaker"])
        return name or self.of(number).words_at(spans_of(row["source"])) or "(nobody named)"

    def speaker_name(self, actor: int | None) -> str | None:
        """The name of an actor of the registry; None stands for the outlet."""
        if actor is None:
            return None
        row = self._connection.execute(
            "SELECT name FROM known_actors WHERE number = ?", (actor,)
        ).fetchone()
        return None if row is None else str(row[0])

    def claim_id(self, number: int) -> str | None:
        """The id of a claim."""
        row = self._connection.execute(
            "SELECT id FROM claims WHERE number = ?", (number,)
        ).fetchone()
        return None if row is None else str(row[0])

    def stance_of(self, number: int, stance: str) -> tuple[str | None, str | None]:
        """Which stance a row of a document shows, and the words for who takes it.

        No words stand for the outlet itself.
        """
        row = self._connection.execute(
            "SELECT stance, speaker_spans FROM stances WHERE document = ? AND id = ?",
            (number, stance),
        ).fetchone()
        if row is None:
            return None, None
        return str(row[0]), self.of(number).words_at(spans_of(row[1])) or None

    @staticmethod
    def json_of(written: str | None) -> Any:
        """A value that the file keeps as JSON."""
        return None if written is None else json.loads(written)

    def _make_room(self) -> None:
        if len(self._articles) >= _KEPT:
            self._articles.clear()
            self._rows.clear()
            self._names.clear()


def spans_of(written: str | None) -> list[tuple[int, int]]:
    """Spans as the file has them: one span, or a list of them, in JSON.

    >>> spans_of('[{"start":1,"end":3}]'), spans_of(None)
    ([(1, 3)], [])
    """
    if written is None:
        return []
    found = json.loads(written)
    return [(one["start"], one["end"]) for one in (found if isinstance(found, list) else [found])]
