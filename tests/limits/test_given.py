import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.limits.given import load_figures, load_limits
from onrecord.limits.models import Basis, Scope


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "given.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


LONG = "party,date,what,value,source,url\n"
WIDE = "date,party,deployed_launchers,launchers_total\n"
LIMITS = "instrument,party,of,comparator,value,from,until,source\n"


def test_a_line_for_each_figure(tmp_path: Path) -> None:
    text = LONG + 'NO,2031-03-01,deployed launchers,"1,090",Ardal Post,https://example.org/1\n'
    (figure,) = load_figures(written(tmp_path, text)).figures
    assert figure.party is not None
    assert (figure.party.name, figure.party.country) == ("Norway", "NOR")
    assert (figure.value, figure.of, figure.date) == (1090, "deployed launchers", "2031-03-01")
    assert figure.basis is Basis.FILE
    assert (figure.asserter.name, figure.asserter.side) == ("Ardal Post", "ardal post")
    assert figure.evidence.line == 2
    assert str(figure.evidence.file).endswith("given.csv")
    assert figure.evidence.url == "https://example.org/1"


def test_a_column_for_each_thing(tmp_path: Path) -> None:
    text = WIDE + "2031-03-01,SE,90,120\n\n2031-09-01,SE,,\n"
    figures = load_figures(written(tmp_path, text)).figures
    assert [(f.of, f.value, f.evidence.line) for f in figures] == [
        ("deployed launchers", 90, 2),
        ("launchers total", 120, 2),
        ("deployed launchers", None, 4),
        ("launchers total", None, 4),
    ]


def test_what_no_source_was_seen_for_is_left_out(tmp_path: Path) -> None:
    text = (
        "date,party,deployed_launchers,launchers_total,provenance,cells_not_seen,where_seen,note\n"
        "2031-03-01,SE,90,120,V,,Ardal Post,\n"
        "2031-09-01,SE,91,121,P,launchers_total,Ardal Post,\n"
        "2032-03-01,SE,92,122,R,,,\n"
    )
    given = load_figures(written(tmp_path, text))
    assert [f.value for f in given.figures] == [90, 120, 91]
    assert given.n_left_out == 3
    assert {f.asserter.name for f in given.figures} == {"Ardal Post"}


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffparty,date,what,value\nNO,2031,tanks,5\n",
        "party;date;what;value\r\nNO;2031;tanks;5\r\n",
        "party\tdate\twhat\tvalue\nNO\t2031\ttanks\t5\n",
        "Party, Date ,WHAT,Figure\nNO,2031,tanks,5,,\n",
        "\n\nparty,date,what,value\n\nNO,2031,tanks,5\n\n",
        "\ufeffparty,date,what,value\nNO,2031,tanks,5\n".encode("utf-16"),
    ],
)
def test_files_as_people_save_them(content: str | bytes, tmp_path: Path) -> None:
    (figure,) = load_figures(written(tmp_path, content)).figures
    assert (figure.value, figure.of, figure.date) == (5, "tanks", "2031")


def test_a_file_without_source_is_its_own_side(tmp_path: Path) -> None:
    (figure,) = load_figures(written(tmp_path, LONG + "NO,2031,tanks,5,,\n")).figures
    assert figure.asserter.name is None
    assert figure.asserter.side.startswith("file ")


