"""A reading as the JSON that users and other programs read, and back.

One object per document, its keys in the order of the dataclasses; rows leave out
`document` and `run`, which stand once in the object. Its schema is
`onrecord.schema.json_schema`.
"""

import dataclasses
import json
import math
from collections.abc import Mapping
from enum import Enum
from typing import Any

from onrecord.errors import InputError
from onrecord.records import Document, Reading, Run, Span
from onrecord.schema.fields import Field, fields_of, printed_fields, sections
from onrecord.schema.invariants import find_violations

# The sections of a printed record, in order, and the rows that they hold.
SECTIONS: Mapping[str, type] = sections()


def reading_to_json(reading: Reading) -> dict[str, Any]:
    """The record of one document as JSON values; a section that no stage filled is empty."""
    return {
        field.name: _printed_field(field, getattr(reading, field.name) or (), reading.document.text)
        for field in printed_fields(Reading)
    }


def dumps(reading: Reading, *, indent: int | None = None) -> str:
    """The record as a line of JSON, or as an indented object.

    A lone surrogate, which UTF-8 cannot hold, is escaped; all else is written as it is.

    Raises:
        ValueError: A number is infinite or none, which JSON cannot hold.
    """
    written = json.dumps(
        reading_to_json(reading), ensure_ascii=False, indent=indent, allow_nan=False
    )
    try:
        written.encode("utf-8")
    except UnicodeEncodeError:
        written = "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in written)
    return written


def reading_from_json(printed: Mapping[str, Any]) -> Reading:
    """The reading that was printed; every section of it has been looked for.

    Keys that a record of this version does not have are passed over.

    Raises:
        InputError: A key is missing, a value has another type, words are not those of the
            text, or an id names nothing. No faulty record becomes a reading.
    """
    if not isinstance(printed, Mapping):
        raise _wrong("record", "an object", printed)
    run = record_from_values(Run, _member(printed, "run", "record"), at="run")
    document = record_from_values(Document, _member(printed, "document", "record"), at="document")
    outside = {"document": document.id, "run": run.id}
    reading = Reading(
        document=document,
        run=run,
        **{
            name: tuple(
                record_from_values(kind, row, at=f"{name}[{number}]", outside=outside)
                for number, row in enumerate(_list(_member(printed, name, "record"), name))
            )
            for name, kind in SECTIONS.items()
        },
    )
    for violation in find_violations(reading):
        at, _, problem = violation.partition(": ")
        raise InputError(source=at, problem=problem)
    _check_words(Reading, printed, document.text, "record")
    return reading


def _has_default(record: type, name: str) -> bool:
    """Whether a field came later than the published form, so that a record may lack it."""
    default: object = record.__dataclass_fields__[name].default  # type: ignore[attr-defined]
    return default is not dataclasses.MISSING


def record_from_values(
    record: type,
    values: Any,
    *,
    at: str,
    outside: Mapping[str, str] | None = None,
) -> Any:
    """A record from JSON values, each checked against the type of its field.

    Args:
        record: The dataclass.
        values: An object with all its fields.
        at: Where it stands, for messages.
        outside: Fields that are not in the values.

    Raises:
        InputError: A key is missing, or a value is of another type.
        SpanError: A span is empty or begins before the text.
    """
    if not isinstance(values, Mapping):
        raise _wrong(at, "an object", values)
    outside = outside or {}
    return record(
        **{
            field.name: outside[field.name]
            if field.name in outside
            else _parsed_field(field, _member(values, field.name, at), f"{at}.{field.name}")
            for field in fields_of(record)
            if field.name in outside or field.name in values or not _has_default(record, field.name)
        }
    )


def _printed_field(field: Field, value: Any, text: str) -> Any:
    if field.is_list:
        return [_printed(item, text) for item in value]
    return _printed(value, text)


def _printed(value: Any, text: str) -> Any:
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end, "text": value.text_in(text)}
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float | Mapping):
        return value
    return {
        field.name: _printed_field(field, getattr(value, field.name), text)
        for field in printed_fields(type(value))
    }


def _parsed_field(field: Field, raw: Any, at: str) -> Any:
    if field.is_list:
        return tuple(
            _parsed(field, item, f"{at}[{number}]") for number, item in enumerate(_list(raw, at))
        )
    if raw is None and field.is_nullable:
        return None
    return _parsed(field, raw, at)


def _parsed(field: Field, raw: Any, at: str) -> Any:
    """A JSON value as the type that a field has."""
    if field.record is not None:
        return record_from_values(field.record, raw, at=at)
    if field.enumeration is not None:
        values = [member.value for member in field.enumeration]
        if raw not in values:
            raise _wrong(at, f"one of {', '.join(values)}", raw)
        return field.enumeration(raw)
    allowed = (int, float) if field.value_type is float else field.value_type
    if not isinstance(raw, allowed) or (isinstance(raw, bool) and field.value_type is not bool):
        raise _wrong(at, field.value_type.__name__, raw)
    if isinstance(raw, float) and not math.isfinite(raw):
        raise _wrong(at, "a finite number", raw)
    return raw


def _member(values: Mapping[str, Any], name: str, at: str) -> Any:
    if name not in values:
        raise InputError(source=at, problem=f"the key {name!r} is missing")
    return values[name]


def _list(raw: Any, at: str) -> list[Any]:
    if not isinstance(raw, list | tuple):
        raise _wrong(at, "a list", raw)
    return list(raw)


def _check_words(record: type, values: Mapping[str, Any], text: str, at: str) -> None:
    """Refuse spans whose words are not those of the text, as after counting bytes or UTF-16."""
    for field in printed_fields(record):
        raw, here = values[field.name], f"{at}.{field.name}"
        for item in raw if field.is_list else () if raw is None else (raw,):
            if field.value_type is Span:
                given, words = _member(item, "text", here), text[item["start"] : item["end"]]
                if given != words:
                    raise InputError(source=here, problem=f"{given!r} is not {words!r}, the words")
            elif field.record is not None:
                _check_words(field.record, item, text, here)


def _wrong(at: str, expected: str, found: Any) -> InputError:
    shown = repr(found)
    return InputError(source=at, problem=f"it is {shown[:60]}; it takes {expected}")
