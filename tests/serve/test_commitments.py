"""The page of agreements: terms, limits beside figures over time, what is disputed."""

import os
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from onrecord.cli.serve import example_tables
from onrecord.limits.given import load_figures, load_limits
from tests.serve.rooms import client_of

LIMITS = (
    "instrument,party,of,comparator,value,from,until,source\n"
    "Ardal Accord,NO|SE,deployed launchers,at most,100,2030-01-01,2040-01-01,Accord text\n"
)
FIGURES = (
    "party,date,what,value,source,url\n"
    "NO,2029-03-01,deployed launchers,130,Norway,\n"
    "NO,2031-03-01,deployed launchers,90,Norway,https://norway.example/list\n"
    "NO,2031-03-01,deployed launchers,110,Sweden,javascript:alert(1)\n"
    "SE,2031-03-01,deployed launchers,,Ardal Post,\n"
    "SE,2030-09-01,deployed launchers,95,Sweden,\n"
)
RUSSIAN_COUNT = (
    "date,party,launchers_total,source\n2022-03-01,US,901,Ministry of Foreign Affairs of Russia\n"
)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    return path


def room(made_path: Path, limits: list[Path], figures: list[Path]) -> TestClient:
    return client_of(
        made_path,
        limits=tuple(one for path in limits for one in load_limits(path)),
        figures=tuple(one for path in figures for one in load_figures(path).figures),
    )


@pytest.fixture(scope="module")
def accord(made_path: Path, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    folder = tmp_path_factory.mktemp("accord")
    limits = write(folder, "limits.csv", LIMITS)
    return room(made_path, [limits], [write(folder, "figures.csv", FIGURES)])


def shown(client: TestClient, name: str) -> Any:
    return client.get("/commitments.json", params={"instrument": name}).json()


def test_agreements_of_files_are_listed_beside_those_of_articles(accord: TestClient) -> None:
    named = {row["name"]: row for row in shown(accord, "Ardal Accord")["instruments"]}
    assert named["Ardal Accord"]["n_limits"] == 1
    assert named["Ardal Accord"]["n_documents"] == 0
    assert named["Tarn Treaty"]["n_documents"] == 1


def test_figures_over_time_beside_the_limit(accord: TestClient) -> None:
    (limit,) = shown(accord, "Ardal Accord")["limits"]
    points = limit["chart"]["points"]
    assert [(one["party"], one["date"], one["value"]) for one in points] == [
        ("Norway", "2031-03-01", 90.0),
        ("Norway", "2031-03-01", 110.0),
        ("Norway", "2029-03-01", 130.0),
        ("Sweden", "2030-09-01", 95.0),
    ]
    assert [one["is_disputed"] for one in points] == [True, True, False, False]
    assert [one["is_outside"] for one in points] == [False, False, True, False]
    assert limit["n_clear"] == 2


def test_days_before_the_limit_are_told_as_such(accord: TestClient) -> None:
    html = accord.get("/commitments", params={"instrument": "Ardal Accord"}).text
    assert "the limit did not hold" in html
    assert "figures on both sides of the limit" in html
    assert "holds from 2030-01-01" in html


def test_the_drawing_has_a_name_and_a_table(accord: TestClient) -> None:
    html = accord.get("/commitments", params={"instrument": "Ardal Accord"}).text
    assert '<title id="limit-1-title">at most 100 deployed launchers</title>' in html
    assert '<desc id="limit-1-about">4 figures of Norway, Sweden' in html
    for number in range(1, 6):
        assert f'id="limit-1-{number}"' in html
    assert 'href="#limit-1-1"' in html


def test_evidence_is_a_link_only_if_it_is_one(accord: TestClient) -> None:
    html = accord.get("/commitments", params={"instrument": "Ardal Accord"}).text
    assert 'href="https://norway.example/list"' in html
    assert "javascript:" not in html
    assert "figures.csv" in html


def test_terms_with_who_tells_them(client: TestClient) -> None:
    terms = {one["name"]: one for one in shown(client, "Tarn Treaty")["terms"]}
    assert terms["signed"]["value"].startswith("20")
    (place,) = terms["signed"]["places"]
    assert place["outlet"] == "Ardal Post"
    assert place["start"] < place["end"]


def test_the_examples_show_figures_and_a_dispute(made_path: Path) -> None:
    figures, limits = example_tables()
    told = shown(room(made_path, list(limits), list(figures)), "New START")
    assert [len(one["chart"]["lines"]) for one in told["limits"]] == [2, 2, 2]
    disputed = [
        one for limit in told["limits"] for one in limit["rows"] if one["state"] == "disputed"
    ]
    assert [(one["party"], one["date"]) for one in disputed] == [("United States", "2022-03-01")]


@pytest.mark.corpus
def test_new_start(made_path: Path, tmp_path: Path) -> None:
    """All figures of the treaty that were seen in a source, and what Russia counts instead."""
    given = os.environ.get("ONRECORD_CORPORA")
    path = Path(given or "") / "treaty/new_start.csv"
    if not given or not path.is_file():
        pytest.skip("ONRECORD_CORPORA names no folder with treaty/new_start.csv")
    loaded = load_figures(path)
    assert loaded.n_left_out > 0
    limits = example_tables()[1]
    other = write(tmp_path, "other.csv", RUSSIAN_COUNT)
    told = shown(room(made_path, list(limits), [path, other]), "New START")
    charts = {one["chart"]["limit"]: one["chart"] for one in told["limits"]}
    assert set(charts) == {700.0, 1550.0, 800.0}
    warheads = {(one["party"], one["date"]): one for one in charts[1550.0]["points"]}
    assert warheads["Russia", "2016-09-01"]["value"] == 1796.0
    assert warheads["Russia", "2016-09-01"]["is_outside"]
    assert warheads["United States", "2022-03-01"]["value"] == 1515.0
    assert ("Russia", "2022-09-01") not in warheads, "it was seen in no source"
    disputed = [one for one in charts[800.0]["points"] if one["is_disputed"]]
    assert {one["value"] for one in disputed} == {800.0, 901.0}
    states = {row["state"] for one in told["limits"] for row in one["rows"] if not row["outside"]}
    assert states == {"under", "disputed", "not reported"}