def test_no_party_and_no_date_are_null(tmp_path: Path) -> None:
    (figure,) = load_figures(written(tmp_path, LONG + ",,tanks,5,,\n")).figures
    assert (figure.party, figure.date, figure.basis) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "given.csv: it is empty"),
        ("party,what,value\n", "line 1: the first line names no column date"),
        ("party,date\n", "line 1: the first line names no column what and no column value"),
        ("party,date,what,size\n", "line 1: the first line names no column value"),
        ("party,party,date,value\n", "line 1: two columns are called 'party'"),
        (LONG + "NO,2031,tanks,many,,\n", "line 2: value: 'many' is no number"),
        (LONG + "NO,2031,tanks,-5,,\n", "line 2: value: '-5' is below zero"),
        (LONG + "NO,2031,,5,,\n", "line 2: it does not say what is counted"),
        (LONG + "NO,2031-02-30,tanks,5,,\n", "line 2: date is '2031-02-30'; it takes a date"),
        (LONG + "NO,2031,tanks,5,,,x\n", "line 2: it has 7 cells, the first line 6"),
        (LONG + 'NO,2031,tanks,5,"a\nb",\nNO,2031,"tanks,5\n', "line 4: no CSV"),
        (WIDE + "2031,NO,lots,1\n", "line 2: deployed launchers: 'lots' is no number"),
        ("party;date;what;value\nNO;2031;tanks;1.550\n", "line 2: value: '1.550' can be read in"),
    ],
)
def test_a_wrong_file_names_line_and_reason(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_figures(written(tmp_path, text))
    assert message in str(caught.value)


def test_no_file_and_no_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_figures(tmp_path / "missing.csv")
    with pytest.raises(InputError, match="is no text"):
        load_figures(written(tmp_path, b"\x89PNG\r\n\x1a\n" + bytes(range(256))))


def test_limits_of_a_file(tmp_path: Path) -> None:
    text = LIMITS + (
        "Ardal Accord,NO|SE,deployed launchers,at most,100,2030-01-01,2040,Accord text\n"
        "Ardal Accord,each,tanks,<=,50,,,\n"
        "Ardal Accord,total,kilograms of enriched uranium,,300,,,\n"
        "Ardal Accord,,soldiers,,about 10,,,\n"
    )
    first, second, third, fourth = load_limits(written(tmp_path, text))
    assert [party.country for party in first.parties] == ["NOR", "SWE"]
    assert (first.value, first.comparator, first.start, first.until) == (
        100, "at most", "2030-01-01", "2040"
    )  # fmt: skip
    assert first.is_from_file
    assert (second.parties, second.per, second.scope) == ((), "each", Scope.PARTY)
    assert (third.scope, third.unit, third.comparator) == (Scope.TOTAL, "kilogram", None)
    assert (fourth.comparator, fourth.per) == ("about", None)


def test_a_limit_without_a_number_is_kept_and_says_so(tmp_path: Path) -> None:
    (limit,) = load_limits(written(tmp_path, LIMITS + "Ardal Accord,NO,tanks,at most,,,,\n"))
    assert limit.value is None
    assert limit.problems == ("no number is given",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("instrument,of\n", "line 1: the first line names no column value"),
        ("instrument,of,value,color\n", "line 1: 'color' is not known"),
        (LIMITS + ",NO,tanks,at most,5,,,\n", "line 2: it names no instrument"),
        (LIMITS + "A,NO,tanks,roughly speaking,5,,,\n", "line 2: 'roughly speaking' is no comp"),
        (LIMITS + "A,NO,tanks,at least,at most 5,,,\n", "line 2: the comparator is 'at least'"),
        (LIMITS + "A,NO,tanks,at most,5,2031,2030,\n", "line 2: it ends (2030) before it begins"),
        (LIMITS + "A,NO,tanks,at most,five,,,\n", "line 2: value: 'five' is no number"),
    ],
)
def test_a_wrong_limit_names_line_and_reason(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_limits(written(tmp_path, text))
    assert message in str(caught.value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(alphabet='party,dewhtvlu;\t"\n\r 0123456789.-\x00é٣', max_size=200).map(str.encode),
        st.lists(st.text(alphabet='NO,"203-;x\n', max_size=20), max_size=6).map(
            lambda rows: (LONG + "\n".join(rows)).encode()
        ),
    )
)
def test_any_file_is_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path, content)
    for load in (load_figures, load_limits):
        with contextlib.suppress(InputError):
            load(path)
