"""How many hold a claim: what is counted one by one is what is counted as a whole."""

import dataclasses
import random
from pathlib import Path

import pytest

from onrecord.claims import holders
from onrecord.claims.holders import Counted, count_holders, is_large, recount
from onrecord.claims.tables import TABLES
from onrecord.records import StanceKind
from onrecord.store import open_store

KINDS = [kind.value for kind in StanceKind]


@pytest.fixture
def connection(tmp_path: Path):
    """A file with one claim and nobody who holds it; what rows point at is not there."""
    with open_store(tmp_path / "made.db", create=True, tables=(TABLES,)) as store:
        store.connection.execute("PRAGMA foreign_keys = OFF")
        store.connection.execute(
            "INSERT INTO claims (number, id, document, row_kind, row, spans, n_asserts, n_denies,"
            " n_reports, is_disputed) VALUES (1, 'c', 1, 'statement', 'r', '[]', 0, 0, 0, 0)"
        )
        yield store.connection


def stance(dice: random.Random, number: int) -> Counted:
    """Of few documents, speakers and voices, so that many are of one holder."""
    speaker = dice.choice([None, None, 1, 2, 3])
    return Counted(
        document=dice.randint(1, 9),
        id=f"s{number}",
        claim=1,
        kind=dice.choice(KINDS),
        speaker=speaker,
        voice=dice.randint(1, 5),
        is_named=speaker is not None or dice.random() < 0.4,
        published=dice.choice([None, f"2020-03-{dice.randint(10, 28)}"]),
    )


def write(connection, one: Counted) -> None:
    connection.execute(
        "INSERT INTO stances VALUES (?, ?, ?, 'statement', 'r', '[]', ?, ?, ?, ?, ?, '{}', 1.0)",
        (one.document, one.id, one.claim, one.speaker, '["x"]' if one.is_named else "[]",
         one.kind, one.voice, one.published),
    )  # fmt: skip


def counts(connection) -> tuple[object, ...]:
    return tuple(
        connection.execute(
            "SELECT n_asserts, n_denies, n_reports, first_seen, last_seen FROM claims"
        ).fetchone()
    )


@pytest.mark.parametrize("seed", range(12))
def test_one_by_one_as_all_at_once(connection, seed: int) -> None:
    dice = random.Random(seed)
    there: list[Counted] = []
    for number in range(60):
        one = stance(dice, number)
        write(connection, one)
        one.count(connection, 1)
        there.append(one)
        if dice.random() < 0.3:
            old = there.pop(dice.randrange(len(there)))
            new = dataclasses.replace(old, voice=dice.randint(1, 5))
            old.count(connection, -1)
            connection.execute("UPDATE stances SET voice = ? WHERE id = ?", (new.voice, new.id))
            new.count(connection, 1)
            there.append(new)
        found = counts(connection)
        recount(connection, [1])
        assert found == counts(connection), number


def test_a_speaker_is_no_voice_with_the_same_number() -> None:
    own, reported = ("asserts", None, 7, False), ("reports", 7, 8, True)
    assert count_holders([own, reported]) == (1, 0, 1)


def test_stances_of_a_document_as_they_count(connection) -> None:
    one = stance(random.Random(1), 1)
    write(connection, one)
    assert Counted.all_of(connection, one.document) == [one]


def test_a_claim_of_many_stances_is_large(connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holders, "_LARGE", 3)
    dice = random.Random(2)
    found = []
    for number in range(4):
        write(connection, stance(dice, number))
        found.append(is_large(connection, 1))
    assert found == [False, False, True, True]


def test_no_query_looks_through_a_claim(connection) -> None:
    seen: list[str] = []
    connection.set_trace_callback(seen.append)
    for kind in KINDS:
        one = dataclasses.replace(stance(random.Random(3), 1), kind=kind)
        for other in (one, dataclasses.replace(one, speaker=None, is_named=False)):
            other.count(connection, 1)
    connection.set_trace_callback(None)
    asked = {each for each in seen if each.lstrip().startswith("SELECT")}
    assert asked
    for each in asked:
        (plan,) = connection.execute(f"EXPLAIN QUERY PLAN {each}").fetchall()
        assert "stances_by_holder (claim=? AND stance=? AND speaker=?" in plan[3], (each, plan[3])
