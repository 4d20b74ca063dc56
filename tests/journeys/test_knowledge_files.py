"""Actors and places that users bring, through the command: what helps, and what is broken."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.folders import copy_base

COMMAND = [sys.executable, "-m", "onrecord.cli.main"]
TEXT = (
    "The Orvane Front said on Monday that its fighters had left the town. "
    "A judge in Ardal accused the Orvane Front of lying."
)

pytestmark = [pytest.mark.weights, pytest.mark.slow]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, "utf-8")
    return path


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        check=False,
        timeout=120,
        encoding="utf-8",
    )


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def actors_of(printed: str) -> dict[str, str | None]:
    return {entity["name"]: entity["actor"] for entity in json.loads(printed)["entities"]}


def front(printed: str) -> str | None:
    """The code of the Orvane Front, which no list of ours knows."""
    (code,) = {code for name, code in actors_of(printed).items() if name.endswith("Orvane Front")}
    return code


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("own.toml", '[[actor]]\nname = "Orvane Front"\ncode = "UKR.REB"\n'),
        ("own.csv", "name,aliases,code\nFront of Orvane,Orvane Front|OF,UKR.REB\n"),
    ],
)
def test_an_added_actor_has_its_code_in_the_record(
    article: Path, tmp_path: Path, name: str, content: str
) -> None:
    own = write(tmp_path / name, content)
    plain = run("read", article, "--format", "json")
    added = run("read", article, "--format", "json", "--actors", own)
    assert (added.returncode, added.stderr) == (0, "")
    assert front(plain.stdout) is None
    assert front(added.stdout) == "UKR.REB"
    settings = [json.loads(done.stdout)["run"]["settings"] for done in (plain, added)]
    assert settings[0]["actors"] == ""
    assert settings[1]["actors"]


def test_of_several_files_the_last_goes_before_the_rest(article: Path, tmp_path: Path) -> None:
    first = write(tmp_path / "a.csv", "name,code\nOrvane Front,GEO.REB\n")
    second = write(tmp_path / "b.csv", "name,code\nOrvane Front,UKR.MIL\n")
    done = run("read", article, "--format", "json", "--actors", first, "--actors", second)
    assert front(done.stdout) == "UKR.MIL"


def check_refused(done: subprocess.CompletedProcess[str], *said: str) -> None:
    """The call fails at once, in one line that names what is wrong."""
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("onrecord: ")
    assert done.stderr.count("\n") == 1
    assert [words for words in said if words not in done.stderr] == []


@pytest.mark.parametrize(
    ("name", "content", "where", "reason"),
    [
        ("own.toml", '[[actor]]\nname = "A"\ncode = \n', "own.toml, line 3", "no TOML"),
        ("own.toml", '\n[[actor]]\nname = "A"\n', "own.toml, line 2", "code is None"),
        ("own.csv", "name,code\nA,UKR\nB,Ukraine\n", "own.csv, line 3", "code is 'Ukraine'"),
        ("own.csv", "name,sort\nA,UKR\n", "own.csv, line 1", "name and code"),
        ("own.csv", b"name,code\n\xff\xfe,UKR\n", "own.csv", "cannot be read"),
        ("own.json", "{}", "own.json", "has to end in .toml or .csv"),
    ],
)
def test_a_broken_file_of_actors_is_named(
    article: Path, tmp_path: Path, name: str, content: str | bytes, where: str, reason: str
) -> None:
    own = write(tmp_path / name, content)
    check_refused(run("read", article, "--actors", own), str(tmp_path / where), reason)


def test_a_file_of_actors_that_is_not_there_is_a_wrong_call(article: Path) -> None:
    done = run("read", article, "--actors", "nowhere.toml")
    assert done.returncode == 2
    assert "nowhere.toml" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("content", [b"", b"nonsense", b"onrecord places 1\n\xff\xff"])
def test_a_broken_gazetteer_is_named(article: Path, tmp_path: Path, content: bytes) -> None:
    copy_base(tmp_path)
    broken = write(tmp_path / "added-000000000000.places", content)
    for call in (("read", article, "--gazetteer"), ("gazetteer", "find", "Kyiv", "--folder")):
        check_refused(
            run(*call, tmp_path), f"{broken}: it ", "no gazetteer" if content else "empty"
        )


@pytest.mark.parametrize(
    ("content", "where", "reason"),
    [
        ("nonsense\n", "UA.txt line 1", "1 columns instead of 19"),
        ("\t".join(["1", "A", *[""] * 17]), "UA.txt line 1", "latitude"),
        (b"\xff" * 40, "UA.txt line 1", "no UTF-8"),
        (b"PK\x03\x04 cut off", "UA.txt", "cannot be read"),
    ],
)
def test_a_broken_dump_is_named(
    tmp_path: Path, content: str | bytes, where: str, reason: str
) -> None:
    copy_base(tmp_path)
    dump = write(tmp_path / "UA.txt", content)
    done = run("gazetteer", "add", dump, "--folder", tmp_path)
    check_refused(done, str(tmp_path / where), reason)
    assert list(tmp_path.glob("added-*")) == []


def test_places_are_listed_for_a_program() -> None:
    done = run("gazetteer", "find", "Kyiv", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    places = json.loads(done.stdout)
    (city,) = (place for place in places if place["geonames_id"] == 703448)
    assert (city["country"], city["precision"]) == ("UKR", "settlement")
    assert (city["lat"], city["lon"]) == pytest.approx((50.45, 30.52), abs=0.05)


@pytest.mark.parametrize("name", ["Kiev", "KYIV", "Kýiv"])
def test_other_spellings_lead_to_the_same_place(name: str) -> None:
    places = json.loads(run("gazetteer", "find", name, "--format", "json").stdout)
    assert 703448 in {place["geonames_id"] for place in places}


@pytest.mark.parametrize("name", ["", " ", "Q" * 10_000, "\u0301", "--", "Qwxzburg"])
def test_no_place_is_an_empty_list(name: str) -> None:
    done = run("gazetteer", "find", "--format", "json", "--", name)
    assert (done.returncode, done.stdout, done.stderr) == (1, "[]\n", "")
