"""Inputs that are broken or made to do harm, and what each has to give.

Each is built by a few lines, so that nothing has to be believed of a file; the tests put
them in a folder and in an archive, between good ones.
"""

import gzip
import io
import itertools
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

LINE = "The harbour board of Port Quill denied on Monday that it had shut the north gate."
GOOD = [
    LINE,
    "Mara Quill, who chairs the board, said that ferries had sailed as usual since dawn.",
    "The fishers' union accused the board of closing the pier without a word of warning.",
    "A clerk of the port confirmed that one barrier had been lowered for about an hour.",
]
PAGE = (
    "<html lang=en><body><article><h1>Gate shut</h1>"
    + "".join(f"<p>{line}</p>" for line in GOOD)
    + "</article></body></html>"
)
WHOLE = "".join(f"<p>{line}</p>" for line in GOOD * 2)
JSON_LINE = f'{{"text": "{LINE}"}}\n'


@dataclass(frozen=True)
class Case:
    """A file and what it has to give: a reason of refusal, or the beginning of a text.

    A member of the list is the reason alone, or the reason and words of the detail.
    """

    name: str
    content: bytes
    expected: list[str | tuple[str, str]]
    more: dict[str, object] = field(default_factory=dict)


CASES: list[Callable[[], Case]] = []


def case(
    name: str, *expected: str | tuple[str, str], **more: object
) -> Callable[[Callable[[], bytes | str]], Callable[[], bytes | str]]:
    """Add a case whose content a function builds; ``more`` are options of reading."""

    def add(build: Callable[[], bytes | str]) -> Callable[[], bytes | str]:
        def made() -> Case:
            built = build()
            content = built if isinstance(built, bytes) else built.encode()
            return Case(name, content, list(expected), more)

        made.__name__ = f"{build.__name__}:{name}"
        CASES.append(made)
        return build

    return add


