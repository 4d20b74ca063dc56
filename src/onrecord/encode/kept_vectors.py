"""Vectors of some spans of a document, kept as whole numbers of one byte.

What is linked later asks for the same spans as while the document was read, so these are
enough; a span that nobody asked for then has no vector. Which are asked for stands in
`onrecord.ingest.kept_vectors`, the vectors of all words in `vectors`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.vectors import restore
from onrecord.records import Span

Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True, eq=False)
class KeptVectors:
    """The vectors of lists of spans, where they were kept.

    Attributes:
        spans: Each list of spans once.
        codes_ND: The vector of each, as `onrecord.encode.vectors.quantise` makes it.
    """

    spans: tuple[Spans, ...]
    codes_ND: NDArray[np.int8]
    _rows: Mapping[Spans, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        rows = {spans: number for number, spans in enumerate(self.spans)}
        object.__setattr__(self, "_rows", rows)

    def of(self, spans: Sequence[Span]) -> NDArray[np.float32]:
        """The vector (D,) of some spans together; zeros if it was not kept."""
        vector: NDArray[np.float32] = self.of_many([spans])[0]
        return vector

    def of_many(self, all_spans: Sequence[Sequence[Span]]) -> NDArray[np.float32]:
        """The vector of each of some lists of spans, (N, D).

        Quantised again, they are what was kept.
        """
        found = np.zeros((len(all_spans), self.codes_ND.shape[1]), dtype=np.int8)
        for number, spans in enumerate(all_spans):
            row = self._rows.get(tuple(spans))
            if row is not None:
                found[number] = self.codes_ND[row]
        return restore(found)
