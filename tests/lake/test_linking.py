"""Links over a lake: as in one store, whatever the blocks are."""

import collections
import itertools
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import LakeError
from onrecord.ingest.ingesting import keep_and_link
from onrecord.ingest.linking import TABLES
from onrecord.lake import Lake
from onrecord.lake.link_plans import LinkSettings, documents_in, plan
from onrecord.lake.link_rows import Rows, rows_of_store
from onrecord.lake.link_tables import LINK_TABLES
from onrecord.lake.linking import link_lake
from onrecord.lake.unions import homes, joined
from onrecord.lake.views import opened_views, run_sql
from onrecord.records import Act, Kind, Reading
from onrecord.store import open_store
from tests.claims.made import RUN as CLAIMS_RUN
from tests.claims.made import made_reading
from tests.lake.made import MadeVectors, write

pytest.importorskip("duckdb")
NAMES = [("Ann Vale", Kind.PERSON), ("Dorn Mill", Kind.ORGANIZATION), ("Orsa", Kind.PLACE)]
CONTENT = "Dorn Mill of poisoning the river in Orsa"
DENIED = "that it had poisoned the river in Orsa"
MORE = (
    " Fish died along both banks of the river in Orsa, and the town closed its wells for a week."
    " Workers of Dorn Mill met in the market hall and asked for clean water and for their pay."
)


def accusation(published: str | None = "2020-03-05", outlet: str = "Made Gazette") -> Reading:
    return made_reading(
        f"Ann Vale accused {CONTENT}.{MORE}",
        ("Ann Vale", "accused", CONTENT, Act.ACCUSE),
        names=NAMES,
        outlet=outlet,
        published=published,
    )


def denial(published: str | None = "2020-03-06", outlet: str = "Other Herald") -> Reading:
    return made_reading(
        f"Dorn Mill denied {DENIED}.",
        ("Dorn Mill", "denied", DENIED),
        names=NAMES[1:],
        outlet=outlet,
        published=published,
    )


def weather(number: int, published: str) -> Reading:
    """An article about somebody else each time."""
    name = f"Pass {number}"
    text = f"Heavy snow closed {name} near Lomia on Monday, said nobody."
    return made_reading(text, names=[(name, Kind.ORGANIZATION)], published=published)


READINGS = [
    accusation(),
    denial(),
    accusation("2020-03-07", "Third Post"),
    weather(1, "2020-03-06"),
    weather(2, "2020-05-20"),
]


def made_lake(path: Path, readings: Sequence[Reading] = READINGS) -> Lake:
    from onrecord.lake import open_lake

    lake = open_lake(str(path), CLAIMS_RUN, create=True)
    write(lake, "a", [(reading, MadeVectors()) for reading in readings])
    return lake


def in_one_store(path: Path, readings: Iterable[Reading] = READINGS) -> Rows:
    """What is found when all is linked in a store, the earliest first."""
    ordered = sorted(readings, key=lambda r: (r.document.published or "~", r.document.id))
    with open_store(path, create=True, tables=TABLES) as store:
        with store.writing():
            for reading in ordered:
                keep_and_link(store, reading, MadeVectors(), at="2026-01-01T00:00:00Z")
        return rows_of_store(store.connection)


def tables_of(lake: Lake) -> dict[str, list[dict[str, Any]]]:
    found = {}
    with opened_views(lake, only=set(LINK_TABLES)) as connection:
        for name in LINK_TABLES:
            query = connection.execute(f"SELECT * FROM {name}")
            columns = [column[0] for column in query.description or ()]
            found[name] = [dict(zip(columns, row, strict=True)) for row in query.fetchall()]
    return found


def groups(rows: Iterable[dict[str, Any]], item: str, group: str) -> set[frozenset[str]]:
    found = collections.defaultdict(set)
    for row in rows:
        found[row[group]].add(row[item])
    return {frozenset(own) for own in found.values()}


def test_one_block_is_as_one_store(tmp_path: Path) -> None:
    lake = made_lake(tmp_path / "lake")
    linked = link_lake(lake, LinkSettings(window_days=10_000, overlap_days=0))
    wanted = in_one_store(tmp_path / "one.db")
    found = tables_of(lake)
    assert linked.rows == {name: len(rows) for name, rows in wanted.items()}
    assert wanted["disputes"]
    for name in LINK_TABLES:
        assert sorted(map(_plain, found[name])) == sorted(map(_plain, wanted[name])), name
    (row,) = run_sql(lake, "SELECT first_words, second_words, first_speaker FROM disputed").rows
    assert row == (CONTENT, DENIED.removeprefix("that "), "Ann Vale")


def test_windows_are_joined_by_what_they_share(tmp_path: Path) -> None:
    readings = [
        accusation("2020-03-05"),
        accusation("2020-03-09", "Third Post"),
        accusation("2020-03-13", "Fourth Mail"),
        denial("2020-03-11"),
    ]
    lake = made_lake(tmp_path / "lake", readings)
    linked = link_lake(lake, LinkSettings(window_days=4, overlap_days=4))
    assert linked.n_blocks > 2
    wanted = in_one_store(tmp_path / "one.db", readings)
    found = tables_of(lake)
    for table, item, group in (
        ("story_documents", "document", "story"),
        ("provenances", "document", "voice"),
        ("stances", "id", "claim"),
    ):
        assert groups(found[table], item, group) == groups(wanted[table], item, group), table
    for table in ("stories", "claims", "disputes"):
        assert {row["id"] for row in found[table]} == {row["id"] for row in wanted[table]}, table
    counts = ("n_asserts", "n_denies", "n_reports", "is_disputed")
    assert {row["id"]: [row[c] for c in counts] for row in found["claims"]} == {
        row["id"]: [row[c] for c in counts] for row in wanted["claims"]
    }


