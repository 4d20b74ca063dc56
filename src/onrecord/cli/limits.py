"""`onrecord limits`: the limits of agreements beside the figures that are reported."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.limit_stores import take_from_store
from onrecord.cli.reading_options import ReadingSettings, reading_options
from onrecord.cli.sources import plain_stdout, readings_of, say, say_refused

if TYPE_CHECKING:
    from onrecord.limits.models import Bound, Figure, Row
    from onrecord.records import Reading, Rejection

_REFUSED = 1
_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("limits")
@click.argument("sources", nargs=-1, metavar="[PATH|URL|-]...")
@click.option(
    "--figures",
    "figure_files",
    type=_file,
    multiple=True,
    metavar="FILE",
    help="Also take figures from this file, CSV; can be given again.",
)
@click.option(
    "--limits",
    "limit_files",
    type=_file,
    multiple=True,
    metavar="FILE",
    help="Also take limits from this file, CSV; can be given again.",
)
@click.option(
    "--db",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also take limits and figures from the articles of this store.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl", "csv"]),
    default="text",
    show_default=True,
    help="For a person; a list of rows; a row a line; a line for each figure.",
)
@reading_options
def limits_command(
    sources: tuple[str, ...],
    figure_files: tuple[Path, ...],
    limit_files: tuple[Path, ...],
    db: Path | None,
    form: str,
    settings: ReadingSettings,
) -> None:
    """Limits of treaties and agreements beside the figures that are reported.

    Limits and figures come from news articles, given as `onrecord read` takes them, and
    from CSV files. For each limit, party and date: whether the figures are under or over
    it, disputed, unclear, or not reported, with who gives them and where. It does not say
    who is right.
    """
    from onrecord.cli.progress import Progress
    from onrecord.export.overviews import counted
    from onrecord.limits.given import load_figures, load_limits

    if not sources and not limit_files and db is None:
        raise click.UsageError(
            "Give articles that state limits, a store (--db), or a file of limits (--limits)."
        )
    limits: list[Bound] = [one for path in limit_files for one in load_limits(path)]
    figures: list[Figure] = []
    for path in figure_files:
        given = load_figures(path)
        figures += given.figures
        if given.n_left_out:
            text = "left out, as the file says that no source was seen"
            say(f"{path}: {counted(given.n_left_out, 'figure')} {text}")
    if db is not None:
        take_from_store(db, limits, figures)
    n_refused = 0
    if sources:
        options = settings.options()
        with Progress(sys.stderr) as progress:
            n_refused = _take(readings_of(sources, settings, options, progress), limits, figures)
    try:
        _write(limits, figures, form)
    except BrokenPipeError as error:
        # click ends with 1 for one that has a number; here it is no failure.
        raise BrokenPipeError from error
    if n_refused:
        sys.exit(_REFUSED)


def _take(
    found: "Iterator[Reading | Rejection]", limits: "list[Bound]", figures: "list[Figure]"
) -> int:
    """Add what articles state and report; the number of inputs that were refused."""
    from onrecord.limits.figures import find_figures
    from onrecord.limits.stated import find_limits
    from onrecord.records import Rejection

    n_refused = 0
    for one in found:
        if isinstance(one, Rejection):
            n_refused += 1
            say_refused(one)
        else:
            limits += find_limits(one)
            figures += find_figures(one)
    return n_refused


def _write(limits: "Sequence[Bound]", figures: "Sequence[Figure]", form: str) -> None:
    from onrecord.limits.comparing import compare

    rows = compare(limits, figures)
    if not rows:
        say("no limit is stated there; --limits takes a file of limits")
    plain_stdout()
    if form == "text":
        from onrecord.cli.view_limits import LimitsWriter

        LimitsWriter(sys.stdout).write(rows)
    else:
        _write_for_programs(rows, form)
    sys.stdout.flush()


def _write_for_programs(rows: "Sequence[Row]", form: str) -> None:
    import csv
    import json

    from onrecord.limits.printing import CSV_COLUMNS, csv_records, row_to_json

    if form == "csv":
        writer = csv.DictWriter(sys.stdout, CSV_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(csv_records(rows))
    elif form == "jsonl":
        for row in rows:
            sys.stdout.write(json.dumps(row_to_json(row), ensure_ascii=False) + "\n")
    else:
        printed = [row_to_json(row) for row in rows]
        sys.stdout.write(json.dumps(printed, ensure_ascii=False, indent=1) + "\n")
