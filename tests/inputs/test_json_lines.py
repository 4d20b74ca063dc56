import gzip
import io
import itertools
import json
import time
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.inputs.json_lines import is_json_line, read_json_file, read_json_lines
from onrecord.inputs.json_values import from_json_value
from onrecord.inputs.options import ReadOptions
from onrecord.records import Document, Rejection, RejectionReason

OPTIONS = ReadOptions()
GOOD = '{"text": "The board denied it."}'
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(max_size=5)
            | st.sampled_from(["text", "title", "url", "outlet", "published", "author"]),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)


def read(content: bytes | str, **options) -> list[Document | Rejection]:
    given_ = content.encode() if isinstance(content, str) else content
    return list(read_json_lines(io.BytesIO(given_), "f.jsonl", ReadOptions(**options)))


def kinds(found: list[Document | Rejection]) -> list[str]:
    return [f"{f.line}:{f.reason}" if isinstance(f, Rejection) else f.text for f in found]


def test_fields_of_a_line() -> None:
    (document,) = read(
        json.dumps(
            {
                "text": "The board\r\ndenied it.\n",
                "title": "Gate",
                "url": "no address: 17/b",
                "outlet": "Courier",
                "author": "Mara Quill",
                "published": "2022-08-02T10:15:00Z",
                "more": {"unknown": [1, 2]},
            }
        )
    )
    assert isinstance(document, Document)
    assert document.text == "The board\r\ndenied it.\n"
    assert document.title == "Gate"
    assert document.url == "no address: 17/b"
    assert document.outlet == "Courier"
    assert document.author == "Mara Quill"
    assert document.published == "2022-08-02T10:15:00+00:00"


def test_options_go_before_the_line() -> None:
    (document,) = read(
        '{"text": "It is.", "outlet": "A", "published": "never"}',
        outlet="B",
        published="2022-08-02",
    )
    assert isinstance(document, Document)
    assert (document.outlet, document.published) == ("B", "2022-08-02")


def test_good_lines_are_read_between_bad_ones() -> None:
    lines = ["{", GOOD, "[]", '{"text": 5}', "", "nonsense", '{"text": " "}', GOOD, "null"]
    assert kinds(read("\n".join(lines))) == [
        "1:bad_json",
        "The board denied it.",
        "3:bad_json",
        "4:bad_json",
        "6:bad_json",
        "7:empty",
        "The board denied it.",
        "9:bad_json",
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "end"])
def test_line_ends_and_blank_lines(ending: str, last: str) -> None:
    given_ = ending.join([GOOD, "", " \t", GOOD]) + (ending if last else "")
    assert kinds(read(given_)) == ["The board denied it."] * 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-8", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = "“The café is shut,” she said."
    content = "\n".join([json.dumps({"text": text}, ensure_ascii=False)] * 3).encode(encoding)
    assert kinds(read(content)) == [text] * 3


def test_utf16_of_the_other_order_with_bad_lines() -> None:
    content = "\ufeff" + f"{GOOD}\r\n{{\r\n{GOOD}"
    assert kinds(read(content.encode("utf-16-be"))) == [
        "The board denied it.",
        "2:bad_json",
        "The board denied it.",
    ]


def test_long_utf16_is_read_line_by_line() -> None:
    content = ("\ufeff" + "\n".join([GOOD] * 5000)).encode("utf-16-le")
    assert len(read(content)) == 5000


def test_marks_inside_the_file_are_no_trouble() -> None:
    content = (GOOD + "\n").encode("utf-8-sig") * 2
    assert kinds(read(content)) == ["The board denied it."] * 2


def test_escapes_of_json() -> None:
    (document,) = read(r'{"text": "Caf\u00e9 \ud83d\udea2 \"shut\"\n\u2028 \ud83d alone \u0000"}')
    assert isinstance(document, Document)
    assert document.text == 'Café 🚢 "shut"\n\u2028 \ud83d alone \0'


