"""Triggers in a sentence: which words name a happening, of which type, with whom.

A row of the lexicon holds when its needs do; its slots then give actors and recipients.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from onrecord.events.arguments import (
    Arguments,
    arguments_of,
    surface_subject,
    with_particle,
)
from onrecord.events.forms import lemmas_of
from onrecord.events.lexicon import Lexicon, Need, Trigger
from onrecord.events.made_entities import WARLIKE, is_folk, kind_of
from onrecord.events.texts import ACTING, PARTS, SUFFERING, Sentence
from onrecord.records import Entity, EventType, Kind, MentionForm, Span
from onrecord.syntax.trees import Tree

# Share of its strength that a noun keeps in front of another noun ("attack helicopter").
_AS_MODIFIER: Final = 0.5
# These shares were set by hand, on our own sentences and six annotated articles.
# Likewise of a participle before a noun ("captured fighters"), and of words of speech and
# dealings beside which nobody is named ("approval", "a deal").
_AS_ADJECTIVE: Final = 0.8
_ALONE: Final = 0.55
_ALONE_OF_DEEDS: Final = 0.85
_HALF_DEEDS: Final = frozenset({EventType.SANCTION, EventType.CONSULT})
_OF_SOMEBODY: Final = frozenset(("of", "by", "against", "from"))
_OF_CLAUSE: Final = frozenset({EventType.ACCUSE, EventType.REQUEST})
_ADJECTIVES_OF: Final = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.PROTEST})
_DEEDS: Final = frozenset(
    (
        *(EventType.ASSAULT, EventType.PROTEST, EventType.COERCE, EventType.RETREAT),
        *(EventType.SANCTION, EventType.MOBILIZE, EventType.CONSULT),
    )
)
_OWNED: Final = frozenset(("subj", "obj", "of", "on", "against", "over", "to"))
_ARMED: Final = frozenset(("aerial", "drone", "heavy-weapons", "explosives"))
_DYING: Final = frozenset(("die", "perish"))
_HARM: Final = frozenset("kill injure wound maim hurt die perish claim".split())
_PARTICLES: Final = frozenset(("compound:prt", "advmod", "case", "mark", "xcomp"))
_VERB_TAGS: Final = frozenset(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"))
_NOUN_TAGS: Final = frozenset(("NN", "NNS", "NNP", "NNPS", "VBG"))
# In headlines, and where the encoder errs, a noun may look like these.
_DOUBTFUL_TAGS: Final = frozenset(("VB", "VBP", "VBZ", "JJ"))
_OF_KIND: Final = {
    "actor": ACTING,
    "person": frozenset({Kind.PERSON}),
    "org": frozenset({Kind.ORGANIZATION}),
    "organization": frozenset({Kind.ORGANIZATION}),
    "place": frozenset({Kind.PLACE, Kind.FACILITY}),
    "facility": frozenset({Kind.FACILITY, Kind.PLACE}),
    "weapon": frozenset({Kind.WEAPON}),
    "instrument": frozenset({Kind.INSTRUMENT}),
    "nationality": frozenset({Kind.NATIONALITY}),
    "event": frozenset({Kind.EVENT}),
}
# From whom somebody retreats, or against whom troops gather, is a side and not a place.
_AGAINST_SIDES: Final = frozenset({EventType.RETREAT, EventType.MOBILIZE})
_AGAINST_ACTORS: Final = frozenset(
    (
        *(EventType.REJECT, EventType.REQUEST, EventType.ACCUSE, EventType.AGREE),
        *(EventType.CONSULT, EventType.THREATEN, EventType.SUPPORT, EventType.CONCEDE),
    )
)
_GROUND: Final = frozenset(("in", "at", "near", "along", "around", "outside", "across", "through"))
ACTORS_ONLY: Final = frozenset({Kind.PERSON, Kind.ORGANIZATION, Kind.NATIONALITY})
# Pronouns of persons, also where nobody is found whom they stand for.
_PERSONS: Final = frozenset("he she they we i you him her them us me".split())
_MONEY: Final = frozenset("money fund funding cash loan grant dollar euro pound credit".split())


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
        also: Verbs that tell what harm it did.
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
    def span(self) -> Span:
        """The words of the trigger."""
        return self.sentence.span(self.first, self.last)


class FrameReader:
    """Finds the happenings of sentences."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def has_words(self, sentence: Sentence) -> bool:
        """Whether any word may be a trigger, without making a tree."""
        verbs, nouns = self.lexicon.verbs, self.lexicon.nouns
        return any(word in verbs or word in nouns for word in sentence.words)

    def read(self, sentence: Sentence) -> list[Happening]:
        """The happenings of a sentence, in text order, each word in one of them at most."""
        tree = sentence.tree
        found: list[Happening] = []
        taken: set[int] = set()
        for word in range(len(tree)):
            if word in taken:
                continue
            happening = self._at(sentence, word)
            if happening is not None:
                found.append(happening)
                taken.update(range(happening.first, happening.last + 1))
        return _without_harm(_without_repeats(found))

    def _at(self, sentence: Sentence, word: int) -> Happening | None:
        tree = sentence.tree
        form, tag = tree.words[word], tree.tags[word]
        if tag in _VERB_TAGS and form in self.lexicon.verbs:
            found = self._verb(sentence, word, self.lexicon.verbs[form])
            if found is not None:
                return found
        if tag == "JJ" and form in self.lexicon.verbs:
            found = self._verb(sentence, word, self.lexicon.verbs[form])
            if found is not None:
                return found
        doubtful = tag in _DOUBTFUL_TAGS and form not in self.lexicon.verbs
        if (tag in _NOUN_TAGS or doubtful) and form in self.lexicon.nouns:
            return None if _is_named(sentence, word) else self._noun(sentence, word)
        return None

    def _verb(self, sentence: Sentence, word: int, rows: Sequence[Trigger]) -> Happening | None:
        tree = sentence.tree
        if tree.relations[word] in {"aux", "aux:pass", "cop"}:
            return None
        arguments = arguments_of(tree, word, is_verb=True)
        for row in rows:
            last = _last_of_verb(tree, word, row.particle)
            if last is None:
                continue
            own = with_particle(arguments, row.particle) if row.particle else arguments
            if all(_holds(need, own, sentence, word) for need in row.needs):
                return self._happening(sentence, word, word, last, row, own)
        return None

    def _noun(self, sentence: Sentence, word: int) -> Happening | None:
        tree = sentence.tree
        known: dict[int, Arguments] = {}
        for form, rows in self.lexicon.nouns[tree.words[word]]:
            first = word - len(form) + 1
            if first < 0 or tuple(tree.words[first : word + 1]) != form:
                continue
            # Of "state of emergency" the first word is what the others depend on.
            head = tree.head_of(first, word + 1)
            if head not in known:
                known[head] = arguments_of(tree, head, is_verb=False)
            for row in rows:
                if all(_holds(need, known[head], sentence, head) for need in row.needs):
                    return self._happening(sentence, head, first, word, row, known[head])
        return None

    def _told_of(self, found: Happening) -> list[int]:
        """Of whom a clause tells: "demanded that the minister resign", "alleged that X lied"."""
        tree = found.sentence.tree
        subjects = [surface_subject(tree, w) for w in found.arguments.get("that")]
        told = [w for w in subjects if w is not None]
        return [w for w in _of_kinds(found.sentence, told, ACTING) if w not in found.actors]

    def _happening(
        self,
        sentence: Sentence,
        word: int,
        first: int,
        last: int,
        row: Trigger,
        arguments: Arguments,
    ) -> Happening:
        tree = sentence.tree
        strength = row.strength
        if not row.is_verb and tree.relations[word] in {"compound", "nmod:unmarked"}:
            strength *= _AS_MODIFIER
        if row.is_verb and tree.relations[word] == "amod":
            strength *= _AS_ADJECTIVE if row.type in _ADJECTIVES_OF else _AS_MODIFIER
        found = Happening(sentence, word, first, last, row, arguments, strength)
        found.actors = _fill(found, row.actors, ACTING)
        if not row.is_verb and row.actors and arguments.get("carrier"):
            carriers = _of_kinds(sentence, arguments.get("carrier"), ACTING)
            found.actors = found.actors or carriers
        suffering = SUFFERING
        if row.type in _AGAINST_SIDES:
            suffering = ACTORS_ONLY
        elif row.type in _AGAINST_ACTORS:
            suffering = ACTING
        found.recipients = [
            w for w in _fill(found, row.recipients, suffering) if w not in found.actors
        ]
        if not found.recipients and row.recipients:
            targets = _of_kinds(sentence, arguments.get("target"), suffering)
            found.recipients = [w for w in targets if w not in found.actors]
        if not found.recipients and row.recipients and row.type in _OF_CLAUSE:
            found.recipients = self._told_of(found)
        lonely = not found.actors and not found.recipients and arguments.light is None
        if lonely and row.type not in _DEEDS and (not row.is_verb or arguments.is_passive):
            found.strength *= _ALONE
        elif lonely and not row.is_verb and row.type in _HALF_DEEDS:
            found.strength *= _ALONE_OF_DEEDS
        return found


