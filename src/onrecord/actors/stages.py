"""The stage that tells who entities are: actor codes and countries."""

import bisect
import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import ClassVar

from onrecord.actors import contexts
from onrecord.actors.coding import Told, is_pronoun, tell
from onrecord.actors.given import NamedEntries
from onrecord.actors.knowledge import Knowledge, Sort, built_in
from onrecord.actors.names import name_key
from onrecord.records import Document, Entity, Kind, Mention, MentionForm, Reading

# Names of one entity that are looked at, and mentions around which words are looked at.
_MAX_NAMES = 8
_MAX_CONTEXTS = 3
_MAX_ACTING = 20
# A place so near before a mention, in the same line, tells where it is.
_NEAR_CHARS = 60
_NEAR_AFTER_CHARS = 40
# A text is about a country if it is that of so many of all mentions with a country, and of
# more than twice as many as any other: between two sides nobody is put on one of them.
_DOMINANT_SHARE = 0.4
_POSSESSIVES = frozenset(("its", "their", "his", "her", "our", "my"))
_PLACES = frozenset({Kind.PLACE, Kind.FACILITY, Kind.NATIONALITY})
_DESCRIBED = frozenset({Kind.PERSON, Kind.ORGANIZATION})


class ActorCoder:
    """Writes `actor` and `country` of entities."""

    reads: ClassVar[frozenset[str]] = frozenset({"mentions", "entities", "statements"})
    writes: ClassVar[frozenset[str]] = frozenset({"entities"})

    def __init__(self, given: NamedEntries = ()) -> None:
        """Prepare.

        Args:
            given: What `load_actors` read; it goes before what the package knows.
        """
        self._given = given
        self._merged: Knowledge | None = None

    @property
    def knowledge(self) -> Knowledge:
        """The entries of the package and those that were given."""
        if self._merged is None:
            self._merged = built_in().with_entries(self._given) if self._given else built_in()
        return self._merged

    def __call__(self, readings: Sequence[Reading]) -> list[Reading]:
        """New readings, in the same order; the ones given are left as they were."""
        return [self._read(reading) for reading in readings]

    def _read(self, reading: Reading) -> Reading:
        if not reading.entities:
            return reading
        text = _Text(reading, self.knowledge)
        return reading.replace(entities=tuple(text.coded(entity) for entity in reading.entities))


