"""The first page: coverage of feeds, refusals, and a store with nothing in it."""

from pathlib import Path

from onrecord.feeds.tables import TABLES
from onrecord.store import open_store
from tests.serve.rooms import AT, client_of, keep


def test_an_empty_store(tmp_path: Path) -> None:
    client = client_of(keep(tmp_path))
    for path in ("/", "/stories", "/disputes", "/actors", "/map", "/commitments", "/review"):
        assert client.get(path).status_code == 200, path
    assert client.get("/search").status_code == 200
    assert "onrecord ingest" in client.get("/").text


def test_feeds_and_what_was_turned_away(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    with open_store(path, mode="write", create=True, tables=(TABLES,)) as store, store.writing():
        for outlet, failures, reason in (("Ardal Post", 0, None), ("Tarn Echo", 3, "timed out")):
            store.connection.execute(
                "INSERT INTO feeds (url, outlet, first_polled, failures, reason, next_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (f"https://news.example/{outlet}", outlet, AT, failures, reason, AT),
            )
        store.connection.execute(
            "INSERT INTO refusals (source, line, reason, detail, at)"
            " VALUES ('a', NULL, 'binary', 'a picture', ?)",
            (AT,),
        )
    page = client_of(path).get("/").text
    assert "Ardal Post" in page
    assert "cannot be read" in page
    assert "1 binary" in page
