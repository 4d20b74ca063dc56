"""Stories that turn out to be one, or two: joined, parted, and both undone.

A document may stand between two stories; then they are compared as wholes. And each time a
story has grown by some documents it is looked at again: if its two halves are much less
alike than the documents within them, they part. Each change is a row of `story_changes`.
"""

import json
import math
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from onrecord.records import ChangeKind
from onrecord.stories.features import features_of, probability
from onrecord.stories.groups import Group, halves
from onrecord.stories.happening_rows import join_happenings, rename
from onrecord.stories.kept_traits import group_of, latest_members
from onrecord.stories.parts import probability_of_two
from onrecord.stories.story_rows import (
    count_story,
    found_story,
    insert_story,
    move_documents,
    story_id,
    story_number,
)

# Tuned on the train topics of ECB+, where they move with `linking.LEAST_DATED`. Two stories
# become one below the first probability that they are two; one parts above the second.
MOST_TO_MERGE: Final = 0.3
LEAST_TO_SPLIT: Final = 0.5
LEAST_TO_JOIN: Final = 0.12
# Sizes at which a story is looked at again; beyond the last, at each multiple of it.
_CHECKED: Final = (4, 6, 8, 10, 12, 16, 20, 24, 32)
_MOST_CHECKED: Final = 32
# Of the documents before these, how many are put to the nearer part when a story parts. Those
# that are older still stay in the story: else parting would cost more the longer it is told.
_MOST_OLDER: Final = 256
_MOST_ASKED: Final = 8


def may_merge(first: Group, second: Group) -> bool:
    """Whether two stories are one."""
    larger, smaller = (first, second) if len(first) >= len(second) else (second, first)
    if not smaller.members:
        return False
    if len(smaller) > 1 and probability_of_two(first, second) > MOST_TO_MERGE:
        return False
    # Each would have to join, as if it had come later; on the whole, so that one that fits
    # perfectly does not speak for all.
    chances = [probability(features_of(own, larger)) for own in smaller.members[-_MOST_ASKED:]]
    mean = sum(math.log(own / (1 - own)) for own in chances) / len(chances)
    return 1 / (1 + math.exp(-mean)) >= LEAST_TO_JOIN


def merge_near(
    connection: sqlite3.Connection, story: int, others: Iterable[int], *, document: int
) -> int:
    """Join other stories to one if they are the same; the number of what stays."""
    for other in others:
        groups = [group_of(connection, latest_members(connection, own)) for own in (story, other)]
        if may_merge(*groups):
            story = merge(connection, story, other, document=document)
    return story


def merge(connection: sqlite3.Connection, first: int, second: int, *, document: int) -> int:
    """Make one story of two; the older one stays. Its number."""
    stays, goes = min(first, second), max(first, second)
    moved = latest_members(connection, goes, -1)
    joined = join_happenings(connection, stays=latest_members(connection, stays), moved=moved)
    why = {"documents": moved, "number": goes, "happenings": joined}
    _log(connection, ChangeKind.MERGE, stays, goes, document=document, why=why)
    move_documents(connection, moved, story=goes, to=stays)
    connection.execute("UPDATE claims SET story = ? WHERE story = ?", (stays, goes))
    count_story(connection, stays)
    count_story(connection, goes)
    return stays


def is_checked_at(n_documents: int) -> bool:
    """Whether a story of this size is looked at again.

    >>> [n for n in range(70) if is_checked_at(n)]
    [4, 6, 8, 10, 12, 16, 20, 24, 32, 64]
    """
    return n_documents in _CHECKED or (n_documents > 0 and n_documents % _CHECKED[-1] == 0)


def split_if_two(connection: sqlite3.Connection, story: int, *, document: int) -> None:
    """Part a story whose latest documents fall into two that are not alike."""
    numbers = latest_members(connection, story, _MOST_CHECKED)
    group = group_of(connection, numbers)
    parts = halves(group) if len(group) == len(numbers) else None
    if parts is None:
        return
    one, other = (Group([group.members[at] for at in part]) for part in parts)
    chance = probability_of_two(one, other)
    if chance < LEAST_TO_SPLIT:
        return
    first, second = ([numbers[at] for at in part] for part in parts)
    older = latest_members(connection, story, len(numbers) + _MOST_OLDER)[: -len(numbers)]
    for number in older:
        (first if _is_nearer(connection, number, one, other) else second).append(number)
    goes = second if min(first) < min(second) else first
    _split(connection, story, sorted(goes), document=document, chance=chance)


def _is_nearer(connection: sqlite3.Connection, number: int, first: Group, second: Group) -> bool:
    """Whether a document is more like the first of two groups."""
    (own,) = group_of(connection, [number]).members or (None,)
    if own is None:
        return True
    return bool(first.likenesses(own).mean() >= second.likenesses(own).mean())


def _split(
    connection: sqlite3.Connection,
    story: int,
    moved: Sequence[int],
    *,
    document: int,
    chance: float,
) -> None:
    new = found_story(connection, moved[0])
    why = {"documents": list(moved), "number": new, "probability": round(chance, 4)}
    _log(connection, ChangeKind.SPLIT, story, new, document=document, why=why)
    move_documents(connection, moved, story=story, to=new)
    count_story(connection, story)
    count_story(connection, new)


def undo_changes(connection: sqlite3.Connection, document: int) -> None:
    """Undo what a document brought about, the latest change first, and strike it from the log."""
    rows = connection.execute(
        "SELECT number, kind, story, other, why FROM story_changes WHERE document = ?"
        " ORDER BY number DESC",
        (document,),
    ).fetchall()
    for number, kind, stays, other, why in rows:
        _undo(connection, kind, stays, other, json.loads(why))
        connection.execute("DELETE FROM story_changes WHERE number = ?", (number,))


def _undo(
    connection: sqlite3.Connection, kind: str, stays: str, other: str, why: Mapping[str, Any]
) -> None:
    """Move documents back that are still where the change brought them."""
    story, second = story_number(connection, stays), story_number(connection, other)
    if story is None:
        return
    if kind == ChangeKind.MERGE and second is None:
        second = insert_story(connection, other, why["documents"][0], number=why["number"])
        move_documents(connection, why["documents"], story=story, to=second)
        before = {new: old for old, new in why["happenings"].items()}
        rename(connection, why["documents"], before)
    elif kind == ChangeKind.SPLIT and second is not None:
        move_documents(connection, why["documents"], story=second, to=story)
    else:
        return
    count_story(connection, story)
    count_story(connection, second)


def _log(
    connection: sqlite3.Connection,
    kind: ChangeKind,
    story: int,
    other: int,
    *,
    document: int,
    why: Mapping[str, Any],
) -> None:
    connection.execute(
        "INSERT INTO story_changes (kind, story, other, document, why) VALUES (?, ?, ?, ?, ?)",
        (
            kind.value,
            story_id(connection, story),
            story_id(connection, other),
            document,
            json.dumps(why),
        ),
    )
