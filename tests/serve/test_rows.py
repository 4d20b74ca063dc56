"""The table of the room: filters and facets."""

import pytest
from starlette.testclient import TestClient


def rows(client: TestClient, **asked: str):
    answer = client.get("/search.json", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()["rows"]


def test_all_kinds_without_filters(client: TestClient) -> None:
    assert {row["kind"] for row in rows(client)} == {"statement", "event", "control claim"}


def test_words_of_a_statement(client: TestClient) -> None:
    found = rows(client, q="drones", kind="statement")
    assert found
    assert all("drones" in row["words"] for row in found)


def test_an_actor_speaks_acts_and_holds(client: TestClient) -> None:
    kinds = {row["kind"] for row in rows(client, actor="Northern Front")}
    assert kinds == {"event", "control claim"}
    assert {row["who"] for row in rows(client, actor="Bo Orly", kind="statement")} == {"Bo Orly"}


@pytest.mark.parametrize(
    ("asked", "kind", "column", "value"),
    [
        ({"act": "admit"}, "statement", "what", "admit"),
        ({"type": "RETREAT"}, "event", "what", "RETREAT withdraw"),
        ({"place": "odesa"}, "event", "place", "Odesa"),
        ({"outlet": "ardal post", "kind": "event"}, "event", "outlet", "Ardal Post"),
    ],
)
def test_filters(client: TestClient, asked, kind: str, column: str, value: str) -> None:
    found = rows(client, **asked)
    assert found
    assert all(row["kind"] == kind and row[column] == value for row in found)


def test_on_whose_word(client: TestClient) -> None:
    assert all(row["asserter"] is None for row in rows(client, asserter="outlet"))
    found = rows(client, asserter="source", kind="event")
    assert found
    assert all(row["asserter"] for row in found)


def test_words_stand_at_their_place(client: TestClient) -> None:
    for row in rows(client):
        twin = client.get(f"/article/{row['document']}.json").json()
        text = twin["reading"]["document"]["text"]
        assert text[row["start"] : row["end"]].startswith(row["words"].split(" … ")[0])
        assert text[: row["start"]].endswith(row["before"])


def test_facets_count_what_was_found(client: TestClient) -> None:
    page = client.get("/search.json").json()
    kinds = {row["value"]: row["n"] for row in page["facets"] if row["facet"] == "kind"}
    assert sum(kinds.values()) == page["n_counted"]
    assert not page["is_cut"]


def test_days(client: TestClient) -> None:
    assert rows(client, since="2022-08", until="2022-08")
    assert not rows(client, since="2023")
