"""What a reviewer adds, for every kind of row, from places as a browser counts them."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from onrecord.serve.additions import KINDS
from onrecord.serve.guards import form_key
from onrecord.serve.offsets import units_before
from onrecord.store import open_store
from tests.export.made import HARBOUR
from tests.serve.rooms import ids, settings_of

KEY = form_key(settings_of(Path("x")))


def place(words: str) -> str:
    start = HARBOUR.index(words)
    return f"{units_before(HARBOUR, start)}-{units_before(HARBOUR, start + len(words))}"


def add(client: TestClient, status: int = 200, **form: str) -> Any:
    given = {"form_key": KEY, "decision": "add", "document": ids(client)["article"], **form}
    answer = client.post("/review/decide.json", json=given)
    assert answer.status_code == status, answer.text
    return answer.json()


def row_of(client: TestClient, section: str, made: Any) -> Any:
    page = client.get(f"/article/{ids(client)['article']}.json").json()
    return next(one for one in page["reading"][section] if one["id"] == made["row"])


def test_a_statement_has_its_speaker_and_its_frame(own_client: TestClient) -> None:
    inner = add(
        own_client,
        source=place("Ann Vale"),
        cue=place("admitted"),
        content=place("drones struck two boats"),
        act="confirm",
        manner="direct",
    )
    row = row_of(own_client, "statements", inner)
    page = own_client.get(f"/article/{ids(own_client)['article']}.json").json()["reading"]
    names = {one["id"]: one["name"] for one in page["entities"]}
    assert names[row["speaker"]] == "Ann Vale"
    assert row["depth"] == 1
    assert (row["act"], row["manner"]) == ("confirm", "direct")


def test_an_event_names_who_where_and_when(own_client: TestClient) -> None:
    made = add(
        own_client,
        row_kind="event",
        trigger=place("limits"),
        type="AGREE",
        actor=place("Northern Front troops"),
        recipient=place("Ann Vale"),
        where=place("Odesa"),
        factuality="planned",
    )
    row = row_of(own_client, "events", made)
    assert len(row["actors"]) == len(row["recipients"]) == 1
    assert row["place"] is not None
    assert row["asserted_by"] is None
    assert row["factuality"] == "planned"


def test_what_stands_in_a_statement_is_on_its_word(own_client: TestClient) -> None:
    made = add(own_client, row_kind="event", trigger=place("two boats"), type="COERCE")
    row = row_of(own_client, "events", made)
    page = own_client.get(f"/article/{ids(own_client)['article']}.json").json()["reading"]
    around = {one["id"]: one["depth"] for one in page["statements"]}
    assert around[row["asserted_by"]] == 1, "the innermost one"


def test_a_claim_of_control(own_client: TestClient) -> None:
    made = add(
        own_client,
        row_kind="control_claim",
        words=place("seized Upper Wessel"),
        where=place("Upper Wessel"),
        holder=place("Northern Front troops"),
        change="held",
    )
    row = row_of(own_client, "control_claims", made)
    assert row["change"] == "held"
    assert row["holder"]


def test_an_agreement(own_client: TestClient) -> None:
    made = add(
        own_client,
        row_kind="commitment",
        words=place("withdraw by July"),
        instrument=place("withdraw"),
        signed="2022-07-01",
    )
    row = row_of(own_client, "commitments", made)
    assert (row["instrument"], row["signed"]) == ("withdraw", "2022-07-01")


def test_a_place_brings_its_name_along(own_client: TestClient) -> None:
    made = add(
        own_client,
        row_kind="place",
        words=place("General"),
        name="Generalsk",
        country="UKR",
        precision="settlement",
        lat="46.5",
        lon="30.5",
    )
    row = row_of(own_client, "places", made)
    assert (row["name"], row["lat"], row["precision"]) == ("Generalsk", 46.5, "settlement")
    kinds = [one["row_kind"] for one in own_client.get("/review.json").json()["recent"]]
    assert kinds == ["place", "mention"]


def test_a_refused_place_leaves_no_name_behind(own_client: TestClient) -> None:
    form = {"row_kind": "place", "words": place("General"), "precision": "planet"}
    add(own_client, 400, **form)
    assert not own_client.get("/review.json").json()["recent"]


def test_a_time_a_figure_and_a_name(own_client: TestClient) -> None:
    time = add(own_client, row_kind="time", words=place("July"), value="2022-07")
    assert row_of(own_client, "times", time)["value"] == "2022-07"
    figure = add(
        own_client,
        row_kind="quantity",
        words=place("boats"),
        value="1,200",
        unit="boat",
        upper="1300",
    )
    row = row_of(own_client, "quantities", figure)
    assert (row["value"], row["upper"], row["unit"]) == (1200.0, 1300.0, "boat")
    name = add(own_client, row_kind="mention", words=place("drones"), kind="weapon")
    assert row_of(own_client, "mentions", name)["kind"] == "weapon"


def test_another_name_of_somebody_known(own_client: TestClient) -> None:
    page = own_client.get(f"/article/{ids(own_client)['article']}.json").json()["reading"]
    vale = next(one["id"] for one in page["entities"] if one["name"] == "Ann Vale")
    made = add(own_client, row_kind="mention", words=place("drones"), kind="person", entity=vale)
    assert row_of(own_client, "mentions", made)["entity"] == vale


@pytest.mark.parametrize(
    "form",
    [
        {"row_kind": "entity"},
        {"row_kind": "event", "trigger": "0-4"},
        {"row_kind": "event", "trigger": "0-4", "type": "AID", "actor": "TROOPLESS"},
        {"row_kind": "event", "trigger": "0-4", "type": "AID", "where": "TROOPLESS"},
        {"row_kind": "event", "trigger": "0-4", "type": "AID", "when": "TROOPLESS"},
        {"row_kind": "control_claim", "words": "0-4"},
        {"row_kind": "commitment", "words": "0-4"},
        {"row_kind": "place"},
        {"row_kind": "quantity", "words": "0-4"},
        {"row_kind": "quantity", "words": "0-4", "value": "nan"},
        {"row_kind": "quantity", "words": "0-4", "value": "1e999"},
        {"row_kind": "quantity", "words": "0-4", "value": "many"},
        {"row_kind": "mention", "words": "0-4", "entity": "nobody"},
        {"row_kind": "time", "words": "0-4", "timex": "AGE"},
    ],
)
def test_what_is_not_enough_is_refused(own_client: TestClient, form: dict[str, str]) -> None:
    given = {name: place("had") if value == "TROOPLESS" else value for name, value in form.items()}
    assert set(add(own_client, 400, **given)) == {"status", "error", "detail"}
    assert not own_client.get("/review.json").json()["recent"]


def test_each_kind_can_be_added_and_taken_back(own_client: TestClient, own_path: Path) -> None:
    forms = {
        "statement": {"content": place("drones struck")},
        "event": {"trigger": place("limits"), "type": "AGREE"},
        "control_claim": {
            "words": place("would withdraw"),
            "where": place("Upper Wessel"),
            "change": "lost",
        },
        "commitment": {"words": place("by July"), "instrument": place("July")},
        "mention": {"words": place("drones"), "kind": "weapon"},
        "place": {"words": place("General")},
        "time": {"words": place("July")},
        "quantity": {"words": place("boats"), "value": "3"},
    }
    assert set(forms) == set(KINDS)
    before = kept(own_path)
    made = [add(own_client, row_kind=kind, **form) for kind, form in forms.items()]
    assert kept(own_path) != before
    recent = own_client.get("/review.json").json()["recent"]
    assert len(recent) == len(made) + 1, "the name of the place"
    for one in recent:
        answer = own_client.post(
            "/review/decide.json",
            json={"form_key": KEY, "decision": "undo", "correction": one["id"]},
        )
        assert answer.status_code == 200, answer.text
    assert kept(own_path) == before


def kept(path: Path) -> list[Any]:
    """All readings of a store."""
    with open_store(path, mode="read") as store:
        return [store.reading(number) for number in store.numbers()]


def test_the_page_shows_what_was_added_and_takes_it_back(own_client: TestClient) -> None:
    document = ids(own_client)["article"]
    form = {
        "form_key": KEY,
        "decision": "add",
        "document": document,
        "back": f"/article/{document}",
        "content": place("drones struck"),
        "by": "Ina",
    }
    address = own_client.post("/review/decide", data=form).headers["location"]
    path, _, mark = address.partition("#")
    html = own_client.get(path).text
    assert f'id="{mark}"' in html
    assert "Added: statement, by <bdi>Ina</bdi>" in html
    decided = path.partition("decided=")[2]
    undo = {
        "form_key": KEY,
        "decision": "undo",
        "correction": decided,
        "back": f"/article/{document}",
    }
    assert (
        own_client.post("/review/decide", data=undo).headers["location"] == f"/article/{document}"
    )
    assert "Added:" not in own_client.get(path).text