def _is_named(sentence: Sentence, word: int) -> bool:
    """Whether a noun is part of the name of something: "the Lake Treaty", a union's name."""
    if not sentence.tree.tags[word].startswith("NNP"):
        return False
    start, end = sentence.tree.starts[word], sentence.tree.ends[word]
    return any(
        m.form is MentionForm.NAME
        and m.kind is not Kind.EVENT
        and m.span.start <= start
        and end <= m.span.end
        for m in sentence.mentions
    )


def _without_repeats(found: Sequence[Happening]) -> list[Happening]:
    """One happening of a verb and its noun: "signed the treaty" the verb, "laid siege" the noun."""
    nouns = {h.word: h for h in found if not h.trigger.is_verb}
    dropped: set[int] = set()
    for own in found:
        if not own.trigger.is_verb or own.trigger.lemma in _HARM:
            continue
        named = [n.slot for n in own.trigger.needs if n.wanted and (n.lemmas or n.slot == "obj")]
        for word in (w for slot in named for w in own.arguments.get(slot)):
            noun = nouns.get(word)
            if noun is None or noun.trigger.type != own.trigger.type:
                continue
            carried = noun.arguments.light is not None and noun.arguments.light[0] == own.word
            dropped.add(own.word if carried else word)
            if carried:
                noun.actors = noun.actors or own.actors
                noun.recipients = noun.recipients or own.recipients
                noun.strength = max(noun.strength, own.strength)
                noun.also.append(own.word)
    return [h for h in found if h.word not in dropped]


