"""Readings on their way between stages, with what the pass of the encoder left for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.pieces import Window
from onrecord.records import Column, Reading


class WindowFinder(Protocol):
    """Takes what it needs of the one pass of the encoder over a window."""

    def find(self, window: Window, parts_WC: NDArray[np.float32]) -> Any:
        """What a later stage wants to know of this window; small, for it is kept."""
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
