"""Where whole-record gold and the scorers outside the project are, if they are anywhere."""

import os
from pathlib import Path

import pytest

from evaluation.corpora import load_gold, load_polnear
from evaluation.predictions import Predictions, predict, texts_of


def _path_of(variable: str) -> Path:
    given = os.environ.get(variable)
    if not given:
        pytest.skip(f"{variable} is not set")
    return Path(given)


@pytest.fixture(scope="session")
def gold() -> Path:
    """The file of whole-record gold."""
    return _path_of("ONRECORD_GOLD")


@pytest.fixture(scope="session")
def scorers() -> Path:
    """The folder with score_attributions.py and score_record.py."""
    return _path_of("ONRECORD_SCORERS")


@pytest.fixture(scope="session")
def polnear_predictions(corpora: Path) -> Predictions:
    """What the packaged weights find in PolNeAR's dev part; read once for all tests."""
    return predict(texts_of(load_polnear(corpora, "dev")))


@pytest.fixture(scope="session")
def gold_predictions(gold: Path) -> Predictions:
    """What they find in whole-record gold."""
    return predict(texts_of(load_gold(gold)))