def _without_harm(found: Sequence[Happening]) -> list[Happening]:
    """One happening of an attack and the harm it does: "the blast killed four", "died in it"."""
    nouns = {h.word: h for h in found if not h.trigger.is_verb}
    kept = []
    for own in found:
        slots = ("in", "during") if own.trigger.lemma in _DYING else ("subj",)
        causes = (nouns[w] for slot in slots for w in own.arguments.get(slot) if w in nouns)
        cause = next(causes, None)
        is_harm = own.trigger.is_verb and own.trigger.lemma in _HARM
        if is_harm and cause is not None and cause.trigger.type == own.trigger.type:
            cause.recipients = cause.recipients or own.recipients
            cause.also.append(own.word)
        else:
            kept.append(own)
    return kept


def _last_of_verb(tree: Tree, word: int, particle: str) -> int | None:
    """The last word of a verb with its particle; None if that is not there."""
    if not particle:
        return word
    parts = particle.split()
    after = word + 1 + len(parts)
    if tree.words[word + 1 : after] == parts and _is_particle(tree, word, word + 1):
        return after - 1
    for child in tree.children[word]:
        begins = child if tree.relations[child] in _PARTICLES else _case_of(tree, word, child)
        if begins is not None and tree.words[begins : begins + len(parts)] == parts:
            return begins + len(parts) - 1 if begins == word + 1 else word
    return None


def _is_particle(tree: Tree, verb: int, word: int) -> bool:
    """Whether the word behind a verb belongs to it, and not to a time: "called on Friday"."""
    head = tree.heads[word]
    return not (tree.relations[word] == "case" and head != verb and tree.types[head] == "time")


def _case_of(tree: Tree, verb: int, phrase: int) -> int | None:
    """The preposition of a phrase of a verb that has no object of its own."""
    if tree.relations[phrase] not in {"obl", "advcl", "ccomp"} or phrase < verb:
        return None
    if tree.child(verb, "obj") is not None or tree.types[phrase] == "time":
        return None
    return tree.child(phrase, "case", "mark")


def _fill(found: Happening, slots: Sequence[Sequence[str]], kinds: frozenset[Kind]) -> list[int]:
    """The words of the first slot that is filled with somebody, spread over coordinations.

    Where only things fill them, whose they are counts: "criticised Vale's decision".
    """
    for owners in (False, True):
        for group in slots:
            words: list[int] = []
            for slot in group:
                given = found.arguments.get(slot)
                if owners:
                    given = _owners(found.sentence.tree, given) if slot in _OWNED else []
                    given = [w for w in given if found.sentence.mention(w) is not None][:1]
                for own in _of_kinds(found.sentence, given, kinds):
                    if own not in words and not _is_scene(found.sentence, own, slot):
                        words.append(own)
            if words:
                return words
    return []


def _owners(tree: Tree, words: Sequence[int]) -> list[int]:
    """Whose some things are: possessors, qualifiers, who stands behind "of" and "by"."""
    found: list[int] = []
    for word in words:
        if not tree.tags[word].startswith("NN"):
            continue
        found += tree.all_children(word, "nmod:poss", "amod", "compound")
        found += [c for c in tree.all_children(word, "nmod") if tree.case(c) in _OF_SOMEBODY]
    return found


