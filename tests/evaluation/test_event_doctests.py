import doctest
import importlib

import pytest

MODULES = (
    "evaluation.event_corpora",
    "evaluation.event_phrases",
    "evaluation.event_scores",
    "evaluation.event_tree_features",
    "evaluation.event_word_features",
    "evaluation.factuality_corpora",
    "onrecord.events.versions",
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(name: str) -> None:
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted
    assert not found.failed
