"""What is written when two clauses are one claim or in dispute, and taken out again."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.claims.holders import Counted, is_large, recount, see_disputes
from onrecord.claims.matching import Match
from onrecord.claims.models import Account, Proposition
from onrecord.claims.pairs import Quarrel
from onrecord.claims.rows import insert_claim, insert_stance, spans_text, stance_id
from onrecord.records import Ground, Spans, StanceKind, content_id

_dumps = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
_OUTLET = "outlet"


@dataclass(frozen=True, slots=True)
class Side:
    """A clause in its document."""

    account: Account
    one: Proposition
    position: int

    @property
    def document(self) -> int:
        """The number of its document."""
        return self.account.number


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the store has of a document."""

    id: str
    published: str | None
    story: int | None
    voice: int


class Writer:
    """Writes claims, stances and disputes, and removes them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._facts: dict[int, _Facts] = {}
        self._large: dict[int, bool] = {}

    def facts(self, document: int) -> _Facts:
        """Id, date, story and voice of a document."""
        if document not in self._facts:
            row = self.connection.execute(
                "SELECT d.id, d.published, s.story, coalesce(p.voice, d.number) FROM documents d"
                " LEFT JOIN story_documents s ON s.document = d.number"
                " LEFT JOIN provenances p ON p.document = d.number WHERE d.number = ?",
                (document,),
            ).fetchone()
            self._facts[document] = _Facts(*row)
        return self._facts[document]

    def actor_of(self, side: Side) -> int | None:
        """The number of the speaker in the registry."""
        speaker = side.one.speaker
        if speaker is None or speaker.entity is None:
            return None
        row = self.connection.execute(
            "SELECT actor FROM actor_entities WHERE document = ? AND entity = ?",
            (side.document, speaker.entity),
        ).fetchone()
        return None if row is None else int(row[0])

    def join(self, first: Side, second: Side, found: Match, changed: set[int]) -> int:
        """Make two clauses one claim, if the second is in none yet; the number of the claim."""
        own, other = self._member(second), self._member(first)
        if own is not None and other is not None:
            return own[0]
        claim = own[0] if own else other[0] if other else self._new_claim(first)
        why = {"with": {"document": self.facts(first.document).id, "spans": _plain(first.one)},
               "features": found.features, "score": round(found.score, 3)}  # fmt: skip
        if other is None:
            self._stand(first, claim, {"first": True} if not own else why, found.score)
        if own is None:
            self._stand(second, claim, why, found.score)
        changed.add(claim)
        return claim

    def dispute(
        self, first: Side, second: Side, quarrel: Quarrel, found: Match, changed: set[int]
    ) -> bool:
        """Write a dispute with its claims and stances; False if there is one like it."""
        first, second = self._ordered(first, second)
        is_own = quarrel.is_own and self._is_one_actor(first, second)
        if quarrel.ground is Ground.DENIAL:
            claim = other_claim = self.join(first, second, found, changed)
            member, other = self._member(first), self._member(second)
            claim, other_claim = (member or (claim, ""))[0], (other or (claim, ""))[0]
        else:
            claim, other_claim = self._own_claim(first), self._own_claim(second)
        speakers = self.actor_of(first), self.actor_of(second)
        changed |= {claim, other_claim}
        if self._has_dispute(quarrel.ground, claim, other_claim, speakers):
            return False
        stances = [(self._member(side) or (0, ""))[1] for side in (first, second)]
        dates = [self.facts(side.document).published for side in (first, second)]
        story = self.connection.execute(
            "SELECT story FROM claims WHERE number = ?", (claim,)
        ).fetchone()[0]
        self.connection.execute(
            "INSERT OR IGNORE INTO disputes (id, ground, claim, other_claim, first_document,"
            " first_stance, first_spans, first_speaker, second_document, second_stance,"
            " second_spans, second_speaker, is_own, story, first_seen, why, probability)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (content_id("dispute", quarrel.ground.value, *stances), quarrel.ground.value, claim,
             other_claim, first.document, stances[0], spans_text(first.one.spans), speakers[0],
             second.document, stances[1], spans_text(second.one.spans), speakers[1], is_own,
             story,
             max((d for d in dates if d), default=None), _dumps(quarrel.why),
             quarrel.probability),
        )  # fmt: skip
        return True

    def possible(self, first: Side, second: Side, quarrel: Quarrel) -> None:
        """Keep a pair that may be in dispute, for somebody to look at."""
        first, second = self._ordered(first, second)
        ids = [self.facts(side.document).id for side in (first, second)]
        spans = [spans_text(side.one.spans) for side in (first, second)]
        self.connection.execute(
            "INSERT OR REPLACE INTO possible_disputes VALUES (?, ?, ?, ?, ?, ?, ?)",
            (content_id("possible dispute", quarrel.ground.value, *ids, *spans),
             quarrel.ground.value, first.document, spans[0], second.document, spans[1],
             quarrel.probability),
        )  # fmt: skip

    def _is_one_actor(self, first: Side, second: Side) -> bool:
        actors = self.actor_of(first), self.actor_of(second)
        return None in actors or actors[0] == actors[1]

    def _ordered(self, first: Side, second: Side) -> tuple[Side, Side]:
        """Who asserts before who denies; else who was published first."""
        if first.one.stance is not second.one.stance:
            return (first, second) if second.one.stance is StanceKind.DENIES else (second, first)
        days = [side.account.published for side in (first, second)]
        if None not in days and days[0] != days[1]:
            return (first, second) if days[0] < days[1] else (second, first)  # type: ignore[operator]
        keys = [(side.document, side.position) for side in (first, second)]
        return (first, second) if keys[0] < keys[1] else (second, first)

    def _has_dispute(
        self, ground: Ground, claim: int, other: int, speakers: tuple[int | None, int | None]
    ) -> bool:
        row = self.connection.execute(
            "SELECT 1 FROM disputes WHERE ground = ? AND ((claim = ? AND other_claim = ?)"
            " OR (claim = ? AND other_claim = ?)) AND ((first_speaker IS ? AND"
            " second_speaker IS ?) OR ? OR first_speaker IS NULL OR second_speaker IS NULL)",
            (ground.value, claim, other, other, claim, *speakers, None in speakers),
        ).fetchone()
        return row is not None

    def _member(self, side: Side) -> tuple[int, str] | None:
        row = self.connection.execute(
            "SELECT claim, stance FROM claim_members WHERE document = ? AND position = ?",
            (side.document, side.position),
        ).fetchone()
        return None if row is None else (row[0], row[1])

    def _own_claim(self, side: Side) -> int:
        member = self._member(side)
        if member is not None:
            return member[0]
        claim = self._new_claim(side)
        self._stand(side, claim, {"first": True}, 1.0)
        return claim

    def _new_claim(self, side: Side) -> int:
        """The claim that a side is the first of; clauses that show one sentence have one."""
        facts = self.facts(side.document)
        claim_id = content_id("claim", stance_id(facts.id, side.one, _holder(side.one)))
        row = self.connection.execute(
            "SELECT number FROM claims WHERE id = ?", (claim_id,)
        ).fetchone()
        if row is not None:
            return int(row[0])
        return insert_claim(
            self.connection, claim_id=claim_id, document=side.document,
            one=side.one, story=facts.story, published=facts.published,
        )  # fmt: skip

    def _stand(self, side: Side, claim: int, why: dict[str, Any], score: float) -> None:
        """The stance of a clause, and that its outlet reports it if somebody else takes it."""
        facts, one = self.facts(side.document), side.one
        own = stance_id(facts.id, one, _holder(one))
        probability = round(min(0.97, max(0.5, score)), 2)
        self._insert(
            document=side.document, stance=own, claim=claim, one=one,
            kind=one.stance, speaker=self.actor_of(side), speaker_spans=one.speaker_spans,
            voice=facts.voice, published=facts.published, why=why, probability=probability,
        )  # fmt: skip
        if one.speaker is not None and one.stance is not StanceKind.REPORTS:
            self._insert(
                document=side.document, claim=claim, one=one,
                stance=stance_id(facts.id, one, _OUTLET), kind=StanceKind.REPORTS, speaker=None,
                speaker_spans=(), voice=facts.voice, published=facts.published,
                why={"reports": own}, probability=probability,
            )  # fmt: skip
        self.connection.execute(
            "INSERT OR REPLACE INTO claim_members VALUES (?, ?, ?, ?)",
            (side.document, side.position, claim, own),
        )

    def _insert(
        self, *, document: int, stance: str, claim: int, one: Proposition, kind: StanceKind,
        speaker: int | None, speaker_spans: Spans, voice: int, published: str | None,
        why: dict[str, Any], probability: float,
    ) -> None:  # fmt: skip
        """Write a stance, and count it if its claim is large; others are counted in the end."""
        is_new = insert_stance(
            self.connection, document=document, stance=stance, claim=claim, one=one, kind=kind,
            speaker=speaker, speaker_spans=speaker_spans, voice=voice, published=published,
            why=why, probability=probability,
        )  # fmt: skip
        if is_new and self._is_large(claim):
            counted = Counted(
                document=document, id=stance, claim=claim, kind=kind.value, speaker=speaker,
                voice=voice, is_named=bool(speaker_spans), published=published,
            )  # fmt: skip
            counted.count(self.connection, 1)

    def _is_large(self, claim: int) -> bool:
        """Whether a claim was large when its first stance was written by this writer."""
        if claim not in self._large:
            self._large[claim] = is_large(self.connection, claim)
        return self._large[claim]

    def count(self, claims: set[int], *, is_counted_again: bool) -> None:
        """Count claims that were written to; large ones only if all of them are counted again."""
        counted = {n for n in claims if is_counted_again or not self._is_large(n)}
        recount(self.connection, counted)
        for number in sorted(claims - counted):
            see_disputes(self.connection, number)

    def remove(self, gone: Sequence[int]) -> tuple[set[int], list[tuple[int, int]]]:
        """Take documents out.

        Returns:
            Claims that they were in, and pairs of other documents that may be in dispute about
            them, which one of theirs stood for so far.
        """
        listed = json.dumps(list(gone))
        among = "IN (SELECT value FROM json_each(?))"
        claims = {
            row[0]
            for row in self.connection.execute(
                f"SELECT DISTINCT claim FROM stances WHERE document {among}",  # noqa: S608
                (listed,),
            )
        }
        disputed = {
            number
            for row in self.connection.execute(
                "SELECT claim, other_claim FROM disputes"  # noqa: S608
                f" WHERE first_document {among} OR second_document {among}",
                (listed, listed),
            )
            for number in row
        }
        pairs = self._others(disputed, set(gone))
        self.connection.execute(
            f"DELETE FROM disputes WHERE first_document {among} OR second_document {among}",  # noqa: S608
            (listed, listed),
        )
        self.connection.execute(
            f"DELETE FROM possible_disputes WHERE first_document {among}"  # noqa: S608
            f" OR second_document {among}",
            (listed, listed),
        )
        rows = self.connection.execute(
            f"SELECT document, period, keys FROM claim_propositions WHERE document {among}",  # noqa: S608
            (listed,),
        ).fetchall()
        self.connection.executemany(
            "DELETE FROM claim_keys WHERE period = ? AND key = ? AND document = ?",
            [(row[1], key, row[0]) for row in rows for key in json.loads(row[2])],
        )
        for table in ("claim_propositions", "claim_members", "stances"):
            self.connection.execute(f"DELETE FROM {table} WHERE document {among}", (listed,))  # noqa: S608
        return claims | disputed, pairs

    def remove_between(self, first: int, second: int) -> set[int]:
        """Take out the disputes of two documents, or of one with itself; the claims they had."""
        between = (
            "first_document IN (?1, ?2) AND second_document IN (?1, ?2)"
            " AND (first_document = second_document) = (?1 = ?2)"
        )
        found = self.connection.execute(
            f"SELECT claim, other_claim FROM disputes WHERE {between}",  # noqa: S608
            (first, second),
        ).fetchall()
        for table in ("disputes", "possible_disputes"):
            self.connection.execute(
                f"DELETE FROM {table} WHERE {between}",  # noqa: S608
                (first, second),
            )
        return {number for row in found for number in row}

    def _others(self, claims: set[int], gone: set[int]) -> list[tuple[int, int]]:
        """Pairs of documents that stay and stand in claims that were in dispute; capped."""
        rows = self.connection.execute(
            "SELECT DISTINCT document FROM claim_members WHERE claim IN"
            " (SELECT value FROM json_each(?)) ORDER BY document",
            (json.dumps(sorted(claims)),),
        )
        left = [row[0] for row in rows if row[0] not in gone][:12]
        return [(a, b) for n, a in enumerate(left) for b in left[n + 1 :]]

    def drop_lonely(self, claims: set[int]) -> None:
        """Remove claims that no two speak about any more, and name those anew whose first went."""
        for number in sorted(claims):
            rows = self.connection.execute(
                "SELECT s.document, s.id, s.row_kind, s.row, s.spans, d.id AS written"
                " FROM stances s JOIN documents d ON d.number = s.document"
                " WHERE s.claim = ? AND s.id IN (SELECT stance FROM claim_members"
                " WHERE document = s.document) ORDER BY s.document, s.id",
                (number,),
            ).fetchall()
            in_dispute = self.connection.execute(
                "SELECT 1 FROM disputes WHERE claim = ? OR other_claim = ?", (number, number)
            ).fetchone()
            if len(rows) < 2 and in_dispute is None:
                self._drop(number)
            elif rows:
                self._rename(number, rows)

    def _drop(self, number: int) -> None:
        for query in (
            "DELETE FROM claim_members WHERE claim = ?",
            "DELETE FROM stances WHERE claim = ?",
            "DELETE FROM claims WHERE number = ?",
        ):
            self.connection.execute(query, (number,))

    def _rename(self, number: int, rows: Sequence[sqlite3.Row]) -> None:
        """A claim whose first words are gone is shown by those of the next who said it."""
        current = self.connection.execute(
            "SELECT document FROM claims WHERE number = ?", (number,)
        ).fetchone()
        if current is None or current[0] in {row[0] for row in rows}:
            return
        first = rows[0]
        self.connection.execute(
            "UPDATE claims SET id = ?, document = ?, row_kind = ?, row = ?, spans = ?,"
            " story = (SELECT story FROM story_documents WHERE document = ?) WHERE number = ?",
            (content_id("claim", first[1]), first[0], first[2], first[3], first[4], first[0],
             number),
        )  # fmt: skip


def _holder(one: Proposition) -> str:
    return _OUTLET if one.speaker is None else "speaker"


def _plain(one: Proposition) -> list[list[int]]:
    return [[s.start, s.end] for s in one.spans]
