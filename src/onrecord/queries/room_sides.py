"""The sides of disputes as a page shows them: who speaks, in whose words, and around them.

A side without an actor is not always the outlet: the registry may not know the speaker. So
the words that name who takes the stance are looked up too.
"""

from typing import Any

from onrecord.queries.articles import spans_of
from onrecord.queries.room_contexts import with_contexts
from onrecord.queries.tables import Table
from onrecord.store import Store

_SIDES = ("first", "second")


def with_sides(store: Store, table: Table) -> Table:
    """Disputes with the words before and after those of each side, and who is named for it.

    Returns:
        The same with ``first_named`` and ``second_named``: the name of the actor, else the
        words of the article for it; null for the outlet itself.
    """
    whole = with_contexts(store, table, [f"{side}_" for side in _SIDES])
    names = [f"{side}_named" for side in _SIDES]
    rows = tuple(
        (*values, *(_named(store, row, side) for side in _SIDES))
        for values, row in zip(whole.rows, whole.to_dicts(), strict=True)
    )
    return Table((*whole.columns, *names), rows)


def _named(store: Store, row: dict[str, Any], side: str) -> str | None:
    if row[f"{side}_speaker"] is not None:
        return str(row[f"{side}_speaker"])
    found = store.connection.execute(
        f"SELECT t.speaker_spans, d.text FROM disputes p"  # noqa: S608 - own words
        f" JOIN stances t ON t.document = p.{side}_document AND t.id = p.{side}_stance"
        f" JOIN documents d ON d.number = t.document WHERE p.id = ?",
        (row["id"],),
    ).fetchone()
    spans = [] if found is None else spans_of(found[0])
    return " … ".join(found[1][start:end] for start, end in spans) or None
