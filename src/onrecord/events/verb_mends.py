"""Arcs of clauses that are put right: subjects, objects, relative clauses, participles."""

import itertools
from typing import Final

from onrecord.events.asking import ASKED_BEHIND
from onrecord.events.tree_changes import FINITE, Arcs, mend_of

_WHO: Final = frozenset(("who", "which", "whom", "whose"))
_PERSONAL: Final = frozenset(("who", "whom"))
# So many nouns may stand between who it is told of and "who".
_NEAREST: Final = 3
_THINGS: Final = frozenset(("place", "object", "time", "abstract", "event"))
_RELATIVE_TAGS: Final = frozenset(("WP", "WDT", "WP$"))
_HAVING: Final = frozenset(("have", "has", "had", "having"))
_HELPING: Final = frozenset("do does did will would can could may might must should shall".split())
_ING_MARKS: Final = frozenset(("of", "from", "for", "by", "into", "about", "without", "in"))
_ACCUSING: Final = frozenset(
    "accuse accuses accused accusing suspect suspects suspected suspecting convict convicts "
    "convicted convicting acquit acquits acquitted acquitting cleared".split()
)
_HARMED: Final = frozenset(
    "dead wounded injured hurt maimed homeless missing displaced hospitalised hospitalized "
    "stranded trapped unconscious paralysed paralyzed orphaned destroyed damaged".split()
)
_LEAVING: Final = frozenset(("leave", "leaves", "left", "leaving"))
_PASSIVE_BE: Final = frozenset(("been", "being"))
_WITH_OBJECT: Final = ("obj", "ccomp", "xcomp")
_SUBJECTS: Final = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "expl")

_BE: Final = frozenset("be is are was were am been being".split())
# What hangs on the verb of a clause and on no noun.
_OF_CLAUSES: Final = frozenset(("punct", "advcl", "aux", "mark", "parataxis"))


def mend_relative_clause(arcs: Arcs, word: int) -> None:
    """A clause with "who" or "which" is of the noun before it: "the men, who were held"."""
    if not arcs.is_verb(word):
        return
    own = [c for c in arcs.tree.children[word] if c < word and arcs.words[c] in _WHO]
    if not own or arcs.tags[own[0]] not in _RELATIVE_TAGS:
        return
    at = own[0] - 1
    if at > 0 and arcs.words[at] == ",":
        at -= 1
    elif at < 0 or not arcs.is_noun(at):
        return
    if arcs.is_noun(at):
        noun = arcs.heads[at] if arcs.relations[at] in {"flat", "within"} else at
        arcs.attach(word, noun, "acl:relcl")


def mend_who(arcs: Arcs, word: int) -> None:
    """Only of persons it is told "who": "the monks of the abbey, who fed them"."""
    own = [c for c in arcs.tree.children[word] if c < word and arcs.words[c] in _PERSONAL]
    noun = arcs.heads[word]
    if not own or arcs.tags[own[0]] != "WP" or arcs.types[noun] not in _THINGS:
        return
    for _ in range(_NEAREST):
        if arcs.relations[noun] in {"nmod", "obl"} and arcs.types[noun] in _THINGS:
            noun = arcs.heads[noun]
    if arcs.is_noun(noun) and arcs.types[noun] == "person" and noun < own[0]:
        arcs.attach(word, noun, "acl:relcl")


def mend_relative_object(arcs: Arcs, word: int) -> None:
    """Of two subjects a relative pronoun is the object: "the boy that a sniper shot"."""
    verb = arcs.heads[word]
    if arcs.tags[word] not in _RELATIVE_TAGS or verb < word:
        return
    is_mark = arcs.relations[word] == "mark"
    if is_mark and (arcs.relations[verb] != "acl:relcl" or arcs.has(verb, "aux:pass")):
        return
    others = [c for c in arcs.tree.all_children(verb, "nsubj") if word < c < verb]
    loose = verb - 1
    if not others and arcs.relations[word] == "nsubj:pass" and not arcs.has(verb, "aux:pass"):
        is_bare = word < loose and arcs.is_noun(loose) and arcs.case_of(loose) is None
        if is_bare and arcs.attach(loose, verb, "nsubj"):
            others = [loose]
    if others and arcs.is_noun(others[0]):
        arcs.relations[word] = "obl" if arcs.has(verb, "obj") else "obj"


