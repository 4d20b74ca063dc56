import pytest

from onrecord.inputs.contents import documents_in
from onrecord.inputs.exports import is_export
from onrecord.inputs.options import ReadOptions
from onrecord.records import Document, Rejection, RejectionReason
from tests.inputs.bad_inputs import GOOD

BODY = "\n\n".join(GOOD)
N_WORDS = len(BODY.split())


def article(
    number: int, *, head: str = "", body: str = BODY, n_words: int = N_WORDS, end: str = ""
) -> str:
    return (
        f"\n                  {number} of 3 DOCUMENTS\n\n\n"
        "              Port Quill Courier (Norland)\n\n"
        "              August 2, 2022 Tuesday\n\n"
        f"{head or 'Gate shut, board denies it'}\n\n"
        "BYLINE: Mara Quill, in the port\n\nSECTION: NEWS; Pg. 4\n\n"
        f"LENGTH: {n_words} words\n\n\n{body}\n\n"
        f"{end or 'LOAD-DATE: August 3, 2022'}\n\nLANGUAGE: ENGLISH\n\n"
        "          Copyright 2022 Quill Press\n            All Rights Reserved\n"
    )


def read(text: str, **options: object) -> list[Document | Rejection]:
    return list(documents_in(text.encode(), "a.txt", ".txt", ReadOptions(**options)))


def test_each_article_with_what_its_head_says() -> None:
    first, second = read(article(1) + article(2, head="National Edition\n\nPier open"))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.text == BODY
    assert (first.title, first.outlet) == (
        "Gate shut, board denies it", "Port Quill Courier (Norland)",
    )  # fmt: skip
    assert (first.author, first.published) == ("Mara Quill, in the port", "2022-08-02")
    assert second.title == "Pier open"


def test_a_headline_with_its_label() -> None:
    (document,) = read(article(1, head="HEADLINE: Gate\nshut"))
    assert isinstance(document, Document)
    assert document.title == "Gate shut"


def test_ends_of_lines_of_windows() -> None:
    (document,) = read(article(1).replace("\n", "\r\n"))
    assert isinstance(document, Document)
    assert document.text == BODY.replace("\n", "\r\n")


def test_options_count_over_the_head() -> None:
    (document,) = read(article(1), outlet="Herald", published="2020-01-02")
    assert isinstance(document, Document)
    assert (document.outlet, document.published) == ("Herald", "2020-01-02")


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (article(2, n_words=500), "500 words"),
        (article(2, body=GOOD[0]), "may be cut"),
        (article(2).replace("LENGTH", "SIZE"), "no line"),
        (article(2)[: article(2).index("LOAD-DATE")], "labels after it"),
        (article(2, body="", n_words=0), "no text"),
    ],
)
def test_an_article_whose_ends_are_in_doubt_is_refused(broken: str, words: str) -> None:
    first, rejection, last = read(article(1) + broken + article(3))
    assert isinstance(first, Document)
    assert isinstance(rejection, Rejection)
    assert isinstance(last, Document)
    assert rejection.reason is RejectionReason.NOT_AN_ARTICLE
    assert words in rejection.detail
    assert rejection.line == article(1).count("\n") + 2


@pytest.mark.parametrize(
    "text",
    ["", "Only 3 of 20 DOCUMENTS were found.", "1 of 3 documents\n",
     "x\n" * 2000 + "1 of 3 DOCUMENTS"],
)  # fmt: skip
def test_other_texts_are_no_exports(text: str) -> None:
    assert not is_export(text)
