"""The words around words: the rest of their sentence, so that a page need not be left."""

import re
from collections.abc import Sequence
from typing import Any

from onrecord.queries.tables import Table
from onrecord.store import Store

_AROUND = 160
_SENTENCE_END = re.compile(r"[.!?][”\"'’)]*\s+|\n")


def with_contexts(store: Store, table: Table, prefixes: Sequence[str] = ("",)) -> Table:
    """A table with the words before and after those of each row.

    Args:
        store: Open.
        table: Rows with a document, a start and an end.
        prefixes: What stands before these names: ``first_`` and ``second_`` for disputes.

    Returns:
        The same with columns ``before`` and ``after``, up to the ends of the sentence; null
        where a row has no words.
    """
    columns = [f"{prefix}{name}" for prefix in prefixes for name in ("before", "after")]
    rows = [
        (*values, *(part for prefix in prefixes for part in _around(store, row, prefix)))
        for values, row in zip(table.rows, table.to_dicts(), strict=True)
    ]
    return Table((*table.columns, *columns), tuple(rows))


def with_both_contexts(store: Store, disputes: Table) -> Table:
    """Disputes with the words before and after those of each side."""
    return with_contexts(store, disputes, ("first_", "second_"))


def _around(store: Store, row: dict[str, Any], prefix: str) -> tuple[str | None, str | None]:
    start, end = row[f"{prefix}start"], row[f"{prefix}end"]
    if start is None or end is None:
        return None, None
    first = max(0, start - _AROUND)
    found = store.connection.execute(
        "SELECT substr(text, ? + 1, ?), substr(text, ? + 1, ?) FROM documents WHERE id = ?",
        (first, start - first, end, _AROUND, row[f"{prefix}document"]),
    ).fetchone()
    return (
        (None, None) if found is None else (_end_of(found[0], first > 0), _beginning_of(found[1]))
    )


def _end_of(words: str, is_cut: bool) -> str:  # noqa: FBT001 - it says whether a word is cut
    """What belongs to the sentence that follows.

    >>> _end_of("It rained. Vale said ", False)
    'Vale said '
    """
    ends = [found.end() for found in _SENTENCE_END.finditer(words)]
    if ends:
        return words[ends[-1] :]
    return f"…{words[words.find(' ') :]}" if is_cut else words


def _beginning_of(words: str) -> str:
    """What belongs to the sentence before.

    >>> _beginning_of(" on Friday. It rained.")
    ' on Friday.'
    """
    found = _SENTENCE_END.search(words)
    if found is not None:
        return words[: found.end()].rstrip()
    return f"{words[: words.rfind(' ')]} …" if len(words) == _AROUND else words