def mend_active(arcs: Arcs, word: int) -> None:
    """The subject of a verb with an object, or with "have" alone, is active."""
    verb = arcs.heads[word]
    if not arcs.is_verb(verb) or arcs.has(verb, "aux:pass"):
        return
    has_object = any(c > verb for c in arcs.tree.all_children(verb, "obj"))
    helpers = {arcs.words[c] for c in arcs.tree.all_children(verb, "aux")}
    if has_object or helpers & _HAVING:
        arcs.relations[word] = "nsubj"
    elif (
        arcs.heads[verb] == verb
        and arcs.words[-1] == "."
        and not arcs.has(verb, "obl:agent", "aux")
    ):
        # Without "was" only headlines are in the passive: "the navy never fired at them."
        arcs.relations[word], arcs.tags[verb] = "nsubj", "VBD"


def mend_copula(arcs: Arcs, word: int) -> None:
    """Only "be" is a copula: another verb is the head of what it seems to hang on."""
    told = arcs.heads[word]
    if told <= word or arcs.words[word] in _BE or arcs.has(word, "cop"):
        return
    above, relation = arcs.heads[told], arcs.relations[told]
    if above == told:
        arcs.tree.children[told].remove(word)
        arcs.heads[word], arcs.relations[word] = word, relation
    elif not arcs.attach(word, above, relation):
        return
    case = arcs.case_of(told)
    arcs.attach(told, word, "obj" if case is None else "obl")
    for child in tuple(arcs.tree.children[told]):
        if child < word or arcs.relations[child] in _OF_CLAUSES:
            arcs.attach(child, word, arcs.relations[child])


def mend_reduced_clause(arcs: Arcs, word: int) -> None:
    """A participle right behind the subject of a later verb: "the ferry hijacked by pirates"."""
    verb, noun = arcs.heads[word], word - 1
    if arcs.tags[word] == "VBN" and 0 <= verb < noun and arcs.relations[word] == "acl":
        # "Food is short in villages held by fighters": of the noun right before it.
        if arcs.is_noun(noun) and arcs.tags[verb] == "JJ":
            arcs.attach(word, noun, "acl")
        return
    if arcs.tags[word] not in {"VBN", "VBD"} or verb <= word or noun < 0:
        return
    if not arcs.is_noun(noun) or arcs.has(word, *_SUBJECTS, "mark", "aux", "aux:pass", "obj"):
        return
    noun = arcs.top_of_phrase(noun)
    if arcs.heads[noun] != verb or arcs.relations[noun] not in {"nsubj", "nsubj:pass"}:
        return
    if arcs.attach(word, noun, "acl"):
        arcs.tags[word] = "VBN"
        for child in arcs.tree.all_children(word, "obl"):
            case = arcs.case_of(child)
            if case is not None and arcs.words[case] == "by" and not arcs.is_time(child):
                arcs.relations[child] = "obl:agent"


def mend_verb_tag(arcs: Arcs, word: int) -> None:
    """A word with "to" or "did not" before it is a verb: "urged him to strike"."""
    tag = arcs.tags[word]
    if tag not in {"NN", "NNP", "NNS", "JJ", "VBP"} or arcs.has(word, "det", "case", "cop"):
        return
    if not arcs.tree.children[word] and tag != "NNP":
        return
    marks = {arcs.words[c] for c in arcs.tree.all_children(word, "mark") if c < word}
    helpers = {arcs.words[c] for c in arcs.tree.all_children(word, "aux") if c < word}
    if "to" in marks or helpers & _HELPING:
        arcs.tags[word] = "VB"
    elif marks & _ING_MARKS and arcs.words[word].endswith("ing"):
        arcs.tags[word] = "VBG"
        _take_objects(arcs, word)
    elif (
        tag == "NNP"
        and arcs.words[word].endswith("ed")
        and (arcs.relations[word] == "ccomp" or arcs.has(word, "nsubj"))
    ):
        arcs.tags[word] = "VBD"


