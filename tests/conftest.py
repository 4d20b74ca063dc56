"""What tests of all parts share: the packaged reader, the corpora, the pace of hypothesis."""

import math
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from onrecord.pipeline import Reader

# The same cases each time, so that a change is judged by what it changes; others are looked for
# with `pytest --hypothesis-profile=search`.
settings.register_profile(
    "onrecord",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "search", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("onrecord")


@pytest.fixture
def plain_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what the model of pairs says makes a dispute likely, whatever weights are packaged."""
    monkeypatch.setattr(
        "onrecord.claims.judging.likelihood", lambda signs: 1 / (1 + math.exp(1 - signs["model"]))
    )


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The packaged weights, loaded once; tests that use it are marked `weights`."""
    return Reader()


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of the corpora that are not part of the project."""
    folder = os.environ.get("ONRECORD_CORPORA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("set ONRECORD_CORPORA to the folder with the corpora to run this")
    return Path(folder)
