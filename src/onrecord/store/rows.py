"""Records as rows of a store's file, and back.

Half of a surrogate pair, which JSON can bring in, is no UTF-8; such words are written as
bytes that SQLite takes as text, so that positions stay right and the words come back.
"""

import functools
import json
import operator
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from onrecord.records import Reading, Run, Span
from onrecord.schema.fields import Field, fields_of, printed_fields, sections, store_tables
from onrecord.schema.sql_tables import store_fields

# Words of a file are read with this, see `Store.connection`.
text_of_bytes: Callable[[bytes], str] = operator.methodcaller("decode", "utf-8", "surrogatepass")
_dumps = json.JSONEncoder(separators=(",", ":")).encode
_AHEAD = ("document", "id", "position")


@dataclass(frozen=True, slots=True)
class Codec:
    """How the records of one table are written and read.

    Attributes:
        table: Its name.
        columns: Its columns in the order in which values are written.
        insert: The statement that writes a row.
        insert_bytes: The same, for words given as bytes.
        values_of: The values of the fields of a record, encoded.
        record_of: A record from the values of its fields.
    """

    table: str
    columns: tuple[str, ...]
    insert: str
    insert_bytes: str
    values_of: Callable[[Any], list[Any]]
    record_of: Callable[[Sequence[Any]], Any]


@functools.cache
def codec(table: str) -> Codec:
    """How the rows of a table are written and read.

    For rows of a document, document, id, position and run are left to the caller, as they
    stand outside of the record: see `section_values`.
    """
    record = store_tables()[table]
    outside = {"document", "id", "run"} if table in sections() else set()
    fields = tuple(f for f in fields_of(record) if f.name not in outside)
    names = tuple(field.name for field in fields)
    columns = (*_AHEAD, *names, "run") if outside else names
    return Codec(
        table=table,
        columns=columns,
        insert=_insert(table, columns, "?"),
        insert_bytes=_insert(table, columns, "CAST(? AS TEXT)"),
        values_of=_encoder(fields),
        record_of=_decoder(record, fields),
    )


def _insert(table: str, columns: Sequence[str], mark: str) -> str:
    kinds = {field.name: field for field in store_fields(table)}
    marks = ["?" if _is_number(kinds[name]) else mark for name in columns]
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join(marks)})"  # noqa: S608 - own names


def _is_number(field: Field) -> bool:
    return field.value_type in (int, float, bool) and not field.is_list


def write_rows(connection: sqlite3.Connection, kind: Codec, rows: Sequence[Sequence[Any]]) -> None:
    """Write rows whose values are encoded."""
    try:
        connection.executemany(kind.insert, rows)
    except UnicodeEncodeError:
        for row in rows[_n_written(rows) :]:
            connection.execute(kind.insert_bytes, [as_bytes(value) for value in row])


def _n_written(rows: Sequence[Sequence[Any]]) -> int:
    """How many rows went in before one with half of a pair."""
    for number, row in enumerate(rows):
        if any(isinstance(as_bytes(value), bytes) for value in row):
            return number
    return len(rows)


def as_bytes(value: Any) -> Any:
    """Text that is no UTF-8 as bytes; all else as it is."""
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            return value.encode("utf-8", "surrogatepass")
    return value


def section_values(table: str, row: Any, *, document: int, position: int, run: int) -> list[Any]:
    """The values of a row of a document, in the order of its columns."""
    return [document, row.id, position, *codec(table).values_of(row), run]


def section_rows(
    connection: sqlite3.Connection, table: str, number: int, *, document: str, run: str
) -> Iterator[tuple[int, Any]]:
    """All rows that a table has of one document, each with its position."""
    kind = codec(table)
    names = ", ".join(f'"{name}"' for name in kind.columns[1:-1])
    found = connection.execute(
        f"SELECT {names} FROM {table} WHERE document = ? ORDER BY position",  # noqa: S608
        (number,),
    )
    for row_id, position, *values in found:
        yield position, kind.record_of((*values, row_id, document, run))


def reading_values(reading: Reading, *, document: int, run: int) -> list[Any]:
    """The row of a reading: how many rows each section has, and its problems."""
    counts = [
        None if getattr(reading, name) is None else len(getattr(reading, name))
        for name in sections()
    ]
    return [run, document, *counts, _dumps([_plain(problem) for problem in reading.problems])]


