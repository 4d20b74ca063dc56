# ruff: noqa: E501 - a page is read best in one line
import pytest

from onrecord.inputs.page_metadata import read_metadata
from onrecord.inputs.page_trees import parse_page


def said(head: str = "", body: str = "<p>a</p>", url: str | None = None, lang: str = ""):
    page = f"<html {lang}><head>{head}</head><body>{body}</body></html>"
    return read_metadata(parse_page(page), url)


def test_nothing_is_made_up() -> None:
    found = said(body="<p>© 2019 Port Quill Courier. Updated 3 May 2020.</p>")
    assert found.title is found.outlet is found.author is found.published is None
    assert found.url is found.language is None
    assert not found.is_article


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<meta property='og:title' content='Gate shut'>", "", "Gate shut"),
        ("<meta name='og:title' content='Gate shut'>", "", "Gate shut"),
        ("<meta property='og:title' content=' Gate\n shut '>", "", "Gate shut"),
        ("<meta name='twitter:title' content='Gate shut'>", "", "Gate shut"),
        ("<title>Gate shut</title>", "", "Gate shut"),
        ("<title>Courier</title>", "<h1>Gate shut by nobody</h1>", "Gate shut by nobody"),
        ("<meta property='og:title' content='Gate shut by nobody, says board - Courier'>",
         "<h1>Gate shut by <i>nobody</i>, says board</h1>", "Gate shut by nobody, says board"),
        ("<meta property='og:title' content='Gate shut | Courier'><meta property='og:site_name' content='Courier'>",
         "", "Gate shut"),
        ("<meta property='og:title' content='Another headline for sharing'>", "<h1>Gate shut</h1>",
         "Another headline for sharing"),
        ("<meta property='og:title' content='Gate shut'><meta property='og:site_name' content='Courier'>",
         "<h1>Courier</h1>", "Gate shut"),
        ("", "<h1>Gate<br>shut</h1>", "Gate shut"),
        ("", f"<h1>{'x' * 600}</h1>", None),
        ("<title> </title>", "<h1></h1>", None),
    ],
)  # fmt: skip
def test_title(head: str, body: str, title: str | None) -> None:
    assert said(head, body).title == title


@pytest.mark.parametrize(
    ("head", "body", "outlet"),
    [
        ("<meta property='og:site_name' content='Courier'>", "", "Courier"),
        ("<meta name='application-name' content='Courier'>", "", "Courier"),
        ("<title>Gate shut | World | Courier</title>", "<h1>Gate shut</h1>", "Courier"),
        ("<title>Gate shut – Courier</title>", "<h1>Gate shut</h1>", "Courier"),
        ("<title>Gate shut - officials say</title>", "<h1>Something else</h1>", None),
        ("<title>Gate shut</title>", "<h1>Gate shut</h1>", None),
        ('<script type="application/ld+json">{"@type":"NewsArticle","publisher":{"name":"Courier"}}</script>',
         "", "Courier"),
    ],
)  # fmt: skip
def test_outlet(head: str, body: str, outlet: str | None) -> None:
    assert said(head, body).outlet == outlet


