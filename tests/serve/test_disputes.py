"""The page of disputes, and what people decide there on those shown and those only possible."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from onrecord.ingest.linking import TABLES
from onrecord.store import open_store
from tests.claims.test_judging import FIRST, SECOND, FakeJudge, first, linked, second
from tests.serve.rooms import client_of
from tests.serve.test_decisions import decide

pytestmark = pytest.mark.usefixtures("plain_weights")

JUDGES = {"found": FakeJudge(figure=0.999), "possible": FakeJudge(figure=0.5)}
LISTS = {"found": "disputes", "possible": "possible"}


@pytest.fixture(params=["found", "possible"])
def which(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def path(tmp_path: Path, which: str) -> Path:
    path = tmp_path / "news.db"
    with open_store(path, create=True, tables=TABLES) as store:
        linked(store, JUDGES[which], first(), second())
    return path


@pytest.fixture
def room(path: Path, which: str) -> TestClient:
    return client_of(path, judge=lambda: JUDGES[which])


def listed(room: TestClient, which: str) -> list[dict[str, Any]]:
    page = room.get("/disputes.json", params={"which": which}).json()
    assert not page["disputes" if which == "possible" else "possible"]
    found: list[dict[str, Any]] = page[LISTS[which]]
    return found


def said(room: TestClient, row: dict[str, Any], decision: str, **form: str) -> str:
    made = decide(room, decision=decision, row_kind="dispute", row=row["id"], **form)
    assert made["row"] == row["id"]
    return str(made["correction"])


def test_both_lists_show_the_words_of_both_sides(room: TestClient, which: str) -> None:
    (row,) = listed(room, which)
    assert (row["first_words"], row["second_words"]) == (FIRST, SECOND)
    page = room.get("/disputes", params={"which": which}).text
    assert FIRST.split()[-1] in page
    assert page.count('action="/review/decide"') == len(["accept", "reject", "set"])
    assert not listed(room, {"found": "possible", "possible": "found"}[which])
    assert "dispute is like that" in room.get("/disputes", params={"about": "zebra"}).text


def test_what_is_called_none_goes_and_comes_back(room: TestClient, which: str) -> None:
    (row,) = listed(room, which)
    made = said(room, row, "reject", why="two towns")
    assert not listed(room, which)
    page = room.get("/disputes.json").json()
    assert [(one["kind"], one["why"], one["by"]) for one in page["reviews"]] == [
        ("reject", "two towns", "Ina")
    ]
    assert page["reviews"][0]["first_words"] == FIRST
    assert page["estimates"][0]["n_rejected"] == 1
    decide(room, decision="undo", row_kind="dispute", correction=made)
    assert [one["id"] for one in listed(room, which)] == [row["id"]]
    assert "taken back" in room.get("/disputes").text
    decide(room, 400, decision="undo", row_kind="dispute", correction=made)


def test_what_is_called_a_dispute_is_shown_as_such(room: TestClient, which: str) -> None:
    (row,) = listed(room, which)
    said(room, row, "accept", why="both count Monday")
    (shown,) = listed(room, "found")
    assert shown["why"]["reviewed"]["by"] == "Ina"
    html = room.get("/disputes").text
    page = " ".join(re.sub(r"<[^>]*>", "", html).split())
    assert "a dispute, says Ina: both count Monday" in page
    assert 'class="reject"' in html
    assert 'class="accept"' not in html
    assert not listed(room, "possible")


def test_the_ground_is_set(room: TestClient, which: str) -> None:
    (row,) = listed(room, which)
    said(room, row, "set", field="ground", value="denial")
    (shown,) = listed(room, "found")
    assert shown["ground"] == "denial"


def test_a_form_of_the_page_works_as_it_stands(room: TestClient, which: str) -> None:
    page = room.get("/disputes", params={"which": which}).text
    form = next(one for one in page.split("<form")[1:] if 'value="reject"' in one)
    fields = dict(re.findall(r'name="(\w+)"(?: data-by)? value="([^"]*)"', form))
    answer = room.post("/review/decide", data=fields)
    assert answer.status_code == 303
    back = "/disputes?which=possible" if which == "possible" else "/disputes?"
    assert answer.headers["location"] == back
    assert not listed(room, which)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"decision": "accept", "row": "ffffffff"}, 404),
        ({"decision": "reject"}, 404),
        ({"decision": "set", "row": "ROW", "field": "act", "value": "deny"}, 400),
        ({"decision": "set", "row": "ROW", "field": "ground", "value": "figure"}, 400),
        ({"decision": "undo", "correction": "ffffffff"}, 404),
        ({"decision": "burn", "row": "ROW"}, 400),
    ],
)
def test_what_cannot_be_decided_is_refused(
    room: TestClient, which: str, form: dict[str, str], status: int
) -> None:
    (row,) = listed(room, which)
    given = {name: row["id"] if value == "ROW" else value for name, value in form.items()}
    told = decide(room, status, row_kind="dispute", **given)
    assert set(told) == {"status", "error", "detail"}
    assert [one["id"] for one in listed(room, which)] == [row["id"]]


def test_a_room_for_reading_alone_decides_nothing(path: Path, which: str) -> None:
    room = client_of(path, is_writable=False)
    page = room.get("/disputes", params={"which": which})
    assert page.status_code == 200
    assert FIRST.split()[-1] in page.text
    assert 'action="/review/decide"' not in page.text
    (row,) = listed(room, which)
    decide(room, 403, decision="reject", row_kind="dispute", row=row["id"])


def test_decisions_are_exported(room: TestClient, which: str) -> None:
    (row,) = listed(room, which)
    said(room, row, "reject")
    (line,) = room.get("/review/export.jsonl").text.splitlines()
    told = json.loads(line)
    assert (told["kind"], told["row_kind"], told["was_shown"]) == (
        "reject",
        "dispute",
        which == "found",
    )
    assert told["first"]["words"] == FIRST
