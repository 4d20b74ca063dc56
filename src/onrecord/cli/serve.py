"""`onrecord serve` and `onrecord demo`: the reading room over a store, in the browser."""

import functools
import importlib.util
import secrets
import socket
import webbrowser
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.sources import say
from onrecord.cli.stores import db_option
from onrecord.errors import ConfigError

if TYPE_CHECKING:
    from onrecord.limits.models import Figure
    from onrecord.serve.settings import RoomSettings

LOOPBACK = "127.0.0.1"
_PORT, _TOKEN_BYTES = 8117, 24
_ANY = {"0.0.0.0", "::"}  # noqa: S104 - known as what they are, so that names can be added
_port_option = click.option(
    "--port", type=click.IntRange(0, 65535), default=_PORT, show_default=True, help="0 takes any."
)
_file = click.Path(exists=True, dir_okay=False, path_type=Path)
_open_option = click.option(
    "--open/--no-open", "is_opened", default=True, help="Open a browser, or only tell the address."
)


@click.command("serve")
@db_option(help="The store, a file that ingest makes.")
@click.option(
    "--host",
    metavar="ADDRESS",
    help="Listen here too, not on this machine alone. Readers then need a token.",
)
@click.option("--token", metavar="TEXT", help="The token; made anew if it is not given.")
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME",
    help="A name of this machine that readers use; can be given again.",
)
@click.option("--read-only", is_flag=True, help="Take no corrections.")
@click.option(
    "--figures",
    "figure_files",
    type=_file,
    multiple=True,
    metavar="FILE",
    help="Show figures of this file beside limits, CSV; can be given again.",
)
@click.option(
    "--limits",
    "limit_files",
    type=_file,
    multiple=True,
    metavar="FILE",
    help="Show limits of this file too, CSV; can be given again.",
)
@_port_option
@_open_option
def serve_command(
    db: Path,
    host: str | None,
    token: str | None,
    names: tuple[str, ...],
    read_only: bool,  # noqa: FBT001 - a flag is what click gives
    figure_files: tuple[Path, ...],
    limit_files: tuple[Path, ...],
    port: int,
    is_opened: bool,  # noqa: FBT001 - the same
) -> None:
    """Open a store in the browser: what articles say, who disputes it, and where it stands.

    It listens on this machine alone. With --host others can reach it, and must show the
    token that stands in the address it prints.
    """
    if token is not None and len(token) < _TOKEN_BYTES:
        raise click.BadParameter(f"give {_TOKEN_BYTES} signs or more", param_hint="--token")
    if host is not None and token is None:
        token = secrets.token_urlsafe(_TOKEN_BYTES)
    settings = _settings(
        db,
        host=host,
        token=token,
        names=names,
        is_writable=not read_only,
        figure_files=figure_files,
        limit_files=limit_files,
    )
    _run(settings, host=host or LOOPBACK, port=port, is_opened=is_opened)


@click.command("demo")
@click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The store to make; `onrecord-demo.db` in this folder if not given.",
)
@_port_option
@_open_option
def demo_command(db: Path | None, port: int, is_opened: bool) -> None:  # noqa: FBT001
    """Read the example articles into a store of their own, and open it in the browser.

    The articles are short, and were written for this; a second call opens what is there.
    """
    _need_server()
    db = db or Path("onrecord-demo.db")
    if not db.exists():
        say(f"reading the examples into {db}")
    take_examples(db)
    figures, limits = example_tables()
    settings = _settings(db, figure_files=figures, limit_files=limits)
    _run(settings, host=LOOPBACK, port=port, is_opened=is_opened)


def take_examples(db: Path) -> None:
    """Read the examples into a store; what is there already is passed over.

    Raises:
        ConfigError: The examples did not come with this installation.
    """
    from onrecord.cli.ingest import now
    from onrecord.cli.stores import opened, packaged_entailment
    from onrecord.config import Config
    from onrecord.ingest.ingesting import Ingester
    from onrecord.inputs.documents import read_inputs
    from onrecord.inputs.options import ReadOptions
    from onrecord.pipeline import Reader

    with opened(db, mode="write", create=True) as store:
        reader = Reader(Config())
        ingester = Ingester(store, reader, now=now, entailment=packaged_entailment())
        for path, outlet in example_files():
            options = ReadOptions(outlet=outlet)
            ingester.take(read_inputs([str(path)], options=options), source=str(path))


_SUFFIXES = {".txt", ".html", ".jsonl"}
# Plain texts do not name their outlet; the README of the examples does.
_OUTLETS = {
    "dam-breach-herald.txt": "The Saltmarsh Herald",
    "odesa-port-ledger.txt": "Quayside Ledger",
    "odesa-port-post.txt": "Brackwater Evening Post",
    "new-start-limits.txt": "Larkfield Review",
    "karabakh-towns.txt": "Ridgeway Monitor",
    "sudan-truce.txt": "Two Bridges Chronicle",
    "diesel-admission.txt": "Pellmoor Gazette",
    "salisbury-odd-marks.txt": "Ashcombe Journal",
}


