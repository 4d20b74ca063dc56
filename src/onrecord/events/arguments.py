"""Who and what fills the slots of a verb or noun in its tree: subject, object, prepositions.

What a tree leaves out is filled in: subjects of coordinated verbs, of infinitives and
participles, what relative pronouns stand for, and who carries out a noun ("launched an
attack"). After: the enhanced dependencies of Universal Dependencies 2, and the frames of
UniversalPetrarch.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from onrecord.events.asking import ASKED_BEHIND
from onrecord.events.forms import is_each_other, lemmas_of
from onrecord.events.light_verbs import LightVerb, light_verb, may_be_light
from onrecord.syntax.trees import Tree

_SUBJECTS: Final = ("nsubj", "nsubj:outer")
_RELATIVE: Final = frozenset(("who", "whom", "which", "that"))
_DEEPEST: Final = 6
# Verbs in a row up to which the first of them is looked for.
_LONGEST_LIST: Final = 20
_NEAR: Final = 2
_NOUNS: Final = frozenset(("NN", "NNS", "NNP", "NNPS", "PRP"))
_CARRIED: Final = frozenset(("obj", "nsubj:pass", "nsubj", "obl", "nmod", "xcomp"))
_PHRASES: Final = ("nmod", "obl", "obl:agent")
_DISPOSED: Final = frozenset("ready willing open prepared responsible guilty behind".split())
_STRUCK: Final = frozenset("target targets victim victims subject object".split())
# What is told of somebody by "be" and a preposition: "is under arrest", "are on strike".
_STATES: Final = {"on": "carrier", "in": "carrier", "at": "carrier", "under": "target"}
_CALLING: Final = frozenset("call calls called calling".split())
_CLAIMING: Final = frozenset(
    "claim claims claimed claiming accept accepts accepted accepting admit admits admitted "
    "admitting assume assumes assumed assuming take takes took taken taking".split()
)
_NOT: Final = frozenset(("no", "not", "n't", "never", "neither", "nobody", "none"))
_HAVING: Final = frozenset(("have", "has", "had", "having"))
_CHARGES: Final = frozenset(("of", "from", "for", "into"))
_MARKED: Final = frozenset(("advcl", "acl", "xcomp"))
_RECEIVING: Final = frozenset(("person", "organization", "place"))
_SLOTS: Final = {
    "nsubj:pass": "obj", "obj": "obj", "iobj": "iobj", "obl:agent": "subj", "ccomp": "that",
    "csubj": "that", "csubj:pass": "that", "xcomp": "inf",
}  # fmt: skip
_SLOTS_OF_NOUN: Final = {
    "nmod:poss": "poss", "amod": "amod", "compound": "amod", "nmod:desc": "amod",
    "nmod:unmarked": "amod", "acl": "that", "ccomp": "that",
}  # fmt: skip
# Verbs whose subject is to do it, not whom they speak to: "promised them to leave".
_PROMISING: Final = frozenset(
    "promise promises promised promising vow vows vowed vowing threaten threatens threatened "
    "threatening swear swears swore sworn swearing".split()
)
# What comes of an act, told by a participle behind it.
_RESULTS: Final = frozenset(
    "killing wounding injuring maiming leaving destroying damaging burying trapping displacing "
    "forcing causing prompting triggering sparking".split()
)
_NEVER_ASKED: Final = frozenset(("time", "event", "abstract", "object"))
# Verbs whose object is taken to have done what stands behind "for", "of" or "over".
_HOLDING_TO_ACCOUNT: Final = frozenset(
    "accuse acquit arrest blame charge convict detain execute fine indict imprison jail "
    "prosecute punish sentence sue suspect try".split()
)
_CHARGED: Final = frozenset(("of", "for", "over"))
Slots = dict[str, list[int]]


@dataclass(slots=True)
class Arguments:
    """What fills the slots of one trigger.

    Attributes:
        slots: Words that head the fillers, by slot, nearest first; coordinated ones are
            not spread out yet.
        is_passive: Of a verb.
        light: The verb that carries a noun, and its word.
    """

    slots: Slots = field(default_factory=dict)
    is_passive: bool = False
    light: tuple[int, LightVerb] | None = None

    def get(self, slot: str) -> list[int]:
        """Words that fill a slot."""
        return self.slots.get(slot, [])

    def add(self, slot: str, *words: int) -> None:
        """Further fillers of a slot."""
        own = self.slots.setdefault(slot, [])
        own += [w for w in words if w not in own]


def with_particle(found: Arguments, particle: str) -> Arguments:
    """The arguments of a verb whose particle is a preposition: what follows is its object.

    Where another one stands between them, it is no object: "pulled out of the deal".
    """
    longer = {w for slot, own in found.slots.items() if f"{particle} " in slot for w in own}
    objects = [word for word in found.get(particle) if word not in longer]
    if found.get("obj") or not objects:
        return found
    own = Arguments(dict(found.slots), found.is_passive, found.light)
    own.slots["obj"] = objects
    return own


def arguments_of(tree: Tree, word: int, *, is_verb: bool) -> Arguments:
    """The slots of a word."""
    found = _of_verb(tree, word) if is_verb else _of_noun(tree, word)
    for slot in ("subj", "carrier"):
        if any(is_each_other(tree.words, own) for own in found.get(slot)):
            found.slots[slot] = [_one_of_both(tree, own) for own in found.get(slot)]
    return found


def _one_of_both(tree: Tree, word: int) -> int:
    """For "each other" who does it to each other: "they accused each other of shelling"."""
    verb = word
    while is_each_other(tree.words, verb) and tree.heads[verb] != verb:
        verb = tree.heads[verb]
    subject = surface_subject(tree, verb) if is_each_other(tree.words, word) else None
    return word if subject is None else subject


def _of_verb(tree: Tree, verb: int) -> Arguments:
    found = Arguments(is_passive=tree.is_passive(verb))
    _add_own(tree, verb, found)
    surface = "obj" if found.is_passive else "subj"
    if not found.get(surface):
        subject = surface_subject(tree, verb)
        if subject is not None:
            found.add(surface, subject)
    if found.is_passive and not found.get("subj") and tree.relations[verb] == "conj":
        # "Was shot and wounded by a guard."
        agents = tree.all_children(_first_joined(tree, verb), "obl:agent")
        found.add("subj", *(w for w in agents if w > verb))
    _add_antecedent(tree, verb, found)
    if not found.get("obj") and not found.is_passive and not found.get("that"):
        _add_shared(tree, verb, found)
    _add_far_prepositions(tree, found)
    return found


def _add_own(tree: Tree, verb: int, found: Arguments) -> None:
    """Slots that hang on the verb itself."""
    bare: list[int] = []
    for child in tree.children[verb]:
        relation = tree.relations[child]
        if relation in {"obl", "nmod"}:
            _add_oblique(tree, verb, child, found, bare)
        elif relation in _MARKED and tree.marks(child):
            _add_marked(tree, child, found)
        else:
            slot = _slot_of(relation, is_passive=found.is_passive)
            if slot:
                found.add(slot, child)
    if bare and not found.get("obj") and not found.is_passive:
        # An object that the tree takes for an oblique: "is visiting Lenz".
        found.add("obj", bare[0])
    if not found.is_passive:
        _mend(tree, verb, found)
    if found.get("iobj"):
        # Whom something is given stands where "to" would: "paid them a fine".
        found.slots["to"] = [*found.get("iobj"), *found.get("to")]
        if not found.get("obj"):
            found.add("obj", *found.get("iobj"))
    elif len(found.get("obj")) > 1 and not found.is_passive:
        _add_first_of_two(tree, found)


def _add_marked(tree: Tree, clause: int, found: Arguments) -> None:
    """A clause with its conjunction or preposition: "warned Arland against sending troops"."""
    is_open, mark = tree.relations[clause] == "xcomp", tree.marks(clause)[-1]
    if not is_open or mark != "to":
        _add_case(found, mark, clause)
    if is_open:
        found.add(_SLOTS["xcomp"], clause)


def _add_first_of_two(tree: Tree, found: Arguments) -> None:
    """Of two objects the first is whom it is given to: "lent the town ten boats"."""
    first, second = found.get("obj")[:2]
    if tree.types[first] in _RECEIVING and tree.types[second] not in _RECEIVING:
        found.slots["to"] = [first, *found.get("to")]


def _mend(tree: Tree, verb: int, found: Arguments) -> None:
    """Put right what trees get wrong: parties on the other side of an active verb."""
    own = [w for w in found.get("subj") if tree.relations[w] in _SUBJECTS]
    for word in [w for w in own if w > verb and tree.case(w) not in {"", "by"}]:
        # "called for sanctions" with sanctions as its subject
        found.slots["subj"].remove(word)
        own.remove(word)
        _add_case(found, tree.case(word), word)
    before = [w for w in own if w < verb]
    behind = [w for w in own if w > verb]
    if before and behind and not found.get("obj"):
        found.slots["subj"] = [w for w in found.get("subj") if w not in behind]
        found.add("obj", *behind)
    if own:
        return
    for word in tree.children[verb]:
        is_noun = word < verb and tree.tags[word] in _NOUNS
        if is_noun and tree.relations[word] in {"obj", "compound", "nmod:desc"}:
            found.slots["obj"] = [w for w in found.get("obj") if w != word]
            found.add("subj", word)


def _slot_of(relation: str, *, is_passive: bool) -> str:
    """The slot of a relation; empty if it has none. Subjects of passives are objects."""
    if relation in _SUBJECTS:
        return "obj" if is_passive else "subj"
    return _SLOTS.get(relation, "")


def _add_oblique(tree: Tree, verb: int, child: int, found: Arguments, bare: list[int]) -> None:
    """A phrase with a preposition; one without goes to those that are bare."""
    case = tree.case(child)
    if case == "by" and found.is_passive:
        found.add("subj", child)
    elif case:
        _add_case(found, case, child)
    elif child > verb and tree.tags[child] in _NOUNS and tree.types[child] != "time":
        bare.append(child)


def _add_case(found: Arguments, case: str, word: int) -> None:
    """A filler with its preposition; of several parts, the last and the first too."""
    parts = case.split()
    for name in dict.fromkeys([case, parts[-1], parts[0]]):
        found.add(name, word)


def _add_antecedent(tree: Tree, verb: int, found: Arguments) -> None:
    """What a relative clause or participle says of the noun that it hangs on."""
    relation, noun = tree.relations[verb], tree.heads[verb]
    if relation in {"ccomp", "xcomp", "conj"} and tree.is_verb(noun):
        # "the militia, which they say burned the mill", "the mine that killed two and hurt four"
        around = _first_joined(tree, noun) if relation == "conj" else noun
        if tree.relations[around] == "acl:relcl":
            _add_relative_object(tree, verb, around, found)
            _replace_relative(tree, tree.heads[around], found)
    elif relation == "acl:relcl":
        if _replace_relative(tree, noun, found):
            return
        if not found.get("subj") and not found.is_passive:
            found.add("subj", noun)
        elif not found.get("obj"):
            found.add("obj", noun)
    elif relation in {"acl", "amod"}:
        if tree.tags[verb] == "VBG" and tree.child(verb, "nsubj") is None:
            found.add("subj", noun)
        elif tree.tags[verb] in {"VBN", "VBD", "JJ"}:
            found.add("obj", noun)


def _first_joined(tree: Tree, verb: int) -> int:
    """The first of the verbs that one is joined to."""
    for _ in range(_LONGEST_LIST):
        if tree.relations[verb] != "conj" or tree.heads[verb] == verb:
            break
        verb = tree.heads[verb]
    return verb


def _add_relative_object(tree: Tree, verb: int, first: int, found: Arguments) -> None:
    """A joined verb shares a relative pronoun as its object: "that pirates hit and sank"."""
    shared = tree.child(first, "obj")
    is_open = tree.relations[verb] == "conj" and not found.is_passive and not found.get("obj")
    if is_open and shared is not None and shared < first and tree.words[shared] in _RELATIVE:
        found.add("obj", shared)


def _replace_relative(tree: Tree, noun: int, found: Arguments) -> bool:
    """Put a noun in place of the relative pronouns that stand for it; whether there were any."""
    replaced = False
    for words in found.slots.values():
        for at, word in enumerate(words):
            is_that = tree.words[word] in _RELATIVE and tree.tags[word] not in _NOUNS
            if tree.tags[word] in {"WDT", "WP"} or is_that:
                words[at] = noun
                replaced = True
    return replaced


def _add_shared(tree: Tree, verb: int, found: Arguments) -> None:
    """The object of a coordinated verb right behind: "kicked and beat the prisoner"."""
    for other in tree.all_children(verb, "conj"):
        if other - verb <= _NEAR and tree.is_verb(other) and tree.child(other, "nsubj") is None:
            found.add("obj", *tree.all_children(other, "obj"))


def _add_far_prepositions(tree: Tree, found: Arguments) -> None:
    """Phrases that hang on the object, but may be the verb's."""
    for noun in [*found.get("obj"), *found.get("iobj")]:
        for child in tree.all_children(noun, "nmod", "obl"):
            case = tree.case(child)
            if case:
                _add_case(found, case, child)


