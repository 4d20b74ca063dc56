"""How long answers take: search, who, disputes, timeline and stories, over one store.

    python benchmarks/queries.py --db FILE [--rounds 100] [--seed 1]

Words and names are drawn from the store itself by a seed, common and rare ones alike.
Prints JSON: for each query the median and the 95th percentile in milliseconds, wall clock
and processor, with the number of documents. `benchmarks/store.py --linkers --db FILE` makes
a large store to ask.
"""

import argparse
import json
import random
import re
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np

from onrecord.errors import InputError
from onrecord.ingest.linking import TABLES
from onrecord.queries import disputes, search, stories, timeline, who
from onrecord.store import Store, open_store

_SAMPLED = 200


def main() -> None:
    """Ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--db", required=True)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with open_store(given.db, mode="read", tables=TABLES) as store:
        rng = random.Random(given.seed)  # noqa: S311 - a draw, no secret
        words, names = _words(store, rng), _names(store, rng)
        asked: dict[str, Callable[[], object]] = {
            "search one word": lambda: search(store, rng.choice(words)),
            "search two words": lambda: search(store, " ".join(rng.sample(words, 2))),
            "who": lambda: who(store, rng.choice(names)),
            "disputes": lambda: disputes(store),
            "disputes about": lambda: disputes(store, about=rng.choice(words)),
            "timeline": lambda: timeline(store, about=rng.choice(words)),
            "stories": lambda: stories(store),
        }
        (n_documents,) = store.connection.execute("SELECT count(*) FROM documents").fetchone()
        found = {name: _timed(ask, given.rounds) for name, ask in asked.items()}
    json.dump({"documents": n_documents, "ms": found}, sys.stdout, indent=1)
    sys.stdout.write("\n")


def _timed(ask: Callable[[], object], rounds: int) -> dict[str, float]:
    wall, cpu = [], []
    for _ in range(rounds):
        began, began_cpu = time.perf_counter(), time.process_time()
        try:
            ask()
        except InputError:
            continue
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - began_cpu) * 1000)
    return {
        "median": _at(wall, 50),
        "p95": _at(wall, 95),
        "cpu_p95": _at(cpu, 95),
    }


def _at(values: Sequence[float], percent: float) -> float:
    return round(float(np.percentile(values, percent)), 2) if values else float("nan")


def _words(store: Store, rng: random.Random) -> list[str]:
    """Words of some documents, so that common ones are drawn more often."""
    (last,) = store.connection.execute("SELECT max(number) FROM documents").fetchone()
    found: list[str] = []
    for number in rng.sample(range(1, last + 1), min(_SAMPLED, last)):
        row = store.connection.execute(
            "SELECT text FROM documents WHERE number = ?", (number,)
        ).fetchone()
        found += rng.sample(re.findall(r"\w{3,}", row[0]), 3) if row else []
    return found


def _names(store: Store, rng: random.Random) -> list[str]:
    rows = store.connection.execute(
        "SELECT name FROM known_actors ORDER BY n_documents DESC LIMIT 50"
    ).fetchall()
    rest = store.connection.execute("SELECT name FROM known_actors LIMIT 5000").fetchall()
    return [row[0] for row in (*rows, *rng.sample(rest, min(_SAMPLED, len(rest))))]


if __name__ == "__main__":
    main()
