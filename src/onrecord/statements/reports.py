"""Statements that grammar shows: a word that reports, with a clause or phrase as its content.

The network that finds statements has learned from one corpus, and passes over many allegations,
demands and hearsay. Words and the grammar in which they report stand in
`reporting_frames.tsv`. Only sentences with such a word that no statement speaks of have their
trees looked at.
"""

import functools
import importlib.resources
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.records import Span, Spans
from onrecord.statements.cues import cue_table, noun_forms, verb_forms
from onrecord.syntax.trees import FoundTrees, Tree, trees_of

# Of the statements so found in PolNeAR's dev part and in our annotated news.
PROBABILITY: Final = 0.5
_MARKS: Final = frozenset(",.;:-–—")
_BEFORE_VERBS: Final = frozenset(("aux", "aux:pass", "advmod", "compound:prt"))
# What is no part of a clause of which hearsay is told.
_OUTSIDE: Final = frozenset("mark cc parataxis discourse".split())
# What is no part of a phrase of which hearsay is told.
_BESIDE: Final = frozenset(
    "det det:predet conj cc appos acl:relcl case cop nsubj nsubj:pass aux advmod nmod:poss punct mark "
    "advcl parataxis obl".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """A statement by the grammar of its sentence.

    Attributes:
        source: Who speaks; empty if nobody is named.
        cue: The words that report it.
        content: What is said.
    """

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True)
class _Found:
    """A report as words of a tree: of the source, first and last of the cue, of the content."""

    source: Sequence[int]
    cue: tuple[int, int]
    content: Sequence[int]


Frame = Callable[[Tree, int], _Found | None]


