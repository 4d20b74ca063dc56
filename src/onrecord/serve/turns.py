"""How many pages are made at once, and how long one may keep the interpreter from the other."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import anyio.to_thread

# SQLite lets go of the interpreter at each row, and gets it back when the turn of another
# thread ends: with Python's 5 ms a page of many rows waits longer than it works. Measured by
# `benchmarks/serving.py`: the 95th percentile fell from 209 and 214 ms to 164 and 176 ms.
_TURN_S = 0.0005
# Pages that are made at once; others wait for one of them to be ready. All of them at once share
# one interpreter, so that none is ready before all nearly are. By the same benchmark, with an
# ingest beside it: 102 ms for all pages and 132 for the map, 119 and 180 with forty at once.
_MOST_AT_ONCE = 2


@contextmanager
def short_turns() -> Iterator[None]:
    """Short turns, and few pages at once, for as long as the room is open."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN_S)
    limiter = anyio.to_thread.current_default_thread_limiter()
    most, limiter.total_tokens = limiter.total_tokens, _MOST_AT_ONCE
    try:
        yield
    finally:
        sys.setswitchinterval(before)
        limiter.total_tokens = most
