import builtins
import csv
import datetime
import io
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.inputs.csv_files import read_csv
from onrecord.inputs.documents import read_inputs
from onrecord.inputs.options import ReadOptions
from onrecord.inputs.parquet_files import read_parquet
from onrecord.records import Document, Rejection, RejectionReason
from tests.inputs.bad_inputs import LINE, parquet

ROW = {
    "text": "The gate was shut.\nNobody said why.",
    "title": 'Gate "shut", again',
    "url": "https://courier.example/1",
    "outlet": "Courier",
    "author": "Mara Quill",
    "published": "2024-05-02",
}


def read(text: str | bytes, **options: object) -> list[Document | Rejection]:
    content = text.encode() if isinstance(text, str) else text
    return list(read_csv(io.BytesIO(content), "dump.csv", ReadOptions(**options)))


def table(*rows: dict[str, str], delimiter: str = ",") -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_all_columns(delimiter: str) -> None:
    (document,) = read(table(ROW, delimiter=delimiter))
    assert isinstance(document, Document)
    assert {key: getattr(document, key) for key in ROW} == ROW


def test_columns_in_any_order_and_case_with_others_among_them() -> None:
    (document,) = read('\ufeffid, Title ,TEXT\n1,Gate,"It was shut."\n')
    assert isinstance(document, Document)
    assert (document.title, document.text) == ("Gate", "It was shut.")


def test_an_empty_cell_says_nothing() -> None:
    (document,) = read("text,title,url,outlet,author,published\nIt was shut.,,,,,\n")
    assert isinstance(document, Document)
    for name in ("title", "url", "outlet", "author", "published"):
        assert getattr(document, name) is None


def test_options_count_over_the_table() -> None:
    (document,) = read(table(ROW), outlet="Herald", published="2 August 2022")
    assert isinstance(document, Document)
    assert (document.outlet, document.published) == ("Herald", "2022-08-02")


def test_lines_are_counted_where_rows_begin() -> None:
    text = 'text,url\n"One\ntwo\nthree.",https://a.example\n,b\nFour.,https://a.example/4,more\n'
    first, second, third = read(text)
    assert isinstance(first, Document)
    assert isinstance(second, Rejection)
    assert isinstance(third, Rejection)
    assert (second.reason, second.line) == (RejectionReason.EMPTY, 5)
    assert (third.reason, third.line) == (RejectionReason.BAD_TABLE, 6)


def test_blank_lines_and_empty_cells_at_the_end_do_no_harm() -> None:
    found = read("text,title\n\nOne.,a,,\n\n\nTwo.,b\n\n")
    assert [one.text for one in found if isinstance(one, Document)] == ["One.", "Two."]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_text_is_kept_as_it_stands(end: str) -> None:
    text = f"  “Gate”{end}\u00a0shut \t{end}{end}"
    (document,) = read(f'text{end}"{text}"{end}')
    assert isinstance(document, Document)
    assert document.text == text


def test_after_a_fault_only_rows_that_are_surely_whole_are_read() -> None:
    fault = '"He said "no" to it,'
    doubtful = "Left early,Gate\nSaid so,soon\nIt is so,https://a.example/1\n"
    found = read(f"text,url\n{fault}\n{doubtful}")
    rejection, document = found
    assert isinstance(rejection, Rejection)
    assert isinstance(document, Document)
    assert (rejection.line, document.url) == (2, "https://a.example/1")
    assert "lines 2 to 4 are left out" in rejection.detail


@pytest.mark.parametrize("line", ['x,"y\n', '"\n', '"""\n', '"x ""\n', 'x ""\n'])
def test_many_faults_take_time_in_proportion(line: str) -> None:
    started = time.monotonic()
    found = read("text,url\n" + '"He said "no"\n' + line * 5000, max_bytes=20_000)
    assert [type(one) for one in found] == [Rejection]
    assert time.monotonic() - started < 5


def test_a_row_without_end_is_given_up_after_some_tries() -> None:
    found = read("text\n" + ('"x\n' + "y\n" * 6000) * 9, max_bytes=10_000)
    assert isinstance(found[0], Rejection)
    assert "longer than 10,000 bytes" in found[0].detail


@given(
    st.lists(
        st.text(
            st.characters(exclude_categories=["Cs", "Cc"], include_characters='\n"'), min_size=1
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_texts_come_back(texts: list[str]) -> None:
    found = read(table(*({"title": "x", "text": text} for text in texts)))
    assert len(found) == len(texts)
    for one, text in zip(found, texts, strict=True):
        if text.strip():
            assert isinstance(one, Document)
            assert one.text == text
        else:
            assert isinstance(one, Rejection)


@given(st.binary(max_size=300))
def test_any_bytes_give_documents_or_rejections(content: bytes) -> None:
    assert read(content)
    assert read(b"text,url\n" + content)


def test_parquet(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    moment = datetime.datetime(2024, 5, 2, 10, 15, tzinfo=datetime.UTC)
    columns = {key: [value] for key, value in ROW.items()} | {"published": [moment], "n": [1]}
    (tmp_path / "a.parquet").write_bytes(parquet(columns))
    (document,) = read_inputs([tmp_path / "a.parquet"])
    assert isinstance(document, Document)
    assert {key: getattr(document, key) for key in ROW} == ROW | {
        "published": "2024-05-02T10:15:00+00:00"
    }


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (datetime.datetime(2024, 5, 2, 10, 15), "2024-05-02"),  # noqa: DTZ001 - without a zone
        (datetime.date(2024, 5, 2), "2024-05-02"),
        ("2 May 2024", "2024-05-02"),
        (None, None),
    ],
)
def test_dates_in_parquet(published: object, expected: str | None) -> None:
    pytest.importorskip("pyarrow")
    stream = io.BytesIO(parquet({"text": [LINE], "published": [published]}))
    (document,) = read_parquet(stream, "a.parquet", ReadOptions())
    assert isinstance(document, Document)
    assert document.published == expected


def test_rows_of_parquet_are_counted() -> None:
    pytest.importorskip("pyarrow")
    texts = [LINE] * 100 + [" "] + [LINE] * 100
    found = list(read_parquet(io.BytesIO(parquet({"text": texts})), "a", ReadOptions()))
    assert len(found) == 201
    assert isinstance(found[100], Rejection)
    assert found[100].line == 101


def test_parquet_without_its_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *more: object) -> object:
        if name.partition(".")[0] == "pyarrow":
            raise ImportError(name)
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    (rejection,) = read_parquet(io.BytesIO(b"PAR1"), "a.parquet", ReadOptions())
    assert isinstance(rejection, Rejection)
    assert "pip install 'onrecord[arrow]'" in rejection.detail
