"""The table of same names: every case by itself, and how precise links are over all of it."""

import tempfile
from pathlib import Path

import pytest

from onrecord import registry
from onrecord.store import Store, open_store
from tests.registry.made import actor_of, add, undone
from tests.registry.same_names import CASES, Case


def _are_one(store: Store, case: Case) -> bool:
    with undone(store):
        *_, first, second = arrivals = add(store, (*case.before, case.first, case.second))
        registry.link(store, arrivals)
        one, other = actor_of(store, first), actor_of(store, second)
    return one is not None and one == other


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_same_name(store: Store, case: Case) -> None:
    assert _are_one(store, case) == case.is_same


def test_the_table_is_large_and_balanced() -> None:
    n_same = sum(case.is_same for case in CASES)
    assert len(CASES) >= 50
    assert 18 <= n_same <= len(CASES) - 25


def _report() -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names.db"
        with open_store(path, create=True, tables=(registry.TABLES,)) as store:
            found = [_are_one(store, case) for case in CASES]
    right = sum(own and case.is_same for own, case in zip(found, CASES, strict=True))
    n_same = sum(case.is_same for case in CASES)
    return f"precision {right} of {sum(found)}, recall {right} of {n_same}, {len(CASES)} cases"


if __name__ == "__main__":
    print(_report())  # noqa: T201
