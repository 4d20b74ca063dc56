"""Documents put into stories as they arrive, and taken out again."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from onrecord import stories
from onrecord.records import EventType, Reading
from onrecord.store import Arrival, Store, open_store
from tests.stories.made import (
    AT,
    FAIR,
    OTHER_QUAKE,
    QUAKE,
    QUAKE_AGAIN,
    add,
    contents,
    groups,
    invented,
    invented_words,
    made_store,
    reading,
)

FIRST, SECOND = invented_words("a", 40), invented_words("b", 40)


def quakes(**values: str | None) -> list[Reading]:
    given = {"published": "2022-08-02", **values}
    bay = {"names": ["Lena Dorn"], "places": [("Ostrava Bay", 1)]}
    return [
        reading(QUAKE, title="Earthquake hits Ostrava Bay", **bay, **given),
        reading(QUAKE_AGAIN, title="Nine saved from school", **bay, **given),
        reading(
            OTHER_QUAKE,
            title="Earthquake shuts railway",
            names=["Ivo Hask"],
            places=[("Velm", 2)],
            **given,
        ),
        reading(FAIR, title="Book fair", names=["Mira Sol"], places=[("Orvane", 3)], **given),
    ]


def bridge() -> list[Reading]:
    """Two stories, and a document that stands between them."""
    parts = [invented(FIRST, "a", 36), invented(SECOND, "b", 36)]
    return [*parts, invented(FIRST + SECOND, "c", 80)]


def two_in_one() -> list[Reading]:
    """A story of mixed documents that turns out to be two."""
    mixed = [invented(FIRST + SECOND, f"c{n}", 60) for n in range(2)]
    for n in range(5):
        mixed += [invented(FIRST, f"a{n}", 36), invented(SECOND, f"b{n}", 36)]
    return mixed


def _then_fail(arrivals: list[Arrival]) -> Any:
    yield from arrivals
    yield 1 / 0


def changes(store: Store) -> list[tuple[str, int, list[int]]]:
    rows = store.connection.execute("SELECT kind, document, why FROM story_changes ORDER BY number")
    return [(kind, number, json.loads(why)["documents"]) for kind, number, why in rows]


def test_same_happening_joins_and_another_of_its_kind_does_not(tmp_path: Path) -> None:
    with made_store(tmp_path) as store:
        add(store, quakes())
        assert groups(store) == [[1, 2], [3], [4]]


def test_without_dates_it_is_the_same(tmp_path: Path) -> None:
    with made_store(tmp_path) as store:
        add(store, quakes(published=None))
        assert groups(store) == [[1, 2], [3], [4]]
        rows = store.connection.execute("SELECT first_seen, last_seen FROM stories")
        assert all(tuple(row) == (None, None) for row in rows)


def test_a_document_with_and_one_without_date_meet(tmp_path: Path) -> None:
    with made_store(tmp_path) as store:
        add(store, [quakes()[0], quakes(published=None)[1]])
        assert groups(store) == [[1, 2]]
        story = store.connection.execute("SELECT * FROM stories").fetchone()
        assert (story["first_seen"], story["last_seen"]) == ("2022-08-02", "2022-08-02")


def test_years_apart_it_is_another_story(tmp_path: Path) -> None:
    with made_store(tmp_path) as store:
        add(store, [quakes()[0], quakes(published="2025-08-02")[1]])
        assert groups(store) == [[1], [2]]


def test_a_date_in_the_far_future_is_only_another_date(tmp_path: Path) -> None:
    with made_store(tmp_path) as store:
        add(store, quakes(published="9999-12-31"))
        assert groups(store) == [[1, 2], [3], [4]]


def test_a_date_that_is_none_counts_as_missing(tmp_path: Path) -> None:
    with made_store(tmp_path) as store:
        add(store, quakes(published="2022-13-45"))
        assert groups(store) == [[1, 2], [3], [4]]


def test_one_title_over_two_happenings(tmp_path: Path) -> None:
    weekly = "The week in pictures"
    with made_store(tmp_path) as store:
        add(store, [reading(QUAKE, title=weekly), reading(FAIR, title=weekly)])
        assert groups(store) == [[1], [2]]


def test_texts_without_words_stand_alone(tmp_path: Path) -> None:
    with made_store(tmp_path) as store:
        add(store, [reading("—", url="1"), reading("…", url="2"), reading("\n", url="3")])
        assert groups(store) == [[1], [2], [3]]


def test_a_reading_without_rows_is_linked_by_its_words(tmp_path: Path) -> None:
    with made_store(tmp_path) as store:
        add(store, [Reading(run=own.run, document=own.document) for own in quakes()])
        assert [1, 2] in groups(store)


def test_the_story_is_named_by_its_earliest_headline(tmp_path: Path) -> None:
    later, earlier = quakes(published="2022-08-03")[0], quakes(published="2022-08-02")[1]
    with made_store(tmp_path) as store:
        add(store, [later, earlier])
        story = store.connection.execute("SELECT * FROM stories").fetchone()
        assert (story["document"], story["n_documents"]) == (2, 2)
        assert (story["first_seen"], story["last_seen"]) == ("2022-08-02", "2022-08-03")


def test_why_names_what_is_shared(tmp_path: Path) -> None:
    with made_store(tmp_path) as store:
        add(store, quakes()[:2])
        row = store.connection.execute("SELECT * FROM story_documents WHERE document = 2")
        found = row.fetchone()
        why = json.loads(found["why"])
        assert why["names"] == ["Lena Dorn"]
        assert why["places"] == ["Ostrava Bay"]
        assert {"Rescuers", "Nine"} & set(why["words"])
        assert 0 < found["similarity"] <= 1


def test_voices_count_once(tmp_path: Path) -> None:
    with made_store(tmp_path) as store:
        arrivals = add(store, quakes()[:2], is_linked=False)
        with store.writing():
            for number in (1, 2):
                store.connection.execute(
                    "INSERT INTO provenances (document, voice, why) VALUES (?, 1, '{}')", (number,)
                )
            stories.link(store, arrivals)
        story = store.connection.execute("SELECT * FROM stories").fetchone()
        assert (story["n_documents"], story["n_voices"]) == (2, 1)


def test_batches_change_nothing(tmp_path: Path) -> None:
    given = [*quakes(), *two_in_one(), *bridge()]
    found = []
    for size in (1, 4, len(given)):
        folder = tmp_path / str(size)
        folder.mkdir()
        with made_store(folder) as store:
            for start in range(0, len(given), size):
                arrivals = add(store, given[start : start + size], is_linked=False)
                with store.writing():
                    stories.link(store, arrivals)
            found.append(contents(store))
    assert found[0] == found[1] == found[2]


def test_a_document_between_two_stories_joins_them(tmp_path: Path) -> None:
    with made_store(tmp_path) as store:
        add(store, bridge()[:2])
        (kept,) = store.connection.execute("SELECT id FROM stories WHERE document = 1").fetchone()
        add(store, bridge()[2:])
        assert groups(store) == [[1, 2, 3]]
        assert changes(store) == [("merge", 3, [2, 3])]
        row = store.connection.execute("SELECT story, other FROM story_changes").fetchone()
        assert row["story"] == kept
        stories_left = store.connection.execute("SELECT id FROM stories").fetchall()
        assert [tuple(own) for own in stories_left] == [(kept,)]


def test_a_story_that_is_two_parts(tmp_path: Path) -> None:
    with made_store(tmp_path) as store:
        add(store, two_in_one())
        assert len(groups(store)) == 2
        kind, number, moved = changes(store)[-1]
        assert (kind, number) == ("split", 12)
        assert moved in groups(store)
        row = store.connection.execute("SELECT * FROM story_changes WHERE kind = 'split'")
        change = row.fetchone()
        ids = {own[0] for own in store.connection.execute("SELECT id FROM stories")}
        assert ids == {change["story"], change["other"]}


@pytest.mark.parametrize(("most_older", "moved"), [(256, [3, 5, 7]), (0, [4, 6, 8])])
def test_the_oldest_documents_of_a_story_that_parts_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most_older: int, moved: list[int]
) -> None:
    """Of eight documents the last six part; 1 and 2 are like 4, 6 and 8."""
    monkeypatch.setattr("onrecord.stories.changes._MOST_CHECKED", 6)
    monkeypatch.setattr("onrecord.stories.changes._MOST_OLDER", most_older)
    with made_store(tmp_path) as store:
        add(store, two_in_one())
        assert changes(store)[-1] == ("split", 8, moved)
        assert all(own in groups(store)[0] for own in (1, 2))


@pytest.mark.parametrize("kind", ["quakes", "bridge", "two_in_one"])
def test_unlink_leaves_things_as_they_were(tmp_path: Path, kind: str) -> None:
    given = {"quakes": quakes, "bridge": bridge, "two_in_one": two_in_one}[kind]()
    with made_store(tmp_path) as store:
        states = [contents(store)]
        for own in given:
            add(store, [own])
            states.append(contents(store))
        for number in range(len(given), 0, -1):
            with store.writing():
                stories.unlink(store, [number])
            assert contents(store) == states[number - 1], number


def test_unlink_of_all_leaves_nothing(tmp_path: Path) -> None:
    with made_store(tmp_path) as store:
        arrivals = add(store, [*two_in_one(), *quakes()])
        with store.writing():
            stories.unlink(store, [own.number for own in arrivals])
        assert not any(contents(store).values())


def test_unlink_of_the_first_keeps_the_story(tmp_path: Path) -> None:
    with made_store(tmp_path) as store:
        add(store, quakes()[:2])
        before = store.connection.execute("SELECT number, id FROM stories").fetchone()
        with store.writing():
            stories.unlink(store, [1])
        after = store.connection.execute("SELECT * FROM stories").fetchone()
        assert tuple(before) == (after["number"], after["id"])
        assert (after["document"], after["n_documents"]) == (2, 1)


def test_read_again_it_comes_back_to_its_story(tmp_path: Path) -> None:
    with made_store(tmp_path) as store:
        add(store, quakes()[:2])
        with store.writing():
            stories.unlink(store, [1])
            stories.link(store, [Arrival(number=1, reading=quakes()[0])])
        assert groups(store) == [[1, 2]]


def test_a_deleted_document_can_go(tmp_path: Path) -> None:
    with made_store(tmp_path) as store:
        add(store, quakes())
        with store.writing():
            stories.unlink(store, [1])
            store.delete(1, at=AT)
        assert groups(store) == [[2], [3], [4]]


def test_unlink_of_what_was_never_linked(tmp_path: Path) -> None:
    with made_store(tmp_path) as store:
        add(store, quakes()[:1], is_linked=False)
        with store.writing():
            stories.unlink(store, [1, 99])
        assert groups(store) == []


def test_a_failed_batch_leaves_nothing(tmp_path: Path) -> None:
    with made_store(tmp_path) as store:
        arrivals = add(store, quakes(), is_linked=False)
        with pytest.raises(ZeroDivisionError), store.writing():
            stories.link(store, _then_fail(arrivals))
        assert not any(contents(store).values())


def test_events_of_one_happening_share_a_name(tmp_path: Path) -> None:
    first, second, other, _ = quakes()
    first = reading(QUAKE, events=[("earthquake", EventType.ASSAULT)], names=["Lena Dorn"])
    second = reading(QUAKE_AGAIN, events=[("earthquake", EventType.ASSAULT)], names=["Lena Dorn"])
    with made_store(tmp_path) as store:
        add(store, [first, second, other])
        rows = store.connection.execute("SELECT document, story, happening FROM story_happenings")
        found = [tuple(row) for row in rows]
        assert [row[0] for row in found] == [1, 2]
        assert len({row[1:] for row in found}) == 1


@pytest.mark.slow
def test_five_hundred_documents_of_one_day(tmp_path: Path) -> None:
    words = [invented_words(f"s{n}", 50) for n in range(25)]
    given = [invented(words[n % 25], f"d{n}") for n in range(500)]
    with made_store(tmp_path) as store:
        arrivals = add(store, given, is_linked=False)
        durations = []
        for arrival in arrivals:
            start = time.process_time()
            with store.writing():
                stories.link(store, [arrival])
            durations.append(time.process_time() - start)
        found = groups(store)
        assert sorted(map(len, found)) == [20] * 25
        assert all(len({number % 25 for number in own}) == 1 for own in found)
        # Far above what it takes, so that a busy machine does not fail; growth would be seen.
        assert sum(durations[-50:]) < 5 * sum(durations[100:150])


def test_the_file_is_sound_afterwards(tmp_path: Path) -> None:
    with made_store(tmp_path) as store:
        add(store, [*two_in_one(), *bridge()])
    with open_store(tmp_path / "s.db", mode="read") as store:
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert store.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