def zipped(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of some members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def rss(*items: str, head: str = "", channel: str = "") -> str:
    """A feed of some items."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>' + head + '<rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Port Quill Courier</title><link>https://courier.example/</link>{channel}"
        + "".join(f"<item>{item}</item>" for item in items)
        + "</channel></rss>"
    )


def whole(title: str = "Gate shut", more: str = "") -> str:
    """An item that holds its article."""
    return f"<title>{title}</title>{more}<content:encoded><![CDATA[{WHOLE}]]></content:encoded>"


def warc(*bodies: bytes | str, kind: str = "text/html", status: str = "200 OK") -> bytes:
    """A web archive of some answers."""
    records = []
    for number, body in enumerate(bodies):
        content = body.encode() if isinstance(body, str) else body
        http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + content
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
            f"WARC-Target-URI: https://courier.example/{number}\r\n"
            "WARC-Date: 2024-05-02T10:15:00Z\r\nContent-Type: application/http\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        ).encode()
        records.append(head + http + b"\r\n\r\n")
    return b"".join(records)


def parquet(columns: dict[str, list[object]]) -> bytes:
    """A Parquet file of some columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


# Zip archives.


@case("cut.zip", ("unreadable", "zip"))
def zip_cut_off() -> bytes:
    return zipped({"a.txt": LINE * 50, "b.txt": LINE})[:-40]


@case("text.zip", ("unreadable", "zip"))
def zip_that_is_a_text() -> str:
    return LINE


@case("none.zip", ("unreadable", "zip"))
def zip_of_nothing() -> bytes:
    return b""


@case("empty.zip", ("empty", "no files"))
def zip_without_members() -> bytes:
    return zipped({})


@case("folders.zip", ("empty", "no files"))
def zip_of_folders() -> bytes:
    return zipped({"a/": b"", "a/b/": b"", "__MACOSX/x.txt": LINE, ".hidden": LINE})


@case("crc.zip", "unreadable", LINE)
def zip_with_one_broken_member() -> bytes:
    whole_file = zipped({"a.txt": "x" * 40, "b.txt": LINE}, zipfile.ZIP_STORED)
    return whole_file.replace(b"x" * 40, b"x" * 39 + b"y")


@case("deflate.zip", "unreadable", LINE)
def zip_with_a_broken_stream() -> bytes:
    made = bytearray(zipped({"a.txt": "".join(map(chr, range(32, 120))) * 9, "b.txt": LINE}))
    made[45:60] = bytes(range(200, 215))
    return bytes(made)


@case("secret.zip", ("unreadable", "encrypted"), LINE)
def zip_with_an_encrypted_member() -> bytes:
    made = bytearray(zipped({"a.txt": "x" * 40, "b.txt": LINE}, zipfile.ZIP_STORED))
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


@case("method.zip", ("unreadable", "zip"), LINE)
def zip_with_an_unknown_method() -> bytes:
    made = bytearray(zipped({"a.txt": "x" * 40, "b.txt": LINE}, zipfile.ZIP_STORED))
    made[8] = 97
    made[made.index(b"PK\x01\x02") + 10] = 97
    return bytes(made)


@case("bomb.zip", ("too_large", "100 times"), max_bytes=1_000_000)
def zip_bomb_in_lines() -> bytes:
    return zipped({"a.jsonl": " " * 9_000_000 + JSON_LINE})


@case("many-bombs.zip", "empty", ("too_large", "after it are not read"), max_bytes=1_000_000)
def zip_bomb_of_many_members() -> bytes:
    return zipped({f"{number:02}.txt": " " * 900_000 for number in range(3)})


@case("large-member.zip", ("too_large", "larger"), LINE, max_bytes=30_000)
def zip_with_a_large_member() -> bytes:
    return zipped({"a.txt": "x" * 29_999 + "y" * 2, "b.txt": LINE})


@case("nested.zip", LINE, ("too_large", "inside archives"), LINE)
def zip_in_zip_in_zip() -> bytes:
    inner = zipped({"a.txt": LINE, "b.zip": zipped({"c.txt": LINE}), "d.txt": LINE})
    return zipped({"inner.zip": inner})


@case("listing.zip", ("too_large", "100,000"))
def zip_that_claims_a_million_members() -> bytes:
    made = bytearray(zipped({"a.txt": LINE}))
    end = made.rindex(b"PK\x05\x06")
    made[end + 8 : end + 12] = b"\xfe\xff\xfe\xff"
    struct.pack_into("<I", made, end + 12, 200_000_000)
    return bytes(made)


@case("paths.zip", LINE, LINE, LINE)
def zip_with_names_that_lead_elsewhere() -> bytes:
    return zipped({"../../etc/a.txt": LINE, "/etc/b.txt": LINE, "c\\d.txt": LINE})


@case("office.zip", ("binary", "office"))
def zip_that_is_an_office_document() -> bytes:
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})


@case("mixed.zip", "binary", "bad_json", LINE, "empty", LINE)
def zip_of_good_and_bad() -> bytes:
    members = {"a.png": b"\x89PNG\r\n\x1a\n" + bytes(60), "b.json": "{", "c.txt": LINE}
    return zipped(members | {"d.txt": b" ", "e.txt": LINE})


# Gzip.


@case("cut.txt.gz", ("unreadable", "cut off"))
def gzip_cut_off() -> bytes:
    return gzip.compress(LINE.encode() * 50)[:-12]


@case("cut.jsonl.gz", LINE, LINE, ("unreadable", "cut off"))
def gzip_cut_off_after_lines() -> bytes:
    # Two lines in one block that is whole, and an end that never comes.
    packer = zlib.compressobj(wbits=31)
    begun = packer.compress(JSON_LINE.encode() * 2) + packer.flush(zlib.Z_FULL_FLUSH)
    return begun + packer.compress(b"{" * 900)


@case("plain.txt.gz", ("unreadable", "damaged"))
def gzip_that_is_none() -> str:
    return LINE


