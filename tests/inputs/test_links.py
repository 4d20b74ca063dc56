import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.inputs.links import bare_words, find_links, link_title, link_words

BODY = "The harbour board denied on Tuesday that it had shut the gate.\n"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("READ MORE: Ferry service resumes", "Ferry service resumes"),
        ("Read more: Ferry service resumes", "Ferry service resumes"),
        ("read more | Ferry service resumes", "Ferry service resumes"),
        ("Read more » Ferry service resumes", "Ferry service resumes"),
        ("READ MORE - Ferry service resumes", "Ferry service resumes"),
        ("READ\u00a0MORE:\u00a0Ferry service resumes", "Ferry service resumes"),
        ("\u200bREAD MORE: Ferry service resumes", "Ferry service resumes"),
        ("\u200eREAD MORE: Ferry service resumes\u200f", "Ferry service resumes"),
        ("  READ MORE :  Ferry service resumes  ", "Ferry service resumes"),
        ("[READ MORE: Ferry service resumes]", "Ferry service resumes"),
        ("» Also read: Ferry service resumes", "Ferry service resumes"),
        ("Related: Ferry service resumes", "Ferry service resumes"),
        ("**READ MORE:** [Ferry resumes](https://courier.example/f)", "Ferry resumes"),
        ("READ MORE: Board: the gate was never shut", "Board: the gate was never shut"),
        ("READ MORE: Ferry resumes https://courier.example/f", "Ferry resumes"),
        ("WATCH: Ferry leaves the harbour", "Ferry leaves the harbour"),
        ("OPINION | Leave the gate alone", "Leave the gate alone"),
        ("Don’t miss: Ten soups for a cold evening", "Ten soups for a cold evening"),
        ("READ MORE", ""),
        ("Read more...", ""),
        ("» Read more »", ""),
    ],
)
def test_lines_that_lead_elsewhere(line: str, title: str) -> None:
    assert link_title(line) == title


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Read more of the treaty, he told them.", "it is a sentence"),
        ("Watch: that was all she said.", "the word stands in no capitals"),
        ("Background: nobody had been told.", "the word stands in no capitals"),
        ("BACKGROUND: The gate was built in 1931.", "it is a sentence"),
        ("Live from the harbour, our reporter saw nothing.", "it is a sentence"),
        ("Related work was done in 1931.", "it is a sentence"),
        ("Opinion polls: the mayor leads.", "it is another word"),
        ("Advertisement", "it leads nowhere"),
        ("READ MORE: " + "x" * 300, "it is as long as a paragraph"),
        ("", "there is nothing"),
    ],
)
def test_lines_that_do_not(line: str, why: str) -> None:
    assert link_title(line) is None, why


def test_a_kicker_before_the_headline_is_no_link() -> None:
    text = "LIVE: Council votes on the gate\n" + BODY
    assert find_links(text) == ()
    assert find_links(BODY + "LIVE: Council votes on the gate\n")[0].text.startswith("Council")


def test_the_span_is_the_line_without_white_space_around_it() -> None:
    text = BODY + " \tREAD MORE: Ferry resumes \u00a0\r\n" + BODY
    (link,) = find_links(text)
    assert link.span is not None
    assert link.span.text_in(text) == "READ MORE: Ferry resumes"
    assert link.text == "Ferry resumes"
    assert link.url is None


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\x85", "\u2028", "\u2029", "\n\n"])
def test_lines_end_in_many_ways(ending: str) -> None:
    text = f"The gate was shut.{ending}READ MORE: Ferry resumes{ending}Nobody knew."
    (link,) = find_links(text)
    assert link.span is not None
    assert link.span.text_in(text) == "READ MORE: Ferry resumes"


@pytest.mark.parametrize("after", ["", ".", ")", ").", "”", ",", "]"])
def test_an_address_is_taken_without_the_marks_after_it(after: str) -> None:
    (link,) = find_links(BODY + f"READ MORE: Ferry resumes https://courier.example/f?a=1{after}")
    assert link.url == "https://courier.example/f?a=1"


def test_a_label_with_a_colon_takes_the_next_line() -> None:
    text = BODY + "READ MORE:\nFerry service resumes\n" + BODY
    (link,) = find_links(text)
    assert link.span is not None
    assert (link.text, link.span.text_in(text)) == (
        "Ferry service resumes",
        "READ MORE:\nFerry service resumes",
    )


def test_a_label_with_a_colon_does_not_take_a_sentence() -> None:
    text = "Gate shut\nREAD MORE:\n" + BODY
    (link,) = find_links(text)
    assert link.span is not None
    assert (link.text, link.span.text_in(text)) == ("READ MORE:", "READ MORE:")


def test_a_label_without_a_colon_takes_no_other_line() -> None:
    (link,) = find_links(BODY + "READ MORE\nFerry service resumes\n")
    assert link.text == "READ MORE"


def test_bare_words_are_what_is_compared() -> None:
    assert bare_words(" » READ\u00a0 MORE…: ") == "read more"
    assert bare_words("…") == ""


def test_labels_are_written_in_lower_case() -> None:
    known = link_words()
    words = known.headings | known.noise | known.capitals_only | known.alone
    assert [word for word in words if word != bare_words(word)] == []


@given(st.text() | st.lists(st.sampled_from(
    ["READ MORE", ": ", "\n", "\r\n", " ", "»", "Ferry resumes", "Related", "\u200b", "\x85", "https://"]
)).map("".join))  # fmt: skip
def test_spans_lie_inside_and_are_in_order(text: str) -> None:
    links = find_links(text)
    ends = 0
    for link in links:
        assert link.text.strip()
        assert link.span is not None
        assert ends <= link.span.start < link.span.end <= len(text)
        assert link.span.text_in(text).strip() == link.span.text_in(text)
        ends = link.span.end


@pytest.mark.parametrize(
    "piece", ["\n", "READ MORE:\n", "READ MORE ", "»" * 250 + "\n", " " * 299 + "\n", "[", "a"]
)
def test_large_texts_take_time_in_proportion(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    started = time.monotonic()
    find_links(text)
    assert time.monotonic() - started < 20
