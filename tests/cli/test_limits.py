import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import onrecord.cli.limits
from onrecord.cli.limits import limits_command
from onrecord.cli.view_limits import LimitsWriter
from onrecord.errors import InputError
from onrecord.limits.comparing import compare
from onrecord.limits.figures import find_figures
from onrecord.limits.models import Row, Scope
from onrecord.limits.stated import find_limits
from onrecord.records import Rejection, RejectionReason
from tests.limits.made import accord, bound, figure

LIMITS = "instrument,party,of,comparator,value,from,until,source\n"
FIGURES = "party,date,what,value,source,url\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(limits_command, [str(a) for a in arguments])


@pytest.fixture
def limits(tmp_path: Path) -> Path:
    path = tmp_path / "limits.csv"
    path.write_text(LIMITS + "Ardal Accord,NO|SE,deployed launchers,at most,100,,,Accord text\n")
    return path


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    path = tmp_path / "figures.csv"
    path.write_text(
        FIGURES
        + "NO,2031-03-01,deployed launchers,90,Norway,\n"
        + "NO,2031-03-01,deployed launchers,110,Sweden,https://example.org/1\n"
        + "SE,2031-03-01,deployed launchers,,Sweden,\n"
        + "NO,2030-03-01,launchers,140,Ardal Post,\n"
    )
    return path


def test_text_for_a_person(limits: Path, figures: Path) -> None:
    done = run("--limits", limits, "--figures", figures)
    assert done.exit_code == 0
    assert done.stderr == ""
    assert done.stdout == (
        "Ardal Accord: at most 100 deployed launchers\n"
        "  each party by itself\n"
        "  stated: Accord text · limits.csv:2\n"
        "\n"
        "  Norway\n"
        "    2031-03-01  disputed: figures on both sides of the limit\n"
        "      at or below: 90 · Norway · figures.csv:2\n"
        "      above: 110 · Sweden · figures.csv:3\n"
        "    2030-03-01  unclear\n"
        "      140 · Ardal Post · figures.csv:5 (it counts 'launchers', the limit"
        " 'deployed launchers')\n"
        "\n"
        "  Sweden\n"
        "    2031-03-01  not reported\n"
        "      no figure · Sweden · figures.csv:4\n"
    )


def test_rows_for_a_program(limits: Path, figures: Path) -> None:
    rows = json.loads(run("--limits", limits, "--figures", figures, "--format", "json").stdout)
    assert [(row["party"], row["date"], row["state"]) for row in rows] == [
        ("Norway", "2031-03-01", "disputed"),
        ("Norway", "2030-03-01", "unclear"),
        ("Sweden", "2031-03-01", "not reported"),
    ]
    assert rows[0]["figures"][1]["url"] == "https://example.org/1"
    assert rows[0]["figures"][1]["line"] == 3
    lines = run("--limits", limits, "--figures", figures, "--format", "jsonl").stdout
    assert [json.loads(line) for line in lines.splitlines()] == rows


