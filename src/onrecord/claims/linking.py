"""Claims, stances and disputes of documents that arrive, and of those that go.

A claim is made when a second holder or document speaks about the same thing; what only one
says once is no claim yet. Not here: how clauses are read (`propositions.py`), compared
(`matching.py`) and found to be in dispute (`quarrels.py`).
"""

import dataclasses
import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.claims.candidates import (
    Known,
    keys_of,
    known_documents,
    likely_clauses,
    period_of_publication,
)
from onrecord.claims.conflicts import is_apart
from onrecord.claims.likeliest import Likely, is_likely, is_upheld, likeliest, rank_at, ranks_of
from onrecord.claims.matching import Match, match
from onrecord.claims.models import Account, Proposition
from onrecord.claims.packing import Packed, pack, unpack
from onrecord.claims.pairs import Pair, Quarrel
from onrecord.claims.propositions import account_of
from onrecord.claims.quarrels import is_same_claim, quarrel_of
from onrecord.claims.rows import recount
from onrecord.claims.scoring import Aligned
from onrecord.claims.settings import (
    LEAST_JUDGED,
    MOST_DISPUTES,
    MOST_JUDGED,
    MOST_PAIRS,
    NEAR_COSINE,
    NEAREST,
)
from onrecord.claims.writing import Side, Writer
from onrecord.encode.vectors import cosines, quantise
from onrecord.records import Ground, StanceKind
from onrecord.store import Arrival, Store

