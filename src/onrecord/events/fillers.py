"""Who acts and who suffers: the words that fill the slots of a trigger with somebody.

A row of the lexicon names the slots; here is what counts as somebody in them. Not here:
entities of these words (`parties.py`), and what a row needs (`needs.py`).
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.events.arguments import surface_subject
from onrecord.events.control_words import load_control_words
from onrecord.events.forms import lemmas_of
from onrecord.events.happenings import Happening
from onrecord.events.lexicon import Trigger
from onrecord.events.made_entities import (
    HOUSES,
    WARLIKE,
    is_folk,
    is_missile,
    is_wording,
    kind_of,
)
from onrecord.events.texts import ACTING, SUFFERING, Sentence
from onrecord.records import Entity, EventType, Kind, MentionForm
from onrecord.syntax.trees import Tree

_OF_SOMEBODY: Final = frozenset(("of", "by", "against", "from"))
_OF_CLAUSE: Final = frozenset({EventType.ACCUSE, EventType.REQUEST})
_OWNED: Final = frozenset(("subj", "obj", "of", "on", "against", "over", "to"))
# From whom somebody retreats, or against whom troops gather, is a side and not a place.
_AGAINST_SIDES: Final = frozenset({EventType.RETREAT, EventType.MOBILIZE})
_LIFTING: Final = frozenset("lift ease suspend waive drop scrap relax".split())
_OWN: Final = frozenset("its their his her our my".split())
_AGAINST_ACTORS: Final = frozenset(
    (
        *(EventType.REJECT, EventType.REQUEST, EventType.ACCUSE, EventType.AGREE),
        *(EventType.CONSULT, EventType.THREATEN, EventType.SUPPORT, EventType.CONCEDE),
    )
)
# Nouns for what is done to somebody: who asks for it asks somebody else.
_UNDERGONE: Final = frozenset(
    "release return extradition arrest handover removal dismissal sacking prosecution execution "
    "expulsion deportation repatriation detention rescue protection evacuation ouster "
    "reinstatement acquittal".split()
)
_AS_WHAT: Final = frozenset(("hostage", "captive", "prisoner"))
# What somebody does with words alone.
_SAID: Final = frozenset(
    (
        *(EventType.REQUEST, EventType.ACCUSE, EventType.SUPPORT, EventType.REJECT),
        EventType.THREATEN,
    )
)
_MUTUAL: Final = frozenset((EventType.CONSULT, EventType.AGREE, EventType.COOPERATE))
# What houses do, and what is done to them as to those who work there.
_OF_HOUSES: Final = _AGAINST_ACTORS | {EventType.AID, EventType.SANCTION, EventType.COOPERATE}
_SETTLEMENTS: Final = frozenset(
    "town city village hamlet district province region suburb island port settlement".split()
)
# Nouns for holding a place, which trees may take for a place.
_SWAY: Final = frozenset(("control", "possession", "hands", "grip", "power"))
_GROUND: Final = frozenset(("in", "at", "near", "along", "around", "outside", "across", "through"))
ACTORS_ONLY: Final = frozenset({Kind.PERSON, Kind.ORGANIZATION, Kind.NATIONALITY})
# What names examples of several.
_SUCH_AS: Final = (["such"], ["like"])
_SIDES: Final = frozenset({Kind.PLACE, Kind.NATIONALITY, Kind.ORGANIZATION})
# Adjectives that are made from the names of countries and regions: "the Arlish withdrawal".
_ETHNIC: Final = re.compile(r"(?:ish|[ie]an|ese)$")


def add_parties(found: Happening) -> None:
    """Fill in who acts and who suffers."""
    found.actors = _actors(found)
    kinds = _suffering(found.trigger)
    recipients = _without(_fill(found, found.trigger.recipients, kinds), found.actors)
    found.recipients = [
        w for w in recipients if not _are_own_men(found, w) and not _is_asked_about(found, w)
    ]
    words = found.sentence.tree.words
    if len(found.recipients) > 1:
        # "Took 12 people hostage": as what.
        found.recipients = [w for w in found.recipients if words[w] not in _AS_WHAT]
    if not found.actors:
        found.actors = _owners_beside(found, kinds)
    if not found.recipients and found.trigger.recipients:
        late = _without(_late_recipients(found, kinds), found.actors)
        found.recipients = [w for w in late if not _are_own_men(found, w)]


def _without(words: Sequence[int], others: Sequence[int]) -> list[int]:
    return [w for w in words if w not in others]


def _suffering(row: Trigger) -> frozenset[Kind]:
    """Kinds of entities to whom something of a type is done."""
    if row.type in _AGAINST_SIDES:
        # Sanctions are lifted for countries.
        return ACTING if row.lemma in _LIFTING else ACTORS_ONLY
    return ACTING if row.type in _AGAINST_ACTORS else SUFFERING


def _are_own_men(found: Happening, word: int) -> bool:
    """Whether it is one's own men who are moved: "withdrew its troops", "sent in the army"."""
    row = found.trigger
    is_move = row.type is EventType.MOBILIZE or row.mode == "withdraw"
    if not is_move or row.type not in _AGAINST_SIDES or not row.is_verb:
        return False
    tree = found.sentence.tree
    owner = tree.child(word, "nmod:poss")
    if owner is not None:
        return tree.words[owner] in _OWN
    is_object = word in found.arguments.get("obj") or tree.case(word) == row.particle
    is_force = any(load_control_words().is_one("force", own) for own in lemmas_of(tree.words[word]))
    return row.type is EventType.MOBILIZE and is_object and is_force


