"""Claims of large stories: copies of one wire are one voice, under the article they come from."""

import pytest
from starlette.testclient import TestClient

from onrecord.ingest.linking import TABLES, link_all
from onrecord.records import Act, Kind
from onrecord.store import Arrival, open_store
from tests.claims.made import made_reading
from tests.serve.rooms import AT, client_of

N_COPIES = 40
WIRE = (
    "UPPER WESSEL (Corvane Wire) - Two barges with grain sank in the lock of Upper Wessel on "
    "Monday night, and the canal has been closed to all ships since then. Mayor Ann Vale said "
    "that the lock keepers had opened the lower gate too early. The crews climbed to the bank "
    "by a ladder, and nobody was hurt. Divers will look at both wrecks in the morning before a "
    "crane is brought from the coast. Until the barges are raised, about thirty ships wait on "
    "the river, among them four with coal for the power station at Ardal."
)
REPLY = (
    "The lock keepers of Upper Wessel do not accept the blame for the barges that sank on Monday. "
    "Their union denied that the lock keepers had opened the lower gate too early. It asked for "
    "the recordings of the gates, which the water board keeps for a month, to be made public."
)
BLAME = "that the lock keepers had opened the lower gate too early"
NAMES = [("Ann Vale", Kind.PERSON), ("Upper Wessel", Kind.PLACE, "DEU")]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    path = tmp_path_factory.mktemp("wire") / "wire.db"
    readings = [
        made_reading(
            WIRE if number == 0 else f"{WIRE}\n\nMore of the canal on page {number}.",
            ("Mayor Ann Vale", "said", BLAME),
            names=NAMES,
            outlet=f"Outlet {number}",
        )
        for number in range(N_COPIES)
    ]
    readings.append(
        made_reading(
            REPLY,
            ("Their union", "denied", BLAME, Act.DENY),
            names=NAMES[1:],
            outlet="Lockside Courier",
            published="2020-03-06",
        )
    )
    with open_store(path, create=True, tables=TABLES) as store, store.writing():
        for reading in readings:
            number = store.add(reading, at=AT).number
            assert number is not None
            link_all(store, [Arrival(number=number, reading=reading)])
        # No agency of this name is known; copies are told by their words.
        store.connection.execute(
            "UPDATE provenances SET agency = 'Corvane Wire' WHERE document = 1"
        )
    return client_of(path)


def claim_of(page: TestClient) -> dict:
    disputes = page.get("/disputes.json").json()["disputes"]
    found = [page.get(f"/claim/{one['claim']}.json").json() for one in disputes]
    return max(found, key=lambda one: sum(len(voice["copies"]) for voice in one["voices"]))


def test_copies_of_one_wire_count_once(page: TestClient) -> None:
    told = claim_of(page)
    assert told["claim"]["n_asserts"] == 1
    (voice,) = [one for one in told["voices"] if one["stance"] == "asserts"]
    assert len(voice["copies"]) == N_COPIES - 1
    assert voice["first"]["outlet"] == "Outlet 0"
    assert voice["agency"] == "Corvane Wire"
    assert told["story"]["n_documents"] >= N_COPIES


def test_the_denial_is_a_voice_of_its_own(page: TestClient) -> None:
    told = claim_of(page)
    (voice,) = [one for one in told["voices"] if one["stance"] == "denies"]
    assert voice["first"]["outlet"] == "Lockside Courier"
    assert not voice["copies"]


def test_copies_are_folded_under_their_origin(page: TestClient) -> None:
    html = page.get(f"/claim/{claim_of(page)['claim']['id']}").text
    assert f"{N_COPIES - 1} copies count with it as one voice" in html
    assert "text of <bdi>Corvane Wire</bdi>" in html