@functools.cache
def reporting_frames() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Frames of each form of a word, by part of speech."""
    path = importlib.resources.files("onrecord.statements") / "reporting_frames.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    found: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for word, part, frames in rows:
        forms = {"verb": verb_forms, "noun": noun_forms}.get(part, lambda own: [own])(word)
        for form in forms:
            found[form][part] = tuple(frames.split())
    return found


def reports_in(
    text: str, found: Sequence[FoundTrees], is_free: Callable[[Span], bool]
) -> Iterator[Report]:
    """What the sentences of a text report, in its order.

    Args:
        text: All of it.
        found: Its trees.
        is_free: Whether no statement has anything to do with a word.
    """
    frames = reporting_frames()
    for window in found:
        for _, _, sentence in trees_of(text, window):
            for n, word in enumerate(sentence.words):
                if word in frames and is_free(Span(sentence.starts[n], sentence.ends[n])):
                    own = _report(sentence.tree, n, frames[word])
                    if own is not None:
                        yield own


def introducing(text: str, found: Sequence[FoundTrees], quotation: Span) -> Report | None:
    """The statement that a quotation is, by the last verb that reports before it in its sentence.

    Args:
        text: All of it.
        found: Its trees.
        quotation: What is said, behind a comma or a colon.
    """
    verbs = cue_table().verbs
    for window in found:
        if not window.start_W[0] <= quotation.start < window.end_W[-1]:
            continue
        for start, end, sentence in trees_of(text, window):
            if not start < quotation.start < end:
                continue
            tree = sentence.tree
            for word in range(len(tree) - 1, -1, -1):
                is_before = tree.ends[word] <= quotation.start
                if is_before and tree.words[word] in verbs and tree.is_verb(word):
                    source = _subject(tree, word)
                    if source is None or tree.is_passive(word):
                        return None
                    first, last = _verb_group(tree, word)
                    cue = _spans(tree, range(first, last + 1))
                    return Report(_spans(tree, _below(tree, source)), cue, (quotation,))
    return None


def _report(tree: Tree, word: int, frames: Mapping[str, Sequence[str]]) -> Report | None:
    part = _part(tree, word)
    for name in frames.get(part, ()):
        found = _FRAMES[part, name](tree, word)
        if found is not None:
            first, last = found.cue
            cue = range(first, last + 1)
            content = [w for w in found.content if w not in cue]
            source = [w for w in found.source if w not in cue and w not in content]
            if content and bool(source) == bool(found.source):
                return Report(*(_spans(tree, words) for words in (source, cue, content)))
    return None


def _part(tree: Tree, word: int) -> str:
    relation, tag = tree.relations[word], tree.tags[word]
    if relation == "advmod":
        return "adverb"
    if relation == "amod":
        return "adjective"
    return "verb" if tree.is_verb(word) else "noun" if tag in {"NN", "NNS"} else ""


def _clause(tree: Tree, verb: int) -> _Found | None:
    """X alleges that Y did it."""
    said = next((c for c in tree.all_children(verb, "ccomp") if c > verb), None)
    source = _subject(tree, verb)
    if said is None or source is None or tree.is_passive(verb):
        return None
    # "What he says makes him smart": what is said about stands before.
    if tree.child(said, "nsubj", "nsubj:pass", "csubj", "expl") is None:
        return None
    return _Found(_below(tree, source), _verb_group(tree, verb), _said(tree, said))


def _to(tree: Tree, verb: int) -> _Found | None:
    """X threatens to do it."""
    source, said = _subject(tree, verb), _infinitive(tree, verb)
    if said is None or source is None or tree.is_passive(verb) or _object(tree, verb) is not None:
        return None
    return _Found(_below(tree, source), _verb_group(tree, verb), _below(tree, said))


def _whom_to(tree: Tree, verb: int) -> _Found | None:
    """X urges Y to do it."""
    whom, said, source = _object(tree, verb), _infinitive(tree, verb), _subject(tree, verb)
    if whom is None or said is None or said < whom or source is None or tree.is_passive(verb):
        return None
    content = sorted({*_below(tree, whom), *_below(tree, said)})
    return _Found(_below(tree, source), _verb_group(tree, verb), content)


def _whom_of(tree: Tree, verb: int) -> _Found | None:
    """X accuses Y of it."""
    whom, what, source = _object(tree, verb), _of_what(tree, verb), _subject(tree, verb)
    if whom is None or what is None or what < whom or source is None or tree.is_passive(verb):
        return None
    content = sorted({*_below(tree, whom), *_below(tree, what)})
    return _Found(_below(tree, source), _verb_group(tree, verb), content)


def _being_of(tree: Tree, verb: int) -> _Found | None:
    """Y is accused of it, Y charged with it."""
    what = _of_what(tree, verb)
    if what is None or not tree.is_passive(verb):
        return None
    agent = tree.child(verb, "obl:agent")
    source = [] if agent is None else _below(tree, agent, {c for c in tree.children[agent] if tree.relations[c] == "case"})
    return _Found(source, _verb_group(tree, verb), _below(tree, what))


def _being_to(tree: Tree, verb: int) -> _Found | None:
    """Y is alleged to have done it."""
    said = _infinitive(tree, verb)
    if said is None or not tree.is_passive(verb) or tree.tags[verb] != "VBN":
        return None
    return _Found((), _verb_group(tree, verb), _below(tree, said))


def _noun_that(tree: Tree, noun: int) -> _Found | None:
    """X's allegation that Y did it."""
    for said in tree.all_children(noun, "acl", "ccomp"):
        if said > noun and "that" in tree.marks(said):
            return _Found(_owner(tree, noun), (noun, noun), _said(tree, said))
    return None


def _noun_list(tree: Tree, noun: int) -> _Found | None:
    """X's demands include it."""
    verb = tree.heads[noun]
    what = _object(tree, verb)
    if tree.relations[noun] != "nsubj" or what is None or what < verb:
        return None
    if tree.words[verb] not in _INCLUDING:
        return None
    return _Found(_owner(tree, noun), (noun, verb), _below(tree, what))


_INCLUDING: Final = frozenset("include includes included".split())


