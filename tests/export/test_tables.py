"""Readings as Parquet, CSV and Arrow, and back."""

import csv
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.export import tables as export
from onrecord.export.tables import read_tables, to_arrow, write_tables
from onrecord.records import Kind, Mention, MentionForm, Reading, Span, make_document, make_run
from onrecord.schema import arrow_schema, tables
from tests.records.generated import fewest, readings

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

_MANY = st.lists(readings(halves=False), max_size=3, unique_by=lambda reading: reading.document.id)


def _read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


@fewest
@given(_MANY)
def test_what_goes_into_parquet_comes_out(given: list[Reading]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = write_tables(iter(given), folder)
        assert sorted(Path(folder).iterdir()) == sorted(files.values())
        assert list(read_tables(folder)) == given


@fewest
@given(_MANY)
def test_csv_has_the_same_cells(given: list[Reading]) -> None:
    arrow = to_arrow(given)
    with tempfile.TemporaryDirectory() as folder:
        files = write_tables(given, folder, form="csv")
        for name, table in arrow.items():
            rows = _read_csv(files[name])
            assert len(rows) == table.num_rows
            for row, expected in zip(rows, table.to_pylist(), strict=True):
                assert list(row) == list(expected)
                for column, value in expected.items():
                    if isinstance(value, list | dict):
                        assert json.loads(row[column]) == value
                    else:
                        assert row[column] == ("" if value is None else str(value))


def _reading(text: str = "Yes, she said.", **changes: Any) -> Reading:
    run = make_run(software="1", model="m", model_digest="d", settings={"least": 0.5})
    return Reading(document=make_document(text=text), run=run).replace(**changes)


def test_nothing_is_written_as_empty_tables(tmp_path: Path) -> None:
    files = write_tables([], tmp_path / "new" / "folder")
    assert list(files) == list(tables())
    assert list(read_tables(tmp_path / "new" / "folder")) == []
    for name, file in files.items():
        assert parquet.read_schema(file).equals(arrow_schema(name), check_metadata=False)


def test_columns_keep_their_meaning_in_the_file(tmp_path: Path) -> None:
    files = write_tables([_reading()], tmp_path)
    field = parquet.read_schema(files["statements"]).field("parent")
    assert field.metadata[b"points_to"] == b"statement.id"


def test_a_second_reading_by_the_same_run_is_left_out(tmp_path: Path) -> None:
    write_tables([_reading(), _reading(), _reading("No.")], tmp_path)
    assert list(read_tables(tmp_path)) == [_reading(), _reading("No.")]


def test_a_reading_by_another_run_shares_the_document(tmp_path: Path) -> None:
    later = _reading(statements=()).replace(
        run=make_run(software="2", model="m", model_digest="d", settings={})
    )
    given = [_reading(), _reading("No."), later]
    files = write_tables(given, tmp_path)
    assert parquet.read_metadata(files["documents"]).num_rows == 2
    assert parquet.read_metadata(files["runs"]).num_rows == 2
    assert list(read_tables(tmp_path)) == given


def test_not_looked_for_and_not_found_stay_apart(tmp_path: Path) -> None:
    given = [_reading(statements=None, events=()), _reading("No.", statements=(), events=None)]
    write_tables(given, tmp_path)
    assert list(read_tables(tmp_path)) == given


def test_half_of_a_pair_becomes_one_sign_so_that_positions_stay(tmp_path: Path) -> None:
    text = "Yes \ud83d and \ude00\ud83d no."
    write_tables([_reading(text)], tmp_path)
    (found,) = read_tables(tmp_path)
    assert found.document.text == "Yes \ufffd and \ufffd\ufffd no."
    assert found.document.sha256 == make_document(text=text).sha256
    write_tables([_reading(text)], tmp_path, form="csv")
    (row,) = _read_csv(tmp_path / "documents.csv")
    assert row["text"] == found.document.text


def test_many_groups_of_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "_GROUP_ROWS", 3)
    monkeypatch.setattr(export, "_BATCH_ROWS", 2)
    given = [_reading(f"Number {number}.") for number in range(10)]
    files = write_tables(given, tmp_path)
    assert parquet.ParquetFile(files["documents"]).num_row_groups == 4
    assert list(read_tables(tmp_path)) == given


