"""Commands that ask a store: search, who, claim, disputes, stories, timeline, control, sql."""

import functools
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.sources import plain_stdout, say
from onrecord.cli.stores import db_option, opened
from onrecord.errors import ConfigError

if TYPE_CHECKING:
    from onrecord.cli.view_tables import Row, TableWriter
    from onrecord.queries import Filters, Table

_FILTERS = ("since", "until", "actor", "place", "outlet", "act", "type", "about", "limit")
_OPTIONS: dict[str, Callable[[Any], Any]] = {
    "since": click.option("--since", metavar="DAY", help="Published on or after, as 2024-05-02."),
    "until": click.option("--until", metavar="DAY", help="Published on or before."),
    "actor": click.option("--actor", metavar="NAME", help="Name or code of somebody named."),
    "place": click.option("--place", metavar="NAME", help="Name of a place."),
    "outlet": click.option("--outlet", metavar="NAME", help="Who published it."),
    "act": click.option("--act", metavar="ACT", help="Act of a statement, such as accuse."),
    "type": click.option("--type", metavar="TYPE", help="Type of an event, such as ASSAULT."),
    "about": click.option("--about", metavar="WORDS", help="Words that the article holds."),
    "limit": click.option(
        "--limit",
        type=click.IntRange(1, 100_000),
        default=50,
        show_default=True,
        help="Most rows that are shown.",
    ),
}


def query_options(*names: str, has_format: bool = True) -> Callable[[Any], Any]:
    """Give a command a store, a format and some filters; it gets those as ``filters``.

    Args:
        names: Fields of `Filters`.
        has_format: Whether it gets the common option of formats too.
    """

    def decorate(command: Callable[..., Any]) -> Any:
        @functools.wraps(command)
        def wrapped(**given: Any) -> Any:
            from onrecord.queries import Filters

            own = {name: given.pop(name) for name in names}
            try:
                filters = Filters(**own)
            except ConfigError as error:
                raise click.BadParameter(str(error)) from error
            try:
                return command(filters=filters, **given)
            except BrokenPipeError as error:
                # click ends with 1 for one that has a number; here it is no failure.
                raise BrokenPipeError from error

        for name in reversed([one for one in _FILTERS if one in names]):
            wrapped = _OPTIONS[name](wrapped)
        wrapped = db_option(help="The store, a file that ingest makes.")(wrapped)
        return _format_option(wrapped) if has_format else wrapped

    return decorate


_format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="For a person; a list of objects; a table.",
)


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@query_options("since", "until", "actor", "outlet", "act", "limit")
def search_command(words: tuple[str, ...], db: Path, form: str, filters: "Filters") -> None:
    """Statements and articles that hold some words, those kept last first.

    All words must be there; "in this order", OR, -without and begin* work as elsewhere
    (put -- before words that begin with a dash).
    """
    from onrecord.cli.view_tables import found_block
    from onrecord.queries import search

    with opened(db) as store:
        _show(search(store, " ".join(words), filters=filters), form, found_block, filters)


@click.command("who")
@click.argument("name")
@click.option(
    "--only",
    "relations",
    type=click.Choice(["said", "said about", "did", "was done to"]),
    multiple=True,
    help="Only these; can be given again.",
)
@query_options("since", "until", "outlet", "act", "type", "about", "limit")
def who_command(
    name: str, relations: tuple[str, ...], db: Path, form: str, filters: "Filters"
) -> None:
    """What somebody said, was said about, did, and had done to them.

    NAME is any of their names, or an actor code such as UKR.MIL.
    """
    from onrecord.cli.view_tables import who_block
    from onrecord.queries import who
    from onrecord.queries.actors import RELATIONS

    with opened(db) as store:
        _show(
            who(store, name, relations=relations or RELATIONS, filters=filters),
            form,
            who_block,
            filters,
        )


@click.command("claim")
@click.argument("claim_id", metavar="ID")
@query_options()
def claim_command(claim_id: str, db: Path, form: str, filters: "Filters") -> None:  # noqa: ARG001
    """One claim: who asserts, denies or reports it, in which words, and what is disputed."""
    from onrecord.cli.view_tables import TableWriter, dispute_block, stance_block
    from onrecord.export.overviews import counted
    from onrecord.queries import claim

    with opened(db) as store:
        told, stances, disputes = claim(store, claim_id)
    if form != "text":
        _write_plain(stances, form, {"claim": told, "stances": stances, "disputes": disputes})
        return
    plain_stdout()
    writer = TableWriter(sys.stdout)
    writer.line(f"“{told['words']}”", style="bold")
    counts = f"asserted by {told['n_asserts']}, denied by {told['n_denies']}"
    voices = counted(told["n_reports"], "independent voice")
    writer.line(f"{counts}, only reported by {voices}", indent=2)
    _section(writer, "Stances", stances, stance_block)
    _section(writer, "Disputes", disputes, dispute_block)


