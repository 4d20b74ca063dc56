"""The progress of a run: a bar for whoever watches, a line a minute for a log."""

import time
from typing import TextIO

from onrecord.cli.progress import Progress
from onrecord.cli.sources import say
from onrecord.scale.tallies import Tally

_LINE_EVERY_S = 60.0
_PARTS = 1000


class RunProgress(Progress):
    """A bar with counts of documents, refusals, statements and events beside it."""

    def __init__(self, stream: TextIO, *, has_lines: bool) -> None:
        super().__init__(stream)
        self.tally = Tally()
        self._has_lines = has_lines and not stream.isatty()
        self._said = time.monotonic()

    def show(self, tally: Tally) -> None:
        """The numbers so far."""
        self.tally = tally
        self.describe(words_of(tally))
        self._expected = _PARTS
        self.advance(int(_PARTS * tally.share_done) - self._read)
        if self._has_lines and time.monotonic() - self._said >= _LINE_EVERY_S:
            self._said = time.monotonic()
            say(f"{tally.share_done:.0%} done: {words_of(tally)}")


def words_of(tally: Tally) -> str:
    """The counts of a run in words.

    >>> words_of(Tally())
    '0 read, 0 statements, 0 events'
    """
    now = tally.now
    refused = f", {now.n_refused:,} refused" if now.n_refused else ""
    return (
        f"{now.n_documents:,} read{refused},"
        f" {now.n_statements:,} statements, {now.n_events:,} events"
    )
