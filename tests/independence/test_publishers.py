"""Families of outlets, by name and by address; files that users add."""

from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.independence import count_voices, load_families
from onrecord.independence.publishers import families, host_of
from onrecord.independence.tables import rows_of
from onrecord.records import make_document


def publisher(outlet: str | None = None, url: str | None = None) -> str | None:
    return families().publisher_of(make_document(text="a", outlet=outlet, url=url))


@pytest.mark.parametrize(
    ("outlet", "url", "found"),
    [
        ("BBC News", None, "BBC"),
        (None, "https://www.bbc.co.uk/news/1", "BBC"),
        ("The Guardian", "https://www.theguardian.com/a", "Guardian Media Group"),
        (None, "https://en.wikinews.org/wiki/a", "Wikinews"),
        (None, "https://www.reuters.com/a", "Reuters"),
        ("Reuters", None, "Reuters"),
        ("The Harbour Herald", None, "Harbour Herald"),
        ("Harbour Herald", "https://harbour.example/1", "Harbour Herald"),
        (None, "https://www.harbour.example/1", "harbour.example"),
        # One of many papers of that name: the address is not that of the known one.
        ("Observer", "https://observer.example/1", "Observer"),
        (None, None, None),
        (None, "no address", None),
    ],
)
def test_publishers(outlet: str | None, url: str | None, found: str | None) -> None:
    assert publisher(outlet, url) == found


@pytest.mark.parametrize("url", ["http://[", "", "urn:a:b", "https://"])
def test_odd_addresses_have_no_host(url: str) -> None:
    assert host_of(url) == ""


def test_a_user_adds_families(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(
        "# ours\nfamily\toutlets\thosts\nTarn Press\tTarn Courier|The Wessel Post\ttarn.example\n",
        encoding="utf-8",
    )
    known = load_families(path)
    documents = [
        make_document(text="a", outlet="Tarn Courier"),
        make_document(text="a", outlet="Wessel Post"),
        make_document(text="a", url="https://news.tarn.example/1"),
        make_document(text="a", outlet="BBC"),
    ]
    assert [known.publisher_of(own) for own in documents] == [*["Tarn Press"] * 3, "BBC"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"family,outlets\nTarn,Courier\n", "names the columns"),
        (b"family\toutlets\thosts\n\tCourier\t\n", "row 1 needs a family"),
        (b"family\toutlets\thosts\nTarn\t\t\n", "row 1 needs a family"),
        (b"\xff\xfe\x00", "no text in UTF-8"),
    ],
)
def test_bad_files_say_what_is_wrong(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "own.tsv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=problem):
        load_families(path)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_families(tmp_path / "none.tsv")


@pytest.mark.parametrize("name", ["families.tsv", "agencies.tsv", "spellings.tsv"])
def test_tables_are_whole(name: str) -> None:
    rows = list(rows_of(name))
    assert len(rows) > 40
    assert all(len(row) >= 3 for row in rows)


def test_no_host_has_two_families() -> None:
    hosts = [host for row in rows_of("families.tsv") for host in row["hosts"].split("|") if host]
    assert len(hosts) == len(set(hosts))


@pytest.mark.parametrize(
    ("documents", "n"),
    [
        ([], 0),
        ([(1, "A")], 1),
        ([(1, "A"), (2, "A")], 1),
        ([(1, "A"), (1, "B")], 1),
        ([(1, "A"), (1, "B"), (3, "B"), (4, "C")], 2),
        ([(1, None), (2, None)], 2),
    ],
)
def test_voices_are_counted_over_copies_and_publishers(
    documents: list[tuple[int, str | None]], n: int
) -> None:
    assert count_voices(documents) == n
    assert count_voices(reversed(documents)) == n
