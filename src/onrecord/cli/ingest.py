"""`onrecord ingest`, `relink` and `delete`: documents into a store, linked with each other."""

import dataclasses
import functools
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.reading_options import ReadingSettings, reading_options
from onrecord.cli.sources import say, say_refused
from onrecord.cli.stores import db_option, opened, packaged_entailment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.cli.ingest_progress import IngestProgress
    from onrecord.ingest.counts import Counts
    from onrecord.ingest.ingesting import Ingester
    from onrecord.records import Document, Rejection
    from onrecord.store import Store

_REFUSED = 1


def now() -> str:
    """The time in UTC, as stores keep it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@click.command("ingest")
@click.argument("sources", nargs=-1, required=True, metavar="PATH|URL|-...")
@db_option(help="The store; made if it is not there.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The counts at the end: for a person, or as one JSON object.",
)
@click.option("--quiet", "-q", is_flag=True, help="Do not name each input that is refused.")
@reading_options
def ingest_command(
    sources: tuple[str, ...],
    db: Path,
    form: str,
    quiet: bool,  # noqa: FBT001 - a flag is what click gives
    settings: ReadingSettings,
) -> None:
    """Read articles into a store, and link them with what is there.

    Takes what `onrecord read` takes, and folders that `onrecord run` has made: what stands
    in those is not read again. What the store has already is passed over; a newer
    text of an address is kept as a new version of it. The command can be stopped at any
    moment and given again: what is finished stays, and nothing is kept twice.
    """
    from onrecord.cli.ingest_progress import IngestProgress
    from onrecord.ingest.counts import Counts
    from onrecord.lake.lakes import is_lake

    counts = Counts()
    with opened(db, mode="write", create=True) as store, IngestProgress(sys.stderr) as progress:
        taking = _Taking(store, settings, progress, counts, quiet=quiet)
        try:
            for source in sources:
                if is_lake(source):
                    taking.take_lake(source)
                else:
                    taking.take(source)
        finally:
            progress.pause()
            _say_counts(counts, form)
    if counts.n_refused:
        sys.exit(_REFUSED)


class _Taking:
    """Takes sources into a store; the weights are loaded when a source has to be read."""

    def __init__(
        self,
        store: "Store",
        settings: ReadingSettings,
        progress: "IngestProgress",
        counts: "Counts",
        *,
        quiet: bool,
    ) -> None:
        self._store, self._settings = store, settings
        self._progress, self._counts, self._quiet = progress, counts, quiet
        self._entailment = packaged_entailment()

    def take(self, source: str) -> None:
        """Read documents and take them in."""
        from onrecord.inputs.documents import read_inputs
        from onrecord.store.files import files_of

        # A folder may hold the very store that its articles go into.
        options = dataclasses.replace(
            self._settings.options(), leave_out=files_of(self._store.path)
        )
        found = read_inputs([source], options=options)
        self._ingester.take(_named(found, self._progress, quiet=self._quiet), source=source)

    def take_lake(self, source: str) -> None:
        """Take in the documents of a lake as they are."""
        from onrecord.lake import open_lake
        from onrecord.lake.importing import LakeImporter

        lake = open_lake(source)
        self._progress.expect_chars(sum(shard.n_chars for shard in lake.finished().values()))
        importer = LakeImporter(
            self._store,
            now=now,
            counts=self._counts,
            entailment=self._entailment,
            on_counts=self._show,
        )
        importer.take(lake)

    def _show(self, counts: "Counts", n_chars: int) -> None:
        self._progress.show(counts)
        self._progress.advance(n_chars)

    @functools.cached_property
    def _ingester(self) -> "Ingester":
        from onrecord.ingest.ingesting import Ingester
        from onrecord.pipeline import Reader

        return Ingester(
            self._store,
            Reader(self._settings.config(), on_progress=self._progress.advance, owns_process=True),
            now=now,
            counts=self._counts,
            entailment=self._entailment,
            on_document=self._progress.expect,
            on_counts=self._progress.show,
            on_failure=self._say_failed,
        )

    def _say_failed(self, rejection: "Rejection") -> None:
        if not self._quiet:
            self._progress.pause()
            say_refused(rejection)


@click.command("relink")
@db_option(help="The store, a file that ingest makes.")
def relink_command(db: Path) -> None:
    """Link all documents of a store again, the earliest first.

    After corrections, or with a newer version of the program. Readers see the old links
    until the new ones are complete.
    """
    from onrecord.ingest.linking import relink

    with opened(db, mode="write") as store:
        linked = relink(store, entailment=packaged_entailment())
        n_linked = len(list(linked))
    say(f"{n_linked:,} documents linked")


@click.command("delete")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@db_option(help="The store, a file that ingest makes.")
@click.option("--why", help="Kept with the tombstone.")
@click.option("--by", metavar="NAME", help="Who deletes it; kept with the tombstone.")
def delete_command(documents: tuple[str, ...], db: Path, why: str | None, by: str | None) -> None:
    """Delete documents, by id or the beginning of one, with all that rests on them.

    A tombstone with the reason stays, and the same document is not taken in again.
    """
    from onrecord.ingest.ingesting import delete_documents

    with opened(db, mode="write") as store:
        numbers = [store.number_of(one) for one in documents]
        entailment = packaged_entailment()
        delete_documents(store, numbers, why=why, by=by, at=now(), entailment=entailment)
    say(f"{len(documents):,} deleted")


def _named(
    found: "Iterator[Document | Rejection]", progress: "IngestProgress", *, quiet: bool
) -> "Iterator[Document | Rejection]":
    from onrecord.records import Rejection

    for one in found:
        if isinstance(one, Rejection) and not quiet:
            progress.pause()
            say_refused(one)
        yield one


def _say_counts(counts: "Counts", form: str) -> None:
    if form == "json":
        click.echo(json.dumps(counts.as_json()))
        return
    parts = [f"{n:,} {status}" for status, n in sorted(counts.documents.items())]
    parts += [f"{n:,} refused ({reason})" for reason, n in sorted(counts.refused.items())]
    rows = f"{counts.statements:,} statements, {counts.events:,} events"
    say(f"{', '.join(parts) or 'no documents'}; {rows}")
