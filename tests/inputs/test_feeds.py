import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.inputs.contents import documents_in, is_feed
from onrecord.inputs.feed_entries import parse_feed
from onrecord.inputs.feed_trees import FeedError, clean_feed
from onrecord.inputs.options import ReadOptions
from onrecord.records import Document, Rejection
from tests.inputs.bad_inputs import GOOD, PAGE, WHOLE, rss, whole

ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
 <title>Port Quill Herald</title><link href="https://herald.example/"/>
 <entry>
  <title type="html">Gate &amp;amp; pier &lt;b&gt;shut&lt;/b&gt;</title>
  <link href="/1"/><id>tag:1</id><author><name>Mara Quill</name></author>
  <published>2024-05-02T10:15:00+02:00</published><updated>2024-05-09T00:00:00Z</updated>
  <content type="html"><![CDATA[{WHOLE}]]></content>
 </entry>
 <entry>
  <title>Pier open</title><link rel="alternate" href="https://herald.example/2"/><id>tag:2</id>
  <updated>2024-05-03T00:00:00Z</updated>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{WHOLE}</div></content>
 </entry>
</feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Post
 </title></channel><item><title>Gate shut</title><link>https://post.example/1</link>
 <dc:date>2024-05-02</dc:date></item></rdf:RDF>"""


def read(text: str, **options: object) -> list[Document | Rejection]:
    return list(documents_in(text.encode(), "f.xml", ".xml", ReadOptions(**options)))


@pytest.mark.parametrize(
    "text",
    [rss(), ATOM, RDF, "<!-- a --><rss><channel>", "<RSS><CHANNEL>", "\ufeff" + rss(),
     rss(head="<!DOCTYPE rss PUBLIC 'a' 'b'>"), rss(head="<!DOCTYPE rss [<!ENTITY a 'b'>]>"),
     rss(head="<?xml-stylesheet href='a.xsl'?>")],
)  # fmt: skip
def test_feeds_are_told_by_their_beginning(text: str) -> None:
    assert is_feed(text)


@pytest.mark.parametrize("text", ["", "rss", "<rss></rss>", "<svg>", PAGE, "<rssx><channel>"])
def test_other_texts_are_no_feeds(text: str) -> None:
    assert not is_feed(text)


def test_entries_of_atom() -> None:
    first, second = read(ATOM)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.title, first.url) == ("Gate & pier shut", "https://herald.example/1")
    assert (first.outlet, first.author) == ("Port Quill Herald", "Mara Quill")
    assert (first.published, first.language) == ("2024-05-02T10:15:00+02:00", "en")
    assert first.text == "\n".join(["Gate & pier shut", *GOOD, *GOOD])
    assert (second.published, second.text) == (
        "2024-05-03T00:00:00+00:00", "\n".join(["Pier open", *GOOD, *GOOD]),
    )  # fmt: skip


def test_entries_of_rss_1() -> None:
    (entry,) = parse_feed(RDF, None).entries
    assert (entry.title, entry.url, entry.published) == (
        "Gate shut", "https://post.example/1", "2024-05-02",
    )  # fmt: skip


def test_options_count_over_the_feed() -> None:
    (document,) = read(rss(whole()), outlet="Herald", published="2022-08-02")
    assert isinstance(document, Document)
    assert (document.outlet, document.published) == ("Herald", "2022-08-02")


def test_a_rejection_names_feed_and_entry() -> None:
    link = "<link>https://courier.example/1</link>"
    (rejection,) = read(rss(f"<title>Gate</title>{link}<description>Soon.</description>"))
    assert isinstance(rejection, Rejection)
    assert rejection.source == "f.xml!https://courier.example/1"


def test_links_inside_the_text_become_links() -> None:
    more = '<p><a href="https://courier.example/2">READ MORE: Pier open</a></p>'
    (document,) = read(rss(whole().replace(f"<p>{GOOD[1]}", more + f"<p>{GOOD[1]}", 1)))
    assert isinstance(document, Document)
    assert "READ MORE" not in document.text
    assert [link.url for link in document.links] == ["https://courier.example/2"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Fish & chips", b"Fish &amp; chips"),
        ("caf&eacute;&nbsp;x", "café\u00a0x".encode()),
        ("&amp;lt; &#233;", "&amp;lt; é".encode()),
        ("&nothing; &", b"&amp;nothing; &amp;"),
        ("<![CDATA[a & b &eacute;]]> &", b"a &amp; b &amp;eacute; &amp;"),
        ("a\x0bb", "a\ufffdb".encode()),
    ],
)
def test_what_is_broken_is_mended_and_nothing_of_it_is_lost(given: str, expected: bytes) -> None:
    assert b"<title>" + expected + b"</title>" in clean_feed(f"<rss><title>{given}</title></rss>")


@pytest.mark.parametrize(
    "text",
    ["", "x", "<!DOCTYPE rss [",
     "<!DOCTYPE rss SYSTEM 'a' [<!ENTITY % b SYSTEM 'c'>%b;]><rss/>"],
)  # fmt: skip
def test_what_is_no_tree(text: str) -> None:
    with pytest.raises(FeedError):
        clean_feed(text)


def test_nothing_is_fetched_or_opened(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("classified")
    head = f'<!DOCTYPE rss SYSTEM "{secret.as_uri()}">'
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}"/>'
    for text in (rss(whole(), head=head), rss(whole(more=include)), secret.as_uri(), str(secret)):
        assert "classified" not in str(read(text))
        with contextlib.suppress(FeedError):
            assert "classified" not in str(parse_feed(text, secret.as_uri()))


@pytest.mark.parametrize(
    "piece", ["<a", "<a ", "<a b='", "&a", "<!", "<![CDATA[", "<a></b>", "]]>", "<!--"]
)
def test_long_nonsense_takes_time_in_proportion(piece: str) -> None:
    text = "<rss><channel>" + piece * (100_000 // len(piece))
    started = time.monotonic()
    with contextlib.suppress(FeedError):
        parse_feed(text, None)
    assert time.monotonic() - started < 10


@given(st.text(max_size=200))
def test_any_text_gives_a_feed_or_an_error(text: str) -> None:
    for given_ in (text, f"<rss version='2.0'><channel><item>{text}</item></channel></rss>"):
        with contextlib.suppress(FeedError):
            parse_feed(given_, "https://courier.example/")
