"""Words that are looked for in the spellings that a text may have."""

import sqlite3

import pytest

from onrecord.queries.words import match_expression


def finds(words: str, text: str) -> bool:
    index = sqlite3.connect(":memory:")
    index.execute(
        "CREATE VIRTUAL TABLE t USING fts5(text, tokenize='unicode61 remove_diacritics 2')"
    )
    index.execute("INSERT INTO t VALUES (?)", (text,))
    found = index.execute("SELECT count(*) FROM t WHERE t MATCH ?", (match_expression(words),))
    return bool(found.fetchone()[0])


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("Lodz", "Łódź"),
        ("łódź", "Lodz"),
        ("tromso", "Tromsø"),
        ("Tromsø", "Tromso"),
        ("Dukic", "Đukić"),
        ("strasse", "Straße"),
        ("Malmo", "Malmö"),
        ("wrocla*", "Wrocław"),
        ("Lodz walked", "They walked to Łódź"),
        ("Lodz OR Kolno", "Kolno"),
    ],
)
def test_letters_that_stand_for_others_are_found(words: str, text: str) -> None:
    assert finds(words, text)


@pytest.mark.parametrize(
    ("words", "text"),
    [("Lodz", "Lodge"), ("union -Lodz", "The union met in Łódź"), ("Lodz Kolno", "Łódź")],
)
def test_nothing_else_is_found(words: str, text: str) -> None:
    assert not finds(words, text)


def test_long_words_stay_bounded() -> None:
    assert match_expression("lo" * 400) == f'"{"lo" * 400}"'
    assert finds("lo" * 20, "lo" * 20)