def surface_subject(tree: Tree, verb: int, depth: int = 0) -> int | None:
    """The word that is grammatically the subject, also where the clause leaves it out."""
    own = tree.child(verb, "nsubj", "nsubj:pass", "nsubj:outer")
    head = tree.heads[verb]
    if own is not None or depth > _DEEPEST or head == verb or is_result(tree, verb):
        return own
    relation = tree.relations[verb]
    asked = _asked(tree, verb, head) if relation in {"xcomp", "advcl"} else None
    if asked is not None:
        return asked
    is_plan = relation == "xcomp" or (relation == "ccomp" and "to" in tree.marks(verb))
    if is_plan and tree.words[head] not in _PROMISING:
        own = tree.child(head, "obj", "iobj")
    elif relation in {"advcl", "acl", "ccomp"} and _is_charge(tree, verb, head):
        own = tree.child(head, "obj", "nsubj:pass", "iobj")
    elif (
        relation in {"ccomp", "xcomp"}
        and tree.relations[head] == "acl:relcl"
        and not tree.marks(verb)
    ):
        # "the militia, which they say burned the mill"
        own = tree.heads[head]
    if own is not None:
        return own
    of_noun = relation == "xcomp" and tree.tags[head].startswith("NN")
    if _shares_subject(tree, verb, head) and not of_noun:
        return surface_subject(tree, head, depth + 1)
    is_of_noun = of_noun or (relation == "acl" and tree.tags[verb] in {"VB", "VBG"})
    if relation == "advcl" or (is_of_noun and _is_infinitive(tree, verb)):
        return _carrier(tree, head, depth)
    return None


