# ruff: noqa: E501 - a page is read best in one line
import random
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.inputs.documents import ReadOptions, document_from_html, read_inputs
from onrecord.records import Document, Link, Rejection, RejectionReason

LAYOUTS = Path(__file__).with_name("layouts")
FIRST = (
    "The harbour board denied on Tuesday that it had closed the north pier, after fishing crews "
    "found its gate locked in the morning and their boats behind it."
)
SECOND = (
    "“Nobody gave such an order,” said Hanne Brekke, who chairs the board. She did not say who "
    "keeps the key."
)
THIRD = "The mayor told the Courier that she would ask for the records of the gate by Friday."


def layout(name: str) -> Document | Rejection:
    (found,) = read_inputs([LAYOUTS / name])
    return found


def read(page: str | bytes, **more) -> Document:
    found = document_from_html(page, **more)
    assert isinstance(found, Document), found
    return found


def refused(page: str | bytes, **more) -> Rejection:
    found = document_from_html(page, **more)
    assert isinstance(found, Rejection), found
    return found


def page_of(*paragraphs: str, head: str = "") -> str:
    body = "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)
    return f"<html lang=en><head>{head}</head><body><article>{body}</article></body></html>"


def test_a_broadsheet() -> None:
    found = layout("broadsheet.html")
    assert isinstance(found, Document)
    assert found.title == "Harbour board denies closing the north pier"
    assert found.outlet == "Port Quill Courier"
    assert found.author == "Mara Quill, Tom Ferris"
    assert found.published == "2022-08-02T10:15:00+00:00"
    assert found.url == "https://courier.example/world/2022/08/02/north-pier-board-denies"
    assert found.language == "en"
    assert found.text.split("\n") == [
        "Harbour board denies closing the north pier",
        "Fishing crews say the gate was locked overnight, and the board says that no order was given.",
        FIRST.replace("The harbour board", "The harbour board of Port Quill"),
        "“Nobody gave such an order,” said Hanne Brekke, who chairs the board. She said that a new lock fitted last week had jammed in the cold.",
        "Crews were not convinced. Olav Strand, a skipper, accused the board of trying to push the small boats out of the harbour before the new terminal opens in the spring.",
        "The mayor, Rut Solheim, told the Courier that she would ask for the records of the gate. She did not say whether the pier would be open on Wednesday.",
        "The board has until Friday to answer. It promised a statement “with every time and every name” in it.",
    ]
    assert [(link.text, link.url, link.span) for link in found.links] == [
        (
            "Ferry fares rise for the third time in a year",
            "https://courier.example/world/2022/07/28/ferry-fares",
            None,
        ),
        ("Why the cod moved north this summer", "https://other.example/cod", None),
        (
            "Terminal plan wins by one vote",
            "https://courier.example/world/2022/08/01/terminal",
            None,
        ),
    ]


def test_a_blog_that_describes_itself_in_a_graph() -> None:
    found = layout("blog_graph.html")
    assert isinstance(found, Document)
    assert found.title == "Council admits the bridge was never tested"
    assert found.outlet == "Lower Tarn Ledger"
    assert found.author == "Jonas Wick, Signe & Co"
    assert found.published == "2021-11-05T06:30:00+01:00"
    assert found.language == "en"
    assert found.text.count("\n") == 4
    assert "Grindal & Sønner" in found.text
    for boilerplate in ("sheep", "Twitter", "Proudly", "Posted on", "Recent post", "Leave a reply"):
        assert boilerplate not in found.text
    assert found.links[0] == Link(
        text="Mill race floods the lower town for a second week",
        url="https://ledger.example/mill-race-floods/",
        span=None,
    )


def test_a_page_of_tables_in_windows_1252() -> None:
    found = layout("tables_1998.html")
    assert isinstance(found, Document)
    assert found.title == "Ministry warns of ice on the strait"
    assert found.author == "Ragna Thorne"
    assert found.published == "1998-02-14"
    assert found.outlet is None
    assert "“the ice is thin but it is everywhere”" in found.text
    assert "The café at the ferry landing" in found.text
    assert "800x600" not in found.text
    assert "Herring" not in found.text


def test_a_soup_of_elements() -> None:
    found = layout("app_soup.html")
    assert isinstance(found, Document)
    assert found.title == "Dam operator rejects claim of cracks, calls for calm"
    assert (found.outlet, found.author) == ("Highmark Now", "Priya Oduya")
    assert found.published == "2023-03-09T21:05:44.123000+00:00"
    assert [(link.text, link.url) for link in found.links] == [
        ("Valley sirens fail their yearly test", "https://highmark.example/story/valley-sirens-31200"),
        ("Insurers leave the valley one by one", "https://highmark.example/story/insurers-31010"),
        ("Read more", "https://highmark.example/story/dam-cracks-31337/full"),
    ]  # fmt: skip
    assert found.text.endswith("according to the police, who gave no reason.")
    assert "READ MORE" not in found.text
    assert "Hidden copy" not in found.text


