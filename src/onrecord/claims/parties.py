"""Who acts or speaks, made so that two documents can compare it."""

import dataclasses
from enum import Enum

from onrecord.claims.facts import ASIDE, Facts, name_key, names_of_entity
from onrecord.claims.models import NOTHING, Party
from onrecord.claims.word_lists import modes, sides, stem
from onrecord.records import Entity, Kind, Mention, MentionForm, Span, Spans

_MINE = frozenset(("our", "ours", "my", "mine", "we", "us", "i"))
_THEIRS = frozenset(("its", "his", "her", "their"))
_SKIPPED = frozenset(("mr", "mrs", "ms", "dr", "gen", "col", "general", "colonel"))


class Likeness(Enum):
    """Whether two parties are one."""

    SAME = "same"
    UNKNOWN = "unknown"
    UNLIKE = "unlike"
    DIFFERENT = "different"


def party_at(facts: Facts, span: Span, *, speaker: Party | None, entity: str | None) -> Party:
    """The party that some words name.

    Args:
        facts: The document.
        span: The words.
        speaker: In whose mouth they are; "we" and "our" are theirs.
        entity: The entity that they name, if it is known.
    """
    words = facts.text.words_in((span,))
    row = facts.entities.get(entity or "")
    names: set[str] = set()
    heads: set[str] = set()
    side: str | None = None
    last_name = False
    lowers = [w.lower for w in words]
    for word in words:
        if word.lower in ASIDE and (names or heads):
            break  # "parents in Lindau" are not of that name
        if facts.is_name(word) and word.lower not in modes()["directions"] | _SKIPPED:
            names.add(name_key(word.form))
            last_name = True
        elif word.lower in sides() and side is None:
            side, last_name = sides()[word.lower], False
            heads.add(word.stem)
        elif word.lower not in modes()["small"] and not word.form[0].isdigit():
            heads.add(word.stem)
            last_name = False
    if side is None:
        side = side_of_entity(facts, row)
    is_name = bool(names) and (last_name or _is_named(row))
    if not names and row is not None and not heads & _common_people():
        names |= names_of_entity(row) & facts.proper_keys
        is_name = bool(names) and row.kind in {Kind.PERSON, Kind.ORGANIZATION} and _is_named(row)
    is_person = is_name and is_person_name(row)
    own = speaker is not None and (_MINE & set(lowers) or _THEIRS & set(lowers[:1]))
    if own and speaker is not None and not names:
        names |= frozenset() if speaker.is_person else speaker.names
        side = side or speaker.side
    return Party(
        names=frozenset(names), side=side, heads=frozenset(heads), is_name=is_name,
        is_owned=bool(own),
        is_person=is_person, entity=entity,
    )  # fmt: skip


def _common_people() -> frozenset[str]:
    return frozenset(stem(w) for w in ("people", "person", "children", "women", "men"))


def is_person_name(row: Entity | None) -> bool:
    """Whether an entity is a person by name; bodies are sometimes taken for persons."""
    if row is None or row.kind is not Kind.PERSON:
        return False
    words = row.name.split()
    is_plural = len(words) == 1 and words[0].endswith("s")
    if is_plural or words[0].lower() == "the" or words[-1].lower() in modes()["bodies"]:
        return False
    return all(w[:1].isupper() or w in {"de", "von", "van", "al", "bin"} for w in words)


def _is_named(row: Entity | None) -> bool:
    """Whether the best name of an entity ends with a word that has a capital letter."""
    return row is not None and row.name.split()[-1][:1].isupper()


def side_of_entity(facts: Facts, row: Entity | None) -> str | None:
    """The side that the common nouns beside the mentions of an entity tell."""
    if row is None:
        return None
    for mention in row.mentions:
        found = facts.mentions.get(mention)
        if found is None:
            continue
        near = Span(max(0, found.span.start - 14), found.span.end)
        for word in facts.text.words_in((near,)):
            if word.lower in sides() and not facts.is_name(word):
                behind = (
                    facts.text.text[word.end : found.span.start]
                    if word.end < found.span.start
                    else ""
                )
                if word.start >= found.span.start or behind.strip(" ") in {"", "of the", "of"}:
                    return sides()[word.lower]
    return None


