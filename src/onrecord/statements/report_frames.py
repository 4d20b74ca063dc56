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
_SUBJECTS: Final = frozenset(("nsubj", "nsubj:outer"))
# What hangs on a noun beside what is told of it.
_NOT_THE_DEED: Final = frozenset("case conj cc appos acl:relcl punct acl parataxis".split())
_SPEAKERS: Final = frozenset(("person", "organization"))
# On these words of somebody's: "by her account", "in his words".
_ON_WORD: Final = frozenset(("in", "by", "on"))
_OURS: Final = frozenset(("my", "our"))
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
    """X's demands include this, and that Y do it."""
    verb = tree.heads[noun]
    what = _object(tree, verb)
    is_list = tree.relations[noun] in _SUBJECTS and tree.words[verb] in _forms("include")
    if what is None or what < verb or not is_list:
        return None
    listed = [c for c in tree.children[verb] if c >= what and not _tells_anew(tree, c)]
    said = _below(tree, verb, [c for c in tree.children[verb] if c not in listed])
    said = [w for w in said if w > verb]
    return Framed(_owner(tree, noun), (noun, verb), range(said[0], said[-1] + 1))


def _noun_being(tree: Tree, noun: int) -> Framed | None:
    """X's demands are this and that; not: X's demands are many."""
    head = tree.heads[noun]
    being, owner = tree.child(head, "cop"), _owner(tree, noun)
    is_list = tree.tags[head] in {"NN", "NNS"} and tree.child(head, "conj") is not None
    if being is None or not owner or not is_list or tree.relations[noun] not in _SUBJECTS:
        return None
    said = _below(tree, head, {c for c in tree.children[head] if c <= being})
    return Framed(owner, (noun, being), said) if noun < being < head else None


def _tells_anew(tree: Tree, word: int) -> bool:
    """Whether a clause beside a list is no part of it: "…, and the mill has refused"."""
    is_clause = tree.is_verb(word) and _has_subject(tree, word)
    return is_clause and "that" not in tree.marks(word)


def _noun_of(tree: Tree, noun: int) -> Framed | None:
    """Allegations of theft."""
    return _noun_with(tree, noun, "of")


def _nouns_of(tree: Tree, noun: int) -> Framed | None:
    """Reports of theft; not the report of a gun."""
    return _noun_with(tree, noun, "of") if tree.tags[noun] == "NNS" else None


def _noun_for(tree: Tree, noun: int) -> Framed | None:
    """X's demand for it."""
    found = _noun_with(tree, noun, "for")
    # Demand for coal, requests for comment: nobody demands a deed.
    return found if found is not None and found.source else None


def _noun_with(tree: Tree, noun: int, case: str) -> Framed | None:
    what = next((c for c in tree.all_children(noun, "nmod", "acl") if c > noun), None)
    if what is None or noun + 1 >= len(tree) or tree.words[noun + 1] != case:
        return None
    if case not in (tree.case(what), *tree.marks(what)) or tree.types[what] in _SPEAKERS:
        return None
    return Framed(_owner(tree, noun), (noun, noun + 1), _below(tree, what))


def _in_words(tree: Tree, noun: int) -> Framed | None:
    """In the words of X, Y did it; by X's account Y did it."""
    verb = _told_on(tree, noun)
    case = tree.child(noun, "case")
    owned = next((c for c in tree.all_children(noun, "nmod") if tree.case(c) == "of"), None)
    owner = tree.child(noun, "nmod:poss") if owned is None else owned
    if verb is None or case is None or tree.words[case] not in _ON_WORD:
        return None
    if owner is None or tree.words[owner] in _OURS:
        return None
    if owned is None and tree.words[noun] == "words":
        # What is in his words is a phrase in quotation marks.
        return None
    if owned is not None and (tree.words[case] == "on" or tree.types[owned] not in _SPEAKERS):
        # On account of the rain.
        return None
    last = noun if owned is None or owned < noun else tree.child(owned, "case") or noun
    first = noun if owned is None else case
    left = {c for c in tree.children[verb] if c == noun or tree.relations[c] in _OUTSIDE}
    return Framed(_without_case(tree, owner), (first, last), _below(tree, verb, left))


def _told_on(tree: Tree, noun: int) -> int | None:
    """The verb of what is told on somebody's word, also where the tree has two roots."""
    verb = tree.heads[noun]
    if tree.relations[noun] == "root":
        roots = (w for w in range(noun + 1, len(tree)) if tree.relations[w] == "root")
        verb = next(roots, noun)
    elif tree.relations[noun] != "obl":
        return None
    return verb if tree.is_verb(verb) and _has_subject(tree, verb) else None


def _whom_for(tree: Tree, verb: int) -> Framed | None:
    """X blames Y for it."""
    return _whom(tree, verb, _with_case(tree, verb, "for"))


def _on_whom(tree: Tree, verb: int) -> Framed | None:
    """The raid ascribed to Y; the raid was blamed on Y."""
    whom = _with_case(tree, verb, "to", "on")
    if whom is None or not tree.is_passive(verb) or whom < verb:
        return None
    what = tree.heads[verb] if tree.relations[verb] == "acl" else tree.child(verb, "nsubj:pass")
    if what is None or what > verb:
        return None
    beside = [c for c in tree.children[what] if c == verb or tree.relations[c] in _NOT_THE_DEED]
    agent = tree.child(verb, "obl:agent")
    source = [] if agent is None else _without_case(tree, agent)
    said = sorted({*_below(tree, what, beside), *_below(tree, whom)})
    return Framed(source, _verb_group(tree, verb), said)


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
    said = _below(tree, head, {*left, adverb})
    if tree.relations[head] == "acl" and tree.tags[head] in {"VBN", "VBD"}:
        # "The raid, reportedly led by Y": of what it is told stands before.
        noun = tree.heads[head]
        beside = {c for c in tree.children[noun] if tree.relations[c] in _NOT_THE_DEED} | {head}
        said = sorted({*said, *(w for w in _below(tree, noun, beside) if w < adverb)})
    return Framed((), (adverb, adverb), said)


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
    ("noun", "being"): _noun_being,
    ("noun", "of"): _noun_of,
    ("noun", "several-of"): _nouns_of,
    ("noun", "for"): _noun_for,
    ("noun", "in-words"): _in_words,
    ("verb", "whom-for"): _whom_for,
    ("verb", "on-whom"): _on_whom,
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


def _with_case(tree: Tree, verb: int, *cases: str) -> int | None:
    """What hangs on a verb behind it with one of these prepositions, a phrase or a clause."""
    found = (c for c in tree.all_children(verb, "obl", "nmod", "advcl") if c > verb)
    return next((c for c in found if {tree.case(c), *tree.marks(c)} & {*cases}), None)


def _owner(tree: Tree, noun: int) -> list[int]:
    """Whose word it is: "her claim", "a claim by her", "pledges from her", "she made the claim"."""
    owner = tree.child(noun, "nmod:poss")
    if owner is not None:
        return _below(tree, owner)
    for child in tree.all_children(noun, "nmod"):
        if tree.case(child) in {"by", "from"}:
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
