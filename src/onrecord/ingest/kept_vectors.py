"""Which vectors of a document the linkers ask for, to be kept until it is linked again.

They are asked as they ask while a document is taken in. What is kept is small: the head,
each event with its sentence, each clause that may become part of a claim. In a store these
stand in the tables of the linkers, which lose them when a document leaves the links.
"""

import itertools
import sqlite3
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.claims.packing import unpack
from onrecord.claims.propositions import account_of
from onrecord.encode.kept_vectors import KeptVectors, Spans
from onrecord.encode.vectors import quantise
from onrecord.records import Reading, Span
from onrecord.store import SpanVectors
from onrecord.stories.event_traits import event_traits, happened
from onrecord.stories.happening_rows import unpacked
from onrecord.stories.linking import head_vector

# As many events of a document as stories look at.
MOST_EVENTS = 24


def kept_vectors(reading: Reading, vectors: SpanVectors) -> KeptVectors:
    """The vectors of a document that the linkers will ask for."""
    asked = _Asked(vectors)
    head_vector(reading, asked)
    events = list(happened(reading.events or ()))[:MOST_EVENTS]
    event_traits(reading, [event.trigger for event in events], asked)
    asked.of_many([one.spans for one in account_of(reading, number=0).propositions])
    return asked.kept()


class _Asked:
    """Vectors that remember what they were asked for."""

    def __init__(self, vectors: SpanVectors) -> None:
        self._vectors = vectors
        self._codes: dict[Spans, NDArray[np.int8]] = {}

    def of(self, spans: Sequence[Span]) -> NDArray[np.float32]:
        """As the vectors that these stand for."""
        vector: NDArray[np.float32] = self.of_many([spans])[0]
        return vector

    def of_many(self, many: Sequence[Sequence[Span]]) -> NDArray[np.float32]:
        """As the vectors that these stand for."""
        found = self._vectors.of_many(many)
        if len(found):
            self._codes |= zip(map(tuple, many), quantise(found), strict=True)
        return found

    def kept(self) -> KeptVectors:
        """All that was asked for."""
        codes = list(self._codes.values())
        nothing = np.zeros((0, 0), dtype=np.int8)
        return KeptVectors(tuple(self._codes), np.stack(codes) if codes else nothing)


class _Heard:
    """Vectors that are zeros and remember what they were asked for, in order."""

    def __init__(self) -> None:
        self.asked: list[Spans] = []

    def of(self, spans: Sequence[Span]) -> NDArray[np.float32]:
        """One zero."""
        vector: NDArray[np.float32] = self.of_many([spans])[0]
        return vector

    def of_many(self, many: Sequence[Sequence[Span]]) -> NDArray[np.float32]:
        """A zero for each."""
        self.asked += map(tuple, many)
        return np.zeros((len(many), 1), dtype=np.float32)


def vectors_in_store(
    connection: sqlite3.Connection, number: int, reading: Reading
) -> KeptVectors | None:
    """The vectors that linkers have kept of a document, before it leaves the links.

    Args:
        connection: To the store.
        number: The document.
        reading: What the store has of it.

    Returns:
        None if it was linked without vectors.
    """
    found = dict(
        itertools.chain(
            _of_head(connection, number, reading),
            _of_events(connection, number, reading),
            _of_clauses(connection, number),
        )
    )
    if not found:
        return None
    return KeptVectors(tuple(found), np.stack(list(found.values())))


def _of_head(
    connection: sqlite3.Connection, number: int, reading: Reading
) -> Iterator[tuple[Spans, NDArray[np.int8]]]:
    row = connection.execute(
        "SELECT vector FROM story_traits WHERE document = ?", (number,)
    ).fetchone()
    if row is not None and row[0]:
        heard = _Heard()
        head_vector(reading, heard)
        yield heard.asked[0], np.frombuffer(row[0], dtype=np.int8)


def _of_events(
    connection: sqlite3.Connection, number: int, reading: Reading
) -> Iterator[tuple[Spans, NDArray[np.int8]]]:
    rows = connection.execute(
        "SELECT event, traits FROM story_happenings WHERE document = ?", (number,)
    )
    traits = {event: unpacked(data) for event, data in rows}
    known = [
        (event.trigger, traits[event.id])
        for event in reading.events or ()
        if event.id in traits and len(traits[event.id].vector_D)
    ]
    heard = _Heard()
    event_traits(reading, [trigger for trigger, _ in known], heard)
    codes = [own.vector_D for _, own in known] + [own.context_D for _, own in known]
    yield from zip(heard.asked, codes, strict=True)


def _of_clauses(
    connection: sqlite3.Connection, number: int
) -> Iterator[tuple[Spans, NDArray[np.int8]]]:
    row = connection.execute(
        "SELECT packed, vectors FROM claim_propositions WHERE document = ?", (number,)
    ).fetchone()
    if row is None or row[1] is None:
        return
    packed = unpack(number, row[0])
    codes_ND = np.frombuffer(row[1], dtype=np.int8).reshape(len(packed.heads), -1)
    for position, code in enumerate(codes_ND):
        yield packed.proposition(position).spans, code
