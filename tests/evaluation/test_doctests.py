import doctest
import importlib

import pytest


@pytest.mark.parametrize("name", ["compare", "matching", "names", "overlaps", "times"])
def test_examples_in_docstrings_hold(name: str) -> None:
    found = doctest.testmod(importlib.import_module(f"evaluation.{name}"))
    assert found.attempted
    assert not found.failed
