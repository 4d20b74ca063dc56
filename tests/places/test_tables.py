import re
from importlib.resources import files

import pytest

from onrecord.places.names import normal_name
from onrecord.places.tables import (
    area_codes,
    areas,
    countries,
    districts,
    local_words,
    nationalities,
    region_names,
    regions,
    rows_of,
)

COLUMNS = {
    "countries.tsv": 6,
    "regions.tsv": 7,
    "districts.tsv.gz": 6,
    "areas.tsv": 6,
    "region_names.tsv": 3,
    "area_codes.tsv": 2,
    "local_words.tsv": 2,
    "weights.tsv": 2,
}


@pytest.mark.parametrize("name", COLUMNS)
def test_every_row_has_its_columns(name: str) -> None:
    assert all(len(row) == COLUMNS[name] for row in rows_of(name, COLUMNS[name]))


@pytest.mark.parametrize("name", [n for n in COLUMNS if not n.endswith(".gz")])
def test_every_table_says_where_it_comes_from(name: str) -> None:
    lines = files("onrecord.places").joinpath(name).read_text("utf-8").splitlines()
    head = " ".join(line for line in lines if line.startswith("#"))
    assert re.search(r"GeoNames|general knowledge|General knowledge|Facts|evaluation", head)


def test_countries_have_codes_and_positions() -> None:
    rows = countries()
    assert len({row.iso2 for row in rows}) == len({row.iso3 for row in rows}) == len(rows) > 240
    for row in rows:
        assert re.fullmatch("[A-Z]{2}", row.iso2)
        assert re.fullmatch("[A-Z]{3}", row.iso3)
        assert abs(row.lat) <= 90
        assert abs(row.lon) <= 180


def test_divisions_belong_to_countries() -> None:
    known = {row.iso2 for row in countries()}
    for row in (*regions(), *districts()):
        assert row.country in known
        assert abs(row.lat) <= 90
        assert abs(row.lon) <= 180
        assert row.name
        assert row.number > 0


def test_areas_are_named_once() -> None:
    names = [own for row in areas() for own in {normal_name(n) for n in (row.name, *row.names)}]
    assert len(set(names)) == len(names)
    assert all(abs(row.lat) <= 90 and abs(row.lon) <= 180 for row in areas())


def test_other_names_and_telephones_are_of_known_divisions() -> None:
    codes = {f"{row.country}.{row.code}" for row in regions()}
    assert region_names().keys() <= codes
    assert set(area_codes().values()) <= codes
    assert all(re.fullmatch(r"\d{3}", code) for code in area_codes())


def test_shared_nationalities_are_left_out() -> None:
    assert nationalities()["ukrainians"] == "UA"
    assert "congolese" not in nationalities()


def test_local_words_name_known_countries_once() -> None:
    words = [word for word, _, _ in local_words()]
    assert len(set(words)) == len(words)
    assert {country for _, country, _ in local_words()} <= {row.iso2 for row in countries()}
