"""Entities of the words that head the actors and recipients of a happening."""

from collections.abc import Mapping, Sequence
from typing import Final

from onrecord.events.happenings import Happening
from onrecord.events.texts import EventText, Sentence
from onrecord.records import Entity, Kind, MentionForm

# Whom pronouns that are objects can mean.
_MEANT: Final = {
    "him": frozenset({Kind.PERSON}),
    "her": frozenset({Kind.PERSON}),
    "them": frozenset({Kind.PERSON, Kind.ORGANIZATION}),
    "it": frozenset({Kind.ORGANIZATION, Kind.PLACE, Kind.FACILITY}),
}
_TWO: Final = frozenset(("both",))
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


def in_members(
    text: EventText, found: tuple[Sequence[str], Sequence[str]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Parties with those of whom a joint phrase tells in its place: "they" of "Ann and Ben"."""
    actors = dict.fromkeys(m for one in found[0] for m in text.members_of(one))
    recipients = dict.fromkeys(m for one in found[1] for m in text.members_of(one))
    return tuple(actors), tuple(r for r in recipients if r not in actors)


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
            entity = text.made.at(own.sentence.tree, word) or _another(text, own, word, but)
        both = _both(text, own.sentence, word) if entity is not None else []
        # "A hundred Arlanders" are not Arland.
        is_counted = own.sentence.tree.child(word, "nummod") is not None
        for one in (*filter(None, [entity]), *both):
            country = one if is_counted else as_country(text, one)
            if country.id not in found:
                found.append(country.id)
    return found


def _another(text: EventText, own: Happening, word: int, but: Sequence[str]) -> Entity | None:
    """Whom "him" means where it cannot be who acts: "the judge freed the man, or fined him"."""
    sentence = own.sentence
    kinds = _MEANT.get(sentence.tree.words[word])
    if kinds is None:
        return text.entities.get(_entity_at(sentence, word))
    start = sentence.tree.starts[word]
    before = [m for m in sentence.mentions if m.span.end <= start and m.kind in kinds]
    for mention in sorted(before, key=lambda m: m.span, reverse=True):
        entity = text.entities.get(mention.entity)
        owner = mention.form is MentionForm.PRONOUN
        if entity is not None and not owner and as_country(text, entity).id not in but:
            return entity
    return None


def _entity_at(sentence: Sentence, word: int) -> str:
    mention = sentence.mention(word)
    return "" if mention is None else mention.entity


def _both(text: EventText, sentence: Sentence, word: int) -> list[Entity]:
    """Whom "both" means besides the first: the partner of its last mention, "Arland and Dorn"."""
    if sentence.tree.words[word] not in _TWO:
        return []
    mention = sentence.mention(word)
    if mention is None:
        return []
    earlier = [m for m in text.mentions_of[mention.entity] if m.span.end <= mention.span.start]
    for before in reversed(earlier):
        other = text.sentence_at(before.span)
        at = None if other is None else other.word_over(before.span)
        if other is not None and at is not None:
            partners = [w for w in other.tree.joined(at) if w != at]
            return [e for w in partners[:1] if (e := other.entity(w)) is not None]
    return []


def as_country(text: EventText, entity: Entity) -> Entity:
    """The country of a nationality, if the text names it; else the entity itself."""
    if entity.kind is not Kind.NATIONALITY or entity.country is None:
        return entity
    return text.countries.get(entity.country, entity)
