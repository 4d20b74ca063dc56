"""What a field of a record means, beside its type."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """Description of a field.

    Attributes:
        description: One sentence for readers of tables.
        points_to: ``record.field`` that the value names.
        unit: Unit and range.
        is_key: Whether it is part of the key of the table, for rows with no id of their own.
    """

    description: str
    points_to: str | None = None
    unit: str | None = None
    is_key: bool = False