@pytest.mark.parametrize(
    ("head", "body", "author"),
    [
        ("<meta name=author content='Mara Quill'>", "", "Mara Quill"),
        ("<meta name=author content='By Mara Quill'>", "", "Mara Quill"),
        ("<meta property='article:author' content='Mara Quill'>", "", "Mara Quill"),
        ("<meta property='article:author' content='https://a.example/q'>", "", None),
        ("<meta name='twitter:creator' content='@quill'>", "", None),
        ("<meta name=author content='Mara Quill'><meta name=author content='Tom Ferris'>", "",
         "Mara Quill, Tom Ferris"),
        ("<meta name=author content=' '>", "", None),
        ("", "<a rel=author href=/q>Mara Quill</a>", "Mara Quill"),
        ("", "<span itemprop=author><img><b itemprop=name>Mara Quill</b>, reporter</span>", "Mara Quill"),
        ("", "<p class=byline>By Mara Quill | 2 August 2022</p>", "Mara Quill"),
        ("", "<p class=byline>Gate shut</p>", None),
        ("", "<div class=author-box>" + "word " * 100 + "</div>", None),
        ("", "<aside><a rel=author href=/q>Mara Quill</a></aside>", None),
        ("", "<div id=comments><a rel=author href=/q>Salty Sam</a></div>", None),
    ],
)  # fmt: skip
def test_author(head: str, body: str, author: str | None) -> None:
    assert said(head, body).author == author


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        ("<meta property='article:published_time' content='2022-08-02T10:15:00Z'>", "", "2022-08-02T10:15:00+00:00"),
        ("<meta itemprop=datePublished content='2022-08-02'>", "", "2022-08-02"),
        ("<meta name='DC.date.issued' content='2022-08-02'>", "", "2022-08-02"),
        ("<meta name=citation_publication_date content='2022/08/02'>", "", "2022-08-02"),
        ("<meta property='article:published_time' content='soon'>", "", None),
        ("<meta property='article:modified_time' content='2022-08-03'>", "", None),
        ("<meta name=date content='2022-08-02'>", "<time datetime='2022-08-02T10:15:00Z'>", "2022-08-02T10:15:00+00:00"),
        ("<meta name=pubdate content='2022-08-02'>", "<time datetime='2022-08-03T10:15:00Z'>", "2022-08-02"),
        ("", "<time datetime='2022-08-02T10:15:00+02:00'>today</time>", "2022-08-02T10:15:00+02:00"),
        ("", "<time>2 August 2022</time>", "2022-08-02"),
        ("", "<time datetime='2022-08-01'>a</time><time itemprop=datePublished datetime='2022-08-02'>b</time>", "2022-08-02"),
        ("", "<p>Published <time>2 August 2022</time>, updated <time>3 August 2022</time></p>", "2022-08-02"),
        ("", "<p>Updated <time>3 August 2022</time>, published <time>2 August 2022</time></p>", "2022-08-02"),
        ("", "<time class=updated datetime='2022-08-03'>a</time>", None),
        ("", "<span>Last modified</span> <time datetime='2022-08-03'>a</time>", None),
        ("", "<aside><time datetime='2022-08-03'>a</time></aside>", None),
        ("", "<div class=comment><time datetime='2022-08-03'>a</time></div>", None),
        ("", "<footer><time datetime='2022-08-03'>a</time></footer>", None),
        ("", "<time datetime='PT2H'>two hours</time>", None),
        ("", "<p>The vote was on 2 August 2022.</p>", None),
    ],
)  # fmt: skip
def test_published(head: str, body: str, published: str | None) -> None:
    assert said(head, body).published == published


@pytest.mark.parametrize(
    ("url", "published"),
    [
        ("https://courier.example/2022/08/02/gate", "2022-08-02"),
        ("https://courier.example/2022-08-02/gate", "2022-08-02"),
        ("https://courier.example/2022/13/02/gate", None),
        ("https://courier.example/12345678/gate", None),
        ("https://2022.example/a?d=/2022/08/02/", None),
    ],
)
def test_the_date_in_the_address(url: str, published: str | None) -> None:
    assert said(url=url).published == published


@pytest.mark.parametrize(
    ("head", "url", "address"),
    [
        ("<link rel=canonical href='https://a.example/x'>", None, "https://a.example/x"),
        ("<link rel=CANONICAL href='/x'>", "https://a.example/y?z", "https://a.example/x"),
        ("<link rel=canonical href='/x'>", None, None),
        ("<link rel=canonical href='/x'><meta property='og:url' content='https://a.example/x'>", None, "https://a.example/x"),
        ("<link rel=canonical href='http://['>", None, None),
        ("<link rel=canonical href='javascript:x'>", "https://a.example/", None),
        ("<link rel=canonical>", "https://a.example/", None),
    ],
)  # fmt: skip
def test_address(head: str, url: str | None, address: str | None) -> None:
    assert said(head, url=url).url == address


@pytest.mark.parametrize(
    ("lang", "head", "language"),
    [
        ("lang=en", "", "en"),
        ("lang=en-GB", "", "en"),
        ("lang=EN_us", "", "en"),
        ("lang=und", "", None),
        ("lang=''", "<meta property='og:locale' content='de_DE'>", "de"),
        ("xml:lang=fr", "", "fr"),
        ("lang=zxx", "<meta http-equiv=content-language content=no>", "no"),
        ("lang=english", "", None),
    ],
)
def test_language(lang: str, head: str, language: str | None) -> None:
    assert said(head, lang=lang).language == language


@pytest.mark.parametrize(
    ("head", "is_article"),
    [
        ("<meta property='og:type' content=article>", True),
        ("<meta property='og:type' content=website>", False),
        ("<meta property='article:published_time' content='2022-08-02'>", True),
        ('<script type="application/ld+json">{"@type":"BlogPosting"}</script>', True),
        ('<script type="application/ld+json">{"@type":"WebPage"}</script>', False),
    ],
)
def test_whether_it_says_that_it_is_an_article(head: str, is_article: bool) -> None:
    assert said(head).is_article is is_article
