from pathlib import Path

import pytest

from onrecord.actors.coding import code_actor
from onrecord.actors.given import load_actors
from onrecord.actors.knowledge import built_in
from onrecord.errors import InputError
from onrecord.records import Kind

TOML = """
[[actor]]
name = "Ardal Guard"
aliases = ["the Guard of Ardal", "AG"]
code = "UKR.REB"
from = 2014-03-01
to = "2020-01"

[[actor]]
name = "Kremlin"
code = "RUS.MIL"
"""
CSV = """name,aliases,code,from,to
Ardal Guard,the Guard of Ardal|AG,UKR.REB,2014-03-01,2020-01
"""


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def code(path: Path, name: str, date: str, kind: Kind = Kind.ORGANIZATION) -> str | None:
    knowledge = built_in().with_entries(load_actors(path))
    actor = code_actor([name], kind=kind, date=date, knowledge=knowledge)
    return actor.code if actor else None


@pytest.mark.parametrize(("name", "text"), [("a.toml", TOML), ("a.csv", CSV)])
def test_added_actors_are_known_by_all_names_and_dates(
    tmp_path: Path, name: str, text: str
) -> None:
    path = write(tmp_path / name, text)
    assert code(path, "the Guard of Ardal", "2016-01-01") == "UKR.REB"
    assert code(path, "AG", "2016-01-01") == "UKR.REB"
    assert code(path, "Ardal Guard commander Ion Vale", "2016-01-01", Kind.PERSON) == "UKR.REB"
    assert code(path, "Ardal Guard", "2021-01-01") is None


def test_what_is_added_goes_before_what_is_known(tmp_path: Path) -> None:
    path = write(tmp_path / "a.toml", TOML)
    assert code(path, "the Kremlin", "2016-01-01") == "RUS.MIL"
    unchanged = code_actor(["the Kremlin"], kind=Kind.ORGANIZATION, date=None)
    assert unchanged is not None
    assert unchanged.code == "RUS.GOV"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('[[actor]]\nname = "A B"\ncode = "UKR.XYZW"\n', 1, "code is 'UKR.XYZW'"),
        ('[[actor]]\nname = "A B"\n', 1, "code is None"),
        ('\n\n[[actor]]\nname = ""\ncode = "UKR"\n', 3, "name is ''"),
        ('[[actor]]\nname = "A"\ncode = "UKR"\nfrom = "2015-02-31"\n', 1, "from is '2015-02-31'"),
        ('[[actor]]\nname = "A"\ncode = "UKR"\nfrom = "2015"\nto = "2014"\n', 1, "it ends (2014)"),
        ('[[actor]]\nname = "A"\ncode = "UKR"\naliases = "B"\n', 1, "aliases is 'B'"),
        ('[[actor]]\nname = "A"\ncode = "UKR"\ncolour = "red"\n', 1, "'colour' is not known"),
        ('[[actors]]\nname = "A"\n', 1, "'actors' is not known"),
        ("[[actor]]\nname = \n", 2, "no TOML"),
        ("actor = 5\n", 1, "each actor begins with"),
    ],
)
def test_a_broken_toml_file_is_named_with_line_and_reason(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    path = write(tmp_path / "a.toml", text)
    with pytest.raises(InputError) as caught:
        load_actors(path)
    assert f"a.toml, line {line}" in str(caught.value)
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("name,alias\nA,B\n", 1, "has to name name and code"),
        ("", 1, "has to name name and code"),
        ("name,code\nArdal,UKR\nVale,ukr\n", 3, "code is 'ukr'"),
        ("name,code\nArdal,UKR,more\n", 2, "more than the 2 columns"),
        ('name,code\n"Ardal,UKR\n', 2, "no CSV"),
    ],
)
def test_a_broken_csv_file_is_named_with_line_and_reason(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    path = write(tmp_path / "a.csv", text)
    with pytest.raises(InputError) as caught:
        load_actors(path)
    assert f"a.csv, line {line}" in str(caught.value)
    assert reason in str(caught.value)


def test_a_file_that_cannot_be_read_or_of_another_kind_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_actors(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot be read"):
        load_actors(tmp_path / "bytes.toml")
    with pytest.raises(InputError, match=r"\.toml or \.csv"):
        load_actors(write(tmp_path / "a.json", "{}"))


def test_empty_lines_and_files_add_nothing(tmp_path: Path) -> None:
    assert load_actors(write(tmp_path / "a.csv", "name,code\n,\n")) == ()
    assert load_actors(write(tmp_path / "a.toml", "")) == ()