def party_of_mention(facts: Facts, mention: Mention, *, speaker: Party | None) -> Party | None:
    """The party that a mention names; None for a pronoun that is not the speaker."""
    if mention.form is MentionForm.PRONOUN:
        lower = mention.span.text_in(facts.text.text).lower()
        is_speaker = speaker is not None and (mention.entity == speaker.entity or lower in _MINE)
        return speaker if is_speaker else None
    return party_at(facts, mention.span, speaker=speaker, entity=mention.entity)


def party_of_source(facts: Facts, source: Spans, entity: str | None) -> Party | None:
    """Who speaks."""
    if not source:
        return None
    whole = Span(source[-1].start, source[-1].end)
    found = party_at(facts, whole, speaker=None, entity=entity)
    for span in source[:-1]:
        other = party_at(facts, span, speaker=None, entity=None)
        found = dataclasses.replace(
            found, names=found.names | other.names, side=found.side or other.side
        )
    row = facts.entities.get(entity or "")
    names = names_of_entity(row)
    is_name = found.is_name or bool(names and _is_named(row))
    is_person = is_name and is_person_name(row)
    return dataclasses.replace(
        found, names=found.names | names, is_name=is_name, is_person=is_person
    )


def entity_at(facts: Facts, source: Spans) -> str | None:
    """The entity that the last name in some words is, or else the longest mention there."""
    found = facts.mentions_in(source)
    named = [m for m in found if m.form is MentionForm.NAME and m.kind is Kind.PERSON]
    if named:
        return named[-1].entity
    return max(found, key=lambda m: len(m.span)).entity if found else None


def party_of_outlet(outlet: str | None) -> Party | None:
    """The outlet as a party: it has its name alone."""
    if not outlet:
        return None
    return Party(names=frozenset(w.lower() for w in outlet.split()), is_name=True)


def compare_parties(first: Party | None, second: Party | None) -> Likeness:
    """Whether two parties are one, as far as their names and sides tell."""
    if first is None or second is None or not first.is_known or not second.is_known:
        return Likeness.UNKNOWN
    is_one = first.actor is not None and first.actor == second.actor
    if not is_one and _differ(first.side, second.side):
        return Likeness.DIFFERENT
    if is_one or first.names & second.names:
        return Likeness.SAME
    if first.names and second.names:
        return _by_names(first, second)
    are_heads_one = bool(first.heads & second.heads) and not first.names and not second.names
    if are_heads_one or (first.side is not None and first.side == second.side):
        return Likeness.SAME
    return Likeness.UNLIKE if _is_name_beside_noun(first, second) else Likeness.UNKNOWN


def _by_names(first: Party, second: Party) -> Likeness:
    """Of two with names that have nothing in common."""
    if first.is_person != second.is_person:
        return Likeness.UNKNOWN
    return Likeness.DIFFERENT if first.is_name == second.is_name else Likeness.UNLIKE


def _is_name_beside_noun(first: Party, second: Party) -> bool:
    """Whether one is a body by name, the other "the army" or "the rebels"."""
    for one, other in ((first, second), (second, first)):
        is_body = one.is_name and not one.is_person and one.side is None
        if is_body and not other.names and other.side is not None:
            return True
    return False


def _differ(first: str | None, second: str | None) -> bool:
    if first is None or second is None or first == second:
        return False
    return {first, second} != {"force", "police"}


def is_same_speaker(first: Party | None, second: Party | None) -> bool:
    """Whether two who speak are one and the same, not only of one side."""
    if first is None or second is None:
        return False
    if first.actor is not None and second.actor is not None:
        return first.actor == second.actor
    if first.names or second.names:
        return bool(first.names & second.names) and (
            first.heads == second.heads or (first.is_name and second.is_name)
        )
    return bool(first.heads) and first.heads == second.heads


def without_entity(party: Party) -> Party:
    """The party as it can stand beside one of another document."""
    return dataclasses.replace(party, entity=None)


__all__ = ["NOTHING", "Likeness", "compare_parties", "is_same_speaker", "party_at"]
