"""Arcs of noun phrases that are put right: possessors, prepositions, lists."""

import functools
from typing import Final

from onrecord.events.forms import verb_forms
from onrecord.events.tree_changes import Arcs, mend_of

_LISTED: Final = "nmod appos obl nsubj obl:unmarked nmod:unmarked dep parataxis"
_MISREAD: Final = "nmod:desc compound flat amod appos nmod:unmarked nsubj within"
_MISREAD_OWNERS: Final = frozenset(("nsubj", "nsubj:pass", "obl", "nmod"))
_CASES: Final = frozenset(("IN", "TO"))
_JOINING: Final = frozenset("among between with by from against on".split())
_QUALIFYING: Final = frozenset(("compound", "amod"))
_GIVING: Final = "give send lend pay offer grant hand sell promise deny refuse award".split()
_DESCRIBING: Final = frozenset(("NNP", "NNPS", "JJ"))
_AFTER_NOUN: Final = frozenset(("ago", "apart", "aside", "notwithstanding"))


def mend_possessor(arcs: Arcs, word: int) -> None:
    """What has an 's is a possessor: "Arland's arrest of X shocked readers"."""
    after = word + 1
    if after >= len(arcs.words) or arcs.tags[after] != "POS" or not arcs.is_noun(word):
        return
    if arcs.relations[word] == "compound" and arcs.heads[word] > word:
        return
    owner = _first_of_name(arcs, word)
    if owner != word and arcs.relations[owner] not in _MISREAD_OWNERS:
        return
    while after + 1 < len(arcs.words) and arcs.tags[after + 1] == "POS":
        after += 1
    if arcs.tags[after + 1 : after + 2] in (["VBZ"], ["VBP"], ["VB"]):
        # What somebody owns is a thing: "Arland's accusation".
        arcs.tags[after + 1] = "NN"
    thing = _owned(arcs, after + 1)
    if thing is None:
        return
    if arcs.heads[thing] == owner:
        head, relation = arcs.heads[owner], arcs.relations[owner]
        relation = "nmod" if relation == "compound" else relation
        if head == owner or not arcs.attach(thing, head, relation):
            return
    elif after < arcs.heads[owner] < thing:
        thing = arcs.heads[owner]
    arcs.attach(owner, thing, "nmod:poss")


def _first_of_name(arcs: Arcs, word: int) -> int:
    """The first word of a name, which stands for it."""
    while arcs.relations[word] == "flat" and arcs.heads[word] < word:
        word = arcs.heads[word]
    return word


def _owned(arcs: Arcs, first: int) -> int | None:
    """What somebody owns; a participle before it is no verb: "Arland's visiting king"."""
    thing = arcs.noun_after(first - 1)
    if thing is None or arcs.tags[first] not in {"VBG", "VBN"}:
        return thing
    behind = [c for c in arcs.tree.all_children(first, "obj", "obl") if c > first]
    owned = next((c for c in behind if c <= thing and arcs.case_of(c) is None), None)
    if owned is not None and arcs.heads[first] != first:
        relation = "nmod" if arcs.is_noun(arcs.heads[first]) else "obj"
        if arcs.attach(owned, arcs.heads[first], relation):
            arcs.attach(first, owned, "amod")
    return thing if owned is None else owned


def mend_late_case(arcs: Arcs, word: int) -> None:
    """A preposition belongs to the noun behind it: "charges of fraud against the mayor"."""
    head = arcs.heads[word]
    if head > word or arcs.tags[word] not in {"IN", "TO"} or arcs.words[word] in _AFTER_NOUN:
        return
    noun = arcs.noun_after(word)
    if noun is None:
        return
    noun = arcs.top_of_phrase(noun, word)
    if not arcs.is_noun(noun) or arcs.case_of(noun) is not None:
        return
    above = arcs.heads[noun]
    if above <= word and above != noun:
        relation = "nmod" if arcs.is_noun(above) else "obl"
        if arcs.relations[noun] not in {"conj", "nmod", "obl", "obl:agent"}:
            arcs.relations[noun] = relation
        arcs.attach(word, noun, "case")


