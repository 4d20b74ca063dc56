"""Tables for SQLite: one for each kind of row, strict, with keys and closed lists checked.

Spans, lists and settings are JSON text. Foreign keys are checked at the end of a
transaction, as rows of one document point at each other in both directions.
"""

import textwrap
from collections.abc import Mapping

from onrecord.schema.fields import Field, is_row, table_fields, table_pointed_to, tables

_SQL_WORDS = frozenset({"date", "time", "trigger", "type", "value"})
_TYPES = {str: "TEXT", int: "INTEGER", float: "REAL", bool: "INTEGER", Mapping: "TEXT"}


def sql_tables() -> str:
    """Statements that make all tables and indexes, for SQLite 3.37 or later."""
    head = "-- Tables of the record. For SQLite 3.37 or later, with PRAGMA foreign_keys = ON.\n"
    return head + "".join(f"\n{_table(name, record)}" for name, record in tables().items())


def _table(name: str, record: type) -> str:
    fields = table_fields(record)
    key = ("id",) if is_row(record) else ("document", "run")
    lines = [(_column(field), field) for field in fields]
    ends = [f"PRIMARY KEY ({', '.join(key)})"]
    ends += [_foreign_key(f) for f in fields if _is_foreign_key(f)]
    body = [f"  {line},  -- {_meaning(field)}" for line, field in lines]
    body.append(textwrap.indent(",\n".join(ends), "  "))
    made = f"CREATE TABLE {name} (\n" + "\n".join(body) + "\n) STRICT;\n"
    return made + "".join(
        f"CREATE INDEX {name}_by_{f.name} ON {name} ({_quoted(f.name)});\n"
        for f in fields
        if _is_foreign_key(f) and f.name != key[0]
    )


def _column(field: Field) -> str:
    nested = field.is_list or field.record or field.value_type is Mapping
    kind = "TEXT" if field.is_list else _TYPES.get(field.value_type, "TEXT")
    line = f"{_quoted(field.name)} {kind}{'' if field.is_nullable else ' NOT NULL'}"
    if nested:
        # Before SQLite 3.45 null was no valid JSON, and the check failed.
        unless = f"{_quoted(field.name)} IS NULL OR " if field.is_nullable else ""
        return f"{line} CHECK ({unless}json_valid({_quoted(field.name)}))"
    if field.enumeration:
        values = ", ".join(f"'{member.value}'" for member in field.enumeration)
        return f"{line} CHECK ({_quoted(field.name)} IN ({values}))"
    return line


def _quoted(name: str) -> str:
    """A name that is also a word of SQL stands in quotation marks."""
    return f'"{name}"' if name in _SQL_WORDS else name


def _is_foreign_key(field: Field) -> bool:
    return field.points_to is not None and not field.is_list


def _foreign_key(field: Field) -> str:
    pointed = (field.points_to or "").partition(".")[2]
    return (
        f"FOREIGN KEY ({_quoted(field.name)}) REFERENCES {table_pointed_to(field)} ({pointed})"
        " DEFERRABLE INITIALLY DEFERRED"
    )


def _meaning(field: Field) -> str:
    unit = f" ({field.unit})" if field.unit else ""
    pointed = f" -> {field.points_to}" if field.points_to and field.is_list else ""
    return f"{field.description}{unit}{pointed}"