def _asked(tree: Tree, verb: int, head: int) -> int | None:
    """Who is called on to do what an infinitive tells; they stand right before it."""
    cases = ASKED_BEHIND.get(tree.words[head])
    mark = tree.child(verb, "mark")
    if cases is None or mark is None or tree.words[mark] != "to":
        return None
    for child in reversed(tree.all_children(head, "obl", "nmod", "obl:agent")):
        if head < child < mark and tree.case(child) in cases:
            return None if tree.types[child] in _NEVER_ASKED else child
    return None


def _shares_subject(tree: Tree, verb: int, head: int) -> bool:
    """Whether a clause without a subject has that of the clause around it."""
    relation = tree.relations[verb]
    if relation == "advcl":
        return tree.is_verb(head) or tree.child(head, "cop") is not None
    if relation == "ccomp":
        return tree.tags[verb] in {"VBG", "VBN"} or _is_infinitive(tree, verb)
    if relation == "parataxis":
        return tree.tags[verb] in {"VBG", "VBN"}
    return relation in {"conj", "xcomp"}


def is_result(tree: Tree, verb: int) -> bool:
    """Whether a participle tells what came of what was done: "was hit, killing nine"."""
    return (
        tree.relations[verb] == "advcl"
        and tree.tags[verb] == "VBG"
        and tree.words[verb] in _RESULTS
        and not tree.marks(verb)
        and tree.is_passive(tree.heads[verb])
    )


