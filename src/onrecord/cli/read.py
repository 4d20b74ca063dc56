"""`onrecord read`: the record of articles, printed."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from onrecord.cli.outputs import writable
from onrecord.cli.reading_options import ReadingSettings, reading_options
from onrecord.cli.sources import readings_of, say_refused

if TYPE_CHECKING:
    from onrecord.records import Reading, Rejection

_REFUSED = 1


@click.command("read")
@click.argument("sources", nargs=-1, required=True, metavar="PATH|URL|-...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl", "events-csv", "events-parquet"]),
    default="text",
    show_default=True,
    help="For a person; one JSON object (a list of them for several articles); one a line;"
    " a table of the events, for a spreadsheet or for a program.",
)
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file."
)
@reading_options
def read_command(
    sources: tuple[str, ...], form: str, output: Path | None, settings: ReadingSettings
) -> None:
    """Every statement in news articles, at its exact words.

    Reads text, HTML and JSON Lines files, folders, web addresses, and - for standard
    input. What is no article is named on standard error with the reason, and the exit
    status is then 1; the rest is read all the same.
    """
    from onrecord.cli.progress import Progress

    options = settings.options()
    with writable(output) as stream, Progress(sys.stderr) as progress:
        found = readings_of(sources, settings, options, progress)
        n_refused = _write(found, stream, form, is_file=output is not None)
    if n_refused:
        sys.exit(_REFUSED)


def _write(
    found: Iterable["Reading | Rejection"],
    stream: TextIO,
    form: str,
    *,
    is_file: bool,
) -> int:
    """Write all readings; the number of rejections, each of which is a line on stderr."""
    from onrecord.cli.views import writer_of
    from onrecord.records import Rejection

    writer = writer_of(form, stream, is_file=is_file)
    n_refused = 0
    for item in found:
        if isinstance(item, Rejection):
            n_refused += 1
            say_refused(item)
        else:
            writer.write(item)
    writer.close()
    return n_refused
