"""The grammar in which a word reports: which words of a tree say it, and what is said.

A frame takes a tree and a word and tells its source, cue and content, or None where the word
does not stand so. Which word has which frames: `reporting_words.tsv`, read by `reports.py`.
"""

import functools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.statements.cues import verb_forms
from onrecord.syntax.trees import Tree

_MARKS: Final = frozenset(",.;:-–—")
_BEFORE_VERBS: Final = frozenset(("aux", "aux:pass", "advmod", "compound:prt"))
# What is no part of a clause of which hearsay is told.
_OUTSIDE: Final = frozenset("mark cc parataxis discourse".split())
# What is no part of a phrase of which hearsay is told.
_BESIDE: Final = frozenset(
    """det det:predet conj cc appos acl:relcl case cop nsubj nsubj:pass aux advmod nmod:poss punct
    mark advcl parataxis obl""".split()
)
# Verbs whose subject is the one whose words their object is: "she made the claim that".
_ISSUING: Final = "issue make release publish repeat reiterate deliver put spread circulate"
# Verbs up to which the subject of a later one is looked for.
_FARTHEST: Final = 3


@dataclass(frozen=True, slots=True)
class Framed:
    """Words of a tree: of the source, first and last of the cue, of the content."""

    source: Sequence[int]
    cue: tuple[int, int]
    content: Sequence[int]


Frame = Callable[[Tree, int], Framed | None]


def part_of(tree: Tree, word: int) -> str:
    """Part of speech, as the table of words has it; empty if it is another."""
    relation, tag = tree.relations[word], tree.tags[word]
    if relation == "advmod":
        return "adverb"
    if relation == "amod":
        return "adjective"
    return "verb" if tree.is_verb(word) else "noun" if tag in {"NN", "NNS"} else ""


def speaking(tree: Tree, verb: int) -> tuple[list[int], tuple[int, int]] | None:
    """Source and cue of a verb in the active voice; None if it has no subject."""
    source = _subject(tree, verb)
    if source is None or tree.is_passive(verb):
        return None
    return _without_case(tree, source), _verb_group(tree, verb)


def _clause(tree: Tree, verb: int) -> Framed | None:
    """X alleges that Y did it."""
    said = next((c for c in tree.all_children(verb, "ccomp") if c > verb), None)
    own = speaking(tree, verb)
    # "What he says makes him smart": what is said about stands before.
    if own is None or said is None or not _has_subject(tree, said):
        return None
    return Framed(*own, _below(tree, said))


def _to(tree: Tree, verb: int) -> Framed | None:
    """X threatens to do it."""
    own, said = speaking(tree, verb), _infinitive(tree, verb)
    if own is None or said is None or _object(tree, verb) is not None:
        return None
    return Framed(*own, _below(tree, said))


def _whom_to(tree: Tree, verb: int) -> Framed | None:
    """X urges Y to do it."""
    return _whom(tree, verb, _infinitive(tree, verb))


def _whom_of(tree: Tree, verb: int) -> Framed | None:
    """X accuses Y of it."""
    return _whom(tree, verb, _of_what(tree, verb))


def _whom(tree: Tree, verb: int, what: int | None) -> Framed | None:
    own, whom = speaking(tree, verb), _object(tree, verb)
    if own is None or whom is None or what is None or what < whom:
        return None
    return Framed(*own, sorted({*_below(tree, whom), *_below(tree, what)}))


def _being_of(tree: Tree, verb: int) -> Framed | None:
    """Y is accused of it."""
    what = _of_what(tree, verb)
    if what is None or not tree.is_passive(verb):
        return None
    agent = tree.child(verb, "obl:agent")
    source = [] if agent is None else _without_case(tree, agent)
    return Framed(source, _verb_group(tree, verb), _below(tree, what))


def _being_to(tree: Tree, verb: int) -> Framed | None:
    """Y is alleged to have done it."""
    said = _infinitive(tree, verb)
    if said is None or not tree.is_passive(verb) or tree.tags[verb] != "VBN":
        return None
    return Framed((), _verb_group(tree, verb), _below(tree, said))


def _noun_that(tree: Tree, noun: int) -> Framed | None:
    """X's allegation that Y did it."""
    for said in tree.all_children(noun, "acl", "ccomp"):
        if said > noun and "that" in tree.marks(said):
            return Framed(_owner(tree, noun), (noun, noun), _below(tree, said))
    return None


def _noun_list(tree: Tree, noun: int) -> Framed | None:
    """X's demands include it."""
    verb = tree.heads[noun]
    what = _object(tree, verb)
    is_list = tree.relations[noun] == "nsubj" and tree.words[verb] in _forms("include")
    if what is None or what < verb or not is_list:
        return None
    return Framed(_owner(tree, noun), (noun, verb), _below(tree, what))


