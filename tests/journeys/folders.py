"""Folders of a gazetteer for tests that add to it or break it."""

import shutil
from pathlib import Path

from onrecord.places.gazetteers import default_folder, load_gazetteer


def copy_base(folder: Path) -> None:
    """Put the base of the user's gazetteer into a folder, as making it takes seconds."""
    load_gazetteer()
    for base in default_folder().glob("base-*"):
        shutil.copy(base, folder)
