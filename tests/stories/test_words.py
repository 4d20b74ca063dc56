"""Words as terms, and how rare they are."""

import pytest

from onrecord.stories.words import known_shares, rarity, term_of, tokens_in, words_in


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("attack attacks attacked attacking", "attack"),
        ("deny denies denied denying", "deny"),
        ("move moves moved moving", "mov"),
        ("Smith Smith's smith’s", "smith"),
        ("bus", "bus"),
        ("crisis", "crisis"),
        ("news", "news"),
        ("red", "red"),
        ("king", "king"),
        ("1,550", "1550"),
        ("6.1", "6.1"),
    ],
)
def test_forms_of_one_word_are_one_term(words: str, term: str) -> None:
    assert {term_of(word) for word in words.split()} == {term}


def test_words_keep_their_places() -> None:
    assert tokens_in("No, 4,000 homes.") == [(0, "No"), (4, "4,000"), (10, "homes")]


def test_any_text_has_terms_or_none() -> None:
    assert list(words_in("")) == []
    assert list(words_in("\ud800 — … \x00")) == []
    assert list(words_in("Ärzte жить 北京")) == ["ärzt", "жить", "北京"]


def test_the_table_is_sound() -> None:
    shares = known_shares()
    assert len(shares) > 5000
    assert all(0 < share <= 1 for share in shares.values())
    assert shares["the"] > 0.9
    assert all(term == term_of(term) or len(term) > 2 for term in shares)


def test_unknown_words_are_rarest_and_common_ones_tell_nothing() -> None:
    unknown, known, common = (
        rarity(term, n_with=0, n_documents=0) for term in ("orvane", "minister", "the")
    )
    assert unknown > known > common
    assert common < 0.1


def test_what_the_store_has_often_tells_less_and_one_story_little() -> None:
    none, few, many = (rarity("orvane", n_with=n, n_documents=2000) for n in (0, 10, 1000))
    assert none > few > many
    assert none - few < 2
    assert many < 2
