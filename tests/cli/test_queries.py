"""Commands that ask a store made by hand, in all their formats."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli.main import commands
from onrecord.cli.view_tables import dispute_block
from onrecord.errors import InputError, StoreError
from tests.queries.made import make_store

QUERIES = [
    ["search", "boats"],
    ["who", "Northern Front"],
    ["disputes"],
    ["stories"],
    ["timeline"],
    ["control", "Upper Wessel"],
    ["claim", "claim1"],
    ["story", "story1"],
]
FORMS = [
    *("jsonl", "events-csv", "gdelt", "geojson", "json-ld"),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("store"))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, list(map(str, arguments)))


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[0])
def test_every_query_answers_in_every_format(path: Path, query: list[str]) -> None:
    for form in ("text", "json", "csv"):
        done = run(*query, "--db", path, "--format", form)
        assert (done.exit_code, done.stderr) == (0, ""), form
        assert done.stdout
        if form == "json":
            assert json.loads(done.stdout)
        elif form == "csv":
            assert list(csv.DictReader(io.StringIO(done.stdout), strict=True))
        else:
            assert all(line == line.rstrip() for line in done.stdout.splitlines())


def test_both_sides_of_a_dispute_are_shown(path: Path) -> None:
    shown = run("disputes", "--db", path).stdout
    assert shown.startswith(
        "denial · 2022-08-03 · claim claim1 · dispute dispute1\n"
        "  Bo Orly asserts\n    “the Front had seized"
    )
    assert "He denies" in shown


def test_what_is_shown_names_rows_and_claims_that_can_be_asked_for(path: Path) -> None:
    rows = json.loads(run("search", "boats", "--db", path, "--format", "json").stdout)
    shown = run("search", "boats", "--db", path).stdout
    assert rows
    assert all(f"row {row['id'][:10]}" in shown.replace("\n  ", " ") for row in rows)
    assert "row" not in run("search", "inspections", "--db", path).stdout.split("document")[1]


def test_somebody_against_their_own_words_is_told(path: Path) -> None:
    (row,) = json.loads(run("disputes", "--db", path, "--format", "json").stdout)
    head, *_ = dispute_block(row | {"is_own": True})
    assert (
        head[0]
        == "denial · against own earlier words · 2022-08-03 · claim claim1 · dispute dispute1"
    )


def test_no_answer_is_said_and_is_no_failure(path: Path) -> None:
    done = run("search", "giraffe", "--db", path)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "onrecord: nothing was found\n"
    assert run("search", "giraffe", "--db", path, "--format", "json").stdout == "[]\n"


def test_a_wrong_day_is_a_wrong_call(path: Path) -> None:
    done = run("timeline", "--db", path, "--since", "soon")
    assert done.exit_code == 2
    assert "since is 'soon'; it takes 2024, 2024-05 or 2024-05-02" in done.stderr


def test_an_unknown_name_or_file_is_told(path: Path, tmp_path: Path) -> None:
    assert isinstance(run("who", "Zed", "--db", path).exception, InputError)
    assert isinstance(run("who", "Zed", "--db", tmp_path / "none.db").exception, StoreError)


def test_sql_reads_and_nothing_else(path: Path) -> None:
    done = run("sql", "SELECT type FROM events ORDER BY type LIMIT 2", "--db", path)
    assert done.stdout == "type\nASSAULT\nASSAULT\n"
    for query in ("DELETE FROM events", "DROP TABLE events", "ATTACH 'x' AS y", "nonsense"):
        assert run("sql", query, "--db", path).exception is not None
    assert run("sql", "SELECT count(*) AS n FROM events", "--db", path).stdout == "n\n5\n"


def test_bytes_are_written_as_digits(path: Path) -> None:
    query = "SELECT x'00ff' AS digest, NULL AS b"
    done = run("sql", query, "--db", path, "--format", "json")
    assert json.loads(done.stdout) == [{"digest": "00ff", "b": None}]
    assert run("sql", query, "--db", path).stdout == "digest,b\n00ff,\n"


@pytest.mark.parametrize("query", [["timeline"], ["search", "boats"], ["who", "Northern Front"]])
def test_an_answer_that_is_as_long_as_it_may_be_says_so(path: Path, query: list[str]) -> None:
    for form in ("text", "json", "csv"):
        done = run(*query, "--db", path, "--limit", "1", "--format", form)
        assert done.stderr == "onrecord: 1 row is shown, as many as --limit lets through\n"
    assert run(*query, "--db", path).stderr == ""


def test_more_rows_than_the_limit_are_told(path: Path) -> None:
    done = run("sql", "SELECT id FROM events", "--db", path, "--limit", "2", "--format", "json")
    assert len(json.loads(done.stdout)) == 2
    assert "only the first 2 rows are shown" in done.stderr


@pytest.mark.parametrize("form", FORMS)
def test_a_store_is_exported(path: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / "out"
    done = run("export", "--db", path, "--as", form, "--output", out)
    assert done.exit_code == 0
    assert out.read_text("utf-8") == run("export", "--db", path, "--as", form).stdout != ""


def test_an_export_is_narrowed(path: Path) -> None:
    done = run("export", "--db", path, "--as", "jsonl", "--about", "crates")
    (line,) = done.stdout.splitlines()
    assert "crates" in json.loads(line)["document"]["text"]


@pytest.mark.parametrize("form", FORMS)
def test_an_export_of_nothing_says_so(path: Path, form: str) -> None:
    done = run("export", "--db", path, "--as", form, "--outlet", "Nobody")
    assert done.exit_code == 0
    assert done.stderr == "onrecord: no article was found; nothing stands in what is written\n"
    assert run("export", "--db", path, "--as", form).stderr == ""


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_all_tables_go_to_a_folder(path: Path, tmp_path: Path, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    done = run("export", "--db", path, "--as", f"tables-{form}", "--output", tmp_path / "out")
    assert done.exit_code == 0
    assert (tmp_path / "out" / f"events.{form}").exists()
    assert (tmp_path / "out" / "across" / f"disputes.{form}").exists()


def test_a_folder_that_cannot_be_made_is_a_wrong_call(path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    out = tmp_path / "file" / "tables"
    done = run("export", "--db", path, "--as", "tables-csv", "--output", out)
    assert done.exit_code == 2, done.exception
    assert f"--output: {out}: Not a directory" in done.stderr


def test_tables_need_a_folder(path: Path) -> None:
    done = run("export", "--db", path, "--as", "tables-csv")
    assert done.exit_code == 2
    assert "--output FOLDER" in done.stderr


def test_limits_are_found_in_a_store(path: Path) -> None:
    done = run("limits", "--db", path, "--format", "json")
    assert done.exit_code == 0
    assert {row["of"] for row in json.loads(done.stdout)} == {"deployed warheads"}
