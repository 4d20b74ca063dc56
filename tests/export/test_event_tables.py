"""Events as one table: rows, CSV for spreadsheets, Parquet, and what could break them."""

import csv
import io
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.export import tables
from onrecord.export.event_rows import EventRow, event_rows
from onrecord.export.event_tables import EventCsvWriter, event_columns, write_events
from onrecord.records import EventDate, EventType, Precision, Reading, Span, make_run
from onrecord.schema.fields import fields_of
from tests.export.made import HARBOUR, RUN, Maker, at, crates, harbour
from tests.records.generated import few, fewest, readings

parquet = pytest.importorskip("pyarrow.parquet")


def _csv(*given: Reading) -> str:
    stream = io.StringIO()
    writer = EventCsvWriter(stream)
    for reading in given:
        writer.write(reading)
    writer.close()
    return stream.getvalue()


def _cells(*given: Reading) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(_csv(*given)), strict=True))


def test_an_event_of_the_outlet() -> None:
    row = next(event_rows(harbour()))
    assert (row.event_type, row.event_mode, row.intensity) == ("ASSAULT", "heavy-weapons", -9.5)
    assert (row.quad_code, row.quad_category) == (4, "material conflict")
    assert (row.asserter, row.asserter_speaker, row.statement_id) == ("outlet", None, None)
    assert (row.actor_country, row.actor_cow) == (("UKR",), ("369",))
    assert (row.actor_primary_sector, row.actor_sectors) == (("REB",), ("REB.PRE",))
    assert (row.recipient_name, row.recipient_code) == (("harbour of Odesa",), ("",))
    assert (row.city, row.district, row.province) == ("Odesa", None, "Odesa Oblast")
    assert (row.event_date, row.event_date_basis) == ("2022-08-02", "text")
    assert (row.quantities, row.quantities_raw) == (
        ("at least 12 person",),
        ("at least 12 people",),
    )
    assert (row.headline, row.outlet) == ("Harbour shelled", "Ardal Post")


def test_offsets_point_at_the_words() -> None:
    for row in event_rows(harbour()):
        assert HARBOUR[row.trigger_start : row.trigger_end] == row.trigger
        for role in ("actor", "recipient"):
            spans = zip(getattr(row, f"{role}_start"), getattr(row, f"{role}_end"), strict=True)
            words = tuple(HARBOUR[start:end] for start, end in spans)
            assert words == getattr(row, f"{role}_name_raw")
        if row.place_start is not None:
            assert HARBOUR[row.place_start : row.place_end] == row.place_name_raw


def test_the_mention_nearest_to_the_trigger_is_the_raw_name() -> None:
    raw = [row.actor_name_raw for row in event_rows(harbour())]
    assert raw[1] == ("Northern Front troops",)
    assert raw[3] == ("the Front", "General Bo Orly")


def test_an_event_in_a_chain_names_all_who_report_it() -> None:
    *_, row = event_rows(harbour())
    assert (row.asserter, row.asserter_speaker, row.asserter_act) == (
        "speaker",
        "Ann Vale",
        "admit",
    )
    assert row.asserter_chain == ("ministry", "Ann Vale")
    assert (row.cue_start, row.cue_end) == (HARBOUR.index("had adm"), HARBOUR.index(" that drones"))


def test_a_date_of_publication_has_no_words() -> None:
    row = list(event_rows(harbour()))[1]
    assert (row.event_date, row.event_date_basis) == ("2022-08-03", "publication")
    assert (row.date_start, row.date_end) == (None, None)


def test_a_month_has_its_first_and_last_day() -> None:
    row = list(event_rows(harbour()))[3]
    assert (row.event_date_first, row.event_date_last) == ("2022-07-01", "2022-07-31")
    assert row.factuality == "planned"


