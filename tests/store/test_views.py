"""Views of a store: what they say of one reading, and that the guide has every column."""

import re
from pathlib import Path
from typing import Any

import pytest

from onrecord.schema import store_tables
from onrecord.store import Store
from tests.contracts.modules import ROOT
from tests.store.made import AT, full_reading, quick_store

PAGE = (ROOT / "docs" / "guide" / "store.md").read_text("utf-8")
_VIEWS = PAGE.partition("\n## Tables")[0]
READING = full_reading()


@pytest.fixture(scope="module")
def store(tmp_path_factory: Any) -> Any:
    path: Path = tmp_path_factory.mktemp("views") / "made.db"
    with quick_store(path) as store:
        with store.writing():
            store.add(READING, at=AT, source="a feed")
        _across(store)
        yield store


def _across(store: Store) -> None:
    """A story, a voice, an actor and a dispute, as linkers would write them."""
    first, second = (f'[{{"start":{s.start},"end":{s.end}}}]' for s in _contents())
    store.connection.executescript(f"""
        INSERT INTO known_actors VALUES (1, 'a', 'Bo Orly', 'person', NULL, NULL, NULL, 1);
        INSERT INTO stories VALUES (4, 's', 1, '2022-08-03', '2022-08-03', 1, 1);
        INSERT INTO story_documents VALUES (1, 4, 1.0, '{{}}');
        INSERT INTO provenances VALUES (1, 'Ardal', NULL, NULL, NULL, 1, '{{}}');
        INSERT INTO claims VALUES (1, 'c', 1, 'statement', 'r', '{first}', 4, NULL, NULL,
            1, 1, 0, 1);
        INSERT INTO stances VALUES (1, 't', 1, 'statement', 'r', '{first}', 1, '[]', 'asserts',
            1, '2022-08-03', '{{}}', 0.9);
        INSERT INTO disputes VALUES (1, 'x', 'denial', 1, 1, 1, 't', '{first}', 1, 1, 'u',
            '{second}', NULL, 0, 4, '2022-08-03', '{{}}', 0.8);
    """)
    store.connection.execute(
        "INSERT INTO actor_entities VALUES (1, ?, 1, '{}', 1.0)",
        (READING.statements[0].speaker,),  # type: ignore[index]
    )


def _contents() -> list[Any]:
    return [each.content[0] for each in (READING.statements or ())[:2]]


def all_of(store: Store, view: str) -> list[dict[str, Any]]:
    return [dict(row) for row in store.connection.execute(f"SELECT * FROM {view}")]


def some(row: dict[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)


def test_articles(store: Store) -> None:
    (row,) = all_of(store, "articles")
    assert some(row, "document", "outlet", "title") == (1, "Ardal Post", "Harbour shelled")
    assert some(row, "version", "is_current", "source", "added_at") == (1, 1, "a feed", AT)
    assert some(row, "story", "voice", "publisher") == (4, 1, "Ardal")
    assert some(row, "n_statements", "n_events") == (3, 5)


def test_said(store: Store) -> None:
    rows = {row["speaker"]: row for row in all_of(store, "said")}
    orly, vale = rows["Bo Orly"], rows["Ann Vale"]
    assert orly["words"] == "the Front had seized Upper Wessel and would withdraw by July"
    assert some(orly, "source", "cue", "act") == ("General Bo Orly", "said", "assert")
    assert orly["speaker_actor"] == 1
    assert some(vale, "act", "depth", "parent") == ("admit", 1, rows["ministry"]["id"])
    assert {row["is_current"] for row in rows.values()} == {1}


def test_happened(store: Store) -> None:
    rows = {row["trigger"]: row for row in all_of(store, "happened")}
    shelled = rows["shelled"]
    assert some(shelled, "type", "mode") == ("ASSAULT", "heavy-weapons")
    assert some(shelled, "actors", "recipients") == ("Northern Front", "harbour of Odesa")
    assert some(shelled, "place", "country", "date") == ("Odesa", "UKR", "2022-08-02")
    assert some(shelled, "asserter", "asserted_by", "figures") == (None, None, "at least 12 people")
    assert rows["seized"]["asserter"] == "Bo Orly"
    assert rows["withdraw"]["actors"] == "Northern Front; Bo Orly"


def test_held_and_agreed(store: Store) -> None:
    (held,) = all_of(store, "held")
    assert some(held, "place", "holder", "change") == ("Upper Wessel", "Northern Front", "taken")
    assert some(held, "asserter", "words") == ("Bo Orly", "the Front had seized Upper Wessel")
    (agreed,) = all_of(store, "agreed")
    assert some(agreed, "instrument", "parties") == ("Tarn Treaty", "ministry; Northern Front")
    assert agreed["limits"] == "1,550 deployed warheads deployed warheads"
    assert some(agreed, "signed", "verification") == ("2010-04-08", "on-site inspections")


def test_figures(store: Store) -> None:
    rows = {row["value"]: row for row in all_of(store, "figures")}
    assert some(rows[12.0], "unit", "comparator") == ("person", "at least")
    assert rows[12.0]["words"] == "at least 12 people"
    for row in rows.values():
        assert row["words"] in row["around"]
        assert row["around"] in READING.document.text


def test_disputed_took_sides_and_headlines(store: Store) -> None:
    first, second = (span.text_in(READING.document.text) for span in _contents())
    (row,) = all_of(store, "disputed")
    assert some(row, "ground", "first_words", "second_words") == ("denial", first, second)
    assert some(row, "first_speaker", "second_speaker") == ("Bo Orly", None)
    (row,) = all_of(store, "took_sides")
    assert some(row, "stance", "speaker", "words") == ("asserts", "Bo Orly", first)
    (row,) = all_of(store, "headlines")
    assert some(row, "story", "headline", "n_voices") == (4, "Harbour shelled", 1)


def test_the_guide_has_every_view_and_column(store: Store) -> None:
    explained = {}
    for name, _, columns in re.findall(r"^\| `(\w+)` \| (.*) \| (.*) \|$", _VIEWS, re.MULTILINE):
        explained[name] = re.findall(r"`(\w+)`", columns)
    views = store.connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")
    assert explained == {
        name: [row[1] for row in store.connection.execute(f"PRAGMA table_info({name})")]
        for (name,) in views
    }


def test_queries_of_the_guide_run(store: Store) -> None:
    queries = [
        query
        for block in re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
        for query in block.split(";")
        if query.strip()
    ]
    assert len(queries) == 3
    for query in queries:
        store.connection.execute(query).fetchall()


def test_the_guide_names_every_table() -> None:
    named = set(re.findall(r"`(\w+)`", PAGE))
    assert set(store_tables()) <= named
    assert {"document_words", "statement_words", "entity_words", "row_ids"} <= named
