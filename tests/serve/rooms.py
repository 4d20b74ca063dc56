"""Rooms over small stores made by hand, and a client that asks them."""

from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

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