def test_lines_for_a_spreadsheet(limits: Path, figures: Path) -> None:
    done = run("--limits", limits, "--figures", figures, "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [line["value"] for line in lines] == ["90", "110", "140", ""]


def test_several_files(limits: Path, figures: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.csv"
    more.write_text(FIGURES + "SE,2031-03-01,deployed launchers,5,Norway,\n")
    done = run("--limits", limits, "--figures", figures, "--figures", more, "--format", "json")
    assert json.loads(done.stdout)[2]["state"] == "under"


def test_figures_that_were_left_out_are_counted(limits: Path, tmp_path: Path) -> None:
    path = tmp_path / "recalled.csv"
    path.write_text("date,party,deployed_launchers,provenance\n2031-03-01,NO,90,R\n")
    done = run("--limits", limits, "--figures", path)
    assert "1 figure left out" in done.stderr
    assert "Norway: not reported" in done.stdout


def test_nothing_to_read_is_a_wrong_call(figures: Path) -> None:
    done = run("--figures", figures)
    assert done.exit_code == 2
    assert "--limits" in done.stderr


def test_a_file_that_is_missing_is_a_wrong_call() -> None:
    assert run("--limits", "no-such.csv").exit_code == 2


def test_a_wrong_line_is_an_error_of_the_library(limits: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(FIGURES + "NO,2031-03-01,tanks,many,,\n")
    done = run("--limits", limits, "--figures", path)
    assert isinstance(done.exception, InputError)
    assert str(done.exception) == f"{path}, line 2: value: 'many' is no number"


def test_articles_are_read_and_refused_ones_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*_: Any, **__: Any) -> Iterator[Any]:
        yield accord()
        yield Rejection(source="x.bin", reason=RejectionReason.BINARY, detail="no text")

    monkeypatch.setattr(onrecord.cli.limits, "readings_of", found)
    done = run("articles", "--format", "json")
    assert done.exit_code == 1
    assert "onrecord: x.bin: binary: no text" in done.stderr
    assert [row["state"] for row in json.loads(done.stdout)] == ["disputed", "not reported"]


def test_articles_without_limits_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(onrecord.cli.limits, "readings_of", lambda *_, **__: iter(()))
    done = run("articles")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "no limit is stated there; --limits takes a file of limits" in done.stderr


@pytest.mark.weights
def test_a_wrong_date_of_publication_is_a_wrong_call(limits: Path) -> None:
    done = run("x.txt", "--limits", limits, "--published", "31 February 2022")
    assert done.exit_code == 2
    assert "--published" in done.stderr


@pytest.mark.weights
def test_a_real_article_beside_a_file_of_limits(tmp_path: Path, limits: Path) -> None:
    article = tmp_path / "launchers.txt"
    article.write_text(
        "Norway has 140 deployed launchers, the foreign ministry of Sweden said on Monday.\n"
    )
    done = run(article, "--limits", limits, "--published", "2031-03-10", "--format", "json")
    norway, sweden = json.loads(done.stdout)
    assert (norway["party"], norway["state"]) == ("Norway", "over")
    assert norway["figures"][0]["words"] == "140 deployed launchers"
    assert "Sweden" in norway["figures"][0]["asserter"]
    assert sweden["state"] == "not reported"


def rows() -> list[Row]:
    reading = accord()
    long = "Inspection Office of the Northern Provinces and the Islands beyond the Sound"
    limits = [
        *find_limits(reading),
        bound(300, of="kilograms of enriched uranium", unit="kilogram", scope=Scope.TOTAL),
        bound(None, of="tanks", instrument="Accord on a great many different things"),
        bound(5, of="soldiers", comparator="at least", start="2030", until="2040"),
    ]
    figures = [
        *find_figures(reading),
        *(figure(n, long, of="soldiers", date=f"20{n}-01-01") for n in range(31, 41)),
        *(figure(40, f"s{n}", of="soldiers", date="2031-01-01") for n in range(9)),
        figure(4, "evil\x1b[31m\nname", of="soldiers", date="2030-01-01", comparator="about"),
    ]
    return compare(limits, figures)


@pytest.mark.parametrize("width", [100, 80, 40, 24, 1])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    stream = io.StringIO()
    LimitsWriter(stream, width=width).write(rows())
    lines = stream.getvalue().splitlines()
    assert max(map(len, lines)) <= max(width, 24)
    assert not any(line != line.rstrip() for line in lines)
    assert "\x1b" not in stream.getvalue()


def test_what_is_cut_is_said_so() -> None:
    stream = io.StringIO()
    LimitsWriter(stream, width=80).write(rows())
    assert "… and 4 more figures; --format json has all" in stream.getvalue()
    assert "… and 1 more date; --format json has all" in stream.getvalue()


def test_the_wording_follows_the_bound() -> None:
    stream = io.StringIO()
    LimitsWriter(stream, width=80).write(rows())
    shown = stream.getvalue()
    assert "reported at or above the limit" in shown
    assert "All together: not reported" in shown
    assert "tanks, no number given" in shown


def test_nothing_is_judged() -> None:
    stream = io.StringIO()
    LimitsWriter(stream, width=80).write(rows())
    said = stream.getvalue().lower()
    for word in ("violat", "breach", "comply", "complian", "cheat", "exceed", "illegal", "broke"):
        assert word not in said
