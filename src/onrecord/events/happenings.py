"""Happenings before they are rows: one trigger each, and which of them are one.

Here a verb and its noun, an attack and its harm become one. Not here: how triggers are found
(`frames.py`), and mentions of one happening in several sentences (`groups.py`).
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Final

from onrecord.events.arguments import Arguments, is_result
from onrecord.events.forms import lemmas_of
from onrecord.events.lexicon import Trigger
from onrecord.events.texts import Sentence
from onrecord.records import EventType, Kind, Span
from onrecord.syntax.trees import Tree

_ARMED: Final = frozenset(("aerial", "drone", "heavy-weapons", "explosives"))
# Who extends a pact does something of his own; who strikes a deal does what the noun says.
_LASTING: Final = frozenset(("extend", "prolong", "renew"))
_DYING: Final = frozenset(("die", "perish"))
_HARM: Final = frozenset("kill injure wound maim hurt die perish claim".split())
# What an attack does to what it meets.
_HITTING: Final = frozenset("hit strike target pound slam".split())
# Where an attack stands beside the harm it does.
_DURING: Final[tuple[str, ...]] = ("in", "during")
_DONE_BY: Final[tuple[str, ...]] = ("subj", "by")
# Rows of a lower strength say that a word, used so, is mostly no event.
_EVEN: Final = 0.5
_LEAVING: Final = frozenset(("leave", "leaves", "left", "leaving"))


@dataclass(slots=True, eq=False)
class Happening:
    """One trigger with its arguments, before it is a row.

    Attributes:
        sentence: Where it stands.
        word: The word of the tree.
        first, last: Words of the trigger's span.
        trigger: The row of the lexicon.
        arguments: Its slots.
        strength: As the row has it, less where the place of the word is an odd one.
        actors, recipients: Words that head them, coordinated ones spread out.
        also: Verbs that tell what harm it did, or that carry it.
    """

    sentence: Sentence
    word: int
    first: int
    last: int
    trigger: Trigger
    arguments: Arguments
    strength: float
    actors: list[int] = field(default_factory=list)
    recipients: list[int] = field(default_factory=list)
    also: list[int] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Code point at which its word begins."""
        return self.sentence.tree.starts[self.word]

    @property
    def starts(self) -> list[int]:
        """Code points at which the words of the trigger begin."""
        return self.sentence.tree.starts[self.first : self.last + 1]

    @property
    def span(self) -> Span:
        """The words of the trigger."""
        return self.sentence.span(self.first, self.last)


_NOBODY: Final = frozenset(("nobody", "none", "no-one"))


def without_repeats(found: Sequence[Happening]) -> list[Happening]:
    """One happening of a verb and its noun: "signed the treaty" the verb, "laid siege" the noun."""
    nouns = {h.word: h for h in found if not h.trigger.is_verb}
    dropped: set[int] = set()
    for own in found:
        if not own.trigger.is_verb or own.trigger.lemma in _HARM or _is_hit(own):
            continue
        named = [n.slot for n in own.trigger.needs if n.wanted and (n.lemmas or n.slot == "obj")]
        for word in (w for slot in named for w in own.arguments.get(slot)):
            noun = nouns.get(word)
            if noun is None or noun.trigger.type != own.trigger.type:
                continue
            if own.trigger.strength < _EVEN <= noun.trigger.strength:
                continue
            carried = noun.arguments.light is not None and noun.arguments.light[0] == own.word
            carried = carried and own.trigger.lemma not in _LASTING
            dropped.add(own.word if carried else word)
            if carried:
                noun.actors = noun.actors or own.actors
                noun.recipients = noun.recipients or own.recipients
                noun.strength = max(noun.strength, own.strength)
                noun.also.append(own.word)
    return [h for h in found if h.word not in dropped]


def without_harm(
    found: Sequence[Happening], *, least: float = 0.0, hit: AbstractSet[Kind] = frozenset()
) -> list[Happening]:
    """One happening of an attack and the harm it does: "the blast killed four", "hit in a raid".

    All who are harmed are recipients of the attack that has none of its own, and all that is hit.

    Args:
        found: Those of one sentence.
        least: From which strength on a noun stands for the harm.
        hit: Kinds of which all must be that a verb says are hit, for the noun to stand for it.
    """
    nouns = {h.word: h for h in found if not h.trigger.is_verb and h.strength >= least}
    harmed: dict[int, list[int]] = {}
    struck: dict[int, list[int]] = {}
    kept = []
    for own in found:
        cause = _cause_of(own, nouns, hit) if nouns else None
        if cause is None:
            kept.append(own)
            continue
        cause.also.append(own.word)
        given = [w for w in own.recipients if not _is_nobody(own.sentence.tree, w)]
        (struck if _is_hit(own) else harmed).setdefault(cause.word, []).extend(given)
    for noun in nouns.values():
        harmed.setdefault(noun.word, []).extend(_left_dead(noun))
    for word, recipients in harmed.items():
        cause = nouns[word]
        if recipients:
            cause.recipients = list(dict.fromkeys((*cause.recipients, *recipients)))
    for word, recipients in struck.items():
        nouns[word].recipients = list(dict.fromkeys((*recipients, *nouns[word].recipients)))
    return kept


