"""What is written into a store: claims, stances, disputes; and what is left after taking out."""

import itertools
import json

import numpy as np
import pytest

from onrecord import claims
from onrecord.claims.tables import TABLES
from onrecord.records import Act, Kind
from onrecord.schema.fields import store_tables
from onrecord.store import Arrival, open_store
from tests.claims.made import made_reading
from tests.claims.made_stores import AT, disputes, dump, made_store, take

NAMES = [("Ann Vale", Kind.PERSON), ("Dorn Mill", Kind.ORGANIZATION), ("Orsa", Kind.PLACE)]


def accusation(outlet="Made Gazette", more=""):
    content = "Dorn Mill of poisoning the river in Orsa"
    return made_reading(
        f"Ann Vale accused {content}.{more}",
        ("Ann Vale", "accused", content, Act.ACCUSE),
        names=NAMES,
        outlet=outlet,
    )


def denial(outlet="Other Herald", published="2020-03-06"):
    content = "that it had poisoned the river in Orsa"
    return made_reading(
        f"Dorn Mill denied {content}.",
        ("Dorn Mill", "denied", content),
        names=NAMES[1:],
        outlet=outlet,
        published=published,
    )


def toll(n_killed, speaker="Ann Vale", url=None, published="2020-03-05"):
    content = f"{n_killed} people were killed in the fire in Orsa"
    return made_reading(
        f"{speaker} said {content}.",
        (speaker, "said", content),
        names=[(speaker, Kind.PERSON), NAMES[2]],
        published=published,
        url=url,
    )


def weather(outlet="Third Post"):
    return made_reading("Heavy snow closed the pass near Lomia on Monday.", outlet=outlet)


def test_a_denial_is_one_claim_with_two_stances(tmp_path) -> None:
    with made_store(tmp_path) as store:
        take(store, accusation(), denial())
        claim = store.connection.execute("SELECT * FROM claims").fetchone()
        assert (claim["n_asserts"], claim["n_denies"], claim["is_disputed"]) == (1, 1, 1)
        assert claim["first_seen"] == "2020-03-05"
        assert claim["last_seen"] == "2020-03-06"
        stances = store.connection.execute(
            "SELECT stance, speaker_spans FROM stances ORDER BY document, stance"
        ).fetchall()
        assert [row[0] for row in stances] == ["asserts", "reports", "denies", "reports"]
        assert [bool(json.loads(row[1])) for row in stances] == [True, False, True, False]


def test_a_dispute_has_the_words_of_both_sides_and_says_why(tmp_path) -> None:
    with made_store(tmp_path) as store:
        take(store, denial(), accusation())
        row = store.connection.execute("SELECT * FROM disputes").fetchone()
        ((_, first, second),) = disputes(store)
        assert first == "Dorn Mill of poisoning the river in Orsa"
        assert second == "it had poisoned the river in Orsa"
        assert row["claim"] == row["other_claim"]
        assert row["story"] == 1
        assert row["first_seen"] == "2020-03-06"
        assert "poison" in json.loads(row["why"])["same"]
        assert 0 < row["probability"] < 1


def test_what_only_one_says_is_no_claim_yet(tmp_path) -> None:
    with made_store(tmp_path) as store:
        take(store, accusation(), weather())
        assert store.connection.execute("SELECT count(*) FROM claims").fetchone()[0] == 0


def test_copies_are_one_voice(tmp_path) -> None:
    text = "The Dorn Mill poisoned the river in Orsa on Monday."
    times = {"Monday": "2020-03-02"}
    made = [
        made_reading(text, names=NAMES[2:], times=times, outlet=outlet)
        for outlet in ("One", "Two", "Three")
    ]
    with made_store(tmp_path) as store:
        take(store, made[0], made[1], voice=1)
        take(store, made[2])
        claim = store.connection.execute("SELECT n_asserts, n_reports FROM claims").fetchone()
        assert tuple(claim) == (2, 0)


def test_an_article_that_is_put_right_makes_nobody_contradict_themselves(tmp_path) -> None:
    first = toll(14, url="https://gazette.example/fire")
    for n, (url, speaker, n_disputes) in enumerate(
        (
            ("https://gazette.example/fire", "Ann Vale", 0),
            ("https://gazette.example/fire", "Bo Tarn", 1),
            ("https://gazette.example/blaze", "Ann Vale", 1),
        )
    ):
        folder = tmp_path / str(n)
        folder.mkdir()
        with made_store(folder) as store:
            take(store, first, toll(4, speaker, url, "2020-03-06"))
            assert len(disputes(store)) == n_disputes, (url, speaker)