def example_files() -> list[tuple[Path, str | None]]:
    """The example articles, each with the outlet that its file does not name.

    Raises:
        ConfigError: They did not come with this installation.
    """
    for folder in _example_folders():
        files = sorted(path for path in folder.glob("*.*") if path.suffix in _SUFFIXES)
        if files:
            return [(path, _OUTLETS.get(path.name)) for path in files]
    raise ConfigError(
        setting="examples", value="none", allowed="an installation with them; `serve` takes a store"
    )


def example_tables() -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The files of figures and of limits that come with the example articles."""
    files = [path for folder in _example_folders()[:1] for path in sorted(folder.glob("*.csv"))]
    is_limits = [path.stem.endswith("limits") for path in files]
    figures = tuple(path for path, one in zip(files, is_limits, strict=True) if not one)
    return figures, tuple(path for path, one in zip(files, is_limits, strict=True) if one)


def _example_folders() -> list[Path]:
    """Where examples can be: in the package, else beside the source."""
    package = Path(__file__).parent.parent
    folders = (package / "examples", package.parent.parent / "examples")
    return [folder for folder in folders if folder.is_dir()]


def _settings(
    db: Path,
    *,
    host: str | None = None,
    token: str | None = None,
    names: tuple[str, ...] = (),
    is_writable: bool = True,
    figure_files: tuple[Path, ...] = (),
    limit_files: tuple[Path, ...] = (),
) -> "RoomSettings":
    _need_server()
    from onrecord.cli.stores import opened, packaged_entailment
    from onrecord.ingest.correcting import linking_again
    from onrecord.limits.given import load_limits
    from onrecord.serve.settings import LOOPBACK_NAMES, RoomSettings

    with opened(db):
        pass  # What is wrong with the store is told before anything listens.
    own = {name.lower() for name in names}
    judge = functools.cache(packaged_entailment)
    if host is not None:
        own |= {socket.gethostname().lower()} if host in _ANY else {_as_named(host)}
    return RoomSettings(
        path=db,
        secret=secrets.token_urlsafe(_TOKEN_BYTES),
        now=lambda: datetime.now(UTC).isoformat(timespec="microseconds"),
        token=token,
        hosts=LOOPBACK_NAMES | own,
        is_writable=is_writable,
        limits=tuple(one for path in limit_files for one in load_limits(path)),
        figures=_figures(figure_files),
        linking=linking_again(judge),
        judge=judge,
    )


def _figures(files: tuple[Path, ...]) -> "tuple[Figure, ...]":
    """The figures of files; what they themselves call unseen is left out, and counted."""
    from onrecord.export.overviews import counted
    from onrecord.limits.given import load_figures

    figures: list[Figure] = []
    for path in files:
        given = load_figures(path)
        figures += given.figures
        if given.n_left_out:
            left_out = counted(given.n_left_out, "figure")
            say(f"{path}: {left_out} left out, as the file says that no source was seen")
    return tuple(figures)


def _as_named(host: str) -> str:
    """A host as addresses have it: IPv6 in brackets."""
    return f"[{host.lower()}]" if ":" in host else host.lower()


def _need_server() -> None:
    """Tell what to install if there is no server.

    Raises:
        click.UsageError: Something that it needs is not installed.
    """
    missing = [
        name
        for name in ("starlette", "uvicorn", "jinja2")
        if importlib.util.find_spec(name) is None
    ]
    if missing:
        raise click.UsageError(
            f"The reading room needs {', '.join(missing)}: pip install 'onrecord[serve]'"
        )


def _run(settings: "RoomSettings", *, host: str, port: int, is_opened: bool) -> None:
    import uvicorn

    from onrecord.serve.application import room

    listener = _listener(host, port)
    shown = LOOPBACK if host in _ANY else _as_named(host)
    address = f"http://{shown}:{listener.getsockname()[1]}/"
    if settings.token is not None:
        address += f"?token={settings.token}"
    say(f"the reading room is open at {address}")
    say("stop it with Ctrl-C")
    if is_opened:
        webbrowser.open(address)
    config: dict[str, Any] = {"log_level": "warning", "server_header": False, "access_log": False}
    server = uvicorn.Server(uvicorn.Config(room(settings), **config))
    server.run(sockets=[listener])


def _listener(host: str, port: int) -> socket.socket:
    """A socket that listens, so that the address is known before a browser asks.

    Raises:
        click.ClickException: The port is taken, or the address is none of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        problem = f"cannot listen on {host} port {port}: {error.strerror}; --port takes another"
        raise click.ClickException(problem) from error
    listener.listen(128)
    return listener
