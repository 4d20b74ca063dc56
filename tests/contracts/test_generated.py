"""Generated files are current, and cover all that they are generated from."""

import importlib.util
import inspect
import re
from types import ModuleType
from typing import Any

import click
import pytest

import onrecord.errors
from onrecord.cli.main import commands
from onrecord.config import Config
from onrecord.inputs.options import ReadOptions
from onrecord.records import Reading, Rejection
from onrecord.schema.fields import fields_of, reached_from, store_tables
from tests.contracts.modules import ROOT

_SCRIPT = ROOT / "docs" / "generate_reference.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_reference", _SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _page(name: str) -> str:
    return (ROOT / "docs" / "reference" / f"{name}.md").read_text("utf-8")


def test_generated_files_are_current(script: ModuleType) -> None:
    stale = [
        name
        for name, content in script.generated_files().items()
        if not (ROOT / name).exists() or (ROOT / name).read_text("utf-8") != content
    ]
    assert stale == [], "run: python docs/generate_reference.py"


def test_the_script_writes_names_and_checks(
    script: ModuleType, tmp_path: Any, monkeypatch: Any, capsys: Any
) -> None:
    monkeypatch.setattr(script, "ROOT", tmp_path)
    monkeypatch.setattr(script.sys, "argv", ["generate_reference.py", "--check"])
    assert script.main() == 1
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(script.sys, "argv", ["generate_reference.py"])
    assert script.main() == 0
    assert len(capsys.readouterr().out.split()) == 2 * len(script.generated_files())
    monkeypatch.setattr(script.sys, "argv", ["generate_reference.py", "--check"])
    assert script.main() == 0
    (tmp_path / "schemas" / "arrow.txt").write_text("old")
    assert script.main() == 1
    assert capsys.readouterr().out.split() == ["schemas/arrow.txt"]


def test_nothing_else_lies_among_them(script: ModuleType) -> None:
    folders = [ROOT / "schemas", ROOT / "docs" / "reference"]
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert found == set(script.generated_files())


def test_every_field_and_value_is_on_the_page_of_records() -> None:
    blocks = dict(
        re.findall(r"^## (\w+)\n(.*?)(?=^#|\Z)", _page("records"), re.MULTILINE | re.DOTALL)
    )
    kinds = reached_from(Reading, Rejection, *store_tables().values())
    assert set(blocks) == {kind.__name__ for kind in kinds}
    for kind in kinds:
        if hasattr(kind, "__members__"):
            assert all(f"`{member.value}`" in blocks[kind.__name__] for member in kind)
        else:
            for field in fields_of(kind):
                assert f"| `{field.name}` |" in blocks[kind.__name__]
                assert (
                    f"| {field.description.replace('|', chr(92) + '|')} |" in blocks[kind.__name__]
                )


def test_a_link_on_the_page_of_records_leads_to_a_heading() -> None:
    page = _page("records")
    headings = {name.lower() for name in re.findall(r"^## (\w+)$", page, re.MULTILINE)}
    links = set(re.findall(r"\]\(#(\w+)\)", page))
    assert links
    assert links <= headings


def test_an_enumeration_explains_all_of_its_values_or_none() -> None:
    for kind in reached_from(Reading, Rejection):
        if hasattr(kind, "__members__"):
            explained = set(
                re.findall(r"^ {4}([A-Z_]+): ", inspect.getdoc(kind) or "", re.MULTILINE)
            )
            assert explained in (set(), set(kind.__members__)), kind


def test_every_error_is_on_the_page_of_errors() -> None:
    names = [
        name
        for name, given in vars(onrecord.errors).items()
        if inspect.isclass(given) and issubclass(given, Exception)
    ]
    assert re.findall(r"^## (\w+)$", _page("errors"), re.MULTILINE) == names


@pytest.mark.parametrize("kind", [Config, ReadOptions])
def test_every_setting_is_explained(kind: Any) -> None:
    for name in kind.__dataclass_fields__:
        (line,) = re.findall(rf"^\| `{name}` \|.*$", _page("settings"), re.MULTILINE)
        assert len(line.split(" | ")[-1].strip(" |")) > 10


def test_every_command_and_option_is_explained() -> None:
    page = _page("command")
    assert commands.commands
    for name, command in commands.commands.items():
        block = page.split(f"## `onrecord {name}`")[1].split("\n## ")[0]
        for option in command.params:
            if isinstance(option, click.Option):
                (line,) = [one for one in block.splitlines() if f"`{option.opts[0]}`" in one]
                assert len(line.split(" | ")[-1].strip(" |")) > 10, option.opts
