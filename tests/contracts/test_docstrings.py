"""Every module says what it holds, and every example in the package runs."""

import ast
import doctest
import importlib

import pytest

from tests.contracts.modules import sources

# Examples that call these load the weights.
_NEED_WEIGHTS = ("onrecord.read(", "onrecord.read_files(", "Reader(")
_LEAST_EXAMPLES = 15
_LONGEST_DOCSTRING = 20


def _examples() -> list[doctest.DocTest]:
    finder = doctest.DocTestFinder(exclude_empty=True)
    return [
        test
        for name in sources()
        if not name.endswith("__main__")
        for test in finder.find(importlib.import_module(name), name)
        if test.examples
    ]


def _needs_weights(test: doctest.DocTest) -> bool:
    return any(call in example.source for example in test.examples for call in _NEED_WEIGHTS)


def _run(tests: list[doctest.DocTest]) -> None:
    runner = doctest.DocTestRunner()
    said: list[str] = []
    for test in tests:
        runner.run(test, out=said.append)
    assert runner.failures == 0, "".join(said)
    assert runner.tries >= len(tests)


def test_examples_run() -> None:
    tests = [test for test in _examples() if not _needs_weights(test)]
    assert len(tests) >= _LEAST_EXAMPLES, "examples were lost, or not collected"
    _run(tests)


@pytest.mark.weights
def test_examples_that_load_the_weights_run() -> None:
    tests = [test for test in _examples() if _needs_weights(test)]
    if not tests:
        pytest.skip("no example loads the weights")
    _run(tests)


def test_the_runner_notices_a_wrong_example() -> None:
    test = doctest.DocTestParser().get_doctest(">>> 1 + 1\n3\n", {}, "wrong", None, 0)
    with pytest.raises(AssertionError, match="Expected"):
        _run([test])


@pytest.mark.parametrize("module", sources())
def test_a_module_opens_with_what_it_holds(module: str) -> None:
    docstring = ast.get_docstring(sources()[module])
    assert docstring
    assert docstring[0].isupper() or docstring[0] in "`“"
    assert docstring.split("\n\n")[0].rstrip().endswith((".", ":", "!", "?"))
    assert len(docstring.splitlines()) <= _LONGEST_DOCSTRING
