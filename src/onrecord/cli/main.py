"""The command `onrecord`. Data goes to standard output, everything else to standard error.

Exit status: 0 all was read, 1 some inputs were refused, 2 the call was wrong,
130 stopped from the keyboard.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from onrecord.cli.gazetteer import gazetteer_commands
from onrecord.cli.limits import limits_command
from onrecord.errors import InputError, OnRecordError
from onrecord.versions import software_version

if TYPE_CHECKING:
    from onrecord.cli.progress import Progress
    from onrecord.config import Config
    from onrecord.inputs.options import ReadOptions
    from onrecord.records import Reading, Rejection

_REFUSED, _USAGE, _STOPPED = 1, 2, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(software_version(), prog_name="onrecord", message="%(prog)s %(version)s")
def commands() -> None:
    """The open record of who says what happened, and who disputes it. No verdicts."""


commands.add_command(gazetteer_commands)
commands.add_command(limits_command)


@commands.command("read")
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
@click.option("--published", metavar="DATE", help="Date of publication, as 2022-08-02.")
@click.option("--outlet", metavar="NAME", help="Who published it.")
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file."
)
@click.option(
    "--actors",
    "actor_files",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
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
def read_command(
    sources: tuple[str, ...],
    form: str,
    published: str | None,
    outlet: str | None,
    output: Path | None,
    actor_files: tuple[Path, ...],
    gazetteer: Path | None,
    threads: int | None,
    timeout: float,
    allow_private: bool,  # noqa: FBT001 - a flag is what click gives
) -> None:
    """Every statement in news articles, at its exact words.

    Reads text, HTML and JSON Lines files, folders, web addresses, and - for standard
    input. What is no article is named on standard error with the reason, and the exit
    status is then 1; the rest is read all the same.
    """
    from onrecord.cli.progress import Progress
    from onrecord.config import Config
    from onrecord.inputs.options import ReadOptions

    try:
        options = ReadOptions(
            published=published, outlet=outlet, timeout_s=timeout, allow_private=allow_private
        )
    except InputError as error:
        raise click.BadParameter(error.problem, param_hint="--published") from error
    with _writable(output) as stream, Progress(sys.stderr) as progress:
        config = Config(
            n_threads=threads or min(4, os.cpu_count() or 1),
            gazetteer=gazetteer,
            actors=actor_files,
        )
        found = _found(sources, options, config, progress)
        n_refused = _write(found, stream, form, is_file=output is not None, progress=progress)
    if n_refused:
        sys.exit(_REFUSED)


def _found(
    sources: Iterable[str], options: "ReadOptions", config: "Config", progress: "Progress"
) -> Iterator["Reading | Rejection"]:
    from onrecord.pipeline import Reader
    from onrecord.public import read_files

    reader = Reader(config, on_progress=progress.advance)
    return read_files(sources, options=options, reader=reader, on_document=progress.expect)


def _write(
    found: Iterable["Reading | Rejection"],
    stream: TextIO,
    form: str,
    *,
    is_file: bool,
    progress: "Progress",
) -> int:
    """Write all readings; the number of rejections, each of which is a line on stderr."""
    from onrecord.cli.views import writer_of
    from onrecord.records import Rejection

    writer = writer_of(form, stream, is_file=is_file)
    n_refused = 0
    for item in found:
        progress.pause()
        if isinstance(item, Rejection):
            n_refused += 1
            line = "" if item.line is None else f" line {item.line}"
            click.echo(f"onrecord: {item.source}{line}: {item.reason}: {item.detail}", err=True)
        else:
            writer.write(item)
    writer.close()
    return n_refused


@contextmanager
def _writable(output: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that appears under its name only when it is complete."""
    if output is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
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


def main() -> None:
    """Run the command; no traceback reaches a user for what a user can cause."""
    # Builds of ONNX Runtime that report how they are used make a file for it on loading.
    os.putenv("ORT_DISABLE_TELEMETRY", "1")
    try:
        code = commands.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("onrecord: stopped", err=True)
        _close_quietly()
        os._exit(_STOPPED)
    except BrokenPipeError:
        # The reader of our output, such as `head`, has gone: nothing is left to do.
        _close_quietly()
        os._exit(0)
    except OnRecordError as error:
        click.echo(f"onrecord: {error}", err=True)
        sys.exit(_USAGE)
    sys.exit(code if isinstance(code, int) else 0)


def _close_quietly() -> None:
    """Flush what can be flushed; the interpreter must not try again on its way out."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            devnull = os.open(os.devnull, os.O_WRONLY)
            os.dup2(devnull, stream.fileno())


if __name__ == "__main__":
    main()
