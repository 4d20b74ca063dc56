"""Who may ask the room, and what browsers are told."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.serve.guards import form_key, host_name
from tests.serve.rooms import client_of, ids, settings_of

TOKEN = "a token of twenty-four signs"


def test_browsers_are_told_what_a_page_may_do(client: TestClient) -> None:
    for path in ("/", "/index.json", "/nothing", "/static/room.css", "/search?limit=x"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "", "127.0.0.1.nip.io"]
)
def test_other_names_are_refused(client: TestClient, host: str) -> None:
    answer = client.get("/index.json", headers={"host": host})
    assert answer.status_code == 421
    assert set(answer.json()) == {"status", "error", "detail"}


def test_bare_addresses_need_the_token(made_path: Path) -> None:
    headers = {"host": "192.0.2.7:8117", "authorization": f"Bearer {TOKEN}"}
    assert client_of(made_path).get("/", headers=headers).status_code == 421
    assert client_of(made_path, token=TOKEN).get("/", headers=headers).status_code == 200
    assert (
        client_of(made_path, token=TOKEN).get("/", headers={"host": "192.0.2.7"}).status_code == 401
    )


def test_names_with_ports() -> None:
    assert host_name("localhost:8117") == "localhost"
    assert host_name("[::1]:8117") == "[::1]"


def test_a_token_is_demanded(made_path: Path) -> None:
    client = client_of(made_path, token=TOKEN)
    for path in ("/", "/index.json", "/static/room.css", "/openapi.json", "/search.csv"):
        assert client.get(path).status_code == 401
    assert client.get("/?token=wrong").status_code == 401
    assert client.get("/", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert client.post("/review/decide", data={}).status_code == 401


def test_a_token_moves_from_the_address_into_a_cookie(made_path: Path) -> None:
    client = client_of(made_path, token=TOKEN)
    answer = client.get("/search", params={"token": TOKEN, "q": "a b"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/search?q=a+b"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert client.get("/").status_code == 200


def test_the_redirect_stays_in_the_room(made_path: Path) -> None:
    client = client_of(made_path, token=TOKEN)
    answer = client.get("//evil.example/", params={"token": TOKEN})
    assert answer.headers.get("location", "/").startswith("/")
    assert not answer.headers.get("location", "/").startswith("//")


def _decision(client: TestClient, **changes: str) -> dict[str, str]:
    document = ids(client)["article"]
    rows = client.get(f"/article/{document}.json").json()["rows"]
    form = {"decision": "accept", "document": document, "row": rows[0]["id"]}
    return form | {"form_key": form_key(settings_of(Path("x")))} | changes


def test_a_form_of_ours_is_taken(own_client: TestClient) -> None:
    assert own_client.post("/review/decide", data=_decision(own_client)).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://testserver:81"},
        {"origin": "http://testserver.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_from_elsewhere_is_refused(client: TestClient, headers) -> None:
    answer = client.post("/review/decide", data=_decision(client), headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("key", ["", "0" * 64])
def test_a_form_without_our_key_is_refused(client: TestClient, key: str) -> None:
    answer = client.post("/review/decide.json", json=_decision(client, form_key=key))
    assert answer.status_code == 403
    assert not client.get("/review.json").json()["recent"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "POST"])
def test_pages_are_only_read(client: TestClient, method: str) -> None:
    assert client.request(method, "/search.json").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/..%2fsettings.py",
        "/static/%2e%2e/settings.py",
        "/static/..%5csettings.py",
        "/static//etc/passwd",
        "/static/%00",
    ],
)
def test_files_outside_are_not_served(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in {400, 404}
    assert "RoomSettings" not in answer.text


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\nb"]
)
def test_a_form_leads_back_into_the_room(own_client: TestClient, back: str) -> None:
    answer = own_client.post("/review/decide", data=_decision(own_client, back=back))
    assert answer.headers["location"] == "/review"


def test_long_forms_are_refused(client: TestClient) -> None:
    answer = client.post("/review/decide.json", content=b"a" * 100_000)
    assert answer.status_code == 413


def test_a_room_for_reading_takes_nothing(made_path: Path) -> None:
    client = client_of(made_path, is_writable=False)
    assert client.post("/review/decide.json", json=_decision(client)).status_code == 403
    assert "Accept" not in client.get("/review").text


def test_questions_that_take_too_long_are_stopped(made_path: Path) -> None:
    client = client_of(made_path, timeout_s=0.0)
    answers = {
        client.get(path).status_code for path in ("/review.json?table=events", "/search.json")
    }
    assert answers <= {200, 503}
