"""A process that adds made readings to a store until it is killed; see `test_faults`.

It reads lines of JSON, `{"path": FILE, "seed": N}`. For each it forks a child that opens
the store, adds batches, and writes `[number, seed, page]` after each commit; the line
`"dead"` tells that the child has ended.
"""

import json
import os
import sys
from typing import Any

from onrecord.store import open_store
from tests.store.made import AT, full_reading

_PAGES = 400


def made(seed: int, page: int) -> Any:
    """The reading of one page: the same for the same numbers."""
    return full_reading(url=f"https://news.example/{seed}/{page}", title=f"Page {page}")


def add_until_killed(path: str, seed: int) -> None:
    with open_store(path, create=True) as store:
        for first in range(0, _PAGES, 3):
            added = []
            with store.writing():
                for page in range(first, first + 1 + first % 3):
                    number = store.add(made(seed, page), at=AT).number
                    added.append([number, seed, page])
            for each in added:
                tell(each)


def tell(given: Any) -> None:
    """One line, written at once."""
    os.write(1, f"{json.dumps(given)}\n".encode())


def main() -> None:
    for line in sys.stdin:
        task = json.loads(line)
        child = os.fork()
        if child == 0:
            tell({"pid": os.getpid()})
            add_until_killed(task["path"], task["seed"])
            os._exit(0)
        os.waitpid(child, 0)
        tell("dead")


if __name__ == "__main__":
    main()
