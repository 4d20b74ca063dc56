"""Readers and scorer of expressions of time, on files small enough to work out by hand."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluation.errors import CorpusError, FormError
from evaluation.times import (
    GoldTime,
    count_text,
    gum_value,
    is_marked_by_gum,
    load_gum,
    load_meantime,
    read_gum,
    read_meantime,
    reports_of,
    times_command,
)
from onrecord.records import TimexType
from onrecord.times.finding import Timex

MEANTIME = """<?xml version="1.0" ?><Document doc_name="dam">
<token t_id="1" sentence="0">Dam</token><token t_id="2" sentence="0">breaks</token>
<token t_id="3" sentence="1">May</token><token t_id="4" sentence="1">5</token>
<token t_id="5" sentence="1">,</token><token t_id="6" sentence="1">2021</token>
<token t_id="7" sentence="2">It</token><token t_id="8" sentence="2">broke</token>
<token t_id="9" sentence="2">today</token><token t_id="10" sentence="2">.</token>
<token t_id="11" sentence="9">Yesterday</token>
<Markables>
<TIMEX3 m_id="1" type="DATE" value="2021-05-05" functionInDocument="CREATION_TIME">
<token_anchor t_id="3"/><token_anchor t_id="4"/><token_anchor t_id="5"/><token_anchor t_id="6"/>
</TIMEX3>
<TIMEX3 m_id="2" type="DATE" value="2021-05-05" functionInDocument="NONE">
<token_anchor t_id="9"/></TIMEX3>
<TIMEX3 m_id="3" type="DATE" value="2019" functionInDocument="NONE"/>
</Markables></Document>"""

GUM = """# newdoc id = dam
# meta::dateCreated = 2021-05-06
# newpar
# sent_id = 1
1\tOn\ton\tADP\tIN\t_\t2\tcase\t_\t_
2\tMay\tMay\tPROPN\tNNP\t_\t5\tobl\t_\tEntity=(1-time)|XML=<date when:::"2021-05-05">
3\t5\t5\tNUM\tCD\t_\t2\tnmod\t_\tSpaceAfter=No|XML=</date>
4\t,\t,\tPUNCT\t,\t_\t2\tpunct\t_\t_
5\tit\tit\tPRON\tPRP\t_\t6\tnsubj\t_\t_
5.1\tit\tit\tPRON\tPRP\t_\t_\t_\t_\t_
6\tbroke\tbreak\tVERB\tVBD\t_\t0\troot\t_\t_
7\ttoday\ttoday\tNOUN\tNN\t_\t6\tobl\t_\tXML=<date when:::"2021-05-06"></date>|SpaceAfter=No
"""


def test_meantime_has_tokens_with_spaces_and_lines_of_sentences() -> None:
    text = read_meantime(MEANTIME, "corpus/dam.xml")
    assert text.text == "Dam breaks\nMay 5 , 2021\nIt broke today .\nYesterday "
    assert text.published == "2021-05-05"
    assert [text.text[t.start : t.end] for t in text.times] == ["May 5 , 2021", "today"]
    assert text.text[: text.end].endswith("today .\n")


def test_gum_has_dates_in_its_last_column() -> None:
    text = read_gum(GUM, "dam.conllu")
    assert text.text == "On May 5, it broke today"
    assert text.published == "2021-05-06"
    assert [(text.text[t.start : t.end], t.value) for t in text.times] == [
        ("May 5", "2021-05-05"),
        ("today", "2021-05-06"),
    ]


@pytest.mark.parametrize(
    ("attributes", "value"),
    [
        ({"when": "2015"}, "2015"),
        ({"when": "347"}, "0347"),
        ({"when": "-0594"}, "BC0594"),
        ({"when": "--09-30"}, "XXXX-09-30"),
        ({"from": "1800", "to": "1899"}, "18"),
        ({"from": "1990-01-01", "to": "1999-12-31"}, "199"),
        ({"from": "1980-01-01", "to": "1985-12-31"}, "198"),
        ({"from": "2015-09-14", "to": "2015-09-20"}, "2015-W38"),
        ({"from": "2015-09-19", "to": "2015-09-20"}, "2015-W38-WE"),
        ({"from": "2012-06", "to": "2012-09"}, "2012-SU"),
        ({"from": "--12", "to": "--03"}, "XXXX-WI"),
        ({"from": "2015-01-01", "to": "2015-03-31"}, "2015-Q1"),
        ({"from": "2020-02-29", "to": "2023-02-28"}, None),
        ({"notBefore": "1963"}, "1963"),
    ],
)
def test_values_of_gum_become_timex_values(attributes: dict[str, str], value: str | None) -> None:
    assert gum_value(attributes) == value


def gold(start: int, end: int, value: str | None, kind: str | None = "DATE") -> GoldTime:
    return GoldTime(start=start, end=end, type=kind, value=value)


def timex(start: int, end: int, value: str | None, kind: str = "DATE") -> Timex:
    return Timex(start, end, TimexType(kind), value)


def test_scores_of_a_small_text() -> None:
    # Same span and value; other span, same value; same span, other value and type; missed.
    gold_side = [gold(0, 4, "2021"), gold(10, 20, "2020"), gold(30, 34, "2019"), gold(40, 44, "1")]
    found = [
        timex(0, 4, "2021"),
        timex(12, 20, "2020"),
        timex(30, 34, "P1Y", "DURATION"),
        timex(60, 64, "2000"),
    ]
    tally = count_text(gold_side, found)
    scores = {name: counts.score().value for name, counts in tally.items()}
    assert scores == {
        "strict": 0.5,
        "relaxed": 0.75,
        "value": 0.5,
        "value/strict": 0.25,
        "type": 0.5,
    }


def test_one_found_expression_stands_for_one_of_the_gold() -> None:
    tally = count_text([gold(0, 4, "1"), gold(5, 9, "1")], [timex(0, 9, "1")])
    assert tally["relaxed"].score().recall == 0.5


def test_unknown_values_are_never_right() -> None:
    assert count_text([gold(0, 4, None)], [timex(0, 4, None)])["value"].score().value == 0.0


def test_times_of_the_day_are_cut_where_the_corpus_has_days() -> None:
    sides = [gold(0, 4, "2021-05-05")], [timex(0, 4, "2021-05-05TMO", "TIME")]
    assert count_text(*sides, by_day=True)["value"].score().value == 1.0
    assert count_text(*sides)["value"].score().value == 0.0


def test_what_gum_never_marks() -> None:
    assert is_marked_by_gum(timex(0, 4, "2021"))
    assert is_marked_by_gum(timex(0, 4, "XXXX-09"))
    for value, kind in [
        ("P1Y", "DURATION"),
        ("P1Y", "SET"),
        ("PAST_REF", "DATE"),
        (None, "DATE"),
        ("XXXX-XX-XXT18:00", "TIME"),
        ("XXXX-WXX-2", "DATE"),
    ]:
        assert not is_marked_by_gum(timex(0, 4, value, kind))


def _corpora(folder: Path) -> Path:
    meantime = folder / "time" / "meantime" / "intra-doc_annotation" / "corpus_x"
    meantime.mkdir(parents=True)
    (meantime / "dam.xml").write_text(MEANTIME, encoding="utf-8")
    gum = folder / "gum" / "conllu" / "dev"
    gum.mkdir(parents=True)
    (gum / "dam.conllu").write_text(GUM, encoding="utf-8")
    return folder


def test_reports_name_how_they_count(tmp_path: Path) -> None:
    folder = _corpora(tmp_path)
    reports = [
        *reports_of(load_meantime(folder), n_rounds=10),
        *reports_of(load_gum(folder), n_rounds=10),
    ]
    assert [r.corpus for r in reports] == [
        "meantime",
        "meantime, without date lines",
        "gum",
        "gum/plain",
    ]
    assert [r.scores["value"].value for r in reports] == [1.0, 1.0, 1.0, 1.0]
    assert [r.scores["strict"].n for r in reports] == [2, 1, 2, 2]
    assert reports[0].intervals["strict"].low == 1.0


def test_the_command_prints_scores_and_cases(tmp_path: Path) -> None:
    environment = {"ONRECORD_CORPORA": str(_corpora(tmp_path))}
    shown = CliRunner().invoke(times_command, ["--json", str(tmp_path / "n.json")], env=environment)
    assert shown.exit_code == 0, shown.output
    assert "gum/plain" in shown.output
    assert (tmp_path / "n.json").read_text(encoding="utf-8").startswith("{")
    wrong = CliRunner().invoke(times_command, ["gum", "--show", "wrong"], env=environment)
    assert wrong.output == ""


def test_missing_and_broken_corpora_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="meantime"):
        load_meantime(tmp_path)
    with pytest.raises(FormError, match=r"dam\.xml"):
        read_meantime("<Document>", "dam.xml")


@pytest.mark.corpus
def test_the_goals_on_the_corpora_are_reached() -> None:
    given = os.environ.get("ONRECORD_CORPORA")
    if not given or not (Path(given) / "time").is_dir():
        pytest.skip("ONRECORD_CORPORA names no folder with time/")
    for load in (load_meantime, load_gum):
        report = next(reports_of(load(Path(given))))
        assert (report.scores["strict"].value or 0) >= 0.82
        assert (report.scores["value"].value or 0) >= 0.78
