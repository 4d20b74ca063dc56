"""Decisions of reviewers, through forms as browsers send them."""

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from onrecord.queries.room_reviews import REVIEWED, uncertain_rows
from onrecord.serve.decisions import DECISIONS
from onrecord.serve.guards import form_key
from onrecord.serve.offsets import units_before
from onrecord.store import open_store
from onrecord.store.edits import kind_of
from tests.export.made import HARBOUR, Maker
from tests.serve.rooms import client_of, ids, keep, settings_of

KEY = form_key(settings_of(Path("x")))


def decide(client: TestClient, status: int = 200, **form: str) -> Any:
    answer = client.post("/review/decide.json", json={"form_key": KEY, "by": "Ina", **form})
    assert answer.status_code == status, answer.text
    return answer.json()


def rows(client: TestClient, document: str, kind: str) -> list[dict[str, Any]]:
    found = client.get(f"/article/{document}.json").json()["rows"]
    return [row for row in found if row["kind"] == kind]


def test_accepted_rows_leave_the_queue_and_count(own_client: TestClient) -> None:
    before = own_client.get("/review.json").json()
    item = before["item"]
    decide(own_client, decision="accept", document=item["document"]["id"], row=item["row"]["id"])
    after = own_client.get("/review.json").json()
    assert after["n_waiting"] == before["n_waiting"] - 1
    assert after["item"]["row"]["id"] != item["row"]["id"]
    assert after["estimates"][0]["n_accepted"] == 1


def test_rejected_rows_are_gone_and_come_back(own_client: TestClient) -> None:
    document = ids(own_client)["article"]
    row = rows(own_client, document, "event")[-1]["id"]
    made = decide(own_client, decision="reject", document=document, row=row)
    assert row not in [one["id"] for one in rows(own_client, document, "event")]
    decide(own_client, decision="undo", correction=made["correction"])
    assert row in [one["id"] for one in rows(own_client, document, "event")]


def test_a_field_is_set(own_client: TestClient) -> None:
    document = ids(own_client)["article"]
    row = rows(own_client, document, "statement")[0]["id"]
    decide(own_client, decision="set", document=document, row=row, field="act", value="admit")
    shown = next(one for one in rows(own_client, document, "statement") if one["id"] == row)
    assert shown["head"] == "admit"


def test_a_missed_statement_is_added_from_places_of_a_browser(tmp_path: Path) -> None:
    text = "😀😀 Ann Vale said that the 😀 dam would hold."
    client = client_of(keep(tmp_path, Maker(text, title="T").reading()))
    document = client.get("/index.json").json()["articles"][0]["id"]

    def place(words: str) -> str:
        start = text.index(words)
        return f"{units_before(text, start)}-{units_before(text, start + len(words))}"

    decide(
        client,
        decision="add",
        document=document,
        source=place("Ann Vale"),
        cue=place("said"),
        content=place("that the 😀 dam would hold"),
    )
    (row,) = rows(client, document, "statement")
    assert row["words"] == "that the 😀 dam would hold"
    assert row["who"] == "Ann Vale"