def _is_nobody(tree: Tree, word: int) -> bool:
    """Whether nobody is named: "no one was hurt in the attack"."""
    determiner = tree.child(word, "det")
    return tree.words[word] in _NOBODY or (
        determiner is not None and tree.words[determiner] == "no"
    )


def _left_dead(noun: Happening) -> list[int]:
    """Who is dead by an attack: "the attack left ten soldiers dead"."""
    tree, verb = noun.sentence.tree, noun.sentence.tree.heads[noun.word]
    is_subject = tree.relations[noun.word] == "nsubj" and noun.trigger.type is EventType.ASSAULT
    if not is_subject or tree.words[verb] not in _LEAVING:
        return []
    for state in range(verb + 1, len(tree)):
        if tree.words[state] == "dead":
            people = tree.child(state, "nsubj", "obj")
            people = tree.child(verb, "obj") if people is None else people
            is_noun = people is not None and tree.tags[people].startswith("NN")
            return [people] if is_noun and people is not None and verb < people < state else []
    return []


def _cause_of(
    own: Happening, nouns: Mapping[int, Happening], hit: AbstractSet[Kind]
) -> Happening | None:
    """The noun of the attack that a verb tells the harm of."""
    is_harm = own.trigger.is_verb and not _HARM.isdisjoint(
        lemmas_of(own.sentence.tree.words[own.word])
    )
    if not is_harm and not (_is_hit(own) and _kinds_hit(own) <= hit):
        return None
    if own.trigger.lemma in _DYING:
        slots = _DURING
    elif own.arguments.is_passive:
        slots = (*_DONE_BY, *_DURING)
    else:
        slots = _DONE_BY
    words = [w for slot in slots for w in own.arguments.get(slot)]
    words = words or _left_by(own) or _hit_by(own)
    causes = (nouns[w] for w in words if w in nouns)
    return next((one for one in causes if one.trigger.type == own.trigger.type), None)


def _hit_by(own: Happening) -> list[int]:
    """What also hit something: "the market was hit in a raid, killing nine"."""
    tree = own.sentence.tree
    verb = tree.heads[own.word]
    if not is_result(tree, own.word):
        return []
    return [c for c in tree.children[verb] if tree.case(c) in {"by", *_DURING}]


def _is_hit(own: Happening) -> bool:
    """Whether a verb tells whom or what an attack meets: "the raid hit a depot"."""
    is_attack = own.trigger.is_verb and own.trigger.type is EventType.ASSAULT
    return is_attack and own.trigger.lemma in _HITTING


def _kinds_hit(own: Happening) -> frozenset[Kind]:
    """Kinds of all that an attack meets."""
    entities = [own.sentence.entity(word) for word in own.recipients]
    return frozenset(Kind.FACILITY if one is None else one.kind for one in entities)


def _left_by(own: Happening) -> list[int]:
    """What left somebody wounded: "the blast left two dead and four wounded"."""
    tree = own.sentence.tree
    if tree.relations[own.word] not in {"acl", "amod", "xcomp"}:
        return []
    word = tree.heads[own.word]
    while tree.relations[word] == "conj" and tree.heads[word] != word:
        word = tree.heads[word]
    verb = tree.heads[word] if tree.relations[word] == "obj" else word
    return tree.all_children(verb, "nsubj") if tree.words[verb] in _LEAVING else []


def in_one_sense(found: Sequence[Happening]) -> None:
    """Read a bare "strike" as an attack where the text tells of attacks, and of no workers.

    After: Gale, Church and Yarowsky 1992, one sense per discourse.
    """
    strikes = [h for h in found if h.trigger.lemma == "strike" and not h.trigger.is_verb]
    doubtful = [h for h in strikes if h.trigger.type is EventType.PROTEST and not h.actors]
    sure = [h for h in strikes if h.trigger.type is EventType.PROTEST and h.actors]
    armed = any(
        h.trigger.type is EventType.ASSAULT and (h.trigger.mode in _ARMED or h in strikes)
        for h in found
    )
    if not armed or sure:
        return
    for own in doubtful:
        own.trigger = replace(own.trigger, type=EventType.ASSAULT, mode=None)
