import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli.gazetteer import gazetteer_commands
from onrecord.places.gazetteers import load_gazetteer
from tests.places.made import dump_line, write_dump


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shared = tmp_path_factory.getbasetemp() / "gazetteer"
    load_gazetteer(shared)
    own = tmp_path_factory.mktemp("cache")
    for base in shared.glob("base-*"):
        (own / base.name).hardlink_to(base)
    return own


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(gazetteer_commands, [str(a) for a in arguments])


def test_a_table_for_a_person(folder: Path) -> None:
    found = run("find", "Kiev", "--folder", folder)
    assert found.exit_code == 0
    assert "Kyiv" in found.stdout
    assert "703448" in found.stdout


def test_a_narrow_terminal_cuts_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    shown = run("find", "Kiev", "--folder", folder).stdout
    assert all(words in shown for words in ("Kyiv", "settlement", "703448"))
    assert "…" not in shown


def test_a_list_for_a_program(folder: Path) -> None:
    found = run("find", "Springfield", "--format", "json", "--limit", "3", "--folder", folder)
    places = json.loads(found.stdout)
    assert len(places) == 3
    assert places[0].keys() == {
        "name", "precision", "country", "admin1", "geonames_id", "lat", "lon", "population"
    }  # fmt: skip


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_place_is_said_so(folder: Path, form: str) -> None:
    found = run("find", "Qwxzburg", "--format", form, "--folder", folder)
    assert found.exit_code == 1
    assert found.stdout == ("" if form == "text" else "[]\n")


def test_what_is_added_is_found(folder: Path, tmp_path: Path) -> None:
    dump = write_dump(tmp_path / "UA.txt", dump_line())
    assert "1 places added" in run("add", dump, "--folder", folder).stderr
    assert run("find", "Upper Testivka", "--folder", folder).exit_code == 0
    assert "0 places added" in run("add", dump, "--folder", folder).stderr


def test_a_wrong_file_is_an_error_of_the_library(folder: Path, tmp_path: Path) -> None:
    dump = write_dump(tmp_path / "bad.txt", "nonsense")
    found = run("add", dump, "--folder", folder)
    assert str(found.exception) == f"{dump} line 1: it has 1 columns instead of 19"
