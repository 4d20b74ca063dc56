"""One store for the tests of copies; each of them undoes what it writes."""

from collections.abc import Iterator

import pytest

from onrecord import independence
from onrecord.store import Store, open_store


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("independence") / "copies.db"
    with open_store(path, create=True, tables=(independence.TABLES,)) as opened:
        yield opened
