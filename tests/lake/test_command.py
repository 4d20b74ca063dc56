"""`onrecord lake` and `onrecord ingest DIR`."""

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli.main import commands
from onrecord.errors import LakeError
from onrecord.lake import FailedShard, Lake, Piece, make_shard
from onrecord.records import Rejection, RejectionReason
from tests.lake.made import MadeVectors, new_lake, page, write

REJECTION = Rejection(source="/in/a.zip", reason=RejectionReason.EMPTY, detail="no words")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    made = new_lake(tmp_path / "lake")
    write(made, "a", [(page(1), MadeVectors()), (page(2, None), MadeVectors())], [REJECTION])
    shard = make_shard([Piece(source="/in/b.jsonl", kind="file")], run=made.run.id)
    made.give_up(FailedShard(id=shard.id, pieces=shard.pieces, reason="the disk is full", tries=3))
    return made


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(commands, [str(word) for word in words], catch_exceptions=False)


def test_show_counts_and_names_what_failed(lake: Lake) -> None:
    shown = run("lake", "show", lake.url).output
    assert "1 shards finished, 1 failed" in shown
    assert "1 refused (1 empty)" in shown
    assert "  2024-05 " in shown
    assert "failed after 3 tries: the disk is full\n  /in/b.jsonl" in shown


def test_show_as_json(lake: Lake) -> None:
    shown = json.loads(run("lake", "show", lake.url, "--format", "json").output)
    assert shown["run"] == lake.run.id
    assert shown["months"] == {"2024-05": 1, "unknown": 1}
    assert shown["rows"]["readings"] == 2
    assert shown["failed"][0]["sources"] == ["/in/b.jsonl"]


def test_open_answers_a_query(lake: Lake) -> None:
    query = "SELECT title, links FROM documents ORDER BY title LIMIT 2"
    found = run("lake", "open", lake.url, "--sql", query)
    assert found.stdout == "title,links\nPage 1,[]\nPage 2,[]\n"
    found = run("lake", "open", lake.url, "--sql", query, "--format", "json", "--limit", "1")
    assert json.loads(found.stdout) == [{"title": "Page 1", "links": []}]
    assert "only the first 1 rows are shown" in found.stderr


def test_open_makes_a_file(lake: Lake, tmp_path: Path) -> None:
    found = run("lake", "open", lake.url)
    assert found.stdout == f"{Path(lake.url) / 'lake.duckdb'}\n"
    assert Path(found.stdout.strip()).is_file()
    run("lake", "open", lake.url, "--output", tmp_path / "own.duckdb")
    assert (tmp_path / "own.duckdb").is_file()


def test_open_says_where_a_file_cannot_go() -> None:
    new_lake("memory://remote")
    found = CliRunner().invoke(commands, ["lake", "open", "memory://remote"])
    assert found.exit_code == 2
    assert "say with --output where the file goes" in found.output


def test_what_is_no_lake_is_told(tmp_path: Path) -> None:
    for command in ("show", "open", "link"):
        with pytest.raises(LakeError, match="there is no lake"):
            run("lake", command, tmp_path)


@pytest.mark.weights
def test_link_and_ingest(lake: Lake, tmp_path: Path) -> None:
    found = run("lake", "link", lake.url)
    assert "2 blocks, 0 of them linked before; 2 provenances, 2 stories" in found.stderr
    found = run("ingest", lake.url, "--db", tmp_path / "news.db")
    assert found.exit_code == 1
    assert "2 new, 1 refused (empty)" in found.stderr
    with sqlite3.connect(tmp_path / "news.db") as connection:
        assert connection.execute("SELECT count(*) FROM story_documents").fetchone() == (2,)
    connection.close()
    again = run("ingest", lake.url, "--db", tmp_path / "news.db", "--format", "json")
    assert json.loads(again.stdout)["documents"] == {"known": 2}
