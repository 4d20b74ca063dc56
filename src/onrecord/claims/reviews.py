"""What people say of disputes: that one is none, or that a possible one is one.

A review names both documents by id and the words by their place, so that it holds when texts are
read or linked again. Between sentences that somebody has said are in no dispute none is shown, on
any ground; what somebody has said is one is shown, whatever the model says of it.
"""

import dataclasses
import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NoReturn

from onrecord.claims.answers import Answer
from onrecord.claims.comparing import Compared
from onrecord.claims.conflicts import apart
from onrecord.claims.judging import GROUNDS, Asked, judged
from onrecord.claims.matching import match
from onrecord.claims.packing import Packed, unpack
from onrecord.claims.pairs import Pair
from onrecord.claims.writing import Side
from onrecord.errors import InputError, StoreError
from onrecord.records import Ground, Span, Spans, as_spans, content_id
from onrecord.store import Store
from onrecord.store.corrections import Signature

_LEAST_PREFIX = 4
_COLUMNS = (
    "id, is_dispute, ground, first_document, first_spans, second_document, second_spans,"
    ' was_shown, probability, "by", at, why, undone_by, undone_at'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What somebody said of two places of two texts.

    Attributes:
        id: Hash of all that is said.
        is_dispute: Whether they are in dispute.
        ground: Why they cannot both hold; of no dispute, why one was shown.
        first_document: The id of the document of one side.
        first_spans: Its words.
        second_document: The same of the other side.
        second_spans: Its words.
        was_shown: Whether it was shown as a dispute then; else it was a possible one.
        probability: That the program gave it then.
        by: Who says so.
        at: When, in ISO 8601.
        why: Why, in words.
        undone_by: Who took it back.
        undone_at: When.
    """

    id: str
    is_dispute: bool
    ground: Ground
    first_document: str
    first_spans: Spans
    second_document: str
    second_spans: Spans
    was_shown: bool
    probability: float
    by: str
    at: str
    why: str | None = None
    undone_by: str | None = None
    undone_at: str | None = None

    def is_about(self, sides: Sequence[tuple[str, Spans]]) -> bool:
        """Whether these documents and words are the ones it speaks of, in either order."""
        own = ((self.first_document, self.first_spans), (self.second_document, self.second_spans))
        return any(
            all(d == e and _meet(s, t) for (d, s), (e, t) in zip(own, given, strict=True))
            for given in (sides, sides[::-1])
        )


def _meet(spans: Spans, others: Spans) -> bool:
    return any(one.overlaps(other) for one in spans for other in others)


def reviews(store: Store, *, document: str | None = None) -> list[Review]:
    """All reviews, in the order in which they were made; of one document, by its id."""
    where, given = ("", ()) if document is None else (_OF_A_DOCUMENT, (document,))
    rows = store.connection.execute(
        f"SELECT {_COLUMNS} FROM dispute_reviews{where} ORDER BY rowid",  # noqa: S608
        given,
    )
    return [_review(row) for row in rows]


_OF_A_DOCUMENT = " WHERE first_document = ?1 OR second_document = ?1"


def _review(row: sqlite3.Row) -> Review:
    return Review(
        id=row[0], is_dispute=bool(row[1]), ground=Ground(row[2]),
        first_document=row[3], first_spans=_spans(row[4]),
        second_document=row[5], second_spans=_spans(row[6]),
        was_shown=bool(row[7]), probability=row[8], by=row[9], at=row[10], why=row[11],
        undone_by=row[12], undone_at=row[13],
    )  # fmt: skip


def _spans(text: str) -> Spans:
    return as_spans((span["start"], span["end"]) for span in json.loads(text))


def find_dispute(store: Store, dispute_id: str) -> str | None:
    """The id of the one dispute, shown or possible, whose id begins so; None if there is none.

    Raises:
        InputError: There are several.
    """
    if len(dispute_id) < _LEAST_PREFIX:
        return None
    found = {
        str(row[0])
        for table in ("disputes", "possible_disputes")
        for row in store.connection.execute(
            f"SELECT id FROM {table} WHERE id >= ? AND id < ? LIMIT 2",  # noqa: S608
            (dispute_id, f"{dispute_id}\U0010ffff"),
        )
    }
    if len(found) > 1 and dispute_id not in found:
        _refuse(dispute_id, "several disputes have ids that begin so; give more of it")
    return dispute_id if dispute_id in found else next(iter(found), None)


def keep_review(
    store: Store,
    dispute_id: str,
    signed: Signature,
    *,
    is_dispute: bool,
    ground: Ground | None = None,
) -> Review:
    """Keep what somebody says of a dispute, inside of `writing`; what follows is `linking`'s.

    Args:
        store: Open for writing.
        dispute_id: The id of a dispute, shown or possible.
        signed: Who says so, when and why.
        is_dispute: Whether both sides are in dispute.
        ground: Another one than it is shown with.

    Raises:
        StoreError: There is no such dispute.
    """
    row = _row_of(store, "disputes", dispute_id) or _row_of(store, "possible_disputes", dispute_id)
    if row is None:
        problem = f"there is no dispute with the id {dispute_id!r}"
        raise StoreError(path=str(store.path), problem=problem)
    said = (is_dispute, (ground or Ground(row[0])).value, *tuple(row)[1:5])
    review_id = content_id("dispute review", *said, signed.by, signed.at, signed.why)
    given = (review_id, *said, *tuple(row)[5:], signed.by, signed.at, signed.why, None, None)
    values = ", ".join("?" * len(given))
    store.connection.execute(
        f"INSERT OR IGNORE INTO dispute_reviews VALUES ({values})",  # noqa: S608 - no words in it
        given,
    )
    return _by_id(store, review_id)


def _row_of(store: Store, table: str, dispute_id: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = store.connection.execute(
        "SELECT x.ground, a.id, x.first_spans, b.id, x.second_spans,"  # noqa: S608 - own words
        f" '{table}' = 'disputes', x.probability FROM {table} AS x"
        " JOIN documents AS a ON a.number = x.first_document"
        " JOIN documents AS b ON b.number = x.second_document WHERE x.id = ?",
        (dispute_id,),
    ).fetchone()
    return row


def take_back(store: Store, review_id: str, signed: Signature) -> Review:
    """Take a review back, inside of `writing`.

    Raises:
        StoreError: There is no such review, or more than one.
        InputError: It was taken back already.
    """
    review = _by_id(store, review_id)
    if review.undone_by is not None:
        _refuse(review.id, f"it was taken back already, by {review.undone_by}")
    store.connection.execute(
        "UPDATE dispute_reviews SET undone_by = ?, undone_at = ? WHERE id = ?",
        (signed.by, signed.at, review.id),
    )
    return _by_id(store, review.id)


def counts_of_reviews(store: Store) -> Iterator[tuple[bool, int, int]]:
    """Of what was shown, and of what was only possible: how many were reviewed, and are disputes.

    Of what was said of the same words the last counts.
    """
    held = [one for one in reviews(store) if one.undone_by is None]
    last = [
        one for n, one in enumerate(held) if not any(_is_later(two, one) for two in held[n + 1 :])
    ]
    for was_shown in (True, False):
        own = [one for one in last if one.was_shown is was_shown]
        if own:
            yield was_shown, len(own), sum(one.is_dispute for one in own)


def find_review(store: Store, review_id: str) -> str | None:
    """The id of the one review whose id begins so; None if there is none, or several."""
    if len(review_id) < _LEAST_PREFIX:
        return None
    rows = store.connection.execute(
        "SELECT id FROM dispute_reviews WHERE id >= ? AND id < ? LIMIT 2",
        (review_id, f"{review_id}\U0010ffff"),
    ).fetchall()
    return str(rows[0][0]) if len(rows) == 1 else None


def _by_id(store: Store, review_id: str) -> Review:
    row = store.connection.execute(
        f"SELECT {_COLUMNS} FROM dispute_reviews WHERE id = ?",  # noqa: S608 - own words
        (review_id,),
    ).fetchone()
    if row is None:
        problem = f"there is no review with the id {review_id!r}"
        raise StoreError(path=str(store.path), problem=problem)
    return _review(row)


def settled(
    connection: sqlite3.Connection,
    numbers: Sequence[int],
    compared: Sequence[Compared],
    possible: Sequence[Compared],
) -> tuple[list[Compared], list[Compared]]:
    """What was found, without what people say is none, and with what they say is a dispute.

    Args:
        connection: The store.
        numbers: The new document; or two that are compared again.
        compared: What was found between it and others.
        possible: What is only possible.
    """
    held = [one for one in _held(connection, numbers) if one.undone_by is None]
    if not held:
        return list(compared), list(possible)
    ids = _Ids(connection)

    def is_open(one: Compared) -> bool:
        return one.quarrel is None or not any(r.is_about(ids.sides_of(one)) for r in held)

    # Of what was said of the same places the last holds.
    last = [
        review
        for number, review in enumerate(held)
        if review.is_dispute and not any(_is_later(other, review) for other in held[number + 1 :])
    ]
    made = [_made_of(connection, review) for review in last]
    found = [*filter(is_open, compared), *(one for one in made if one is not None)]
    return found, list(filter(is_open, possible))


def _is_later(later: Review, review: Review) -> bool:
    sides = (later.first_document, later.first_spans), (later.second_document, later.second_spans)
    return review.is_about(sides)


def _held(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[Review]:
    """Reviews of a document, or of two documents with each other."""
    if connection.execute("SELECT 1 FROM dispute_reviews LIMIT 1").fetchone() is None:
        return []
    ids = [connection.execute(_ID, (number,)).fetchone()[0] for number in numbers]
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM dispute_reviews{_OF_A_DOCUMENT} ORDER BY rowid",  # noqa: S608
        (ids[0],),
    )
    found = [_review(row) for row in rows]
    return [one for one in found if set(ids) <= {one.first_document, one.second_document}]


_ID = "SELECT id FROM documents WHERE number = ?"


class _Ids:
    """Ids of documents by number."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[int, str] = {}

    def of(self, number: int) -> str:
        if number not in self._known:
            self._known[number] = self._connection.execute(_ID, (number,)).fetchone()[0]
        return self._known[number]

    def sides_of(self, one: Compared) -> list[tuple[str, Spans]]:
        return [(self.of(side.document), side.one.spans) for side in (one.known, one.new)]


def _made_of(connection: sqlite3.Connection, review: Review) -> Compared | None:
    """The dispute that a review tells of; None while a document of it is not there."""
    sides: list[Side] = []
    for document, spans in (
        (review.first_document, review.first_spans),
        (review.second_document, review.second_spans),
    ):
        row = connection.execute(
            "SELECT d.number, c.packed FROM documents AS d JOIN claim_propositions AS c"
            " ON c.document = d.number WHERE d.id = ?",
            (document,),
        ).fetchone()
        if row is None:
            return None
        side = _side_at(unpack(row[0], row[1]), spans)
        if side is None:
            return None
        sides.append(side)
    sides.sort(key=lambda side: side.document)
    known, new = sides
    found = match(
        known.account, known.one, new.account, new.one,
        why_apart=apart(known.account, known.one, new.account, new.one),
        is_one_story=True,
    )  # fmt: skip
    sure = Answer({ground: float(ground is review.ground) for ground in GROUNDS})
    pair = Pair(known.account, known.one, new.account, new.one, found)
    quarrel, *judged_sides = judged(Asked(pair, known, new, sure))
    # With the stances that these take in a denial, and the words that were looked at.
    known, new = (
        dataclasses.replace(side, one=dataclasses.replace(side.one, spans=own.one.spans))
        for side, own in zip(judged_sides, sides, strict=True)
    )
    told = {"by": review.by, "at": review.at, "why": review.why}
    why = {"same": quarrel.why["same"], "features": quarrel.why["features"], "reviewed": told}
    quarrel = dataclasses.replace(quarrel, ground=review.ground, probability=1.0, why=why)
    return Compared(known, new, found, quarrel, is_same=False)


def _side_at(packed: Packed, spans: Spans) -> Side | None:
    """The clause that some words are of, or of whose sentence they are, shown by these words."""
    likest: tuple[int, int, int] | None = None
    for n, (start, end, *_) in enumerate(packed.sentences):
        if _shared(spans, (Span(start, end),)):
            own = packed.proposition(n).spans
            alike = (_shared(spans, own), -sum(map(len, own)), -n)
            likest = alike if likest is None else max(likest, alike)
    if likest is None:
        return None
    one = packed.proposition(-likest[2])
    return Side(packed.account, dataclasses.replace(one, spans=spans), -likest[2])


def _shared(spans: Spans, others: Spans) -> int:
    """Code points that both have."""
    return sum(max(0, min(s.end, t.end) - max(s.start, t.start)) for s in spans for t in others)


def _refuse(source: str, problem: str) -> NoReturn:
    raise InputError(source=source, problem=problem)
