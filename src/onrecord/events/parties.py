"""Entities of the words that head the actors and recipients of a happening."""

from collections.abc import Mapping, Sequence
from typing import Final

from onrecord.events.frames import Happening
from onrecord.events.texts import EventText
from onrecord.records import Entity, Kind

_MEANS: Final = ("in", "by", "during", "with")


def parties_of(
    text: EventText, own: Happening, of_word: Mapping[int, Happening]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of actors and recipients, each once, nobody in both.

    Args:
        text: All of the text.
        own: The happening.
        of_word: The happenings of its sentence by their words: who carries out "the attack
            that killed them" is the actor of the attack.
    """
    actors = _ids(text, own, own.actors)
    if not actors:
        other = _behind(own, of_word)
        if other is not None:
            actors = _ids(text, other, other.actors)
    recipients = [r for r in _ids(text, own, own.recipients, but=actors) if r not in actors]
    return tuple(actors), tuple(recipients)


def _behind(own: Happening, of_word: Mapping[int, Happening]) -> Happening | None:
    """The happening by which another came about: "a raid killed", "killed in a raid"."""
    if not own.trigger.is_verb:
        return None
    words = [*own.arguments.get("subj")]
    words += [w for slot in _MEANS for w in own.arguments.get(slot)]
    for word in words:
        other = of_word.get(word)
        if other is not None and other is not own and other.trigger.type == own.trigger.type:
            return other
    return None


def _ids(
    text: EventText, own: Happening, words: Sequence[int], but: Sequence[str] = ()
) -> list[str]:
    """Ids of the entities of some words; who is on the other side already is somebody else."""
    found: list[str] = []
    for word in words:
        entity = own.sentence.entity(word)
        if entity is not None and as_country(text, entity).id in but:
            entity = text.made.at(own.sentence.tree, word) or entity
        if entity is None:
            continue
        entity = as_country(text, entity)
        if entity.id not in found:
            found.append(entity.id)
    return found


def as_country(text: EventText, entity: Entity) -> Entity:
    """The country of a nationality, if the text names it; else the entity itself."""
    if entity.kind is not Kind.NATIONALITY or entity.country is None:
        return entity
    return text.countries.get(entity.country, entity)