class _Text:
    """One reading, with what its mentions tell of each other."""

    def __init__(self, reading: Reading, knowledge: Knowledge) -> None:
        self.document: Document = reading.document
        self.text = reading.document.text
        self.date = reading.document.published
        self.knowledge = knowledge
        self.mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in sorted(reading.mentions or (), key=lambda m: (m.span.start, m.span.end)):
            self.mentions[mention.entity].append(mention)
        self.pronouns = {
            m.span.start: m.entity for m in reading.mentions or () if m.form is MentionForm.PRONOUN
        }
        self.speakers = {s.speaker for s in reading.statements or () if s.speaker}
        self.located = _located(reading)
        self.told = {entity.id: self._tell(entity) for entity in reading.entities or ()}
        self.first = {entity_id: told.actor() for entity_id, told in self.told.items()}
        self.places = sorted(self._places(reading.entities or ()))
        self.about = self._dominant()
        self.roles = self._countries_of_roles(reading.entities or ())

    def coded(self, entity: Entity) -> Entity:
        """The entity with its code and country."""
        told, actor = self.told[entity.id], self.first[entity.id]
        if told.wants_country:
            told.text_country = self._country_for(entity, told)
            actor = told.actor() if told.text_country is not None else actor
        country = actor.country if actor else None
        if country is None:
            country = entity.country or self.located.get(entity.id)
        code = actor.code if actor else None
        if (code, country) == (entity.actor, entity.country):
            return entity
        return dataclasses.replace(entity, actor=code, country=country)

    def _tell(self, entity: Entity) -> Told:
        mentions = self.mentions[entity.id]
        names: dict[str, None] = {}
        for mention in mentions:
            name = mention.span.text_in(self.text)
            if mention.form is not MentionForm.PRONOUN and not is_pronoun(name):
                names.setdefault(name)
            if len(names) == _MAX_NAMES:
                break
        if not names and not is_pronoun(entity.name):
            names = {entity.name: None}
        return tell(
            list(names),
            kind=entity.kind,
            date=self.date,
            descriptions=list(self._descriptions(entity)),
            acts=self._acts(entity, names),
            knowledge=self.knowledge,
        )

    def _descriptions(self, entity: Entity) -> Iterator[str]:
        if entity.kind not in _DESCRIBED:
            return
        for mention in self.mentions[entity.id][:_MAX_CONTEXTS]:
            span = mention.span
            if not self.text[span.start].isupper():
                continue
            before = contexts.title_before(self.text, span.start, self.knowledge)
            after = contexts.apposition_after(self.text, span.end, self.knowledge)
            yield from (found for found in (before, after) if found)

    def _acts(self, entity: Entity, names: dict[str, None]) -> bool:
        if entity.id in self.speakers:
            return True
        if entity.kind not in _PLACES and entity.kind is not Kind.OTHER:
            return False
        mentions = self.mentions[entity.id][:_MAX_ACTING]
        if any(self._is_country(name) for name in names):
            return any(
                not contexts.is_placed(self.text, m.span.start)
                and not contexts.is_belonging(self.text, m.span.end)
                for m in mentions
            )
        return any(contexts.acts_here(self.text, m.span.start, m.span.end) for m in mentions)

    def _is_country(self, name: str) -> bool:
        entries = self.knowledge.named(name_key(name))
        return bool(entries) and entries[0].sort is Sort.COUNTRY

    def _country(self, entity_id: str) -> str | None:
        actor = self.first[entity_id]
        return (actor.country if actor else None) or self.located.get(entity_id)

    def _places(self, entities: Sequence[Entity]) -> Iterator[tuple[int, str]]:
        """Where places and nationalities are named, and their countries."""
        for entity in entities:
            country = self._country(entity.id)
            if country is not None and entity.kind in _PLACES:
                yield from ((m.span.start, country) for m in self.mentions[entity.id])

    def _dominant(self) -> str | None:
        """The country that most mentions with a country belong to."""
        counts: Counter[str] = Counter()
        for entity_id in self.first:
            country = self._country(entity_id)
            if country is not None:
                counts[country] += len(self.mentions[entity_id])
        if not counts:
            return None
        (country, n), *others = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        next_n = others[0][1] if others else 0
        is_clear = n > 1 and n >= _DOMINANT_SHARE * counts.total() and n > 2 * next_n
        return country if is_clear else None

    def _countries_of_roles(self, entities: Sequence[Entity]) -> dict[str, set[str]]:
        """Countries with which roles were named: "the Kenyan army" tells of "the army"."""
        found: dict[str, set[str]] = defaultdict(set)
        for entity in entities:
            role, actor = self.told[entity.id].role, self.first[entity.id]
            if role and actor and actor.code and actor.country:
                found[role].add(actor.country)
        return found

    def _country_for(self, entity: Entity, told: Told) -> str | None:
        """The country of somebody who is named without one.

        "Its army" is that of whoever "its" stands for, and of nobody else.
        """
        owner = self._owner(entity)
        if owner is not None:
            return owner or None
        same = self.roles.get(told.role or "", set())
        if len(same) == 1:
            return next(iter(same))
        mentions = self.mentions[entity.id]
        near = self._near(mentions[0].span.start) if mentions else None
        return near or self.about

    def _owner(self, entity: Entity) -> str | None:
        """Country of the possessor that opens a description; empty if it has none or is unknown.

        None if no possessive pronoun opens any.
        """
        own = (m for m in self.mentions[entity.id] if m.form is not MentionForm.PRONOUN)
        first = next(own, None)
        if first is None:
            return None
        word, *others = first.span.text_in(self.text).split(None, 1)
        if word.lower() not in _POSSESSIVES or not others:
            return None
        told = self.first.get(self.pronouns.get(first.span.start, ""))
        return (told.country if told is not None else None) or ""

    def _near(self, start: int) -> str | None:
        """Country of the place named last before a mention, else right behind, in its line."""
        at = bisect.bisect_left(self.places, (start, ""))
        for number, limit in ((at - 1, _NEAR_CHARS), (at, _NEAR_AFTER_CHARS)):
            if not 0 <= number < len(self.places):
                continue
            position, country = self.places[number]
            first, last = sorted((position, start))
            if last - first <= limit and "\n" not in self.text[first:last]:
                is_where = contexts.is_placed(self.text, position)
                if is_where or country == self.about:
                    return country
        return None


def _located(reading: Reading) -> dict[str, str]:
    """Countries of entities whose place the gazetteer knows."""
    countries = {place.id: place.country for place in reading.places or ()}
    by_mention = {place.mention: place.country for place in reading.places or ()}
    found: dict[str, str] = {}
    for entity in reading.entities or ():
        country = countries.get(entity.place or "")
        for mention in entity.mentions if country is None else ():
            country = country or by_mention.get(mention)
        if country is not None:
            found[entity.id] = country
    return found