def mend_passive_tag(arcs: Arcs, word: int) -> None:
    """A bare word in -ed behind "been" or "being" is a participle: "had been liberated"."""
    copula = arcs.tree.child(word, "cop")
    if copula is None or arcs.words[copula] not in _PASSIVE_BE or not copula < word < copula + 3:
        return
    if not arcs.words[word].endswith("ed") or arcs.has(word, "det", "amod", "nummod", "compound"):
        return
    arcs.tags[word], arcs.relations[copula] = "VBN", "aux:pass"
    for child in arcs.tree.all_children(word, "nsubj"):
        arcs.relations[child] = "nsubj:pass"


def mend_absolute(arcs: Arcs, word: int) -> None:
    """Who does it behind "with": "with troops pushing back the rebels"."""
    verb = arcs.heads[word]
    if verb <= word or arcs.tags[verb] != "VBG" or arcs.has(verb, *_SUBJECTS, "mark", "case"):
        return
    case = arcs.case_of(word)
    if case is None or arcs.words[case] != "with":
        return
    if all(arcs.tags[w] == "RB" for w in range(word + 1, verb)):
        arcs.relations[word] = "nsubj"


def mend_joined_finite(arcs: Arcs, word: int) -> None:
    """A finite verb is joined to no infinitive: "wants X to win and has sent Y tanks"."""
    plan = arcs.heads[word]
    if plan >= word or arcs.tags[plan] != "VB" or "to" not in arcs.tree.marks(plan):
        return
    if arcs.has(word, *_SUBJECTS):
        return
    own = _finite_form(arcs, word)
    if own is None:
        return
    above = [w for w in arcs.tree.above(plan) if _finite_form(arcs, w) is not None]
    if not above:
        return
    alike = [w for w in above if _finite_form(arcs, w) == own]
    arcs.attach(word, (alike or above)[0], "conj")


def _finite_form(arcs: Arcs, word: int) -> str | None:
    """The helping verb that makes a verb finite, else its part of speech; None of others."""
    for child in arcs.tree.all_children(word, "aux", "aux:pass", "cop"):
        if arcs.tags[child] in FINITE or arcs.tags[child] == "MD":
            return arcs.words[child]
    return arcs.tags[word] if arcs.tags[word] in FINITE else None


def mend_finite(arcs: Arcs, word: int) -> None:
    """A participle with a subject and without "have" is a past: "that he promised"."""
    verb = arcs.heads[word]
    if verb < word or arcs.tags[verb] != "VBN" or arcs.relations[verb] in {"acl", "amod"}:
        return
    if not arcs.has(verb, "aux", "aux:pass"):
        arcs.tags[verb] = "VBD"


def mend_told_subject(arcs: Arcs, word: int) -> None:
    """A second subject behind the verb is that of what is told: "told her his men fired"."""
    verb = arcs.heads[word]
    if word < verb or not any(c < verb for c in arcs.tree.all_children(verb, "nsubj")):
        return
    told = [c for c in arcs.tree.all_children(verb, "ccomp") if c > word]
    if told and not arcs.has(told[0], *_SUBJECTS):
        arcs.attach(word, told[0], "nsubj")


def _take_objects(arcs: Arcs, word: int) -> None:
    """A bare noun behind a gerund is its object."""
    if arcs.is_verb(arcs.heads[word]) and arcs.relations[word] == "compound":
        arcs.relations[word] = "ccomp"
    for child in arcs.tree.all_children(word, "obl", "nmod"):
        if child > word and arcs.case_of(child) is None and not arcs.is_time(child):
            arcs.relations[child] = "obj"


