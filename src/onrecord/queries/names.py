"""Who is meant by a name: actors of the registry, by any of their names or by their code."""

import re

from onrecord.errors import InputError
from onrecord.registry.names import plain
from onrecord.store import Store

_CODE = re.compile(r"[A-Z]{3}(\.[A-Z]{3}){0,2}")
_MOST = 50


def actors_named(store: Store, name: str) -> list[int]:
    """Numbers of the actors with a name, the most often named first.

    A whole name goes before a beginning of one; ``UKR.MIL`` is all with that code.

    Raises:
        InputError: Nobody in the store has such a name.
    """
    if _CODE.fullmatch(name):
        found = _select(store, "WHERE code = ?", name)
        if found:
            return found
    normal = plain(name)
    exact = "JOIN actor_names ON actor = number WHERE normal = ?"
    begins = "JOIN actor_names ON actor = number WHERE normal >= ? AND normal < ?"
    found = _select(store, exact, normal) or _select(store, begins, normal, f"{normal}\U0010ffff")
    if not found:
        raise InputError(source="name", problem=f"nobody in {store.path.name} is called {name!r}")
    return found


def _select(store: Store, condition: str, *given: str) -> list[int]:
    rows = store.connection.execute(
        f"SELECT DISTINCT number FROM known_actors {condition}"  # noqa: S608 - from above
        " ORDER BY known_actors.n_documents DESC, number LIMIT ?",
        (*given, _MOST),
    )
    return [int(row[0]) for row in rows]
