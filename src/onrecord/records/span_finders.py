"""Spans by where they stand, so that nobody looks at all of them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from onrecord.records.spans import Span

_BLOCK_CHARS: Final = 256


class SpanFinder:
    """Finds the spans of a list that share a code point with a span."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = spans
        self._blocks: defaultdict[int, list[int]] = defaultdict(list)
        for number, span in enumerate(spans):
            for block in range(span.start // _BLOCK_CHARS, (span.end - 1) // _BLOCK_CHARS + 1):
                self._blocks[block].append(number)

    def over(self, span: Span) -> list[int]:
        """Numbers of the spans over this one, in their order."""
        blocks = range(span.start // _BLOCK_CHARS, (span.end - 1) // _BLOCK_CHARS + 1)
        found = {n for block in blocks for n in self._blocks.get(block, ())}
        start, end, spans = span.start, span.end, self.spans
        return sorted(n for n in found if spans[n].start < end and start < spans[n].end)
