"""Records of web archives: wherever a file is cut, and whatever is wrong with one of them."""

import gzip
import io
import random
import zlib
from itertools import pairwise

import pytest

from onrecord.inputs.budgets import Budget
from onrecord.inputs.options import ReadOptions
from onrecord.inputs.warc_records import Damage, WarcRecord, packed_records, plain_records
from onrecord.inputs.web_archives import read_warc, read_warc_range
from onrecord.records import Document, Rejection
from tests.inputs.bad_inputs import PAGE, warc

pytest.importorskip("fastwarc")
LIMIT = 10**6


def records(content: bytes, *edges: int) -> list[WarcRecord | Damage]:
    """Those of all ranges between some edges."""
    found: list[WarcRecord | Damage] = []
    for start, end in pairwise((0, *edges, len(content))):
        stream = io.BufferedReader(io.BytesIO(content))  # type: ignore[arg-type]
        stream.seek(start)
        if content.startswith(b"\x1f\x8b"):
            budget = Budget(0, at_least=10**9)
            found += packed_records(stream, budget, limit=LIMIT, start=start, end=end)
        else:
            found += plain_records(stream, limit=LIMIT, start=start, end=end)
    return found


def bodies(found: list[WarcRecord | Damage]) -> list[str]:
    """The last letter of each body, and a dash for each damage."""
    return [one.body[-1:].decode() if isinstance(one, WarcRecord) else "-" for one in found]


def archive(letters: str, *, is_packed: bool) -> list[bytes]:
    made = [warc("<html>" + letter * 400) for letter in letters]
    return [gzip.compress(one) if is_packed else one for one in made]


@pytest.mark.parametrize("is_packed", [True, False])
@pytest.mark.parametrize("seed", range(30))
def test_ranges_share_all_records_and_none_twice(seed: int, is_packed: bool) -> None:
    chance = random.Random(seed)
    sizes = [chance.randrange(99) for _ in range(9)]
    made = [warc(chance.randbytes(9 * n) if seed % 2 else "x\r\n\r\n" * n) for n in sizes]
    content = b"".join(gzip.compress(one) if is_packed else one for one in made)
    edges = sorted(chance.randrange(len(content)) for _ in range(chance.randrange(9)))
    assert records(content, *edges) == records(content)
    assert len(records(content)) == 9


@pytest.mark.parametrize("is_packed", [True, False])
def test_a_range_that_begins_where_a_record_does(is_packed: bool) -> None:
    made = archive("abcd", is_packed=is_packed)
    content = b"".join(made)
    for edge in range(len(made[0]) - 6, len(made[0]) + 7):
        assert bodies(records(content, edge)) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("harm", "left"),
    [
        (lambda one: one[: len(one) // 2], "a-cd"),
        (lambda one: one[:60] + b"\xff\x00\xff" + one[63:], "a-cd"),
        (lambda one: one[:-8] + b"\x00" * 8, "a-cd"),  # its checksum
        (lambda one: b"", "acd"),
        (lambda one: one + b"junk", "ab-cd"),
        (lambda one: one + bytes(512), "abcd"),
    ],
)
def test_a_damaged_record_costs_itself_alone(harm: object, left: str) -> None:
    made = archive("abcd", is_packed=True)
    made[1] = harm(made[1])  # type: ignore[operator]
    content = b"".join(made)
    assert "".join(bodies(records(content))) == left
    cut = bodies(records(content, len(content) // 3))
    assert "".join(cut).replace("-", "") == left.replace("-", "")


@pytest.mark.parametrize(
    ("length", "left"), [(b"9", "a-cd"), (b"999999", "a-cd"), (b"none", "a-cd"), (b"", "a-cd")]
)
def test_a_record_that_lies_of_its_length(length: bytes, left: str) -> None:
    made = archive("abcd", is_packed=False)
    before, _, after = made[1].partition(b"Content-Length: ")
    made[1] = before + b"Content-Length: " + length + after[after.index(b"\r\n") :]
    assert "".join(bodies(records(b"".join(made)))) == left


def test_what_a_member_holds_counts_only_when_its_checksum_is_right() -> None:
    packed = bytearray(gzip.compress(warc(PAGE), compresslevel=0))
    packed[len(packed) // 2] ^= 1
    (damage,) = records(bytes(packed))
    assert isinstance(damage, Damage)
    assert damage.detail == "it is damaged"


def test_records_that_are_packed_together() -> None:
    together = gzip.compress(b"".join(archive("abc", is_packed=False)))
    content = together + archive("d", is_packed=True)[0]
    assert bodies(records(content, len(together) // 2)) == ["a", "b", "c", "d"]


def test_an_archive_that_is_made_to_exhaust_ends() -> None:
    bomb = gzip.compress(warc(b" " * 3_000_000))
    stream = io.BufferedReader(io.BytesIO(bomb * 3))  # type: ignore[arg-type]
    found = list(packed_records(stream, Budget(0, at_least=10**6), limit=LIMIT))
    assert [str(getattr(one, "reason", "")) for one in found] == ["too_large"]


def read(body: bytes, kind: str) -> list[Document | Rejection]:
    return list(read_warc(io.BytesIO(warc(body, PAGE, kind=kind)), "a.warc", ReadOptions()))


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", lambda page: page),  # the crawler has unpacked it and left the line
        ("br", lambda page: page),
        ("deflate", zlib.compress),
        ("identity", lambda page: page),
    ],
)
def test_how_pages_are_packed_on_the_way(encoding: str, pack: object) -> None:
    body = pack(PAGE.encode())  # type: ignore[operator]
    first = read(body, f"text/html\r\nContent-Encoding: {encoding}")[0]
    assert isinstance(first, Document)
    assert "Port Quill denied" in first.text


def test_a_page_whose_packing_is_damaged_is_no_article() -> None:
    body = gzip.compress(PAGE.encode())[:-200]
    first = read(body, "text/html\r\nContent-Encoding: gzip")[0]
    assert isinstance(first, Rejection)


def test_a_damaged_record_is_refused_by_its_place(tmp_path: object) -> None:
    made = [gzip.compress(warc(PAGE)) for _ in range(3)]
    made[1] = made[1][:100]
    content = b"".join(made)
    stream = io.BufferedReader(io.BytesIO(content))  # type: ignore[arg-type]
    found = list(read_warc_range(stream, "a.warc.gz", ReadOptions(), start=0, end=len(content)))
    (refusal,) = (one for one in found if isinstance(one, Rejection))
    assert f"(at byte {len(made[0]):,})" in refusal.detail
    assert len(found) == 3


def test_an_archive_that_is_packed_twice_is_read_by_its_first_range() -> None:
    content = gzip.compress(gzip.compress(warc(PAGE)) * 3)
    found = []
    for start, end in pairwise((0, len(content) // 2, len(content))):
        stream = io.BufferedReader(io.BytesIO(content))  # type: ignore[arg-type]
        found.append(
            list(read_warc_range(stream, "a.warc.gz", ReadOptions(), start=start, end=end))
        )
    assert [len(one) for one in found] == [3, 0]
