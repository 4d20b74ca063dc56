import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import ConfigError, InputError
from onrecord.inputs.documents import (
    ReadOptions,
    document_from_html,
    document_from_text,
    read_inputs,
)
from onrecord.records import Document, Rejection, RejectionReason

LINE = "The board denied on Monday that it had shut the gate of the north pier. "
PAGE = f"<html lang=en><body><article><h1>Gate shut</h1><p>{LINE * 3}</p></article></body></html>"


@given(st.text(st.characters(codec=None)))
def test_any_text_comes_back_or_is_empty(text: str) -> None:
    if not text.strip():
        with pytest.raises(InputError, match="empty"):
            document_from_text(text)
        return
    document = document_from_text(text)
    assert document.text == text
    for link in document.links:
        assert link.span is not None
        assert 0 <= link.span.start < link.span.end <= len(text)


def test_a_date_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(InputError, match="2022-08-02"):
        document_from_text(LINE, published="soon")
    assert document_from_text(LINE, published="2 Aug 2022").published == "2022-08-02"


@pytest.mark.parametrize("given_", [None, b"Gate shut.", 5, ["Gate"]])
def test_only_strings_are_texts(given_) -> None:
    with pytest.raises(InputError, match="give a str"):
        document_from_text(given_)


def test_one_name_in_place_of_a_list_is_an_error(tmp_path: Path) -> None:
    for given_ in ("gate.txt", tmp_path, b"gate.txt"):
        with pytest.raises(InputError, match="list of names"):
            next(read_inputs(given_))  # type: ignore[arg-type]


def test_nothing_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    found = read_inputs([tmp_path / "later.txt"])
    (tmp_path / "later.txt").write_text(LINE)
    (document,) = found
    assert isinstance(document, Document)


def test_a_page_as_bytes_and_as_string() -> None:
    page = PAGE.replace("Gate shut", "“Gate” shut")
    as_bytes = document_from_html(page.encode("cp1252"))
    assert as_bytes == document_from_html(page)
    assert isinstance(as_bytes, Document)
    assert as_bytes.title == "“Gate” shut"


def test_bytes_that_are_no_page() -> None:
    found = document_from_html(b"\x89PNG\r\n\x1a\n" + bytes(99))
    assert isinstance(found, Rejection)
    assert (found.reason, found.source) == (RejectionReason.BINARY, "page")


def test_options_of_a_page() -> None:
    options = ReadOptions(outlet="Courier", published="2022-08-02")
    found = document_from_html(PAGE, url="https://courier.example/a", options=options)
    assert isinstance(found, Document)
    assert (found.outlet, found.published, found.url) == (
        "Courier",
        "2022-08-02",
        "https://courier.example/a",
    )


def test_options_read_the_date() -> None:
    assert ReadOptions(published="Aug 2, 2022").published == "2022-08-02"
    with pytest.raises(InputError):
        ReadOptions(published="02/08/22")


@pytest.mark.parametrize("limit", ["max_bytes", "max_page_bytes", "timeout_s"])
@pytest.mark.parametrize("value", [0, -1, float("nan")])
def test_limits_are_above_zero(limit: str, value: float) -> None:
    with pytest.raises(ConfigError) as caught:
        ReadOptions(**{limit: value})
    assert caught.value.setting == limit
    assert pickle.loads(pickle.dumps(caught.value)).setting == limit


def test_the_same_file_gives_the_same_document_each_time(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.txt").write_text(LINE)
    once = list(read_inputs([tmp_path]))
    again = list(read_inputs([tmp_path / "b.txt", tmp_path / "a.html"]))
    assert once == again[::-1]
