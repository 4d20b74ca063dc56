"""`onrecord ingest`, `relink` and `delete`: documents into a store, linked with each other."""

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
    from onrecord.records import Document, Rejection

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

    Takes what `onrecord read` takes. What the store has already is passed over; a newer
    text of an address is kept as a new version of it. The command can be stopped at any
    moment and given again: what is finished stays, and nothing is kept twice.
    """
    from onrecord.cli.ingest_progress import IngestProgress
    from onrecord.ingest.ingesting import Ingester
    from onrecord.inputs.documents import read_inputs
    from onrecord.pipeline import Reader

    options = settings.options()
    with opened(db, mode="write", create=True) as store, IngestProgress(sys.stderr) as progress:
        reader = Reader(settings.config(), on_progress=progress.advance)
        ingester = Ingester(
            store,
            reader,
            now=now,
            entailment=packaged_entailment(),
            on_document=progress.expect,
            on_counts=progress.show,
        )
        try:
            for source in sources:
                found = read_inputs([source], options=options)
                ingester.take(_named(found, progress, quiet=quiet), source=source)
        finally:
            progress.pause()
            _say_counts(ingester.counts, form)
    if ingester.counts.n_refused:
        sys.exit(_REFUSED)


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
        delete_documents(store, numbers, why=why, by=by, at=now())
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