@case("junk.txt.gz", ("unreadable", "damaged"))
def gzip_with_a_broken_stream() -> bytes:
    made = bytearray(gzip.compress(bytes(range(32, 120)) * 30))
    made[30:50] = bytes(20)
    return bytes(made)


@case("bomb.jsonl.gz", ("too_large", "100 times"), max_bytes=100_000)
def gzip_bomb() -> bytes:
    return gzip.compress(b" " * 30_000_000, 9)


@case("two.jsonl.gz", LINE, LINE)
def gzip_of_two_parts() -> bytes:
    return gzip.compress(JSON_LINE.encode()) + gzip.compress(JSON_LINE.encode())


@case("news.tgz", ("binary", "gzip"))
def gzip_of_a_tar() -> bytes:
    return gzip.compress(b"a.txt" + bytes(507))


# Tables of text.


@case("no-text.csv", ("bad_table", "body"))
def csv_without_a_column_of_texts() -> str:
    return "title,body\nGate shut,It was shut.\n"


@case("head.csv", ("empty", "no rows"))
def csv_with_a_head_alone() -> str:
    return "text,title\n"


@case("blank.csv", "empty")
def csv_of_spaces() -> str:
    return " \n\n"


@case("picture.csv", "binary")
def csv_that_is_a_picture() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(60)


@case("page.csv", ("bad_table", "no column"))
def csv_that_is_a_page() -> str:
    return PAGE


@case("quote.csv", "First.", ("bad_table", "doubled"), "Third.")
def csv_with_a_stray_quote() -> str:
    return (
        'text,url\nFirst.,https://a.example/1\n"He said "no" to it",b\nThird.,https://a.example/3\n'
    )


@case("open.csv", "First.", ("bad_table", "not closed"), "Third.")
def csv_with_an_open_quote() -> str:
    return 'text,url\nFirst.,https://a.example/1\n"Second.,b\nThird.,https://a.example/3\n'


@case("pieces.csv", ("bad_table", "lines 2 to 4"), "Whole.")
def csv_whose_broken_text_looks_like_rows() -> str:
    text = '"He said "no" to it,\nand left, early\nand so on.",https://a.example/1\n'
    return f"text,url\n{text}Whole.,https://a.example/2\n"


@case("cells.csv", ("bad_table", "3 cells"), "Second.")
def csv_with_a_loose_comma() -> str:
    return "text,url\nNo, never,https://a.example/1\nSecond.,https://a.example/2\n"


@case("zero.csv", ("bad_table", "zero bytes"), "Second.")
def csv_with_zero_bytes() -> bytes:
    return b"text,url\nFi\x00rst.,https://a.example/1\nSecond.,https://a.example/2\n"


@case("long.csv", "x" * 100)
def csv_with_a_cell_of_a_megabyte() -> str:
    return 'text\n"' + "x" * 1_000_000 + '"\n'


@case("longer.csv", ("bad_table", "longer"), "Second.", max_bytes=10_000)
def csv_with_a_cell_over_the_limit() -> str:
    return f"text,url\n{'x' * 10_001},a\nSecond.,https://a.example/2\n"


@case("date.csv", ("bad_table", "no date"), "Second.")
def csv_with_a_date_that_is_none() -> str:
    return "text,published\nFirst.,soon\nSecond.,2024-05-02\n"


@case("latin.csv", "Café closed.")
def csv_in_latin_1() -> bytes:
    return "text;title\nCafé closed.;Été\n".encode("latin-1")


@case("wide.csv", "Café closed.")
def csv_in_utf_16_with_tabs() -> bytes:
    return "title\ttext\r\nA\tCafé closed.\r\n".encode("utf-16")


# Parquet.


@case("cut.parquet", ("unreadable", "Parquet"))
def parquet_cut_off() -> bytes:
    return parquet({"text": [LINE] * 99})[:-30]


@case("text.parquet", ("unreadable", "Parquet"))
def parquet_that_is_a_text() -> str:
    return LINE


