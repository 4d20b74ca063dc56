"""Rooms over small stores made by hand, and a client that asks them."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from onrecord.cli.serve import example_tables
from onrecord.limits.given import load_figures, load_limits
from onrecord.records import Reading
from onrecord.serve.application import room
from onrecord.serve.settings import RoomSettings
from onrecord.store import open_store

AT = "2026-01-01T00:00:00Z"


def settings_of(path: Path, **changes: Any) -> RoomSettings:
    """A room that any test may ask, with a clock that goes on by a second each time."""
    ticks = iter(range(10_000))
    values: dict[str, Any] = {
        "path": path,
        "secret": "a secret of the tests",
        "now": lambda: f"2026-01-01T{next(ticks):06d}Z",
        "hosts": frozenset({"testserver"}),
    }
    return RoomSettings(**(values | changes))


def client_of(path: Path, **changes: Any) -> TestClient:
    """A client of a room; what fails inside of it is an answer, as for a browser."""
    application = room(settings_of(path, **changes))
    return TestClient(application, raise_server_exceptions=False, follow_redirects=False)


def serve(path: Path) -> Iterator[str]:
    """The address of a room that listens until the next turn; it has the example figures."""
    import uvicorn

    figures, limits = example_tables()
    settings = settings_of(
        path,
        hosts=frozenset({"127.0.0.1"}),
        figures=tuple(one for given in figures for one in load_figures(given).figures),
        limits=tuple(one for given in limits for one in load_limits(given)),
    )
    server = uvicorn.Server(uvicorn.Config(room(settings), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def keep(folder: Path, *readings: Reading) -> Path:
    """A store with some readings, and nothing across them."""
    path = folder / "own.db"
    with open_store(path, mode="write", create=True) as store, store.writing():
        for reading in readings:
            store.add(reading, at=AT)
    return path


def ids(client: TestClient) -> dict[str, str]:
    """An id of each kind of page, from the pages that list them."""
    home = client.get("/index.json").json()
    return {
        "article": next(one["id"] for one in home["articles"] if one["title"] == "Harbour shelled"),
        "story": home["stories"][0]["id"],
        "claim": home["disputes"][0]["claim"],
        "actor": client.get("/actors.json", params={"q": "Bo"}).json()["actors"][0]["id"],
    }
