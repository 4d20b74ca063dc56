"""Independent voices of a story that grows: counted one by one as if all were counted again."""

import random
from pathlib import Path

import pytest

from onrecord.independence.voices import count_voices
from onrecord.ingest.linking import TABLES
from onrecord.ingest.voices import count_arrival
from onrecord.store import Store, open_store
from onrecord.stories import story_rows
from onrecord.stories.story_rows import found_story, join_story
from tests.store.made import AT, full_reading


def come(store: Store, page: int, voice: int | None, publisher: str | None) -> int:
    """A document, with its voice; nothing else links it."""
    number = store.add(full_reading(url=f"https://news.example/{page}"), at=AT).number
    assert number is not None
    store.connection.execute(
        "INSERT INTO provenances VALUES (?, ?, NULL, NULL, NULL, ?, '{}')",
        (number, publisher, voice or number),
    )
    return number


@pytest.mark.parametrize("seed", range(6))
def test_one_by_one_as_all_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(story_rows, "_COUNTED_AGAIN", 2)
    dice, told = random.Random(seed), []
    with open_store(tmp_path / "made.db", create=True, tables=TABLES) as store, store.writing():
        for page in range(30):
            voice = dice.choice([None, None, *(own for own, _ in told)])
            publisher = dice.choice([None, "Herald", "Post", "Tribune", f"Local {page}"])
            number = come(store, page, voice, publisher)
            told.append((voice or number, publisher))
            if page == 0:
                story = found_story(store.connection, number)
            join_story(store.connection, story, number, similarity=1.0, why={})
            count_arrival(store, number, ())
            (found,) = store.connection.execute("SELECT n_voices FROM stories").fetchone()
            assert found == count_voices(told), (page, told)
