"""Readings on their way between stages, with what the pass of the encoder left for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.pieces import Window
from onrecord.records import Column, Reading


class WindowFinder(Protocol):
    """Takes what it needs of the passes of the encoder over windows, one pass each."""

    def find_all(
        self, windows: Sequence[Window], parts: Sequence[NDArray[np.float32]]
    ) -> Sequence[Any]:
        """What a later stage wants to know of each of some windows; small, for it is kept.

        What is found in a window depends on that window alone.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedReading(Reading):
    """A reading with what was found in the windows of its text, in text order."""

    found: Annotated[tuple[Any, ...], Column("What each window gave; never printed or kept.")] = ()

    def plain(self) -> Reading:
        """The reading alone."""
        return Reading(**{name: getattr(self, name) for name in Reading.__dataclass_fields__})


def with_found(reading: Reading, found: Iterable[Any]) -> EncodedReading:
    """The reading with what its windows gave."""
    own = {name: getattr(reading, name) for name in Reading.__dataclass_fields__}
    return EncodedReading(**own, found=tuple(found))
