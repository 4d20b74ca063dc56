"""Events of a document put to the happenings of its story, in the table `story_happenings`.

All caps are here; they keep the cost of a document the same in any story.
"""

import functools
import sqlite3
import struct
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from onrecord.records import Event
from onrecord.records.ids import content_id
from onrecord.stories.event_traits import EventTraits, event_traits, happened
from onrecord.stories.happenings import LEAST, join, pair_features, place, probabilities
from onrecord.stories.kept_traits import MOST_MEMBERS

if TYPE_CHECKING:
    from onrecord.store import Arrival

_MOST_EVENTS: Final = 24
_MOST_OLDER: Final = 96
_HEAD: Final = struct.Struct("<IIBBBBBH")
_READ: Final = "SELECT document, happening, traits FROM story_happenings"
_LATEST: Final = "ORDER BY document DESC LIMIT ?"


def place_events(
    connection: sqlite3.Connection, arrival: "Arrival", *, story: int, members: Sequence[int]
) -> None:
    """Write the events of a document with the happening that each belongs to.

    Args:
        connection: To the store.
        arrival: The document.
        story: Its story.
        members: The documents of that story which are looked at, in order.
    """
    number, reading = arrival.number, arrival.reading
    events = list(happened(reading.events or ()))[:_MOST_EVENTS]
    if not events:
        return
    traits = event_traits(reading, [event.trigger for event in events], arrival.vectors)
    homes, older = _older(connection, [own for own in members if own != number])
    names = _happenings(number, events, traits, homes, older)
    connection.executemany(
        "INSERT INTO story_happenings (document, event, story, happening, traits)"
        " VALUES (?, ?, ?, ?, ?)",
        [
            (number, event.id, story, name, packed(own))
            for event, name, own in zip(events, names, traits, strict=True)
        ],
    )


def _happenings(
    number: int,
    events: Sequence[Event],
    traits: Sequence[EventTraits],
    homes: Sequence[tuple[int, str]],
    older: Sequence[EventTraits],
) -> list[str]:
    """The happening of each event: joined within the document, then put to older ones."""
    n = len(events)
    others = [number] * n + [document for document, _ in homes]
    chances = probabilities(pair_features(traits, [*traits, *older], [number] * n, others))
    same = [[bool(a.happening) and a.happening == b.happening for b in events] for a in events]
    firsts = join(np.where(same, 1.0, chances[:, :n]))
    heads = sorted(set(firsts))
    means = np.stack([chances[[own == head for own in firsts], n:].mean(axis=0) for head in heads])
    placed = dict(zip(heads, place(means, [name for _, name in homes]), strict=True))
    return [placed[own] or content_id("happening", events[own].id) for own in firsts]


def join_happenings(
    connection: sqlite3.Connection, *, stays: Sequence[int], moved: Sequence[int]
) -> dict[str, str]:
    """Join happenings of documents that came to a story with its own, each with one at most.

    Returns:
        For each happening that went, the one that it is now.
    """
    homes, traits = _older(connection, stays)
    new_homes, new_traits = _older(connection, moved)
    if not traits or not new_traits:
        return {}
    chances = probabilities(
        pair_features(new_traits, traits, [d for d, _ in new_homes], [d for d, _ in homes])
    )
    old_names, new_names = sorted({n for _, n in homes}), sorted({n for _, n in new_homes})
    means = np.array(
        [
            [
                chances[np.ix_(_are(new_homes, new), _are(homes, old))].mean() if old != new else 0
                for old in old_names
            ]
            for new in new_names
        ]
    )
    found: dict[str, str] = {}
    while means.max(initial=0.0) >= LEAST:
        row, column = divmod(int(means.argmax()), len(old_names))
        found[new_names[row]] = old_names[column]
        means[row] = means[:, column] = 0
    rename(connection, moved, found)
    return found


def rename(
    connection: sqlite3.Connection, documents: Sequence[int], names: Mapping[str, str]
) -> None:
    """Give happenings of some documents other names."""
    connection.executemany(
        "UPDATE story_happenings SET happening = ? WHERE document = ? AND happening = ?",
        [(new, number, old) for number in documents for old, new in names.items()],
    )


def _are(homes: Sequence[tuple[int, str]], name: str) -> list[bool]:
    return [own == name for _, own in homes]


def _older(
    connection: sqlite3.Connection, members: Sequence[int]
) -> tuple[list[tuple[int, str]], list[EventTraits]]:
    """Document and happening of events of some documents, the latest first, and their traits."""
    latest = sorted(members)[-MOST_MEMBERS:]
    query = f"{_READ} WHERE document IN ({', '.join('?' * len(latest))}) {_LATEST}"
    rows = connection.execute(query, (*latest, _MOST_OLDER)).fetchall()
    return [(row[0], row[1]) for row in rows], [unpacked(row[2]) for row in rows]


def packed(traits: EventTraits) -> bytes:
    """Traits as bytes."""
    lists = (traits.near_W, traits.words_W, traits.arguments_A, traits.places, traits.days)
    head = _HEAD.pack(traits.head, traits.type, *map(len, lists), len(traits.vector_D))
    numbers = np.concatenate(lists).astype("<u4").tobytes()
    return head + numbers + traits.vector_D.tobytes() + traits.context_D.tobytes()


# Documents of a story are looked at again and again while it is told.
@functools.lru_cache(maxsize=1 << 12)
def unpacked(data: bytes) -> EventTraits:
    """Traits out of bytes; its arrays cannot be written."""
    head, kind, *sizes, n_vector = _HEAD.unpack_from(data)
    n_numbers = sum(sizes)
    numbers = np.frombuffer(data, dtype="<u4", count=n_numbers, offset=_HEAD.size)
    lists, start = [], 0
    for size in sizes:
        lists.append(numbers[start : start + size])
        start += size
    near, words, arguments, places, days = lists
    at = _HEAD.size + 4 * n_numbers
    vectors = np.frombuffer(data, dtype=np.int8, count=2 * n_vector, offset=at)
    return EventTraits(
        head=head,
        type=kind,
        near_W=near,
        words_W=words,
        arguments_A=arguments,
        places=places,
        days=days,
        vector_D=vectors[:n_vector],
        context_D=vectors[n_vector:],
    )
