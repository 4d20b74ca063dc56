"""Rows of claims, stances and disputes as they stand in the file of a store."""

import json
import sqlite3
from collections.abc import Mapping
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
) -> bool:  # fmt: skip
    """A stance, if it is not there; whether it was not."""
    cursor = connection.execute(
        "INSERT OR IGNORE INTO stances (document, id, claim, row_kind, row, spans, speaker,"
        " speaker_spans, stance, voice, published, why, probability)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (document, stance, claim, one.row_kind.value, one.row, spans_text(one.spans), speaker,
         spans_text(speaker_spans), kind.value, voice, published, _dumps(dict(why)), probability),
    )  # fmt: skip
    return cursor.rowcount > 0
