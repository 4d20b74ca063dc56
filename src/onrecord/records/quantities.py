"""Figures with their units."""

from dataclasses import dataclass
from typing import Annotated

from onrecord.records.columns import Column
from onrecord.records.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number in the text, what it counts, and how it bounds it."""

    id: Annotated[str, Column("Hash of the document and span.")]
    document: Annotated[str, Column("Where the words stand.", points_to="document.id")]
    span: Annotated[Span, Column("The words.")]
    value: Annotated[float, Column("The number; of a range, its lower end.")]
    upper: Annotated[float | None, Column("Upper end of a range, else null.")] = None
    unit: Annotated[str | None, Column("What is counted, in the singular.")]
    comparator: Annotated[
        str | None,
        Column("'at most', 'at least', 'more than', 'less than', 'about', 'between', or null."),
    ]
    run: Annotated[str, Column("Versions, weights and settings behind it.", points_to="run.id")]