@case("broken.parquet", "unreadable")
def parquet_with_a_broken_page() -> bytes:
    made = bytearray(parquet({"text": [LINE, GOOD[1]] * 99}))
    made[4:60] = b"\xff" * 56
    return bytes(made)


@case("no-text.parquet", ("bad_table", "body"))
def parquet_without_a_column_of_texts() -> bytes:
    return parquet({"body": [LINE]})


@case("types.parquet", ("bad_table", "int"), ("bad_table", "int"))
def parquet_of_numbers() -> bytes:
    return parquet({"text": [1, 2]})


@case("nulls.parquet", LINE, "empty")
def parquet_with_a_null() -> bytes:
    return parquet({"text": [LINE, None]})


# Web archives.


@case("cut.warc", "Gate shut", ("unreadable", "cut off"))
def warc_cut_off_in_a_page() -> bytes:
    return warc(PAGE, PAGE)[:-300]


@case("head.warc", "Gate shut", ("unreadable", "cut off"))
def warc_cut_off_in_a_head() -> bytes:
    one = warc(PAGE)
    return one + one[:150]


@case("cut.warc.gz", "Gate shut", ("unreadable", "cut off"))
def warc_with_a_cut_off_packing() -> bytes:
    return gzip.compress(warc(PAGE)) + gzip.compress(warc(PAGE))[:-40]


@case("text.warc", ("unreadable", "no web archive"))
def warc_that_is_a_text() -> str:
    return LINE


@case("empty.warc", ("empty", "no answers"))
def warc_of_nothing() -> bytes:
    return b""


@case("pictures.warc", ("empty", "no answers"))
def warc_of_pictures() -> bytes:
    return warc(b"\x89PNG", kind="image/png")


@case("errors.warc", ("empty", "no answers"))
def warc_of_errors() -> bytes:
    return warc(PAGE, status="404 Not Found")


@case("length.warc", ("unreadable", "cut off"))
def warc_with_a_length_that_lies() -> bytes:
    return warc(PAGE).replace(b"Content-Length: ", b"Content-Length: 9")


@case("chunk.warc", "Gate shut", "Gate shut")
def warc_with_chunks() -> bytes:
    page = PAGE.encode()
    body = b"%x\r\n" % len(page) + page + b"\r\n0\r\n\r\n"
    made = warc(body, kind="text/html\r\nTransfer-Encoding: chunked")
    return gzip.compress(made + warc(PAGE))


# Pages and their encodings.


@case("broken.html", "Gate shut")
def page_that_is_never_closed() -> str:
    return PAGE.replace("</p>", "").replace("</article></body></html>", "<div <p <<")


@case("login.html", "not_an_article")
def page_to_sign_in() -> str:
    return "<html><body><h1>Sign in</h1><form><input type=password></form></body></html>"


@case("huge.html", "too_large", max_page_bytes=10_000)
def page_over_the_limit() -> str:
    return "<html>" + "<p>x</p>" * 2000


@case("deep.html", "not_an_article")
def page_nested_without_end() -> str:
    return "<html>" + "<div>" * 5000 + LINE


@case("charset.html", "Gate shut")
def page_with_a_charset_that_lies() -> bytes:
    return PAGE.replace("<body>", "<meta charset=utf-16><body>").encode()


@case("latin.html", "Gate shut")
def page_in_latin_1_that_claims_utf_8() -> bytes:
    page = PAGE.replace("<body>", "<meta charset=utf-8><body>").replace("denied", "dénied")
    return page.encode("latin-1")


@case("codec.html", "Gate shut")
def page_with_a_codec_that_is_no_encoding() -> str:
    return PAGE.replace("<body>", "<meta charset=unicode_escape><body>")


@case("zeros.txt", "binary")
def text_of_zeros() -> bytes:
    return bytes(500)


@case("odd.txt", "binary")
def text_of_controls() -> bytes:
    return bytes(range(1, 9)) * 50


