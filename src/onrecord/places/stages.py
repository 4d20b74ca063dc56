"""The stage that places the place names of a document: mentions in, places out."""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from onrecord.places.gazetteers import Gazetteer
from onrecord.places.lists import with_countries_of_lists
from onrecord.places.models import Model
from onrecord.places.names import normal_name
from onrecord.places.resolver import Answer, resolve
from onrecord.records import (
    Entity,
    Kind,
    Mention,
    MentionForm,
    Place,
    Reading,
    Span,
    content_id,
)

# Words for what stands in a town and is named after it: "Kherson airport".
_FACILITY = re.compile(
    r"(?P<town>.+?)(?:['’]s)?\s+(?:(?:[Ii]nternational|[Cc]entral|[Cc]ity|[Gg]eneral|[Nn]uclear|"
    r"[Tt]hermal|[Mm]ain|[Mm]ilitary|[Nn]aval|[Aa]ir|[Rr]ailway|[Pp]ower|[Bb]us|[Tt]rain)\s+)*"
    r"(?:[Aa]irports?|[Aa]irfield|[Bb]ase|[Ss]tation|[Pp]lant|[Pp]ort|[Hh]arbou?r|[Hh]ospital|"
    r"[Ss]tadium|[Pp]rison|[Jj]ail|[Bb]arracks|[Tt]heatre|[Tt]heater|[Rr]efinery)"
)

# The name within a description: "the port city of Kherson".
_NAME_INSIDE = re.compile(r"(?<![\w-])(?P<town>[^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z][\w'’-]+)*)$")
# Where a clause begins that tells more of a place: "Senn, which they took in May".
_CLAUSE = re.compile(r",|\s(?:which|who|whose|where|that|when)\b")
_LONGEST = 200


class PlaceFinder:
    """Gives each place name its place, and each place its entity."""

    reads: ClassVar[frozenset[str]] = frozenset({"mentions", "entities"})
    writes: ClassVar[frozenset[str]] = frozenset({"places", "entities"})

    def __init__(self, gazetteer: Gazetteer, *, model: Model | None = None) -> None:
        self.gazetteer = gazetteer
        self.model = model

    def __call__(self, readings: Sequence[Reading]) -> list[Reading]:
        """New readings with places, in the same order."""
        return [self._read(reading) for reading in readings]

    def _read(self, reading: Reading) -> Reading:
        document, mentions = reading.document, reading.mentions or ()
        named = list(_named(document.text, mentions))
        spans = [(span.start, span.end) for _, span in named]
        answers = resolve(
            document.text,
            spans,
            gazetteer=self.gazetteer,
            model=self.model,
            outlet=document.outlet,
            url=document.url,
        )
        answers = with_countries_of_lists(document.text, spans, answers)
        places = {
            mention.id: _place(reading, mention, answer)
            for (mention, _), answer in zip(named, answers, strict=True)
            if answer.is_found or (mention.kind, mention.form) == (Kind.PLACE, MentionForm.NAME)
        }
        entities = tuple(_with_place(entity, places) for entity in reading.entities or ())
        _add_unnamed(places, mentions, entities)
        rows = tuple(places[mention.id] for mention in mentions if mention.id in places)
        return reading.replace(places=rows, entities=entities)


def _named(text: str, mentions: Iterable[Mention]) -> Iterator[tuple[Mention, Span]]:
    """Mentions that a place stands behind, with the words that name it."""
    given = [m for m in mentions if m.form != MentionForm.PRONOUN]
    places = [m for m in given if m.kind == Kind.PLACE]
    known = {normal_name(m.span.text_in(text)) for m in places if m.form == MentionForm.NAME}
    for mention in given:
        words = mention.span.text_in(text)
        found = None
        if mention.kind == Kind.FACILITY:
            found = _FACILITY.fullmatch(words[:_LONGEST])
            found = found if found and normal_name(found["town"]) in known else None
        elif mention.kind == Kind.PLACE and mention.form == MentionForm.NAME:
            yield mention, mention.span
        elif mention.kind == Kind.PLACE:
            found = _NAME_INSIDE.search(_CLAUSE.split(words[:_LONGEST], maxsplit=1)[0])
        if found:
            start = mention.span.start
            yield mention, Span(start + found.start("town"), start + found.end("town"))


def _add_unnamed(
    places: dict[str, Place], mentions: Iterable[Mention], entities: Iterable[Entity]
) -> None:
    """Pronouns and descriptions of a place have the place of the entity that they mean."""
    by_id = {place.id: place for place in places.values()}
    of_entity = {entity.id: by_id[entity.place] for entity in entities if entity.place in by_id}
    for mention in mentions:
        place = of_entity.get(mention.entity)
        if mention.id in places or place is None or mention.kind != Kind.PLACE:
            continue
        own = content_id("place", mention.document, mention.id)
        places[mention.id] = dataclasses.replace(place, id=own, mention=mention.id)


def _place(reading: Reading, mention: Mention, answer: Answer) -> Place:
    document = reading.document
    return Place(
        id=content_id("place", document.id, mention.id),
        document=document.id,
        mention=mention.id,
        name=answer.name if answer.name is not None else mention.span.text_in(document.text),
        country=answer.country,
        admin1=answer.admin1,
        geonames_id=answer.geonames_id,
        lat=answer.lat,
        lon=answer.lon,
        precision=answer.precision,
        probability=answer.probability,
        candidates=answer.n_candidates,
        run=reading.run.id,
    )


def _with_place(entity: Entity, by_mention: Mapping[str, Place]) -> Entity:
    """An entity with the surest place that one of its mentions has."""
    if entity.kind not in {Kind.PLACE, Kind.FACILITY}:
        return entity
    own = [by_mention[mention] for mention in entity.mentions if mention in by_mention]
    if not own:
        return entity
    best = max(own, key=lambda place: (place.precision is not None, place.probability))
    return dataclasses.replace(entity, place=best.id, country=best.country or entity.country)
