"""Actors by a name, or the beginning of one, without regard to case and accents."""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.registry.names import person_name, plain
from onrecord.store import Store

_FIND = """
SELECT k.number, k.id, k.name, k.kind, k.code, k.country, k.first_seen, k.n_documents,
       min(n.normal <> ?1) AS is_longer
FROM actor_names AS n JOIN known_actors AS k ON k.number = n.actor
WHERE n.normal >= ?1 AND n.normal < ?1 || char(1114111)
GROUP BY k.number ORDER BY is_longer, k.n_documents DESC, k.number LIMIT ?2
"""
_NAMES = "SELECT name FROM actor_names WHERE actor = ? ORDER BY n_documents DESC, normal LIMIT ?"
_ENTITIES = """
SELECT e.document, e.entity, d.id, d.title, d.published, e.probability
FROM actor_entities AS e JOIN documents AS d ON d.number = e.document
WHERE e.actor = ? ORDER BY d.published, e.document, e.entity LIMIT ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEntity:
    """An entity of an actor: id, document, and how sure it is."""

    entity: str
    document: str
    title: str | None
    published: str | None
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An actor that a name can mean.

    Attributes:
        number: Its running number.
        id: Its id.
        name: Its best name.
        kind: What it is.
        code: Country and sector, if all documents agree.
        country: Its country.
        first_seen: The earliest publication that names it.
        n_documents: Documents that name it.
        names: Its names, those of most documents first.
        entities: Its first entities.
    """

    number: int
    id: str
    name: str
    kind: str
    code: str | None
    country: str | None
    first_seen: str | None
    n_documents: int
    names: tuple[str, ...]
    entities: tuple[FoundEntity, ...]


def find_actors(
    store: Store, name: str, *, limit: int = 20, n_names: int = 12, n_entities: int = 0
) -> list[Found]:
    """Actors that a name can mean: whole names first, then those that begin so.

    Args:
        store: The store.
        name: A name or the beginning of one; case, accents, articles and titles do not count.
        limit: Most actors.
        n_names: Most names of each.
        n_entities: Most entities of each.
    """
    rows: list[tuple[object, ...]] = []
    for normal in _forms(name):
        rows = rows or store.connection.execute(_FIND, (normal, limit)).fetchall()
    return [_found(store, row, n_names, n_entities) for row in rows]


def _forms(name: str) -> list[str]:
    """The name as it is, then without titles."""
    person = person_name(name)
    forms = [plain(name), *([person.normal] if person else [])]
    return [form for form in dict.fromkeys(forms) if form]


def _found(store: Store, row: Sequence[object], n_names: int, n_entities: int) -> Found:
    number, own_id, name, kind, code, country, first_seen, n_documents, _ = row
    names = store.connection.execute(_NAMES, (number, n_names)).fetchall()
    entities = store.connection.execute(_ENTITIES, (number, n_entities)).fetchall()
    return Found(
        number=int(str(number)),
        id=str(own_id),
        name=str(name),
        kind=str(kind),
        code=None if code is None else str(code),
        country=None if country is None else str(country),
        first_seen=None if first_seen is None else str(first_seen),
        n_documents=int(str(n_documents)),
        names=tuple(own[0] for own in names),
        entities=tuple(
            FoundEntity(
                entity=own[1], document=own[2], title=own[3], published=own[4], probability=own[5]
            )
            for own in entities
        ),
    )
