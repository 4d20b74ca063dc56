"""`onrecord correct` and `onrecord quality`: what people set right, and what that tells."""

import itertools
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.dispute_reviews import (
    estimate_line,
    line_of,
    review_dispute,
    undo_review,
)
from onrecord.cli.sources import plain_stdout, say
from onrecord.cli.stores import db_option, linking_of_corrections, opened

if TYPE_CHECKING:
    from onrecord.records import Correction
    from onrecord.store import Store
    from onrecord.store.corrections import Signature
    from onrecord.store.reviews import Estimate

# The kinds of rows, as `onrecord.records.RowKind` has them.
_KINDS = (
    *("mention", "entity", "statement", "event", "place"),
    *("time", "quantity", "control_claim", "commitment"),
)
_NOT_A_SAMPLE = (
    "These are shares of all rows that were reviewed. Rows that somebody happened to look at"
    " are no fair sample: review what `onrecord quality sample` draws, and ask with --drawn."
)
_PART_OF_A_SAMPLE = (
    "{n_drawn:,} rows were drawn, {n_reviewed:,} of them reviewed. These are estimates of all"
    " rows, as they were then, if all that were drawn are reviewed."
)
_db = db_option(help="The store that is corrected.")
_form = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For a person; a list of objects.",
)
_document = click.option(
    "--document",
    metavar="ID",
    help="The document of the row; needed for mentions, entities, places, times and quantities.",
)


