"""Claims, stances and disputes of documents that arrive, and of those that go.

A claim is made when a second holder or document speaks about the same thing; what only one
says once is no claim yet. Not here: how clauses are read (`propositions.py`), compared
(`matching.py`) and found to be in dispute (`quarrels.py`).
"""

import dataclasses
import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.claims.candidates import (
    Known,
    Likest,
    keys_of,
    known_documents,
    period_of_publication,
)
from onrecord.claims.comparing import Compared, compared_by_words, compared_inside
from onrecord.claims.deciding import decided
from onrecord.claims.holders import COUNTED_AGAIN, recount
from onrecord.claims.judging import Judge, answered, asked_pairs, plain_words
from onrecord.claims.models import Account
from onrecord.claims.packing import Packed, pack, unpack
from onrecord.claims.parties import is_same_speaker
from onrecord.claims.propositions import account_of
from onrecord.claims.reviews import Review, settled
from onrecord.claims.settings import MOST_DISPUTES
from onrecord.claims.writing import Side, Writer
from onrecord.encode.vectors import cosines, quantise
from onrecord.records import Ground, Span
from onrecord.store import Arrival, Store


def link(
    store: Store,
    arrivals: Iterable[Arrival],
    entailment: Judge | None = None,
    likest: Likest | None = None,
) -> None:
    """Find claims and disputes of documents just added, inside of `writing`.

    Args:
        store: The store; stories, actors and provenances of the documents are written.
        arrivals: The documents, in order of their numbers.
        entailment: Judges pairs of texts; without it words and vectors alone decide.
        likest: Names documents with like words, for one that few others are compared with.
    """
    for arrival in arrivals:
        _Linker(store, entailment, likest).take(arrival)


def unlink(store: Store, numbers: Iterable[int], entailment: Judge | None = None) -> None:
    """Take documents out of claims and disputes, inside of `writing`, before they go.

    Disputes that others still have are found again, as `link` finds them with the same judge.
    """
    gone = sorted(set(numbers))
    writer = Writer(store.connection)
    touched, open_pairs = writer.remove(gone)
    linker = _Linker(store, entailment)
    for first, second in open_pairs:
        linker.again(first, second, touched)
    writer.drop_lonely(touched)
    recount(store.connection, touched)


def follow_review(store: Store, review: Review, entailment: Judge | None = None) -> None:
    """Let the disputes of two documents follow what somebody said of one, inside of `writing`.

    Args:
        store: The store, with the review in it, or with it taken back.
        review: Which one.
        entailment: The judge with which the documents were linked.
    """
    rows = [
        store.connection.execute("SELECT number FROM documents WHERE id = ?", (one,)).fetchone()
        for one in (review.first_document, review.second_document)
    ]
    if None in rows:
        return
    first, second = sorted(row[0] for row in rows)
    writer = Writer(store.connection)
    touched = writer.remove_between(first, second)
    _Linker(store, entailment).again(first, second, touched)
    writer.drop_lonely(touched)
    recount(store.connection, touched)