def mend_charge(arcs: Arcs, word: int) -> None:
    """What somebody is accused of is a deed: "accused of jailing rivals"."""
    noun, before = arcs.heads[word], word - 1
    if not arcs.words[word].endswith("ing") or before < 0 or arcs.words[before] != "of":
        return
    if noun <= word or arcs.heads[before] not in {noun, word}:
        return
    verb = next((v for v in range(before, -1, -1) if arcs.words[v] in _ACCUSING), None)
    if verb is not None and arcs.is_verb(verb) and arcs.attach(word, verb, "ccomp"):
        arcs.tags[word] = "VBG"
        arcs.attach(noun, word, "obj")
        arcs.attach(before, word, "mark")


def mend_accused(arcs: Arcs, word: int) -> None:
    """What somebody is accused of hangs on the verb: "accused the port of refusing"."""
    noun = arcs.heads[word]
    verb, marks = arcs.heads[noun], [arcs.words[c] for c in arcs.tree.all_children(word, "mark")]
    if arcs.tags[word] != "VBG" or "of" not in marks or not arcs.is_noun(noun):
        return
    is_party = arcs.relations[noun] in {"obj", "nsubj:pass"} and verb != noun
    if is_party and arcs.words[verb] in _ACCUSING:
        arcs.attach(word, verb, "ccomp")


def mend_early_object(arcs: Arcs, word: int) -> None:
    """An object does not stand before "to" or "of": "accuses it of refusing", "urged it to go"."""
    verb = arcs.heads[word]
    # The subject of an infinitive stands before "to": "waited for it to go".
    may_be = {"VBG"} if arcs.relations[word] == "nsubj" else {"VBG", "VB"}
    if verb < word or arcs.tags[verb] not in may_be:
        return
    mark = arcs.tree.child(verb, "mark")
    above = arcs.heads[verb]
    if mark is None or not word < mark < verb or not arcs.is_verb(above) or above > word:
        return
    if not arcs.has(above, "obj"):
        arcs.attach(word, above, "obj")


def mend_bare_oblique(arcs: Arcs, word: int) -> None:
    """A bare noun is the object of the verb before it, or the subject of the one behind it."""
    verb = arcs.heads[word]
    if arcs.tags[verb][:2] != "VB" or not arcs.is_noun(word) or arcs.is_time(word):
        return
    if arcs.case_of(word) is not None or arcs.has(word, "mark", "cop", "nummod"):
        return
    if word > verb:
        _make_object(arcs, word, verb)
    elif arcs.tags[verb] in FINITE and not arcs.has(verb, *_SUBJECTS):
        arcs.relations[word] = "nsubj"


def _make_object(arcs: Arcs, word: int, verb: int) -> None:
    is_active = not arcs.has(verb, "aux:pass", "nsubj:pass") and arcs.tags[verb] != "VBN"
    is_bare = all(arcs.tags[w] not in {"IN", "TO"} for w in range(verb + 1, word))
    loose = arcs.relations[word] in {"obl", "compound", "root", "ccomp"}
    if is_active and is_bare and loose and not arcs.has(verb, *_WITH_OBJECT):
        arcs.relations[word] = "obj"


def mend_second_subject(arcs: Arcs, word: int) -> None:
    """Behind a verb with a subject stands its object: "accused the guards of torturing"."""
    verb = arcs.heads[word]
    if not verb < word or not arcs.is_verb(verb) or arcs.tags[word] == "PRP":
        return
    before = arcs.first_of(word) - 1
    if before > 0 and arcs.words[before - 1 : before + 1] == ["according", "to"]:
        arcs.relations[word] = "obl"
        return
    if arcs.has(verb, "obj", "aux:pass", "cop"):
        return
    if any(child < verb for child in arcs.tree.all_children(verb, "nsubj")):
        arcs.relations[word] = "obj"


