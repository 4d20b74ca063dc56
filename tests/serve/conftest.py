"""A room that the tests of pages share, and one of their own for those that write."""

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.queries.made import make_store
from tests.serve.rooms import client_of, ids


@pytest.fixture(scope="session")
def made_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two articles, a story, a claim and a dispute, for all to copy."""
    return make_store(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="session")
def client(made_path: Path) -> TestClient:
    """A client of a room that is only read."""
    return client_of(made_path)


@pytest.fixture(scope="session")
def found(client: TestClient) -> dict[str, str]:
    """An id of each kind of page of the room that is only read."""
    return ids(client)


@pytest.fixture
def own_path(made_path: Path, tmp_path: Path) -> Path:
    """A copy of the store that the test may change."""
    return Path(shutil.copy(made_path, tmp_path / "own.db"))


@pytest.fixture
def own_client(own_path: Path) -> TestClient:
    """A client of a room that the test may change."""
    return client_of(own_path)
