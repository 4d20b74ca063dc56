"""Within a document everything is pure: no environment, no clock, no chance, no network."""

import ast

import pytest

from tests.contracts.modules import imports, layer, sources

PURE = {
    *("records", "schema", "segment", "encode", "statements", "entities", "actors", "times"),
    *("quantities", "syntax", "events"),
}
# Attributes as they stand in the source, and why each is no part of a pure function.
_FORBIDDEN = {
    "os.environ": "the environment",
    "os.environb": "the environment",
    "os.getenv": "the environment",
    "time.time": "a clock",
    "time.time_ns": "a clock",
    "time.monotonic": "a clock",
    "time.perf_counter": "a clock",
    "time.localtime": "a clock",
    "time.gmtime": "a clock",
    "datetime.now": "a clock",
    "datetime.utcnow": "a clock",
    "datetime.today": "a clock",
    "date.today": "a clock",
    "os.getpid": "the process",
    "uuid.uuid1": "chance",
    "uuid.uuid4": "chance",
    "os.urandom": "chance",
}
_FORBIDDEN_MODULES = {
    "time",
    "random",
    "secrets",
    "socket",
    "sqlite3",
    "urllib",
    "urllib3",
    "http",
    "ssl",
    "requests",
}
_PURE_MODULES = [module for module in sources() if layer(module) in PURE]


def _named(tree: ast.AST) -> set[str]:
    """Attributes with the last name before the dot, such as ``datetime.now``."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            before = node.value
            if isinstance(before, ast.Name):
                found.add(f"{before.id}.{node.attr}")
            elif isinstance(before, ast.Attribute):
                found.add(f"{before.attr}.{node.attr}")
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_there_is_something_to_check() -> None:
    assert {layer(module) for module in _PURE_MODULES} == PURE


@pytest.mark.parametrize(
    "code",
    [
        "import os\nos.environ['A']",
        "from os import environ",
        "import datetime\ndatetime.datetime.now()",
        "from datetime import date\ndate.today()",
        "import os\nx = [os.getenv('A')]",
    ],
)
def test_the_search_finds_what_it_looks_for(code: str) -> None:
    assert _named(ast.parse(code)) & _FORBIDDEN.keys()


@pytest.mark.parametrize("module", _PURE_MODULES)
def test_a_pure_module_reads_no_environment_and_no_clock(module: str) -> None:
    assert not _named(sources()[module]) & _FORBIDDEN.keys()
    assert not {name.split(".")[0] for name in imports(module)} & _FORBIDDEN_MODULES


def test_no_module_at_all_reads_the_environment() -> None:
    environment = {name for name, what in _FORBIDDEN.items() if what == "the environment"}
    for module, tree in sources().items():
        assert not _named(tree) & environment, module


def test_the_library_does_not_print_or_exit() -> None:
    for module, tree in sources().items():
        if layer(module) == "cli":
            continue
        calls = {
            node.func.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not calls & {"print", "input", "exit", "quit", "breakpoint"}, module
        assert "sys.exit" not in _named(tree), module


def test_the_library_checks_without_assert() -> None:
    for module, tree in sources().items():
        assert not any(isinstance(node, ast.Assert) for node in ast.walk(tree)), module


def test_no_module_keeps_a_global_that_changes() -> None:
    for module, tree in sources().items():
        assert not any(isinstance(node, ast.Global) for node in ast.walk(tree)), module
