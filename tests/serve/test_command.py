"""`onrecord serve` and `onrecord demo`, without a browser and without reading articles."""

import socket
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from onrecord.cli import serve
from onrecord.errors import InputError, StoreError
from onrecord.store import open_store


def settings(path: Path, **given):
    return serve._settings(path, **given)


def test_it_listens_on_this_machine_alone(own_path: Path) -> None:
    found = settings(own_path)
    assert found.token is None
    assert found.hosts == {"localhost", "127.0.0.1", "[::1]"}


def test_other_names_are_added(own_path: Path) -> None:
    found = settings(own_path, host="192.0.2.7", token="t" * 24, names=("Archive.Example",))
    assert {"192.0.2.7", "archive.example"} < found.hosts
    assert "[2001:db8::1]" in settings(own_path, host="2001:DB8::1", token="t" * 24).hosts


def test_an_open_host_always_has_a_token(own_path: Path, monkeypatch) -> None:
    opened = []
    monkeypatch.setattr(serve, "_run", lambda settings, **more: opened.append((settings, more)))
    command = ["--db", str(own_path), "--host", "0.0.0.0", "--no-open"]
    assert CliRunner().invoke(serve.serve_command, command).exit_code == 0
    ((found, more),) = opened
    assert len(found.token or "") >= 24
    assert more["host"] == "0.0.0.0"


def test_short_tokens_are_refused(own_path: Path) -> None:
    answer = CliRunner().invoke(serve.serve_command, ["--db", str(own_path), "--token", "secret"])
    assert answer.exit_code == 2
    assert "24" in answer.output


def test_what_is_no_store_is_told_before_anything_listens(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        settings(tmp_path / "nothing.db")


def test_a_taken_port_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(click.ClickException, match="--port takes another"):
            serve._listener("127.0.0.1", taken.getsockname()[1])


def test_without_a_server_it_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setattr(serve.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(click.UsageError, match=r"onrecord\[serve\]"):
        serve._need_server()


def test_examples_have_outlets() -> None:
    files = serve.example_files()
    assert len(files) >= 11
    assert all(outlet or path.suffix in {".html", ".jsonl"} for path, outlet in files)
    assert not [path for path, _ in files if path.name.startswith((".", "README"))]


def test_limits_and_figures_of_files_are_read_at_the_start(own_path: Path, monkeypatch) -> None:
    opened = []
    monkeypatch.setattr(serve, "_run", lambda settings, **_: opened.append(settings))
    figures, limits = serve.example_tables()
    command = ["--db", str(own_path), "--limits", str(limits[0])]
    command += [part for path in figures for part in ("--figures", str(path))]
    assert CliRunner().invoke(serve.serve_command, command).exit_code == 0
    assert {one.instrument for one in opened[0].limits} == {"New START"}
    assert {one.value for one in opened[0].figures} >= {1515.0, 901.0}


def test_a_file_with_a_fault_is_told_before_anything_listens(
    own_path: Path, tmp_path: Path
) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text("party,date,what,value\nNO,yesterday,tanks,5\n")
    with pytest.raises(InputError, match=r"wrong\.csv, line 2"):
        settings(own_path, figure_files=(path,))


def test_the_demo_shows_the_figures_of_the_examples(tmp_path: Path, monkeypatch) -> None:
    opened = []
    monkeypatch.setattr(serve, "_run", lambda settings, **_: opened.append(settings))
    monkeypatch.setattr(serve, "take_examples", lambda db: open_store(db, create=True).close())
    command = ["--db", str(tmp_path / "demo.db"), "--no-open"]
    answer = CliRunner().invoke(serve.demo_command, command)
    assert answer.exit_code == 0, answer.output
    assert len(opened[0].limits) == 3
    assert len(opened[0].figures) > 90
