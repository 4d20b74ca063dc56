"""Tables of a store's file, in SQLite: one for each kind of row, strict, with closed lists checked.

In the file a document and a run are running numbers, as short keys in the order of arrival
keep writing at the end of the file; `documents` and `runs` have their ids too. Rows of a
document have the key (document, id) and their place in its list. Spans, lists and settings
are JSON text. Foreign keys are checked at the end of a transaction, as rows of one document
point at each other in both directions. Words to search, views and versions of the file
stand in `onrecord.store`.
"""

import dataclasses
import textwrap
from collections.abc import Iterator, Mapping

from onrecord.records import Document, Reading, Run
from onrecord.schema.fields import (
    Field,
    sections,
    store_tables,
    table_fields,
    table_pointed_to,
)

_SQL_WORDS = frozenset({"by", "date", "time", "trigger", "type", "value"})
_TYPES = {str: "TEXT", int: "INTEGER", float: "REAL", bool: "INTEGER", Mapping: "TEXT"}
_NUMBER = Field(
    name="number",
    value_type=int,
    is_list=False,
    is_nullable=False,
    description="Running number in this store.",
    points_to=None,
    unit="from 1",
)
_POSITION = dataclasses.replace(
    _NUMBER, name="position", description="Its place in the list of the document.", unit="from 0"
)
# Tables whose rows go with their document, beside its sections.
_OF_A_DOCUMENT = frozenset({"readings", "versions"})
# Columns by which rows are looked up, beside keys and pointers.
_INDEXES: Mapping[str, tuple[str, ...]] = {
    "documents": ("published",),
    "versions": ("address",),
    "tombstones": ("sha256",),
    "actor_names": ("normal",),
    "corrections": ("document",),
    "disputes": ("first_seen",),
}
# By several columns: the stances of one holder in a claim.
_JOINT_INDEXES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "stances": {"holder": ("claim", "stance", "speaker", "voice")},
}


def sql_tables() -> str:
    """Statements that make all tables and indexes, for SQLite 3.37 or later."""
    head = "-- Tables of a store. For SQLite 3.37 or later, with PRAGMA foreign_keys = ON.\n"
    return head + "".join(f"\n{_table(name)}" for name in store_tables())


def store_fields(table: str) -> tuple[Field, ...]:
    """The columns that a table has in the file of a store, in order.

    >>> [field.name for field in store_fields("times")]
    ['document', 'id', 'position', 'span', 'type', 'value', 'run']
    """
    record = store_tables()[table]
    fields = tuple(_numbered(field) for field in table_fields(record))
    if record in (Document, Run):
        return (_NUMBER, *fields)
    if table in sections():
        named = {field.name: field for field in fields}
        ahead = (named.pop("document"), named.pop("id"), _POSITION)
        return (*ahead, *named.values())
    return fields


def store_key(table: str) -> tuple[str, ...]:
    """The columns of the primary key of a table in the file of a store."""
    if table in sections():
        return ("document", "id")
    if store_tables()[table] is Reading:
        return ("document",)
    fields = store_fields(table)
    if any(field.name == "number" for field in fields):
        return ("number",)
    return tuple(field.name for field in fields if field.is_key) or ("id",)


def _numbered(field: Field) -> Field:
    """A column that names a document or a run names its number."""
    if field.points_to in ("document.id", "run.id"):
        pointed = field.points_to.replace(".id", ".number")
        return dataclasses.replace(field, value_type=int, points_to=pointed)
    return field


def _table(name: str) -> str:
    fields, key = store_fields(name), store_key(name)
    is_numbered = key == ("number",)
    body = [f"  {_column(f, is_key=is_numbered)},  -- {_meaning(f)}" for f in fields]
    ends = [] if is_numbered else [f"PRIMARY KEY ({_names(key)})"]
    if is_numbered and any(field.name == "id" for field in fields):
        ends.append("UNIQUE (id)")
    ends += [_foreign_key(name, f) for f in fields if _is_foreign_key(f)]
    if not ends:
        body[-1] = body[-1].replace(",  --", "  --", 1)
    else:
        body.append(textwrap.indent(",\n".join(ends), "  "))
    option = "STRICT" if is_numbered else "STRICT, WITHOUT ROWID"
    made = f"CREATE TABLE {name} (\n" + "\n".join(body) + f"\n) {option};\n"
    return made + "".join(_indexes(name, fields, key))


def _indexes(table: str, fields: tuple[Field, ...], key: tuple[str, ...]) -> Iterator[str]:
    """Indexes for pointers between documents, and for a few other columns."""
    of_document = table in sections() or store_tables()[table] is Reading
    wanted = [f.name for f in fields if _is_between_documents(f) and f.name != key[0]]
    for name in [*([] if of_document else wanted), *_INDEXES.get(table, ())]:
        yield f"CREATE INDEX {table}_by_{name} ON {table} ({_quoted(name)});\n"
    for name, columns in _JOINT_INDEXES.get(table, {}).items():
        yield f"CREATE INDEX {table}_by_{name} ON {table} ({_names(columns)});\n"


def _column(field: Field, *, is_key: bool) -> str:
    if is_key and field.name == "number":
        # Numbers of rows that are gone are not given again.
        return "number INTEGER PRIMARY KEY AUTOINCREMENT"
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


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(map(_quoted, columns))


def _quoted(name: str) -> str:
    """A name that is also a word of SQL stands in quotation marks."""
    return f'"{name}"' if name in _SQL_WORDS else name


def _is_foreign_key(field: Field) -> bool:
    return field.points_to is not None and not field.is_list


def _is_between_documents(field: Field) -> bool:
    return _is_foreign_key(field) and table_pointed_to(field) not in sections()


def _foreign_key(table: str, field: Field) -> str:
    """What a column points at; rows of one document point at each other within it."""
    pointed, column = table_pointed_to(field) or "", (field.points_to or "").partition(".")[2]
    own, other = _quoted(field.name), column
    if pointed in sections():
        own, other = f"document, {own}", "document, id"
    goes_with_it = field.name == "document" and (table in sections() or table in _OF_A_DOCUMENT)
    cascade = " ON DELETE CASCADE" if goes_with_it else ""
    return (
        f"FOREIGN KEY ({own}) REFERENCES {pointed} ({other}){cascade} DEFERRABLE INITIALLY DEFERRED"
    )


def _meaning(field: Field) -> str:
    unit = f" ({field.unit})" if field.unit else ""
    pointed = f" -> {field.points_to}" if field.points_to and field.is_list else ""
    return f"{field.description}{unit}{pointed}"