def _actors(found: Happening) -> list[int]:
    row, arguments = found.trigger, found.arguments
    words = found.sentence.tree.words
    actors = [w for w in _fill(found, row.actors, ACTING) if not is_missile(words[w])]
    # Who rejects a demand did not make it.
    turned = arguments.light is not None and row.type.value in arguments.light[1].unless
    if row.is_verb or not row.actors or turned:
        return actors
    carriers = of_kinds(found.sentence, arguments.get("carrier"), ACTING)
    others = _without(actors, carriers)
    if row.type in _MUTUAL and any(w in arguments.get("with") for w in others):
        # "Ready for talks with the owners", "struck a deal with the owners": both sides do.
        return [*carriers, *others]
    if carriers and row.type is EventType.MOBILIZE and set(actors) <= set(arguments.get("of")):
        # "The minister ordered the deployment of 300 troops."
        return carriers
    return actors or carriers or _who_says(found)


def _who_says(found: Happening) -> list[int]:
    """Whose words a noun behind "in" is: "in an appeal to the regent, the potters asked"."""
    tree, word = found.sentence.tree, found.word
    verb = tree.heads[word]
    is_said = found.trigger.type in _SAID and tree.relations[word] == "obl"
    if not is_said or tree.case(word) != "in" or not tree.is_verb(verb) or tree.is_passive(verb):
        return []
    subject = surface_subject(tree, verb)
    return [] if subject is None else of_kinds(found.sentence, [subject], ACTING)


def _is_asked_about(found: Happening, word: int) -> bool:
    """Whether something is to be done to somebody: "demanded the release of the clerk"."""
    if found.trigger.type is not EventType.REQUEST:
        return False
    tree = found.sentence.tree
    # Of "the clerk and the porter" and "detained miners" too.
    above = next((w for w in tree.above(word) if tree.words[w] in _UNDERGONE), None)
    return above is not None and above < word and tree.case(word) == "of"


def _owners_beside(found: Happening, kinds: frozenset[Kind]) -> list[int]:
    """Whose a noun is, beside who suffers: "Arland's expulsion of teachers"."""
    if found.trigger.is_verb or not found.trigger.actors:
        return []
    suffers = of_kinds(found.sentence, found.arguments.get("of"), kinds)
    if not set(found.recipients) & set(suffers):
        return []
    owners = of_kinds(found.sentence, found.arguments.get("poss"), ACTING)
    return _without(owners, found.recipients)


def _late_recipients(found: Happening, kinds: frozenset[Kind]) -> list[int]:
    """Who suffers, by what stands behind the particle, the verb around, or a clause."""
    row = found.trigger
    words = _fill(found, ((row.particle,),), kinds) if row.particle else []
    words = words or of_kinds(found.sentence, found.arguments.get("target"), kinds)
    if not words and _is_in_support(found):
        words = _fill(found, (("of",),), kinds)
    return words or (_told_of(found) if row.type in _OF_CLAUSE else [])


