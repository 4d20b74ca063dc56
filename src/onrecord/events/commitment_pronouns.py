"""Where "it" and "its" speak of an instrument: in the slots of words for its terms.

Coreference names the instrument where it can. Where it has nothing, or has a party in mind for
what only an instrument can do ("it expires"), the words around the pronoun decide.
"""

import itertools
from collections.abc import Iterator
from typing import Final

from onrecord.events.arguments import Arguments, arguments_of
from onrecord.events.commitment_words import load_commitment_words
from onrecord.events.texts import ACTING, EventText, Sentence

_KINDS: Final = ("date", "party", "limit", "verify", "provide")
_OWNED: Final = ("date", "part", "each", "party", "limit", "means")
_EACH: Final = frozenset(("each", "both", "either", "neither"))
_UNDER: Final = frozenset(("under", "to", "from", "of", "by"))
# "Arland suspended its participation" in what was spoken of before.
_TAKING_PART: Final = frozenset(("participation", "membership", "involvement", "compliance"))
# "Compliance will be checked" is that with what was spoken of before.
_KEEPING: Final = frozenset(("compliance", "implementation", "adherence", "observance", "progress"))
_REFERRING: Final = _TAKING_PART | _KEEPING | {"it", "its"}
_CLAUSES: Final = ("ccomp", "csubj", "csubj:pass")


def may_refer(sentence: Sentence) -> bool:
    """Whether a pronoun that can stand for an instrument is there; no tree is made."""
    return not _REFERRING.isdisjoint(sentence.words)


def referring(text: EventText, sentence: Sentence) -> Iterator[int]:
    """Words of a sentence that stand for the instrument spoken of before."""
    tree = sentence.tree
    for word, form in enumerate(tree.words):
        if form == "it":
            sure = _is_filler(sentence, word)
        elif form in _KEEPING and _is_checked(sentence, word):
            sure = True
        elif form in _TAKING_PART:
            sure = _is_taking_part(sentence, word)
        elif form == "its" and tree.heads[word] > word:
            sure = _is_owner(sentence, word)
        else:
            continue
        if sure is not None and (sure or not _is_somebody(text, sentence, word)):
            yield word


def _is_somebody(text: EventText, sentence: Sentence, word: int) -> bool:
    """Whether coreference has a party in mind."""
    mention = sentence.mention(word)
    entity = None if mention is None else text.entities.get(mention.entity)
    if entity is None or entity.kind not in ACTING:
        return False
    # A name of a treaty may be taken for a place.
    family = load_commitment_words().family
    return not any(family(name) for name in entity.name.lower().split())


def _is_filler(sentence: Sentence, word: int) -> bool | None:
    """Whether "it" surely is an instrument by the verb that it hangs on; None if it is none."""
    tree, words = sentence.tree, load_commitment_words()
    verb = tree.heads[word]
    form = tree.words[verb]
    if tree.child(verb, *_CLAUSES) is not None:
        return None
    if tree.case(word) == "under":
        return _speaks_of_each(sentence)
    arguments = arguments_of(tree, verb, is_verb=True)
    for kind in _KINDS:
        for row in words.rows(kind, form):
            follows = not row.particle or row.particle in tree.words[verb + 1 : verb + 5]
            slots = row.slots or (("obj",) if kind == "verify" else ("subj",))
            if follows and any(_is_in(tree.case(word), word, arguments, slot) for slot in slots):
                each = kind in {"limit", "provide"} and _speaks_of_each(sentence)
                return words.is_one("own", form) or each
    return None


def _is_in(case: str, word: int, arguments: Arguments, slot: str) -> bool:
    if slot in _UNDER:
        return case == slot
    if slot in {"subj", "obj"} and case:
        return False
    return word in arguments.get(slot)


def _is_checked(sentence: Sentence, word: int) -> bool:
    """Whether a noun is what is said to be checked, and nothing behind it says of what."""
    tree, words = sentence.tree, load_commitment_words()
    verb = tree.heads[word]
    if not words.rows("verify", tree.words[verb]):
        return False
    owned = any(tree.case(c) in {"with", "of", "on", "in"} for c in tree.all_children(word, "nmod"))
    arguments = arguments_of(tree, verb, is_verb=True)
    return not owned and (word in arguments.get("obj") or word in arguments.get("subj"))


def _is_taking_part(sentence: Sentence, word: int) -> bool | None:
    """Whether a party's part in an instrument stands where the instrument could."""
    tree, words = sentence.tree, load_commitment_words()
    arguments = arguments_of(tree, tree.heads[word], is_verb=True)
    rows = words.rows("party", tree.words[tree.heads[word]])
    if not any(word in arguments.get(slot) for row in rows for slot in row.slots):
        return None
    return (
        True
        if not any(
            tree.case(c) in {"in", "of"} and not _is_date(sentence, c)
            for c in tree.all_children(word, "nmod")
        )
        else None
    )


def _is_date(sentence: Sentence, word: int) -> bool:
    start = sentence.tree.starts[word]
    return any(time.span.start <= start < time.span.end for time in sentence.times)


def _is_owner(sentence: Sentence, word: int) -> bool | None:
    """Whether "its" surely is an instrument's by the noun that it stands before."""
    tree, words = sentence.tree, load_commitment_words()
    owned = tree.words[tree.heads[word]]
    if words.family(owned):
        return None
    if words.is_one("own", owned):
        return True
    return False if any(words.is_one(kind, owned) for kind in _OWNED) else None


def _speaks_of_each(sentence: Sentence) -> bool:
    """Whether it is said what each side may do."""
    words = sentence.tree.words
    each = load_commitment_words()
    return any(
        one in _EACH and each.is_one("each", other) for one, other in itertools.pairwise(words)
    )
