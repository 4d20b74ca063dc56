"""Puts documents into stories as they arrive, and takes them out again.

One document after another: its traits, the few stories that share terms with it, the most
probable of them, or a new one; then whether it joins two stories, or shows that one is two.
"""

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from onrecord.records import Reading, Span
from onrecord.stories.candidates import MOST_GAP_DAYS, candidate_stories, stories_beside
from onrecord.stories.changes import (
    is_checked_at,
    merge_near,
    split_if_two,
    undo_changes,
)
from onrecord.stories.features import features_of, gap_days, probability
from onrecord.stories.groups import Group
from onrecord.stories.happening_rows import place_events
from onrecord.stories.kept_traits import (
    group_of,
    latest_members,
    rarities_in,
    remove_traits,
    write_traits,
)
from onrecord.stories.reasons import shared_with
from onrecord.stories.story_rows import count_story, found_story, join_story
from onrecord.stories.traits import Traits, head_end, traits_of

if TYPE_CHECKING:
    from onrecord.store import Arrival, SpanVectors, Store

# Least probability at which a document joins; tuned on the train topics of ECB+, low since
# what is joined wrongly is parted again. A document without a date has to fit better.
LEAST_DATED: Final = 0.1
LEAST_UNDATED: Final = 0.12


def link(store: "Store", arrivals: Sequence["Arrival"]) -> None:
    """Put documents that were just added into stories, in order, inside `store.writing()`."""
    for arrival in arrivals:
        _link(store.connection, arrival)


def unlink(store: "Store", numbers: Sequence[int]) -> None:
    """Take documents out of their stories, the latest first; what they brought about is undone."""
    connection = store.connection
    for number in sorted(numbers, reverse=True):
        undo_changes(connection, number)
        row = connection.execute(
            "SELECT story FROM story_documents WHERE document = ?", (number,)
        ).fetchone()
        connection.execute("DELETE FROM story_happenings WHERE document = ?", (number,))
        connection.execute("DELETE FROM story_documents WHERE document = ?", (number,))
        remove_traits(connection, number)
        if row is not None:
            count_story(connection, row[0])


def _link(connection: sqlite3.Connection, arrival: "Arrival") -> None:
    number, reading = arrival.number, arrival.reading
    traits = traits_of(
        reading, rarities_in(connection, number), head_vector(reading, arrival.vectors)
    )
    groups = {
        story: group_of(connection, latest_members(connection, story))
        for story in candidate_stories(connection, number, traits)
    }
    chances = _chances(traits, groups)
    write_traits(connection, number, traits)
    least = LEAST_UNDATED if traits.published is None else LEAST_DATED
    best = max(chances, key=lambda story: (chances[story], -story), default=None)
    is_new = best is None or chances[best] < least
    story = found_story(connection, number) if best is None or is_new else best
    why = {} if is_new else shared_with(reading, traits, groups[story])
    join_story(connection, story, number, similarity=1.0 if is_new else chances[story], why=why)
    place_events(connection, arrival, story=story, members=latest_members(connection, story))
    if not is_new:
        others = [own for own in chances if own != story and chances[own] >= least / 2]
        story = merge_near(connection, story, others, document=number)
        _look_again(connection, story, document=number)


def _look_again(connection: sqlite3.Connection, story: int, *, document: int) -> None:
    """When a story has grown by some documents: what belongs to it, and whether it is two."""
    (n_documents,) = connection.execute(
        "SELECT n_documents FROM stories WHERE number = ?", (story,)
    ).fetchone()
    if is_checked_at(n_documents):
        group = group_of(connection, latest_members(connection, story))
        others = [own for own in stories_beside(connection, document, group) if own != story]
        story = merge_near(connection, story, others, document=document)
        split_if_two(connection, story, document=document)


def _chances(traits: Traits, groups: dict[int, Group]) -> dict[int, float]:
    """The probability of each story, without those of another time."""
    chances = {}
    for story, group in groups.items():
        if group.members and gap_days(traits, group) <= MOST_GAP_DAYS:
            chances[story] = probability(features_of(traits, group))
    return chances


def head_vector(reading: Reading, vectors: "SpanVectors | None") -> NDArray[np.int8] | None:
    """The vector of the head of a document in whole numbers; None if it has none."""
    from onrecord.encode.vectors import quantise

    text = reading.document.text
    if vectors is None or not text:
        return None
    end = min(len(text), head_end(text, reading.document.title or ""))
    vector = vectors.of([Span(0, end)])
    return quantise(vector[None])[0] if vector.any() else None
