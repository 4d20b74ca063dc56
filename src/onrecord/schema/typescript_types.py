"""TypeScript interfaces of the record that `onrecord read --format json` prints."""

from collections.abc import Mapping
from enum import Enum

from onrecord.records import Reading, Span
from onrecord.schema.fields import Field, printed_fields, reached_from, summary

_TYPES = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    Mapping: "Record<string, unknown>",
}


def typescript_types() -> str:
    """A module of declarations: one interface per record, one union per enumeration."""
    printed = [Reading, *reached_from(*(field.value_type for field in printed_fields(Reading)))]
    head = "// The record that `onrecord read --format json` prints.\n"
    return head + "".join(f"\n{_declaration(kind)}" for kind in printed)


def _declaration(kind: type) -> str:
    doc = f"/** {summary(kind)} */\n"
    if issubclass(kind, Enum):
        values = "".join(f'\n  | "{member.value}"' for member in kind)
        return f"{doc}export type {kind.__name__} ={values};\n"
    lines = [_line(field, is_section=kind is Reading) for field in printed_fields(kind)]
    if kind is Span:
        lines.append("  /** The words that stand there. */\n  text: string;\n")
    return f"{doc}export interface {kind.__name__} {{\n{''.join(lines)}}}\n"


def _line(field: Field, *, is_section: bool) -> str:
    value = _TYPES.get(field.value_type, field.value_type.__name__)
    if field.is_list:
        value += "[]"
    if field.is_nullable and not is_section:
        value += " | null"
    unit = f" Unit: {field.unit}." if field.unit else ""
    pointed = f" Names: {field.points_to}." if field.points_to else ""
    return f"  /** {field.description}{unit}{pointed} */\n  {field.name}: {value};\n"
