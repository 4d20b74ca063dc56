"""`onrecord limits`: the limits of agreements beside the figures that are reported."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.errors import InputError

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
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl", "csv"]),
    default="text",
    show_default=True,
    help="For a person; a list of rows; a row a line; a line for each figure.",
)
@click.option("--published", metavar="DATE", help="Date of publication, as 2022-08-02.")
@click.option("--outlet", metavar="NAME", help="Who published the articles.")
@click.option(
    "--actors",
    "actor_files",
    type=_file,
    multiple=True,
    metavar="FILE",
    help="Also know the actors of this file, TOML or CSV; can be given again.",
)
@click.option(
    "--gazetteer",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Where the gazetteer is kept; the user's cache if not given.",
)
@click.option(
    "--threads", type=click.IntRange(1, 256), default=None, help="Passes of the model side by side."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=30.0,
    show_default=True,
    help="Seconds to wait for an address.",
)
@click.option(
    "--allow-private", is_flag=True, help="Also fetch addresses of private networks."
)  # fmt: skip
def limits_command(
    sources: tuple[str, ...],
    figure_files: tuple[Path, ...],
    limit_files: tuple[Path, ...],
    form: str,
    published: str | None,
    outlet: str | None,
    actor_files: tuple[Path, ...],
    gazetteer: Path | None,
    threads: int | None,
    timeout: float,
    allow_private: bool,  # noqa: FBT001 - a flag is what click gives
) -> None:
    """Limits of treaties and agreements beside the figures that are reported.

    Limits and figures come from news articles, given as `onrecord read` takes them, and
    from CSV files. For each limit, party and date: whether the figures are under or over
    it, disputed, unclear, or not reported, with who gives them and where. It does not say
    who is right.
    """
    from onrecord.export.overviews import counted
    from onrecord.limits.given import load_figures, load_limits

    if not sources and not limit_files:
        raise click.UsageError("Give articles that state limits, or a file of limits (--limits).")
    limits: list[Bound] = [one for path in limit_files for one in load_limits(path)]
    figures: list[Figure] = []
    for path in figure_files:
        given = load_figures(path)
        figures += given.figures
        if given.n_left_out:
            text = "left out, as the file says that no source was seen"
            _say(f"{path}: {counted(given.n_left_out, 'figure')} {text}")
    n_refused = 0
    if sources:
        found = _read(
            sources,
            published=published,
            outlet=outlet,
            timeout=timeout,
            allow_private=allow_private,
            actors=actor_files,
            gazetteer=gazetteer,
            n_threads=threads,
        )
        n_refused = _take(found, limits, figures)
    try:
        _write(limits, figures, form)
    except BrokenPipeError as error:
        # click ends with 1 for one that has a number; here it is no failure.
        raise BrokenPipeError from error
    if n_refused:
        sys.exit(_REFUSED)


def _say(message: str) -> None:
    click.echo(f"onrecord: {message}", err=True)


def _read(
    sources: Sequence[str],
    *,
    published: str | None,
    outlet: str | None,
    timeout: float,
    allow_private: bool,
    actors: tuple[Path, ...],
    gazetteer: Path | None,
    n_threads: int | None,
) -> "Iterator[Reading | Rejection]":
    from onrecord.cli.progress import Progress
    from onrecord.config import Config
    from onrecord.inputs.options import ReadOptions
    from onrecord.pipeline import Reader
    from onrecord.public import read_files

    try:
        options = ReadOptions(
            published=published, outlet=outlet, timeout_s=timeout, allow_private=allow_private
        )
    except InputError as error:
        raise click.BadParameter(error.problem, param_hint="--published") from error
    config = Config(
        n_threads=n_threads or min(4, os.cpu_count() or 1), gazetteer=gazetteer, actors=actors
    )
    with Progress(sys.stderr) as progress:
        reader = Reader(config, on_progress=progress.advance)
        for one in read_files(sources, options=options, reader=reader, on_document=progress.expect):
            progress.pause()
            yield one


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
            line = "" if one.line is None else f" line {one.line}"
            _say(f"{one.source}{line}: {one.reason}: {one.detail}")
        else:
            limits += find_limits(one)
            figures += find_figures(one)
    return n_refused


def _write(limits: "Sequence[Bound]", figures: "Sequence[Figure]", form: str) -> None:
    from onrecord.limits.comparing import compare

    rows = compare(limits, figures)
    if not rows:
        _say("no limit is stated there; --limits takes a file of limits")
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
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
