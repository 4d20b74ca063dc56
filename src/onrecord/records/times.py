"""Expressions of time."""

from dataclasses import dataclass
from typing import Annotated

from onrecord.records.columns import Column
from onrecord.records.spans import Span
from onrecord.records.vocabularies import TimexType


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A time expression and its value."""

    id: Annotated[str, Column("Hash of the document and span.")]
    document: Annotated[str, Column("Where the words stand.", points_to="document.id")]
    span: Annotated[Span, Column("The words.")]
    type: Annotated[TimexType, Column("TIMEX3 type.")]
    value: Annotated[str | None, Column("TIMEX3 value.", unit="ISO 8601")]
    run: Annotated[str, Column("Versions, weights and settings behind it.", points_to="run.id")]