def test_foreign_keys_hold(tmp_path) -> None:
    with made_store(tmp_path) as store:
        take(store, accusation(), denial(), weather())
        assert not store.connection.execute("PRAGMA foreign_key_check").fetchall()


def test_unlinking_leaves_things_as_before(tmp_path) -> None:
    with made_store(tmp_path) as store:
        take(store, accusation(), weather())
        before = dump(store)
        (number,) = take(store, denial())
        assert disputes(store)
        with store.writing():
            claims.unlink(store, [number])
        assert dump(store) == before


def test_another_document_takes_the_place_of_one_that_goes(tmp_path) -> None:
    with made_store(tmp_path) as store:
        take(store, accusation())
        first, _ = take(store, denial(), denial("Fourth Mail", "2020-03-07"))
        assert len(disputes(store)) == 1
        with store.writing():
            claims.unlink(store, [first])
        assert len(disputes(store)) == 1


def test_the_size_of_a_batch_changes_nothing(tmp_path) -> None:
    readings = [accusation(), denial(), weather()]
    dumps = []
    for size in (1, 3):
        folder = tmp_path / str(size)
        folder.mkdir()
        with open_store(folder / "x.db", create=True, tables=(TABLES,)) as store:
            for start in range(0, 3, size):
                with store.writing():
                    arrivals = []
                    for reading in readings[start : start + size]:
                        number = store.add(reading, at=AT).number
                        assert number is not None
                        arrivals.append(Arrival(number=number, reading=reading))
                    claims.link(store, arrivals)
            dumps.append(dump(store))
    assert dumps[0] == dumps[1]


def test_documents_without_a_story_or_a_date_are_linked_all_the_same(tmp_path) -> None:
    with made_store(tmp_path) as store:
        take(store, accusation(), denial(published=None), story=False)
        assert store.connection.execute("SELECT count(*) FROM claim_propositions").fetchone()[0]


def test_vectors_are_kept_and_used(tmp_path) -> None:
    class Vectors:
        def of(self, spans):
            return self.of_many([spans])[0]

        def of_many(self, many):
            return np.tile(np.float32([0.6, 0.8]), (len(many), 1))

    with made_store(tmp_path) as store, store.writing():
        for reading in (accusation(), denial()):
            number = store.add(reading, at=AT).number
            assert number is not None
            claims.link(store, (Arrival(number=number, reading=reading, vectors=Vectors()),))
        rows = store.connection.execute("SELECT vectors FROM claim_propositions").fetchall()
        assert all(len(row[0]) == 2 for row in rows)
        why = store.connection.execute("SELECT why FROM disputes").fetchone()[0]
        assert json.loads(why)["features"]["cosine"] == 1.0


def test_a_dispute_follows_the_story_of_its_claim(tmp_path) -> None:
    with made_store(tmp_path) as store:
        take(store, accusation(), denial())
        with store.writing():
            store.connection.execute(
                "INSERT INTO stories (number, id, document, n_documents, n_voices)"
                " VALUES (2, 't', 1, 1, 1)"
            )
            store.connection.execute("UPDATE claims SET story = 2")
        assert store.connection.execute("SELECT story FROM disputes").fetchone()[0] == 2


def test_the_candidates_of_a_document_are_capped(tmp_path) -> None:
    from onrecord.claims.settings import MOST_BY_KEYS, MOST_OF_STORY

    seen = []
    original = claims.linking.known_documents  # type: ignore[attr-defined]

    def counting(*args, **kwargs):
        found = original(*args, **kwargs)
        seen.append(len(found))
        return found

    patch = pytest.MonkeyPatch()
    patch.setattr("onrecord.claims.linking.known_documents", counting)
    try:
        with made_store(tmp_path) as store:
            take(store, *(accusation(f"Outlet {n}", f" Page {n}.") for n in range(60)))
    finally:
        patch.undo()
    assert max(seen) <= MOST_OF_STORY + MOST_BY_KEYS
    assert all(a <= b for a, b in itertools.pairwise(seen))


def test_what_is_written_fits_the_records(tmp_path) -> None:
    with made_store(tmp_path) as store:
        take(store, accusation(), denial())
        for table in ("claims", "stances", "disputes"):
            row = store.connection.execute(f"SELECT * FROM {table}").fetchone()
            assert set(row.keys()) == set(store_tables()[table].__dataclass_fields__)