def mend_over_preposition(arcs: Arcs, word: int) -> None:
    """No part of a name stands before its preposition: "charged the ferryman with fraud"."""
    case, verb = arcs.case_of(arcs.heads[word]), arcs.first_of(word) - 1
    if case is None or not word < case < arcs.heads[word] or verb < 0 or not arcs.is_verb(verb):
        return
    if not arcs.has(verb, *_WITH_OBJECT, "aux:pass"):
        arcs.attach(word, verb, "obj")


def mend_side_of_noun(arcs: Arcs, word: int) -> None:
    """Who is told before a verb acts, and who is told before its object is given it."""
    noun = arcs.heads[word]
    verb = arcs.heads[noun]
    if not arcs.is_noun(noun) or arcs.relations[noun] != "obj" or not arcs.is_verb(verb):
        return
    if word < verb < noun and not arcs.has(verb, *_SUBJECTS):
        arcs.attach(word, verb, "nsubj")
    elif verb < word < noun and arcs.case_of(word) is None and not arcs.has(verb, "iobj"):
        arcs.attach(word, verb, "iobj")


def mend_early_oblique(arcs: Arcs, word: int) -> None:
    """No oblique stands before the "to" of its verb: "marched to the ministry to protest"."""
    verb = arcs.heads[word]
    mark, above = arcs.tree.child(verb, "mark"), arcs.heads[verb]
    if arcs.tags[verb] != "VB" or mark is None or not word < mark < verb:
        return
    if arcs.is_verb(above) and above < word and arcs.case_of(word) is not None:
        arcs.attach(word, above, "obl")


def mend_joined_object(arcs: Arcs, word: int) -> None:
    """A second object behind "and" is joined to the first: "took the mill and the radio tower"."""
    verb, joint = arcs.heads[word], arcs.tree.child(word, "cc")
    if joint is None or not verb < joint < word or not arcs.is_verb(verb):
        return
    first = next((o for o in arcs.tree.all_children(verb, "obj") if verb < o < joint), None)
    if first is not None:
        arcs.attach(word, first, "conj")


def mend_plain_relative(arcs: Arcs, word: int) -> None:
    """A finite clause with a subject is no participle: "the boy that a sniper killed"."""
    that = arcs.tree.child(word, "mark")
    if that is not None and arcs.tags[that] in _RELATIVE_TAGS and arcs.has(word, "nsubj"):
        arcs.relations[word] = "acl:relcl"


def mend_against(arcs: Arcs, word: int) -> None:
    """Against whom is told of the deed and not of its matter: "charges of fraud against her"."""
    case, matter = arcs.case_of(word), arcs.heads[word]
    of, deed = arcs.case_of(matter), arcs.heads[matter]
    if case is None or arcs.words[case] != "against" or of is None or arcs.words[of] != "of":
        return
    if matter < word and deed < matter and arcs.is_noun(matter) and arcs.is_noun(deed):
        arcs.attach(word, deed, "nmod")


def mend_far_object(arcs: Arcs, word: int) -> None:
    """What stands right behind a verb is its object: "marched, and police stopped them"."""
    verb, far = arcs.first_of(word) - 1, arcs.heads[word]
    if arcs.relations[verb] == "compound:prt":
        verb = arcs.heads[verb]
    if verb <= far or not arcs.is_verb(far) or arcs.tags[verb] not in {*FINITE, "VB", "VBN"}:
        return
    if arcs.tags[verb] == "VBN" and arcs.relations[verb] != "conj":
        return
    if not arcs.has(verb, "obj", "aux:pass", "cop"):
        arcs.attach(word, verb, "obj")


def mend_cased_object(arcs: Arcs, word: int) -> None:
    """To whom something is given stands bare, or is an oblique: "called on the dockers to"."""
    verb = arcs.heads[word]
    if verb < word and arcs.is_verb(verb) and arcs.case_of(word) is not None:
        arcs.relations[word] = "obl"


