"""`onrecord run`: any number of inputs into a lake, on all cores or on a cluster."""

import json
import os
import signal
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

from onrecord.cli.reading_options import ReadingSettings, reading_options
from onrecord.cli.sources import say

if TYPE_CHECKING:
    from onrecord.cli.run_progress import RunProgress
    from onrecord.scale.engines import Engine
    from onrecord.scale.tallies import Tally
    from onrecord.scale.tasks import WorkerSettings

_FAILED, _TERMINATED = 1, 143
_SHOWN_FAILURES = 20


@click.command("run")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "--output", "-o", required=True, metavar="FOLDER|URL", help="The lake; made if not there."
)
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Processes of this machine, or a Ray cluster.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 100_000),
    help="Readers side by side; if not given, one for each core.",
)
@click.option(
    "--address",
    metavar="ADDRESS",
    help="The Ray cluster, such as auto; if not given, one of this machine is started.",
)
@click.option(
    "--shard-mb",
    type=click.FloatRange(min=0.01, max=1000),
    default=8.0,
    show_default=True,
    help="Megabytes of text that are done or not done together.",
)
@click.option(
    "--capture-date",
    is_flag=True,
    help="Pages of web archives that name no date were published when they were fetched;"
    " true of daily crawls of news alone.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The counts at the end: for a person, or as one JSON object.",
)
@click.option("--quiet", "-q", is_flag=True, help="No lines of progress in a log.")
@reading_options
def run_command(
    inputs: tuple[str, ...], output: str, form: str, settings: ReadingSettings, **given: Any
) -> None:
    """Read any number of articles into a lake: a folder of Parquet tables, by month.

    INPUT is a file, a folder, a pattern such as 'news/*.warc.gz', an address of an object
    store such as s3://bucket/folder, a web address, or @FILE with one of them on each line.
    Takes the kinds of file that `onrecord read` takes.

    The work is cut into shards. A shard is done when all its tables are written; the same
    command does what is missing. What fails three times is listed, and the exit status is
    then 1. Articles that are turned away are kept as refusals, and do not change it.
    """
    from onrecord.cli.run_progress import RunProgress
    from onrecord.errors import RunError

    before = signal.signal(signal.SIGTERM, _terminate)
    with RunProgress(sys.stderr, has_lines=not given.pop("quiet")) as progress:
        try:
            tally = _run(inputs, output, settings, progress, **given)
        except RunError as error:
            progress.pause()
            say(f"{error}; {_kept(progress.tally)}")
            sys.exit(_FAILED)
        except (KeyboardInterrupt, SystemExit):
            progress.pause()
            say(f"{_kept(progress.tally)}, and the same command goes on from there")
            raise
        finally:
            signal.signal(signal.SIGTERM, before)
    _say_end(tally, form)
    if tally.failed:
        sys.exit(_FAILED)


def _run(
    inputs: tuple[str, ...],
    output: str,
    settings: ReadingSettings,
    progress: "RunProgress",
    *,
    engine: str,
    workers: int | None,
    address: str | None,
    shard_mb: float,
    capture_date: bool,
) -> "Tally":
    import dataclasses

    from onrecord.lake import open_lake
    from onrecord.pipeline import Reader
    from onrecord.scale.planning import MEGABYTE
    from onrecord.scale.running import run_shards
    from onrecord.scale.sources import check_named
    from onrecord.scale.tasks import WorkerSettings

    if address is not None and engine != "ray":
        raise click.BadParameter("it is for --engine ray", param_hint="--address")
    check_named(inputs)
    config = dataclasses.replace(settings.config(), n_threads=settings.threads or 1)
    lake = open_lake(output, Reader(config).run, create=True)
    worker_settings = WorkerSettings(
        lake=lake.url,
        run=lake.run,
        config=config,
        options=dataclasses.replace(settings.options(), use_capture_date=capture_date),
    )
    return run_shards(
        inputs,
        lake,
        _engine(engine, worker_settings, workers, address),
        shard_bytes=int(shard_mb * MEGABYTE),
        on_change=progress.show,
    )


def _engine(
    name: str, settings: "WorkerSettings", workers: int | None, address: str | None
) -> "Engine":
    if name == "ray":
        from onrecord.scale.clusters import RayEngine

        return RayEngine(settings, n_workers=workers, address=address)
    from onrecord.scale.local import LocalEngine

    return LocalEngine(settings, n_workers=workers or _n_cores())


def _n_cores() -> int:
    """The cores that this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _terminate(_number: int, _frame: object) -> NoReturn:
    sys.exit(_TERMINATED)


def _kept(tally: "Tally") -> str:
    n_done = tally.n_known + tally.n_finished
    return f"{n_done:,} {'shard is' if n_done == 1 else 'shards are'} done; what is done stays"


def _say_end(tally: "Tally", form: str) -> None:
    from onrecord.cli.run_progress import words_of

    for failed in tally.failed[:_SHOWN_FAILURES]:
        sources = [piece.source for piece in failed.pieces]
        more = f" and {len(sources) - 1:,} more" if len(sources) > 1 else ""
        say(f"shard {failed.id} ({sources[0]}{more}) failed: {failed.reason}")
    if len(tally.failed) > _SHOWN_FAILURES:
        say(f"{len(tally.failed) - _SHOWN_FAILURES:,} more shards failed")
    if form == "json":
        click.echo(json.dumps(tally.as_json()))
        return
    before = f", {tally.n_known:,} done before" if tally.n_known else ""
    failures = f", {len(tally.failed):,} failed" if tally.failed else ""
    say(f"{tally.n_finished:,} shards done{before}{failures}: {words_of(tally)}")