@click.command("disputes")
@click.option(
    "--ground",
    type=click.Choice(["denial", "figure", "holder", "actor"]),
    help="Only those where this cannot both hold.",
)
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Least probability of a dispute; a higher one shows fewer that are none.",
)
@click.option(
    "--possible",
    is_flag=True,
    help="Instead, pairs that may be in dispute, for you to look through; most of them are not.",
)
@query_options("since", "until", "actor", "outlet", "about", "limit")
def disputes_command(
    ground: str | None,
    least: float,
    possible: bool,  # noqa: FBT001 - a flag is what click gives
    db: Path,
    form: str,
    filters: "Filters",
) -> None:
    """What cannot both hold, with the words of both sides, those found last first; no verdicts.

    `onrecord correct accept ID` and `reject ID` say of one, also of a possible one, that it is a
    dispute, or is none.
    """
    from onrecord.cli.view_tables import dispute_block, possible_block
    from onrecord.queries import disputes, possible_disputes

    which = ground if ground in (None, "denial") else f"incompatible {ground}"
    ask, block = (possible_disputes, possible_block) if possible else (disputes, dispute_block)
    with opened(db) as store:
        _show(ask(store, ground=which, least=least, filters=filters), form, block, filters)


@click.command("stories")
@query_options("since", "until", "outlet", "about", "limit")
def stories_command(db: Path, form: str, filters: "Filters") -> None:
    """Stories, with their documents, independent voices and disputes counted."""
    from onrecord.cli.view_tables import story_block
    from onrecord.queries import stories

    with opened(db) as store:
        _show(stories(store, filters=filters), form, story_block, filters)


@click.command("story")
@click.argument("story_id", metavar="ID")
@query_options()
def story_command(story_id: str, db: Path, form: str, filters: "Filters") -> None:  # noqa: ARG001
    """One story: its documents in order, and which copies which."""
    from onrecord.cli.view_tables import TableWriter, document_block, story_block
    from onrecord.queries import story

    with opened(db) as store:
        told, documents = story(store, story_id)
    if form != "text":
        _write_plain(documents, form, {"story": told, "documents": documents})
        return
    plain_stdout()
    writer = TableWriter(sys.stdout)
    writer.write([told], story_block)
    for row in documents:
        writer.write([row], document_block)


@click.command("timeline")
@query_options("since", "until", "actor", "place", "outlet", "type", "about", "limit")
def timeline_command(db: Path, form: str, filters: "Filters") -> None:
    """What is said to have happened, in the order of the days, and on whose word."""
    from onrecord.cli.view_tables import event_block
    from onrecord.queries import timeline

    with opened(db) as store:
        _show(timeline(store, filters=filters), form, event_block, filters)


@click.command("control")
@click.argument("place")
@query_options("since", "until", "outlet", "about", "limit")
def control_command(place: str, db: Path, form: str, filters: "Filters") -> None:
    """Who is said to hold, have taken, have lost or contest a place, by whom, over time."""
    from onrecord.cli.view_tables import control_block
    from onrecord.queries import control

    with opened(db) as store:
        _show(control(store, place, filters=filters), form, control_block, filters)


@click.command("sql")
@click.argument("query")
@db_option(help="The store, a file that ingest makes.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv"]),
    default="csv",
    show_default=True,
    help="A table; a list of objects.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, 1_000_000),
    default=10_000,
    show_default=True,
    help="Most rows that are shown.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=30.0,
    show_default=True,
    help="Seconds that the query may take.",
)
def sql_command(query: str, db: Path, form: str, limit: int, timeout: float) -> None:
    """Ask the store in SQL. Nothing can be written; the views are in the guide to stores."""
    from onrecord.queries.tables import Table
    from onrecord.store.sql import run_sql

    found = run_sql(db, query, timeout_s=timeout, limit=limit)
    rows = tuple(tuple(row) for row in found.rows)
    _write_plain(Table(tuple(found.columns), rows), form)
    if found.is_cut:
        say(f"only the first {limit:,} rows are shown; --limit takes more")


def _show(
    table: "Table",
    form: str,
    block: "Callable[[Row], list[tuple[str, str, int]]]",
    filters: "Filters",
) -> None:
    from onrecord.cli.view_tables import TableWriter

    if form != "text":
        _write_plain(table, form)
    else:
        plain_stdout()
        if not TableWriter(sys.stdout).write(table, block):
            say("nothing was found")
        sys.stdout.flush()
    if len(table) == filters.limit:
        rows = "1 row is" if len(table) == 1 else f"{len(table):,} rows are"
        say(f"{rows} shown, as many as --limit lets through")


def _section(
    writer: "TableWriter",
    heading: str,
    rows: "Iterable[Row]",
    block: "Callable[[Row], list[tuple[str, str, int]]]",
) -> None:
    given = list(rows)
    if given:
        writer.gap()
        writer.line(heading, style="bold")
        writer.write(given, block)


def _write_plain(table: "Table", form: str, parts: "dict[str, Any] | None" = None) -> None:
    """JSON of all parts, or CSV of the main table."""
    plain_stdout()
    if form == "csv":
        sys.stdout.write(table.to_csv())
    elif parts is None:
        sys.stdout.write(table.to_json() + "\n")
    else:
        shown = {name: p if isinstance(p, dict) else p.to_dicts() for name, p in parts.items()}
        sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=1) + "\n")
    sys.stdout.flush()


QUERY_COMMANDS = (
    *(search_command, who_command, claim_command, disputes_command),
    *(stories_command, story_command, timeline_command, control_command, sql_command),
)
