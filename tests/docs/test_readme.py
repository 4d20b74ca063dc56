"""What the README and the guide show is what happens: their Python runs, their captures are real.

A fence with `python` is run, all those of a page one after the other as one session. A fence
with `console` holds `$ onrecord …` and what it prints; `[…]` marks what is left out, and no
line is anything else than a line of the real output. Shell fences (`sh`) are only parsed.
"""

import contextlib
import io
import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from onrecord.cli.main import commands
from onrecord.records import Act
from onrecord.statements.cues import read_cue

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [
        ROOT / "README.md",
        ROOT / "docs" / "index.md",
        ROOT / "docs" / "tutorial.md",
        ROOT / "docs" / "models" / "statements.md",
        *(ROOT / "docs" / "guide").glob("*.md"),
    ]
)
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LEFT_OUT = "[…]"
_COUNT = re.compile(r"(?: · [0-9,]+ (?:statement|event|happening)s?)+$")
# The act in brackets that every line of source and cue has.
_STATEMENT = re.compile(r"\[[a-z]+(?:, deny)?\]")
_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")


@dataclass(frozen=True)
class Fence:
    """A block of code on a page."""

    page: Path
    line: int
    language: str
    body: str


def _fences(language: str) -> list[Fence]:
    return [fence for page in PAGES for fence in _fences_of(page) if fence.language == language]


def _fences_of(page: Path) -> Iterator[Fence]:
    text = page.read_text("utf-8")
    for found in _FENCE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        yield Fence(page, line, found[1], found[2])


def _name(fence: Fence) -> str:
    return f"{fence.page.relative_to(ROOT).as_posix()}:{fence.line}"


def _commands(fence: Fence) -> list[tuple[str, list[str]]]:
    """The commands of a console fence, each with the lines below it."""
    found: list[tuple[str, list[str]]] = []
    for line in fence.body.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            assert found, f"{_name(fence)} does not begin with a command"
            found[-1][1].append(line.rstrip())
    return found


def _output_of(command: str) -> list[str]:
    """What a command prints, on both streams."""
    name, *arguments = shlex.split(command)
    assert name == "onrecord"
    result = CliRunner().invoke(commands, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code in {0, 1}, result.output
    return [line.rstrip() for line in result.output.splitlines()]


@pytest.fixture
def in_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the examples in it, to which a page may write."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.weights
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_python_on_a_page_runs_and_prints_what_the_page_says(page: Path, in_copy: Path) -> None:
    session: dict[str, object] = {"__name__": "__page__"}
    for fence in _fences_of(page):
        if fence.language == "python":
            code = compile("\n" * fence.line + fence.body, str(page), "exec")
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(code, session)
            session["_printed"] = printed.getvalue()
        elif fence.language == "text" and fence.body.startswith("# prints\n"):
            _, _, expected = fence.body.partition("\n")
            assert session["_printed"] == expected, _name(fence)


@pytest.mark.weights
@pytest.mark.parametrize("fence", _fences("console"), ids=_name)
def test_a_capture_is_what_the_command_prints(fence: Fence, in_copy: Path) -> None:
    for command, shown in _commands(fence):
        real = _output_of(command)
        at = 0
        for line in shown:
            if line == _LEFT_OUT:
                continue
            wanted = _COUNT.sub("", line)
            matches = (n for n in range(at, len(real)) if _COUNT.sub("", real[n]) == wanted)
            found = next(matches, None)
            assert found is not None, f"{_name(fence)}: `{command}` no longer prints {line!r}"
            at = found + 1


@pytest.mark.weights
def test_a_capture_leaves_out_only_where_it_says_so(in_copy: Path) -> None:
    (fence,) = (f for f in _fences("console") if f.page.name == "README.md")
    ((command, shown),) = _commands(fence)
    real = _output_of(command)
    blocks = "\n".join(shown).split(f"\n{_LEFT_OUT}")
    for block in blocks:
        lines = [_COUNT.sub("", line) for line in block.strip("\n").splitlines()]
        if lines:
            own = [_COUNT.sub("", line) for line in real]
            starts = [n for n in range(len(own)) if own[n : n + len(lines)] == lines]
            assert starts, "these lines do not follow each other:\n" + "\n".join(lines)


def test_the_readme_shows_statements() -> None:
    (fence,) = (f for f in _fences("console") if f.page.name == "README.md")
    assert sum(bool(_STATEMENT.search(line)) for line in fence.body.splitlines()) >= 4


def test_a_capture_that_is_not_real_is_noticed(in_copy: Path) -> None:
    fence = Fence(
        ROOT / "README.md", 1, "console", "$ onrecord --version\nonrecord 0.0.0 of another day\n"
    )
    with pytest.raises(AssertionError, match="no longer prints"):
        test_a_capture_is_what_the_command_prints(fence, in_copy)


@pytest.mark.parametrize("fence", _fences("sh"), ids=_name)
def test_options_in_shell_commands_exist(fence: Fence) -> None:
    for line in fence.body.replace("\\\n", " ").splitlines():
        for part in re.split(r"&&|\|\||\|", line):
            words = shlex.split(part, comments=True)
            if words[:1] == ["onrecord"] and words[1:2] != ["--version"]:
                options = {w.partition("=")[0] for w in words if w.startswith("-") and w != "-"}
                assert options <= _options_of(words[1:]), line


def _options_of(words: list[str]) -> set[str]:
    """The options of a command, and of the groups that it is in."""
    command: click.Command = commands
    known = {"--help"}
    while isinstance(command, click.Group) and words and words[0] in command.commands:
        command, words = command.commands[words[0]], words[1:]
        known |= {name for option in command.params for name in option.opts}
    assert command is not commands, words
    return known


def test_the_two_commands_are_in_the_readme() -> None:
    first, second, *_ = (f.body.strip() for f in _fences("sh") if f.page.name == "README.md")
    assert first == "pip install . && onrecord read examples/dam-breach-herald.txt"
    assert second == "pip install '.[test]' && pytest"


def test_cues_in_the_guide_do_what_it_says() -> None:
    page = (ROOT / "docs" / "guide" / "statements.md").read_text("utf-8")
    rows = re.findall(r"^\| (`[a-z`, ]+`) \| (.+) \|$", page, re.MULTILINE)
    seen = set()
    for acts, cues in rows:
        names = re.findall(r"`(\w+)`", acts)
        groups = cues.split(";") if len(names) > 1 else [cues]
        for name, group in zip(names, groups, strict=True):
            seen.add(name)
            for cue in group.partition(":")[0].split(","):
                assert read_cue(cue.strip(), "the bridge was safe").act == name, cue
    assert seen == {act.value for act in Act}


def test_links_lead_to_files() -> None:
    pages = [
        *ROOT.glob("*.md"),
        ROOT / "changelog.d" / "README.md",
        *(p for p in (ROOT / "docs").rglob("*.md")),
    ]
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in _LINK.findall(page.read_text("utf-8"))
        if not os.path.lexists(page.parent / target)
    ]
    assert broken == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(_LINK.findall((folder / "index.md").read_text("utf-8")))
    assert {page.name for page in folder.glob("0*.md")} <= listed


def test_every_page_is_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text("utf-8")
    pages = [p.relative_to(ROOT / "docs").as_posix() for p in (ROOT / "docs").rglob("*.md")]
    assert [page for page in pages if page not in navigation] == []


def test_pages_are_checked_at_all() -> None:
    assert len(_fences("python")) >= 3
    assert len(_fences("console")) >= 2
    assert sys.version_info >= (3, 11)
