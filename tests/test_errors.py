"""The errors: one tree, facts as attributes, and whole after a trip to another process."""

import ast
import copy
import inspect
import pickle
import re
from typing import Any

import pytest

import onrecord.errors
from onrecord.errors import (
    ConfigError,
    GazetteerError,
    InputError,
    LakeError,
    LakeStorageError,
    OnRecordError,
    RunError,
    SpanError,
    StageOrderError,
    StoreBusyError,
    StoreError,
    WeightsError,
)
from tests.contracts.modules import layer, sources

MADE: dict[type[OnRecordError], tuple[OnRecordError, dict[str, Any]]] = {
    OnRecordError: (OnRecordError("something"), {}),
    ConfigError: (
        ConfigError(setting="n_threads", value=0, allowed="1 or more"),
        {"setting": "n_threads", "value": 0, "allowed": "1 or more"},
    ),
    GazetteerError: (
        GazetteerError(path="UA.txt", line=3, problem="the name is empty"),
        {"path": "UA.txt", "line": 3, "problem": "the name is empty"},
    ),
    InputError: (
        InputError(source="a.txt", problem="it is empty"),
        {"source": "a.txt", "problem": "it is empty"},
    ),
    LakeError: (
        LakeError(path="s3://news", problem="it is no lake"),
        {"path": "s3://news", "problem": "it is no lake"},
    ),
    LakeStorageError: (
        LakeStorageError(path="/news", problem="the disk is full"),
        {"path": "/news", "problem": "the disk is full"},
    ),
    RunError: (RunError(problem="the disk is full"), {"problem": "the disk is full"}),
    SpanError: (
        SpanError(start=5, end=2, length=4),
        {"start": 5, "end": 2, "length": 4},
    ),
    StageOrderError: (
        StageOrderError(stage="EventFinder", missing=frozenset({"times", "places"})),
        {"stage": "EventFinder", "missing": frozenset({"times", "places"})},
    ),
    StoreError: (
        StoreError(path="a.db", problem="it is a folder"),
        {"path": "a.db", "problem": "it is a folder"},
    ),
    StoreBusyError: (
        StoreBusyError(path="a.db", problem="it is being written"),
        {"path": "a.db", "problem": "it is being written"},
    ),
    WeightsError: (
        WeightsError(path="w.onnx", expected="a" * 64, found="b" * 64),
        {"path": "w.onnx", "expected": "a" * 64, "found": "b" * 64},
    ),
}


def _classes() -> list[type[BaseException]]:
    found = [given for given in vars(onrecord.errors).values() if inspect.isclass(given)]
    return [kind for kind in found if issubclass(kind, BaseException)]


def test_every_error_is_tried_here() -> None:
    assert set(MADE) == set(_classes())


@pytest.mark.parametrize("kind", MADE, ids=lambda kind: kind.__name__)
def test_facts_are_attributes(kind: type[OnRecordError]) -> None:
    error, facts = MADE[kind]
    assert vars(error) == facts


@pytest.mark.parametrize("kind", MADE, ids=lambda kind: kind.__name__)
def test_an_error_survives_pickling_and_copying(kind: type[OnRecordError]) -> None:
    error, facts = MADE[kind]
    again = [pickle.loads(pickle.dumps(error, n)) for n in range(pickle.HIGHEST_PROTOCOL + 1)]
    for other in [*again, copy.copy(error), copy.deepcopy(error)]:
        assert type(other) is kind
        assert str(other) == str(error) != ""
        assert vars(other) == facts
        assert other.args == error.args
        assert other.can_retry == error.can_retry


def test_notes_survive_pickling() -> None:
    error = InputError(source="a", problem="b")
    error.add_note("line 3")
    assert pickle.loads(pickle.dumps(error)).__notes__ == ["line 3"]


def test_messages_say_what_where_and_what_to_do() -> None:
    said = {kind: str(error) for kind, (error, _) in MADE.items()}
    assert said[ConfigError] == "n_threads is 0; it takes 1 or more"
    assert said[GazetteerError] == "UA.txt line 3: the name is empty"
    no_line = GazetteerError(path="UA.zip", problem="it holds no table")
    assert str(no_line) == "UA.zip: it holds no table"
    assert said[InputError] == "a.txt: it is empty"
    assert said[SpanError] == (
        "[5, 2) is no span of a text of 4 code points; it needs 0 <= start < end"
    )
    assert said[StageOrderError] == (
        "EventFinder reads places, times, which no stage before it writes; reorder them"
    )
    assert "w.onnx have digest bbbbbbbbbbbb, expected aaaaaaaaaaaa" in said[WeightsError]
    missing = WeightsError(path="w.onnx", expected="a" * 64, found="")
    assert "w.onnx cannot be read, expected aaaaaaaaaaaa" in str(missing)


def test_a_span_error_is_a_value_error_too() -> None:
    assert issubclass(SpanError, ValueError)


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    lines = (onrecord.errors.__doc__ or "").splitlines()
    drawn = [re.match(r" {4}((?:[│ ] {3})*)(?:[├└]── )?(\w*Error)\b", line) for line in lines]
    tree: list[tuple[int, str]] = []
    for line, found in zip(lines, drawn, strict=True):
        if found:
            tree.append((len(found[1]) // 4 + ("── " in line), found[2]))
    parents: dict[str, str | None] = {}
    above: list[str] = []
    for depth, name in tree:
        above[depth:] = [name]
        parents[name] = above[depth - 1] if depth else None
    expected = {
        kind.__name__: None if kind is OnRecordError else kind.__bases__[0].__name__
        for kind in _classes()
    }
    assert parents == expected


def test_other_errors_are_caught_in_the_part_that_raises_them() -> None:
    made: set[tuple[str, str]] = set()
    caught: set[tuple[str, str]] = set()
    for module, tree in sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name.endswith(("Error", "Exception")):
                made.add((layer(module), node.name))
            elif isinstance(node, ast.ExceptHandler) and node.type is not None:
                caught |= {
                    (layer(module), name) for name in re.findall(r"\w+", ast.unparse(node.type))
                }
    # The application has a handler for all errors of the library, which is no `except`.
    handled = {("serve", "RoomError")}
    assert {one for one in made if one[0] != "errors"} <= caught | handled
