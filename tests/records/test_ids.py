"""Ids made from content."""

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.records import Act, Link, Span, as_spans, content_id, make_document, statement_id
from onrecord.records.runs import make_run
from tests.records.generated import json_values, many

# Whoever changes one of these changes the id of every row in every store.
PINNED = {
    "nothing": (lambda: content_id("entity"), "fb52ed47dd36d1a212ee"),
    "parts": (lambda: content_id("entity", "a", None, 1, 0.5, True), "a8548c4ed21796aaa63c"),
    "letters": (lambda: content_id("entity", "Łódź 😀 \ud800"), "144062d3e99152227b43"),
    "spans": (lambda: content_id("mention", "d", Span(3, 7), Act.DENY), "79de3a0fe98c877d0ed3"),
    "settings": (
        lambda: content_id("run", {"b": [1, 2], "a": {"c": None}}),
        "ca4c572be8ec7ab1e145",
    ),
    "document": (
        lambda: (
            make_document(
                text="The bridge is shut.", outlet="The Harbour Herald", published="2022-08-02"
            ).id
        ),
        "a802438a593744108091",
    ),
    "run": (
        lambda: (
            make_run(
                software="0.1.0", model="statements-1", model_digest="00", settings={"least": 0.5}
            ).id
        ),
        "babd0a2ea1771c2854f9",
    ),
    "statement": (
        lambda: statement_id(
            "d", source=as_spans([(0, 3)]), cue=as_spans([(4, 8)]), content=as_spans([(9, 12)])
        ),
        "aa84b7c7a726bac0ce3e",
    ),
}


@pytest.mark.parametrize("name", PINNED)
def test_pinned_ids(name: str) -> None:
    make, expected = PINNED[name]
    assert make() == expected


def test_an_id_is_twenty_hexadecimal_digits() -> None:
    assert len(content_id("x")) == 20
    assert set(content_id("x")) <= set("0123456789abcdef")


_PARTS = st.lists(json_values(), max_size=3)


@many
@given(_PARTS)
def test_the_same_content_gives_the_same_id(parts: list[Any]) -> None:
    assert content_id("x", *parts) == content_id("x", *parts)
    assert content_id("x", parts) == content_id("x", tuple(parts))
    assert content_id("x", *parts) != content_id("y", *parts)
    assert content_id("x", *parts) != content_id("x", *parts, None)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1", 1), (None, "null"), (None, ""), (("ab", "c"), ("a", "bc")), ("\u00e9", "e\u0301")],
)
def test_what_differs_has_another_id(one: Any, other: Any) -> None:
    assert content_id("x", one) != content_id("x", other)


def test_the_order_of_settings_does_not_matter() -> None:
    assert content_id("x", {"a": 1, "b": 2}) == content_id("x", {"b": 2, "a": 1})


def test_a_member_of_an_enumeration_counts_as_its_value() -> None:
    assert content_id("x", Act.DENY) == content_id("x", "deny")


def test_a_set_has_no_order_and_so_no_id() -> None:
    with pytest.raises(TypeError):
        content_id("x", {"a", "b"})


def test_another_process_with_another_hash_seed_gives_the_same_id() -> None:
    code = "from onrecord.records import content_id; print(content_id('x', {'b': 1, 'a': 'é'}))"
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert found == {content_id("x", {"b": 1, "a": "é"})}


def test_a_document_is_named_by_text_address_outlet_and_date() -> None:
    base = {"text": "a", "url": "u", "outlet": "o", "published": "2022"}
    first = make_document(**base).id
    assert all(make_document(**base | {key: "z"}).id != first for key in base)
    link = Link(text="more", url=None, span=None)
    assert make_document(**base, title="t", author="a", language="en", links=[link]).id == first
