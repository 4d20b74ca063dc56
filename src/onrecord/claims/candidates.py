"""Which documents, and which of their clauses, a new document is compared with.

Those of its story, those that share a name with a kind of deed, and where these are few the
likest by its words; all capped, so that the cost does not grow with the store.
"""

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.claims.models import Account, Proposition, Words
from onrecord.claims.packing import Packed, unpack
from onrecord.claims.settings import (
    FEW_OTHERS,
    MONTHS_BACK,
    MOST_BY_KEYS,
    MOST_BY_WORDS,
    MOST_KEYS,
    MOST_NAMES,
    MOST_OF_STORY,
    MOST_PER_KEY,
)
from onrecord.claims.word_lists import deeds, kin_of
from onrecord.records import Act

_MONTHS = 12
_KEY_BYTES = 6
# One name in common makes no two articles about one thing.
_LEAST_SHARED = 2
# Names the documents whose words are most like those of one.
Likest = Callable[[sqlite3.Connection, int], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Known:
    """A document that was linked before.

    Attributes:
        packed: Its account.
        vectors: Bytes, a row for each proposition; None without.
        is_one_story: It is of the story of the new document.
    """

    packed: Packed
    vectors: bytes | None
    is_one_story: bool


def period_of_publication(published: str | None) -> int:
    """The month of a date of ISO 8601, from year 0; 0 for none.

    >>> period_of_publication("2020-03-01T10:00:00Z"), period_of_publication(None)
    (24242, 0)
    """
    head = (published or "")[:7]
    if len(head) < 7 or not (head[:4] + head[5:]).isdigit():
        return 0
    return int(head[:4]) * _MONTHS + int(head[5:]) - 1


def keys_of(account: Account) -> list[int]:
    """Hashes by which a document is found: its commonest names, and names with kinds of deeds."""
    found: dict[str, None] = {}
    for name in _common_names(account):
        found.setdefault(f"{name}|")
    scene = sorted(account.scene.where.local)[:2]
    for one in account.propositions:
        if not one.is_side:
            continue
        for name in _names(one, scene):
            for family in _families(one):
                found.setdefault(f"{name}|{family}")
        if len(found) >= MOST_KEYS:
            break
    return [_hash(key) for key in list(found)[:MOST_KEYS]]


def _common_names(account: Account) -> list[str]:
    """The names that most clauses have; codes of countries tell too little."""
    counted: Counter[str] = Counter()
    for one in account.propositions:
        counted.update(n for n in one.names if not n.isupper())
    return [n for n, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))][
        :MOST_NAMES
    ]


def _names(one: Proposition, scene: Sequence[str]) -> list[str]:
    speaker = one.speaker.names if one.speaker is not None else frozenset()
    held = sorted({name for h in one.holdings for name in h.place.local})
    doer = sorted(one.own.names)[:1] if one.own is not None else []
    if one.is_short and one.refers is None:
        doer = sorted(speaker)[:2]
    spelled = sorted(n for n in one.spelled - speaker if not n.isupper())
    own = sorted(one.scene.where.local)
    return list(dict.fromkeys([*held[:2], *own[:2], *spelled[:3], *scene, *doer]))[:6]


def _families(one: Proposition) -> list[str]:
    family = deeds().family
    found = {kin_of(family[g]) for g in one.main_groups or one.groups}
    if one.holdings:
        found.add("control")
    found |= {c.what for c in one.counts if not c.what.startswith("~")}
    if one.act == Act.ACCUSE.value or (one.is_short and one.refers is None):
        found.add("accused")
    return sorted(found)[:3] or [one.main or ""]


def _hash(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=_KEY_BYTES).digest(), "big")


