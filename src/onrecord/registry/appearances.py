"""An entity of one document, as the registry sees it: its names, its code, what identifies it.

Who is not named, and no body that its code determines, is nobody here: "US officials", "the
mayor". Pure: no store.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.actors.knowledge import Entry, Sort, built_in
from onrecord.actors.names import fold, name_key, split_words
from onrecord.actors.tables import DATED, read_rows
from onrecord.records import Entity, Kind, Mention, MentionForm, Place, Precision, Reading, Span
from onrecord.registry.names import (
    Name,
    agree,
    akin,
    body_name,
    make_name,
    person_name,
    proper_name,
)
from onrecord.registry.tables import bodies, offices, words_in

KINDS = frozenset({Kind.PERSON, Kind.ORGANIZATION, Kind.PLACE, Kind.NATIONALITY, Kind.FACILITY})
# A pin is taken for the place itself when it is this probable.
_LEAST_PLACE = 0.5
_STATES = frozenset({Sort.COUNTRY, Sort.PEOPLE, Sort.CAPITAL, Sort.SEAT, Sort.ADJECTIVE})
_NO_COUNTRY = frozenset({"IGO", "NGO", "MNC", "UNK"})
_MOST_MENTIONS = 12
_CACHED = 1 << 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """What one document tells of an entity.

    Attributes:
        entity: Its id.
        kind: What it is.
        code: Its code, as the document has it.
        country: Its country.
        names: Its names, the fullest first.
        key: What identifies it beside its names: a state, a place, a body of a state.
        keys: All that it is looked up by beside its names, its key among them.
        title: How its key is called; empty without one.
        roles: Offices that only one person holds at a time, with their country.
        span: Words that name it.
    """

    entity: str
    kind: Kind
    code: str | None
    country: str | None
    names: tuple[Name, ...]
    key: str | None
    keys: frozenset[str]
    title: str
    roles: frozenset[str]
    span: Span

    @property
    def sector(self) -> str | None:
        """The sector of its code."""
        parts = (self.code or "").split(".")
        return parts[1] if len(parts) > 1 else None

    @property
    def is_full(self) -> bool:
        """Whether it has a name of more than one word."""
        return any(len(name.words) > 1 for name in self.names)


def appearances_of(reading: Reading) -> list[Appearance]:
    """All of a document, in the order of its entities; those that are nobody are left out."""
    mentions = {mention.id: mention for mention in reading.mentions or ()}
    places = {place.id: place for place in reading.places or ()}
    text = reading.document.text
    found = (
        _appearance(entity, mentions, places, text)
        for entity in reading.entities or ()
        if entity.kind in KINDS
    )
    return [own for own in found if own is not None]


def _appearance(
    entity: Entity, mentions: Mapping[str, Mention], places: Mapping[str, Place], text: str
) -> Appearance | None:
    own = [mentions[name] for name in entity.mentions if name in mentions]
    told = [mention for mention in own if mention.form is not MentionForm.PRONOUN]
    told = told[:_MOST_MENTIONS]
    if not told:
        return None
    words = [mention.span.text_in(text) for mention in told]
    code = None if entity.actor == "UNK" else entity.actor
    country = _country(entity, code)
    names = list(_names(entity, told, words))
    place = places.get(entity.place or "")
    key, title = _key(entity, code, country, names, words, place)
    if entity.kind is Kind.NATIONALITY and key is None:
        return None
    if key is not None and key.startswith("state:"):
        names = [name for name in names if _is_of(name, country)]
    if key is not None and key.startswith("body:") and country is not None:
        names = [name for name in names if _is_same_body(name, key, country)]
    if not names and key is not None:
        names = [make_name(name_key(title), title)]
    if not names:
        return None
    roles = _roles(words, code, country) if entity.kind is Kind.PERSON else frozenset()
    return Appearance(
        entity=entity.id,
        kind=entity.kind,
        code=code,
        country=country,
        names=tuple(sorted(names, key=lambda name: -len(name.words))),
        key=key,
        keys=frozenset(_keys(entity.kind, names, key, roles)),
        title=title,
        roles=roles,
        span=_span(told, words, names),
    )


def _country(entity: Entity, code: str | None) -> str | None:
    if entity.country:
        return entity.country
    first = (code or "")[:3]
    return first if first and first not in _NO_COUNTRY else None


def _names(entity: Entity, told: Sequence[Mention], words: Sequence[str]) -> Iterator[Name]:
    """Names of the mentions that are names, else of the entity; each once."""
    make = person_name if entity.kind is Kind.PERSON else proper_name
    alone = [w for mention, w in zip(told, words, strict=True) if mention.form is MentionForm.NAME]
    found: dict[str, Name] = {}
    times: dict[str, int] = {}
    for given in alone or [entity.name]:
        name = make(given)
        if name is None or len(name.normal) < 2:
            continue
        if entity.kind is Kind.PLACE and "and" in name.words:
            continue  # two places, read as one
        times[name.normal] = times.get(name.normal, 0) + 1
        if name.normal not in found or not name.shown.isupper():
            found[name.normal] = name
    if len(found) > 1:
        # A reading may have taken two for one: names go with the one that stands most often.
        main = max(found.values(), key=lambda name: (len(name.words) > 1, times[name.normal]))
        yield from (name for name in found.values() if _can_be(entity.kind, main, name))
    else:
        yield from found.values()


def _can_be(kind: Kind, main: Name, other: Name) -> bool:
    """Whether one that is called by a name can have the other name too."""
    if kind is Kind.PERSON:
        return agree(main.words, other.words)
    return akin(main, other) or bool(_rows(main) & _rows(other))


def _rows(name: Name) -> set[str]:
    """Rows of the tables of actors that have a name: of bodies, states and capitals."""
    found = built_in().named(name.normal)
    return {
        entry.why if entry.sort is Sort.BODY else f"state {entry.country}"
        for entry in found
        if entry.sort is Sort.BODY or entry.sort in _STATES
    }


def _key(
    entity: Entity,
    code: str | None,
    country: str | None,
    names: Sequence[Name],
    words: Sequence[str],
    place: Place | None,
) -> tuple[str | None, str]:
    """What identifies an entity beside its names, and how that is called."""
    if entity.kind is Kind.PERSON:
        return _known(names, code, country, Sort.PERSON)
    if entity.kind in {Kind.PLACE, Kind.NATIONALITY}:
        return _state(entity, code, names, place) or _place(names, place)
    if country is not None:
        for given in words:
            body = body_name(given, country)
            if body is not None:
                return f"body:{body}:{country}", f"{body} of {_state_name(country)}"
    if entity.kind is Kind.FACILITY:
        return None, ""
    return _known(names, code, country, Sort.BODY)


def _state(
    entity: Entity, code: str | None, names: Sequence[Name], place: Place | None
) -> tuple[str, str] | None:
    """A state, by its name, its people or its capital that acts, or as a place on the map."""
    is_country = place is not None and place.precision is Precision.COUNTRY
    if code is not None and "." not in code and len(code) == 3 and code not in _NO_COUNTRY:
        state = code
    elif code is None and is_country and entity.kind is Kind.PLACE and place and place.country:
        state = place.country
    else:
        return None
    if entity.kind is not Kind.NATIONALITY and not any(_is_of(name, state) for name in names):
        return None
    return f"state:{state}", _state_name(state)


def _place(names: Sequence[Name], place: Place | None) -> tuple[str | None, str]:
    if place is None or place.geonames_id is None or not names:
        return None, ""
    if place.probability < _LEAST_PLACE or place.precision is Precision.COUNTRY:
        return None, ""
    return f"place:{place.geonames_id}", place.name


def _known(
    names: Sequence[Name], code: str | None, country: str | None, sort: Sort
) -> tuple[str | None, str]:
    """What the tables of actors call it, if code or country agree."""
    for name in names:
        for entry in built_in().named(name.normal):
            title = _title_of(entry)
            if entry.sort is sort and title and _fits(entry, name, code, country):
                return f"{sort.value}:{fold(title)}:{entry.country or ''}", title
    return None, ""


def _title_of(entry: Entry) -> str:
    """The name of the row that an entry comes from; empty if the table has no aliases."""
    table, _, name = entry.why.partition(": ")
    if table == "offices":
        return name.rpartition(", ")[0]
    return name if table in DATED else ""


def _fits(entry: Entry, name: Name, code: str | None, country: str | None) -> bool:
    if country is not None or entry.country is not None:
        is_same = country == entry.country
        return is_same or (code is None and country is None and len(name.words) > 1)
    return code in entry.codes or (code is None and len(name.words) > 1)


def _is_of(name: Name, country: str | None) -> bool:
    found = built_in().named(name.normal)
    return any(entry.sort in _STATES and entry.country == country for entry in found)


def _is_same_body(name: Name, key: str, country: str) -> bool:
    """Whether a name is of the body that a key names, or of a row of the tables."""
    body = key.split(":")[1]
    return body not in bodies().values() or body_name(name.shown, country) == body


def _state_name(code: str) -> str:
    return _state_names().get(code, code)


@functools.cache
def _state_names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in read_rows("countries")}


def _roles(words: Iterable[str], code: str | None, country: str | None) -> frozenset[str]:
    """Offices in mentions, each with whose it is: "president:ARL"."""
    whose = country or code
    if whose is None:
        return frozenset()
    found = set()
    for given in words:
        office = _office(given)
        if office:
            found.add(f"{office}:{whose}")
    return frozenset(found)


@functools.lru_cache(maxsize=_CACHED)
def _office(words: str) -> str | None:
    """The office of the first role in a mention."""
    if words_in("offices").isdisjoint(words.lower().replace(",", " ").split()):
        return None
    own = split_words(words)
    for at in range(min(len(own), 8)):
        if own[at].key == "former":
            return None
        n, entries = built_in().longest(own, at)
        if any(entry.sort is Sort.ROLE for entry in entries):
            return offices().get(" ".join(word.key for word in own[at : at + n]))
    return None


def _span(told: Sequence[Mention], words: Sequence[str], names: Sequence[Name]) -> Span:
    """The first mention that has the fullest name in it."""
    longest = max(names, key=lambda name: len(name.words))
    shown = longest.shown.lower()
    with_it = (m for m, w in zip(told, words, strict=True) if shown in w.lower())
    return next(with_it, told[0]).span


def told_of(own: Appearance) -> dict[str, Any]:
    """What a row of `actor_entities` keeps of an appearance, so that it can be taken back."""
    return {
        "names": {name.normal: name.shown for name in own.names},
        "code": own.code,
        "country": own.country,
        "keys": sorted(own.keys),
        "kind": own.kind.value,
        "title": own.title,
        "span": {"start": own.span.start, "end": own.span.end},
    }


def short_name(name: Name) -> str:
    """First and last word of a person's name."""
    return f"{name.words[0]} {name.words[-1]}"


def _keys(
    kind: Kind, names: Sequence[Name], key: str | None, roles: frozenset[str]
) -> Iterator[str]:
    """What an entity is looked up by: of persons also first and last name, and offices."""
    if key is not None:
        yield key
    if kind is Kind.PERSON:
        for name in names:
            if len(name.words) > 2:
                yield f"short:{short_name(name)}"
            for role in roles:
                yield f"office:{role}:{name.words[-1]}"
