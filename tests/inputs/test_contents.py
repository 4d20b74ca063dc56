# ruff: noqa: E501 - a page is read best in one line
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.inputs.contents import documents_in, is_other_xml, is_page
from onrecord.inputs.options import ReadOptions
from onrecord.records import Document, Rejection, RejectionReason

LINE = "The board denied on Monday that it had shut the gate of the north pier. "
PAGE = f"<html lang=en><body><article><h1>Gate shut</h1><p>{LINE * 3}</p></article></body></html>"
JSON_LINE = '{"text": "The board denied it."}\n'


def read(content: str | bytes, suffix: str = "", source: str = "f", **options):
    given_ = content.encode() if isinstance(content, str) else content
    (found,) = documents_in(given_, source, suffix, ReadOptions(**options))
    return found


@pytest.mark.parametrize(
    "head",
    [
        "<!DOCTYPE html>", "<!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>", "<html>", "<HTML>",
        "<head>", "<body class=x>", "<div>", "<article>", "<p>", "<p class='a'>", "<h1>", "<title>",
        "\ufeff\n <html>", "<!-- a --><!-- b -->\n<html>", "<?xml version='1.0'?><html>",
        "<?xml version='1.0'?>\n<!-- a -->\n<!DOCTYPE html>", "<!--[if lt IE 7]> x <![endif]--><html>",
        "<script>", "<meta charset=utf-8>", "<link rel=x>", "<table>", "<center>", "<a href=x>",
    ],
)  # fmt: skip
def test_beginnings_of_pages(head: str) -> None:
    assert is_page(head)


@pytest.mark.parametrize(
    "head",
    [
        "", "<", "<3 from all of us", "< html", "<htmlx>", "The <html> tag", "<!-- never closed <html>",
        "<?xml version='1.0'?><rss>", "<!-- a -->", "<sigh> said the mayor", "<?", "<!--", "<!---->",
    ],
)  # fmt: skip
def test_beginnings_of_other_texts(head: str) -> None:
    assert not is_page(head)


@pytest.mark.parametrize(
    "text",
    ["<?xml version='1.0'?><rss><item/></rss>", "<rss version='2.0'></rss>\n", "<svg xmlns='x'></svg>",
     "<!-- a --><feed>\n</feed>", "<!DOCTYPE note><note></note>"],
)  # fmt: skip
def test_other_xml_is_turned_away(text: str) -> None:
    assert is_other_xml(text)
    found = read(text)
    assert isinstance(found, Rejection)
    assert found.reason is RejectionReason.UNSUPPORTED_TYPE


@pytest.mark.parametrize("text", ["<sigh> The board denied it.", "The board <denied> it.", "<3"])
def test_a_text_with_angles_is_a_text(text: str) -> None:
    found = read(text)
    assert isinstance(found, Document)
    assert found.text == text


@pytest.mark.parametrize(
    "piece", ["<!---->", "<!-- -->", "<!--", "<?a>", "<?xml", "<? ", "<!-- --> <?x?>", " ", "<"]
)
def test_long_prologues_take_time_in_proportion(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    started = time.monotonic()
    is_page(text)
    is_other_xml(text)
    is_page(text + "<html>")
    assert time.monotonic() - started < 10


def test_a_text_is_kept_as_it_was_decoded() -> None:
    text = "Gate\r\n\r\n“Shut”\u00a0said\rshe\u200b \x85 end \n"
    found = read("\ufeff" + text)
    assert isinstance(found, Document)
    assert found.text == text


@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<\ufeff"), min_size=1
    )
)
def test_any_text_comes_back(text: str) -> None:
    found = read(text, ".txt")
    if text.strip():
        assert isinstance(found, Document)
        assert found.text == text
    else:
        assert isinstance(found, Rejection)
        assert found.reason is RejectionReason.EMPTY


@pytest.mark.parametrize("content", ["", " ", "\n\n", "\ufeff", "\u00a0\u2003\t", "\r\n"])
@pytest.mark.parametrize("suffix", ["", ".txt", ".json", ".html", ".jsonl"])
def test_nothing_but_white_space_is_empty(content: str, suffix: str) -> None:
    found = read(content, suffix)
    assert isinstance(found, Rejection)
    assert found.reason in {RejectionReason.EMPTY, RejectionReason.BAD_JSON}


@pytest.mark.parametrize("suffix", ["", ".txt", ".html", ".htm", ".xhtml"])
def test_a_page_is_read_as_one_whatever_its_name(suffix: str) -> None:
    found = read(PAGE, suffix)
    assert isinstance(found, Document)
    assert found.title == "Gate shut"
    assert "<" not in found.text


def test_lines_of_json_are_told_by_name_and_on_standard_input_by_their_first_line() -> None:
    assert read(JSON_LINE, ".jsonl").text == "The board denied it."
    assert read(JSON_LINE, ".ndjson").text == "The board denied it."
    assert read(JSON_LINE, "", "-").text == "The board denied it."
    assert read(JSON_LINE, ".txt").text == JSON_LINE


def test_a_json_file() -> None:
    assert read(JSON_LINE, ".json").text == "The board denied it."


@pytest.mark.parametrize("suffix", [".mhtml", ".mht", ".eml"])
def test_archives_of_pages_are_turned_away(suffix: str) -> None:
    found = read("MIME-Version: 1.0\n\n" + PAGE, suffix)
    assert isinstance(found, Rejection)
    assert found.reason is RejectionReason.UNSUPPORTED_TYPE


def test_a_page_over_the_limit() -> None:
    found = read(PAGE, ".txt", max_page_bytes=100)
    assert isinstance(found, Rejection)
    assert found.reason is RejectionReason.TOO_LARGE


def test_options_reach_every_kind() -> None:
    for content, suffix in ((LINE, ".txt"), (PAGE, ".html"), (JSON_LINE, ".jsonl")):
        found = read(content, suffix, outlet="Courier", published="2 August 2022")
        assert isinstance(found, Document)
        assert (found.outlet, found.published) == ("Courier", "2022-08-02")


@given(st.binary(max_size=200), st.sampled_from(["", ".txt", ".html", ".json", ".jsonl", ".mht"]))
def test_any_bytes_give_documents_or_rejections(content: bytes, suffix: str) -> None:
    found = list(documents_in(content, "f", suffix, ReadOptions()))
    assert found
    assert all(isinstance(one, Document | Rejection) for one in found)