class _Linker:
    """Links one document."""

    def __init__(self, store: Store, judge: Judge | None, likest: Likest | None = None) -> None:
        self.connection: sqlite3.Connection = store.connection
        self.judge, self.likest = judge, likest
        self.writer = Writer(store.connection)

    def take(self, arrival: Arrival) -> None:
        """Compare a document with itself and with those before it, and write what is found."""
        account = account_of(arrival.reading, number=arrival.number)
        codes = _codes(arrival, account)
        period = period_of_publication(arrival.reading.document.published)
        keys = keys_of(account)
        known = known_documents(
            self.connection, arrival.number, period=period, keys=keys, likest=self.likest
        )
        packed = pack(account)
        self.connection.execute(
            "INSERT OR REPLACE INTO claim_propositions VALUES (?, ?, ?, ?, ?)",
            (arrival.number, period, packed, None if codes is None else codes.tobytes(),
             json.dumps(keys)),
        )  # fmt: skip
        self.connection.executemany(
            "INSERT OR IGNORE INTO claim_keys VALUES (?, ?, ?)",
            [(period, key, arrival.number) for key in keys],
        )
        own = unpack(arrival.number, packed)
        across, possible = self._across(account, codes, known)
        compared, possible = settled(
            self.connection,
            (arrival.number,),
            [*compared_inside(own, account), *across],
            possible,
        )
        self._write(compared, is_counted_again=arrival.number % COUNTED_AGAIN == 0)
        self._keep(possible)

    def again(self, first: int, second: int, touched: set[int]) -> None:
        """Look for disputes between two documents, or inside of one, again."""
        rows = self.connection.execute(
            "SELECT document, packed, vectors FROM claim_propositions WHERE document IN (?, ?)"
            " ORDER BY document",
            (first, second),
        ).fetchall()
        if len(rows) == 2:
            one, other = (unpack(row[0], row[1]) for row in rows)
            full = _whole(other)
            known = [Known(one, rows[0][2], is_one_story=True)]
            codes = _matrix(rows[1][2], len(full.propositions))
            found = self._across(full, codes, known)
        elif rows and first == second:
            own = unpack(rows[0][0], rows[0][1])
            found = (compared_inside(own, _whole(own)), [])
        else:
            return
        compared, possible = settled(self.connection, (first, second), *found)
        self._write(compared, touched)
        self._keep(possible)

    def _keep(self, possible: Sequence[Compared]) -> None:
        for one in possible:
            if one.quarrel is not None:
                self.writer.possible(one.known, one.new, one.quarrel)

    def _across(
        self, account: Account, codes: NDArray[np.int8] | None, known: Sequence[Known]
    ) -> tuple[list[Compared], list[Compared]]:
        """What is found between a document and others, and what is only possible."""
        near = [(document, _cosines(codes, document)) for document in known]
        versions = self._versions_of(account.number)
        found = [_settled(one, versions) for one in compared_by_words(account, near)]
        if self.judge is None or codes is None:
            return found, []
        rules = [
            (c.known.document, c.known.position, c.new.position)
            for c in found
            if c.quarrel is not None
        ]
        pairs = [
            one
            for one in asked_pairs(account, near, rules)
            if not _is_revision(one.known, one.new, versions)
        ]
        shown, possible = decided(answered(pairs, self.judge, self._words))
        plain = [dataclasses.replace(c, quarrel=None) for c in found]
        return [*plain, *shown], possible

    def _versions_of(self, number: int) -> frozenset[int]:
        """The other texts at the address of a document."""
        rows = self.connection.execute(
            "SELECT o.document FROM versions AS v JOIN versions AS o ON o.address = v.address"
            " WHERE v.document = ? AND o.document != v.document",
            (number,),
        )
        return frozenset(int(row[0]) for row in rows)

    def _words(self, document: int, sentence: Span) -> str:
        """The words of a sentence, out of the text in the file, without its dateline."""
        (text,) = self.connection.execute(
            "SELECT substr(text, ?, ?) FROM documents WHERE number = ?",
            (sentence.start + 1, len(sentence), document),
        ).fetchone()
        return plain_words(text)

    def _write(
        self,
        compared: Sequence[Compared],
        touched: set[int] | None = None,
        *,
        is_counted_again: bool = False,
    ) -> None:
        """Disputes first, the surest ones before others; then claims that are only shared."""
        changed: set[int] = set() if touched is None else touched
        quarrels = [c for c in compared if c.quarrel is not None]
        quarrels.sort(key=lambda c: (-c.quarrel.probability, -c.match.score))  # type: ignore[union-attr]
        seen: set[tuple[object, ...]] = set()
        for one in quarrels[: 4 * MOST_DISPUTES]:
            if one.quarrel is None or len(seen) >= MOST_DISPUTES:
                break
            key = _key(one)
            if key not in seen and self.writer.dispute(
                one.known, one.new, one.quarrel, one.match, changed
            ):
                seen.add(key)
        same = [c for c in compared if c.is_same and c.known.document != c.new.document]
        same.sort(key=lambda c: -c.match.score)
        for one in same:
            self.writer.join(one.known, one.new, one.match, changed)
        self.writer.count(changed, is_counted_again=is_counted_again)


def _is_revision(known: Side, new: Side, versions: Collection[int]) -> bool:
    """Whether two clauses are what two versions of one article let one speaker say.

    Then the outlet has corrected its article: the speaker has not changed their words.
    """
    is_one = known.document in versions or new.document in versions
    return is_one and is_same_speaker(known.one.speaker, new.one.speaker)


def _settled(one: Compared, versions: Collection[int]) -> Compared:
    if one.quarrel is None or not _is_revision(one.known, one.new, versions):
        return one
    return dataclasses.replace(one, quarrel=None)


def _key(one: Compared) -> tuple[object, ...]:
    """What makes two disputes of two documents the same one."""
    first, second = one.known.one, one.new.one
    deed = sorted(first.main_groups & second.main_groups) or first.main
    what = one.quarrel.why.get("same") if one.quarrel else None
    shown = what if isinstance(what, str) else str(deed)
    if one.quarrel is not None and one.quarrel.ground is Ground.HOLDER:
        return (one.known.document, one.new.document, Ground.HOLDER, str(what))
    ground = one.quarrel.ground if one.quarrel else None
    return (one.known.document, one.new.document, ground, shown)


def _whole(packed: Packed) -> Account:
    import dataclasses

    made = tuple(packed.proposition(n) for n in range(len(packed.heads)))
    return dataclasses.replace(packed.account, propositions=made)


def _codes(arrival: Arrival, account: Account) -> NDArray[np.int8] | None:
    if arrival.vectors is None or not account.propositions:
        return None
    return quantise(arrival.vectors.of_many([p.spans for p in account.propositions]))


def _matrix(vectors: bytes | None, rows: int) -> NDArray[np.int8] | None:
    if vectors is None or rows == 0:
        return None
    return np.frombuffer(vectors, dtype=np.int8).reshape(rows, -1)


def _cosines(codes: NDArray[np.int8] | None, document: Known) -> NDArray[np.float32] | None:
    """The cosine of each new clause with each known one; None without vectors of one kind."""
    known = _matrix(document.vectors, len(document.packed.sentences))
    if known is None or codes is None or known.shape[1] != codes.shape[1]:
        return None
    return cosines(codes, known)