def _is_scene(sentence: Sentence, word: int, slot: str) -> bool:
    """Whether a place is where it happens ("Lenz bombing", "riots in Lenz"), not who acts."""
    entity = sentence.entity(word)
    if slot == "amod" and sentence.mention(word) is None:
        # "a military intervention" is nobody's, "a police raid" is.
        return not is_folk(sentence.tree.words[word])
    if entity is None or entity.kind not in {Kind.PLACE, Kind.FACILITY}:
        return False
    return slot in _GROUND or (slot == "amod" and entity.actor is None)


def _of_kinds(sentence: Sentence, words: Sequence[int], kinds: frozenset[Kind]) -> list[int]:
    """Words that mention an entity of these kinds, with those coordinated with them."""
    found: list[int] = []
    for word in words:
        for own in sentence.tree.joined(word):
            entity = sentence.entity(own)
            if entity is None or own in found:
                continue
            if (
                entity.kind in kinds
                or (kinds is ACTING and _acts(sentence, own, entity))
                or (entity.kind is Kind.OTHER and kind_of(sentence.tree, own) in kinds)
            ):
                found.append(own)
    return found


def _acts(sentence: Sentence, word: int, entity: Entity) -> bool:
    """Whether a thing acts all the same: "the White House", "jets"."""
    if entity.kind is not Kind.FACILITY:
        return False
    mention = sentence.mention(word)
    is_named = mention is not None and mention.form is MentionForm.NAME
    return is_named or bool(set(lemmas_of(sentence.tree.words[word])) & WARLIKE)


def _holds(need: Need, arguments: Arguments, sentence: Sentence, word: int) -> bool:
    tree = sentence.tree
    if need.slot == "passive":
        return arguments.is_passive == need.wanted
    if need.slot == "active":
        return arguments.is_passive != need.wanted
    words = arguments.get(need.slot)
    if need.slot == "inf" and not words:
        words = arguments.get("to") if any(tree.is_verb(w) for w in arguments.get("to")) else []
    if need.kind:
        return _is_kind(need, words, arguments, sentence) == need.wanted
    if not need.lemmas:
        return bool(words) == need.wanted
    heads = {lemma for w in words for own in tree.joined(w) for lemma in _lemmas(tree, own)}
    if need.slot == "subj" and not heads:
        subject = surface_subject(tree, word)
        heads = _lemmas(tree, subject) if subject is not None else set()
    return bool(heads & need.lemmas) == need.wanted


def _lemmas(tree: Tree, word: int) -> set[str]:
    """Lemmas of a word and, of compounds, of the words before it."""
    found = set(lemmas_of(tree.words[word]))
    for child in tree.all_children(word, "compound", "flat", "within", "amod"):
        if child < word:
            found.add(tree.words[child])
    if tree.words[word] in PARTS:
        for child in tree.all_children(word, "nmod"):
            found.update(lemmas_of(tree.words[child]))
    return found


def _is_kind(need: Need, words: Sequence[int], arguments: Arguments, sentence: Sentence) -> bool:
    # Who does it may be left out, or be lost in the tree; that is no reason against.
    if not words and need.slot == "subj":
        return need.wanted
    del arguments
    tree = sentence.tree
    if need.kind == "money":
        return any(_is_money(sentence, w) for w in words)
    kinds = _OF_KIND.get(need.kind, frozenset())
    for word in words:
        for own in tree.joined(word):
            if tree.words[own] in _PERSONS and Kind.PERSON in kinds:
                return True
            entity: Entity | None = sentence.entity(own)
            if entity is not None and (
                entity.kind in kinds or (kinds is ACTING and _acts(sentence, own, entity))
            ):
                return True
    return False


def _is_money(sentence: Sentence, word: int) -> bool:
    tree = sentence.tree
    if set(lemmas_of(tree.words[word])) & _MONEY or tree.words[word] in {"$", "€", "£"}:
        return True
    start, end = tree.starts[word], tree.ends[word]
    return any(
        q.span.start <= start and end <= q.span.end and (q.unit or "") in {"USD", "EUR", "GBP"}
        for q in sentence.quantities
    )


def triggers_in(sentences: Sequence[Sentence], reader: FrameReader) -> Iterator[Happening]:
    """The happenings of some sentences; those without a word of the lexicon make no tree."""
    for sentence in sentences:
        if reader.has_words(sentence):
            yield from reader.read(sentence)


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