def test_long_texts_are_written_before_they_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "_GROUP_CHARS", 20)
    files = write_tables([_reading("a" * 15), _reading("b" * 15), _reading("c")], tmp_path)
    assert parquet.ParquetFile(files["documents"]).num_row_groups == 2


def test_files_appear_only_when_all_are_complete(tmp_path: Path) -> None:
    write_tables([_reading()], tmp_path)

    def fail() -> Any:
        yield _reading("No.")
        raise RuntimeError

    for form in ("parquet", "csv"):
        with pytest.raises(RuntimeError):
            write_tables(fail(), tmp_path, form=form)
    assert list(read_tables(tmp_path)) == [_reading()]
    assert {path.suffix for path in tmp_path.iterdir()} == {".parquet"}
    assert len(list(tmp_path.iterdir())) == len(tables())


def test_readings_are_taken_one_by_one(tmp_path: Path) -> None:
    write_tables([_reading(), _reading("No.")], tmp_path)
    first = next(iter(read_tables(tmp_path)))
    assert first == _reading()


def test_an_unknown_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="it takes parquet, csv"):
        write_tables([], tmp_path, form="xlsx")  # type: ignore[arg-type]  # that is the point


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    files = write_tables([_reading()], tmp_path)
    files["runs"].unlink()
    with pytest.raises(InputError, match=r"runs\.parquet: there is no such table"):
        list(read_tables(tmp_path))


def test_a_file_that_is_no_parquet_is_named(tmp_path: Path) -> None:
    files = write_tables([_reading()], tmp_path)
    files["documents"].write_bytes(b"id,text\n")
    with pytest.raises(InputError, match=r"documents\.parquet: it is no Parquet file"):
        list(read_tables(tmp_path))


def _rewrite(path: Path, change: Any) -> None:
    table = parquet.read_table(path)
    parquet.write_table(change(table), path)


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("documents", lambda t: t.slice(1), "does not come next"),
        ("documents", lambda t: t.take([1, 0]), "does not come next"),
        ("documents", lambda t: t.drop_columns(["sha256"]), "the key 'sha256' is missing"),
        ("readings", lambda t: t.slice(1), "does not come next"),
        ("readings", lambda t: t.slice(0, 1), "documents: it has more rows"),
        ("runs", lambda t: t.slice(1), "there is no run"),
        ("runs", lambda t: t.drop_columns(["settings"]), "its settings are no JSON"),
        ("mentions", lambda t: t.slice(1), "mentions: rows are missing, or in another order"),
        ("mentions", lambda t: t.take([1, 0]), "mentions: rows are missing, or in another order"),
    ],
)
def test_tables_that_do_not_fit_together_are_refused(
    tmp_path: Path, name: str, change: Any, message: str
) -> None:
    given = [_with_mention("Yes, she said."), _with_mention("No, he said.")]
    files = write_tables(given, tmp_path)
    assert list(read_tables(tmp_path)) == given
    _rewrite(files[name], change)
    with pytest.raises(InputError, match=re.escape(message)):
        list(read_tables(tmp_path))


def _with_mention(text: str) -> Reading:
    reading = _reading(text)
    mention = Mention(
        id=text,
        document=reading.document.id,
        run=reading.run.id,
        span=Span(0, 2),
        kind=Kind.OTHER,
        form=MentionForm.NAME,
        entity="e",
    )
    return reading.replace(mentions=(mention,))


def test_csv_needs_no_pyarrow(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from onrecord.export.tables import write_tables\n"
        f"write_tables([], {str(tmp_path)!r}, form='csv')"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert (tmp_path / "statements.csv").read_text("utf-8").startswith("id,document,source")
