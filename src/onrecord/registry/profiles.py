"""What is known of an actor from all of its documents, and how one document changes it.

Everything is a count of documents, so that a document can be taken out as it came in. Pure,
but for `load` and `save`.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from onrecord.records import Kind

# Names of an actor that are kept; the rest of a much named one are slips of reading.
_MOST_NAMES = 60
_LOAD = """
SELECT k.number, k.id, k.kind, k.first_seen, k.n_documents, p.profile
FROM known_actors AS k JOIN actor_profiles AS p ON p.actor = k.number
WHERE k.number IN (SELECT value FROM json_each(?))
"""


@dataclass(slots=True, kw_only=True)
class Profile:
    """An actor, with counts of the documents behind all that is known of it.

    Attributes:
        number: Its running number.
        id: Its id.
        kind: What it is.
        first_seen: The earliest publication that names it.
        n_documents: Documents that name it.
        names: By normal name, how often it is written in which way.
        codes: Codes.
        countries: Countries.
        keys: What it is looked up by beside its names.
        titles: How its key is called.
        like: A document that names it and where, as [document, start, end].
    """

    number: int
    id: str
    kind: Kind
    first_seen: str | None = None
    n_documents: int = 0
    names: dict[str, Counter[str]] = field(default_factory=dict)
    codes: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    keys: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    like: list[int] | None = None

    @property
    def code(self) -> str | None:
        """Its code, if all documents that tell one agree."""
        return next(iter(self.codes)) if len(self.codes) == 1 else None

    @property
    def country(self) -> str | None:
        """Its country, as nearly all documents that tell one have it."""
        if not self.countries:
            return None
        country, n = self.countries.most_common(1)[0]
        return country if 4 * n >= 3 * self.countries.total() else None

    @property
    def sectors(self) -> frozenset[str]:
        """The sectors of its codes."""
        return frozenset(code.split(".")[1] for code in self.codes if "." in code)

    @property
    def name(self) -> str:
        """How its key is called; else the fullest name of those that are not rare."""
        if self.titles:
            return _most(self.titles)
        most = max((forms.total() for forms in self.names.values()), default=0)
        ranked = sorted(
            self.names.items(),
            key=lambda item: (
                4 * item[1].total() < most,
                -min(len(item[0].split()), 4),
                -item[1].total(),
                item[0],
            ),
        )
        return _most(ranked[0][1]) if ranked else self.id

    def shown(self, normal: str) -> str:
        """How a name of it stands most often."""
        return _most(self.names[normal])

    def change(self, told: Mapping[str, Any], sign: int) -> None:
        """Add what a document tells of it (`merged`), or with -1 take it out."""
        self.n_documents += sign
        for normal, shown in told["names"].items():
            if normal in self.names or len(self.names) < _MOST_NAMES or sign < 0:
                _count(self.names.setdefault(normal, Counter()), shown, sign)
                if not self.names[normal]:
                    del self.names[normal]
        for counts, values in (
            (self.codes, told["codes"]),
            (self.countries, told["countries"]),
            (self.keys, told["keys"]),
            (self.titles, told["titles"]),
        ):
            for value in values:
                _count(counts, value, sign)


def _count(counts: Counter[str], value: str, sign: int) -> None:
    counts[value] += sign
    if counts[value] <= 0:
        del counts[value]


def _most(counts: Mapping[str, int]) -> str:
    """The most frequent; of equal ones the one that is not all capitals, then by alphabet."""
    return min(counts, key=lambda shown: (-counts[shown], shown.isupper(), shown))


def merged(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What one document tells of an actor in all of its entities, each thing once."""
    names: dict[str, str] = {}
    sets: dict[str, set[str]] = {"codes": set(), "countries": set(), "keys": set(), "titles": set()}
    for row in rows:
        for normal, shown in row["names"].items():
            names.setdefault(normal, shown)
        sets["keys"] |= set(row["keys"])
        for single, many in (("code", "codes"), ("country", "countries"), ("title", "titles")):
            if row[single]:
                sets[many].add(row[single])
    return {"names": names, **{name: sorted(values) for name, values in sets.items()}}


def load(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Profile]:
    """Actors by their numbers."""
    rows = connection.execute(_LOAD, (json.dumps(sorted(set(numbers))),))
    return {row[0]: _profile(*row) for row in rows}


