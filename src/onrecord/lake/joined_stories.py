"""Stories of all blocks of a lake, made one where they share documents.

A story none of whose documents another block has seen is passed on as it is.
"""

import collections
from collections.abc import Iterator, Mapping, Sequence

from onrecord.independence.voices import count_voices
from onrecord.lake.joined_voices import JoinedVoices
from onrecord.lake.link_plans import Block, Told
from onrecord.lake.link_rows import Row, Rows
from onrecord.lake.unions import Found, Unions, homes, joined
from onrecord.records import content_id


class JoinedStories:
    """Stories of a lake.

    Args:
        told: All documents.
        shared: The blocks of each document that several have linked.
        voices: Of documents; settled before stories are.
    """

    def __init__(
        self,
        told: Mapping[str, Told],
        shared: Mapping[str, Sequence[str]],
        voices: JoinedVoices,
    ) -> None:
        self._told, self._shared, self._voices = told, shared, voices
        self._members: dict[Found, list[str]] = {}
        self._alone: dict[Found, list[str]] = {}
        self._sizes: dict[Found, int] = {}
        # The groups of a shared document, and whether it came to each for reasons.
        self._whys: dict[str, list[tuple[tuple[bool, float], Found]]]
        self._whys = collections.defaultdict(list)
        self._unions: Unions[Found] = Unions()
        self._home: dict[str, Found] = {}
        self._chosen: dict[str, Found] = {}
        self._documents: dict[Found, list[str]] = {}
        self._ids: dict[Found, str] = {}

    def look(self, block: Block, rows: Rows) -> None:
        """Take note of a block."""
        for story, own in _by_story(rows).items():
            group = block.id, story
            shared = [row["document"] for row in own if row["document"] in self._shared]
            if shared:
                self._members[group] = shared
                self._sizes[group] = len(own)
                self._alone[group] = [
                    row["document"] for row in own if row["document"] not in self._shared
                ]
            for row in own:
                if row["document"] in self._shared:
                    self._whys[row["document"]].append((_has_reasons(row), group))

    def settle(self) -> None:
        """All blocks were seen."""
        self._unions = joined(self._members, self._shared)
        self._home = homes(self._members, self._sizes, self._unions)
        found: dict[Found, list[str]] = collections.defaultdict(list)
        for group, documents in self._alone.items():
            found[self._unions.top(group)] += documents
        for document, home in self._home.items():
            found[home].append(document)
            here = [why for why in self._whys[document] if self._unions.top(why[1]) == home]
            self._chosen[document] = max(here, key=lambda why: why[0])[1]
        for group, documents in found.items():
            if documents:
                documents.sort(key=lambda own: self._told[own].order)
                self._documents[group] = documents
                self._ids[group] = content_id("story", documents[0])

    def of(self, block: str, story: str | None, document: str) -> str | None:
        """The story of a document, which had this one in a block."""
        if document in self._home:
            return self._ids[self._home[document]]
        if story is None:
            return None
        return self._ids.get(self._unions.top((block, story)), story)

    def rows(self, block: Block, rows: Rows) -> Iterator[tuple[str, Row]]:
        """What comes from a block: its own stories, and its documents in stories."""
        for story, own in _by_story(rows).items():
            group = block.id, story
            if group not in self._members:
                documents = sorted(
                    (row["document"] for row in own), key=lambda one: self._told[one].order
                )
                yield "stories", self._story(story, documents)
            for row in own:
                document = row["document"]
                if self._chosen.get(document, group) == group:
                    yield "story_documents", {**row, "story": self.of(block.id, story, document)}

    def left(self) -> Iterator[tuple[str, Row]]:
        """The stories that several blocks have seen."""
        for group, documents in self._documents.items():
            yield "stories", self._story(self._ids[group], documents)

    def _story(self, own_id: str, documents: Sequence[str]) -> Row:
        told = [self._told[document] for document in documents]
        dates = [one.published for one in told if one.published is not None]
        voices = [self._voices.of(document) for document in documents]
        numbers = {voice: number for number, voice in enumerate(dict.fromkeys(voices))}
        publishers = [self._voices.publishers[document] for document in documents]
        sources = zip(map(numbers.__getitem__, voices), publishers, strict=True)
        return {
            "id": own_id,
            "document": min(told, key=lambda one: (not one.has_title, one.order)).id,
            "first_seen": min(dates, default=None),
            "last_seen": max(dates, default=None),
            "n_documents": len(documents),
            "n_voices": count_voices(sources),
        }


def _by_story(rows: Rows) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = collections.defaultdict(list)
    for row in rows["story_documents"]:
        found[row["story"]].append(row)
    return found


def _has_reasons(row: Row) -> tuple[bool, float]:
    """Whether a document came to a story, or founded it; how sure."""
    return row["why"] != "{}", row["similarity"]
