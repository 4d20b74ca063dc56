"""What a browser may keep: a page is asked for again, and is sent only if something changed."""

import shutil
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.serve.stamps import Stamps
from onrecord.store import open_store
from tests.serve.rooms import client_of, ids

TOKEN = "a token of twenty-four signs"


def mark(client: TestClient, path: str) -> str:
    return client.get(path).headers["etag"]


def again(client: TestClient, path: str, shown: str) -> int:
    return client.get(path, headers={"if-none-match": shown}).status_code


def refuse_something(path: Path) -> None:
    """What another program does: one small transaction."""
    with open_store(path, mode="write") as store, store.writing():
        store.connection.execute(
            "INSERT INTO refusals (source, reason, detail, at) VALUES ('x', 'empty', '', '2026')"
        )


def test_nothing_is_sent_twice(client: TestClient, found: dict[str, str]) -> None:
    for path in ("/", "/index.json", "/search?q=Odesa", f"/article/{found['article']}"):
        shown = mark(client, path)
        answer = client.get(path, headers={"if-none-match": f'"another", {shown}'})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == shown
        assert answer.headers["cache-control"] == "private, no-cache"
        assert "server-timing" in answer.headers


def test_each_address_and_reader_has_a_mark_of_its_own(client: TestClient) -> None:
    marks = {mark(client, path) for path in ("/", "/index.json", "/search", "/search?q=Odesa")}
    marks.add(client.get("/", headers={"cookie": "onrecord_by=Ada"}).headers["etag"])
    assert len(marks) == 5


def test_what_another_program_writes_is_seen(own_path: Path, own_client: TestClient) -> None:
    shown = mark(own_client, "/index.json")
    refuse_something(own_path)
    answer = own_client.get("/index.json", headers={"if-none-match": shown})
    assert answer.status_code == 200
    assert answer.headers["etag"] != shown
    assert [one["reason"] for one in answer.json()["refusals"]] == ["empty"]


def test_a_correction_is_seen(own_client: TestClient) -> None:
    address = f"/article/{ids(own_client)['article']}"
    shown = mark(own_client, address)
    twin = own_client.get(f"{address}.json").json()
    row = next(one["id"] for one in twin["rows"] if one["kind"] == "statement")
    page = own_client.get("/review").text
    key = page.split('name="form_key" value="')[1].split('"')[0]
    form = {"decision": "reject", "row": row, "by": "Ada", "form_key": key}
    form["document"] = twin["reading"]["document"]["id"]
    assert own_client.post("/review/decide", data=form).status_code == 303
    assert again(own_client, address, shown) == 200
    assert row not in own_client.get(f"{address}.json").text


def test_another_file_in_its_place_is_seen(own_path: Path) -> None:
    client = client_of(own_path)
    shown = mark(client, "/")
    copy = own_path.with_name("copy.db")
    shutil.copy(own_path, copy)
    copy.replace(own_path)
    assert again(client, "/", shown) == 200


def test_pages_that_remember_have_no_mark(client: TestClient) -> None:
    for path in ("/review", "/commitments", "/nothing", "/search?limit=0", "/search.csv"):
        assert "etag" not in client.get(path).headers
        assert client.get(path).headers["cache-control"] == "no-store"


def test_where_a_token_is_needed_nothing_is_kept(made_path: Path) -> None:
    headers = {"authorization": f"Bearer {TOKEN}"}
    client = client_of(made_path, token=TOKEN)
    answer = client.get("/", headers=headers)
    assert answer.headers["cache-control"] == "no-store"
    shown = {"if-none-match": answer.headers["etag"]}
    assert client.get("/", headers=shown).status_code == 401
    assert client.get("/", headers=headers | shown).status_code == 304


def test_a_stamp_stays_while_nothing_is_written(own_path: Path) -> None:
    stamps = Stamps(own_path)
    first = stamps.now()
    assert first is not None
    assert stamps.now() == first
    refuse_something(own_path)
    assert stamps.now() != first
    assert Stamps(own_path).now() != stamps.now()


def test_no_stamp_where_there_is_no_store(tmp_path: Path) -> None:
    assert Stamps(tmp_path / "none.db").now() is None


def test_turns_are_short_while_the_room_is_open(made_path: Path) -> None:
    before = sys.getswitchinterval()
    with client_of(made_path):
        assert sys.getswitchinterval() < before
    assert sys.getswitchinterval() == before


@pytest.mark.parametrize("path", ["/", "/index.json", "/nothing", "/static/room.css", "/review"])
def test_each_answer_says_how_long_it_took(client: TestClient, path: str) -> None:
    told = dict(
        part.split(";dur=") for part in client.get(path).headers["server-timing"].split(", ")
    )
    assert float(told["total"]) >= 0
    assert ("cpu" in told) == (path in {"/", "/index.json", "/review"})
