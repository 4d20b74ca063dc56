"""Look-up of actors by names: whole or begun, in any case, with or without accents and titles."""

import json

import pytest
from click.testing import CliRunner

from onrecord import registry
from onrecord.cli.registry import actors_commands
from onrecord.ingest.linking import TABLES
from onrecord.store import Store, open_store
from tests.registry.made import add, body, person, told, undone

DOCUMENTS = (
    told(person("José Ardán", "Ardán", code="MEX.GOV"), extra={"title": "A gate is shut"}),
    told(person("José Ardán", code="MEX.GOV"), published="2023-01-01"),
    told(person("José Ardanza", code="MEX.CVL")),
    told(body("Halden Grain Desk")),
)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("José Ardán", ["José Ardán", "José Ardanza"]),
        ("jose ardan", ["José Ardán", "José Ardanza"]),
        ("President José Ardán", ["José Ardán", "José Ardanza"]),
        ("ardan", ["José Ardán"]),
        ("the halden", ["Halden Grain Desk"]),
        ("nobody", []),
        ("%", []),
        ("", []),
    ],
)
def test_find(store: Store, name: str, found: list[str]) -> None:
    with undone(store):
        registry.link(store, add(store, DOCUMENTS))
        assert [actor.name for actor in registry.find_actors(store, name)] == found


def test_whole_names_and_known_actors_come_first(store: Store) -> None:
    with undone(store):
        registry.link(store, add(store, DOCUMENTS))
        first, *_ = registry.find_actors(store, "josé ardán", n_entities=5)
    assert first.n_documents == 2
    assert first.names == ("José Ardán", "Ardán")
    assert [entity.published for entity in first.entities] == ["2022-08-02", "2023-01-01"]


@pytest.fixture
def path(tmp_path_factory: pytest.TempPathFactory):
    file = tmp_path_factory.mktemp("cli") / "actors.db"
    with open_store(file, create=True, tables=TABLES) as opened, opened.writing():
        registry.link(opened, add(opened, DOCUMENTS))
    return file


def _run(*given: str, status: int = 0) -> str:
    result = CliRunner().invoke(actors_commands, list(given))
    assert result.exit_code == status, result.output
    return result.stdout


def test_the_command_finds_merges_splits_and_lists(path) -> None:
    db = ("--db", str(path))
    found = json.loads(_run("find", "jose", "--entities", "9", "--format", "json", *db))
    assert [actor["n_documents"] for actor in found] == [2, 1]
    kept, gone = (actor["id"] for actor in found)
    assert "also Ardán" in _run("find", "jose", *db)
    assert _run("find", "jose", "--format", "csv", *db).count("\n") == 3
    signed = ("--why", "one man", "--by", "an editor", *db)
    assert _run("merge", kept, gone, *signed) == f"{kept}\n"
    entity = found[1]["entities"][0]["entity"]
    made = json.loads(_run("split", kept, "--entities", entity, "--format", "json", *signed))
    assert made["actor"] != kept
    changes = json.loads(_run("changes", "--format", "json", *db))
    assert [change["kind"] for change in changes] == ["merge", "split"]
    assert "an editor: one man" in _run("changes", *db)
    assert _run("changes", "--format", "csv", *db).count("\n") == 3


def test_the_command_says_when_nobody_is_found(path) -> None:
    assert _run("find", "nobody", "--db", str(path), status=1) == ""