def known_documents(
    connection: sqlite3.Connection,
    number: int,
    *,
    period: int,
    keys: Sequence[int],
    likest: Likest | None = None,
) -> list[Known]:
    """Documents that a new one is compared with, those of its story first.

    Args:
        connection: To the store.
        number: The new document.
        period: The month of its publication.
        keys: What it is found by.
        likest: Asked where few others are found.
    """
    of_story = _of_story(connection, number)
    by_keys = [n for n in _by_keys(connection, number, period, keys) if n not in set(of_story)]
    chosen = [*of_story, *by_keys[:MOST_BY_KEYS]]
    if likest is not None and len(chosen) < FEW_OTHERS:
        by_words = [n for n in likest(connection, number) if n not in chosen]
        chosen += by_words[:MOST_BY_WORDS]
    rows = connection.execute(
        "SELECT document, packed, vectors FROM claim_propositions"
        " WHERE document IN (SELECT value FROM json_each(?))",
        (json.dumps(chosen),),
    ).fetchall()
    found = {row[0]: row for row in rows}
    story = set(of_story)
    return [Known(unpack(n, found[n][1]), found[n][2], n in story) for n in chosen if n in found]


def _of_story(connection: sqlite3.Connection, number: int) -> list[int]:
    rows = connection.execute(
        "SELECT document FROM story_documents WHERE story ="
        " (SELECT story FROM story_documents WHERE document = ?) AND document != ?"
        " ORDER BY document DESC LIMIT ?",
        (number, number, MOST_OF_STORY),
    )
    return [row[0] for row in rows]


def _by_keys(
    connection: sqlite3.Connection, number: int, period: int, keys: Sequence[int]
) -> list[int]:
    """Documents of the last months by how many keys they share; of as many, the latest."""
    shared: Counter[int] = Counter()
    periods = (
        [period] if period == 0 else [period + 1, *range(period, period - MONTHS_BACK - 1, -1)]
    )
    for key in keys:
        for one in periods:
            rows = connection.execute(
                "SELECT document FROM claim_keys WHERE period = ? AND key = ? AND document != ?"
                " ORDER BY document DESC LIMIT ?",
                (one, key, number, MOST_PER_KEY),
            )
            shared.update(row[0] for row in rows)
    found = sorted(shared.items(), key=lambda item: (-item[1], -item[0]))
    return [n for n, count in found if count >= _LEAST_SHARED or n == found[0][0]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a clause is found by: the head of `packing.head_of`, with kin of its deeds.

    Attributes:
        number: Of the clause.
        main: The main deed.
        kin: The families of that, and what is kin to them.
        deeds: All deeds.
        all_kin: The families of these.
        counts: What it counts.
        places: What is held.
        denies: It is a denial.
        is_loose: A denial of something untold.
        is_meant: What such a denial can mean.
    """

    number: int
    main: str | None
    kin: Words
    deeds: Words
    all_kin: Words
    counts: Words
    places: Words
    denies: bool
    is_loose: bool
    is_meant: bool


def heads_of(packed_heads: Sequence[Any]) -> list[Head]:
    """The heads of the clauses of a document that can be a side, ready to be looked at often."""
    found = []
    for number, head in enumerate(packed_heads):
        if head is not None:
            main, main_groups, deeds_of, groups, counts, places, denies, is_loose, is_meant = head
            found.append(
                Head(
                    number=number, main=main, kin=_kin(main_groups), deeds=frozenset(deeds_of),
                    all_kin=_kin(groups), counts=frozenset(counts), places=frozenset(places),
                    denies=bool(denies), is_loose=bool(is_loose), is_meant=bool(is_meant),
                )
            )  # fmt: skip
    return found


def likely_clauses(own: Head, heads: Iterable[Head]) -> Iterator[int]:
    """Numbers of the clauses that may tell of the same thing as one, by their heads alone.

    For a denial any deed of the clause counts, else the main one.
    """
    can_be_meant = own.is_meant and not own.denies
    for head in heads:
        if (
            (head.main is not None and (head.main == own.main or _meet(head.kin, own.kin)))
            or (own.denies != head.denies and _share_a_deed(own, head))
            or (head.is_meant and own.is_loose)
            or (head.is_loose and can_be_meant)
            or _meet(own.counts, head.counts)
            or _meet(own.places, head.places)
        ):
            yield head.number


def _meet(one: Words, other: Words) -> bool:
    return not one.isdisjoint(other)


def _share_a_deed(own: Head, head: Head) -> bool:
    if own.main in head.deeds or head.main in own.deeds:
        return True
    return _meet(own.kin, head.all_kin) if own.denies else _meet(own.all_kin, head.kin)


def _kin(groups: Iterable[str]) -> Words:
    family = deeds().family
    return frozenset(kin_of(family[g]) for g in groups if g in family)