@pytest.mark.parametrize(
    ("name", "words"), [("front_page.html", "several articles"), ("sign_in.html", "sign in")]
)
def test_pages_that_are_no_article(name: str, words: str) -> None:
    found = layout(name)
    assert isinstance(found, Rejection)
    assert found.reason is RejectionReason.NOT_AN_ARTICLE
    assert words in found.detail


def test_a_list_of_article_elements_is_no_article() -> None:
    teaser = "<article><h3>Gate {}</h3><p>The board denied that it had shut gate {} of the pier on {}.</p></article>"
    page = "<main>" + "".join(teaser.format(n, n, n) for n in range(6)) + "</main>"
    assert "several articles" in refused(f"<html><body>{page}</body></html>").detail


def test_teasers_beside_an_article_do_not_make_it_a_list() -> None:
    teaser = "<div class=card><h3><a href=/{}>Gate {} is shut again</a></h3><p>The board denied it.</p></div>"
    teasers = "".join(teaser.format(n, n) for n in range(9))
    page = f"<div class=story><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div><div class=more>{teasers}</div>"
    text = read(f"<html><body>{page}</body></html>").text
    assert text.startswith(f"{FIRST}\n{SECOND}\n{THIRD}")


@pytest.mark.parametrize(
    "page",
    [
        "", " ", "<", "<>", "</", "<!", "<!--", "<!-- a", "<![CDATA[", "<?", "&", "&#", "&#x110000;",
        "<html>", "<html></html>", "<html/>", "<body>", "<p>", "<p></p>", "<p>Short.</p>", "Gate shut.",
        "<frameset><frame src=a><frame src=b></frameset>", "<html><head><title>Only a title</title>",
        "<noscript>Please switch on JavaScript to see this page.</noscript><div id=root></div>",
        "<html><body><nav><a href=/>Home</a></nav></body></html>", "\0", "\ud800", "<p>\0\x01\ud800</p>",
        "<script>" + "x" * 500, "<title>" + "x " * 500, "<style>" + "a{} " * 500,
        "<svg><text>" + "word " * 5 + "</text></svg>",
    ],
)  # fmt: skip
def test_pages_with_no_text(page: str) -> None:
    assert refused(page).reason is RejectionReason.NOT_AN_ARTICLE


@pytest.mark.parametrize(
    "page",
    [
        f"<p>{FIRST}<p>{SECOND}<p>{THIRD}",
        f"<html><body><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}",
        f"<html><body><div><p>{FIRST}</div></p><p>{SECOND}</b></i></div></div><p>{THIRD}</html>",
        f"<html><body><p>{FIRST}</p></body></html><html><body><p>{SECOND}</p><p>{THIRD}</p></body></html>",
        f"<body><body class=x><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>",
        f"<?xml version='1.0' encoding='utf-16'?><html xmlns='http://www.w3.org/1999/xhtml'><body><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></body></html>",
        f"<html/><body><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>",
        f"<!DOCTYPE html SYSTEM 'about:legacy-compat'>\n<meta charset=utf-16><div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>",
        f"<html><head><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></head></html>",
        f"<html><body><font><b><i><p>{FIRST}<p>{SECOND}<p>{THIRD}</font>",
        f"<html><body><p a='b\"c' d=\"e'f\" =g>{FIRST}</p x><p>{SECOND}</p><p>{THIRD}</p>\0\0</body>",
        f"<html><body><p>{FIRST}</p><!-- unclosed <p>lost</p> -- ><p>x --><p>{SECOND}</p><p>{THIRD}</p>",
        f"<html><body><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><scr",
        f'<html><body><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><a href="htt',
        f"\ufeff\n\n<html><body><p>{FIRST}</p>\r\n<p>{SECOND}</p>\r<p>{THIRD}</p>",
    ],
)
def test_broken_pages_are_read_as_browsers_do(page: str) -> None:
    text = read(page).text
    for paragraph in (FIRST, SECOND, THIRD):
        assert paragraph in text


def test_words_of_elements_inside_sentences_stay() -> None:
    text = read(
        page_of(
            FIRST,
            "The vote on <time datetime='2022-08-01'>Monday</time> <mark>failed</mark>, and "
            "<q>nobody <em>knows</em> why</q>, said the <abbr title=Mayor>m.</abbr> of the "
            "<a href=/t>t<b>ow</b>n</a>, H<sub>2</sub>O<wbr>-rich.",
            THIRD,
        )
    ).text
    assert (
        "The vote on Monday failed, and “nobody knows why”, said the m. of the town, H2O-rich."
        in text
    )