def _profile(
    number: int, own_id: str, kind: str, first_seen: str | None, n: int, content: str
) -> Profile:
    told = json.loads(content)
    return Profile(
        number=number,
        id=own_id,
        kind=Kind(kind),
        first_seen=first_seen,
        n_documents=n,
        names={normal: Counter(forms) for normal, forms in told["names"].items()},
        codes=Counter(told["codes"]),
        countries=Counter(told["countries"]),
        keys=Counter(told["keys"]),
        titles=Counter(told["titles"]),
        like=told["like"],
    )


def next_number(connection: sqlite3.Connection) -> int:
    """The running number of the next new actor; numbers of those that are gone stay unused."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'known_actors'")
    found = row.fetchone()
    return 1 if found is None else int(found[0]) + 1


def create(connection: sqlite3.Connection, own_id: str, kind: Kind, name: str) -> Profile:
    """A new actor, of which nothing is known yet."""
    number = next_number(connection)
    connection.execute(
        "INSERT INTO known_actors (number, id, name, kind, n_documents) VALUES (?, ?, ?, ?, 0)",
        (number, own_id, name, kind.value),
    )
    return Profile(number=number, id=own_id, kind=kind)


class Writing:
    """Changed actors, written all at once: that costs half of writing each."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._clear()

    def _clear(self) -> None:
        self._actors: list[tuple[Any, ...]] = []
        self._profiles: list[tuple[int, str]] = []
        self._names: list[tuple[Any, ...]] = []
        self._keys: list[tuple[Any, ...]] = []
        self._lost_names: list[tuple[int, str]] = []
        self._lost_keys: list[tuple[str, int]] = []
        self._gone: list[tuple[int]] = []

    def put(self, own: Profile, *, names: Iterable[str], keys: Iterable[str]) -> None:
        """Write an actor with those of its names and keys that have changed."""
        if not own.n_documents:
            self._gone.append((own.number,))
            return
        self._actors.append(
            (
                *(own.number, own.id, own.name, own.kind.value, own.code, own.country),
                *(own.first_seen, own.n_documents),
            )
        )
        self._profiles.append((own.number, _encode({name: getattr(own, name) for name in _KEPT})))
        for normal in names:
            if normal in own.names:
                n = own.names[normal].total()
                self._names.append((own.number, normal, own.shown(normal), n))
            else:
                self._lost_names.append((own.number, normal))
        for key in keys:
            if key in own.keys:
                self._keys.append((key, own.number, own.keys[key]))
            else:
                self._lost_keys.append((key, own.number))

    def flush(self) -> None:
        """Write what was put; actors that no document names any more go."""
        for query, rows in (
            (_PUT_ACTOR, self._actors),
            (_PUT_PROFILE, self._profiles),
            (_PUT_NAME, self._names),
            (_PUT_KEY, self._keys),
            ("DELETE FROM actor_names WHERE actor = ? AND normal = ?", self._lost_names),
            ("DELETE FROM actor_keys WHERE key = ? AND actor = ?", self._lost_keys),
            ("DELETE FROM actor_names WHERE actor = ?", self._gone),
            ("DELETE FROM actor_keys WHERE actor = ?", self._gone),
            ("DELETE FROM actor_profiles WHERE actor = ?", self._gone),
            ("DELETE FROM known_actors WHERE number = ?", self._gone),
        ):
            if rows:
                self._connection.executemany(query, rows)
        self._clear()


_KEPT = ("names", "codes", "countries", "keys", "titles", "like")
_PUT_ACTOR = """
INSERT INTO known_actors (number, id, name, kind, code, country, first_seen, n_documents)
VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET name = excluded.name,
code = excluded.code, country = excluded.country, first_seen = excluded.first_seen,
n_documents = excluded.n_documents
"""
_PUT_PROFILE = """
INSERT INTO actor_profiles VALUES (?, ?)
ON CONFLICT (actor) DO UPDATE SET profile = excluded.profile
"""
_PUT_NAME = """
INSERT INTO actor_names VALUES (?, ?, ?, ?) ON CONFLICT (actor, normal)
DO UPDATE SET name = excluded.name, n_documents = excluded.n_documents
"""
_PUT_KEY = """
INSERT INTO actor_keys VALUES (?, ?, ?) ON CONFLICT (key, actor)
DO UPDATE SET n_documents = excluded.n_documents
"""
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode(value: Mapping[str, Any]) -> str:
    """JSON without spaces."""
    return _encode(value)
