"""Each page as HTML and as JSON, and what they say."""

import gzip
import re
from importlib import resources

import pytest
from starlette.testclient import TestClient

from onrecord.serve.pages.listing import PAGES
from tests.serve.rooms import ids


def address(client: TestClient, path: str) -> str:
    name = path.split("/")[1]
    return path.replace("{id}", ids(client).get(name, ""))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_page_has_a_twin(client: TestClient, page) -> None:
    html = client.get(address(client, page.path))
    assert html.status_code == 200, html.text
    assert html.headers["content-type"].startswith("text/html")
    assert "<h1" in html.text
    assert "Undefined" not in html.text
    twin = client.get(address(client, page.json_path))
    assert twin.status_code == 200
    assert isinstance(twin.json(), dict)


def test_home_tells_stories_and_disputes(client: TestClient) -> None:
    page = client.get("/").text
    assert "2 independent voices" in page
    assert "Fresh disputes" in page
    assert "No feeds are watched" in page


def test_an_article_has_frames_and_addresses(client: TestClient) -> None:
    found = ids(client)
    page = client.get(f"/article/{found['article']}")
    twin = client.get(f"/article/{found['article']}.json").json()
    for row in twin["rows"]:
        assert page.text.count(f'id="{row["address"]}"') == 1, row
    assert 'class="m content depth-1 holds-0"' in page.text
    assert twin["reading"]["document"]["id"] == found["article"]


def test_words_of_an_address_are_shown(client: TestClient) -> None:
    page = client.get(f"/article/{ids(client)['article']}", params={"at": "0-14"}).text
    assert re.search(r'<span class="m found" data-row="at" id="at">Northern Front</span>', page)
    assert client.get(f"/article/{ids(client)['article']}", params={"at": "x"}).status_code == 400


def test_a_claim_tells_all_sides_and_no_verdict(client: TestClient) -> None:
    page = client.get(f"/claim/{ids(client)['claim']}").text
    assert "Assert it" in page
    assert "Deny it" in page
    assert "Only report it" in page
    for verdict in ("true", "false", "lie", "debunk", "correct"):
        assert not re.search(rf"\b{verdict}", re.sub(r"<[^>]*>", " ", page)), verdict


def test_figures_stand_side_by_side(client: TestClient) -> None:
    address = f"/claim/{ids(client)['claim']}"
    (figure,) = client.get(f"{address}.json").json()["figures"]
    assert (figure["value"], figure["unit"], figure["stance"]) == (2.0, "boat", "denies")
    assert "Figures side by side" in client.get(address).text


def test_a_speaker_whom_the_registry_does_not_know_is_not_the_outlet(client: TestClient) -> None:
    (dispute,) = client.get("/disputes.json").json()["disputes"]
    assert (dispute["second_speaker"], dispute["second_actor"]) == ("He", None)
    assert 'href="/actors?q=He"' not in client.get("/disputes").text
    assert 'href="/actors?q=Bo' in client.get("/disputes").text
    assert "the outlet itself" not in client.get("/disputes").text


def test_an_actor_has_what_it_said(client: TestClient) -> None:
    page = client.get(f"/actor/{ids(client)['actor']}").text
    assert "Bo Orly" in page
    assert "Said" in page


def test_a_place_without_position_is_no_pin(client: TestClient) -> None:
    rows = client.get("/map.json").json()["rows"]
    assert {row["place"] for row in rows} == {"Odesa"}
    assert all(row["precision"] for row in rows if row["lat"] is not None)


def test_limits_of_an_agreement(client: TestClient) -> None:
    twin = client.get("/commitments.json").json()
    assert twin["instrument"] == "Tarn Treaty"
    assert "1,550" in twin["limits"][0]["title"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/article/zzzz", 404),
        ("/article/x", 404),
        ("/claim/ffffffff", 404),
        ("/actor/ffffffff", 404),
        ("/story/ffffffff", 404),
        ("/search?limit=0", 400),
        ("/search?limit=99999", 400),
        ("/search?kind=rumour", 400),
        ("/search?since=yesterday", 400),
        ("/search?q=%22%22", 400),
        ("/search?actor=nobody%20at%20all", 404),
        ("/map?layer=x", 400),
        ("/article/" + "a" * 500, 400),
    ],
)
def test_failures_have_one_shape(client: TestClient, path: str, status: int) -> None:
    html = client.get(path)
    assert html.status_code == status
    assert "<h1" in html.text
    bare, _, query = path.partition("?")
    twin = client.get(f"{bare}.json?{query}")
    assert twin.status_code == status
    assert set(twin.json()) == {"status", "error", "detail"}


def test_downloads_are_what_is_shown(client: TestClient) -> None:
    shown = client.get("/search.json", params={"kind": "event"}).json()["rows"]
    lines = client.get("/search.csv", params={"kind": "event"}).text.splitlines()
    assert len(lines) == len(shown) + 1
    pytest.importorskip("pyarrow")
    import io

    import pyarrow.parquet

    body = client.get("/search.parquet", params={"kind": "event"}).content
    table = pyarrow.parquet.read_table(io.BytesIO(body))
    assert table.column("id").to_pylist() == [row["id"] for row in shown]


def test_nothing_comes_from_elsewhere(client: TestClient) -> None:
    for page in PAGES:
        html = client.get(address(client, page.path)).text
        for found in re.findall(r'(?:src|href|action)="([^"]*)"', html):
            assert found.startswith(("/", "#", "?", "data:,")), found
        assert "style=" not in html
        assert not re.search(r"<script(?![^>]*src=)", html)
        assert not re.search(r"\son\w+=", html)


def test_scripts_are_small() -> None:
    static = resources.files("onrecord.serve").joinpath("static")
    sizes = {
        name: len(gzip.compress(static.joinpath(name).read_bytes()))
        for name in ("room.js", "theme.js", "map.js")
    }
    assert sizes["room.js"] + sizes["theme.js"] < 20_000
    assert sizes["map.js"] < 80_000
