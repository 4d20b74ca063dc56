"""What commands that read articles share: reading with a progress bar, naming what is refused."""

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from onrecord.cli.reading_options import ReadingSettings

if TYPE_CHECKING:
    from onrecord.cli.progress import Progress
    from onrecord.inputs.options import ReadOptions
    from onrecord.records import Reading, Rejection


def readings_of(
    sources: Iterable[str],
    settings: ReadingSettings,
    options: "ReadOptions",
    progress: "Progress",
) -> "Iterator[Reading | Rejection]":
    """What stands in some sources, in their order, with a bar while it takes long."""
    from onrecord.pipeline import Reader
    from onrecord.public import read_files

    reader = Reader(settings.config(), on_progress=progress.advance, owns_process=True)
    for one in read_files(sources, options=options, reader=reader, on_document=progress.expect):
        progress.pause()
        yield one


def say(message: str) -> None:
    """A line on standard error."""
    click.echo(f"onrecord: {message}", err=True)


def say_refused(rejection: "Rejection") -> None:
    """Name an input that was turned away, and why."""
    line = "" if rejection.line is None else f" line {rejection.line}"
    say(f"{rejection.source}{line}: {rejection.reason}: {rejection.detail}")


def plain_stdout() -> None:
    """Make standard output take any text: UTF-8, and what that cannot hold is escaped."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