def _is_charge(tree: Tree, verb: int, head: int) -> bool:
    """Whether the object of a verb is who does it: "accused X of shelling", "kept X from going"."""
    if tree.tags[verb] != "VBG" or not tree.is_verb(head):
        return False
    marks = set(tree.marks(verb))
    return bool(marks & _CHARGES) or ("with" in marks and _is_charged_with(tree, head))


def _is_infinitive(tree: Tree, verb: int) -> bool:
    """Whether it has "to", or a preposition, and no subject: "to attack", "of attacking"."""
    return any(tree.relations[c] == "mark" for c in tree.children[verb])


def _carrier(tree: Tree, noun: int, depth: int) -> int | None:
    """Who has a plan, makes a decision: possessor, adjective, subject of the verb around."""
    possessor = tree.child(noun, "nmod:poss")
    if possessor is not None:
        return possessor
    verb = tree.heads[noun]
    if tree.relations[noun] in {"obj", "obl"} and tree.is_verb(verb):
        light = light_verb(tree, verb)
        if tree.words[verb] in _HAVING or (
            light is not None and light.actor == "subj" and light.effect in {"does", "plans"}
        ):
            return surface_subject(tree, verb, depth + 1)
        return None
    if tree.heads[noun] == noun and tree.types[noun] in {"person", "organization", "place"}:
        # A headline: "Premier to visit Arland".
        return noun
    for child in tree.all_children(noun, "nmod", "obl"):
        if tree.case(child) in {"by", "of", "from"}:
            return child
    return tree.child(noun, "amod", "compound")


