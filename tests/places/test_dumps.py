import zipfile
from pathlib import Path

import pytest

from onrecord.places.dumps import add_dump
from onrecord.places.gazetteers import load_gazetteer
from onrecord.places.indexes import GazetteerError
from onrecord.places.listings import list_places
from onrecord.records import Precision
from tests.places.made import dump_line, write_dump


@pytest.fixture
def folder(gazetteer_folder: Path, tmp_path: Path) -> Path:
    """A folder of its own with the base in it."""
    (base,) = gazetteer_folder.glob("base-*")
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / base.name).hardlink_to(base)
    return tmp_path / "cache"


def test_a_village_is_found_after_it_was_added(folder: Path, tmp_path: Path) -> None:
    dump = write_dump(tmp_path / "UA.txt", dump_line())
    assert list_places(load_gazetteer(folder), "Verkhnia Testivka") == []
    assert add_dump(dump, folder) == 1
    for name in ("Verkhnia Testivka", "upper testivka"):
        (found,) = list_places(load_gazetteer(folder), name)
        assert (found.country, found.admin1, found.geonames_id) == ("UKR", "Donetsk", 99000001)


def test_adding_twice_adds_nothing(folder: Path, tmp_path: Path) -> None:
    dump = write_dump(tmp_path / "UA.txt", dump_line(), dump_line())
    assert [add_dump(dump, folder) for _ in range(2)] == [1, 0]
    assert len(list(folder.glob("added-*"))) == 1


def test_what_the_base_has_is_not_added(folder: Path, tmp_path: Path) -> None:
    dump = write_dump(tmp_path / "UA.txt", dump_line(geonameid="703448", name="Kyiv"))
    assert add_dump(dump, folder) == 0


def test_a_zip_is_read(folder: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "UA.zip", "w") as archive:
        archive.writestr("readme.txt", "no table")
        archive.writestr("UA.txt", f"{dump_line()}\n")
    assert add_dump(tmp_path / "UA.zip", folder) == 1


@pytest.mark.parametrize(
    ("kind", "precision"),
    [
        (("P", "PPLX"), Precision.SETTLEMENT),
        (("A", "ADM1"), Precision.REGION),
        (("A", "ADM3"), Precision.DISTRICT),
        (("H", "LK"), Precision.AREA),
    ],
)
def test_classes_are_kinds(
    folder: Path, tmp_path: Path, kind: tuple[str, str], precision: Precision
) -> None:
    add_dump(
        write_dump(tmp_path / "a.txt", dump_line(**{"class": kind[0], "code": kind[1]})), folder
    )
    (found,) = list_places(load_gazetteer(folder), "Verkhnia Testivka")
    assert found.precision == precision


def test_spots_and_blank_lines_are_left_out(folder: Path, tmp_path: Path) -> None:
    dump = write_dump(tmp_path / "a.txt", "", dump_line(**{"class": "S", "code": "SCH"}))
    assert add_dump(dump, folder) == 0


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"geonameid": "abc"}, "geonameid is 'abc'"),
        ({"geonameid": "9" * 5000}, "geonameid"),
        ({"latitude": "95"}, "latitude is '95'"),
        ({"longitude": "nan"}, "longitude is 'nan'"),
        ({"population": "-3"}, "population is '-3'"),
        ({"country": "UKR"}, "country is 'UKR'"),
        ({"name": " "}, "name is empty"),
        ({"date": "2024\t"}, "20 columns instead of 19"),
    ],
)
def test_a_wrong_line_is_named(
    folder: Path, tmp_path: Path, changes: dict[str, str], reason: str
) -> None:
    dump = write_dump(tmp_path / "bad.txt", dump_line(), dump_line(**changes))
    with pytest.raises(GazetteerError, match=reason) as caught:
        add_dump(dump, folder)
    assert (caught.value.path, caught.value.line) == (str(dump), 2)
    assert not list(folder.glob("added-*"))


def test_bytes_that_are_no_text_are_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\t\n")
    with pytest.raises(GazetteerError, match="line 1: it is no UTF-8"):
        add_dump(tmp_path / "bad.txt", folder)


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"PK\x03\x04"])
def test_a_broken_zip_is_named(folder: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.zip").write_bytes(content)
    with pytest.raises(GazetteerError, match=r"bad\.zip"):
        add_dump(tmp_path / "bad.zip", folder)


def test_a_zip_of_two_tables_is_refused(folder: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.txt", "")
        archive.writestr("b.txt", "")
    with pytest.raises(GazetteerError, match="2 tables instead of one"):
        add_dump(tmp_path / "two.zip", folder)