def run_of(values: Mapping[str, Any]) -> Run:
    """The run that a row of `runs` keeps."""
    kind = codec("runs")
    run: Run = kind.record_of([values[name] for name in kind.columns])
    return run


def _encoder(fields: Sequence[Field]) -> Callable[[Any], list[Any]]:
    names = [field.name for field in fields]
    getter: Callable[[Any], tuple[Any, ...]] = operator.attrgetter(*names)
    steps = [(i, step) for i, field in enumerate(fields) if (step := _encoding(field))]

    def values_of(record: Any) -> list[Any]:
        values = list(getter(record))
        for place, step in steps:
            if values[place] is not None:
                values[place] = step(values[place])
        return values

    return values_of


def _encoding(field: Field) -> Callable[[Any], Any] | None:
    if field.is_list and field.value_type is Span:
        return _spans_text
    if field.is_list and field.record is None:
        return _dumps
    if field.value_type is Span:
        return _span_text
    if field.value_type is Mapping:
        return lambda value: _dumps(dict(value))
    if field.record is not None:
        return lambda value: _dumps(_plain(value))
    return operator.attrgetter("value") if field.enumeration else None


def _span_text(span: Span) -> str:
    return f'{{"start":{span.start},"end":{span.end}}}'


def _spans_text(spans: Iterable[Span]) -> str:
    return f"[{','.join(map(_span_text, spans))}]"


def plain_row(row: Any) -> dict[str, Any]:
    """A row as JSON values, without its document and run; its words are not in it."""
    return {f.name: _plain(getattr(row, f.name)) for f in printed_fields(type(row))}


def row_from_plain(section: str, values: Mapping[str, Any], *, document: str, run: str) -> Any:
    """The row of a section from what `plain_row` gave."""
    record = sections()[section]
    outside = {"document": document, "run": run}
    return record(
        **{
            field.name: outside[field.name]
            if field.name in outside
            else _typed(field, values[field.name])
            for field in fields_of(record)
            if field.name in outside or field.name in values
        }
    )


def _typed(field: Field, value: Any) -> Any:
    if value is not None and field.enumeration is not None:
        return field.enumeration(value)
    return _parsed(field, value)


def _plain(value: Any) -> Any:
    """A part of a row as JSON values; its words stand in the text and not here."""
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float | Mapping):
        return value
    return {f.name: _plain(getattr(value, f.name)) for f in fields_of(type(value))}


def _decoder(record: type, fields: Sequence[Field]) -> Callable[[Sequence[Any]], Any]:
    names = [field.name for field in fields]
    names += [name for name in ("id", "document", "run") if name not in names]
    names = [name for name in names if name in record.__dataclass_fields__]  # type: ignore[attr-defined]
    steps = [(i, step) for i, field in enumerate(fields) if (step := _decoding(field))]

    def record_of(given: Sequence[Any]) -> Any:
        values = list(given)
        for place, step in steps:
            if values[place] is not None:
                values[place] = step(values[place])
        return record(**dict(zip(names, values, strict=True)))

    return record_of


def _decoding(field: Field) -> Callable[[Any], Any] | None:
    if field.is_list or field.record is not None or field.value_type is Mapping:
        parse = _parser(field)
        return lambda value: parse(json.loads(value))
    if field.enumeration is not None:
        return field.enumeration
    return bool if field.value_type is bool else None


def _parsed(field: Field, value: Any) -> Any:
    return _parser(field)(value)


def _parser(field: Field) -> Callable[[Any], Any]:
    """What makes a value of a field of JSON values; what kind it is is asked once."""
    part = _part_parser(field)
    return (lambda value: tuple(map(part, value))) if field.is_list else part


def _part_parser(field: Field) -> Callable[[Any], Any]:
    record = field.record
    if record is None:
        return lambda value: value
    if record is Span:
        return lambda value: None if value is None else Span(value["start"], value["end"])
    inner = [(own.name, _parser(own)) for own in fields_of(record)]

    def part_of(value: Any) -> Any:
        if value is None:
            return None
        return record(**{name: parse(value[name]) for name, parse in inner if name in value})

    return part_of


def problems_of(text: str) -> Any:
    """The problems of a reading, from its row."""
    (field,) = (field for field in fields_of(Reading) if field.name == "problems")
    return _parsed(field, json.loads(text))
