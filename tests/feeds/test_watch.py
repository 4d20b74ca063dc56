"""The command, without a model and without the network, but for one round over loopback."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import watch
from onrecord.cli.reading_options import ReadingSettings
from onrecord.feeds.tables import TABLES
from onrecord.store import open_store
from tests.feeds.worlds import FEED, World, article, item, rss
from tests.inputs.test_fetching import Server, answer

CONFIG = f'[[feed]]\nurl = "{FEED}"\noutlet = "Port Quill Courier"\n'


def run(tmp_path: Path, *more: str, config: str = CONFIG) -> Result:
    (tmp_path / "feeds.toml").write_text(config)
    given = [str(tmp_path / "feeds.toml"), "--db", str(tmp_path / "news.db"), *more]
    return CliRunner().invoke(watch.watch_command, given)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A store in which a feed was watched."""
    world = World()
    clock = world.clock
    dates = [clock.now().replace(hour=hour) for hour in range(8)]
    stamps = [date.strftime("%a, %d %b %Y %H:%M:%S GMT") for date in dates]
    world.web.put_feed(*(item(n, whole=True, date=stamp) for n, stamp in enumerate(stamps)))
    with open_store(tmp_path / "news.db", create=True, tables=(TABLES,)) as store:
        world.store = store  # type: ignore[assignment]
        world.poller = world.new_poller()
        world.poll()
        clock.pass_by(days=1)
        world.poll()
    return tmp_path


def test_a_report_for_a_person(kept: Path) -> None:
    done = run(kept, "--report")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        f"Port Quill Courier · {FEED}",
        "  last read 2026-03-03T08:00:20Z · last new 2026-03-02T08:00:02Z · 6 articles a day",
        "  SILENT since 2026-03-02T07:00:00Z (usually at most 1 h between articles)",
    ]


def test_a_report_for_programs(kept: Path) -> None:
    (row,) = json.loads(run(kept, "--report", "--format", "json").stdout)
    assert (row["outlet"], row["n_entries"], row["per_day"]) == ("Port Quill Courier", 8, 6.0)
    assert row["silent_since"] == "2026-03-02T07:00:00Z"
    (line,) = csv.DictReader(io.StringIO(run(kept, "--report", "--format", "csv").stdout))
    assert {key: str(value) for key, value in row.items() if value is not None} == {
        key: value for key, value in line.items() if value
    }


def test_a_report_on_a_feed_that_was_not_watched_yet(kept: Path) -> None:
    done = run(kept, "--report", config=CONFIG.replace("feed.xml", "other.xml"))
    assert done.stdout == ""
    assert "was not watched yet" in done.stderr


def test_a_report_on_no_store(tmp_path: Path) -> None:
    done = run(tmp_path, "--report")
    assert done.exit_code != 0
    assert "news.db" in str(done.exception)


def test_a_file_of_feeds_that_is_wrong(tmp_path: Path) -> None:
    done = run(tmp_path, config="[[feed]]\nurl = 1")
    assert "feed 1 (line 1): it has no url" in str(done.exception)
    assert not (tmp_path / "news.db").exists()


@pytest.mark.parametrize("more", [("--interval", "0"), ("--delay", "0"), ("--format", "xml")])
def test_options_that_are_wrong(tmp_path: Path, more: tuple[str, str]) -> None:
    assert run(tmp_path, *more).exit_code == 2


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.mark.network
def test_one_round(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[object] = []
    monkeypatch.setattr(watch, "_open", lambda db: open_store(db, create=True, tables=(TABLES,)))
    monkeypatch.setattr(
        watch, "_taker", lambda _store, _settings: lambda found, source: taken.extend(found)
    )
    feed = rss(item(1), item(2)).replace("https://courier.example", server.url(""))
    server.answers["/robots.txt"] = answer(b"", kind="text/plain")
    server.answers["/feed.xml"] = answer(feed.encode(), kind="text/xml")
    server.answers["/1"] = answer(article("Gate 1 shut").encode())
    server.answers["/2"] = answer(b"", status="410 Gone")
    config = CONFIG.replace(FEED, server.url("/feed.xml"))
    done = run(tmp_path, "--once", "--allow-private", "--delay", "0.5", config=config)
    assert done.exit_code == 1, done.output
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "onrecord: Port Quill Courier: 2 new articles",
        f"onrecord: {server.url('/2')}: not_found: the server answers 410",
    ]
    assert len(taken) == 2
    again = run(tmp_path, "--once", "--allow-private", "--delay", "0.5", config=config)
    assert again.exit_code == 0
    assert again.stderr == "onrecord: Port Quill Courier: 0 new articles\n"


@pytest.mark.weights
def test_what_is_watched_is_linked_as_what_is_ingested(tmp_path: Path) -> None:
    settings = ReadingSettings(
        published=None,
        outlet=None,
        actor_files=(),
        gazetteer=None,
        threads=None,
        timeout=1.0,
        allow_private=False,
    )
    with open_store(tmp_path / "news.db", create=True, tables=(TABLES,)) as store:
        assert watch._ingester(store, settings).entailment is not None
