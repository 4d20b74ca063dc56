"""Whatever is asked, the room answers, and never with a failure of its own."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from onrecord.serve.decisions import DECISIONS, FIELDS
from onrecord.serve.guards import form_key
from onrecord.serve.pages.listing import PAGES
from tests.serve.rooms import settings_of

KEY = form_key(settings_of(Path("x")))
WORDS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "",
            "0",
            "-1",
            "1e9",
            "2022-13-45",
            '"',
            '"a" -b*',
            "NOT",
            "a NEAR b",
            "*",
            "%",
            "_",
            "'--",
        ]
    ),
    st.text("\"'*()-:^+ ANDORNT", max_size=12),
)


@settings(max_examples=60)
@given(st.data())
def test_any_question(client: TestClient, found: dict[str, str], data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(PAGES))
    names = [one.name for one in page.parameters if not one.is_in_path]
    asked = data.draw(st.dictionaries(st.sampled_from(names), WORDS)) if names else {}
    asked = {name: value.encode("utf-8", "replace").decode() for name, value in asked.items()}
    path = data.draw(st.sampled_from((page.path, page.json_path)))
    path = path.replace("{id}", found.get(page.name, "zzzz"))
    assert client.get(path, params=asked).status_code in {200, 400, 404}


@settings(max_examples=20)
@given(st.text(max_size=40))
def test_any_id(client: TestClient, given_id: str) -> None:
    from urllib.parse import quote

    shown = quote(given_id.encode("utf-8", "replace"), safe="")
    for name in ("article", "claim", "actor", "story"):
        answer = client.get(f"/{name}/{shown}.json")
        assert answer.status_code in {200, 307, 400, 404}


@settings(max_examples=30)
@given(st.dictionaries(st.sampled_from(FIELDS), WORDS), st.sampled_from(DECISIONS), st.booleans())
def test_any_form(
    client: TestClient, found: dict[str, str], form: dict[str, str], decision: str, is_ours: bool
) -> None:
    document = found["article"] if is_ours else form.get("document", "")
    # No row is named, so that the store stays as it is for other tests.
    row = form.get("row", "")[:3]
    given_form = form | {"form_key": KEY, "decision": decision, "document": document, "row": row}
    if decision == "add":
        given_form |= {"content": "5-1", "trigger": "5-1"}
    answer = client.post("/review/decide.json", json=given_form)
    assert answer.status_code in {400, 404}, answer.text
