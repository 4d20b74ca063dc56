"""The progress of taking in documents: what was read and refused, and the time left."""

from typing import TextIO

from onrecord.cli.progress import Progress
from onrecord.ingest.counts import Counts


class IngestProgress(Progress):
    """A bar with counts of documents, refusals, statements and events beside it."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self._counts = ""

    def show(self, counts: Counts) -> None:
        """The counts so far; shown with the bar from now on."""
        refused = f", {counts.n_refused:,} refused" if counts.n_refused else ""
        self._counts = (
            f"{counts.n_documents:,} read{refused},"
            f" {counts.statements:,} statements, {counts.events:,} events"
        )
        self.describe(self._counts)
