"""Whatever was decided, in whatever order it is taken back: the record is as it was."""

import random
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from onrecord.queries.room_reviews import REVIEWED
from tests.export.made import HARBOUR
from tests.serve.rooms import ids
from tests.serve.test_additions import KEY, kept

N_DECISIONS = 12


def post(client: TestClient, **form: str) -> Any:
    answer = client.post("/review/decide.json", json={"form_key": KEY, **form})
    assert answer.status_code in {200, 400, 404}, answer.text
    return answer.json().get("correction")


def random_decision(client: TestClient, dice: random.Random) -> dict[str, str]:
    document = ids(client)["article"]
    if dice.random() < 0.3:
        words = sorted(dice.sample(range(len(HARBOUR)), 2))
        place = f"{words[0]}-{words[1]}"
        kind = dice.choice(["statement", "mention", "time", "place"])
        return {
            "decision": "add",
            "document": document,
            "row_kind": kind,
            "content": place,
            "words": place,
        }
    item = client.get("/review.json", params={"table": dice.choice(REVIEWED)}).json()["item"]
    if item is None:
        return {"decision": "accept", "document": document, "row": "none"}
    about = {"document": item["document"]["id"], "row": item["row"]["id"]}
    if item["choices"] and dice.random() < 0.5:
        choices = dice.choice(item["choices"])
        values = [one["value"] for one in choices["values"]] or ["7", "2022-07-01", "Ostrel"]
        changed = {"field": choices["field"], "value": dice.choice(values)}
        return {"decision": "set", **about, **changed}
    return {"decision": dice.choice(["accept", "reject", "reject"]), **about}


@pytest.mark.parametrize("seed", range(3))
def test_all_is_as_it_was(own_client: TestClient, own_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    before = kept(own_path)
    made = [post(own_client, **random_decision(own_client, dice)) for _ in range(N_DECISIONS)]
    held = [one for one in made if one is not None]
    assert len(held) > N_DECISIONS / 3
    recent = own_client.get("/review.json").json()["recent"]
    todo = [one["id"] for one in recent]
    dice.shuffle(todo)
    for one in todo:
        assert post(own_client, decision="undo", correction=one), "an undo is never refused"
    assert kept(own_path) == before
    assert own_client.get("/review.json").status_code == 200


def test_an_undo_of_an_undo_brings_the_decision_back(
    own_client: TestClient, own_path: Path
) -> None:
    dice = random.Random(3)
    made = [post(own_client, **random_decision(own_client, dice)) for _ in range(6)]
    after = kept(own_path)
    undone = [post(own_client, decision="undo", correction=one) for one in made if one]
    for one in reversed(undone):
        post(own_client, decision="undo", correction=one)
    assert kept(own_path) == after