def test_bodies_of_no_country_keep_what_stands_for_it() -> None:
    maker = Maker()
    un = maker.entity("UN", at("crates"), actor="IGO.UNO")
    vale = maker.entity("Ann Vale", at("Ann Vale"), country="GEO")
    maker.event(at("denied"), EventType.CONSULT, actors=(un, vale))
    (row,) = event_rows(maker.reading())
    assert row.actor_country == ("IGO", "GEO")
    assert row.actor_cow == ("", "372")
    assert row.actor_primary_sector == ("UNO", "")


@pytest.mark.parametrize(
    ("precision", "place"),
    [
        (Precision.SETTLEMENT, {"city": "Odesa"}),
        (Precision.DISTRICT, {"district": "Odesa"}),
        (Precision.REGION, {"province": "Odesa"}),
        (Precision.COUNTRY, {}),
        (None, {}),
    ],
)
def test_a_place_stands_in_the_column_of_its_precision(
    precision: Precision | None, place: dict[str, str]
) -> None:
    maker = Maker()
    odesa = maker.place("Odesa", at("Odesa"), precision=precision, admin1=None)
    maker.event(at("denied"), EventType.REJECT, place=odesa)
    (row,) = event_rows(maker.reading())
    found = {name: getattr(row, name) for name in ("city", "district", "province")}
    assert {name: value for name, value in found.items() if value} == place


def test_rows_that_are_not_there_leave_their_columns_empty() -> None:
    maker = Maker()
    maker.event(
        at("denied"),
        EventType.REJECT,
        actors=("x",),
        recipients=("x",),
        place="x",
        quantities=("x",),
        asserted_by="x",
    )
    (row,) = event_rows(maker.reading())
    assert (row.actor_name, row.recipient_name, row.place_name) == ((), (), None)
    assert (row.quantities, row.asserter, row.asserter_speaker) == ((), "speaker", None)


def test_statements_in_a_circle_end() -> None:
    maker = Maker()
    maker.statement(cue=at("told"), parent="statements1")
    said = maker.statement(cue=at("denied"), parent="statements0")
    maker.event(at("full"), EventType.REJECT, asserted_by=said)
    (row,) = event_rows(maker.reading())
    assert row.asserter_chain == ("", "")


@few
@given(readings())
def test_lists_of_one_role_are_as_long_as_each_other(reading: Reading) -> None:
    for row in event_rows(reading):
        for role in ("actor", "recipient"):
            lengths = {
                len(getattr(row, field.name))
                for field in fields_of(EventRow)
                if field.name.startswith(f"{role}_")
            }
            assert len(lengths) == 1


@few
@given(st.lists(readings(), max_size=2, unique_by=lambda reading: reading.document.id))
def test_csv_has_a_line_for_each_event_and_nothing_that_acts(given: list[Reading]) -> None:
    written = _csv(*given)
    n_events = sum(len(reading.events or ()) for reading in given)
    assert len(written.splitlines()) == written.count("\n") == 1 + n_events
    for row in csv.reader(io.StringIO(written), strict=True):
        assert len(row) == len(event_columns())
        for cell in row:
            assert not cell.startswith(("=", "+", "@", "|", "%", "\t", "\r"))
            assert not cell.startswith("-") or float(cell) <= 0
    written.encode("utf-8")


@fewest
@given(st.lists(readings(halves=False), max_size=2, unique_by=lambda reading: reading.document.id))
def test_parquet_has_the_rows_as_they_are(given: list[Reading]) -> None:
    expected = [tables.row_values(row) for reading in given for row in event_rows(reading)]
    with tempfile.TemporaryDirectory() as folder:
        path = write_events(given, Path(folder) / "events.parquet")
        assert parquet.read_table(path).to_pylist() == expected
        assert [one.name for one in Path(folder).iterdir()] == ["events.parquet"]


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+Front", "'+Front"),
        ("-Front", "'-Front"),
        ("@Front", "'@Front"),
        (" \t=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ('a "b", c', 'a "b", c'),
        ("a; b", "a, b"),
        ("two\r\nlines\u2028here", "two lines here"),
        ("\x00\x1b[31m", "\ufffd\ufffd[31m"),
        ("😀 𝔘", "😀 𝔘"),
        ("\ud83d", "\ufffd"),
    ],
)
def test_names_in_a_spreadsheet(name: str, cell: str) -> None:
    maker = Maker(title=name)
    maker.event(at("denied"), EventType.REJECT, actors=(maker.entity(name, at("He")),))
    (row,) = _cells(maker.reading())
    assert row["actor_name"] == cell
    assert row["headline"] == cell.replace(",", ";") if ";" in name else cell


