"""JSON Schema, draft 2020-12, of the record that `onrecord read --format json` prints.

How the record is printed stands in `onrecord.export.records`.
"""

import dataclasses
from collections.abc import Mapping
from enum import Enum
from typing import Any

from onrecord.records import Reading, Span
from onrecord.schema.fields import Field, printed_fields, reached_from, summary

_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", Mapping: "object"}
_NULL = {"type": "null"}


def json_schema() -> dict[str, Any]:
    """The schema of one printed record; a list of records has it for each item."""
    parts = [part for part in reached_from(*_printed_types(Reading)) if part is not Reading]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:onrecord:schema:record",
        "title": "Reading",
        **_object(Reading),
        "$defs": {part.__name__: _definition(part) for part in parts},
    }


def _printed_types(record: type) -> list[type]:
    return [field.value_type for field in printed_fields(record)]


def _definition(part: type) -> dict[str, Any]:
    if issubclass(part, Enum):
        values = [member.value for member in part]
        return {"description": summary(part), "type": "string", "enum": values}
    schema = _object(part)
    if part is Span:
        words = {"description": "The words that stand there.", "type": "string", "minLength": 1}
        schema["properties"]["text"] = words
        schema["required"].append("text")
        schema["properties"]["start"]["minimum"] = 0
        schema["properties"]["end"]["minimum"] = 1
    return schema


def _object(record: type) -> dict[str, Any]:
    fields = printed_fields(record)
    if record is Reading:
        fields = tuple(dataclasses.replace(field, is_nullable=False) for field in fields)
    return {
        "description": summary(record),
        "type": "object",
        "properties": {field.name: _property(field) for field in fields},
        "required": [field.name for field in fields],
        "additionalProperties": False,
    }


def _property(field: Field) -> dict[str, Any]:
    """A field, with what it means; unit and target are annotations of our own."""
    schema: dict[str, Any] = {"description": field.description}
    if field.unit:
        schema["x-unit"] = field.unit
    if field.points_to:
        schema["x-points-to"] = field.points_to
    value = _value(field)
    if field.is_list:
        value = {"type": "array", "items": value}
    if not field.is_nullable:
        return schema | value
    if isinstance(value.get("type"), str):
        return schema | value | {"type": [value["type"], "null"]}
    return schema | {"anyOf": [value, _NULL]}


def _value(field: Field) -> dict[str, Any]:
    if field.value_type in _TYPES:
        return {"type": _TYPES[field.value_type]}
    return {"$ref": f"#/$defs/{field.value_type.__name__}"}
