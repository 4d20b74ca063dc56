"""What linkers have found in a store, as rows that name documents and others by their ids."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from onrecord.lake.link_tables import LINK_TABLES, link_fields
from onrecord.schema.fields import store_tables, table_fields

Row = dict[str, Any]
Rows = dict[str, list[Row]]
_TABLE_OF = {
    "document": "documents",
    "story": "stories",
    "claim": "claims",
    "known_actor": "known_actors",
}


def rows_of_store(connection: sqlite3.Connection) -> Rows:
    """All rows of links of a store."""
    ids = {
        record: dict(connection.execute(f"SELECT number, id FROM {table}").fetchall())  # noqa: S608
        for record, table in _TABLE_OF.items()
    }
    return {table: _rows(connection, table, ids) for table in LINK_TABLES}


def _rows(
    connection: sqlite3.Connection, table: str, ids: Mapping[str, Mapping[int, str]]
) -> list[Row]:
    before = {field.name: field for field in table_fields(store_tables()[table])}
    fields = link_fields(table)
    listed = ", ".join(f'"{field.name}"' for field in fields)
    found = []
    for values in connection.execute(f"SELECT {listed} FROM {table}"):  # noqa: S608
        row: Row = {}
        for field, value in zip(fields, values, strict=True):
            old = before[field.name]
            if old.value_type is int and field.value_type is str:
                pointed = "document" if field.name == "voice" else (old.points_to or "")
                row[field.name] = ids[pointed.partition(".")[0]].get(value)
            elif field.value_type is Mapping:
                row[field.name] = json.dumps(_by_id(json.loads(value), ids["document"]))
            elif field.is_list or field.record:
                row[field.name] = json.loads(value)
            else:
                row[field.name] = bool(value) if field.value_type is bool else value
        found.append(row)
    return found


def _by_id(value: Any, documents: Mapping[int, str]) -> Any:
    """Reasons with the ids of documents in place of their numbers."""
    if isinstance(value, dict):
        return {
            key: documents.get(inner, inner)
            if key == "document" and isinstance(inner, int)
            else _by_id(inner, documents)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_by_id(inner, documents) for inner in value]
    return value
