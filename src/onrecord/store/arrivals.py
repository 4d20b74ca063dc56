"""What a store answers when it is given a document, and what linkers are given."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from onrecord.records import DocumentStatus, Reading, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class SpanVectors(Protocol):
    """Vectors of the words of one document; they exist while it is being taken in."""

    def of(self, spans: Sequence[Span]) -> "NDArray[np.float32]":
        """One vector of length 1 for the words at these spans; zeros if there are none."""
        ...

    def of_many(self, many: Sequence[Sequence[Span]]) -> "NDArray[np.float32]":
        """One row for each list of spans."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What a store did with a document.

    Attributes:
        number: Its running number; None if it was not kept.
        status: What was done.
        replaces: The number of the version before, if this is a newer text of its address.
    """

    number: int | None
    status: DocumentStatus
    replaces: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A document that was just kept, for what links it to others.

    Attributes:
        number: Its running number.
        reading: What was found in it.
        vectors: Its words as vectors; None when it came without the encoder.
    """

    number: int
    reading: Reading
    vectors: SpanVectors | None = None
