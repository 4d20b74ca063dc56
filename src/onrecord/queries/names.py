"""Who is meant by a name: actors of the registry, by any of their names or by their code."""

import re

from onrecord.errors import InputError
from onrecord.registry.names import plain
from onrecord.store import Store

_CODE = re.compile(r"[A-Z]{3}(\.[A-Z]{3}){0,2}")
_MOST, _MOST_TOLD = 50, 3


def actors_named(store: Store, name: str) -> list[int]:
    """Numbers of the actors with a name, the most often named first.

    A whole name goes before a beginning of one; ``UKR.MIL``, or ``ukr.mil``, is all with that
    code.

    Raises:
        InputError: Nobody in the store has such a name, or it is none.
    """
    code = name.upper() if "." in name else name
    if _CODE.fullmatch(code):
        found = _select(store, "WHERE code = ?", code)
        if found:
            return found
    normal = plain(name)
    if not any(map(str.isalnum, normal)):
        raise InputError(source="name", problem=f"{name!r} holds no name to look for")
    exact = "JOIN actor_names ON actor = number WHERE normal = ?"
    begins = "JOIN actor_names ON actor = number WHERE normal >= ? AND normal < ?"
    found = _select(store, exact, normal) or _select(store, begins, normal, f"{normal}\U0010ffff")
    if not found:
        told = ", ".join(_names_with(store, normal))
        problem = f"nobody in {store.path.name} is called {name!r}"
        problem += f"; names that hold it: {told}" if told else ""
        raise InputError(source="name", problem=problem)
    return found


def _names_with(store: Store, normal: str) -> list[str]:
    """Some names that hold words, such as a surname, the most often used first."""
    rows = store.connection.execute(
        "SELECT name FROM actor_names WHERE instr(' ' || replace(normal, '-', ' ') || ' ', ?)"
        " GROUP BY actor ORDER BY max(n_documents) DESC, actor LIMIT ?",
        (f" {normal.replace('-', ' ')} ", _MOST_TOLD),
    )
    return [str(row[0]) for row in rows]


def _select(store: Store, condition: str, *given: str) -> list[int]:
    rows = store.connection.execute(
        f"SELECT DISTINCT number FROM known_actors {condition}"  # noqa: S608 - from above
        " ORDER BY known_actors.n_documents DESC, number LIMIT ?",
        (*given, _MOST),
    )
    return [int(row[0]) for row in rows]
