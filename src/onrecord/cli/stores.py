"""What commands share that work on a store: the option that names it, and opening it."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

if TYPE_CHECKING:
    from onrecord.claims import Entailment
    from onrecord.store import Store
    from onrecord.store.corrections import Linking


def db_option(*, help: str) -> Callable[[Any], Any]:  # noqa: A002 - click's own word
    """The option `--db FILE`, which all of them demand."""
    return click.option(
        "--db",
        type=click.Path(dir_okay=False, path_type=Path),
        required=True,
        metavar="FILE",
        help=help,
    )


@contextmanager
def opened(
    path: Path, *, mode: Literal["read", "write"] = "read", create: bool = False
) -> "Iterator[Store]":
    """A store, closed at the end.

    Raises:
        StoreError: It is none, or cannot be opened.
    """
    from onrecord.ingest.linking import TABLES
    from onrecord.store import open_store

    with open_store(path, mode=mode, create=create, tables=TABLES) as store:
        yield store


def packaged_entailment() -> "Entailment | None":
    """The scorer that comes with the package; None if these weights have none."""
    from onrecord.encode.weights import packaged_weights
    from onrecord.entailment.loading import entailment_of

    weights = packaged_weights()
    return entailment_of(weights) if "entailment" in weights.manifest else None


def linking_of_corrections() -> "Linking":
    """What links a corrected document again, as ingest did; its model is loaded when needed."""
    from onrecord.ingest.correcting import linking_again

    return linking_again(functools.cache(packaged_entailment))