def test_several_actors_keep_their_order_and_gaps() -> None:
    maker = Maker()
    names = [maker.entity(name, at(name)) for name in ("Ann Vale", "Odesa")]
    front = maker.entity("Front", at("crates"), actor="UKR.REB")
    maker.event(at("denied"), EventType.REJECT, actors=(names[0], front, names[1]))
    (row,) = _cells(maker.reading())
    assert row["actor_name"] == "Ann Vale; Front; Odesa"
    assert row["actor_code"] == "; UKR.REB; "
    assert len(row["actor_start"].split("; ")) == 3


def test_numbers_below_zero_stay_numbers() -> None:
    maker = Maker()
    odesa = maker.place("Odesa", at("Odesa"), lat=-31.5, lon=-102.4)
    maker.event(at("denied"), EventType.ASSAULT, place=odesa)
    (row,) = _cells(maker.reading())
    assert (row["latitude"], row["longitude"], row["intensity"]) == ("-31.5", "-102.4", "-9.0")


def test_nothing_is_a_line_of_names(tmp_path: Path) -> None:
    header = ",".join(event_columns()) + "\n"
    assert _csv() == _csv(crates()) == header
    assert write_events([], tmp_path / "a.csv", form="csv").read_text("utf-8") == header
    table = parquet.read_table(write_events([], tmp_path / "a.parquet"))
    assert (table.num_rows, table.column_names) == (0, list(event_columns()))


def test_a_second_reading_by_the_same_run_is_left_out(tmp_path: Path) -> None:
    assert _csv(harbour(), harbour()) == _csv(harbour())
    later = harbour().replace(run=make_run(software="2", model="m", model_digest="d", settings={}))
    assert len(_cells(harbour(), later)) == 10
    assert parquet.read_table(write_events([harbour()] * 3, tmp_path / "a.parquet")).num_rows == 5


def test_lists_are_lists_in_parquet_and_columns_tell_what_they_are(tmp_path: Path) -> None:
    path = write_events([harbour()], tmp_path / "events.parquet")
    (row,) = parquet.read_table(path).slice(3, 1).to_pylist()
    assert row["actor_name"] == ["Northern Front", "Bo Orly"]
    field = parquet.read_schema(path).field("intensity")
    assert field.metadata[b"unit"] == b"-10 to 10"


def test_rows_are_written_while_readings_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_GROUP_ROWS", 7)
    seen: list[int] = []

    stream = io.StringIO()
    writer = EventCsvWriter(stream)
    for number in range(5):
        writer.write(_numbered(number))
        seen.append(len(stream.getvalue().splitlines()))
    assert seen == [2, 3, 4, 5, 6]
    path = write_events(map(_numbered, range(20)), tmp_path / "events.parquet")
    assert parquet.ParquetFile(path).num_row_groups == 3


def _numbered(number: int) -> Reading:
    maker = Maker(url=f"https://a.example/{number}")
    date = EventDate(value="2022", span=Span(0, 1))
    maker.event(at("denied"), EventType.REJECT, date=date)
    return maker.reading()


def test_a_file_appears_only_when_it_is_complete(tmp_path: Path) -> None:
    def fail() -> Any:
        yield harbour()
        raise RuntimeError

    for form in ("csv", "parquet"):
        with pytest.raises(RuntimeError):
            write_events(fail(), tmp_path / "events", form=form)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="it takes parquet, csv"):
        write_events([], tmp_path / "a", form="xlsx")  # type: ignore[arg-type]  # that is the point


def test_a_run_stands_behind_every_row() -> None:
    assert {row.run_id for row in event_rows(harbour())} == {RUN.id}