def test_entities_and_odd_characters() -> None:
    text = read(
        page_of(FIRST, "Grindal &amp; S&oslash;nner&nbsp;&mdash; &#8220;shut&#x201D; &lt;b&gt; 🚢.")
    ).text
    assert "Grindal & Sønner" in text
    assert "— “shut” <b> 🚢." in text


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "utf-16", "koi8-r", "x-unknown"])
def test_the_encoding_that_a_page_claims_is_not_heard_again(declared: str) -> None:
    page = page_of(FIRST, SECOND, THIRD, head=f"<meta charset={declared}>")
    assert SECOND in read(page).text
    assert SECOND in read(page.encode()).text


def test_the_headline_stands_once_at_the_top() -> None:
    for body in (
        f"<h1>Gate shut</h1><p>{FIRST}</p><p>{SECOND}</p>",
        f"<p>{FIRST}</p><p>{SECOND}</p>",
    ):
        page = f"<html><head><title>Gate shut</title></head><body><article>{body}</article></body></html>"
        assert read(page).text.split("\n") == ["Gate shut", FIRST, SECOND]


def test_what_is_given_goes_before_what_the_page_says() -> None:
    head = (
        '<meta property="og:site_name" content="A"><meta property="article:published_time" '
        'content="2022-08-01"><link rel=canonical href="https://a.example/a">'
    )
    found = read(
        page_of(FIRST, SECOND, head=head),
        url="https://b.example/b",
        options=ReadOptions(outlet="B", published="2022-08-02"),
    )
    assert (found.outlet, found.published, found.url) == ("B", "2022-08-02", "https://b.example/b")


def test_lines_about_the_page_leave_the_text() -> None:
    found = read(
        page_of("By Mara Quill", "2 August 2022", FIRST, "Advertisement", SECOND, "Share this article", THIRD)
    )  # fmt: skip
    assert (found.author, found.published) == ("Mara Quill", "2022-08-02")
    assert found.text.split("\n") == [FIRST, SECOND, THIRD]
    assert found.links == ()


def test_a_line_with_a_label_and_no_address_is_a_link_too() -> None:
    found = read(page_of(FIRST, "READ MORE: Ferry service resumes", SECOND, THIRD))
    assert found.text.split("\n") == [FIRST, SECOND, THIRD]
    assert found.links == (Link(text="Ferry service resumes", url=None, span=None),)


def test_labels_between_breaks_leave_the_text() -> None:
    page = page_of(
        f"{FIRST}<br><br><b>READ MORE: <a href='https://courier.example/f'>Ferry resumes</a></b><br><br>{SECOND}"
    )
    found = read(page)
    assert "READ MORE" not in found.text
    assert FIRST in found.text
    assert SECOND in found.text
    assert found.links == (Link(text="Ferry resumes", url="https://courier.example/f", span=None),)


def test_the_same_page_gives_the_same_document() -> None:
    page = (LAYOUTS / "broadsheet.html").read_text(encoding="utf-8")
    assert document_from_html(page) == document_from_html(page)


def test_a_page_over_the_limit() -> None:
    rejection = refused(page_of(FIRST), options=ReadOptions(max_page_bytes=100))
    assert rejection.reason is RejectionReason.TOO_LARGE


PIECES = [
    "<p>", "</p>", "<div>", "</div>", "<a href=x>", "</a>", "<b>", "<br/>", "<!--", "-->", "<article>",
    "<table>", "<td>", "<li>", "<ul>", "<script>", "</script>", "<h1>", "<q>", "<time>", "&amp;", "&#0;",
    "<title>", "<html>", "<head>", "<body>", "</html>", "<meta property='og:title' content='", "'>", '"',
    "<", ">", "=", "\0", "\ud800", "READ MORE", "READ MORE: ", "Advertisement", "By Mara Quill", "\n",
    "2 August 2022", "<base href='//['>", "<link rel=canonical href='http://['>", "<a href='http://[x'>",
    "<script type='application/ld+json'>", '{"@type": "Article", "author": [{"name": [[]]}]}', "<aside>",
    "<svg>", "<math>", "<template>", "<select>", "<frameset>", "<plaintext>", "<![CDATA[", "<?xml ?>",
    FIRST, SECOND,
]  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40).map("".join))
def test_any_string_is_a_page_or_a_rejection(page: str) -> None:
    found = document_from_html(page, url="https://courier.example/a")
    if isinstance(found, Document):
        assert found.text.strip()
        assert all(link.text.strip() and link.span is None for link in found.links)
        for value in (found.title, found.outlet, found.author):
            assert value is None or value.strip() == value != ""
        # Only what XML can hold comes out, so every form of export can hold it.
        assert found.text.encode("utf-8")
    else:
        assert found.detail