def _signed(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options that tell who corrects, and why."""
    command = click.option("--why", metavar="WORDS", help="Why.")(command)
    return click.option("--by", required=True, metavar="NAME", help="Who corrects.")(command)


def _signature(by: str, why: str | None) -> "Signature":
    from onrecord.cli.ingest import now
    from onrecord.store.corrections import Signature

    return Signature(by=by, at=now(), why=why)


@click.group("correct", context_settings={"help_option_names": ["-h", "--help"]})
def correct_commands() -> None:
    """Set rows of a store right; corrections outlive new readings, and can be undone.

    ROW is the id of a row, or the beginning of it; also of a document, whose title, outlet,
    author, date and language can be set.
    """


@correct_commands.command("set")
@click.argument("row_id", metavar="ROW")
@click.argument("field")
@click.argument("value")
@_document
@_signed
@_db
def set_command(
    row_id: str,
    field: str,
    value: str,
    document: str | None,
    by: str,
    why: str | None,
    db: Path,
) -> None:
    """Give FIELD of ROW another VALUE.

    VALUE is plain words; null for nothing; for spans 120-131, or words that stand in the
    text once; JSON for lists and numbers.
    """
    from onrecord.claims.reviews import find_dispute
    from onrecord.store.corrections import set_field
    from onrecord.store.finding import find_row
    from onrecord.store.typed_values import typed_value

    with opened(db, mode="write") as store:
        dispute = None if document is not None else find_dispute(store, row_id)
        if dispute is not None:
            if field != "ground":
                problem = f"of a dispute only its ground can be set, not {field!r}"
                raise click.BadParameter(problem, param_hint="FIELD")
            signed = _signature(by, why)
            _told_id(review_dispute(store, dispute, signed, is_dispute=True, ground=value))
            return
        row = find_row(store, row_id, document=document)
        meant = typed_value(row.section, field, value, store.document(row.number).text)
        _told(
            set_field(
                store, row, field, meant, _signature(by, why), linking=linking_of_corrections()
            )
        )


@correct_commands.command("reject")
@click.argument("row_id", metavar="ROW")
@_document
@_signed
@_db
def reject_command(row_id: str, document: str | None, by: str, why: str | None, db: Path) -> None:
    """Say that ROW should not be there; what names it then names nothing.

    ROW may be a dispute, shown or possible: then both sides are in none.
    """
    from onrecord.store.corrections import reject_row
    from onrecord.store.finding import find_row

    with opened(db, mode="write") as store:
        if _is_dispute(store, row_id, document, _signature(by, why), is_dispute=False):
            return
        row = find_row(store, row_id, document=document)
        _told(reject_row(store, row, _signature(by, why), linking=linking_of_corrections()))


@correct_commands.command("accept")
@click.argument("row_id", metavar="ROW")
@_document
@_signed
@_db
def accept_command(row_id: str, document: str | None, by: str, why: str | None, db: Path) -> None:
    """Say that ROW is right as it is.

    ROW may be a dispute; a possible one is then shown with the others.
    """
    from onrecord.store.corrections import accept_row
    from onrecord.store.finding import find_row

    with opened(db, mode="write") as store:
        if _is_dispute(store, row_id, document, _signature(by, why), is_dispute=True):
            return
        row = find_row(store, row_id, document=document)
        _told(accept_row(store, row, _signature(by, why)))


@correct_commands.command("add")
@click.argument("document")
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("values", metavar="JSON")
@_signed
@_db
def add_command(document: str, kind: str, values: str, by: str, why: str | None, db: Path) -> None:
    """Add a row of some KIND to DOCUMENT, from its JSON as `onrecord read` prints it.

    What can be null or empty may be left out, and so may the id.
    """
    from onrecord.records import RowKind
    from onrecord.store.corrections import add_row

    try:
        given = json.loads(values)
    except ValueError as error:
        raise click.BadParameter(f"it is no JSON: {error}", param_hint="JSON") from error
    if not isinstance(given, dict):
        raise click.BadParameter("it is no JSON object", param_hint="JSON")
    with opened(db, mode="write") as store:
        number = store.number_of(document)
        signed = _signature(by, why)
        _told(
            add_row(store, number, RowKind(kind), given, signed, linking=linking_of_corrections())
        )


@correct_commands.command("undo")
@click.argument("correction")
@_signed
@_db
def undo_command(correction: str, by: str, why: str | None, db: Path) -> None:
    """Take CORRECTION back; all others hold as before."""
    from onrecord.store.corrections import undo

    with opened(db, mode="write") as store:
        made = undo_review(store, correction, _signature(by, why))
        if made is not None:
            _told_id(made)
            return
        _told(undo(store, correction, _signature(by, why), linking=linking_of_corrections()))


@correct_commands.command("list")
@click.option("--document", metavar="ID", help="Only those of this document.")
@click.option("--unapplied", is_flag=True, help="Only those that hold for no row now.")
@_form
@_db
def list_command(
    document: str | None,
    unapplied: bool,  # noqa: FBT001 - a flag is what click gives
    form: str,
    db: Path,
) -> None:
    """All corrections, in order, each with why it holds for no row now, if so.

    What was said of disputes comes after those of rows.
    """
    import dataclasses

    from onrecord.claims.reviews import reviews
    from onrecord.ingest.dispute_rows import as_json
    from onrecord.store.corrections import list_corrections

    with opened(db) as store:
        own = None if document is None else store.document(store.number_of(document)).id
        reviewed = [] if unapplied else reviews(store, document=own)
        found = [
            (correction, problem)
            for correction, problem in list_corrections(store, document=own)
            if problem is not None or not unapplied
        ]
    with _output():
        if form == "json":
            rows = [dataclasses.asdict(each) | {"problem": problem} for each, problem in found]
            rows += [as_json(review) for review in reviewed]
            click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            for each, problem in found:
                click.echo(_line(each, problem))
            for review in reviewed:
                click.echo(line_of(review))


@correct_commands.command("export")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@_db
def export_command(file: Path, db: Path) -> None:
    """Write corrections to FILE as data to train with, JSON Lines; - is standard output.

    Each line has the text, the row before and after, and what was done.
    """
    from onrecord.cli.outputs import writable
    from onrecord.ingest import dispute_rows
    from onrecord.store.training import training_rows

    with opened(db) as store, writable(None if str(file) == "-" else file) as stream:
        n_rows = 0
        for row in itertools.chain(training_rows(store), dispute_rows.training_rows(store)):
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
            n_rows += 1
    say(f"{n_rows:,} corrections written")


@click.group(
    "quality",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The store whose rows were reviewed.",
)
@click.option("--drawn", is_flag=True, help="Only rows that `onrecord quality sample` drew.")
@_form
@click.pass_context
def quality_command(
    context: click.Context,
    db: Path | None,
    drawn: bool,  # noqa: FBT001 - a flag is what click gives
    form: str,
) -> None:
    """How many of the reviewed rows were right, of each kind, act and type.

    A row is reviewed when it was accepted, rejected, or had a field set. `right` counts
    those that were rightly there, `exact` those in which nothing had to be set, each with
    an interval of 95 % (Wilson). See `onrecord correct`.
    """
    if context.invoked_subcommand is not None:
        return
    if db is None:
        raise click.UsageError("Missing option '--db'.")
    import dataclasses

    from onrecord.ingest import dispute_rows
    from onrecord.store.reviews import counts_of_drawn, estimates

    with opened(db) as store:
        found = estimates(store, only_drawn=drawn)
        n_drawn, n_reviewed = counts_of_drawn(store)
        of_disputes = [] if drawn else dispute_rows.estimates(store)
    with _output():
        if form == "json":
            rows = [dataclasses.asdict(each) for each in found]
            click.echo(json.dumps([*rows, *of_disputes], indent=1))
        elif found:
            _show(found)
        for row in of_disputes if form == "text" else ():
            click.echo(estimate_line(row))
    if not found and not of_disputes:
        say("nothing was reviewed; `onrecord quality sample` draws rows, `onrecord correct` judges")
    elif drawn:
        say(_PART_OF_A_SAMPLE.format(n_drawn=n_drawn, n_reviewed=n_reviewed))
    else:
        say(_NOT_A_SAMPLE)


@quality_command.command("sample")
@click.argument("n_rows", type=click.IntRange(1, 100_000), metavar="N")
@click.option(
    "--kind",
    type=click.Choice(_KINDS),
    default="statement",
    show_default=True,
    help="Rows of this kind.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another draws others.")
@_form
@_db
def sample_command(n_rows: int, kind: str, seed: int, form: str, db: Path) -> None:
    """Draw N rows by chance, all with the same chance, to be reviewed.

    The store notes that they were drawn. Judge all of them with `onrecord correct`; then
    `onrecord quality --drawn` gives estimates that hold for all rows.
    """
    from onrecord.cli.ingest import now
    from onrecord.records import RowKind
    from onrecord.store.reviews import draw_sample, keep_sample, printed_row

    with opened(db, mode="write") as store:
        drawn = draw_sample(store, RowKind(kind), n_rows, seed=seed)
        keep_sample(store, drawn, seed=seed, at=now())
        rows = [printed_row(store, row) for row in drawn]
    with _output():
        if form == "json":
            click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            for row in rows:
                click.echo("\n".join([*_lines(row), ""]))


@contextmanager
def _output() -> Iterator[None]:
    """Write to standard output; a reader of it that has gone is no failure."""
    plain_stdout()
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError as error:
        # click ends with 1 for one that has a number.
        raise BrokenPipeError from error


def _told(made: "Correction") -> None:
    """Name the correction, so that it can be undone."""
    _told_id(made.id)


def _told_id(made: str) -> None:
    with _output():
        click.echo(made)


def _is_dispute(
    store: "Store", row_id: str, document: str | None, signed: "Signature", *, is_dispute: bool
) -> bool:
    """Whether a row is a dispute; then it is said of it what it is."""
    from onrecord.claims.reviews import find_dispute

    dispute = None if document is not None else find_dispute(store, row_id)
    if dispute is not None:
        _told_id(review_dispute(store, dispute, signed, is_dispute=is_dispute))
    return dispute is not None


def _line(each: "Correction", problem: str | None) -> str:
    change = ""
    if each.field is not None:
        old, new = ((value or {}).get("value") for value in (each.old, each.new))
        change = f" {each.field}: {_short(old)} -> {_short(new)}"
    facts = [each.id, each.at, each.by, f"{each.kind} {each.row_kind} {each.row}{change}"]
    facts += [each.why] if each.why else []
    facts += [f"undone by {each.undone_by}"] if each.undone_by else []
    facts += [f"NOT APPLIED: {problem}"] if problem else []
    return "  ".join(facts)


def _short(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)[:60]


def _lines(row: dict[str, Any]) -> Iterator[str]:
    """A row to review: its id, then each field that says something."""
    where = ", ".join(str(row[name]) for name in ("outlet", "published") if row[name])
    yield f"{row['row_kind']} {row['row']['id']}  document {row['document']}  {where}".rstrip()
    for name, value in row["row"].items():
        if name != "id" and value not in (None, [], ""):
            yield f"  {name}: {_words(value)}"


def _words(value: Any) -> str:
    if isinstance(value, dict) and "text" in value:
        return f"{' '.join(value['text'].split())!r} [{value['start']}-{value['end']}]"
    if isinstance(value, list):
        return ", ".join(_words(item) for item in value)
    return str(value)


def _show(found: "list[Estimate]") -> None:
    from rich.table import Table

    from onrecord.cli.consoles import console_for

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("rows")
    for heading in ("reviewed", "rejected", "set", "added", "right", "95 %", "exact", "95 % "):
        table.add_column(heading, justify="right", no_wrap=True)
    for each in found:
        counts = (each.n_reviewed, each.n_rejected, each.n_set, each.n_added)
        table.add_row(
            each.row_kind.value if each.value is None else f"  {each.value}",
            *(f"{count:,}" for count in counts),
            *_share(each.precision, each.low, each.high),
            *_share(each.exact, each.exact_low, each.exact_high),
        )
    console_for(sys.stdout).print(table)


def _share(share: float | None, low: float | None, high: float | None) -> tuple[str, str]:
    if share is None or low is None or high is None:
        return "", ""
    return f"{share:.0%}", f"{low:.0%} to {high:.0%}"