def test_the_same_line_twice_is_the_same_document() -> None:
    first, second = read(f"{GOOD}\n{GOOD}\n")
    assert first == second


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('"text"', "a string"),
        ("5", "a number"),
        ("true", "a truth value"),
        ("[1]", "a list"),
        ("null", "null"),
        ("NaN", "null"),
        ("{}", 'has no "text"'),
        ('{"text": null}', 'has no "text"'),
        ('{"text": NaN}', 'has no "text"'),
        ('{"text": ["a"]}', "a list"),
        ('{"text": {"a": 1}}', "an object"),
        ('{"text": -1e400}', "a number"),
        ('{"text": "a", "title": 5}', '"title" is a number'),
        ('{"text": "a", "outlet": []}', '"outlet" is a list'),
        ('{"text": "a", "published": 1659435300}', '"published" is a number'),
        ('{"text": "a", "published": "soon"}', "'soon'"),
        ('{"text": "a"', "no JSON"),
        ("{'text': 'a'}", "no JSON"),
        ('{"text": "a"} {"text": "b"}', "no JSON"),
        ('{"text": "a\tb"}', "no JSON"),
        ('{"text": "a", "n": ' + "9" * 5000 + "x}", "no JSON"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
    ],
)
def test_lines_that_are_no_article(line: str, words: str) -> None:
    (rejection,) = read(line)
    assert isinstance(rejection, Rejection)
    assert rejection.reason is RejectionReason.BAD_JSON
    assert rejection.line == 1
    assert words in rejection.detail
    assert len(rejection.detail) < 300


def test_numbers_longer_than_python_reads_are_no_trouble() -> None:
    assert kinds(read('{"text": "It is.", "n": ' + "9" * 5000 + "}")) == ["It is."]


@pytest.mark.parametrize("field", ["title", "outlet", "author", "published", "url"])
@pytest.mark.parametrize("value", ["null", "NaN", '""'])
def test_absent_fields_are_none(field: str, value: str) -> None:
    (document,) = read(f'{{"text": "It is.", "{field}": {value}}}')
    assert isinstance(document, Document)
    kept = getattr(document, field)
    assert kept == "" if field == "url" and value == '""' else kept is None


def test_a_line_over_the_limit_does_not_stop_the_others() -> None:
    lines = [GOOD, json.dumps({"text": "x" * 500}), GOOD]
    for end in ("", "\n"):
        assert kinds(read("\n".join(lines) + end, max_bytes=100)) == [
            "The board denied it.",
            "2:too_large",
            "The board denied it.",
        ]


@pytest.mark.parametrize("n_over", [-1, 0, 1])
def test_the_limit_is_the_length_of_the_line(n_over: int) -> None:
    line = GOOD + "\n"
    found = read(line * 2, max_bytes=len(line) - n_over)
    assert kinds(found) == (
        ["1:too_large", "2:too_large"] if n_over > 0 else ["The board denied it."] * 2
    )


@pytest.mark.parametrize(
    "content", [gzip.compress(GOOD.encode() * 50), b"%PDF-1.4\n" + b"a\n" * 50, bytes(300)]
)
def test_a_binary_file_gives_one_rejection(content: bytes) -> None:
    (rejection,) = read(content)
    assert isinstance(rejection, Rejection)
    assert (rejection.reason, rejection.line) == (RejectionReason.BINARY, None)


def test_a_binary_line_inside_gives_one_rejection_for_it() -> None:
    content = GOOD.encode() + b"\n" + bytes(300) + b"\n" + GOOD.encode()
    assert kinds(read(content)) == ["The board denied it.", "2:binary", "The board denied it."]


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", " \r\n\t"])
def test_a_file_of_white_space_is_empty(content: str) -> None:
    assert kinds(read(content)) == ["None:empty"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (GOOD, ["The board denied it."]),
        ('{\n  "text":\n  "It is."\n}\n', ["It is."]),
        (f"[{GOOD}, 5, {GOOD}]", ["The board denied it.", "2:bad_json", "The board denied it."]),
        (f"[{GOOD}]", ["The board denied it."]),
        ("[]", ["None:empty"]),
        (f"{GOOD}\n{GOOD}\n", ["The board denied it."] * 2),
        (f"{GOOD}\nnonsense\n", ["None:bad_json"]),
        ("5", ["None:bad_json"]),
        ("{", ["None:bad_json"]),
        ("[" * 100_000, ["None:bad_json"]),
        ("\ufeff" + GOOD, ["The board denied it."]),
    ],
)
def test_json_files(content: str, expected: list[str]) -> None:
    assert kinds(list(read_json_file(content, "f.json", OPTIONS))) == expected


