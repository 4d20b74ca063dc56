"""The limits and figures that the documents of a store state."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.cli.stores import opened

if TYPE_CHECKING:
    from onrecord.limits.models import Bound, Figure
    from onrecord.store import Store


def take_from_store(path: Path, limits: "list[Bound]", figures: "list[Figure]") -> None:
    """Add the limits of all agreements in a store, and the figures for what they limit.

    Only documents that state an agreement, or that hold a word for something limited, are
    loaded.
    """
    from onrecord.limits.figures import find_figures
    from onrecord.limits.stated import find_limits

    with opened(path) as store:
        stating = store.connection.execute(
            "SELECT DISTINCT document FROM commitments ORDER BY document"
        ).fetchall()
        for (number,) in stating:
            limits += find_limits(store.reading(number))
        for number in _with_words(store, _things(limits)):
            figures += find_figures(store.reading(number))


def _things(limits: "Iterable[Bound]") -> list[str]:
    """The words for what is limited, the last of each phrase: warheads, launchers."""
    words = (limit.of.split()[-1] for limit in limits if limit.of.split())
    return sorted({word.strip("\"'()").lower() for word in words} - {""})


def _with_words(store: "Store", words: list[str]) -> list[int]:
    if not words:
        return []
    expression = " OR ".join(f'"{word.replace(chr(34), "")}"' for word in words)
    rows = store.connection.execute(
        "SELECT rowid FROM document_words WHERE document_words MATCH ? ORDER BY rowid",
        (expression,),
    )
    return [int(row[0]) for row in rows.fetchall()]
