"""Ids of rows that somebody adds: made of the parts that the stages make them of."""

from collections.abc import Callable, Mapping
from typing import Any

from onrecord.records import content_id, statement_id
from onrecord.schema.fields import record_name

_PARTS: Mapping[str, Callable[[Any], tuple[Any, ...]]] = {
    "mention": lambda row: (row.span, row.kind),
    "entity": lambda row: (row.mentions,),
    "event": lambda row: (row.trigger, row.type),
    "place": lambda row: (row.mention,),
    "time": lambda row: (row.span,),
    "quantity": lambda row: (row.span,),
    "control_claim": lambda row: (row.span, row.place, row.holder, row.change),
    "commitment": lambda row: (row.span, row.instrument, row.asserted_by),
}


def row_id_of(row: Any) -> str:
    """The id that a row of a document has from its content."""
    kind = record_name(type(row))
    if kind == "statement":
        return statement_id(row.document, source=row.source, cue=row.cue, content=row.content)
    return content_id(kind, row.document, *_PARTS[kind](row))