def test_a_missed_event_is_added(own_client: TestClient) -> None:
    document = ids(own_client)["article"]
    n_before = len(rows(own_client, document, "event"))
    start = HARBOUR.index("limits")
    decide(
        own_client,
        decision="add",
        row_kind="event",
        document=document,
        trigger=f"{start}-{start + 6}",
        type="AGREE",
    )
    assert len(rows(own_client, document, "event")) == n_before + 1


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 400),
        ({"decision": "burn"}, 400),
        ({"decision": "accept"}, 400),
        ({"decision": "accept", "document": "ffff", "row": "ffff"}, 404),
        ({"decision": "undo", "correction": "ffff"}, 404),
        ({"decision": "undo"}, 404),
        ({"decision": "add", "document": "DOCUMENT"}, 400),
        ({"decision": "add", "document": "DOCUMENT", "content": "5-2"}, 400),
        ({"decision": "add", "document": "DOCUMENT", "content": "a-b"}, 400),
        ({"decision": "add", "document": "DOCUMENT", "content": "1-2-3"}, 400),
        ({"decision": "add", "document": "DOCUMENT", "content": "999999-9999999"}, 400),
        ({"decision": "add", "document": "DOCUMENT", "content": "0-3", "act": "sing"}, 400),
        ({"decision": "add", "document": "DOCUMENT", "row_kind": "event", "trigger": "0-3"}, 400),
        ({"decision": "add", "document": "DOCUMENT", "row_kind": "place"}, 400),
    ],
)
def test_what_cannot_be_used_is_refused(client: TestClient, form, status: int) -> None:
    document = ids(client)["article"]
    given = {name: document if value == "DOCUMENT" else value for name, value in form.items()}
    assert set(decide(client, status, **given)) == {"status", "error", "detail"}
    assert not client.get("/review.json").json()["recent"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b'{"a": {"b": 1}}', b"[" * 50_000])
def test_bodies_that_are_no_form(client: TestClient, body: bytes) -> None:
    headers = {"content-type": "application/json"}
    answer = client.post("/review/decide.json", content=body, headers=headers)
    assert answer.status_code in {400, 403}


@pytest.mark.parametrize("field", ["row", "document", "correction", "form_key", "by", "value"])
def test_halves_of_signs_are_no_failure(own_client: TestClient, field: str) -> None:
    document = ids(own_client)["article"]
    row = rows(own_client, document, "statement")[0]["id"]
    for decision in DECISIONS:
        form = {"decision": decision, "document": document, "row": row, "field": "act"}
        body = json.dumps(form | {"form_key": KEY, field: "\ud83d x"})
        headers = {"content-type": "application/json"}
        answer = own_client.post("/review/decide.json", content=body, headers=headers)
        assert answer.status_code in {200, 400, 403, 404}, answer.text
    assert own_client.get("/review").status_code == 200


def test_an_undo_can_be_undone(own_client: TestClient) -> None:
    document = ids(own_client)["article"]
    row = rows(own_client, document, "event")[-1]["id"]
    made = decide(own_client, decision="reject", document=document, row=row)
    undone = decide(own_client, decision="undo", correction=made["correction"])
    decide(own_client, decision="undo", correction=undone["correction"])
    assert row not in [one["id"] for one in rows(own_client, document, "event")]


def test_agreement_of_two_people(own_client: TestClient) -> None:
    item = own_client.get("/review.json").json()["item"]
    for name in ("Ina", "Olu"):
        decide(
            own_client,
            decision="accept",
            document=item["document"]["id"],
            row=item["row"]["id"],
            by=name,
        )
    assert own_client.get("/review.json").json()["agreement"] == {"n_rows": 1, "n_agreed": 1}


def test_corrections_are_exported(own_client: TestClient) -> None:
    item = own_client.get("/review.json").json()["item"]
    decide(own_client, decision="accept", document=item["document"]["id"], row=item["row"]["id"])
    lines = own_client.get("/review/export.jsonl").text.splitlines()
    assert len(lines) == 1


def test_a_sample_by_chance_says_so(own_client: TestClient) -> None:
    page = own_client.get("/review.json", params={"order": "sample", "seed": "7"}).json()
    assert page["is_sample"]
    assert page["item"] is not None


def test_the_speaker_is_set_and_taken_away(own_client: TestClient) -> None:
    document = ids(own_client)["article"]
    row = rows(own_client, document, "statement")[0]["id"]
    page = own_client.get("/review.json", params={"document": document, "row": row}).json()
    choices = next(one for one in page["item"]["choices"] if one["field"] == "speaker")
    vale = next(one["value"] for one in choices["values"] if one["label"] == "Ann Vale")
    about = {"decision": "set", "document": document, "row": row, "field": "speaker"}
    decide(own_client, **about, value=vale)
    assert "Ann Vale" in rows(own_client, document, "statement")[0]["who"]
    decide(own_client, **about, value="")
    assert "Ann Vale" not in rows(own_client, document, "statement")[0]["who"]