def _told_of(found: Happening) -> list[int]:
    """Of whom a clause tells: "demanded that the minister resign", "alleged that X lied"."""
    tree = found.sentence.tree
    # The encoder may take the clause for a sentence of its own.
    loose = [c for c in tree.children[found.word] if tree.is_verb(c) and "that" in tree.marks(c)]
    clauses = dict.fromkeys([*found.arguments.get("that"), *loose])
    subjects = [surface_subject(tree, w) for w in clauses]
    return of_kinds(found.sentence, [w for w in subjects if w is not None], ACTING)


def _fill(found: Happening, slots: Sequence[Sequence[str]], kinds: frozenset[Kind]) -> list[int]:
    """The words of the first slot that is filled with somebody, spread over coordinations.

    Where only things fill them, whose they are counts: "criticised Vale's decision".
    """
    for group in slots:
        words = _fill_group(found, group, slots, kinds)
        if words:
            return words
        if _is_somebody(found, group):
            return []
    for group in slots:
        words = _fill_group(found, group, slots, kinds, by_owners=True)
        if words:
            return words
    return []


def _fill_group(
    found: Happening,
    group: Sequence[str],
    slots: Sequence[Sequence[str]],
    kinds: frozenset[Kind],
    *,
    by_owners: bool = False,
) -> list[int]:
    """The words of some slots that count together."""
    sentence, event_type = found.sentence, found.trigger.type
    words: list[int] = []
    for slot in group:
        given = found.arguments.get(slot)
        is_of = slot == "of" and slots is found.trigger.actors
        if is_of and (found.arguments.get("poss") or _is_in_support(found)):
            # "Its support of X": whose it is, acts; "in support of X".
            continue
        if by_owners:
            given = _owners(sentence.tree, given) if slot in _OWNED else []
            given = [w for w in given if _may_own(sentence, w)][:1]
        if not given:
            continue
        # What is handed back may go to a country; who withdraws does so from troops.
        is_return = slot == "to" and event_type is EventType.RETREAT
        own_kinds = ACTING if is_return and kinds is ACTORS_ONLY else kinds
        for own in of_kinds(sentence, given, own_kinds, houses=event_type in _OF_HOUSES):
            if own not in words and (not _is_scene(sentence, own, slot) or _is_wanted(found, slot)):
                words.append(own)
    return words


def _is_in_support(found: Happening) -> bool:
    """Whether "of" tells who is supported: "rallied in support of the teachers"."""
    is_support = found.trigger.type is EventType.SUPPORT
    return is_support and found.sentence.tree.case(found.word) == "in"


def _may_own(sentence: Sentence, word: int) -> bool:
    """Whether somebody is named whose it is: "froze the minister's assets"."""
    if sentence.mention(word) is not None:
        return True
    tree = sentence.tree
    return tree.relations[word] == "nmod:poss" and kind_of(tree, word) is Kind.PERSON


def _is_wanted(found: Happening, slot: str) -> bool:
    """Whether a verb asks for what stands there: "shot at ambulances"."""
    own = found.trigger
    wanted = {n.slot for n in own.needs if n.wanted}
    # What is thrown, or fired, is thrown at somebody: "fired shells at Lenz".
    is_thrown = slot == "at" and "obj" in wanted
    # "Arrived in Lenz on a visit" is to visit Lenz.
    is_visited = own.mode == "visit"
    return own.is_verb and (is_thrown or is_visited or slot == own.particle or slot in wanted)


def _is_somebody(found: Happening, group: Sequence[str]) -> bool:
    """Whether a pronoun fills a slot of a noun, of whom nobody knows whom it means."""
    tags = found.sentence.tree.tags
    return "poss" in group and any(tags[w] == "PRP$" for w in found.arguments.get("poss"))


def _owners(tree: Tree, words: Sequence[int]) -> list[int]:
    """Whose some things are: possessors, qualifiers, who stands behind "of" and "by"."""
    found: list[int] = []
    for word in words:
        if not tree.tags[word].startswith("NN"):
            continue
        found += tree.all_children(word, "nmod:poss", "amod", "compound")
        # Of a happening "of" names whom it befell: "rallied against the seizure of their land".
        cases = {"by", "from"} if tree.types[word] == "event" else _OF_SOMEBODY
        behind = tree.all_children(word, "nmod")
        # "the Weavers' Guild": of two the first is the preposition.
        found += [c for c in behind if tree.case(c).partition(" ")[0] in cases]
    return found


