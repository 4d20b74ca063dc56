import pytest

from onrecord.inputs.page_trees import parse_page
from onrecord.inputs.page_words import clean, few_words_of, keep_inline_words, lines_of, words_of


def body(page: str):
    return parse_page(f"<body>{page}</body>").find("body")


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("<p>a <b>b</b>c</p><p>d</p>", ["a bc", "d"]),
        ("a<br>b<div>c<p>d</p>e</div>f", ["a", "b", "c", "d", "e", "f"]),
        ("<p> a \n b\u00a0 c\r\n</p>", ["a b c"]),
        ("<p>a<script>b</script>c<style>d</style>e</p>", ["ace"]),
        ("<noscript>a</noscript><p></p>", []),
        ("<ul><li>a<li>b</ul>c", ["a", "b", "c"]),
    ],
)
def test_lines_as_they_are_seen(page: str, lines: list[str]) -> None:
    assert lines_of(body(page)) == lines
    assert words_of(body(page)) == (" ".join(lines) or None)


def test_words_after_an_element_are_not_its_own() -> None:
    assert lines_of(body("<p>a<b>b</b>c</p>d").find(".//b")) == ["b"]


def test_more_words_than_the_limit_are_none() -> None:
    assert few_words_of(body("<p>abc</p>"), 3) == "abc"
    assert few_words_of(body("<p>abcd</p>"), 3) == ""
    assert few_words_of(body("<p>a" + " " * 99 + "b</p>"), 200) == "a b"


def test_elements_that_an_extractor_drops_are_renamed() -> None:
    root = body("<p>a <time>b</time> <q>c <q>d</q></q> e</p>")
    keep_inline_words(root)
    assert lines_of(root) == ["a b “c “d”” e"]
    assert {element.tag for element in root.iter()} == {"body", "p", "span"}


def test_clean() -> None:
    assert clean(" a\n b ") == "a b"
    assert clean(" \n") is clean(None) is clean(5) is clean([]) is None
