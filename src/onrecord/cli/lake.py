"""`onrecord lake`: what stands in a folder of tables, SQL over it, links across it."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.sources import plain_stdout, say
from onrecord.cli.stores import packaged_entailment

if TYPE_CHECKING:
    from onrecord.lake.lakes import Lake
    from onrecord.lake.showing import Overview

_MB = 1_000_000
_VIEWS = "lake.duckdb"


@click.group("lake")
def lake_commands() -> None:
    """Folders of tables, as `onrecord run` makes them: look into one, ask it, link it.

    DIR is a folder, or its address in an object store, such as s3://bucket/news.
    """


@lake_commands.command("show")
@click.argument("folder", metavar="DIR")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For a person; one JSON object.",
)
def show_command(folder: str, form: str) -> None:
    """Shards, documents by month, rows and sizes, and what failed for which reason."""
    from onrecord.lake.showing import overview

    lake = _opened(folder)
    found = overview(lake)
    plain_stdout()
    if form == "json":
        about = {"run": lake.run.id, "software": lake.run.software, **found.as_json()}
        click.echo(json.dumps(about, ensure_ascii=False, indent=1))
        return
    for line in _lines(found):
        click.echo(line)


@lake_commands.command("open")
@click.argument("folder", metavar="DIR")
@click.option("--sql", "query", metavar="QUERY", help="Answer this query and make no file.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=f"Where the views go; without it {_VIEWS} in DIR.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv"]),
    default="csv",
    show_default=True,
    help="An answer as a table, or as a list of objects.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, 1_000_000),
    default=10_000,
    show_default=True,
    help="Most rows of an answer that are shown.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=300.0,
    show_default=True,
    help="Seconds that the query may take.",
)
def open_command(
    folder: str, query: str | None, output: Path | None, form: str, limit: int, timeout: float
) -> None:
    """Make a DuckDB file with a view of each table, or answer one query in SQL.

    The file holds no rows: its views read the tables of DIR, each document once. Give the
    command again when more shards are finished.
    """
    lake = _opened(folder)
    if query is not None:
        _answer(lake, query, form, limit, timeout)
        return
    from onrecord.lake.views import write_views

    if output is None and not lake.folder.is_local:
        raise click.UsageError("DIR is not on this machine: say with --output where the file goes")
    path = (output or Path(lake.url) / _VIEWS).absolute()
    write_views(lake, path)
    click.echo(path)
    say(f"open it with `duckdb {path}`, or in Python with duckdb.connect({str(path)!r})")


@lake_commands.command("link")
@click.argument("folder", metavar="DIR")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Processes that link blocks at the same time.",
)
@click.option(
    "--window-days",
    type=click.IntRange(min=1),
    default=56,
    show_default=True,
    help="Days whose documents are linked with each other.",
)
@click.option(
    "--overlap-days",
    type=click.IntRange(min=0),
    default=14,
    show_default=True,
    help="Days before a window that are in it too.",
)
@click.option(
    "--most-documents",
    type=click.IntRange(min=2),
    default=4000,
    show_default=True,
    help="A window with more is cut into blocks by its actors and countries.",
)
def link_command(
    folder: str, workers: int, window_days: int, overlap_days: int, most_documents: int
) -> None:
    """Find copies, stories, actors, claims and disputes over all documents.

    Blocks of documents of one time are linked on their own, then joined; their tables are
    views of `onrecord lake open` afterwards. Can be stopped and given again: blocks that are
    linked stay, and after more documents only the blocks that those are in are linked anew.
    """
    from onrecord.lake.link_plans import LinkSettings
    from onrecord.lake.linking import link_lake

    settings = LinkSettings(
        window_days=window_days, overlap_days=overlap_days, most_documents=most_documents
    )
    found = link_lake(
        _opened(folder),
        settings,
        workers=workers,
        entailment=packaged_entailment,
        on_block=_show_blocks,
    )
    if sys.stderr.isatty():
        click.echo(err=True)
    rows = ", ".join(f"{n:,} {name.replace('_', ' ')}" for name, n in found.rows.items())
    say(f"{found.n_blocks:,} blocks, {found.n_known:,} of them linked before; {rows}")


def _show_blocks(n_done: int, n_all: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{n_done:,} of {n_all:,} blocks", err=True, nl=False)


def _opened(folder: str) -> "Lake":
    from onrecord.lake import open_lake

    return open_lake(folder)


def _answer(lake: "Lake", query: str, form: str, limit: int, timeout: float) -> None:
    from onrecord.lake.views import run_sql
    from onrecord.queries.tables import Table

    found = run_sql(lake, query, timeout_s=timeout, limit=limit)
    table = Table(found.columns, tuple(found.rows))
    plain_stdout()
    sys.stdout.write(table.to_csv() if form == "csv" else table.to_json() + "\n")
    sys.stdout.flush()
    if found.is_cut:
        say(f"only the first {limit:,} rows are shown; --limit takes more")


def _lines(found: "Overview") -> "list[str]":
    refused = ", ".join(f"{n:,} {reason}" for reason, n in found.refused.items())
    hours = found.seconds / 3600
    lines = [
        f"{found.n_shards:,} shards finished, {len(found.failed):,} failed, {hours:.2f} h of work",
        f"{found.n_documents:,} documents, {found.n_chars:,} characters",
        f"{found.n_refused:,} refused" + (f" ({refused})" if refused else ""),
    ]
    lines += ["", "documents by month"]
    lines += [f"  {month:<9}{n:>14,}" for month, n in found.months.items()]
    lines += ["", f"{'table':<18}{'rows':>14}{'MB':>10}"]
    lines += [
        f"{name:<18}{n:>14,}{found.bytes[name] / _MB:>10.2f}" for name, n in found.rows.items()
    ]
    for one in found.failed:
        sources = ", ".join(piece.source for piece in one.pieces)
        lines += ["", f"failed after {one.tries} tries: {one.reason}", f"  {sources}"]
    return lines