def _of_noun(tree: Tree, noun: int) -> Arguments:
    found = Arguments()
    for child in _children_of_noun(tree, noun):
        relation = tree.relations[child]
        if relation in {"nmod", "obl", "obl:agent"}:
            case = tree.case(child)
            if case:
                _add_case(found, case, child)
        elif relation in {"acl", "xcomp"} and _is_infinitive(tree, child):
            found.add("inf", child)
        elif relation == "nmod:poss" and tree.types[child] == "time":
            # "Friday's attack" is nobody's.
            continue
        elif relation in _SLOTS_OF_NOUN:
            found.add(_SLOTS_OF_NOUN[relation], child)
    _add_far_of_noun(tree, noun, found)
    place = tree.heads[noun] if tree.relations[noun] == "conj" else noun
    carrier = tree.heads[place]
    _add_predicate(tree, place, found)
    _add_light_clause(tree, noun, found)
    _add_culprit(tree, place, found)
    if found.light is None and tree.relations[place] in _CARRIED and carrier != place:
        _add_light(tree, place, carrier, found)
    return found


def _add_far_of_noun(tree: Tree, noun: int, found: Arguments) -> None:
    """What hangs on a part may be of the whole: "charges of fraud against the mayor"."""
    for child in tree.all_children(noun, "nmod"):
        for far in tree.all_children(child, "nmod", "obl"):
            case = tree.case(far)
            is_another = case == "by" and _is_beside(tree, child, noun)
            if case and case != "of" and not is_another and not found.get(case):
                _add_case(found, case, far)
    if not found.get("by"):
        _add_late_agent(tree, noun, found)


def _add_late_agent(tree: Tree, noun: int, found: Arguments) -> None:
    """Who did it, behind "by", before any verb: "the killing of Ann Orr by the guards"."""
    for word in range(noun + 1, len(tree)):
        of_another = tree.tags[word] == "CC" and tree.tags[word + 1 : word + 2] == ["DT"]
        if tree.tags[word][:2] in {"VB", "MD", ","} or of_another:
            return
        agent = tree.heads[word]
        if tree.words[word] == "by" and tree.relations[word] == "case" and agent > word:
            if _is_beside(tree, word - 1, noun):
                return
            if tree.relations[agent] in {"nmod", "nmod:poss", "obl", "obl:agent"}:
                found.add("by", agent)
            return


def _is_beside(tree: Tree, word: int, noun: int) -> bool:
    """Whether another event stands beside a noun, with its own doer: "after a concert by Ann Orr".

    Behind "of" the doer may be the noun's: "the condemnation of the attack by the synod".
    """
    return word > noun and tree.types[word] == "event" and tree.case(word) not in {"", "of"}


def _add_predicate(tree: Tree, noun: int, found: Arguments) -> None:
    """Who is ready for talks, responsible for an attack, the target of one, under attack."""
    state = tree.child(noun, "nsubj") if tree.child(noun, "cop") is not None else None
    if state is not None and tree.case(noun) in _STATES:
        is_tried = tree.words[noun] == "trial"
        found.add("target" if is_tried else _STATES[tree.case(noun)], state)
        return
    head = tree.heads[noun]
    if tree.relations[noun] not in {"obl", "nmod"} or head == noun:
        return
    claim = tree.heads[head]
    if tree.words[head] == "responsibility" and tree.words[claim] in _CLAIMING:
        subject = surface_subject(tree, claim)
        if subject is not None and _NOT.isdisjoint(_words_on(tree, claim, subject)):
            found.add("carrier", subject)
        return
    subject = tree.child(head, "nsubj")
    if subject is None:
        return
    if tree.words[head] in _DISPOSED:
        found.add("carrier", subject)
    elif tree.words[head] in _STRUCK:
        found.add("target", subject)


