"""Which documents tell something of actors, found for many documents at a time.

Most documents only name somebody; to look at the rows of each would take long.
"""

import bisect
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from onrecord.queries.articles import spans_of
from onrecord.queries.matches import steps
from onrecord.store import Store

_FIRST_STEP, _STEP = 8, 64
# The entities of some documents that are one of some actors.
_NAMED = (
    "WITH named AS MATERIALIZED (SELECT document, entity FROM actor_entities"
    " WHERE document IN (SELECT value FROM json_each(?1))"
    " AND actor IN (SELECT value FROM json_each(?2))) "
)
_ENTITIES = "SELECT document, entity FROM named"
_ACTING = (
    "SELECT DISTINCT n.document FROM named n JOIN events r ON r.document = n.document"
    " WHERE instr(r.actors, n.entity) OR instr(r.recipients, n.entity)"
)
_HOLDING = (
    "SELECT r.document FROM named n JOIN control_claims r"
    " ON r.document = n.document AND r.holder = n.entity"
)
_SPEAKING = (
    "SELECT r.document FROM named n JOIN statements r"
    " ON r.document = n.document AND r.speaker = n.entity"
)
_PLACES = (
    "SELECT m.document, m.span FROM named n"
    " JOIN mentions m ON m.document = n.document AND m.entity = n.entity"
)
_STATEMENTS = (
    "SELECT document, speaker, content FROM statements"
    " WHERE document IN (SELECT value FROM json_each(?1))"
)


def telling(
    store: Store, numbers: Iterable[int], actors: Sequence[int]
) -> Iterator[tuple[int, set[str]]]:
    """Documents in which actors say or do something, or are spoken of, with their entities."""
    for step in steps(numbers, first=_FIRST_STEP, most=_STEP):
        given = (json.dumps(step), json.dumps(list(actors)))
        entities: dict[int, set[str]] = defaultdict(set)
        for number, entity in store.connection.execute(_NAMED + _ENTITIES, given):
            entities[number].add(entity)
        found = _speaking(store, given, entities)
        found |= {row[0] for row in store.connection.execute(_NAMED + _ACTING, given)}
        yield from ((number, entities[number]) for number in step if number in found)


def acting(
    store: Store, numbers: Sequence[int], actors: Sequence[int], *, or_speaking: bool = True
) -> set[int]:
    """Documents in which actors act, are acted on, or hold something; or speak, too."""
    given = (json.dumps(list(numbers)), json.dumps(list(actors)))
    parts = (_ACTING, _HOLDING, *([_SPEAKING] if or_speaking else []))
    rows = store.connection.execute(_NAMED + " UNION ".join(parts), given)
    return {row[0] for row in rows}


def _speaking(store: Store, given: tuple[str, str], entities: dict[int, set[str]]) -> set[int]:
    """Documents with a statement by one of the entities, or one that names it."""
    places: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, span in store.connection.execute(_NAMED + _PLACES, given):
        places[number] += spans_of(span)
    for some in places.values():
        some.sort()
    found: set[int] = set()
    for number, speaker, content in store.connection.execute(_STATEMENTS, given[:1]):
        if number not in found and (
            speaker in entities[number] or holds(spans_of(content), places[number])
        ):
            found.add(number)
    return found


def holds(content: Sequence[tuple[int, int]], places: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the places lies inside of the content; both are in order."""
    for start, end in content:
        number = bisect.bisect_left(places, (start, start))
        if number < len(places) and places[number][1] <= end:
            return True
    return False
