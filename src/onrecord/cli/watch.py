"""`onrecord watch`: polls the feeds of a file, keeps what is new, reports what is missing."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.reading_options import ReadingSettings
from onrecord.cli.sources import plain_stdout, say, say_refused

if TYPE_CHECKING:
    from onrecord.feeds.clocks import SystemClock
    from onrecord.feeds.configs import FeedConfig
    from onrecord.feeds.coverage import FeedCoverage
    from onrecord.feeds.polling import Poller
    from onrecord.feeds.settings import Event, PollOptions
    from onrecord.ingest.ingesting import Ingester
    from onrecord.records import Document, Rejection
    from onrecord.store import Store

_REFUSED = 1


@click.command("watch")
@click.argument("feeds", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE",
    help="The store; made if it is not there.",
)
@click.option("--once", is_flag=True, help="Poll every feed once, read what is new, and end.")
@click.option(
    "--interval",
    type=click.FloatRange(min=1, max=10_080),
    default=15.0,
    show_default=True,
    metavar="MIN",
    help="Minutes between two polls of a feed that names no interval itself.",
)
@click.option(
    "--delay",
    type=click.FloatRange(min=0.5, max=300),
    default=2.0,
    show_default=True,
    metavar="SEC",
    help="Seconds between two requests to one host; more where its robots.txt asks for it.",
)
@click.option("--report", is_flag=True, help="Fetch nothing; show what the watch has brought.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="Of the report: for a person; a list of feeds; a line for each feed.",
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
@click.option("--allow-private", is_flag=True, help="Also fetch addresses of private networks.")
def watch_command(
    feeds: Path,
    db: Path,
    once: bool,  # noqa: FBT001 - a flag is what click gives
    interval: float,
    delay: float,
    report: bool,  # noqa: FBT001 - the same
    form: str,
    actor_files: tuple[Path, ...],
    gazetteer: Path | None,
    threads: int | None,
    timeout: float,
    allow_private: bool,  # noqa: FBT001 - the same
) -> None:
    """Watch news feeds: read what is new, and show which have fallen silent.

    FEEDS is a TOML file with a table [[feed]] for each feed: url, outlet, and if wanted
    language, interval (minutes) and family (of outlets of one publisher). Ends with the
    keyboard (Ctrl-C); what was being read then is read the next time.
    """
    from onrecord.feeds.configs import load_feeds

    configs = load_feeds(feeds)
    if report:
        _report(db, configs, form)
        return
    settings = ReadingSettings(
        published=None,
        outlet=None,
        actor_files=actor_files,
        gazetteer=gazetteer,
        threads=threads,
        timeout=timeout,
        allow_private=allow_private,
    )
    from onrecord.feeds.settings import PollOptions

    options = PollOptions(interval_s=60 * interval, delay_s=delay, read=settings.options())
    _watch(db, configs, settings, options, is_once=once)


def _watch(
    db: Path,
    configs: "tuple[FeedConfig, ...]",
    settings: ReadingSettings,
    options: "PollOptions",
    *,
    is_once: bool,
) -> None:
    from onrecord.feeds.clocks import SystemClock

    clock, refused = SystemClock(), list[str]()

    def on_event(event: "Event") -> None:
        _say_event(event)
        if event.refused is not None and not event.is_from_feed:
            refused.append(event.refused.source)

    with _open(db) as store:
        poller = _poller(store, settings, options, clock, on_event)
        poller.poll(configs, only_due=not is_once)
        while not is_once:
            wait_s = (poller.next_at(configs) - clock.now()).total_seconds()
            clock.sleep(min(max(1.0, wait_s), options.interval_s))
            poller.poll(configs)
    if refused:
        sys.exit(_REFUSED)


def _open(db: Path) -> "Store":
    from onrecord.ingest.linking import TABLES
    from onrecord.store import open_store

    return open_store(db, mode="write", create=True, tables=TABLES)


def _poller(
    store: "Store",
    settings: ReadingSettings,
    options: "PollOptions",
    clock: "SystemClock",
    on_event: "Callable[[Event], None]",
) -> "Poller":
    import random

    from onrecord.feeds.polling import Poller
    from onrecord.inputs.fetching import fetch

    return Poller(
        store,
        _taker(store, settings),
        fetch=lambda url, request: fetch(url, options.read, request),
        clock=clock,
        chance=random.random,
        options=options,
        on_event=on_event,
    )


def _taker(store: "Store", settings: ReadingSettings) -> "Callable[..., object]":
    """What takes articles into the store; the model is loaded when the first one comes."""
    made: list[Ingester] = []

    def take(found: "Iterable[Document | Rejection]", *, source: str | None) -> object:
        if not made:
            made.append(_ingester(store, settings))
        return made[0].take(found, source=source)

    return take


def _ingester(store: "Store", settings: ReadingSettings) -> "Ingester":
    from onrecord.cli.stores import packaged_entailment
    from onrecord.feeds.clocks import SystemClock
    from onrecord.feeds.schedules import stamp
    from onrecord.ingest.ingesting import Ingester
    from onrecord.pipeline import Reader

    return Ingester(
        store,
        Reader(settings.config(), owns_process=True),
        now=lambda: stamp(SystemClock().now()),
        entailment=packaged_entailment(),
        on_failure=say_refused,
    )


def _say_event(event: "Event") -> None:
    if event.n_new is not None:
        articles = "article" if event.n_new == 1 else "articles"
        say(f"{event.config.outlet}: {event.n_new} new {articles}")
    if event.refused is not None and event.is_from_feed:
        refused = event.refused
        say(f"{refused.source}: text of the feed taken, as {refused.reason}: {refused.detail}")
    elif event.refused is not None:
        say_refused(event.refused)


def _report(db: Path, configs: "tuple[FeedConfig, ...]", form: str) -> None:
    from onrecord.feeds.coverage import read_coverage
    from onrecord.store import open_store

    with open_store(db, mode="read") as store:
        rows = read_coverage(store.connection, {config.url for config in configs})
    known = {row.url for row in rows}
    for config in configs:
        if config.url not in known:
            say(f"{config.outlet}: {config.url} was not watched yet")
    plain_stdout()
    try:
        _write(rows, form)
        sys.stdout.flush()
    except BrokenPipeError as error:
        # click ends with 1 for one that has a number; here it is no failure.
        raise BrokenPipeError from error


def _write(rows: "list[FeedCoverage]", form: str) -> None:
    import csv
    import dataclasses
    import json

    from onrecord.feeds.coverage import FeedCoverage

    if form == "json":
        printed = [row.as_json() for row in rows]
        sys.stdout.write(json.dumps(printed, ensure_ascii=False, indent=1) + "\n")
    elif form == "csv":
        names = [field.name for field in dataclasses.fields(FeedCoverage)]
        writer = csv.DictWriter(sys.stdout, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row.as_json() for row in rows)
    else:
        for row in rows:
            sys.stdout.write("\n".join(_lines(row)) + "\n")


def _lines(row: "FeedCoverage") -> Iterable[str]:
    yield f"{row.outlet} · {row.url}"
    rate = "" if row.per_day is None else f" · {row.per_day:g} articles a day"
    yield f"  last read {row.last_success or 'never'} · last new {row.last_new or 'never'}{rate}"
    if row.n_waiting or row.n_refused:
        yield f"  {row.n_entries} seen · {row.n_waiting} waiting · {row.n_refused} refused"
    if row.silent_since:
        usual = f"usually at most {row.usual_pause_h:g} h between articles"
        yield f"  SILENT since {row.silent_since} ({usual})"
    if row.failures:
        times = "once" if row.failures == 1 else f"{row.failures} times in a row"
        yield f"  FAILED {times}: {row.reason}: {row.detail} (next try {row.next_at})"