def _words_on(tree: Tree, *words: int) -> set[str]:
    """Some words, and those that hang on them."""
    return {tree.words[own] for word in words for own in (word, *tree.children[word])}


def _add_light_clause(tree: Tree, noun: int, found: Arguments) -> None:
    """A light verb behind its noun: "an attack carried out by X", "talks held with Y"."""
    for child in tree.all_children(noun, "acl", "acl:relcl"):
        light = light_verb(tree, child) if tree.is_verb(child) else None
        own = _of_verb(tree, child) if light is not None else Arguments()
        if light is not None and noun in own.get("obj"):
            found.light = (child, light)
            _take(own, light, found, noun)
            return


def _children_of_noun(tree: Tree, noun: int) -> Iterator[int]:
    """What hangs on a noun, and on others that share it: "attacks and raids by X on Y"."""
    yield from tree.children[noun]
    if tree.relations[noun] == "conj":
        head = tree.heads[noun]
        for child in tree.children[head]:
            relation = tree.relations[child]
            before = child < head and relation in {"nmod:poss", "amod", "compound"}
            if before or (child > noun and relation in _PHRASES):
                yield child
    last = [c for c in tree.children[noun] if tree.relations[c] == "conj"]
    for other in last[-1:]:
        if tree.child(other, "det", "nmod:poss") is None:
            yield from tree.all_children(other, *_PHRASES)


def _add_light(tree: Tree, noun: int, verb: int, found: Arguments) -> None:
    """What a verb that carries the noun adds to it."""
    if not tree.is_verb(verb):
        return
    is_oblique = tree.relations[noun] in {"obl", "nmod"}
    case = tree.case(noun) if is_oblique else ""
    if is_oblique and not case:
        return
    is_charge = _holds_to_account(tree, verb, case)
    if not is_charge and not may_be_light(tree.words[verb]):
        return
    own = _of_verb(tree, verb)
    of_subject = noun in own.get("subj")
    light = light_verb(tree, verb, case=case, of_subject=of_subject)
    if light is not None and not light.particle and _is_given_a_name(tree, noun, verb):
        return
    if light is not None:
        found.light = (verb, light)
        _take(own, light, found, noun)
    elif is_charge:
        found.add("carrier", *own.get("obj"))


def _is_given_a_name(tree: Tree, noun: int, verb: int) -> bool:
    """Whether "call" tells what something is, and does not bring it about: "called it unfair"."""
    determiner = tree.child(noun, "det", "nmod:poss")
    is_known = determiner is not None and tree.words[determiner] not in {"a", "an"}
    return tree.words[verb] in _CALLING and is_known


def _add_culprit(tree: Tree, noun: int, found: Arguments) -> None:
    """Who is convicted of a deed did it: "convicted the clerk of the theft"."""
    head = tree.heads[noun]
    is_object = tree.relations[head] in {"obj", "nsubj:pass"} and tree.relations[noun] == "nmod"
    if is_object and _holds_to_account(tree, tree.heads[head], tree.case(noun)):
        found.add("carrier", head)


def _holds_to_account(tree: Tree, verb: int, case: str) -> bool:
    """Whether it is for what stands behind a preposition: "charged the clerk with theft"."""
    if case == "with":
        return _is_charged_with(tree, verb)
    return case in _CHARGED and bool(set(lemmas_of(tree.words[verb])) & _HOLDING_TO_ACCOUNT)


def _is_charged_with(tree: Tree, verb: int) -> bool:
    return "charge" in lemmas_of(tree.words[verb])


def _take(own: Arguments, light: LightVerb, found: Arguments, noun: int) -> None:
    """Slots of a light verb become those of its noun."""
    if light.actor:
        found.add("carrier", *own.get(light.actor))
    if light.recipient:
        found.add("target", *own.get(light.recipient), *own.get("iobj"))
    for name, words in own.slots.items():
        if name not in {"subj", "obj", "inf", "that", "iobj"}:
            found.add(name, *(w for w in words if w != noun))
