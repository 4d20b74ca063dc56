"""Who copies whom: writes `provenances` for documents that arrive, and takes them out again.

A document belongs to the voice of the text that it copies, or of the version that it replaces;
else it is a voice of its own. Only the best match counts: a digest of two reports does not make
these one voice. Not here: how texts are compared (`sharing.py`) and judged (`judging.py`).
"""

import json
import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.independence.agencies import UNNAMED, Credit, credits_of
from onrecord.independence.candidates import PrintIndex
from onrecord.independence.judging import (
    EXTENDED_SHARE,
    FROM_OTHER,
    ONE_TEXT,
    TO_OTHER,
    Order,
    Pair,
    Relation,
    judge,
    order_of,
)
from onrecord.independence.prints import prints_of
from onrecord.independence.publishers import Families, families
from onrecord.independence.reasons import Known, Match, best_of, reasons_of, turned
from onrecord.independence.sharing import Text, sharing_of, text_of
from onrecord.records.documents import Document
from onrecord.store import Arrival, Store

_KEPT_TEXTS = 128
# A copy with less than this from its origin has other parts, which others may copy.
_MIXED_SHARE = 0.6


def link(
    store: Store, arrivals: Iterable[Arrival], *, known: Families | None = None
) -> frozenset[int]:
    """Write the provenance of documents that have just been added, inside of `writing`.

    Args:
        store: The store.
        arrivals: The documents, in order of arrival.
        known: Families of outlets; those of the package if not given.

    Returns:
        Other documents whose voice has changed.
    """
    linker = _Linker(store.connection, known or families())
    for arrival in arrivals:
        linker.take(arrival.number, arrival.reading.document)
    return frozenset(linker.changed)


def unlink(
    store: Store, numbers: Iterable[int], *, known: Families | None = None
) -> frozenset[int]:
    """Take documents out, before they are deleted or read again, inside of `writing`.

    Documents that were one voice with them are linked anew.

    Returns:
        Other documents whose voice may have changed.
    """
    connection, gone = store.connection, set(numbers)
    linker = _Linker(connection, known or families())
    again = sorted(_dependents(connection, gone))
    for number in (*sorted(gone), *again):
        linker.drop(number)
    for number in again:
        linker.take(number, store.document(number))
    return frozenset(again)


def _dependents(connection: sqlite3.Connection, gone: set[int]) -> set[int]:
    """Other documents of the voices that hang on those that go."""
    rows = connection.execute(
        "SELECT DISTINCT voice FROM provenances WHERE document IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(gone)),),
    ).fetchall()
    copies = connection.execute(
        "SELECT document FROM provenances WHERE origin IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(gone)),),
    )
    found = {number for (number,) in copies} - gone
    for (voice,) in rows:
        members = connection.execute(
            "SELECT p.document, p.origin, v.replaces FROM provenances AS p"
            " LEFT JOIN versions AS v ON v.document = p.document WHERE p.voice = ?",
            (voice,),
        ).fetchall()
        left = {number for number, _, _ in members} - gone
        hang = any(number in left and gone & {origin, old} for number, origin, old in members)
        if voice in gone or hang:
            found |= left
    return found


