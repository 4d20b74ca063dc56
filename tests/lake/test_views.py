"""SQL over a lake: each table a view, each document once."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from onrecord.errors import InputError, LakeError
from onrecord.lake import Lake
from onrecord.lake.link_tables import LINK_TABLES
from onrecord.lake.views import opened_views, run_sql, write_views
from onrecord.records import Rejection, RejectionReason
from onrecord.schema.fields import tables
from tests.export.made import crates
from tests.lake.made import MadeVectors, new_lake, page, write

duckdb = pytest.importorskip("duckdb")
REJECTION = Rejection(source="/in/a.zip", reason=RejectionReason.EMPTY, detail="no words")


def counts(lake: Lake, names: Iterable[str]) -> dict[str, int]:
    """The rows of each view."""
    with opened_views(lake) as connection:
        rows = {n: connection.execute(f"SELECT count(*) FROM {n}").fetchone() for n in names}
    return {name: row[0] for name, row in rows.items() if row is not None}


def test_each_table_is_a_view_with_its_rows(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    finished = write(lake, "a", [(page(1), MadeVectors()), page(2, "2024-06-01"), page(3, None)])
    n_rows = counts(lake, tables())
    assert n_rows.pop("runs") == 1
    assert n_rows == {name: finished.counts.get(name, 0) for name in n_rows}
    found = run_sql(lake, "SELECT month, count(*) AS n FROM documents GROUP BY 1 ORDER BY 1")
    assert found.columns == ("month", "n")
    assert found.rows == [("2024-05", 1), ("2024-06", 1), ("unknown", 1)]
    (row,) = run_sql(lake, "SELECT count(DISTINCT document), min(len(vector)) FROM vectors").rows
    assert row == (1, 8)


def test_words_are_sliced_by_their_spans(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    write(lake, "a", [page(1)])
    query = (
        "SELECT substr(d.text, e.trigger.start + 1, e.trigger.end - e.trigger.start)"
        " FROM events AS e JOIN documents AS d ON d.id = e.document ORDER BY e.trigger.start"
    )
    events = sorted(page(1).events or (), key=lambda event: event.trigger.start)
    assert run_sql(lake, query).rows == [(page(1).text_of(e.trigger),) for e in events]


def test_views_have_words_and_names(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    write(lake, "a", [page(1), crates()])
    found = run_sql(lake, "SELECT speaker, words, cue FROM said ORDER BY document, words")
    entities = {e.id: e.name for r in (page(1), crates()) for e in r.entities or ()}
    wanted = [
        (entities.get(s.speaker or ""), r.text_of(s.content), r.text_of(s.cue))
        for r in (page(1), crates())
        for s in r.statements or ()
    ]
    assert sorted(map(str, found.rows)) == sorted(map(str, wanted))
    found = run_sql(lake, 'SELECT actors, recipients, "trigger" FROM happened')
    wanted = [
        (
            "; ".join(entities[one] for one in e.actors) or None,
            "; ".join(entities[one] for one in e.recipients) or None,
            r.text_of(e.trigger),
        )
        for r in (page(1), crates())
        for e in r.events or ()
    ]
    assert sorted(map(str, found.rows)) == sorted(map(str, wanted))


def test_a_document_of_two_shards_counts_once(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    write(lake, "a", [page(1), page(2)])
    write(lake, "b", [page(2), page(3).replace(times=())])
    for name in ("documents", "readings"):
        assert run_sql(lake, f"SELECT count(*) FROM {name}").rows == [(3,)]
    n_events = 3 * len(page(1).events or ())
    assert run_sql(lake, "SELECT count(*) FROM events").rows == [(n_events,)]
    assert "filename" not in run_sql(lake, "SELECT * FROM events").columns


def test_an_empty_lake_has_all_views(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    found = counts(
        lake, (*tables(), "refusals", "shards", "failed_shards", "said", "disputed", *LINK_TABLES)
    )
    assert found.pop("runs") == 1
    assert set(found.values()) == {0}


def test_columns_are_the_same_with_and_without_rows(tmp_path: Path) -> None:
    empty, full = new_lake(tmp_path / "empty"), new_lake(tmp_path / "full")
    write(full, "a", [page(1)], [REJECTION])
    with opened_views(empty) as one, opened_views(full) as other:
        for name in (*tables(), "refusals"):
            query = f"SELECT column_name, column_type FROM (DESCRIBE {name})"
            assert one.execute(query).fetchall() == other.execute(query).fetchall(), name


def test_shards_and_refusals_have_tables(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    write(lake, "a", [page(1)], [REJECTION])
    query = "SELECT sources, n_documents, n_refused, seconds FROM shards"
    assert run_sql(lake, query).rows == [(["/in/a.jsonl"], 1, 1, 1.5)]
    assert run_sql(lake, "SELECT source, reason FROM refusals").rows == [("/in/a.zip", "empty")]


def test_queries_cannot_write(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    target = tmp_path / "out.csv"
    for query in (f"COPY documents TO '{target}'", "CREATE TABLE x (a INT)", "DROP VIEW events"):
        with pytest.raises(InputError, match="queries can read and nothing else"):
            run_sql(lake, query)
    assert not target.exists()


def test_faulty_queries_are_told(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    with pytest.raises(InputError, match="nowhere"):
        run_sql(lake, "SELECT * FROM nowhere")
    with pytest.raises(InputError, match="one statement at a time"):
        run_sql(lake, "SELECT 1; SELECT 2")
    with pytest.raises(InputError, match="one statement at a time"):
        run_sql(lake, "")
    with pytest.raises(InputError, match=r"stopped after 0\.2 seconds"):
        run_sql(lake, "SELECT sum(sin(i + j)) FROM range(1000000) a(i), range(1000000) b(j)",
                timeout_s=0.2)  # fmt: skip


def test_a_limit_cuts(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    found = run_sql(lake, "SELECT range AS n FROM range(5)", limit=2)
    assert (found.rows, found.is_cut) == ([(0,), (1,)], True)
    assert not run_sql(lake, "SELECT 1", limit=1).is_cut


def test_a_file_of_duckdb_has_the_views(tmp_path: Path) -> None:
    lake = new_lake(tmp_path / "it's a lake")
    write(lake, "a", [page(1)])
    for _ in range(2):
        write_views(lake, tmp_path / "lake.duckdb")
    with duckdb.connect(str(tmp_path / "lake.duckdb"), read_only=True) as opened:
        assert opened.execute("SELECT count(*) FROM documents").fetchall() == [(1,)]
        assert opened.execute("SELECT title FROM documents").fetchall() == [("Page 1",)]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["lake.duckdb"]


def test_a_lake_in_memory_has_views() -> None:
    lake = new_lake("memory://views")
    write(lake, "a", [page(1)])
    assert run_sql(lake, "SELECT title, month FROM documents").rows == [("Page 1", "2024-05")]
    lake.folder.files.store.clear()


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    lake = new_lake(tmp_path)
    finished = write(lake, "a", [page(1)])
    (tmp_path / finished.files[0].path).unlink()
    with pytest.raises(LakeError, match="parquet"):
        run_sql(lake, f"SELECT * FROM {finished.files[0].table}")
