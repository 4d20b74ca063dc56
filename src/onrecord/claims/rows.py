"""Rows of claims, stances and disputes as they stand in the file of a store."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
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
        holders: dict[str, set[tuple[str, int]]] = {kind.value: set() for kind in StanceKind}
        for stance, speaker, voice, _, speaker_spans in rows:
            known = ("speaker", speaker) if speaker is not None else None
            unnamed = "unknown" if speaker_spans != "[]" else "voice"
            holders[stance].add(known or (unnamed, voice))
        own = {v for kind in ("asserts", "denies") for u, v in holders[kind] if u == "voice"}
        n_reports = sum(1 for _, v in holders["reports"] if v not in own)
        dates = sorted(row[3] for row in rows if row[3] is not None)
        connection.execute(
            "UPDATE claims SET n_asserts = ?, n_denies = ?, n_reports = ?, first_seen = ?,"
            " last_seen = ?, is_disputed = EXISTS (SELECT 1 FROM disputes"
            " WHERE claim = claims.number OR other_claim = claims.number) WHERE number = ?",
            (len(holders["asserts"]), len(holders["denies"]), n_reports,
             dates[0] if dates else None, dates[-1] if dates else None, number),
        )  # fmt: skip
