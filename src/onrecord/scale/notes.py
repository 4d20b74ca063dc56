"""What a worker notes before it does what might kill it, and what the next one learns from it.

A document can end its worker without a word: the memory runs out, a library fails. A note
stands beside the lake while its shard is being done. Whoever begins a shard and finds a note
knows that the one before died, and where. It takes the documents of that batch one by one,
noting each; when one of them kills again, it is known, and is left out the next time.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from onrecord.errors import LakeStorageError
from onrecord.lake.folders import Folder

_FOLDER = "notes"


@dataclass(slots=True, kw_only=True)
class Suspects:
    """What is known of earlier tries of a shard.

    Attributes:
        n_deaths: How many workers died of it.
        n_idle: How many of these deaths told nothing new.
        is_careful: Whether files and records are noted one by one.
        careful: Ids of documents that are read alone.
        left_out: Ids of documents that have killed.
        unread: Files, by the number of their piece, and records, by the place in it, that
            have killed before there was a document.
    """

    n_deaths: int = 0
    n_idle: int = 0
    is_careful: bool = False
    careful: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)
    unread: set[tuple[int, int]] = field(default_factory=set)

    @property
    def n_known(self) -> int:
        """How much is known; it grows when a death has told something."""
        return len(self.careful) + 2 * len(self.left_out) + len(self.unread) + self.is_careful


class ShardNotes:
    """The note of one shard."""

    def __init__(self, lake: Folder, shard: str) -> None:
        self._lake, self._name = lake, f"{_FOLDER}/{shard}.json"
        self.suspects = Suspects()

    def begin(self) -> Suspects:
        """Read what the try before has left, and learn from it."""
        self.suspects = self.look()
        self.filling()
        return self.suspects

    def look(self) -> Suspects:
        """What is known now, as whoever begins the shard next will know it."""
        found = self._lake.read(self._name)
        if found is None:
            return Suspects()
        try:
            values = json.loads(found)
            suspects = Suspects(
                n_deaths=values["n_deaths"] + 1,
                n_idle=values["n_idle"],
                is_careful=values["is_careful"],
                careful=set(values["careful"]),
                left_out=set(values["left_out"]),
                unread={(piece, place) for piece, place in values["unread"]},
            )
            n_known = suspects.n_known
            _learn(suspects, values["at"])
            if values["at"] is not None and suspects.n_known == n_known:
                suspects.n_idle += 1
        except (ValueError, TypeError, KeyError):
            return Suspects(n_deaths=1)
        return suspects

    def batch(self, documents: Iterable[str]) -> None:
        """These documents are about to be read together, and then more will be looked for."""
        self._write({"batch": list(documents)})

    def filling(self) -> None:
        """Nothing is being read now; documents are looked for, or rows are written."""
        self._write({"batch": []})

    def alone(self, document: str) -> None:
        """This document is about to be read alone."""
        self._write({"alone": document})

    def place(self, piece: int, place: int) -> None:
        """This file or record is about to be looked at."""
        self._write({"place": [piece, place]})

    def pause(self) -> None:
        """The shard has failed without a death, and what is known may help the next try."""
        if self.suspects.n_known == 0:
            self.end()
            return
        self.suspects.n_deaths -= 1
        with suppress(LakeStorageError):
            self._write(None)

    def end(self) -> None:
        """The shard is done, or given up: nothing is left to learn."""
        with suppress(LakeStorageError):
            self._lake.remove(self._name)

    def _write(self, at: dict[str, Any] | None) -> None:
        known = self.suspects
        values = {
            "n_deaths": known.n_deaths,
            "n_idle": known.n_idle,
            "is_careful": known.is_careful,
            "careful": sorted(known.careful),
            "left_out": sorted(known.left_out),
            "unread": sorted(known.unread),
            "at": at,
        }
        self._lake.write(self._name, json.dumps(values).encode())


def _learn(suspects: Suspects, at: dict[str, Any] | None) -> None:
    if at is None:
        return
    if "alone" in at:
        suspects.left_out.add(at["alone"])
    elif "place" in at:
        suspects.unread.add((at["place"][0], at["place"][1]))
    else:
        suspects.careful.update(at["batch"])
        suspects.is_careful = True
