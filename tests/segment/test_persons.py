import importlib.resources
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.segment.persons import gender_of, given_names


@pytest.mark.parametrize(
    ("words", "gender"),
    [
        ("Mr Vale", "m"),
        ("Mrs. Vale", "f"),
        ("Sir Alun Marsh", "m"),
        ("Queen Irmgard", "f"),
        ("the spokeswoman", "f"),
        ("ministry spokesman Robin Vale", "m"),
        ("Maria Ardal", "f"),
        ("Dr José Ardal", "m"),
        ("Foreign Minister Ingrid Holt", "f"),
        ("Jean-Luc Holt", "m"),
        ("MARIA ARDAL", "f"),
        ("a woman from Oslo", "f"),
        ("Lady Robin Vale", "f"),
    ],
)
def test_a_title_or_a_given_name_tells(words: str, gender: str) -> None:
    assert gender_of(words) == gender


@pytest.mark.parametrize(
    "words",
    [
        "",
        "the minister",
        "Robin Vale",
        "Vale",
        "Ministry of Health",
        "mark",
        "Judge Martin",
        "x" * 10_000,
    ],
)
def test_what_does_not_tell_is_unknown(words: str) -> None:
    assert gender_of(words) is None


def test_a_title_goes_before_a_given_name() -> None:
    assert gender_of("Maria Vale's husband") == "m"


def test_each_name_stands_once() -> None:
    path = importlib.resources.files("onrecord.segment") / "given_names.tsv"
    text = path.read_text("utf-8")
    assert "Source:" in text
    assert "Licence:" in text
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    assert rows[0] == ["gender", "names"]
    assert {row[0] for row in rows[1:]} == {"m", "f"}
    names = [name for row in rows[1:] for name in row[1].split()]
    assert len(names) == len(set(names)) > 1000
    assert all(name.isascii() and name == name.lower() for name in names)


def test_both_genders_are_known_about_equally() -> None:
    genders = list(given_names().values())
    assert 0.4 < genders.count("f") / len(genders) < 0.6


@given(st.text())
def test_any_text_has_an_answer(words: str) -> None:
    assert gender_of(words) in {"m", "f", None}


def test_a_long_name_takes_no_longer() -> None:
    started = time.perf_counter()
    gender_of("Abc " * 1_000_000)
    assert time.perf_counter() - started < 0.5