def mend_two_cases(arcs: Arcs, word: int) -> None:
    """Of two prepositions the first is of the noun between: "by the senate of the bill"."""
    head = arcs.heads[word]
    if head < word or arcs.tags[word] not in {"IN", "TO"}:
        return
    later = _case_behind(arcs, word, head)
    if later is None:
        return
    for noun in range(word + 1, later):
        if not arcs.is_noun(noun) or arcs.case_of(noun) is not None:
            continue
        if arcs.heads[noun] in {arcs.heads[head], head} and arcs.relations[noun] in {
            "nmod",
            "obl",
            "nmod:poss",
            "compound",
        }:
            arcs.attach(word, noun, "case")
            if arcs.heads[noun] == head:
                arcs.attach(noun, arcs.heads[head], arcs.relations[head])
            return


def _case_behind(arcs: Arcs, word: int, head: int) -> int | None:
    """The next preposition of a noun behind one of them."""
    for child in arcs.tree.children[head]:
        if word < child < head and arcs.relations[child] == "case" and arcs.tags[child] in _CASES:
            return child
    return None


def mend_list(arcs: Arcs, word: int) -> None:
    """The second of three that a comma and "and" join: "the miners, the owners and the state"."""
    head = arcs.heads[word]
    if head >= word or not arcs.is_noun(head) or not arcs.is_noun(word):
        return
    if arcs.case_of(word) is not None:
        return
    ends = [*arcs.tree.all_children(word, "conj"), *arcs.tree.all_children(head, "conj")]
    last = next((c for c in ends if c > word), None)
    if last is None or not arcs.has(last, "cc") or not arcs.is_noun(last):
        return
    before = arcs.first_of(word) - 1
    if before < 1 or arcs.words[before] != ",":
        return
    if arcs.relations[word] == "appos" and not _is_listed(arcs, head, word, last):
        return
    partner = arcs.top_of_phrase(before - 1)
    case = arcs.case_of(partner) if arcs.heads[partner] == head else None
    inner = case is not None and arcs.words[case] in _JOINING
    arcs.attach(word, partner if inner else head, "conj")


def _is_listed(arcs: Arcs, head: int, word: int, last: int) -> bool:
    """Whether a noun behind a comma is no other name of the one before: "two men, a boy and"."""
    names = all(arcs.tags[w].startswith("NNP") for w in (head, word, last))
    return names or (arcs.tags[head] == "NNS" and arcs.tags[word] == "NN")


def mend_pair(arcs: Arcs, word: int) -> None:
    """The second of two that "and" joins: "rebels and government troops were fighting"."""
    head = arcs.heads[word]
    if head >= word or not arcs.is_noun(head) or not arcs.is_noun(word):
        return
    before = arcs.first_of(word) - 1
    while before > head and arcs.heads[before] == head and arcs.relations[before] in _QUALIFYING:
        before -= 1
    if before <= head or arcs.tags[before] != "CC" or arcs.case_of(word) is not None:
        return
    if arcs.is_time(word):
        return
    if arcs.attach(word, head, "conj"):
        arcs.attach(before, word, "cc")
        for inner in range(before + 1, word):
            if arcs.heads[inner] == head:
                arcs.attach(inner, word, arcs.relations[inner])


def mend_far_pair(arcs: Arcs, word: int) -> None:
    """A noun is not joined to a verb: "met the premier as well as two envoys"."""
    verb = arcs.heads[word]
    if verb >= word or not arcs.is_verb(verb) or not arcs.is_noun(word):
        return
    if arcs.has(word, "nsubj", "cop", "nsubj:pass", "case", "aux"):
        return
    joint = arcs.tree.child(word, "cc")
    if joint is None or joint > word:
        return
    partners = [
        c
        for c in arcs.tree.all_children(verb, "obj", "obl", "iobj", "obl:agent")
        if verb < c < joint and arcs.is_noun(c) and not arcs.is_time(c)
    ]
    if partners:
        arcs.attach(word, partners[-1], "conj")