def mend_agent(arcs: Arcs, word: int) -> None:
    """Only "by" tells an agent: "received threats from the gang"."""
    case = arcs.case_of(word)
    if case is not None and arcs.words[case] != "by":
        arcs.relations[word] = "obl"


def mend_object(arcs: Arcs, word: int) -> None:
    """An object has no preposition: "went on hunger strike"."""
    case, verb = arcs.case_of(word), arcs.heads[word]
    if case is not None and verb < case and arcs.tags[case] in {"IN", "TO"}:
        arcs.relations[word] = "obl"


def mend_preposition(arcs: Arcs, word: int) -> None:
    """A preposition behind a verb is of the noun behind it: "pulls out of the pact"."""
    verb = arcs.heads[word]
    if arcs.tags[word] not in {"IN", "TO"} or not verb < word <= verb + 2:
        return
    if not arcs.is_verb(verb):
        return
    noun = arcs.noun_after(word)
    if noun is None or arcs.heads[noun] != verb or arcs.case_of(noun) is not None:
        return
    is_particle = arcs.relations[word] == "compound:prt"
    if is_particle and not arcs.has(verb, "aux:pass"):
        return
    if arcs.relations[noun] in (
        {"obl"} if is_particle else {"obj", "obl", "iobj", "xcomp", "nmod"}
    ):
        arcs.attach(word, noun, "case")
        arcs.relations[noun] = "obl"


def mend_harmed(arcs: Arcs, word: int) -> None:
    """Who is left wounded is joined to who is left dead: "left two dead and four wounded"."""
    if arcs.words[word] not in _HARMED:
        return
    near = itertools.islice(arcs.tree.above(word), _NEAREST)
    verb = next((w for w in near if arcs.words[w] in _LEAVING), None)
    if verb is None:
        return
    people, first = arcs.tree.child(word, "nsubj", "nsubj:pass"), _left(arcs, verb, word)
    people = word - 1 if people is None and arcs.is_noun(word - 1) else people
    if people is None or first is None or not first < people < word:
        return
    joint = next((w for w in range(people - 1, first, -1) if arcs.tags[w] == "CC"), None)
    if joint is None:
        return
    if arcs.attach(people, first, "conj") and arcs.attach(word, people, "acl"):
        arcs.attach(joint, people, "cc")
        for inner in range(joint + 1, people):
            arcs.attach(inner, people, "nummod" if arcs.tags[inner] == "CD" else "det")
        arcs.tags[word] = "VBN" if arcs.is_verb(word) else arcs.tags[word]


def _left(arcs: Arcs, verb: int, before: int) -> int | None:
    """Who is left so, as the object of the verb: "left [two] dead"."""
    own = arcs.tree.child(verb, "obj")
    if own is not None:
        return own
    for state in arcs.tree.all_children(verb, "xcomp", "advcl"):
        inner = arcs.tree.child(state, "obj", "nsubj")
        if inner is None or arcs.words[state] not in _HARMED or not verb < inner < state < before:
            continue
        if arcs.attach(inner, verb, "obj"):
            return inner
    return None


def mend_late_subject(arcs: Arcs, word: int) -> None:
    """A noun right before a joined verb is its subject: "the arrest of X and police fired"."""
    if arcs.tags[word] not in {*FINITE, "VBN"} or arcs.has(word, *_SUBJECTS, "cc", "aux"):
        return
    at = word - 1
    if at > 1 and arcs.words[at] == "-":
        at -= 2
    if at < 1 or arcs.relations[at] != "conj" or not arcs.is_noun(at):
        return
    joint = arcs.tree.child(at, "cc")
    if joint is not None and joint < at and arcs.attach(at, word, "nsubj"):
        arcs.attach(joint, word, "cc")
        arcs.tags[word] = "VBD" if arcs.tags[word] == "VBN" else arcs.tags[word]


