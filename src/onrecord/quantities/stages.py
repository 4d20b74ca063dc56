"""The stage that finds quantities."""

from collections.abc import Sequence
from typing import ClassVar

from onrecord.quantities.finding import find_quantities, without_times
from onrecord.records import Quantity, Reading, Span, TimexType, content_id

_DATED = frozenset({TimexType.DATE, TimexType.TIME})


class QuantityFinder:
    """Finds figures with what they count; dates that another stage found are left out."""

    reads: ClassVar[frozenset[str]] = frozenset()
    writes: ClassVar[frozenset[str]] = frozenset({"quantities"})

    def __call__(self, readings: Sequence[Reading]) -> list[Reading]:
        """New readings, in the same order; the ones given are left as they were."""
        return [reading.replace(quantities=_quantities(reading)) for reading in readings]


def _quantities(reading: Reading) -> tuple[Quantity, ...]:
    document = reading.document
    dated = sorted((t.span.start, t.span.end) for t in reading.times or () if t.type in _DATED)
    return tuple(
        Quantity(
            id=content_id("quantity", document.id, Span(found.start, found.end)),
            document=document.id,
            span=Span(found.start, found.end),
            value=found.value,
            upper=found.upper,
            unit=found.unit,
            comparator=found.comparator,
            run=reading.run.id,
        )
        for found in without_times(find_quantities(document.text), dated)
    )
