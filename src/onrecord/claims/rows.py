"""Rows of claims, stances and disputes as they stand in the file of a store."""

import json
import sqlite3
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from onrecord.claims.models import Proposition
from onrecord.records import Spans, StanceKind, content_id

_dumps = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


def spans_text(spans: Spans) -> str:
    """Spans as the tables have them."""
    return _dumps([{"start": s.start, "end": s.end} for s in spans])


def stance_id(document: str, one: Proposition, holder: str) -> str:
    """The id of a stance: of its document, row, words and holder."""
    return content_id("stance", document, one.row_kind.value, one.row, one.spans, holder)


def insert_claim(
    connection: sqlite3.Connection, *, claim_id: str, document: int, one: Proposition,
    story: int | None, published: str | None,
) -> int:  # fmt: skip
    """A new claim, without stances."""
    row = connection.execute(
        "INSERT INTO claims (id, document, row_kind, row, spans, story, first_seen, last_seen,"
        " n_asserts, n_denies, n_reports, is_disputed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0) RETURNING number",
        (claim_id, document, one.row_kind.value, one.row, spans_text(one.spans), story,
         published, published),
    ).fetchone()  # fmt: skip
    return int(row[0])


def insert_stance(
    connection: sqlite3.Connection, *, document: int, stance: str, claim: int, one: Proposition,
    kind: StanceKind, speaker: int | None, speaker_spans: Spans, voice: int,
    published: str | None, why: Mapping[str, Any], probability: float,
) -> None:  # fmt: skip
    """A stance, if it is not there."""
    connection.execute(
        "INSERT OR IGNORE INTO stances (document, id, claim, row_kind, row, spans, speaker,"
        " speaker_spans, stance, voice, published, why, probability)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (document, stance, claim, one.row_kind.value, one.row, spans_text(one.spans), speaker,
         spans_text(speaker_spans), kind.value, voice, published, _dumps(dict(why)), probability),
    )  # fmt: skip


def recount(connection: sqlite3.Connection, claims: Iterable[int]) -> None:
    """Set the counts and dates of claims by their stances and disputes."""
    for number in sorted(set(claims)):
        rows = connection.execute(
            "SELECT stance, speaker, voice, published, speaker_spans FROM stances WHERE claim = ?",
            (number,),
        ).fetchall()
        counts = count_holders(
            (stance, speaker, voice, speaker_spans != "[]")
            for stance, speaker, voice, _, speaker_spans in rows
        )
        dates = sorted(row[3] for row in rows if row[3] is not None)
        connection.execute(
            "UPDATE claims SET n_asserts = ?, n_denies = ?, n_reports = ?, first_seen = ?,"
            " last_seen = ?, is_disputed = EXISTS (SELECT 1 FROM disputes"
            " WHERE claim = claims.number OR other_claim = claims.number) WHERE number = ?",
            (*counts,
             dates[0] if dates else None, dates[-1] if dates else None, number),
        )  # fmt: skip


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
    own = {v for kind in ("asserts", "denies") for u, v in holders[kind] if u == "voice"}
    n_reports = sum(1 for _, v in holders["reports"] if v not in own)
    return len(holders["asserts"]), len(holders["denies"]), n_reports
