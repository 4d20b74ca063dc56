"""Articles that try to be more than words: nothing of them leaves its place."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from onrecord.ingest.linking import TABLES, link_all
from onrecord.limits.models import Asserter, Basis, Bound, Evidence, Figure, Party, Scope
from onrecord.queries.room_reviews import REVIEWED
from onrecord.records import Act, EventType, Kind, Reading, Span
from onrecord.store import Arrival, open_store
from tests.export.made import Maker
from tests.serve.rooms import AT, client_of
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


def hostile(payload: str, *, outlet: str | None = None) -> Reading:
    """A payload in every field that an article gives."""
    text = f"{payload} said {payload} struck Odesa."
    maker = Maker(
        text,
        title=payload,
        outlet=outlet or payload,
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
    whole = Span(0, len(text))
    maker.commitment(whole, instrument=payload, signed="2010-04-08", verification=(content,))
    return maker.reading()


def limit_of(payload: str) -> Bound:
    """A payload in every cell of a file of limits."""
    return Bound(
        instrument=payload,
        parties=(Party(name=payload),),
        of=f"{payload} launchers",
        per=payload,
        scope=Scope.PARTY,
        comparator="at most",
        value=100.0,
        evidence=(Evidence(file=payload, line=1, url=payload, words=payload),),
        asserters=(Asserter(name=payload, side="a"),),
    )


def figure_of(payload: str, value: float) -> Figure:
    """A payload in every cell of a file of figures."""
    return Figure(
        of=f"{payload} launchers",
        party=Party(name=payload),
        date="2022-08-03",
        basis=Basis.FILE,
        value=value,
        asserter=Asserter(name=payload, side=str(value)),
        evidence=Evidence(file=payload, line=2, url=payload, words=payload),
    )


@pytest.fixture(scope="module")
def path_of_payloads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with all payloads, linked across articles as any others."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    with open_store(path, create=True, tables=TABLES) as store, store.writing():
        for payload in PAYLOADS:
            reading = hostile(payload, outlet=payload.encode("utf-8", "replace").decode())
            number = store.add(reading, at=AT).number
            assert number is not None
            link_all(store, [Arrival(number=number, reading=store.reading(number))])
    return path


@pytest.fixture(scope="module")
def room_of_payloads(path_of_payloads: Path) -> TestClient:
    return client_of(
        path_of_payloads,
        limits=tuple(map(limit_of, PAYLOADS)),
        figures=tuple(figure_of(one, value) for one in PAYLOADS for value in (90.0, 110.0)),
    )


def test_no_page_lets_words_out(room_of_payloads: TestClient, path_of_payloads: Path) -> None:
    client = room_of_payloads
    paths = list(all_paths(client, path_of_payloads))
    assert len({path.split("/")[1].split("?")[0] for path in paths}) >= 11
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
            assert not any(sign in value for sign in "\u202e\u2066"), (path, name)


def all_paths(client: TestClient, path: Path) -> Iterator[str]:
    """The addresses of all pages of a room, with each kind of row in the review."""
    home = client.get("/index.json").json()
    assert len(home["articles"]) == len(PAYLOADS)
    yield from ("/", "/search", "/stories", "/map", "/disputes", "/actors")
    yield from (f"/review?table={table}" for table in REVIEWED)
    yield from (f"/article/{one['id']}" for one in home["articles"])
    for payload in PAYLOADS:
        named = payload.encode("utf-8", "replace").decode().replace("\0", "")
        yield f"/commitments?{urlencode({'instrument': named})}"
        yield f"/search?{urlencode({'q': f'said {named}'.replace(chr(34), '')})}"
    tables = {"claims": "claim", "known_actors": "actor", "stories": "story"}
    with open_store(path, mode="read") as store:
        for table, page in tables.items():
            rows = store.connection.execute(f"SELECT id FROM {table} LIMIT 20").fetchall()
            assert rows, table
            yield from (f"/{page}/{row[0]}" for row in rows)


def test_words_of_files_stay_words(room_of_payloads: TestClient) -> None:
    page = room_of_payloads.get("/commitments", params={"instrument": PAYLOADS[0]}).text
    assert "figures on both sides of the limit" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def own_elements(path: str) -> set[str]:
    """What the templates themselves have there."""
    is_drawn = path.startswith(("/map", "/search", "/commitments")) or path == "/"
    return {"svg", "b"} if is_drawn else {"b"}


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
