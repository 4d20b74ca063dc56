"""Values as somebody types them, and addresses as they are written."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.store.addresses import plain_address
from onrecord.store.typed_values import typed_value

TEXT = "The mayor said that the dam held. The dam, she said, was old."


@pytest.mark.parametrize(
    ("section", "field", "typed", "value"),
    [
        ("statements", "act", "deny", "deny"),
        ("statements", "speaker", "null", None),
        ("statements", "probability", "0.5", 0.5),
        ("statements", "content", "that the dam held", [{"start": 15, "end": 32}]),
        (
            "statements",
            "content",
            "15-32,34-41",
            [{"start": 15, "end": 32}, {"start": 34, "end": 41}],
        ),
        ("statements", "content", "[[15, 32]]", [{"start": 15, "end": 32}]),
        (
            "statements",
            "content",
            '[{"start": 15, "end": 32, "text": "x"}]',
            [{"start": 15, "end": 32}],
        ),
        (
            "statements",
            "content",
            "The dam … was old",
            [{"start": 34, "end": 41}, {"start": 53, "end": 60}],
        ),
        ("events", "trigger", "held", {"start": 28, "end": 32}),
        ("events", "trigger", '{"start": 28, "end": 32}', {"start": 28, "end": 32}),
        ("events", "actors", "ab12 cd34", ["ab12", "cd34"]),
        ("events", "actors", '["ab12"]', ["ab12"]),
        ("events", "date", '{"value": "2026", "span": null}', {"value": "2026", "span": None}),
        ("entities", "name", "null hypothesis", "null hypothesis"),
        ("documents", "title", "null", None),
        ("documents", "nothing", "x", "x"),
    ],
)
def test_what_is_typed_is_understood(section: str, field: str, typed: str, value: Any) -> None:
    assert typed_value(section, field, typed, TEXT) == value


@pytest.mark.parametrize(
    ("field", "typed", "problem"),
    [
        ("cue", "said", "stands there 2 times; give one of 10-14, 47-51"),
        ("cue", "shouted", "does not stand in the text"),
        ("cue", "", "does not stand"),
        ("cue", "[1]", "no span"),
        ("cue", '[{"start": 1}]', "no span"),
        ("probability", "much", "no JSON"),
    ],
)
def test_what_is_not_clear_is_asked_for(field: str, typed: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        typed_value("statements", field, typed, TEXT)


@pytest.mark.parametrize(
    "same",
    [
        "http://news.example/a/b?id=2&x=1",
        "HTTPS://www.News.Example:443/a/b/?x=1&id=2#top",
        "https://news.example/a/b?x=1&utm_source=feed&id=2&fbclid=9",
        "https://user:word@news.example./a/b?id=2&x=1",
        " https://news.example/a/b?id=2&x=1 ",
    ],
)
def test_addresses_of_one_article_are_one(same: str) -> None:
    assert plain_address(same) == "//news.example/a/b?id=2&x=1"


@pytest.mark.parametrize(
    "other",
    [
        "https://news.example/a/b?id=3&x=1",
        "https://news.example/A/b?id=2&x=1",
        "https://news.example:8080/a/b?id=2&x=1",
        "https://de.news.example/a/b?id=2&x=1",
        "https://news.example/a/b",
    ],
)
def test_addresses_of_other_articles_are_others(other: str) -> None:
    assert plain_address(other) not in (None, "//news.example/a/b?id=2&x=1")


@pytest.mark.parametrize(
    "none",
    [None, "", "a.txt", "/news/a.txt", "ftp://news.example/a", "x:y", "http://[", "http://a:b"],
)
def test_what_is_no_web_address_has_none(none: str | None) -> None:
    assert plain_address(none) is None


@example("HTTP://.")
@example("https://www./a")
@given(st.text() | st.from_regex(r"https?://[a-z.\[\]:%@]*/\S*"))
def test_any_address_is_taken(url: str) -> None:
    plain = plain_address(url)
    if plain is not None:
        assert plain_address(f"https:{plain}") == plain