@case("mail.mht", "unsupported_type")
def page_in_a_mail() -> str:
    return f"MIME-Version: 1.0\n\n{PAGE}"


# JSON.


@case("bad.jsonl", LINE, "bad_json", "bad_json", "empty", LINE)
def lines_of_which_some_are_broken() -> str:
    return JSON_LINE + '{"text": "open\n' + "[1]\n" + '{"text": " "}\n' + JSON_LINE


@case("deep.json", "bad_json")
def json_nested_without_end() -> str:
    return "[" * 100_000


@case("number.jsonl", "bad_json", LINE)
def lines_with_a_number_for_a_text() -> str:
    return '{"text": 1e999}\n' + JSON_LINE


# Feeds.


@case("laughs.xml", ("bad_feed", "entities"))
def feed_of_a_billion_laughs() -> str:
    names = "abcdefghij"
    more = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in itertools.pairwise(names)
    )
    return rss(whole("&j;"), head=f'<!DOCTYPE rss [<!ENTITY a "ha">{more}]>')


@case("quadratic.xml", ("bad_feed", "entities"))
def feed_with_one_long_entity() -> str:
    return rss("&a;" * 1000, head=f'<!DOCTYPE rss [<!ENTITY a "{"a" * 10_000}">]>')


@case("outside.xml", ("bad_feed", "entities"))
def feed_with_an_entity_from_outside() -> str:
    return rss(whole("&a;"), head='<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]>')


@case("dtd.xml", "Gate shut")
def feed_with_a_document_type_from_outside() -> str:
    head = '<!DOCTYPE rss PUBLIC "-//X//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss.dtd">'
    return rss(whole(), head=head)


@case("deep.xml", ("bad_feed", "deep"))
def feed_nested_without_end() -> str:
    return rss("<a>" * 3000 + "</a>" * 3000)


@case("deeper.xml", ("bad_feed", "deep"))
def feed_nested_deeper_than_any() -> str:
    return rss("<a>" * 150 + "</a>" * 150)


@case("tags.xml", ("bad_feed", "elements"))
def feed_of_tags() -> str:
    return rss("<a/>" * 100_001)


@case("none.xml", ("empty", "no entries"))
def feed_without_entries() -> str:
    return rss()


@case("links.xml", "Gate shut", "Gate open", ("not_an_article", "announces"))
def feed_with_links_that_are_none() -> str:
    return rss(
        whole("Gate shut", "<link>javascript:alert(1)</link>"),
        whole("Gate open", "<link></link>"),
        "<title>Only this</title><link>file:///etc/hostname</link>",
    )


@case("dates.xml", "Gate shut", "Gate open")
def feed_with_dates_that_are_none() -> str:
    return rss(
        whole("Gate shut", "<pubDate>Sat, 01 Jan 0000 00:00:00 GMT</pubDate>"),
        whole("Gate open", "<pubDate>Mon, 99 Foo 99999 99:99:99 +9999</pubDate>"),
    )


@case("twice.xml", "Gate shut")
def feed_with_an_entry_twice() -> str:
    item = whole("Gate shut", "<guid>1</guid><link>https://courier.example/1</link>")
    return rss(item, item)


@case("loose.xml", "Fish & chips é")
def feed_that_is_not_well_formed() -> str:
    return rss(whole("Fish & chips &eacute;")).replace("</channel>", "</chan>")


@case("cut.xml", "Gate shut")
def feed_cut_off() -> str:
    made = rss(whole("Gate shut"), whole("Gate open"))
    return made[: made.index("Gate open") - 20] + ">"


@case("summary.xml", ("not_an_article", "announces"))
def feed_of_summaries() -> str:
    return rss(f"<title>Gate shut</title><description>{LINE}</description>")


@case("teaser.xml", ("not_an_article", "announces"))
def feed_of_teasers() -> str:
    return rss(whole().replace("]]>", "<p>Read more …</p>]]>"))


@case("other.xml", "unsupported_type")
def xml_that_is_no_feed() -> str:
    return "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'></svg>"
