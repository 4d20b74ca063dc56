"""One store for the tests of the registry; each of them undoes what it writes."""

from collections.abc import Iterator

import pytest

from onrecord import registry
from onrecord.store import Store, open_store


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("registry") / "actors.db"
    with open_store(path, create=True, tables=(registry.TABLES,)) as opened:
        yield opened
