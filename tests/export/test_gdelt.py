"""Events under GDELT's columns."""

import csv
import io

from onrecord.export.event_codes import cameo_of, cameo_root_of, intensities
from onrecord.export.gdelt import COLUMNS, OWN_COLUMNS, GdeltWriter, gdelt_rows
from onrecord.records import EventType, Factuality
from tests.export.made import harbour


def test_there_are_the_columns_of_gdelt_and_four_more() -> None:
    assert len(COLUMNS) - len(OWN_COLUMNS) == 61
    assert len(set(COLUMNS)) == len(COLUMNS)


def test_only_what_is_said_to_have_happened_is_a_row() -> None:
    actual = [e for e in harbour().events or () if e.factuality is Factuality.ACTUAL]
    rows = list(gdelt_rows(harbour()))
    assert {row["EventID"] for row in rows} == {event.id for event in actual}
    assert len({row["GlobalEventID"] for row in rows}) == len(rows)


def test_a_row_has_actors_place_and_day() -> None:
    row = next(iter(gdelt_rows(harbour())))
    assert (row["Actor1Name"], row["Actor1CountryCode"]) == ("NORTHERN FRONT", "UKR")
    assert (row["Actor1Type1Code"], row["Actor1Type2Code"]) == ("REB", "PRE")
    assert (row["Day"], row["EventRootCode"], row["QuadClass"]) == ("20220802", "19", 4)
    assert (row["ActionGeo_Type"], row["ActionGeo_CountryCode"]) == (4, "UP")
    assert row["NumMentions"] == 2


def test_who_asserts_it_is_said_in_a_column_of_our_own() -> None:
    told = {row["EventCode"]: row["Asserter"] for row in gdelt_rows(harbour())}
    assert told == {"194": "", "180": "", "171": "Bo Orly", "195": "Ann Vale"}


def test_the_file_is_read_back() -> None:
    stream = io.StringIO()
    writer = GdeltWriter(stream)
    writer.write(harbour())
    writer.close()
    rows = list(csv.DictReader(io.StringIO(stream.getvalue()), delimiter="\t"))
    assert [row["EventID"] for row in rows] == [row["EventID"] for row in gdelt_rows(harbour())]
    assert list(rows[0]) == list(COLUMNS)


def test_every_type_and_mode_has_a_code() -> None:
    for kind, mode in intensities():
        scale, quad = cameo_root_of(cameo_of(EventType(kind), mode or None))
        assert -10 <= scale <= 10
        assert quad in {1, 2, 3, 4}
