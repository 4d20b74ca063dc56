"""Whose words documents have, over all blocks of a lake: a shared document joins two voices."""

import collections
import json
import sys
from collections.abc import Iterable, Iterator, Mapping

from onrecord.lake.link_plans import Block, Told
from onrecord.lake.link_rows import Row, Rows
from onrecord.lake.unions import Unions


class JoinedVoices:
    """Provenances of a lake.

    Attributes:
        publishers: Of documents.
    """

    def __init__(self, blocks: Iterable[Block], told: Mapping[str, Told]) -> None:
        self.publishers: dict[str, str | None] = {}
        self._told = told
        self._unions: Unions[str] = Unions()
        n_blocks = collections.Counter(one for block in blocks for one in block.documents)
        self._often = {document for document, n in n_blocks.items() if n > 1}
        self._best: dict[str, tuple[tuple[float, int], str]] = {}
        self._first: dict[str, str] = {}

    def look(self, block: Block, rows: Rows) -> None:
        """Take note of a block."""
        for row in rows["provenances"]:
            document = row["document"]
            publisher = row["publisher"]
            self.publishers[document] = None if publisher is None else sys.intern(publisher)
            if row["voice"] != document:
                self._unions.join(row["voice"], document)
            if document in self._often:
                best = self._best.get(document)
                if best is None or _tells(row) > best[0]:
                    self._best[document] = _tells(row), block.id

    def settle(self) -> None:
        """All blocks were seen: a voice is called after its first document."""
        for document in sorted(self._unions, key=lambda own: self._told[own].order):
            self._first.setdefault(self._unions.top(document), document)

    def of(self, document: str) -> str:
        """The voice of a document."""
        return self._first.get(self._unions.top(document), document)

    def rows(self, block: Block, rows: Rows) -> Iterator[Row]:
        """The provenances that come from a block: of each document the one that tells most."""
        for row in rows["provenances"]:
            document = row["document"]
            if document not in self._often or self._best[document][1] == block.id:
                yield {**row, "voice": self.of(document)}


def _tells(row: Row) -> tuple[float, int]:
    """What a provenance tells: an origin, with so much in common, for so many reasons."""
    return row["similarity"] or 0.0, len(json.loads(row["why"]))
