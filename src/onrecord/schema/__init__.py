"""The records as JSON Schema, Arrow, SQL and TypeScript, all derived from the dataclasses.

`fields` walks the dataclasses; one module per format writes what it finds there;
`invariants` checks a reading. What the formats are filled with stands in `onrecord.export`.
"""

from onrecord.schema.arrow_schemas import arrow_schema, arrow_text
from onrecord.schema.fields import Field, fields_of, sections, store_tables, tables
from onrecord.schema.invariants import find_violations
from onrecord.schema.json_schemas import json_schema
from onrecord.schema.sql_tables import sql_tables
from onrecord.schema.typescript_types import typescript_types

__all__ = [
    "Field",
    "arrow_schema",
    "arrow_text",
    "fields_of",
    "find_violations",
    "json_schema",
    "sections",
    "sql_tables",
    "store_tables",
    "tables",
    "typescript_types",
]