def mend_joined_before(arcs: Arcs, word: int) -> None:
    """Two that are joined before a noun tell whose it is: "Arlish and Borlish troops came"."""
    last = next((c for c in arcs.tree.children[word] if arcs.relations[c] == "conj"), None)
    if last is None or last < word or arcs.tags[last] not in _DESCRIBING:
        return
    noun = last + 1
    is_noun = noun < len(arcs.tags) and arcs.tags[noun] in {"NN", "NNS"}
    if not is_noun or arcs.is_time(noun) or arcs.tags[last - 1] != "CC":
        return
    noun = arcs.top_of_phrase(noun, last)
    if arcs.heads[noun] == arcs.heads[word] and arcs.relations[noun] == arcs.relations[word]:
        arcs.attach(word, noun, "compound")


def mend_row(arcs: Arcs, word: int) -> None:
    """Two names with a comma between act together before a plural verb: "A, B sign pact"."""
    head, verb = arcs.heads[word], word + 1
    if not (head < word - 1 and arcs.words[word - 1] == "," and verb < len(arcs.words)):
        return
    both = all(arcs.tags[w].startswith("NNP") for w in (head, word))
    if both and arcs.tags[verb] in {"VBP", "VB"} and arcs.heads[head] == verb:
        arcs.attach(word, head, "conj")


def mend_phrase(arcs: Arcs, word: int) -> None:
    """A noun behind another one with a preposition: "the resignation of Minister Orr"."""
    head = arcs.heads[word]
    if head >= word or not arcs.is_noun(word) or arcs.relations[word] == "nmod":
        return
    case = arcs.case_of(word)
    if case is None or not head < case or arcs.tags[case] not in {"IN", "TO"}:
        return
    arcs.relations[word] = "nmod" if arcs.is_noun(head) else "obl"


def mend_receiver(arcs: Arcs, word: int) -> None:
    """A name before the article of a thing gets it: "granted Arland a loan"."""
    thing = arcs.heads[word]
    verb = arcs.heads[thing]
    if not verb < word < thing or arcs.relations[thing] != "obj":
        return
    if arcs.words[verb] in _giving() and arcs.tags[word + 1] == "DT":
        arcs.attach(word, verb, "iobj")


def mend_given(arcs: Arcs, word: int) -> None:
    """Persons before a thing get it: "gave the widows flour"."""
    thing = arcs.heads[word]
    verb = arcs.heads[thing]
    if not word < thing or arcs.relations[thing] != "obj" or arcs.words[verb] not in _giving():
        return
    between = arcs.tags[verb + 1 : word]
    is_thing = arcs.types[thing] in {"object", "abstract"}
    # Without an 's nobody owns it.
    is_thing = is_thing or (arcs.relations[word] == "nmod:poss" and arcs.tags[thing] == "NN")
    is_group = arcs.types[word] == "person" and is_thing and not arcs.has(word, "case")
    if verb < word and is_group and between and between[0] in {"DT", "PRP$"}:
        for child in [c for c in arcs.tree.children[thing] if c < word]:
            arcs.attach(child, word, arcs.relations[child])
        arcs.attach(word, verb, "iobj")


@functools.cache
def _giving() -> frozenset[str]:
    """Forms of verbs that take two objects."""
    return frozenset(form for verb in _GIVING for form in verb_forms(verb))


_OWNING: Final = (
    "nsubj nsubj:pass obl nmod nmod:poss obj dep appos root nmod:unmarked compound flat"
)
_NOUNS: Final = "NN NNS NNP NNPS PRP"
INNER: Final = (
    mend_of(mend_possessor, _OWNING, _NOUNS, needs="POS"),
    mend_of(mend_late_case, "case", "IN TO"),
    mend_of(mend_two_cases, "case", "IN TO"),
    mend_of(mend_given, "compound nmod:poss", "NNS"),
    mend_of(mend_receiver, "compound nmod:desc flat nmod", "NNP NNPS"),
)
OUTER: Final = (
    mend_of(mend_list, _LISTED, _NOUNS, needs="CC"),
    mend_of(mend_pair, _LISTED + " obj nmod:desc", _NOUNS, needs="CC"),
    mend_of(mend_far_pair, "conj", _NOUNS, needs="CC RB"),
    mend_of(mend_joined_before, "nsubj nsubj:pass obj obl nmod", "NNP NNPS JJ", needs="CC"),
    mend_of(mend_row, "compound appos nmod:desc nmod flat list", "NNP NNPS", needs=","),
    mend_of(mend_phrase, _MISREAD, _NOUNS),
)
