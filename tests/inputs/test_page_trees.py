# ruff: noqa: E501 - a page is read best in one line
import contextlib
import time

import pytest

from onrecord.inputs.page_trees import PageError, parse_page


def words(root) -> str:
    return " ".join(" ".join(root.itertext()).split())


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<html><body><p>a</p></body></html><p>b</p>", "a b"),
        ("<html><body><p>a</p></body></html><html><body><p>b</p></body></html>", "a b"),
        ("<html/><body/><p>a</p>", "a"),
        ("<HTML ><BODY\n><p>a</p></BODY ></HTML\n>b", "a b"),
        ("<p>a<!-- b --></p><!-- <p>c -->", "a"),
        ("<p>a\0b\x01c\ud800d\x0be</p>", "a\ufffdb\ufffdc\ufffdd\ufffde"),
        ("\ufeff<p>a</p>", "a"),
    ],
)
def test_pages_are_parsed_as_browsers_do(page: str, expected: str) -> None:
    assert words(parse_page(page)) == expected


def test_attributes_of_the_frame_are_kept() -> None:
    page = "<!--[if IE]><html class=old><![endif]--><html lang=en><body id=b><html lang=fr></html>x"
    root = parse_page(page)
    assert root.get("lang") == "en"
    assert root.find("body").get("id") == "b"


@pytest.mark.parametrize("n_deep", [10, 190])
def test_usual_depths_are_read(n_deep: int) -> None:
    page = "<div>" * n_deep + "<p>a</p>" + "</div>" * n_deep + "<p>b</p>"
    assert words(parse_page(page)) == "a b"


def test_a_paragraph_that_is_not_closed_is_no_level() -> None:
    assert words(parse_page("<p>a" * 5000 + "<ul>" + "<li>b" * 5000)).count("a") == 5000


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("", "no elements"),
        ("<!-- a -->", "no elements"),
        ("<div>" * 201 + "a", "nested more than 200"),
        ("<b>a</b>" * 100_001, "more than 100,000 elements"),
        ("<a href=x>b</a>" * 20_001, "more than 20,000 links"),
        ("<" * 250_001, "more than 250,000 tags"),
        ("<p " + " ".join(f"a{n}" for n in range(260)) + ">b", "more than 250 attributes"),
        ("<p a='<' " + " ".join(f"a{n}" for n in range(260)) + ">b", "more than 250 attributes"),
        ('<p a=x" ' + " ".join(f"a{n}" for n in range(260)) + '">b', "more than 250 attributes"),
        ("<!DOCTYPE a [" + "<!ENTITY b 'c'>" * 21 + "]><p>d", "defines entities"),
        ("<div>" * 150 + ("<p>" + "word " * 100 + "</p>") * 4000, "nested too deep"),
    ],
)
def test_pages_that_exhaust_a_reader_are_refused(page: str, reason: str) -> None:
    with pytest.raises(PageError, match=reason):
        parse_page(page)


@pytest.mark.parametrize(
    "page",
    [
        "<script>for(i=0;i<n;i++){" + "a = b; " * 400 + "}</script><p>a</p>",
        "<style>a<b " + "c d=e " * 400 + "</style><p>a</p>",
        "<p>a</p><script>" + "i<n a b c d " * 400,
        "<!-- <p " + "x=1 " * 400 + "> --><p>a</p>",
        "<p data-a='" + "x y=z " * 400 + "'>a</p>",
    ],
)
def test_what_is_no_attribute_is_not_counted(page: str) -> None:
    assert words(parse_page(page).find(".//p")) == "a"


@pytest.mark.parametrize(
    "piece",
    ["<!--", "<!-- -->", "<a ", '<a b="', "<a b='", "<script>", "</script>", "<body ", "</html>", "<html",
     "<a =", "a= ", " ", "<a/", "-->", "<style ", "&lt;"],
)  # fmt: skip
def test_looking_at_a_page_takes_time_in_proportion(piece: str) -> None:
    n_pieces = min(240_000, 4_000_000 // len(piece))
    page = "<p>" + piece * n_pieces + "a" * 4_000_000
    started = time.monotonic()
    with contextlib.suppress(PageError):
        parse_page(page)
    assert time.monotonic() - started < 20
