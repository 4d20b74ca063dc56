import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.inputs.plain_texts import author_in_line, document_from_plain, title_in_head

BODY = (
    "The harbour board denied on Tuesday that it had shut the gate of the north pier. Crews who "
    "found it locked in the morning did not believe that.\n\n“Nobody gave an order,” said Hanne "
    "Brekke, who is its chair.\n"
)


def test_what_a_text_says_of_itself() -> None:
    document = document_from_plain(
        "Board denies shutting the pier\nBy Mara Quill, Port Quill Courier\n2 August 2022\n\n"
        + BODY
    )
    assert document.title == "Board denies shutting the pier"
    assert document.author == "Mara Quill"
    assert document.published == "2022-08-02"
    assert document.language == "en"
    assert document.outlet is None
    assert document.url is None


def test_what_is_given_goes_before_what_is_found() -> None:
    document = document_from_plain(
        "Board denies shutting the pier\nBy Mara Quill\n2 August 2022\n\n" + BODY,
        title="Given",
        outlet="Port Quill Courier",
        url="any string",
        author="Tom Ferris",
        published="2022-08-03",
    )
    assert document.title == "Given"
    assert document.outlet == "Port Quill Courier"
    assert document.url == "any string"
    assert document.author == "Tom Ferris"
    assert document.published == "2022-08-03"


def test_what_is_given_as_white_space_is_not_given() -> None:
    document = document_from_plain("Gate shut\n\n" + BODY, title=" ", outlet="", author="\n")
    assert (document.title, document.outlet, document.author) == ("Gate shut", None, None)


def test_what_is_not_known_is_none() -> None:
    document = document_from_plain("Nobody shut it.")
    assert document.title is document.author is document.published is document.language is None
    assert document.links == ()


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Board denies shutting the pier\n\n" + BODY, "Board denies shutting the pier"),
        ("Board denies shutting the pier\n" + BODY, "Board denies shutting the pier"),
        ("\ufeff\n\n  Board denies it  \r\n\r\n" + BODY, "Board denies it"),
        ("# Board denies it\n\n" + BODY, "Board denies it"),
        ("“Nobody gave an order”: board denies it\n\n" + BODY,
        "“Nobody gave an order”: board denies it"),
        ("Who shut the gate?\n" + BODY, "Who shut the gate?"),
        ("Board: no order, no gate, no...\n" + BODY, "Board: no order, no gate, no..."),
        ("2 August 2022\nBoard denies it\n\n" + BODY, "Board denies it"),
        ("By Mara Quill\nBoard denies it\n\n" + BODY, "Board denies it"),
        ("READ MORE: Ferry resumes\nBoard denies it\n\n" + BODY, "Board denies it"),
        ("LIVE: Board denies it\n\n" + BODY, "LIVE: Board denies it"),
        ("Совет отрицает\n\n" + BODY, "Совет отрицает"),
    ],
)  # fmt: skip
def test_a_headline_is_the_title(head: str, title: str) -> None:
    assert title_in_head(head) == title


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (BODY, "the first line is a sentence"),
        ("Board denies it", "nothing follows it"),
        ("Board denies it\n \n\t\n", "nothing follows it"),
        ("PORT QUILL, Norland (Wire) — The board denied it\n\nCrews did not.", "it is a dateline"),
        ("“Nobody gave an order”\n\n" + BODY, "it is a quotation"),
        ("The harbour board said on Monday\nthat it had not shut the gate.\n", "it runs on"),
        ("word " * 40 + "\n\n" + BODY, "it is as long as a paragraph"),
        ("x" * 300 + "\n\n" + BODY, "it is as long as a paragraph"),
        ("* * *\n\n" + BODY, "it has no words"),
        ("", "there is nothing"),
    ],
)
def test_other_first_lines_are_no_title(head: str, why: str) -> None:
    assert title_in_head(head) is None, why


def test_lines_of_a_fixed_width_are_no_title() -> None:
    head = (
        "The harbour board of Port Quill said on Monday to the Courier of\n"
        "Norland that it had not shut the gate of the north pier, which\n"
        "Crews found locked in the morning. Nobody could say who had the\n"
        "key. The board will meet on Friday.\n"
    )
    assert title_in_head(head) is None


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Mara Quill", "Mara Quill"),
        ("BY MARA QUILL", "MARA QUILL"),
        ("by Mara Quill", "Mara Quill"),
        ("  By\u00a0Mara Quill  ", "Mara Quill"),
        ("By Mara Quill and Tom Ferris", "Mara Quill and Tom Ferris"),
        ("By Mara Quill in Port Quill", "Mara Quill"),
        ("By Mara Quill, Courier", "Mara Quill"),
        ("By Mara Quill | 2 August 2022", "Mara Quill"),
        ("By Ödön van den Berg – Port Quill", "Ödön van den Berg"),
        ("By J. R. O’Hara Jr.", "J. R. O’Hara Jr."),
        ("By Monday, the river had fallen.", None),
        ("By Monday the gate had been opened", None),
        ("By then Mara Quill had left", None),
        ("By the sea", None),
        ("By 2031 all piers will be shut", None),
        ("By order of the board, the gate stays shut.", None),
        ("Byron Quill", None),
        ("By ", None),
        ("", None),
    ],
)
def test_bylines(line: str, author: str | None) -> None:
    assert author_in_line(line) == author


@given(st.text())
def test_any_text_comes_back_unchanged(text: str) -> None:
    document = document_from_plain(text)
    assert document.text == text
    assert document.title is None or document.title in text
    assert document.author is None or document.author
    for link in document.links:
        assert link.span is not None
        assert link.span.text_in(text)


@given(st.text(st.characters(codec=None)))
def test_lone_surrogates_are_no_trouble(text: str) -> None:
    assert document_from_plain(text).text == text
    assert document_from_plain("\ud83d" + text).id == document_from_plain("\ud83d" + text).id


def test_the_same_text_has_the_same_id_and_another_has_not() -> None:
    assert document_from_plain(BODY) == document_from_plain(BODY)
    assert document_from_plain(BODY).id != document_from_plain(BODY + " ").id
    assert document_from_plain(BODY).id != document_from_plain(BODY, outlet="Courier").id


@pytest.mark.parametrize("piece", ["By ", "A.", "\n", "PORT QUILL, ", "By A B\n", "“", " "])
def test_long_texts_take_little_time(piece: str) -> None:
    started = time.monotonic()
    document_from_plain(piece * (1_000_000 // len(piece)))
    assert time.monotonic() - started < 20
