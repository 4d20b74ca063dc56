import codecs
import gzip
import io
import random
import tarfile
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.inputs.decoding import DecodeError, decode, wide_mark
from onrecord.records import RejectionReason

ENGLISH = "“Nobody shut the gate,” the harbour board’s chair said – not on Monday, anyway…\n" * 5
RUSSIAN = "Портовый совет отрицает, что закрыл северный причал. Рыбаки ему не верят.\n" * 5
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"))


@given(TEXT)
def test_utf8_comes_back(text: str) -> None:
    assert decode(text.encode("utf-8")) == text


@given(TEXT, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_text_after_a_mark_of_order_comes_back_without_the_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@given(TEXT)
def test_big_endian_text_after_its_mark_comes_back(text: str) -> None:
    assert decode(codecs.BOM_UTF16_BE + text.encode("utf-16-be")) == text
    assert decode(codecs.BOM_UTF32_BE + text.encode("utf-32-be")) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [ENGLISH, RUSSIAN, "The ferry sails."])
def test_wide_encodings_without_a_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_windows_1252_is_told_by_its_quotation_marks() -> None:
    assert decode(ENGLISH.encode("cp1252")) == ENGLISH


def test_latin_1_letters() -> None:
    text = "The café in Málaga was shut, said Señor Núñez, and the façade was wet.\n"
    assert decode(text.encode("latin-1")) == text


@given(
    st.text(st.sampled_from("abcdefghijklmnop ,.\n"), min_size=60, max_size=200),
    st.text(st.sampled_from("éüñßøå“”’–"), max_size=4),
)
def test_few_letters_beyond_ascii_are_read_as_windows_1252(plain: str, odd: str) -> None:
    text = plain + " ".join(odd)
    assert decode(text.encode("cp1252")) == text


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "euc-jp", "big5", "gb18030", "shift_jis"])
def test_a_declared_encoding_is_used(encoding: str) -> None:
    text = RUSSIAN if encoding in {"cp1251", "koi8-r"} else "港湾局は桟橋の閉鎖を否定した。\n" * 4
    if encoding == "big5":
        text = "港務局否認關閉北碼頭\n" * 4
    assert decode(text.encode(encoding), declared=encoding) == text


def test_russian_without_a_declaration_is_guessed() -> None:
    assert decode(RUSSIAN.encode("cp1251")) == RUSSIAN


def test_a_guess_does_not_part_a_character_at_the_end_of_what_is_looked_at() -> None:
    text = "港湾局は桟橋の閉鎖を否定した。\n" * 6000
    assert decode(text.encode("shift_jis")) == text


@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="windows-1251">',
        "<meta charset=windows-1251>",
        '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=windows-1251">',
        '<?xml version="1.0" encoding="windows-1251"?><html>',
    ],
)
def test_a_page_declares_its_encoding(head: str) -> None:
    page = f"{head}<p>{RUSSIAN}</p>"
    assert decode(page.encode("cp1251")) == page


def test_what_is_declared_outside_goes_before_what_the_page_declares() -> None:
    page = f'<meta charset="iso-8859-1"><p>{RUSSIAN}</p>'
    assert decode(page.encode("koi8-r"), declared="KOI8-R") == page


@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "us-ascii", "no-such-thing", "utf-16"])
def test_a_wrong_declaration_does_no_harm(declared: str) -> None:
    page = f'<meta charset="{declared}"><p>{ENGLISH}</p>'
    assert decode(page.encode("cp1252"), declared=declared) == page
    assert decode(page.encode("utf-8"), declared=declared) == page


@pytest.mark.parametrize(
    "declared",
    ["idna", "punycode", "unicode_escape", "raw-unicode-escape", "utf-7", "hex", "rot13", "a\0b"],
)
def test_codecs_that_are_no_encodings_of_text_are_not_used(declared: str) -> None:
    text = "The café at C:\\new\\table was shut.\n"
    assert decode(text.encode("cp1252"), declared=declared) == text


def test_latin_1_is_read_as_browsers_do() -> None:
    assert decode(b"\x93Shut\x94", declared="iso-8859-1") == "“Shut”"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_line_ends_are_kept(ending: str) -> None:
    text = f"The gate was shut.{ending}Nobody knew why.{ending}"
    assert decode(text.encode("utf-8")) == text


def test_odd_characters_are_kept() -> None:
    text = "A\u00a0b\u200bc\u00add\u200ee\u200f\u2060 🚢👩‍🔧 \ufeff end\x0c\x1b[0m"
    assert decode(text.encode("utf-8")) == text


def test_only_the_first_mark_is_taken_away() -> None:
    assert decode(b"\xef\xbb\xbf\xef\xbb\xbfGate") == "\ufeffGate"


