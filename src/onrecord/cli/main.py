"""The command `onrecord`. Data goes to standard output, everything else to standard error.

Exit status: 0 all was read, 1 some inputs were refused (of a run: some shards failed), 2 the
call was wrong or the output is full, 130 stopped from the keyboard, 143 a run was told to end.
"""

import errno
import os
import sys

import click

from onrecord.cli.correct import correct_commands, quality_command
from onrecord.cli.export import export_command
from onrecord.cli.gazetteer import gazetteer_commands
from onrecord.cli.ingest import delete_command, ingest_command, relink_command
from onrecord.cli.lake import lake_commands
from onrecord.cli.limits import limits_command
from onrecord.cli.queries import QUERY_COMMANDS
from onrecord.cli.read import read_command
from onrecord.cli.registry import actors_commands
from onrecord.cli.run import run_command
from onrecord.cli.serve import demo_command, serve_command
from onrecord.cli.watch import watch_command
from onrecord.errors import OnRecordError
from onrecord.versions import software_version

_USAGE, _STOPPED = 2, 130
# What a system says of an output that takes no more: the disk or a share of it is full, a file
# has grown to what it may be, the device fails.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(software_version(), prog_name="onrecord", message="%(prog)s %(version)s")
def commands() -> None:
    """The open record of who says what happened, and who disputes it. No verdicts."""


for _command in (
    *(read_command, run_command, ingest_command, *QUERY_COMMANDS, limits_command, export_command),
    *(serve_command, watch_command, correct_commands, quality_command, actors_commands),
    demo_command,
    *(lake_commands, relink_command, delete_command, gazetteer_commands),
):
    commands.add_command(_command)


def main() -> None:
    """Run the command; no traceback reaches a user for what a user can cause."""
    # Builds of ONNX Runtime that report how they are used make a file for it on loading.
    os.putenv("ORT_DISABLE_TELEMETRY", "1")
    try:
        code = commands.main(standalone_mode=False)
        sys.stdout.flush()
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
    except OSError as error:
        if error.errno not in _FULL:
            raise
        click.echo(f"onrecord: the output cannot be written: {error.strerror}", err=True)
        _close_quietly()
        os._exit(_USAGE)
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
