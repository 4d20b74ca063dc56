"""Articles that try to be more than words: nothing of them leaves its place."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.records import Act, EventType, Kind, Reading, Span
from tests.export.made import Maker
from tests.serve.rooms import client_of, keep
from tests.serve.test_words import parsed

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><svg/onload=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7*7 }}{% raw %}${7*7}",
    "javascript:alert(1)//",
    "</bdi></p></main><base href=//evil.example>",
    "\u202etxt.exe\u202c \u2066rtl\u2069",
    "a\r\nSet-Cookie: a=b\r\n\r\n<b>",
    "\x00\x1b[31m\ud83d lone",
)


def hostile(payload: str) -> Reading:
    """A payload in every field that an article gives."""
    text = f"{payload} said {payload} struck Odesa."
    maker = Maker(
        text,
        title=payload,
        outlet=payload,
        author=payload,
        url=payload,
        published="2022-08-03",
    )
    who = maker.entity(payload, Span(0, len(payload)), kind=Kind.PERSON, actor="UKR.GOV")
    content = Span(len(payload) + 6, len(text) - 1)
    said = maker.statement(
        source=Span(0, len(payload)),
        cue=Span(len(payload) + 1, len(payload) + 5),
        content=content,
        speaker=who,
        act=Act.ACCUSE,
    )
    trigger = text.index("struck")
    maker.event(Span(trigger, trigger + 6), EventType.ASSAULT, actors=(who,), asserted_by=said)
    return maker.reading()


@pytest.fixture(scope="module")
def room_of_payloads(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder: Path = tmp_path_factory.mktemp("hostile")
    return client_of(keep(folder, *map(hostile, PAYLOADS)))


def test_no_page_lets_words_out(room_of_payloads: TestClient) -> None:
    client = room_of_payloads
    home = client.get("/index.json").json()
    assert len(home["articles"]) == len(PAYLOADS)
    paths = ["/", "/search", "/review", "/review?table=events", "/stories", "/map"]
    paths += [f"/article/{one['id']}" for one in home["articles"]]
    for path in paths:
        html = client.get(path)
        assert html.status_code == 200, path
        found = parsed(html.text)
        assert not found.elements & {"svg", "base", "b", "img", "iframe"} - own_elements(path)
        assert "alert(1)</script>" not in html.text
        assert "49" not in parsed(html.text).words.split()
        for name, value in attributes(html.text):
            assert not name.startswith("on"), (path, name)
            assert not value.strip().lower().startswith("javascript:"), (path, name)


def own_elements(path: str) -> set[str]:
    """What the templates themselves have there."""
    return {"svg", "b"} if path in {"/map", "/search", "/"} else {"b"}


def attributes(html: str) -> list[tuple[str, str]]:
    from html.parser import HTMLParser

    found: list[tuple[str, str]] = []

    class Attributes(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.extend((name, value or "") for name, value in attrs if name != "value")

    Attributes().feed(html)
    return found


def test_the_text_comes_through_sign_for_sign(room_of_payloads: TestClient) -> None:
    client = room_of_payloads
    for one in client.get("/index.json").json()["articles"]:
        text = client.get(f"/article/{one['id']}.json").json()["reading"]["document"]["text"]
        assert any(text.startswith(payload) for payload in PAYLOADS)


def test_words_of_others_do_not_reach_headers(room_of_payloads: TestClient) -> None:
    answer = room_of_payloads.get("/search.csv")
    assert "set-cookie" not in answer.headers