class _Linker:
    """Links documents one by one; keeps the last texts that it compared at hand."""

    def __init__(self, connection: sqlite3.Connection, known: Families) -> None:
        self._connection, self._families = connection, known
        self._prints = PrintIndex(connection)
        self._texts: OrderedDict[int, Text] = OrderedDict()
        self.changed: set[int] = set()

    def take(self, number: int, document: Document) -> None:
        """Write the provenance of a document."""
        text = self._keep(number, text_of(document.text))
        publisher = self._families.publisher_of(document)
        given = credits_of(document)
        prints_P = prints_of(text.shingles_S)
        likely = self._prints.add(number, prints_P, document.published)
        own = Known(
            number=number,
            voice=number,
            origin=None,
            similarity=None,
            publisher=publisher,
            agency=given[0].agency if given else None,
            published=document.published,
        )
        matches = [self._match(own, text, known) for known in self._known(n for n, _ in likely)]
        found = [self._at_home(own, text, match) for match in matches if match is not None]
        noted = sorted(found, key=lambda match: -match.strength)
        self._write(own, given, noted, self._voice(own, text, noted))

    def drop(self, number: int) -> None:
        """Take a document out."""
        row = self._connection.execute(
            "SELECT text FROM documents WHERE number = ?", (number,)
        ).fetchone()
        if row is not None:
            self._prints.remove(number, prints_of(text_of(row[0]).shingles_S))
        self._connection.execute("DELETE FROM provenances WHERE document = ?", (number,))
        self._texts.pop(number, None)

    def _keep(self, number: int, text: Text) -> Text:
        self._texts[number] = text
        if len(self._texts) > _KEPT_TEXTS:
            self._texts.popitem(last=False)
        return text

    def _text(self, number: int) -> Text:
        if number not in self._texts:
            query = "SELECT text FROM documents WHERE number = ?"
            (text,) = self._connection.execute(query, (number,)).fetchone()
            self._keep(number, text_of(text))
        return self._texts[number]

    def _known(self, numbers: Iterable[int]) -> list[Known]:
        rows = self._connection.execute(
            "SELECT p.document, voice, origin, similarity, publisher, agency, published"
            " FROM provenances AS p JOIN documents AS d ON d.number = p.document"
            " WHERE p.document IN (SELECT value FROM json_each(?)) ORDER BY p.document",
            (json.dumps(list(numbers)),),
        )
        return [Known(*row) for row in rows]

    def _match(self, own: Known, text: Text, other: Known) -> Match | None:
        sharing = sharing_of(text, self._text(other.number))
        order = order_of(own.published, other.published)
        relation = judge(
            sharing,
            Pair(
                order=order,
                is_same_publisher=own.publisher is not None and own.publisher == other.publisher,
                is_from_agency=_is_by(other, own.agency),
                is_to_agency=_is_by(own, other.agency),
            ),
        )
        if relation is Relation.IS_EXTENDED and other.origin is not None:
            relation = Relation.SHARES  # a digest; it does not make its parts one voice
        if relation is None:
            return None
        return Match(known=other, sharing=sharing, relation=relation, order=order)

    def _at_home(self, own: Known, text: Text, match: Match) -> Match:
        """A copy of what its own publisher had first is one by the stricter rule only.

        Else a copy elsewhere of one article of an outlet would lead to the next article of it.
        """
        first = match.known.voice
        if match.relation not in ONE_TEXT or first == match.known.number:
            return match
        (root,) = self._known([first]) or (None,)
        if root is None or root.publisher is None or root.publisher != own.publisher:
            return match
        whole = self._match(own, text, root)
        if whole is not None and whole.relation in ONE_TEXT:
            return match
        return replace(match, relation=Relation.SHARES)

    def _voice(self, own: Known, text: Text, noted: Sequence[Match]) -> int:
        """The voice of the best match, unless that is a digest and this is another part of it."""
        best = best_of(noted)
        if best is None:
            return own.number
        origin, similarity = best.known.origin, best.known.similarity
        if origin is not None and (similarity or 0.0) < _MIXED_SHARE:
            sharing = sharing_of(text, self._text(origin))
            if max(sharing.own, sharing.other) < EXTENDED_SHARE:
                return own.number
        return best.known.voice

    def _write(
        self, own: Known, given: Sequence[Credit], noted: Sequence[Match], voice: int
    ) -> None:
        best = best_of(noted)
        before = self._version_before(own.number)
        is_copy = best is not None and best.relation in FROM_OTHER
        if before is not None:
            voice = before[1]
        self._connection.execute(
            "INSERT INTO provenances VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                own.number,
                own.publisher,
                own.agency,
                best.known.number if best is not None and is_copy else None,
                best.similarity if best is not None and is_copy else None,
                voice,
                json.dumps(reasons_of(given, noted, before), ensure_ascii=False),
            ),
        )
        for match in noted:
            if match.relation in TO_OTHER:
                self._set_origin(own, voice, match)

    def _version_before(self, number: int) -> tuple[int, int] | None:
        """The version that a document replaces, and its voice."""
        row = self._connection.execute(
            "SELECT p.document, p.voice FROM versions AS v"
            " JOIN provenances AS p ON p.document = v.replaces WHERE v.document = ?",
            (number,),
        ).fetchone()
        return None if row is None else (row[0], row[1])

    def _set_origin(self, own: Known, voice: int, match: Match) -> None:
        """An origin that arrives after its copies: they come from it, and are one voice."""
        copy = match.known
        if copy.origin is None or self._is_after(copy.origin, own.published):
            (why,) = self._connection.execute(
                "SELECT why FROM provenances WHERE document = ?", (copy.number,)
            ).fetchone()
            told = {**json.loads(why), "text": turned(own.number, match)}
            self._connection.execute(
                "UPDATE provenances SET origin = ?, similarity = ?, why = ? WHERE document = ?",
                (own.number, match.similarity, json.dumps(told, ensure_ascii=False), copy.number),
            )
        if copy.voice != voice:
            self.changed |= {
                row[0]
                for row in self._connection.execute(
                    "UPDATE provenances SET voice = ? WHERE voice = ? RETURNING document",
                    (voice, copy.voice),
                )
            }

    def _is_after(self, origin: int, published: str | None) -> bool:
        query = "SELECT published FROM documents WHERE number = ?"
        (other,) = self._connection.execute(query, (origin,)).fetchone()
        return order_of(other, published) is Order.LATER


def _is_by(document: Known, agency: str | None) -> bool:
    return agency is not None and agency != UNNAMED and document.publisher == agency
