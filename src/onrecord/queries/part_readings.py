"""A reading without the rows that a question does not need, which takes half as long."""

from onrecord.records import Reading
from onrecord.store import Store
from onrecord.store.rows import run_of, section_rows

_COUNT = "n_"


def part_of_reading(store: Store, number: int, *, without: frozenset[str]) -> Reading:
    """A document with its rows, but for some sections, which are null.

    Raises:
        StoreError: There is no such document.
    """
    document = store.document(number)
    kept = store.connection.execute(
        "SELECT * FROM readings JOIN runs ON runs.number = readings.run WHERE document = ?",
        (number,),
    ).fetchone()
    run = run_of(kept)
    found = {
        name: tuple(
            row
            for _, row in section_rows(
                store.connection, name, number, document=document.id, run=run.id
            )
        )
        for name in _sections(kept.keys())
        if name not in without and kept[f"{_COUNT}{name}"] is not None
    }
    return Reading(run=run, document=document).replace(**found)


def _sections(columns: list[str]) -> list[str]:
    """The sections that are counted in columns."""
    return [name.removeprefix(_COUNT) for name in columns if name.startswith(_COUNT)]
