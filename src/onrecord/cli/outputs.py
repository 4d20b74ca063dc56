"""Where a command writes: standard output, or a file that is there only when it is complete."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from onrecord.cli.sources import plain_stdout


@contextmanager
def writable(output: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that appears under its name only when it is complete."""
    if output is None:
        plain_stdout()
        try:
            yield sys.stdout
            sys.stdout.flush()
        except BrokenPipeError as error:
            # click ends with 1 for one that has a number; here it is no failure.
            raise BrokenPipeError from error
        return
    if output.exists() and not output.is_file():
        # A device or a pipe, such as /dev/null, is written to and never replaced.
        with _opened(output, output) as stream:
            yield stream
        return
    part = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with _opened(part, output) as stream:
            yield stream
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _opened(path: Path, named: Path) -> Iterator[TextIO]:
    try:
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            yield stream
    except OSError as error:
        raise click.BadParameter(
            f"{named}: {error.strerror or error}", param_hint="--output"
        ) from error
