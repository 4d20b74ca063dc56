"""How many assert, deny and report a claim: who does so twice counts once.

The stances of a claim are all counted again while they are few. In a large claim that would
cost more with each one that comes: there, one that comes or goes is compared with those of the
same holder, which an index finds, and all are counted for one document in `COUNTED_AGAIN`, as
the registry may have found that two holders are one.
"""

import sqlite3
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Final, Self

from onrecord.records import StanceKind

# From so many stances on a claim is large.
_LARGE: Final = 256
COUNTED_AGAIN: Final = 256
_OWN: Final = (StanceKind.ASSERTS.value, StanceKind.DENIES.value)
_ROWS: Final = """
SELECT stance, speaker, voice, published, speaker_spans FROM stances WHERE claim = ?
"""
_SAME: Final = """
SELECT 1 FROM stances WHERE claim = ? AND stance = ? AND speaker = ?
AND NOT (document = ? AND id = ?) LIMIT 1
"""
_SAME_VOICE: Final = """
SELECT 1 FROM stances WHERE claim = ? AND stance = ? AND speaker IS NULL AND voice = ?
AND (speaker_spans <> '[]') = ? AND NOT (document = ? AND id = ?) LIMIT 1
"""


def is_large(connection: sqlite3.Connection, claim: int) -> bool:
    """Whether a claim has too many stances to count all of them for each document."""
    row = connection.execute(
        "SELECT 1 FROM stances WHERE claim = ? LIMIT 1 OFFSET ?", (claim, _LARGE - 1)
    ).fetchone()
    return row is not None


def recount(connection: sqlite3.Connection, claims: Iterable[int]) -> None:
    """Set the counts and dates of claims by their stances and disputes."""
    for number in sorted(set(claims)):
        rows = connection.execute(_ROWS, (number,)).fetchall()
        counts = count_holders(
            (stance, speaker, voice, speaker_spans != "[]")
            for stance, speaker, voice, _, speaker_spans in rows
        )
        dates = sorted(row[3] for row in rows if row[3] is not None)
        connection.execute(
            "UPDATE claims SET n_asserts = ?, n_denies = ?, n_reports = ?, first_seen = ?,"
            " last_seen = ? WHERE number = ?",
            (*counts, dates[0] if dates else None, dates[-1] if dates else None, number),
        )
        see_disputes(connection, number)


def see_disputes(connection: sqlite3.Connection, claim: int) -> None:
    """Say whether a claim is in dispute."""
    connection.execute(
        "UPDATE claims SET is_disputed = EXISTS (SELECT 1 FROM disputes"
        " WHERE claim = claims.number OR other_claim = claims.number) WHERE number = ?",
        (claim,),
    )


def count_holders(
    stances: Iterable[tuple[str, Hashable | None, Hashable, bool]],
) -> tuple[int, int, int]:
    """How many assert, deny, and only report a claim; who does so twice counts once.

    Args:
        stances: The stance, the speaker if he is known, the voice of the document, and
            whether words name a speaker.

    >>> one, again = ("asserts", 1, 7, True), ("asserts", 1, 8, True)
    >>> count_holders([one, again, ("reports", None, 8, False)])
    (1, 0, 1)
    """
    holders: dict[str, set[tuple[str, Hashable]]] = {kind.value: set() for kind in StanceKind}
    for stance, speaker, voice, is_named in stances:
        known = ("speaker", speaker) if speaker is not None else None
        holders[stance].add(known or ("unknown" if is_named else "voice", voice))
    own = {v for kind in _OWN for u, v in holders[kind] if u == "voice"}
    n_reports = sum(1 for u, v in holders["reports"] if u == "speaker" or v not in own)
    return len(holders["asserts"]), len(holders["denies"]), n_reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A stance as it counts.

    Attributes:
        document: Where it stands.
        id: Its id.
        claim: Its claim.
        kind: Of stance.
        speaker: Who takes it; None where the registry knows nobody.
        voice: Of the document.
        is_named: Words name who takes it.
        published: When.
    """

    document: int
    id: str
    claim: int
    kind: str
    speaker: int | None
    voice: int
    is_named: bool
    published: str | None

    @classmethod
    def all_of(cls, connection: sqlite3.Connection, document: int) -> list[Self]:
        """The stances of a document."""
        rows = connection.execute(
            "SELECT document, id, claim, stance, speaker, voice, speaker_spans <> '[]', published"
            " FROM stances WHERE document = ? ORDER BY id",
            (document,),
        )
        return [
            cls(document=row[0], id=row[1], claim=row[2], kind=row[3], speaker=row[4],
                voice=row[5], is_named=bool(row[6]), published=row[7])
            for row in rows
        ]  # fmt: skip

    def count(self, connection: sqlite3.Connection, sign: int) -> None:
        """Add a stance that is in its table to the counts of its claim, or with -1 take it out.

        The counts are then what `recount` gives, with or without it.
        """
        change = dict.fromkeys((kind.value for kind in StanceKind), 0)
        own = self.speaker is None and not self.is_named
        if not self._is_there(connection, self.kind, is_named=self.is_named):
            change[self.kind] = sign
            if self.speaker is None and self.kind == StanceKind.REPORTS:
                change["reports"] = 0 if self._is_own(connection) else sign
        if own and self.kind in _OWN and not self._is_own(connection):
            both = (self._is_there(connection, "reports", is_named=n) for n in (False, True))
            change["reports"] -= sign * sum(both)
        connection.execute(
            "UPDATE claims SET n_asserts = n_asserts + ?2, n_denies = n_denies + ?3,"
            " n_reports = n_reports + ?4,"
            " first_seen = MIN(COALESCE(first_seen, ?5), COALESCE(?5, first_seen)),"
            " last_seen = MAX(COALESCE(last_seen, ?5), COALESCE(?5, last_seen)) WHERE number = ?1",
            (self.claim, change["asserts"], change["denies"], change["reports"], self.published),
        )

    def _is_there(self, connection: sqlite3.Connection, kind: str, *, is_named: bool) -> bool:
        """Whether another stance of a kind is of the same holder."""
        itself = (self.document, self.id)
        if self.speaker is not None:
            row = connection.execute(_SAME, (self.claim, kind, self.speaker, *itself))
        else:
            row = connection.execute(_SAME_VOICE, (self.claim, kind, self.voice, is_named, *itself))
        return row.fetchone() is not None

    def _is_own(self, connection: sqlite3.Connection) -> bool:
        """Whether another stance has its voice assert or deny the claim in its own words."""
        return any(self._is_there(connection, kind, is_named=False) for kind in _OWN)
