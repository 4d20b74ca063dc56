"""Whose text articles bring, for the page of a claim."""

from collections.abc import Iterable

from onrecord.store import Store

_MOST_AT_ONCE = 500


def agencies_of(store: Store, documents: Iterable[str]) -> dict[str, str]:
    """The agency that each of some documents credits, by the id of the document."""
    asked = list(dict.fromkeys(documents))[:_MOST_AT_ONCE]
    places = ", ".join("?" for _ in asked)
    rows = store.connection.execute(
        "SELECT d.id, p.agency FROM documents d JOIN provenances p ON p.document = d.number"  # noqa: S608
        f" WHERE d.id IN ({places}) AND p.agency IS NOT NULL",
        asked,
    )
    return dict(rows.fetchall())