def test_a_field_that_needs_a_value_keeps_it(own_client: TestClient) -> None:
    document = ids(own_client)["article"]
    row = rows(own_client, document, "statement")[0]["id"]
    decide(own_client, 400, decision="set", document=document, row=row, field="act", value="")


@pytest.mark.parametrize("table", REVIEWED)
def test_every_kind_of_row_is_reviewed(own_client: TestClient, table: str) -> None:
    page = own_client.get("/review.json", params={"table": table}).json()
    item = page["item"]
    assert item["table"] == table
    assert item["choices"]
    html = own_client.get("/review", params={"table": table}).text
    assert 'data-key="c"' in html
    decide(own_client, decision="accept", document=item["document"]["id"], row=item["row"]["id"])
    after = own_client.get("/review.json", params={"table": table}).json()
    assert after["n_waiting"] == page["n_waiting"] - 1
    assert [one["row_kind"] for one in after["estimates"]] == [kind_of(table).value]


def test_the_least_certain_rows_come_first(own_path: Path) -> None:
    with open_store(own_path, mode="write") as store:
        store.connection.execute(
            "UPDATE statements SET probability = 0.9 WHERE document = 2 AND depth = 0"
        )
        store.connection.execute("UPDATE statements SET probability = 0.51 WHERE depth = 1")
        found = uncertain_rows(store, "statements")
        sureness = [
            store.connection.execute(
                "SELECT abs(probability - 0.5) FROM statements WHERE document = ? AND id = ?", row
            ).fetchone()[0]
            for row in found
        ]
    assert sureness == sorted(sureness)
    assert len(set(sureness)) > 1


def test_numbers_are_set_as_numbers(own_client: TestClient) -> None:
    item = own_client.get("/review.json", params={"table": "quantities"}).json()["item"]
    about = {"document": item["document"]["id"], "row": item["row"]["id"], "field": "value"}
    decide(own_client, decision="set", **about, value="1,551.5")
    decide(own_client, 400, decision="set", **about, value="many")
    decide(own_client, 400, decision="set", **about, value="inf")
    page = own_client.get("/review.json", params=about | {"table": "quantities"}).json()
    value = next(one for one in page["item"]["choices"] if one["field"] == "value")
    assert value["now"] == "1551.5"


def test_others_look_at_what_somebody_decided(own_client: TestClient) -> None:
    item = own_client.get("/review.json").json()["item"]
    about = {"document": item["document"]["id"], "row": item["row"]["id"]}
    decide(own_client, decision="set", **about, field="act", value="warn", by="Ina")
    asked = {"order": "second", "by": "Olu"}
    assert own_client.get("/review.json", params=asked).json()["item"]["row"]["id"] == about["row"]
    assert own_client.get("/review.json", params=asked | {"by": "Ina"}).json()["item"] is None
    decide(own_client, decision="accept", **about, by="Olu")
    page = own_client.get("/review.json", params=asked).json()
    assert page["item"] is None
    assert page["agreement"] == {"n_rows": 1, "n_agreed": 1}
    assert page["estimates"][0]["n_set"] == 1


def test_who_decides_otherwise_does_not_agree(own_client: TestClient) -> None:
    document = ids(own_client)["article"]
    events = [one["id"] for one in rows(own_client, document, "event")]
    decide(own_client, decision="accept", document=document, row=events[0], by="Ina")
    decide(own_client, decision="reject", document=document, row=events[0], by="Olu")
    made = decide(own_client, decision="reject", document=document, row=events[1], by="Ina")
    decide(own_client, decision="undo", correction=made["correction"], by="Olu")
    assert own_client.get("/review.json").json()["agreement"] == {"n_rows": 2, "n_agreed": 0}
