"""What people have said of disputes, for the pages that show it."""

from typing import Any

from onrecord.queries.room_counts import has_table
from onrecord.queries.tables import Table, table_of
from onrecord.store import Store

_MOST = 12
_COLUMNS = (
    *("id", "kind", "ground", "first_words", "second_words"),
    *("by", "at", "why", "undone_by"),
)


def _words(side: str) -> str:
    """The words of a side, from the first to the last of its places; null without its text."""
    spans, document = f"r.{side}_spans", side[0]
    start, end = f"json_extract({spans}, '$[0].start')", f"json_extract({spans}, '$[#-1].end')"
    return f"substr({document}.text, {start} + 1, {end} - {start}) AS {side}_words"


_RECENT = f"""
SELECT r.id, CASE WHEN r.is_dispute THEN 'accept' ELSE 'reject' END AS kind, r.ground,
  {_words("first")}, {_words("second")}, r."by", r.at, r.why, r.undone_by
FROM dispute_reviews AS r
LEFT JOIN documents AS f ON f.id = r.first_document
LEFT JOIN documents AS s ON s.id = r.second_document
ORDER BY r.rowid DESC LIMIT ?
"""  # noqa: S608 - own words


def recent_reviews(store: Store) -> Table:
    """The last reviews of disputes, the newest first, with the words of both sides.

    None in a store of an earlier version that has not been written to since.
    """
    if not has_table(store, "dispute_reviews"):
        return table_of(_COLUMNS, [])
    rows = store.connection.execute(_RECENT, (_MOST,)).fetchall()
    made: list[dict[str, Any]] = [dict(row) for row in rows]
    return table_of(_COLUMNS, made)
