# ruff: noqa: E501 - a page is read best in one line
import time

import pytest

from onrecord.inputs.page_links import anchors_by_words, take_boxes
from onrecord.inputs.page_trees import parse_page
from onrecord.inputs.page_words import lines_of

BASE = "https://courier.example/world/"
BEFORE = "The board denied that it had shut the gate."
AFTER = "Nobody could say who had the key."


def boxes(box: str, base: str | None = BASE):
    root = parse_page(f"<article><p>{BEFORE}</p>{box}<p>{AFTER}</p></article>")
    found = take_boxes(root, base)
    return [(link.text, link.url) for one in found for link in one.links], lines_of(root)


@pytest.mark.parametrize(
    "box",
    [
        "<p>READ MORE: <a href=/f>Ferry service resumes</a></p>",
        "<p><a href=/f>READ MORE: Ferry service resumes</a></p>",
        "<p><strong>READ MORE: <a href=/f>Ferry service resumes</a></strong></p>",
        "<p><a href=/f><b>READ MORE</b>: Ferry service resumes</a></p>",
        "<p><em>Read more: </em><em><a href=/f>Ferry service <i>resumes</i></a></em></p>",
        "<p>Related: <a href=/f>Ferry service resumes</a>.</p>",
        "<p>Opinion | <a href=/f>Ferry service resumes</a></p>",
        "<div class=x><span>READ MORE</span><a href=/f>Ferry service resumes</a></div>",
        "<div class=x><span>READ MORE</span><a href=/f><img alt=x></a><a href=/f>Ferry service resumes</a></div>",
        "<aside><h4>Related stories</h4><a href=/f><h5>Ferry service resumes</h5></a></aside>",
        "<a href=/f><div>READ MORE</div><h4>Ferry service resumes</h4></a>",
        "<blockquote><p>See also:</p><p><a href=/f>Ferry service resumes</a></p></blockquote>",
        "<aside><h4>Related</h4><a href=/f>Ferry service resumes</a><p>It had stopped in the spring for want of fuel and crew, and islanders went to court about it in the end.</p></aside>",
        "<div class=related-card><b>More on this story</b><p><a href=/f>Ferry service resumes</a></p><p>It had stopped in the spring for want of fuel and crew, and islanders went to court about it in the end, the company said.</p></div>",
    ],
)  # fmt: skip
def test_boxes_with_a_label(box: str) -> None:
    links, lines = boxes(box)
    assert links == [("Ferry service resumes", "https://courier.example/f")]
    assert lines == [BEFORE, AFTER]


def test_a_line_that_is_a_link_and_nothing_else() -> None:
    links, lines = boxes("<p><a href=f>Ferry to the islands resumes service</a></p>")
    assert links == [("Ferry to the islands resumes service", "https://courier.example/world/f")]
    assert lines == [BEFORE, AFTER]


def test_a_box_of_several_links() -> None:
    links, lines = boxes(
        "<aside><h3>Read more</h3><ul><li><a href=/a>One</a></li><li><a href=/b>Two</a></li></ul></aside>"
    )
    assert links == [("One", "https://courier.example/a"), ("Two", "https://courier.example/b")]
    assert lines == [BEFORE, AFTER]


def test_links_with_words_between_them() -> None:
    links, _ = boxes(
        "<p>Read more: <a href=/a>One</a>, <a href=/b>Two</a> and <a href=/c>Three</a></p>"
    )
    assert [text for text, _ in links] == ["One", "Two", "Three"]


def test_a_button_after_a_sentence_leaves_it() -> None:
    links, lines = boxes("<p>The ferry sails again. <a href=/f>Read more</a></p>")
    assert links == [("Read more", "https://courier.example/f")]
    assert lines == [BEFORE, "The ferry sails again.", AFTER]


def test_a_box_inside_a_paragraph_leaves_it() -> None:
    links, lines = boxes("<p>The ferry sails. <b>READ MORE: <a href=/f>Why</a></b> It is late.</p>")
    assert links == [("Why", "https://courier.example/f")]
    assert lines == [BEFORE, "The ferry sails. It is late.", AFTER]


@pytest.mark.parametrize(
    ("box", "why"),
    [
        ("<p>She said <a href=/f>the ferry</a> sails.</p>", "the link stands in a sentence"),
        ("<p><a href=/f>The ferry</a> sails, she said.</p>", "the link stands in a sentence"),
        ("<p><b><a href=/f>The mayor of the town said so</a></b> on Monday.</p>", "it goes on"),
        ("<p>Read more of it in <a href=/f>the treaty</a>.</p>", "it is a sentence"),
        ("<p><a href=#n>Note at the end of this page</a></p>", "it leads to the same page"),
        ("<p><a href=mailto:a@b.example>Write to us about this story</a></p>", "it is a mail"),
        ("<p><a href=/f>Ferry</a></p>", "it is no headline"),
        ("<p><a href=/tag/ferry>Ferry to the northern islands now</a></p>", "it lists a subject"),
        (
            "<p>By <a rel=author href=/staff/q>Mara Quill of the harbour desk</a></p>",
            "it is a byline",
        ),
        ("<h1><a href=/f>READ MORE: a headline of the page</a></h1>", "it is the headline"),
        ("<div><a name=x>READ MORE: nothing behind this at all</a></div>", "it leads nowhere"),
    ],
)
def test_what_is_no_box_stays(box: str, why: str) -> None:
    links, lines = boxes(box)
    assert links == [], why
    assert len(lines) == 3, why


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("f", "https://courier.example/world/f"),
        ("../f", "https://courier.example/f"),
        ("//other.example/f", "https://other.example/f"),
        ("https://other.example/f?a=1#b", "https://other.example/f?a=1#b"),
        ("HTTPS://other.example/", "https://other.example/"),
        ("?page=2", "https://courier.example/world/?page=2"),
        (" /f\n", "https://courier.example/f"),
    ],
)
def test_addresses_are_made_whole(href: str, url: str) -> None:
    links, _ = boxes(f'<p>READ MORE: <a href="{href}">Ferry resumes</a></p>')
    assert links == [("Ferry resumes", url)]


def test_without_a_base_addresses_stay_as_they_are() -> None:
    links, _ = boxes("<p>READ MORE: <a href=/f>Ferry resumes</a></p>", base=None)
    assert links == [("Ferry resumes", "/f")]


@pytest.mark.parametrize("href", ["javascript:go()", "http://[", "#", "", "data:text/html,x"])
def test_addresses_that_lead_nowhere_give_no_link(href: str) -> None:
    links, _ = boxes(f'<p>READ MORE: <a href="{href}">Ferry resumes</a></p>')
    assert links == []


def test_addresses_by_their_words() -> None:
    root = parse_page("<a href=/f>Ferry <b>resumes</b></a><a href=/g>ferry resumes</a><a>none</a>")
    assert anchors_by_words(root, BASE) == {"ferry resumes": "https://courier.example/f"}


@pytest.mark.parametrize(
    "piece",
    [
        "<p>READ MORE: <a href=/f>Ferry</a></p>",
        "<b><a href=/f>Read more</a></b>",
        "<li><a href=x>a b c d e f</a>",
    ],
)
def test_many_boxes_take_little_time(piece: str) -> None:
    root = parse_page("<ul>" + piece * 9000)
    started = time.monotonic()
    take_boxes(root, BASE)
    assert time.monotonic() - started < 20
