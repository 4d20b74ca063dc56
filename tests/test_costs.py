"""What reading costs, as counts of calls: the same on every machine, whatever else it does.

Seconds are in `benchmarks/`. A count that moves by more than `TOLERANCE` fails; when it fell, or
must rise, replace `PINNED` by what the failure prints.
"""

import cProfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

import onrecord
from onrecord.config import Config
from onrecord.pipeline import Reader
from onrecord.records import Reading, make_document

TOLERANCE = 0.15
EXAMPLES = Path(__file__).parent.parent / "examples"
PACKAGE = str(Path(onrecord.__file__).parent)
TEXTS = tuple(
    (EXAMPLES / name).read_text(encoding="utf-8")
    for name in ("dam-breach-herald.txt", "sudan-truce.txt", "new-start-limits.txt")
)
# Calls of the package's own functions for each stage.
PINNED = {
    "StatementFinder": 8436,
    "TimeFinder": 1572,
    "QuantityFinder": 1157,
    "EntityFinder": 8622,
    "PlaceFinder": 2442,
    "ActorCoder": 4965,
    "TimeLinker": 761,
    "EventFinder": 42496,
}


def calls_of(work: Callable[[], Any]) -> tuple[int, Any]:
    """Calls of named functions of the package while some work is done, and what it made.

    Comprehensions and generator expressions are left out: whether they are calls of their
    own depends on the version of Python.
    """
    profile = cProfile.Profile(builtins=False)
    made = profile.runcall(work)
    own = (
        entry.callcount
        for entry in profile.getstats()
        if isinstance(entry.code, CodeType)
        and entry.code.co_filename.startswith(PACKAGE)
        and entry.code.co_name[0] != "<"
    )
    return sum(own), made


def costs_of(reader: Reader, texts: Sequence[str]) -> Counter[str]:
    """Calls of each stage that reads some texts."""
    readings: Sequence[Reading] = [
        Reading(document=make_document(text=text), run=reader.run) for text in texts
    ]
    found: Counter[str] = Counter()
    for stage in reader.stages:
        found[type(stage).__name__], readings = calls_of(lambda s=stage, r=readings: s(r))  # type: ignore[misc]
    return found


@pytest.fixture(scope="module")
def reader() -> Reader:
    # On one thread, as calls of other threads are not counted.
    own = Reader(Config(n_threads=1))
    # Tables are read, and what is kept of words and names is kept.
    own.read_batch([make_document(text=text) for text in TEXTS])
    return own


@pytest.mark.weights
def test_no_stage_costs_more_than_it_did(reader: Reader) -> None:
    found = costs_of(reader, TEXTS)
    moved = {
        name: (PINNED.get(name), n)
        for name, n in found.items()
        if abs(n - PINNED.get(name, 0)) > TOLERANCE * PINNED.get(name, 0)
    }
    assert not moved, f"calls (pinned, found): {moved}; to pin them anew: PINNED = {dict(found)}"


@pytest.mark.weights
def test_costs_grow_with_the_text(reader: Reader) -> None:
    once, four_times = (costs_of(reader, ["\n\n".join(TEXTS[:1] * n)]).total() for n in (1, 4))
    assert four_times < 4.4 * once