# Probabilities that the first text entails, leaves open, contradicts the second, row by row.
Rank = tuple[int, int]
Entailment = Callable[[list[tuple[str, str]]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two clauses that were compared, the known one first."""

    known: Side
    new: Side
    match: Match
    quarrel: Quarrel | None
    is_same: bool
    likely: Likely | None = None


def link(store: Store, arrivals: Iterable[Arrival], entailment: Entailment | None = None) -> None:
    """Find claims and disputes of documents just added, inside of `writing`.

    Args:
        store: The store; stories, actors and provenances of the documents are written.
        arrivals: The documents, in order of their numbers.
        entailment: Judges pairs of texts; without it words and vectors alone decide.
    """
    for arrival in arrivals:
        _Linker(store, entailment).take(arrival)


def unlink(store: Store, numbers: Iterable[int]) -> None:
    """Take documents out of claims and disputes, inside of `writing`, before they go.

    Disputes that others still have are found again.
    """
    gone = sorted(set(numbers))
    writer = Writer(store.connection)
    touched, open_pairs = writer.remove(gone)
    linker = _Linker(store, None)
    for first, second in open_pairs:
        linker.again(first, second, touched)
    writer.drop_lonely(touched)
    recount(store.connection, touched)


class _Linker:
    """Links one document."""

    def __init__(self, store: Store, entailment: Entailment | None) -> None:
        self.connection: sqlite3.Connection = store.connection
        self.entailment = entailment
        self.writer = Writer(store.connection)

    def take(self, arrival: Arrival) -> None:
        """Compare a document with itself and with those before it, and write what is found."""
        account = account_of(arrival.reading, number=arrival.number)
        codes = _codes(arrival, account)
        period = period_of_publication(arrival.reading.document.published)
        keys = keys_of(account)
        known = known_documents(self.connection, arrival.number, period=period, keys=keys)
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
        compared = [*_inside(own, account), *self._across(account, codes, known)]
        self._write(compared)

    def again(self, first: int, second: int, touched: set[int]) -> None:
        """Look for disputes between two documents again, after another one went."""
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
            self._write(self._across(full, codes, known), touched)

    def _across(
        self, account: Account, codes: NDArray[np.int8] | None, known: Sequence[Known]
    ) -> list[Compared]:
        pairs: list[tuple[float, Known, int, int, Rank | None]] = []
        for document in known:
            heads = document.packed.heads
            cosine_NM = _cosines(codes, document.vectors, len(heads))
            ranks_NM2 = None if cosine_NM is None else ranks_of(cosine_NM)
            for n, one in enumerate(account.propositions):
                if not one.is_side:
                    continue
                likely = set(likely_clauses(one, heads))
                if cosine_NM is not None and ranks_NM2 is not None:
                    is_near = (cosine_NM[n] >= NEAR_COSINE) | (ranks_NM2[n, :, 0] < NEAREST)
                    near = np.flatnonzero(is_near)
                    likely |= {int(m) for m in near if heads[m] is not None}
                for m in sorted(likely):
                    cosine = None if cosine_NM is None else float(cosine_NM[n, m])
                    rank = None if ranks_NM2 is None else rank_at(ranks_NM2, n, m)
                    pairs.append((cosine or 0.0, document, m, n, rank))
        pairs.sort(key=lambda pair: -pair[0])
        found = []
        for value, document, m, n, rank in pairs[:MOST_PAIRS]:
            other = document.packed.proposition(m)
            cosine = None if codes is None or document.vectors is None else value
            compared = _compare(
                document.packed.account, other, m, account, account.propositions[n], n,
                cosine=cosine, is_one_story=document.is_one_story, rank=rank,
            )  # fmt: skip
            if compared is not None:
                found.append(compared)
        if self.entailment is not None:
            found = self._judged(found, self.entailment)
        return _with_likely(found)

    def _judged(self, found: Sequence[Compared], entailment: Entailment) -> list[Compared]:
        """The likeliest pairs again, with what the entailment head says of their words."""
        order = sorted(range(len(found)), key=lambda n: -found[n].match.score)
        chosen = [n for n in order if _is_open(found[n])][:MOST_JUDGED]
        if not chosen:
            return list(found)
        texts = [(self._words(found[n].known), self._words(found[n].new)) for n in chosen]
        judged = list(found)
        for n, bearing in zip(chosen, bearing_of(entailment(texts)), strict=True):
            judged[n] = _judged_pair(found[n], float(bearing))
        return judged

    def _words(self, side: Side) -> str:
        """The words of a clause, out of the text in the file."""
        (text,) = self.connection.execute(
            "SELECT text FROM documents WHERE number = ?", (side.document,)
        ).fetchone()
        return " ".join(text[s.start : s.end] for s in side.one.spans)

    def _write(self, compared: Sequence[Compared], touched: set[int] | None = None) -> None:
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
        recount(self.connection, changed)


def _key(one: Compared) -> tuple[object, ...]:
    """What makes two disputes of two documents the same one."""
    first, second = one.known.one, one.new.one
    deed = first.main_groups & second.main_groups or first.main
    what = one.quarrel.why.get("same") if one.quarrel else None
    shown = what if isinstance(what, str) else str(deed)
    if one.quarrel is not None and one.quarrel.ground is Ground.HOLDER:
        return (one.known.document, one.new.document, Ground.HOLDER, str(what))
    ground = one.quarrel.ground if one.quarrel else None
    return (one.known.document, one.new.document, ground, shown)


def _compare(
    a: Account, p: Proposition, m: int, b: Account, q: Proposition, n: int, *,
    cosine: float | None = None, is_one_story: bool = False, rank: Rank | None = None,
) -> Compared | None:  # fmt: skip
    are_two = is_apart(a, p, b, q)
    if are_two and rank is None:
        return None
    found = match(a, p, b, q, cosine=cosine, is_one_story=is_one_story)
    pair = Pair(a, p, b, q, found)
    likely = None if rank is None else likeliest(Aligned(pair, cosine or 0.0, rank))
    if are_two and likely is None:
        return None
    quarrel = None if are_two else quarrel_of(pair)
    if quarrel is not None and not is_upheld(quarrel, likely):
        quarrel = None
    is_same = not are_two and is_same_claim(p, q, found)
    return Compared(Side(a, p, m), Side(b, q, n), found, quarrel, is_same, likely)


def _with_likely(found: Sequence[Compared]) -> list[Compared]:
    """With the likeliest dispute of every two documents between which no rule has found one."""
    settled = {c.known.document for c in found if c.quarrel is not None}
    best: dict[int, Compared] = {}
    for one in found:
        at = one.known.document
        if one.likely is None or at in settled:
            continue
        so_far = best.get(at)
        if so_far is None or _odds(one) > _odds(so_far):
            best[at] = one
    chosen = {id(one) for one in best.values() if _is_likely(one)}
    return [_in_dispute(one) if id(one) in chosen else one for one in found]


def _odds(one: Compared) -> float:
    return 0.0 if one.likely is None else one.likely.quarrel.probability


def _is_likely(one: Compared) -> bool:
    is_one_story = "story" in one.match.features
    return one.likely is not None and is_likely(one.likely, is_one_story=is_one_story)


def _in_dispute(one: Compared) -> Compared:
    if one.likely is None:
        return one
    known = dataclasses.replace(one.known, one=one.likely.known)
    new = dataclasses.replace(one.new, one=one.likely.new)
    return dataclasses.replace(one, known=known, new=new, quarrel=one.likely.quarrel, is_same=False)


def bearing_of(probabilities_N3: NDArray[np.float32]) -> NDArray[np.float32]:
    """How far one text bears on the other, for or against: 1 surely, -1 not at all.

    >>> bearing_of(np.array([[0.5, 0.25, 0.25]], dtype=np.float32)).tolist()
    [0.5]
    """
    return 1.0 - 2.0 * probabilities_N3[:, 1]


def _is_open(one: Compared) -> bool:
    """Whether one side may deny what the other says, and more should be known of it."""
    is_denial = one.known.one.stance is not one.new.one.stance
    return is_denial and one.match.conflict is None and one.match.score >= LEAST_JUDGED


def _judged_pair(one: Compared, bearing: float) -> Compared:
    features = one.match.features
    known, new = one.known, one.new
    found = match(
        known.account, known.one, new.account, new.one, bearing=bearing,
        cosine_feature=features.get("cosine"), is_one_story="story" in features,
    )  # fmt: skip
    pair = Pair(known.account, known.one, new.account, new.one, found)
    quarrel = quarrel_of(pair)
    if quarrel is not None and not is_upheld(quarrel, one.likely):
        quarrel = None
    return dataclasses.replace(
        one, match=found, quarrel=quarrel, is_same=is_same_claim(known.one, new.one, found)
    )


def _inside(own: Packed, account: Account) -> list[Compared]:
    """Clauses of one document that contradict each other."""
    found = []
    for n, one in enumerate(account.propositions):
        if not one.is_side:
            continue
        for m in likely_clauses(one, own.heads[:n]):
            other = account.propositions[m]
            is_told = one.stance is StanceKind.ASSERTS and other.stance is StanceKind.ASSERTS
            has_both = (one.counts and other.counts) or (one.holdings and other.holdings)
            if is_told and not has_both:
                continue
            compared = _compare(account, other, m, account, one, n, is_one_story=True)
            if compared is not None and compared.quarrel is not None:
                found.append(compared)
    return found


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


def _cosines(
    codes: NDArray[np.int8] | None, vectors: bytes | None, rows: int
) -> NDArray[np.float32] | None:
    """The cosine of each new clause with each known one; None without vectors of one kind."""
    known = _matrix(vectors, rows)
    if known is None or codes is None or known.shape[1] != codes.shape[1]:
        return None
    return cosines(codes, known)
