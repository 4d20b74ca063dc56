"""Claims, stances and disputes of all blocks of a lake, made one.

Claims of two blocks are one if they share a stance. Each dispute is there once, and two
claims dispute once on one ground, unless others speak; as in a store. A claim none of whose
documents another block has seen is passed on, with its voices counted anew.
"""

import collections
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from onrecord.claims.holders import count_holders
from onrecord.lake.joined_actors import JoinedActors
from onrecord.lake.joined_stories import JoinedStories
from onrecord.lake.joined_voices import JoinedVoices
from onrecord.lake.link_plans import Block, Told
from onrecord.lake.link_rows import Row, Rows
from onrecord.lake.unions import Found, Unions


class JoinedClaims:
    """Claims of a lake.

    Args:
        told: All documents.
        shared: The blocks of each document that several have linked.
        voices: Of documents; settled before claims are, as are the others.
        stories: Of documents.
        actors: Who speaks.
    """

    def __init__(
        self,
        told: Mapping[str, Told],
        shared: Mapping[str, Sequence[str]],
        *,
        voices: JoinedVoices,
        stories: JoinedStories,
        actors: JoinedActors,
    ) -> None:
        self._told, self._shared = told, shared
        self._voices, self._stories, self._actors = voices, stories, actors
        self._unions: Unions[Found] = Unions()
        self._first: dict[str, Found] = {}
        # What more than one block has seen.
        self._claims: dict[Found, Row] = {}
        self._stances: list[tuple[str, Row]] = []
        self._disputes: list[tuple[str, Row]] = []
        self._done: list[tuple[str, Row]] = []
        self._disputed: set[str] = set()

    def look(self, block: Block, rows: Rows) -> None:
        """Take note of a block: keep what others have seen too."""
        held = self._held_in(rows)
        for row in rows["claims"]:
            if row["id"] in held:
                self._claims[block.id, row["id"]] = row
        for row in rows["stances"]:
            if row["claim"] in held:
                self._stances.append((block.id, row))
                group = block.id, row["claim"]
                self._unions.join(self._first.setdefault(row["id"], group), group)
        for row in rows["disputes"]:
            if not held.isdisjoint((row["claim"], row["other_claim"])):
                self._disputes.append((block.id, row))

    def _held_in(self, rows: Rows) -> set[str]:
        """The claims of a block that must wait for those of others."""
        return {row["claim"] for row in rows["stances"] if row["document"] in self._shared}

    def settle(self) -> None:
        """All blocks were seen."""
        shown: dict[Found, Row] = {}
        for group in sorted(self._claims, key=self._when_made):
            block, row = group[0], self._claims[group]
            story = self._stories.of(block, row["story"], row["document"])
            shown.setdefault(self._unions.top(group), {**row, "story": story})
        claim_of = {own: shown[self._unions.top(group)]["id"] for own, group in self._first.items()}
        stances: dict[str, Row] = {}
        for block, row in self._stances:
            own = row["id"]
            if own not in stances or row["probability"] > stances[own]["probability"]:
                stances[own] = {**self._stance(block, row), "claim": claim_of[own]}
        found: dict[str, Row] = {}
        for block, row in self._disputes:
            own = row["id"]
            if own not in found or row["probability"] > found[own]["probability"]:
                found[own] = self._dispute(block, row, claim_of)
        disputes = _each_once(found.values())
        self._disputed = _claims_in(disputes)
        claims = _counted(shown.values(), stances.values(), self._disputed)
        self._done = [("claims", row) for row in claims]
        self._done += [("stances", row) for row in stances.values()]
        self._done += [("disputes", row) for row in disputes]

    def rows(self, block: Block, rows: Rows) -> Iterator[tuple[str, Row]]:
        """What comes from a block alone."""
        held = self._held_in(rows)
        stances = [self._stance(block.id, r) for r in rows["stances"] if r["claim"] not in held]
        disputes = [
            self._dispute(block.id, row, {})
            for row in rows["disputes"]
            if held.isdisjoint((row["claim"], row["other_claim"]))
        ]
        claims = [
            {**row, "story": self._stories.of(block.id, row["story"], row["document"])}
            for row in rows["claims"]
            if row["id"] not in held
        ]
        yield from (("stances", row) for row in stances)
        yield from (("disputes", row) for row in disputes)
        disputed = self._disputed | _claims_in(disputes)
        yield from (("claims", row) for row in _counted(claims, stances, disputed))

    def left(self) -> Iterator[tuple[str, Row]]:
        """What several blocks have seen."""
        return iter(self._done)

    def _when_made(self, group: Found) -> tuple[tuple[bool, str, str], str]:
        row = self._claims[group]
        return self._told[row["document"]].order, row["id"]

    def _stance(self, block: str, row: Row) -> Row:
        speaker = self._actors.of(block, row["speaker"])
        return {**row, "speaker": speaker, "voice": self._voices.of(row["document"])}

    def _dispute(self, block: str, row: Row, claim_of: Mapping[str, str]) -> Row:
        return {
            **row,
            "claim": claim_of.get(row["first_stance"], row["claim"]),
            "other_claim": claim_of.get(row["second_stance"], row["other_claim"]),
            "first_speaker": self._actors.of(block, row["first_speaker"]),
            "second_speaker": self._actors.of(block, row["second_speaker"]),
            "story": self._stories.of(block, row["story"], row["first_document"]),
        }


def _claims_in(disputes: Iterable[Row]) -> set[str]:
    return {row[name] for row in disputes for name in ("claim", "other_claim")}


def _counted(claims: Iterable[Row], stances: Iterable[Row], disputed: set[str]) -> Iterator[Row]:
    own: dict[str, list[Row]] = collections.defaultdict(list)
    for row in stances:
        own[row["claim"]].append(row)
    for claim in claims:
        rows = own[claim["id"]]
        dates = [row["published"] for row in rows if row["published"] is not None]
        n_asserts, n_denies, n_reports = count_holders(
            (row["stance"], row["speaker"], row["voice"], bool(row["speaker_spans"]))
            for row in rows
        )
        yield {
            **claim,
            "first_seen": min(dates, default=None),
            "last_seen": max(dates, default=None),
            "n_asserts": n_asserts,
            "n_denies": n_denies,
            "n_reports": n_reports,
            "is_disputed": claim["id"] in disputed,
        }


def _each_once(disputes: Iterable[Row]) -> list[Row]:
    chosen: list[Row] = []
    before: dict[tuple[Any, ...], list[tuple[str | None, str | None]]]
    before = collections.defaultdict(list)
    for row in sorted(disputes, key=_when):
        pair = row["ground"], *sorted((row["claim"], row["other_claim"]))
        who = row["first_speaker"], row["second_speaker"]
        if not any(None in (*who, *other) or who == other for other in before[pair]):
            before[pair].append(who)
            chosen.append(row)
    return chosen


def _when(row: Row) -> tuple[bool, str, float, str]:
    return row["first_seen"] is None, row["first_seen"] or "", -row["probability"], row["id"]