def _is_scene(sentence: Sentence, word: int, slot: str) -> bool:
    """Whether a place is where it happens ("Lenz bombing", "riots in Lenz"), not who acts."""
    entity = sentence.entity(word)
    if slot == "amod" and sentence.mention(word) is None:
        # "a military intervention" and "a drone strike" are nobody's, "a police raid" is.
        form = sentence.tree.words[word]
        return not is_folk(form) or not WARLIKE.isdisjoint(lemmas_of(form))
    if entity is None or entity.kind not in {Kind.PLACE, Kind.FACILITY}:
        return False
    is_people = _ETHNIC.search(sentence.tree.words[word]) is not None
    return slot in _GROUND or (slot == "amod" and entity.actor is None and not is_people)


def of_kinds(
    sentence: Sentence, words: Sequence[int], kinds: frozenset[Kind], *, houses: bool = False
) -> list[int]:
    """Words that mention an entity of these kinds, with those coordinated with them.

    Args:
        sentence: Of the words.
        words: The words.
        kinds: Of entities.
        houses: Whether a building may stand for who works in it.
    """
    found: list[int] = []
    if not words:
        return found
    for own in (w for word in words for w in _members(sentence, word)):
        entity = party_at(sentence, own, kinds)
        if entity is None or own in found or sentence.tree.words[own] in _SWAY:
            continue
        if (
            entity.kind in kinds
            or (kinds is ACTING and acts(sentence, own, entity, houses=houses))
            or (entity.kind is Kind.OTHER and kind_of(sentence.tree, own) in kinds)
        ):
            found.append(own)
    return found


def _members(sentence: Sentence, word: int) -> Iterator[int]:
    """The words coordinated with one; of "the towns of A and B" the names."""
    tree = sentence.tree
    for own in tree.joined(word):
        names = []
        if tree.tags[own] == "NNS" and set(lemmas_of(tree.words[own])) & _SETTLEMENTS:
            names = [c for c in tree.all_children(own, "nmod") if tree.case(c) == "of"]
        if names and tree.tags[names[0]].startswith("NNP"):
            yield from tree.joined(names[0])
        else:
            yield from joined_before(sentence, own) or [own]
            yield from _examples(tree, own)


def _examples(tree: Tree, word: int) -> list[int]:
    """Names right behind "such as": "allies such as A and B"."""
    begins = word + 1
    if tree.tags[word] != "NNS" or tree.words[begins : begins + 1] not in _SUCH_AS:
        return []
    name = tree.heads[begins]
    is_name = name > begins and tree.tags[name].startswith("NNP")
    return tree.joined(name) if is_name and tree.relations[begins] == "case" else []


def joined_before(sentence: Sentence, word: int) -> list[int]:
    """Two countries or groups that are joined before a noun: "Arlish and Borlish forces"."""
    tree = sentence.tree
    if tree.tags[word] != "NNS" or not is_folk(tree.words[word]):
        return []
    for own in tree.all_children(word, "compound", "amod"):
        both = [w for w in tree.joined(own) if w < word]
        mentions = [sentence.mention_of_word.get(w) for w in both]
        if len(both) > 1 and all(m is not None and m.kind in _SIDES for m in mentions):
            return both
    return []


def party_at(sentence: Sentence, word: int, kinds: frozenset[Kind]) -> Entity | None:
    """The entity that a word mentions; None of happenings and things taken for one."""
    entity = sentence.entity(word)
    if entity is None:
        return None
    tree, mention = sentence.tree, sentence.mention(word)
    form = tree.words[word]
    if mention is None or mention.form is not MentionForm.DESCRIPTION or is_folk(form):
        return entity
    is_happening = form in _SWAY or (
        tree.types[word] == "event" and mention.kind is not Kind.PERSON
    )
    is_thing = kinds is ACTING and tree.types[word] == "object" and mention.kind is Kind.PLACE
    is_said = not tree.tags[word].startswith("NNP") and is_wording(form)
    return None if is_happening or is_thing or is_said else entity


def acts(sentence: Sentence, word: int, entity: Entity, *, houses: bool = False) -> bool:
    """Whether a thing acts all the same: "the White House", "jets", "the embassy"."""
    if entity.kind is not Kind.FACILITY:
        return False
    mention = sentence.mention(word)
    is_named = mention is not None and mention.form is MentionForm.NAME
    lemmas = set(lemmas_of(sentence.tree.words[word]))
    return is_named or bool(lemmas & WARLIKE) or (houses and bool(lemmas & HOUSES))
