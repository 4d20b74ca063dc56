"""The gazetteer, made once for all tests of places."""

from pathlib import Path

import pytest

from onrecord.places.gazetteers import Gazetteer, load_gazetteer


@pytest.fixture(scope="session")
def gazetteer_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the base gazetteer in it, the same for all tests of a session."""
    folder = tmp_path_factory.getbasetemp() / "gazetteer"
    load_gazetteer(folder)
    return folder


@pytest.fixture(scope="session")
def gazetteer(gazetteer_folder: Path) -> Gazetteer:
    """The base gazetteer."""
    return load_gazetteer(gazetteer_folder)
