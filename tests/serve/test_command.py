"""`onrecord serve` and `onrecord demo`, without a browser and without reading articles."""

import socket
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from onrecord.cli import serve
from onrecord.errors import StoreError


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