def test_copies_are_one_voice_over_all_buckets(tmp_path: Path) -> None:
    lone = made_reading(f"Ann Vale accused {CONTENT}.{MORE}", outlet="Fifth Sun", names=NAMES[:1],
                        published="2020-03-08")  # fmt: skip
    readings = [*READINGS[:4], lone, *(weather(n, "2020-03-06") for n in range(5, 12))]
    lake = made_lake(tmp_path / "lake", readings)
    settings = LinkSettings(window_days=10_000, overlap_days=0, most_documents=4)
    blocks = plan(lake, documents_in(lake), settings)
    assert {block.bucket for block in blocks} > {"copies"}
    link_lake(lake, settings)
    found = tables_of(lake)
    wanted = in_one_store(tmp_path / "one.db", readings)
    voices = groups(found["provenances"], "document", "voice")
    assert voices == groups(wanted["provenances"], "document", "voice")
    assert max(map(len, voices)) >= 3
    assert len(found["disputes"]) == 1


def test_a_second_time_links_what_is_new(tmp_path: Path) -> None:
    lake = made_lake(tmp_path)
    first = link_lake(lake)
    assert (first.n_blocks, first.n_known) == (2, 0)
    again = link_lake(lake)
    assert (again.n_blocks, again.n_known, again.rows) == (2, 2, first.rows)
    before = tables_of(lake)
    write(lake, "b", [(weather(3, "2021-01-01"), MadeVectors())])
    more = link_lake(lake)
    assert (more.n_blocks, more.n_known) == (3, 2)
    assert len(tables_of(lake)["stories"]) == len(before["stories"]) + 1
    write(lake, "c", [(weather(4, "2021-01-02"), MadeVectors())])
    assert link_lake(lake).n_known == 2
    assert len(list((tmp_path / "links" / "blocks").iterdir())) == 3
    assert all(len(list((tmp_path / "links" / name).iterdir())) <= 1 for name in LINK_TABLES
               if (tmp_path / "links" / name).exists())  # fmt: skip


def test_one_that_was_stopped_goes_on(tmp_path: Path) -> None:
    lake = made_lake(tmp_path)

    def stop(n_done: int, n_all: int) -> None:
        assert n_done <= n_all
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        link_lake(lake, on_block=stop)
    assert tables_of(lake)["stories"] == []
    assert link_lake(lake).n_known == 1
    assert tables_of(lake)["disputes"]


def test_without_dates_they_are_linked_among_themselves(tmp_path: Path) -> None:
    lake = made_lake(tmp_path, [accusation(None), denial(None), accusation("2020-03-05", "Third")])
    link_lake(lake)
    found = tables_of(lake)
    assert len(found["disputes"]) == 1
    assert len(found["provenances"]) == 3


def test_an_empty_lake_has_no_links(tmp_path: Path) -> None:
    lake = made_lake(tmp_path, [])
    assert set(link_lake(lake).rows.values()) == {0}
    assert tables_of(lake)["stories"] == []


def test_a_broken_block_is_told(tmp_path: Path) -> None:
    lake = made_lake(tmp_path)
    link_lake(lake)
    for path in (tmp_path / "links" / "blocks").iterdir():
        path.write_bytes(b"no links")
    with pytest.raises(LakeError, match="it holds no links"):
        link_lake(lake)
    (tmp_path / "links" / "links.json").write_text("{}")
    with pytest.raises(LakeError, match="link the lake again"):
        tables_of(lake)


@pytest.mark.slow
def test_the_number_of_processes_changes_nothing(tmp_path: Path) -> None:
    settings = LinkSettings(window_days=2, overlap_days=2)
    found = []
    for workers in (1, 2):
        lake = made_lake(tmp_path / str(workers))
        link_lake(lake, settings, workers=workers)
        found.append(tables_of(lake))
    assert found[0] == found[1]


def test_a_large_window_is_cut_by_actors_and_time(tmp_path: Path) -> None:
    readings = [accusation(f"2020-03-{day:02}", f"Outlet {day}") for day in range(1, 20)]
    readings += [weather(n, "2020-03-06") for n in range(6)]
    lake = made_lake(tmp_path, readings)
    settings = LinkSettings(window_days=10_000, overlap_days=0, most_documents=8)
    blocks = [b for b in plan(lake, documents_in(lake), settings) if b.bucket != "copies"]
    assert {one for block in blocks for one in block.documents} == {r.document.id for r in readings}
    assert max(len(block.documents) for block in blocks) <= 8
    in_turn = [b for b in blocks if b.bucket.startswith("actor dorn mill from")]
    in_turn.sort(key=lambda block: int(block.bucket.rpartition(" ")[2]))
    assert len(in_turn) == 3
    shared = [set(a.documents) & set(b.documents) for a, b in itertools.pairwise(in_turn)]
    assert all(len(own) == 2 for own in shared)


def test_a_stray_member_joins_no_groups() -> None:
    seen = {item: ["one", "two"] for item in "abcdef"}
    members = {("one", "s"): "abc", ("two", "t"): "cdef"}
    unions = joined(members, seen)
    assert unions.top(("one", "s")) != unions.top(("two", "t"))
    home = homes(members, {("one", "s"): 3, ("two", "t"): 4}, unions)
    assert home["c"] == ("two", "t")
    assert home["a"] == ("one", "s")


def _plain(row: dict[str, Any]) -> str:
    values = {k: json.loads(v) if k == "why" else v for k, v in row.items()}
    return json.dumps(values, sort_keys=True)
