"""A lake into a store: rows are taken as they are, in the order of publication, and linked.

Nothing is read again: what is linked by the words of clauses and events uses the vectors
that were kept beside the rows. It can be stopped at any moment and begun again.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.ingest.counts import Counts
from onrecord.ingest.ingesting import DONE, keep_and_link
from onrecord.lake.ordering import batches, in_order
from onrecord.lake.parquets import rows_in
from onrecord.lake.shard_files import REFUSALS
from onrecord.records import DocumentStatus

if TYPE_CHECKING:
    from onrecord.claims import Entailment
    from onrecord.lake.lakes import Lake
    from onrecord.lake.ordering import Kept
    from onrecord.store import Store

# Documents that are kept and linked in one transaction.
_BATCH = 50
_ASKED = 5000
_KNOWN = (
    "SELECT d.id FROM documents AS d JOIN readings AS r ON r.document = d.number"
    " JOIN runs ON runs.number = r.run"
    " WHERE runs.id = ? AND d.id IN (SELECT value FROM json_each(?))"
)
_REFUSED = (
    "INSERT INTO refusals (source, line, reason, detail, at)"
    " SELECT g.source, g.line, g.reason, g.detail, ? FROM temp.given AS g"
    " WHERE NOT EXISTS (SELECT 1 FROM temp.kept AS k"
    " WHERE k.source = g.source AND k.line IS g.line AND k.reason = g.reason)"
)


class LakeImporter:
    """Takes the documents of lakes into a store, batch by batch."""

    def __init__(
        self,
        store: "Store",
        *,
        now: Callable[[], str],
        counts: Counts | None = None,
        entailment: "Entailment | None" = None,
        on_counts: Callable[[Counts, int], None] | None = None,
    ) -> None:
        """Keep what is needed; nothing is read or written yet.

        Args:
            store: Open for writing.
            now: The time, as ISO 8601 in UTC; kept beside what is added.
            counts: Counts to go on with.
            entailment: Decides whether words say or deny what others say.
            on_counts: Called after each batch, with the counts and the code points of it.
        """
        self.store, self.entailment = store, entailment
        self.counts = Counts() if counts is None else counts
        self._now, self._on_counts = now, on_counts

    def take(self, lake: "Lake") -> Counts:
        """Take in all of a lake that the store does not have, the earliest first.

        Months come in order; in a month documents come by (published, id), and those without
        a month last.

        Returns:
            The counts of this importer so far.
        """
        for month in lake.months():
            self._take_month(lake, month)
        self._refuse(lake)
        return self.counts

    def _take_month(self, lake: "Lake", month: str) -> None:
        ids = lake.documents(month)
        known = self._known(ids, lake.run.id)
        if known:
            self.counts.documents[DocumentStatus.KNOWN.value] += len(known)
        wanted = set(ids) - known
        if not wanted:
            return
        folder = self.store.path.absolute().parent
        found = in_order(lake, month, documents=wanted if known else None, folder=folder)
        for batch in batches(found, _BATCH):
            self._keep(batch, lake.url)

    def _known(self, ids: Sequence[str], run: str) -> set[str]:
        """Which documents the store has from this run."""
        found: set[str] = set()
        for start in range(0, len(ids), _ASKED):
            asked = json.dumps(ids[start : start + _ASKED])
            found |= {row[0] for row in self.store.connection.execute(_KNOWN, (run, asked))}
        return found

    def _keep(self, batch: "Sequence[Kept]", source: str) -> None:
        at, statuses = self._now(), list[DocumentStatus]()
        with self.store.writing():
            for reading, vectors in batch:
                status = keep_and_link(
                    self.store, reading, vectors, at=at, source=source, entailment=self.entailment
                )
                statuses.append(status)
        for (reading, _), status in zip(batch, statuses, strict=True):
            self.counts.add_status(status)
            if status not in DONE:
                self.counts.add_reading(reading)
        if self._on_counts is not None:
            self._on_counts(self.counts, sum(len(one.document.text) for one, _ in batch))

    def _refuse(self, lake: "Lake") -> None:
        """Keep the refusals that the store does not have."""
        connection = self.store.connection
        with self.store.writing():
            connection.execute(
                "CREATE TEMP TABLE given (source TEXT, line INTEGER, reason TEXT, detail TEXT)"
            )
            connection.execute(
                "CREATE TEMP TABLE kept AS SELECT DISTINCT source, line, reason FROM refusals"
            )
            connection.execute("CREATE INDEX temp.kept_by_source ON kept (source, line)")
            connection.executemany("INSERT INTO temp.given VALUES (?, ?, ?, ?)", _refusals(lake))
            connection.execute(_REFUSED, (self._now(),))
            for reason, n in connection.execute(
                "SELECT reason, count(*) FROM temp.given GROUP BY reason"
            ):
                self.counts.refused[reason] += n
            connection.execute("DROP TABLE temp.given")
            connection.execute("DROP TABLE temp.kept")


def _refusals(lake: "Lake") -> Iterator[tuple[object, ...]]:
    for shard in lake.finished().values():
        for file in shard.files:
            if file.table == REFUSALS:
                for row in rows_in(lake.folder, file.path):
                    yield row["source"], row["line"], row["reason"], row["detail"]
