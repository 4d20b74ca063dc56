"""Headlines without a verb, as the tree has it, in which a noun is one: "Police evict squatters".

A sentence without an end mark and without a finite verb is read again: a form of a verb of
the lexicon behind a noun and before another one is its verb, what stands before it acts, and
what stands behind it suffers. And who is before a past form without an object suffers:
"Journalist shot dead in Lenz".
"""

import functools
from typing import Final

from onrecord.events.forms import verb_forms
from onrecord.events.lexicon import load_lexicon
from onrecord.events.made_entities import is_folk
from onrecord.events.tree_changes import FINITE, Arcs
from onrecord.syntax.trees import Tree

_MOST_WORDS: Final = 25
_LIKE_NOUNS: Final = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "VB", "VBN", "VBG"))
_PLURALS: Final = frozenset(("NNS", "NNPS", "CD"))
_MANY: Final = frozenset("police people troops cattle staff crew".split())
_OPENING: Final = frozenset(("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "CD", "PRP", "PRP$", "VBG"))
# Plurals that stand before other nouns: "arms embargo".
_BEFORE_NOUNS: Final = frozenset(
    "arms drugs weapons sports rights sanctions communications sales customs narcotics".split()
)
_SAYING: Final = frozenset("say says said claim claims reports".split())
_LONGEST_SOURCE: Final = 8
# Verbs that nobody does without doing them to somebody or something.
_DONE_TO: Final = (
    "abduct accuse ambush arrest assassinate attack ban behead besiege blockade bomb bombard "
    "capture charge convict damage deport destroy detain dismiss disqualify evacuate evict "
    "execute exile expel fine free hijack impeach indict injure jail kidnap kill liberate "
    "loot lynch murder nationalise nationalize oust overthrow pardon poison raid ransack rape "
    "recapture release rescue sack seize sentence shell shoot stab sue suspend target topple "
    "torch torture wound"
)
_WITH_OBJECT: Final = ("obj", "iobj", "ccomp", "aux", "aux:pass", "nsubj:pass")
_ENDS: Final = frozenset((".", "!", "?", "”", '"'))


def mend_headline(tree: Tree) -> None:
    """Put right a headline, in place, if it is one that lacks its verb."""
    if len(tree) > _MOST_WORDS or len(tree) < 3 or tree.words[-1] in _ENDS:
        return
    end = _end(tree)
    _mend_passives(Arcs(tree), end)
    if any(tag in FINITE or tag == "MD" for tag in tree.tags[:end]):
        return
    arcs = Arcs(tree)
    verb = _verb(arcs, end)
    if verb is not None:
        _rebuild(arcs, *verb, end)


def _mend_passives(arcs: Arcs, end: int) -> None:
    """Past forms without an object are participles: "Aid convoy attacked near Lenz"."""
    for verb in range(1, end):
        if arcs.tags[verb] not in {"VBD", "VBN"} or arcs.words[verb] not in _suffered():
            continue
        subject = arcs.tree.child(verb, "nsubj")
        if subject is None or subject > verb or arcs.has(verb, *_WITH_OBJECT):
            continue
        arcs.relations[subject], arcs.tags[verb] = "nsubj:pass", "VBN"
        for child in arcs.tree.all_children(verb, "obl"):
            case = arcs.case_of(child)
            if case is not None and arcs.words[case] == "by" and not arcs.is_time(child):
                arcs.relations[child] = "obl:agent"


@functools.cache
def _suffered() -> frozenset[str]:
    """Past forms that are participles too."""
    forms = (form for verb in _DONE_TO.split() for form in verb_forms(verb))
    return frozenset(form for form in forms if form.endswith("ed") or form == "shot")


def _end(tree: Tree) -> int:
    """Where what is told ends: "Rebels ambush convoy[, army says]"."""
    after = len(tree)
    if tree.words[-1] not in _SAYING:
        return after
    commas = [w for w in range(after - 1) if tree.words[w] == ","]
    return commas[-1] if commas and after - commas[-1] <= _LONGEST_SOURCE else after


def _verb(arcs: Arcs, end: int) -> tuple[int, int] | None:
    """First and last word of the verb."""
    lexicon = load_lexicon()
    for word in range(1, end - 1):
        first, form = word, arcs.words[word]
        if word > 2 and arcs.words[word - 1] == "-":
            first, form = word - 2, f"{arcs.words[word - 2]}-{form}"
        before, after = first - 1, word + 1
        if form not in lexicon.verbs or arcs.tags[word] not in _LIKE_NOUNS:
            continue
        if not arcs.is_noun(before) or arcs.words[after] == "-":
            continue
        is_base = any(trigger.lemma == form for trigger in lexicon.verbs[form])
        ends_in_s = not is_base and form.endswith("s")
        plural = _is_plural(arcs, before)
        is_noun = ends_in_s and form in lexicon.nouns and arcs.tags[after] in {"IN", "TO"}
        agrees = not plural if ends_in_s else is_base and plural
        if agrees and not is_noun and _is_followed(arcs, after):
            return first, word
    return None


def _is_plural(arcs: Arcs, noun: int) -> bool:
    """Whether who acts are several: "nurses", "Arland, Borland"."""
    listed = noun > 1 and arcs.words[noun - 1] in {",", "and", "&"} and arcs.is_noun(noun - 2)
    form = arcs.words[noun]
    plural = arcs.tags[noun] in _PLURALS or (is_folk(form) and form.endswith("s"))
    is_many = plural and form not in _BEFORE_NOUNS
    return is_many or arcs.words[noun] in _MANY or listed


def _is_followed(arcs: Arcs, after: int) -> bool:
    """Whether what stands behind a verb can stand there."""
    return arcs.tags[after] in _OPENING or arcs.tags[after] in {"IN", "TO", "RP"}


def _rebuild(arcs: Arcs, first: int, verb: int, end: int) -> None:
    """Hang what stands before and behind on the verb."""
    subject = first - 1
    start = subject
    while start > 0 and (arcs.is_noun(start - 1) or arcs.tags[start - 1] in {"JJ", "CD", "DT"}):
        start -= 1
    above = _above(arcs, start)
    root = next(w for w, head in enumerate(arcs.heads) if head == w)
    _detach(arcs, verb)
    arcs.tags[verb] = "VBZ" if arcs.words[verb].endswith("s") else "VBP"
    if above is None and end < len(arcs.words):
        _hang(arcs, verb, len(arcs.words) - 1, "ccomp")
    elif above is None:
        if root != verb:
            _hang(arcs, root, verb, "dep")
    else:
        _hang(arcs, verb, above, "advcl")
        _hang(arcs, start - 1, verb, "mark")
    _hang(arcs, subject, verb, "nsubj")
    for word in range(start, subject):
        _hang(arcs, word, subject, "compound")
    if start > 1 and arcs.words[start - 1] in {",", "and", "&"} and above is None:
        partner = start - 2
        _hang(arcs, partner, verb, "nsubj")
        _hang(arcs, subject, partner, "conj")
    if verb != first:
        _hang(arcs, first, verb, "compound")
    _hang_objects(arcs, verb, end)


def _above(arcs: Arcs, start: int) -> int | None:
    """What the headline tells first: "Clashes [as army evicts squatters]"."""
    opens = start > 1 and arcs.words[start - 1] in {"as", "after", "while", "before", "because"}
    before = [w for w in range(start - 1) if arcs.is_noun(w) or arcs.is_verb(w)]
    return before[0] if opens and before else None


def _hang_objects(arcs: Arcs, verb: int, end: int) -> None:
    """The first noun phrase behind a verb is its object; what hung elsewhere hangs on it."""
    thing = arcs.noun_after(verb)
    if thing is not None:
        _hang(arcs, thing, verb, "obj")
        for word in range(verb + 1, thing):
            if arcs.heads[word] <= verb or arcs.heads[word] == word:
                _hang(arcs, word, thing, "amod" if arcs.is_verb(word) else "compound")
    for word in range((thing or verb) + 1, end):
        head = arcs.heads[word]
        if (head < verb or head == word or head >= end) and arcs.relations[word] != "punct":
            _hang(arcs, word, verb, "obl" if arcs.case_of(word) is not None else "dep")


def _detach(arcs: Arcs, word: int) -> None:
    """Make a word the root."""
    children, head = arcs.tree.children, arcs.heads[word]
    if head != word:
        children[head].remove(word)
        arcs.heads[word] = word
    arcs.relations[word] = "root"


def _hang(arcs: Arcs, word: int, head: int, relation: str) -> None:
    """Hang a word on another, whatever is above that now."""
    if word == head:
        return
    if arcs.attach(word, head, relation):
        return
    # The head hangs below the word: it comes loose first.
    _detach(arcs, head)
    arcs.attach(word, head, relation)
