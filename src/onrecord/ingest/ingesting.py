"""The way of documents into a store: those that are new are read, kept and linked.

Documents are read together, as many as share passes of the model, outside of any
transaction; then they are kept and linked in one. A process that is killed loses the
batch that it was at, and nothing else. A document at which reading or keeping fails is
refused, and the others of its batch are kept.
"""

import logging
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from onrecord.claims import Entailment
from onrecord.errors import RunError
from onrecord.failures import (
    OF_THE_MACHINE,
    TOO_MANY,
    Failure,
    failed,
    name_in,
    nothing_read,
    read_all,
)
from onrecord.ingest.counts import Counts
from onrecord.ingest.garbage import lay_aside
from onrecord.ingest.linking import link_all, unlink_all
from onrecord.pipeline import Reader
from onrecord.records import Document, DocumentStatus, Reading, Rejection
from onrecord.store import Arrival, SpanVectors, Store

_LOG = logging.getLogger(__name__)
_Read = tuple[Reading, SpanVectors | None]
_Kept = tuple[DocumentStatus, Reading]
# Files of these kinds hold one article.
_LONE = frozenset({"", ".txt", ".text", ".md", ".html", ".htm", ".xhtml"})
# Documents of these statuses are not read.
DONE = frozenset({DocumentStatus.KNOWN, DocumentStatus.DELETED})


class Ingester:
    """Takes documents into a store, batch by batch."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        *,
        now: Callable[[], str],
        counts: Counts | None = None,
        entailment: Entailment | None = None,
        on_document: Callable[[Document], None] | None = None,
        on_counts: Callable[[Counts], None] | None = None,
        on_failure: Callable[[Rejection], None] | None = None,
    ) -> None:
        """Keep what is needed; nothing is read or written yet.

        Args:
            store: Open for writing.
            reader: Reads what is new.
            now: The time, as ISO 8601 in UTC; kept beside what is added.
            counts: Counts to go on with.
            entailment: Decides whether words say or deny what others say.
            on_document: Called with each document before it is read.
            on_counts: Called after each batch.
            on_failure: Called with what is refused because reading or keeping it failed.
        """
        self.store, self.reader, self.entailment = store, reader, entailment
        self.counts = Counts() if counts is None else counts
        self._now = now
        self._on_document, self._on_counts = on_document, on_counts
        self._on_failure = on_failure
        self._n_read = self._n_failed = 0
        self._waiting: list[tuple[Document, str | None]] = []

    def take(self, found: Iterable[Document | Rejection], *, source: str | None = None) -> Counts:
        """Take in documents as they come, and count what is none.

        Args:
            found: Documents and rejections, as `onrecord.inputs` gives them.
            source: Where they come from, kept beside them.

        Returns:
            The counts of this ingester so far.
        """
        for one in found:
            if isinstance(one, Rejection):
                self._refuse(one)
            else:
                self._offer(one, source)
        self.flush()
        return self.counts

    def flush(self) -> None:
        """Read, keep and link what waits."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        read = read_all(self.reader.read_with_vectors, [document for document, _ in waiting])
        at = self._now()
        with self.store.writing():
            kept = [
                self._kept(one, at=at, source=source)
                for one, (_, source) in zip(read, waiting, strict=True)
            ]
        self._count(kept)
        self._check_not_all_fail(read)
        if self.reader.owns_process:
            lay_aside()
        if self._on_counts is not None:
            self._on_counts(self.counts)

    def _kept(self, read: "_Read | Failure", *, at: str, source: str | None) -> "_Kept | Rejection":
        """Keep a document inside of the transaction; if it failed or fails there, say so."""
        if isinstance(read, Failure):
            rejection = read.as_rejection(source)
            keep_refusal(self.store, rejection, at=at)
            return rejection
        reading, vectors = read
        try:
            with self.store.attempt():
                status = keep_and_link(
                    self.store, reading, vectors, at=at, source=source, entailment=self.entailment
                )
        except (*OF_THE_MACHINE, sqlite3.OperationalError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever a document does
            _LOG.info("a document could not be kept", exc_info=True)
            name = name_in(source, reading.document)
            rejection = failed(name, error, what="keeping or linking it")
            keep_refusal(self.store, rejection, at=at)
            return rejection
        return status, reading

    def _count(self, kept: "Sequence[_Kept | Rejection]") -> None:
        """Count what has been committed, and tell what has failed."""
        for one in kept:
            if isinstance(one, Rejection):
                self.counts.add_rejection(one)
                if self._on_failure is not None:
                    self._on_failure(one)
                continue
            status, reading = one
            self.counts.add_status(status)
            if status not in DONE:
                self.counts.add_reading(reading)

    def _check_not_all_fail(self, read: "Sequence[_Read | Failure]") -> None:
        """End when one document after the other fails: then it is not for the documents.

        Raises:
            RunError: So it is.
        """
        self._n_read += sum(not isinstance(one, Failure) for one in read)
        failures = [one for one in read if isinstance(one, Failure)]
        self._n_failed += len(failures)
        if failures and self._n_failed >= TOO_MANY and not self._n_read:
            raise RunError(problem=nothing_read(failures[-1].error))

    def _offer(self, document: Document, source: str | None) -> None:
        status = self.store.status_of(document, self.reader.run.id, file=lone_file(source))
        if status in DONE:
            self.counts.add_status(status)
            return
        self._waiting.append((document, source))
        if self._on_document is not None:
            self._on_document(document)
        if self.reader.is_full([one for one, _ in self._waiting]):
            self.flush()

    def _refuse(self, rejection: Rejection) -> None:
        self.counts.add_rejection(rejection)
        with self.store.writing():
            keep_refusal(self.store, rejection, at=self._now())


def keep_and_link(
    store: Store,
    reading: Reading,
    vectors: SpanVectors | None,
    *,
    at: str,
    source: str | None = None,
    entailment: Entailment | None = None,
) -> DocumentStatus:
    """Keep a reading and link it, inside of the caller's transaction; what was done.

    One that was kept before leaves the links first, as it is read again.
    """
    document, file = reading.document, lone_file(source)
    if store.status_of(document, reading.run.id, file=file) is DocumentStatus.REREAD:
        unlink_all(store, (store.number_of(document.id),), entailment=entailment)
    added = store.add(reading, at=at, source=source, file=file)
    if added.number is not None and added.status not in DONE:
        arrival = Arrival(number=added.number, reading=store.reading(added.number), vectors=vectors)
        link_all(store, (arrival,), entailment=entailment)
    return added.status


def keep_refusal(store: Store, rejection: Rejection, *, at: str) -> None:
    """Keep what was turned away, and why, inside of the caller's transaction."""
    store.connection.execute(
        "INSERT INTO refusals (source, line, reason, detail, at) VALUES (?, ?, ?, ?, ?)",
        (rejection.source, rejection.line, rejection.reason.value, rejection.detail, at),
    )


def lone_file(source: str | None) -> str | None:
    """The file that holds one article alone, whose later texts are versions of it.

    >>> lone_file("https://a.example/1"), lone_file(None)
    (None, None)
    """
    if source is None or "://" in source or Path(source).suffix.lower() not in _LONE:
        return None
    return str(Path(source).absolute()) if Path(source).is_file() else None


def delete_documents(
    store: Store,
    numbers: Sequence[int],
    *,
    why: str | None,
    by: str | None,
    at: str,
    entailment: Entailment | None = None,
) -> None:
    """Delete documents with all that rests on them; a tombstone of each stays."""
    with store.writing():
        unlink_all(store, numbers, entailment=entailment)
        for number in numbers:
            store.delete(number, why=why, by=by, at=at)