def _hearsay(tree: Tree, adverb: int) -> _Found | None:
    """Y reportedly did it."""
    head = tree.heads[adverb]
    left = {adverb} | {
        c
        for c in tree.children[head]
        if tree.relations[c] in _OUTSIDE
        or (tree.relations[c] == "conj" and tree.child(c, "nsubj", "nsubj:pass") is not None)
        or (tree.relations[c] == "advcl" and c < head)
    }
    return _Found((), (adverb, adverb), _below(tree, head, left))


def _phrase(tree: Tree, adjective: int) -> _Found | None:
    """The alleged deed."""
    head = tree.heads[adjective]
    if tree.types[head] == "person":
        return None
    left = {c for c in tree.children[head] if tree.relations[c] in _BESIDE} | {adjective}
    return _Found((), (adjective, adjective), _below(tree, head, left))


_FRAMES: Final[Mapping[tuple[str, str], Frame]] = {
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
    for _ in range(3):
        own = tree.child(verb, "nsubj")
        relation = tree.relations[verb]
        if own is not None or relation not in {"conj", "xcomp", "advcl"}:
            return own
        if relation == "advcl" and tree.tags[verb] != "VBG":
            return None
        verb = tree.heads[verb]
    return None


def _object(tree: Tree, verb: int) -> int | None:
    return next((c for c in tree.all_children(verb, "obj", "iobj") if c > verb), None)


def _infinitive(tree: Tree, verb: int) -> int | None:
    found = (c for c in tree.all_children(verb, "xcomp", "ccomp") if c > verb)
    return next((c for c in found if "to" in tree.marks(c)), None)


def _of_what(tree: Tree, verb: int) -> int | None:
    """Of what somebody is accused: a phrase or a clause behind "of" or "with"."""
    for child in tree.all_children(verb, "obl", "advcl", "xcomp", "nmod"):
        if child > verb and not {"of", "with"}.isdisjoint((tree.case(child), *tree.marks(child))):
            return child
    return None


def _owner(tree: Tree, noun: int) -> list[int]:
    """Whose word it is: "her claim", "a claim by her", "she made the claim"."""
    owner = tree.child(noun, "nmod:poss")
    if owner is not None:
        return _below(tree, owner)
    for child in tree.all_children(noun, "nmod"):
        if tree.case(child) == "by":
            return _below(tree, child, {c for c in tree.children[child] if c < child and tree.relations[c] == "case"})
    verb = tree.heads[noun]
    if tree.relations[noun] == "obj" and tree.words[verb] in _issuing():
        owner = _subject(tree, verb)
    return [] if owner is None else _below(tree, owner)


@functools.cache
def _issuing() -> frozenset[str]:
    """Forms of verbs of which the subject is the one whose words their object is."""
    verbs = "issue make release publish repeat reiterate deliver put spread circulate".split()
    return frozenset(form for verb in verbs for form in verb_forms(verb))


def _verb_group(tree: Tree, verb: int) -> tuple[int, int]:
    """First and last word of a verb with its auxiliaries and the adverbs between them."""
    first = last = verb
    own = {c for c in tree.children[verb] if tree.relations[c] in _BEFORE_VERBS}
    while first - 1 in own:
        first -= 1
    while last + 1 in own and tree.relations[last + 1] == "compound:prt":
        last += 1
    return first, last


def _said(tree: Tree, clause: int) -> list[int]:
    """A clause without the conjunction before it."""
    that = {
        c
        for c in tree.children[clause]
        if tree.relations[c] == "mark" and tree.words[c] == "that"
    }
    return _below(tree, clause, that)


def _below(tree: Tree, word: int, without: frozenset[int] | set[int] = frozenset()) -> list[int]:
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


def _spans(tree: Tree, words: Sequence[int]) -> Spans:
    """Words as spans; what is apart in the sentence is apart there."""
    spans: list[Span] = []
    before = -2
    for word in words:
        start, end = tree.starts[word], tree.ends[word]
        if word == before + 1:
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
        before = word
    return tuple(spans)