def test_a_few_broken_bytes_of_utf8_do_not_spoil_the_rest() -> None:
    text = "“Nobody shut it,” she said – “nobody.” The café’s owner agreed…"
    broken = text.encode("utf-8") + b" \x93 end"
    assert decode(broken) == text + " \ufffd end"


def test_utf8_that_is_cut_in_a_character() -> None:
    content = ("“Nobody shut it,” she said – “nobody.” Said the café’s owner" + "é").encode()[:-1]
    assert decode(content).endswith("owner\ufffd")


def test_utf16_that_is_cut_in_a_character() -> None:
    content = ENGLISH.encode("utf-16")[:-1]
    assert decode(content) == ENGLISH[:-1] + "\ufffd"


def test_words_that_begin_as_files_of_other_kinds() -> None:
    for text in ("ID3 tags are stored here.", "PAR1 was built in 1901.", "BZh!", "RIFF raff", "MZ"):
        assert decode(text.encode()) == text


def binary_files() -> dict[str, bytes]:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.txt", ENGLISH)
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as file:
        member = tarfile.TarInfo("a.txt")
        member.size = len(ENGLISH.encode())
        file.addfile(member, io.BytesIO(ENGLISH.encode()))
    noise = random.Random(5).randbytes(4000)
    return {
        "gzip": gzip.compress(ENGLISH.encode()),
        "zip": archive.getvalue(),
        "tar": tar.getvalue(),
        "png": b"\x89PNG\r\n\x1a\n" + noise,
        "jpeg": b"\xff\xd8\xff\xe0" + noise,
        "webp": b"RIFF\x24\0\0\0WEBP" + noise,
        "pdf": b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n",
        "rtf": b"{\\rtf1\\ansi The gate was shut.}",
        "postscript": b"%!PS-Adobe-3.0\n/Times findfont\n",
        "elf": b"\x7fELF\x02\x01\x01" + bytes(9) + noise,
        "sqlite": b"SQLite format 3\0" + bytes(100),
        "parquet": b"PAR1\x15\x04\x15" + noise,
        "word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise,
        "mp3": b"ID3\x03\0\0\0" + noise,
        "mp4": b"\0\0\0\x20ftypisom" + noise,
        "zeros": bytes(5000),
        "noise": noise,
        "noise without zeros": noise.replace(b"\0", b"\x01"),
        "control characters": bytes(range(1, 9)) * 20,
    }


@pytest.mark.parametrize("kind", binary_files())
def test_binary_files_are_no_text(kind: str) -> None:
    with pytest.raises(DecodeError) as caught:
        decode(binary_files()[kind])
    assert caught.value.reason in {RejectionReason.BINARY, RejectionReason.UNDECODABLE}
    assert caught.value.detail


@pytest.mark.parametrize(
    ("kind", "words"),
    [("gzip", "gzip archive; unpack"), ("pdf", "PDF"), ("zip", "zip"), ("tar", "tar archive")],
)
def test_the_reason_names_the_kind_of_file(kind: str, words: str) -> None:
    with pytest.raises(DecodeError, match=words):
        decode(binary_files()[kind])


@given(st.binary(min_size=400, max_size=4000))
def test_any_bytes_are_text_or_a_reason(content: bytes) -> None:
    try:
        decode(content).encode("utf-8", "surrogatepass")
    except DecodeError as error:
        reason = error.reason
    else:
        reason = None
    assert reason in {None, RejectionReason.BINARY, RejectionReason.UNDECODABLE}


def test_random_bytes_are_no_text() -> None:
    taken_for_text = 0
    for seed in range(40):
        content = random.Random(seed).randbytes(2000)
        try:
            decode(content)
        except DecodeError:
            continue
        taken_for_text += 1
    assert taken_for_text == 0


def test_nothing_is_an_empty_text() -> None:
    assert decode(b"") == ""
    assert decode(codecs.BOM_UTF8) == ""
    assert decode(codecs.BOM_UTF16_LE) == ""


def test_marks_of_wide_encodings_are_told() -> None:
    assert wide_mark(codecs.BOM_UTF32_LE + b"a\0\0\0") == "utf-32-le"
    assert wide_mark(codecs.BOM_UTF16_BE) == "utf-16-be"
    assert wide_mark(codecs.BOM_UTF8) is None


@pytest.mark.slow
@pytest.mark.parametrize("piece", [b"<meta ", b"charset=", b"a\x93 ", b"\xc3\xa9 ", b" \t\n"])
def test_large_files_are_decoded_in_little_time(piece: bytes) -> None:
    content = piece * (20_000_000 // len(piece))
    started = time.monotonic()
    assert len(decode(content)) > 0
    assert time.monotonic() - started < 20