@given(JSON)
def test_any_value_is_a_document_or_a_rejection(value) -> None:
    found = from_json_value(value, "f.jsonl", 3, OPTIONS)
    if isinstance(found, Document):
        assert found.text == value["text"]
    else:
        assert found.line == 3


@given(st.lists(JSON, max_size=5))
def test_any_lines_give_one_answer_each(values: list) -> None:
    content = "\n".join(json.dumps(value) for value in values)
    assert len(read(content)) == max(1, len(values))


@given(st.text(), st.text() | st.none(), st.text() | st.none())
def test_text_and_address_come_back_as_they_were(text: str, url: str | None, title) -> None:
    (found,) = read(json.dumps({"text": text, "url": url, "title": title}))
    if text.strip():
        assert isinstance(found, Document)
        assert (found.text, found.url) == (text, url)
    else:
        assert isinstance(found, Rejection)


@given(st.binary(max_size=300))
def test_any_bytes_are_read(content: bytes) -> None:
    assert read(content)


def test_the_first_line_shows_what_a_stream_is() -> None:
    assert is_json_line('{"text": "a"}')
    assert is_json_line('\ufeff \n{ "ti\\"tle" : 5')
    assert not is_json_line("{sic} The board denied it.")
    assert not is_json_line('{"' + "\\" * 400)
    assert not is_json_line("")


class Endless(io.RawIOBase):
    """Lines without end, made as they are asked for."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self.lines, self.ready = lines, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if not self.ready:
            self.ready = next(self.lines)
        n_bytes = min(len(buffer), len(self.ready))
        buffer[:n_bytes], self.ready = self.ready[:n_bytes], self.ready[n_bytes:]
        return n_bytes


def test_lines_are_read_as_they_are_asked_for() -> None:
    stream = io.BufferedReader(Endless(itertools.repeat(GOOD.encode() + b"\n")))
    found = itertools.islice(read_json_lines(stream, "-", OPTIONS), 100)
    assert len(list(found)) == 100


@pytest.mark.slow
def test_a_hundred_megabytes_of_lines_take_the_memory_of_one() -> None:
    line = json.dumps({"text": "The board denied it. " * 2500}).encode() + b"\n"
    lines = itertools.chain(itertools.repeat(line, 100_000_000 // len(line)), itertools.repeat(b""))
    tracemalloc.start()
    stream = io.BufferedReader(Endless(lines))
    n_read = sum(isinstance(f, Document) for f in read_json_lines(stream, "f.jsonl", OPTIONS))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert n_read == 100_000_000 // len(line)
    assert peak < 3_000_000


def test_a_line_over_the_limit_is_not_held() -> None:
    lines = itertools.chain(
        itertools.repeat(b"x" * 65_536, 600), [b"\n" + GOOD.encode()], itertools.repeat(b"")
    )
    tracemalloc.start()
    stream = io.BufferedReader(Endless(lines))
    found = list(read_json_lines(stream, "f.jsonl", ReadOptions(max_bytes=1_000_000)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kinds(found) == ["1:too_large", "The board denied it."]
    assert peak < 8_000_000


@pytest.mark.parametrize("value", ["{},", "1,", "[],", '{"a":[],'])
def test_values_without_end_are_not_built(value: str) -> None:
    content = '{"text": "a", "n": [' + value * 3_000_000
    tracemalloc.start()
    started = time.monotonic()
    (rejection,) = read(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(rejection, Rejection)
    assert "more than" in rejection.detail
    assert peak < 8 * len(content)
    assert time.monotonic() - started < 20
