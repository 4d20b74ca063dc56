"""Arrow schemas, one for each table; pyarrow is imported only when a schema is asked for.

Spans are lists of start and end; settings, whose keys are not fixed, are JSON text.
What a column means stands in its metadata. Rows are written in `onrecord.export.tables`.
"""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TYPE_CHECKING

from onrecord.schema.fields import Field, fields_of, table_fields, tables

if TYPE_CHECKING:
    import pyarrow


def arrow_schema(table: str) -> "pyarrow.Schema":
    """The schema of a table.

    Args:
        table: One of `onrecord.schema.tables`.

    Raises:
        KeyError: There is no such table.
        ImportError: pyarrow is not installed; ``pip install 'onrecord[arrow]'`` does it.
    """
    return record_arrow_schema(tables()[table])


def record_arrow_schema(record: type) -> "pyarrow.Schema":
    """The schema of a table that holds records of one kind.

    Raises:
        ImportError: pyarrow is not installed.
    """
    return fields_arrow_schema(table_fields(record))


def fields_arrow_schema(fields: Iterable[Field]) -> "pyarrow.Schema":
    """The schema of a table with these columns.

    Raises:
        ImportError: pyarrow is not installed.
    """
    import pyarrow

    return pyarrow.schema([_arrow_field(field) for field in fields])


def arrow_text() -> str:
    """All schemas as text, the same with every version of pyarrow; it needs none."""
    blocks = []
    for table, record in tables().items():
        lines = [f"  {f.name}: {_type_text(f)}{_null_text(f)}" for f in table_fields(record)]
        blocks.append("\n".join([table, *lines]))
    return "\n\n".join(blocks) + "\n"


def _arrow_field(field: Field) -> "pyarrow.Field":
    import pyarrow

    meaning = {
        "description": field.description,
        "unit": field.unit,
        "points_to": field.points_to,
    }
    kind = _arrow_type(field.value_type)
    if field.is_list:
        kind = pyarrow.list_(pyarrow.field("item", kind, nullable=False))
    return pyarrow.field(
        field.name,
        kind,
        nullable=field.is_nullable,
        metadata={key: value for key, value in meaning.items() if value},
    )


def _arrow_type(kind: type) -> "pyarrow.DataType":
    import pyarrow

    plain = {
        str: pyarrow.string(),
        int: pyarrow.int64(),
        float: pyarrow.float64(),
        bool: pyarrow.bool_(),
        Mapping: pyarrow.string(),
    }
    if kind in plain:
        return plain[kind]
    if issubclass(kind, Enum):
        return pyarrow.string()
    return pyarrow.struct([_arrow_field(inner) for inner in fields_of(kind)])


def _type_text(field: Field) -> str:
    names = {str: "string", int: "int64", float: "double", bool: "bool", Mapping: "string"}
    if field.value_type in names:
        text = names[field.value_type]
    elif field.enumeration:
        text = "string"
    else:
        inner = [f"{f.name}: {_type_text(f)}{_null_text(f)}" for f in fields_of(field.value_type)]
        text = f"struct<{', '.join(inner)}>"
    return f"list<{text}>" if field.is_list else text


def _null_text(field: Field) -> str:
    return "" if field.is_nullable else " not null"
