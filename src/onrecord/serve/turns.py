"""How long one page may keep the interpreter while others wait for it."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette

# SQLite lets go of the interpreter at each row, and gets it back when the turn of another
# thread ends: with Python's 5 ms a page of many rows waits longer than it works. Measured by
# `benchmarks/serving.py`: the 95th percentile fell from 209 and 214 ms to 164 and 176 ms.
_TURN_S = 0.0005


@asynccontextmanager
async def short_turns(_: Starlette) -> AsyncIterator[None]:
    """Short turns for as long as the room is open."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN_S)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
