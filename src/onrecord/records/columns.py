"""What a field of a record means, beside its type."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """Description of a field.

    Attributes:
        description: One sentence for readers of tables.
        points_to: ``record.field`` that the value names.
        unit: Unit and range.
    """

    description: str
    points_to: str | None = None
    unit: str | None = None