def mend_asked_for(arcs: Arcs, word: int) -> None:
    """Who is asked stands behind "for", before the infinitive: "called for Arland to leave"."""
    verb = word - 1
    noun = arcs.noun_after(word)
    if arcs.words[word] != "for" or verb < 0 or noun is None:
        return
    if "for" not in ASKED_BEHIND.get(arcs.words[verb], ()):
        return
    to = next((w for w in range(noun + 1, len(arcs.words)) if arcs.tags[w] == "TO"), None)
    if to is None or arcs.tags[arcs.heads[to]] not in {"VB", "VBN"}:
        return
    if not to < arcs.heads[to] <= to + 3:
        return
    plan, noun = arcs.heads[to], arcs.top_of_phrase(noun, word)
    if any(arcs.tags[w].startswith(("VB", "MD")) for w in range(word + 1, to)):
        return
    if arcs.heads[noun] not in {verb, plan} or arcs.relations[noun] == "conj":
        return
    if arcs.attach(noun, verb, "obl") and arcs.attach(plan, verb, "xcomp"):
        arcs.attach(word, noun, "case")


def mend_bare_root(arcs: Arcs, word: int) -> None:
    """A clause without a finite verb hangs on the one before: "narrowly escaped being jailed"."""
    verb = arcs.heads[word]
    being = arcs.tree.child(verb, "aux:pass", "cop")
    if verb < word or arcs.heads[verb] != verb or arcs.has(verb, "aux", "mark", "cc"):
        return
    if being is None or arcs.words[being] != "being" or not word < being < verb:
        return
    if any(word < c < being for c in arcs.tree.all_children(verb, *_SUBJECTS)):
        return
    arcs.tree.children[verb].remove(word)
    arcs.heads[word], arcs.relations[word] = word, "root"
    arcs.attach(verb, word, "xcomp")
    for child in arcs.tree.all_children(word, "nsubj:pass"):
        arcs.relations[child] = "nsubj"


def mend_counted(arcs: Arcs, word: int) -> None:
    """A number right before a joined participle is who it happened to: "and seven wounded"."""
    verb = word + 1
    is_joined = verb < len(arcs.words) and arcs.tags[verb] == "VBN" and word > 0
    if not is_joined or arcs.words[word - 1] not in {"and", ",", "but"}:
        return
    if arcs.relations[verb] == "conj" and arcs.is_verb(arcs.heads[verb]):
        arcs.attach(word, verb, "nsubj:pass")


def mend_hyphen(arcs: Arcs, word: int) -> None:
    """The first part of a verb with a hyphen is no party: "police tear-gassed them"."""
    verb = word + 2
    if verb < len(arcs.words) and arcs.words[word + 1] == "-" and arcs.heads[word] == verb:
        joined = arcs.tree.ends[word] == arcs.tree.starts[verb] - 1
        if joined and arcs.is_verb(verb):
            arcs.relations[word] = "compound"


def mend_participle(arcs: Arcs, word: int) -> None:
    """A participle right before its noun: "1,550 deployed warheads"."""
    if arcs.tags[word] == "VBN" and arcs.heads[word] > word:
        arcs.relations[word] = "amod"


def mend_extraposed(arcs: Arcs, word: int) -> None:
    """What "it" stands for: "it was not true, she said, that they had fired"."""
    said = arcs.heads[word]
    marks = {arcs.words[c] for c in arcs.tree.all_children(word, "mark")}
    if "that" not in marks:
        return
    for other in arcs.tree.all_children(said, "ccomp", "parataxis"):
        subject = arcs.tree.child(other, "nsubj", "expl")
        if (
            other < said < word
            and arcs.has(other, "cop")
            and subject is not None
            and arcs.words[subject] == "it"
        ):
            arcs.attach(word, other, "ccomp")
            return


def mend_infinitive(arcs: Arcs, word: int) -> None:
    """What somebody promises to do is no object: "promised to open an inquiry"."""
    marks = arcs.tree.all_children(word, "mark")
    if any(arcs.words[mark] == "to" for mark in marks) and arcs.tree.is_verb(arcs.tree.heads[word]):
        arcs.attach(word, arcs.tree.heads[word], "xcomp")


