"""The words around words: the rest of their sentence, so that a page need not be left."""

import itertools
import json
import re
from collections.abc import Sequence

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
    asked = [
        (row[f"{prefix}document"], row[f"{prefix}start"], row[f"{prefix}end"])
        for row in table.to_dicts()
        for prefix in prefixes
    ]
    parts, n = _around(store, asked), len(prefixes)
    rows = [
        (*values, *itertools.chain(*parts[n * number : n * (number + 1)]))
        for number, values in enumerate(table.rows)
    ]
    return Table((*table.columns, *columns), tuple(rows))


def with_both_contexts(store: Store, disputes: Table) -> Table:
    """Disputes with the words before and after those of each side."""
    return with_contexts(store, disputes, ("first_", "second_"))


# One answer for all places: SQLite lets other threads go first at each row of an answer.
_AROUND_ALL = """
SELECT json_group_array(json_array(
  substr(d.text, max(0, json_extract(j.value, '$[1]') - :around) + 1,
    min(json_extract(j.value, '$[1]'), :around)),
  substr(d.text, json_extract(j.value, '$[2]') + 1, :around)
)) FROM json_each(:asked) AS j LEFT JOIN documents AS d ON d.id = json_extract(j.value, '$[0]')
"""


def _around(
    store: Store, asked: Sequence[tuple[str, int | None, int | None]]
) -> list[tuple[str | None, str | None]]:
    """The words before and after each place of a document, in their order."""
    given = {"around": _AROUND, "asked": json.dumps(asked)}
    (found,) = store.connection.execute(_AROUND_ALL, given).fetchone()
    return [
        (None, None)
        if before is None or after is None or start is None
        else (_end_of(before, start > _AROUND), _beginning_of(after))
        for (_, start, _), (before, after) in zip(asked, json.loads(found), strict=True)
    ]


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
