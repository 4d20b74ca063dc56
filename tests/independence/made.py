"""Articles of our own for the tests of copies, and a store that they are put into."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from onrecord import independence
from onrecord.records import Reading, make_document, make_run
from onrecord.store import Arrival, Store

RUN = make_run(software="1", model="m", model_digest="d", settings={})
AT = "2026-01-01T00:00:00Z"
DAM = (
    "The lower gate of the Tarn dam has been shut since Monday after inspectors found a crack "
    "along its western edge, the water board of Upper Wessel announced in the evening. Engineers "
    "will drain the basin over the coming week and look at the concrete from both sides before "
    "anybody decides how long repairs may take.\n\n"
    "Farmers downstream fear for the harvest, as their ditches depend on the river until the end "
    "of August. Some have begun to carry water in tanks from the neighbouring valley, which costs "
    "them about four crowns for every cubic metre, and a few talk of selling cattle early.\n\n"
    "Nobody was hurt when the alarm went off shortly before noon. Two hikers who had pitched a "
    "tent on the bank were brought to the village of Ardal by a patrol boat, where the innkeeper "
    "gave them dry clothes and soup, and the mayor promised a new warning sign.\n\n"
    "The dam was built ninety years ago and last strengthened after the flood that destroyed the "
    "old mill. Its owner had asked for money to renew the gates three times, most recently in "
    "spring, and had been told each time that other works came first in the budget."
)
FAIR = (
    "A record number of visitors came to the book fair in Orvane this weekend, its organisers "
    "said on Sunday night, although rain kept the outdoor stages empty for most of Saturday. More "
    "than three hundred small publishers had stands in the old tram depot, twice as many as in "
    "the year before.\n\n"
    "Readers stood in line for an hour to hear the poet who won the city's prize, and several "
    "sellers ran out of her first volume by lunchtime. Schools sent eighty classes, which were "
    "led through the halls by students in yellow coats.\n\n"
    "Next year the fair will move to the exhibition grounds by the harbour, where there is more "
    "room and a roof over everything. The rent is higher there, so that tickets will cost two "
    "crowns more, except for children and pensioners."
)
SPEECH = (
    "“We will open the archive to everybody, we will answer every letter within a month, and we "
    "will publish what we spend down to the last crown, because a museum that hides its books "
    "cannot ask the public for trust, and because we have learnt from what went wrong here during "
    "the past ten years,” the new director said."
)


def paragraphs(text: str, *numbers: int) -> str:
    """Some paragraphs of a text, in the order given."""
    parts = text.split("\n\n")
    return "\n\n".join(parts[number] for number in numbers)


def add(store: Store, documents: Iterable[dict[str, Any]]) -> list[Arrival]:
    """Put documents into a store; nothing is linked yet."""
    arrivals = []
    (last,) = store.connection.execute("SELECT coalesce(max(number), 0) FROM documents").fetchone()
    for number, values in enumerate(documents, last + 1):
        given = {"published": "2022-08-02", "outlet": f"Outlet {number}", **values}
        given.setdefault("url", f"https://outlet{number}.example/{number}")
        reading = Reading(run=RUN, document=make_document(**given))
        added = store.add(reading, at=AT)
        assert added.number is not None
        arrivals.append(Arrival(number=added.number, reading=reading))
    return arrivals


def linked(store: Store, *documents: dict[str, Any]) -> list[Arrival]:
    """Put documents into a store, and link them."""
    arrivals = add(store, documents)
    independence.link(store, arrivals)
    return arrivals


def provenance(store: Store, arrival: Arrival) -> dict[str, Any]:
    """The row of a document, with its reasons as values."""
    row = store.connection.execute(
        "SELECT * FROM provenances WHERE document = ?", (arrival.number,)
    ).fetchone()
    return {**dict(row), "why": json.loads(row["why"])}


def state_of(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All that is kept of copies."""
    return {
        table: sorted(map(tuple, store.connection.execute(f"SELECT * FROM {table}")))
        for table in ("provenances", "copy_prints", "copy_documents")
    }


class _UndoneError(Exception):
    pass


@contextmanager
def undone(store: Store) -> Iterator[None]:
    """All that is written inside is undone, so that a store serves many tests."""
    with suppress(_UndoneError), store.writing():
        yield
        raise _UndoneError