def _hearsay(tree: Tree, adverb: int) -> Framed | None:
    """Y reportedly did it."""
    head = tree.heads[adverb]
    left = {
        c
        for c in tree.children[head]
        if tree.relations[c] in _OUTSIDE
        or (tree.relations[c] == "conj" and _has_subject(tree, c))
        or (tree.relations[c] == "advcl" and c < head)
    }
    return Framed((), (adverb, adverb), _below(tree, head, {*left, adverb}))


def _phrase(tree: Tree, adjective: int) -> Framed | None:
    """The alleged deed; not the alleged thief."""
    head = tree.heads[adjective]
    if tree.types[head] == "person":
        return None
    left = {c for c in tree.children[head] if tree.relations[c] in _BESIDE}
    return Framed((), (adjective, adjective), _below(tree, head, {*left, adjective}))


# By part of speech and the name of a frame.
FRAMES: Final[Mapping[tuple[str, str], Frame]] = {
    ("verb", "clause"): _clause,
    ("verb", "to"): _to,
    ("verb", "whom-to"): _whom_to,
    ("verb", "whom-of"): _whom_of,
    ("verb", "being-of"): _being_of,
    ("verb", "being-to"): _being_to,
    ("noun", "that"): _noun_that,
    ("noun", "list"): _noun_list,
    ("adverb", "clause"): _hearsay,
    ("adjective", "phrase"): _phrase,
}


def _subject(tree: Tree, verb: int) -> int | None:
    """Who does what a verb tells, also where it is the subject of a verb before it."""
    for _ in range(_FARTHEST):
        own = tree.child(verb, "nsubj")
        relation = tree.relations[verb]
        if own is not None or relation not in {"conj", "xcomp", "advcl"}:
            return own
        if relation == "advcl" and tree.tags[verb] != "VBG":
            return None
        verb = tree.heads[verb]
    return None


def _has_subject(tree: Tree, clause: int) -> bool:
    return tree.child(clause, "nsubj", "nsubj:pass", "csubj", "expl") is not None


def _object(tree: Tree, verb: int) -> int | None:
    return next((c for c in tree.all_children(verb, "obj", "iobj") if c > verb), None)


def _infinitive(tree: Tree, verb: int) -> int | None:
    found = (c for c in tree.all_children(verb, "xcomp", "ccomp") if c > verb)
    return next((c for c in found if "to" in tree.marks(c)), None)


def _of_what(tree: Tree, verb: int) -> int | None:
    """Of what somebody is accused: a phrase or a clause."""
    found = (c for c in tree.all_children(verb, "obl", "advcl", "xcomp", "nmod") if c > verb)
    return next((c for c in found if "of" in (tree.case(c), *tree.marks(c))), None)


def _owner(tree: Tree, noun: int) -> list[int]:
    """Whose word it is: "her claim", "a claim by her", "she made the claim"."""
    owner = tree.child(noun, "nmod:poss")
    if owner is not None:
        return _below(tree, owner)
    for child in tree.all_children(noun, "nmod"):
        if tree.case(child) == "by":
            return _without_case(tree, child)
    verb = tree.heads[noun]
    if tree.relations[noun] == "obj" and tree.words[verb] in _forms(_ISSUING):
        owner = _subject(tree, verb)
    return [] if owner is None else _below(tree, owner)


def _verb_group(tree: Tree, verb: int) -> tuple[int, int]:
    """First and last word of a verb with its auxiliaries and the adverbs between them."""
    first = last = verb
    own = {c for c in tree.children[verb] if tree.relations[c] in _BEFORE_VERBS}
    while first - 1 in own:
        first -= 1
    while last + 1 in own and tree.relations[last + 1] == "compound:prt":
        last += 1
    return first, last


def _without_case(tree: Tree, word: int) -> list[int]:
    """A phrase without the preposition before it."""
    return _below(tree, word, [c for c in tree.all_children(word, "case") if c < word])


def _below(tree: Tree, word: int, without: Collection[int] = ()) -> list[int]:
    """A word and all below it but some branches, without marks at both ends."""
    found, waiting = [], [word]
    while waiting:
        own = waiting.pop()
        found.append(own)
        waiting += [c for c in tree.children[own] if c not in without]
    found.sort()
    while found and tree.words[found[0]] in _MARKS:
        del found[0]
    while found and tree.words[found[-1]] in _MARKS:
        del found[-1]
    return found


@functools.cache
def _forms(verbs: str) -> frozenset[str]:
    return frozenset(form for verb in verbs.split() for form in verb_forms(verb))