def mend_according(arcs: Arcs, word: int) -> None:
    """Who is the source of a sentence is not its subject: "were held, according to the police"."""
    case = arcs.tree.child(word, "case")
    if case is not None and arcs.words[case] == "according":
        arcs.attach(word, arcs.tree.heads[word], "obl")


_NOUNS: Final = "NN NNS NNP NNPS PRP"
_VERBS: Final = "VB VBD VBG VBN VBP VBZ"
_LOOSE_NOUNS: Final = "obl appos nmod:desc nmod flat dep within compound root ccomp"
_CLAUSES: Final = "xcomp ccomp advcl acl conj root acl:relcl parataxis compound"
INNER: Final = (
    mend_of(mend_hyphen, "nsubj nsubj:pass obl obj dep", needs="HYPH"),
    mend_of(mend_participle, "compound", "VBN"),
)
OUTER: Final = (
    mend_of(mend_copula, "cop", _VERBS),
    mend_of(mend_relative_clause, "conj parataxis advcl dep", _VERBS, needs="WP WDT WP$"),
    mend_of(mend_who, "acl:relcl", _VERBS, needs="WP"),
    mend_of(mend_relative_object, "nsubj nsubj:pass mark", "WP WDT WP$"),
    mend_of(mend_bare_root, "parataxis ccomp advcl conj dep nsubj", "VBD VBZ VBP"),
    mend_of(mend_asked_for, "mark case fixed compound:prt", "IN", needs="TO"),
    mend_of(mend_told_subject, "nsubj", _NOUNS),
    mend_of(mend_finite, "nsubj", needs="VBN"),
    mend_of(mend_active, "nsubj:pass"),
    mend_of(mend_reduced_clause, "advcl ccomp dep acl", "VBN VBD"),
    mend_of(mend_verb_tag, _CLAUSES, "NN NNP NNS JJ VBP"),
    mend_of(mend_passive_tag, _CLAUSES, "NN NNS NNP"),
    mend_of(mend_charge, "compound amod nmod", "NN NNS NNP JJ VBG"),
    mend_of(mend_accused, "ccomp acl advcl", "VBG"),
    mend_of(mend_early_object, "obj iobj nsubj", needs="VBG VB"),
    mend_of(mend_side_of_noun, "nsubj", _NOUNS),
    mend_of(mend_second_subject, "nsubj", _NOUNS),
    mend_of(mend_early_oblique, "obl", _NOUNS, needs="TO"),
    mend_of(mend_joined_object, "obj", _NOUNS, needs="CC"),
    mend_of(mend_against, "obl nmod", _NOUNS),
    mend_of(mend_plain_relative, "acl", "VBD VBZ VBP"),
    mend_of(mend_over_preposition, "compound", _NOUNS),
    mend_of(mend_counted, "nsubj nsubj:pass conj", "CD", needs="VBN"),
    mend_of(mend_infinitive, "obj", "VB", needs="TO"),
    mend_of(mend_according, "nsubj nsubj:pass", needs="VBG"),
    mend_of(mend_far_object, "obj"),
    mend_of(mend_agent, "obl:agent"),
    mend_of(mend_cased_object, "iobj", _NOUNS),
    mend_of(mend_object, "obj"),
    mend_of(mend_bare_oblique, _LOOSE_NOUNS, _NOUNS),
    mend_of(mend_preposition, "mark fixed case compound:prt", "IN TO"),
    mend_of(mend_absolute, "obl", _NOUNS, needs="VBG"),
    mend_of(mend_joined_finite, "conj", "VBD VBZ VBP VBN", needs="CC"),
    mend_of(mend_harmed, "conj advcl ccomp parataxis xcomp", "VBD VBN JJ"),
    mend_of(mend_late_subject, "conj", "VBD VBZ VBP VBN", needs="CC"),
    mend_of(mend_extraposed, "ccomp", _VERBS),
)