@settings(max_examples=40)
@given(st.integers(0, 4000), st.integers(0, 4000))
def test_a_page_with_a_piece_cut_out_is_read(start: int, length: int) -> None:
    page = (LAYOUTS / "broadsheet.html").read_text(encoding="utf-8")
    assert document_from_html(page[:start] + page[start + length :]) is not None
    assert document_from_html(page[:start]) is not None


def words(n_words: int, seed: int = 3) -> str:
    chosen = random.Random(seed)
    known = "harbour board said mayor ferry gate order denied Monday north pier town boats".split()
    return " ".join(chosen.choice(known) for _ in range(n_words)) + "."


BOMBS = {
    "a hundred thousand levels": "<div>" * 100_000 + FIRST,
    "levels that end": "<div>" * 50_000 + FIRST + "</div>" * 50_000,
    "levels of lists": "<ul><li>" * 20_000 + FIRST,
    "levels of tables": "<table><tr><td>" * 20_000 + FIRST,
    "levels of letters": "<b><i><u>" * 20_000 + FIRST,
    "millions of elements": "<p>" * 3_000_000,
    "millions of angles": "<" * 9_000_000,
    "millions of comments": "<!---->" * 1_000_000,
    "comments that do not end": "<!--" * 200_000 + "a" * 5_000_000,
    "one comment": "<!--" + "a" * 9_000_000,
    "one tag": "<p " + "a" * 9_000_000,
    "one attribute": "<p title='" + "a" * 9_000_000 + "'>" + FIRST,
    "a million attributes": "<p " + " ".join(f"a{n}=1" for n in range(900_000)) + ">" + FIRST,
    "attributes behind a quoted angle": "<p x='<' " + " ".join(f"a{n}" for n in range(900_000)) + ">",
    "entities": "<p>" + "&amp;" * 1_900_000,
    "numbered entities": "<p>" + "&#x41;" * 1_500_000,
    "entities that are none": "<p>" + "&bogus;" * 1_300_000,
    "defined entities": "<!DOCTYPE html [" + "".join(
        f'<!ENTITY e{n + 1} "&e{n};&e{n};&e{n};&e{n};">' for n in range(40)
    ) + "]><html><p>&e40;",
    "scripts of data": "<script type='application/ld+json'>" * 100_000,
    "deep data": "<script type='application/ld+json'>" + "[" * 1_000_000 + "</script><p>" + FIRST,
    "wide data": "<script type='application/ld+json'>[" + "{}," * 600_000 + "{}]</script><p>" + FIRST,
    "metas": "".join(f"<meta name=author content='A {n}'>" for n in range(90_000)),
    "headline": "<h1>" + "a " * 4_000_000,
    "links": "<a href=/x>link words here</a> " * 60_000,
    "quotations": "<p>" + "<q>x</q>" * 40_000,
    "moments": "<p>" + FIRST + "<time>2022</time>" * 40_000,
    "zeros": "\0" * 9_000_000,
    "white space": "<p>" + " \n" * 4_000_000 + "x",
    "one word": "<p>" + "a" * 9_000_000,
    "brackets": "<p>" + "(" * 9_000_000,
    "base": "<base href=x>" * 100_000 + FIRST,
    "prologues": "<?xml " * 200_000 + FIRST,
    "types": "<!DOCTYPE " * 200_000 + FIRST,
    "sections": "<![CDATA[" * 200_000 + FIRST,
    "selections": "<select><option>" * 60_000 + FIRST,
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("kind", BOMBS)
def test_bombs_take_little_time(kind: str) -> None:
    started = time.monotonic()
    document_from_html("<html><body>" + BOMBS[kind])
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    ("kind", "detail"),
    [
        ("a hundred thousand levels", "nested more than"),
        ("millions of elements", "tags"),
        ("a million attributes", "attributes"),
        ("attributes behind a quoted angle", "attributes"),
        ("defined entities", "entities"),
        ("links", "links"),
    ],
)
def test_the_reason_says_what_is_wrong(kind: str, detail: str) -> None:
    rejection = refused("<html><body>" + BOMBS[kind])
    assert rejection.reason is RejectionReason.NOT_AN_ARTICLE
    assert detail in rejection.detail


def test_a_bomb_takes_no_memory_of_its_own() -> None:
    tracemalloc.start()
    refused(BOMBS["millions of elements"])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3_000_000


@pytest.mark.slow
def test_ten_times_the_page_takes_about_ten_times_as_long() -> None:
    def seconds(n_paragraphs: int) -> float:
        page = page_of(*(words(40, n) for n in range(n_paragraphs)))
        started = time.monotonic()
        read(page)
        return time.monotonic() - started

    seconds(30)
    small = min(seconds(200) for _ in range(3))
    assert seconds(2000) < 40 * small
