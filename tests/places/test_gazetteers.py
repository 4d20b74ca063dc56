import multiprocessing
import tempfile
from pathlib import Path

import numpy as np
import pytest

from onrecord.places import gazetteers
from onrecord.places.gazetteers import Gazetteer, load_gazetteer, write_file
from onrecord.places.indexes import MAIN, SETTLEMENT, Entry, GazetteerError, IndexWriter
from onrecord.places.listings import list_places
from onrecord.records import Precision
from tests.places.made import index_of


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A base of one village, and nothing outside of the folder is written."""
    monkeypatch.setattr(gazetteers, "build_index", _content)
    monkeypatch.setattr(gazetteers, "made_of", lambda: "a test")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return tmp_path / "cache"


def _content() -> bytes:
    writer = IndexWriter()
    entry = Entry(number=7, name="Oak", lat=1, lon=2, kind=SETTLEMENT, country="US", region="KY")
    writer.add(entry, [("oak", MAIN)])
    return writer.to_bytes(made_of="a test")


def test_the_base_is_made_once(quick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_gazetteer(quick)
    monkeypatch.setattr(gazetteers, "build_index", lambda: pytest.fail("made twice"))
    assert len(load_gazetteer(quick)) == 1
    assert [path.suffix for path in quick.iterdir()] == [".places"]


def test_a_broken_base_is_made_anew(quick: Path) -> None:
    load_gazetteer(quick)
    (path,) = quick.iterdir()
    path.write_bytes(path.read_bytes()[:50])
    assert len(load_gazetteer(quick)) == 1


def test_a_folder_that_cannot_be_written_is_no_failure(quick: Path) -> None:
    quick.write_text("a file where the folder should be")
    assert len(load_gazetteer(quick)) == 1
    assert (quick.parent / "temporary").is_dir()


def test_with_nowhere_to_write_it_stays_in_memory(quick: Path) -> None:
    quick.write_text("a file")
    (quick.parent / "temporary").write_text("another")
    (index,) = load_gazetteer(quick).indexes
    assert index.path == "memory"


def test_a_broken_added_file_is_named(quick: Path) -> None:
    load_gazetteer(quick)
    (quick / "added-1.places").write_bytes(b"nonsense")
    with pytest.raises(GazetteerError, match=r"added-1\.places"):
        load_gazetteer(quick)


def _write(path: Path) -> None:
    for _ in range(20):
        write_file(path, b"x" * 100_000)


def test_two_writers_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a.places"
    others = [multiprocessing.get_context("spawn").Process(target=_write, args=(path,))]
    for other in others:
        other.start()
    _write(path)
    for other in others:
        other.join()
    assert path.read_bytes() == b"x" * 100_000
    assert list(tmp_path.iterdir()) == [path]


def test_places_of_several_indexes_are_found_together() -> None:
    one = index_of(
        Entry(number=1, name="Oak", lat=1, lon=1, kind=SETTLEMENT, country="US", region="KY")
    )
    two = index_of(
        Entry(number=2, name="Elm", lat=2, lon=2, kind=SETTLEMENT, country="FR"),
        Entry(number=3, name="Oak", lat=3, lon=3, kind=SETTLEMENT, country="US", region="KY"),
    )
    both = Gazetteer([one, two])
    found = both.find(["elm", "oak"])
    assert found.number_C.tolist() == [2, 1, 3]
    assert found.owner_C.tolist() == [0, 1, 1]
    assert found.region_C[1] == found.region_C[2] == both.region_number("US.KY") != 0
    assert both.has_number(np.array([3, 4])).tolist() == [True, False]
    assert both.digest not in {one.digest, two.digest}


@pytest.mark.parametrize(
    ("name", "country", "precision"),
    [
        ("Kiev", "UKR", Precision.REGION),
        ("Kyiv", "UKR", Precision.REGION),
        ("Odessa", "UKR", Precision.REGION),
        ("Burma", "MMR", Precision.COUNTRY),
        ("the U.S.", "USA", Precision.COUNTRY),
        ("Black Sea", None, Precision.AREA),
        ("Oxfordshire", "GBR", Precision.DISTRICT),
        ("Rapides Parish", "USA", Precision.DISTRICT),
        ("Kherson Oblast", "UKR", Precision.REGION),
        ("Africa", None, Precision.AREA),
        ("Pyongyang", "PRK", Precision.SETTLEMENT),
    ],
)
def test_a_name_is_listed(
    gazetteer: Gazetteer, name: str, country: str | None, precision: Precision
) -> None:
    listed = list_places(gazetteer, name)
    assert (country, precision) in {(p.country, p.precision) for p in listed}


@pytest.mark.parametrize("name", ["", "Qqqqqqq", "x" * 10_000, "\udc80"])
def test_what_nothing_is_called_lists_nothing(gazetteer: Gazetteer, name: str) -> None:
    assert list_places(gazetteer, name) == []


def test_capitals_are_known(gazetteer: Gazetteer) -> None:
    found = gazetteer.find(["paris"])
    assert found.country_C[found.is_capital_C].tolist() == [gazetteers.country_number("FR")]


def test_a_folder_gets_its_own_copy_of_a_base_that_was_kept_elsewhere(
    gazetteer_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the folder of an earlier call could not be written to."""
    monkeypatch.setattr(gazetteers, "_temporary", lambda: gazetteer_folder)
    load_gazetteer(tmp_path / "cache")
    assert [p.name for p in (tmp_path / "cache").iterdir()] == [
        p.name for p in gazetteer_folder.glob("base-*")
    ]
