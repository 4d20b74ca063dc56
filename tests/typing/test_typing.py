"""What type checkers make of the package."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_public_names_have_the_types_that_users_rely_on() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "tests/typing/public_names.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    # What is wrong inside the package is for the type check of the package to say.
    assert [line for line in done.stdout.splitlines() if line.startswith("tests")] == []
    assert re.search(r"(checked|in) 1 source file|no issues found", done.stdout), done.stderr


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "src" / "onrecord" / "py.typed").exists()
