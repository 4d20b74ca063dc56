"""Words of articles as HTML."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.serve.words import marked_up, plain, quoted


class Words(HTMLParser):
    """The words of HTML, and the elements in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words, self.elements = "", set[str]()

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)

    def handle_data(self, data):
        self.words += data


def parsed(html: str) -> Words:
    reader = Words()
    reader.feed(html)
    reader.close()
    return reader


@given(st.text(max_size=60))
def test_all_words_come_through_and_no_element_but_ours(text: str) -> None:
    found = parsed(str(marked_up(text)))
    assert len(found.words) == len(text)
    assert found.elements <= {"span"}


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</p></main><form action=//evil.example>",
        "<!--",
        "]]>",
        "&lt;b&gt;",
        "javascript:alert(1)",
    ],
)
def test_payloads_are_words(payload: str) -> None:
    found = parsed(str(marked_up(payload)))
    assert found.words == payload
    assert not found.elements


def test_signs_that_turn_lines_around_stand_alone() -> None:
    html = str(marked_up("a\u202eb\u2066c"))
    assert html.count('class="unseen"') == 2
    assert '<span class="unseen" data-name="RLO">\u202e</span>b' in html


def test_what_no_page_can_hold_is_replaced_one_for_one() -> None:
    assert str(marked_up("a\x00b\ud800c")) == "a\ufffdb\ufffdc"


def test_a_carriage_return_stays() -> None:
    assert str(marked_up("a\r")) == "a&#13;"


def test_quoted_words_are_isolated() -> None:
    assert str(quoted("a\n b")) == "<bdi>a b</bdi>"
    assert str(quoted(None)) == ""


def test_attributes_have_no_signs_that_turn_lines_around() -> None:
    assert plain("a\u202e\nb") == "a b"
