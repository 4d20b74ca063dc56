"""Documents with like words, of one story or not."""

from pathlib import Path

from onrecord.stories import likest_documents
from tests.stories.made import FAIR, OTHER_QUAKE, QUAKE, QUAKE_AGAIN, add, made_store, reading


def test_what_shares_most_words_comes_first_and_what_shares_none_not(tmp_path: Path) -> None:
    given = [reading(text) for text in (FAIR, OTHER_QUAKE, QUAKE, QUAKE_AGAIN)]
    with made_store(tmp_path) as store:
        add(store, given)
        found = likest_documents(store.connection, 4)
        assert found[0] == 3
        assert 1 not in found
        assert 4 not in found


def test_what_was_published_long_before_is_left_out(tmp_path: Path) -> None:
    early, late = reading(QUAKE, published="2020-08-02"), reading(QUAKE_AGAIN)
    with made_store(tmp_path) as store:
        add(store, [early, late])
        assert likest_documents(store.connection, 2) == []


def test_without_a_date_words_are_enough(tmp_path: Path) -> None:
    with made_store(tmp_path) as store:
        add(store, [reading(QUAKE, published=None), reading(QUAKE_AGAIN)])
        assert likest_documents(store.connection, 2) == [1]


def test_a_document_that_is_not_linked_is_like_none(tmp_path: Path) -> None:
    with made_store(tmp_path) as store:
        add(store, [reading(QUAKE)])
        add(store, [reading(QUAKE_AGAIN)], is_linked=False)
        assert likest_documents(store.connection, 2) == []
