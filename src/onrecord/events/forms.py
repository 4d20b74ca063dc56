"""Forms of verbs and nouns: from the lemmas of the tables to the words of a text.

After: the spelling rules of English; exceptions stand in ``tables/irregular_verbs.tsv``.
"""

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.events.tables import read_rows

_PREFIXES: Final = ("re", "over", "with", "under", "out", "mis", "fore", "un", "co")
_DOUBLING: Final = re.compile(r"[^aeiou][aeiou][bdglmnprt]$")
# Verbs of several syllables that double their last letter, being stressed there.
_DOUBLED: Final = frozenset(
    "admit commit permit submit omit transmit remit refer defer confer deter incur occur recur "
    "compel expel repel propel rebel control patrol equip acquit concur abet regret "
    "impel dispel bar cancel travel model label quarrel counsel level fuel duel signal kidnap "
    "worship handicap program outwit upset begin forget forbid beset reset overrun outrun rerun "
    "outbid offset quit airdrop annul combat debar demur disbar eavesdrop extol fulfil funnel "
    "pummel prefer readmit rebut transfer unban unravel wiretap tear-gas".split()
)
# Who does it to each other is both sides already.
_EACH_OTHER: Final = frozenset((("each", "other"), ("one", "another")))
_THIRD_PERSONS: Final = {"have": "has", "be": "is"}
# Other forms of the present.
_PRESENT: Final = {"be": ("am", "are")}
_NOUNS: Final = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "foot": "feet",
    "crisis": "crises", "coup d'etat": "coups d'etat", "policeman": "policemen",
    "gunman": "gunmen", "militiaman": "militiamen",
    "life": "lives", "knife": "knives", "thief": "thieves", "hypothesis": "hypotheses",
}  # fmt: skip


def verb_forms(lemma: str) -> set[str]:
    """All forms of a verb of one word.

    >>> sorted(verb_forms("shell"))
    ['shell', 'shelled', 'shelling', 'shells']
    >>> sorted(verb_forms("withdraw"))
    ['withdraw', 'withdrawing', 'withdrawn', 'withdraws', 'withdrew']
    >>> sorted(verb_forms("be"))
    ['am', 'are', 'be', 'been', 'being', 'is', 'was', 'were']
    """
    present = {lemma, third_person(lemma), *_PRESENT.get(lemma, ())}
    return {*present, *gerunds(lemma), *pasts(lemma), *participles(lemma)}


def pasts(lemma: str) -> tuple[str, ...]:
    """Past forms of a verb."""
    found = _irregular(lemma)
    return found[0] if found else tuple(_regular_pasts(lemma))


def participles(lemma: str) -> tuple[str, ...]:
    """Past participles of a verb."""
    found = _irregular(lemma)
    return found[1] if found else tuple(_regular_pasts(lemma))


def third_person(lemma: str) -> str:
    """The form of the present with "she".

    >>> third_person("deny"), third_person("clash"), third_person("veto")
    ('denies', 'clashes', 'vetoes')
    """
    if lemma in _THIRD_PERSONS:
        return _THIRD_PERSONS[lemma]
    if re.search(r"[^aeiou]y$", lemma):
        return lemma[:-1] + "ies"
    return lemma + ("es" if re.search(r"(?:s|x|z|ch|sh|[^aeiou]o)$", lemma) else "s")


def gerunds(lemma: str) -> Iterator[str]:
    """Forms in -ing."""
    if lemma.endswith("ie"):
        yield lemma[:-2] + "ying"
    elif re.search(r"[^eoy]e$", lemma) and lemma != "be":
        yield lemma[:-1] + "ing"
    else:
        yield from (stem + "ing" for stem in _stems(lemma))


def noun_forms(lemma: str) -> set[str]:
    """Singular and plural of a noun, also of several words.

    >>> sorted(noun_forms("air strike")), sorted(noun_forms("ceasefire"))
    (['air strike', 'air strikes'], ['ceasefire', 'ceasefires'])
    """
    before, _, last = lemma.rpartition(" ")
    lead = f"{before} " if before else ""
    forms = {last, _NOUNS.get(last, third_person(last))}
    return {lead + form for form in forms}


def _regular_pasts(lemma: str) -> Iterator[str]:
    if lemma.endswith("e"):
        yield lemma + "d"
    elif re.search(r"[^aeiou]y$", lemma):
        yield lemma[:-1] + "ied"
    else:
        yield from (stem + "ed" for stem in _stems(lemma))


def _stems(lemma: str) -> Iterator[str]:
    """The stem before -ed and -ing, with its last letter doubled where it must or may be."""
    vowels = len(re.findall(r"[aeiouy]+", lemma))
    if lemma in _DOUBLED:
        yield lemma + lemma[-1]
    elif vowels == 1 and _DOUBLING.search("x" + lemma) and not re.search(r"[aeiou]{2}.$", lemma):
        yield lemma + lemma[-1]
        return
    if lemma.endswith("c"):
        yield lemma + "k"
        return
    yield lemma


def _irregular(lemma: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    table = _irregular_verbs()
    if lemma in table:
        return table[lemma]
    for prefix in _PREFIXES:
        stem = lemma.removeprefix(prefix).removeprefix("-")
        if stem != lemma and stem in table and len(stem) > 2:
            pre = lemma[: len(lemma) - len(stem)]
            past, participle = table[stem]
            return tuple(pre + f for f in past), tuple(pre + f for f in participle)
    return None


@functools.cache
def _irregular_verbs() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {
        row["lemma"]: (tuple(row["past"].split("|")), tuple(row["participle"].split("|")))
        for row in read_rows("irregular_verbs")
    }


@functools.lru_cache(maxsize=20_000)
def lemmas_of(word: str) -> tuple[str, ...]:
    """What a word may be a form of, itself first; for comparing with lists of lemmas.

    >>> "city" in lemmas_of("cities"), "seize" in lemmas_of("seized"), lemmas_of("has")[1]
    (True, True, 'have')
    """
    found = [word]
    if word in _plurals():
        found.append(_plurals()[word])
    if word in _irregular_lemmas():
        found.append(_irregular_lemmas()[word])
    if word.endswith("ies") and len(word) > 4:
        found.append(word[:-3] + "y")
    if word.endswith("es") and len(word) > 3:
        found.append(word[:-2])
    if word.endswith("s") and not word.endswith("ss"):
        found.append(word[:-1])
    return tuple(dict.fromkeys([*found, *_verbs_of(word)]))


def _verbs_of(word: str) -> Iterator[str]:
    """What a word in -ed or -ing may be a form of."""
    if word.endswith("ying"):
        yield word[:-4] + "ie"
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        yield from (stem, stem + "e")
        if stem[-1] == stem[-2]:
            yield stem[:-1]
        if stem.endswith("i"):
            yield stem[:-1] + "y"


@functools.cache
def _plurals() -> dict[str, str]:
    return {plural: singular for singular, plural in _NOUNS.items()}


@functools.cache
def _irregular_lemmas() -> dict[str, str]:
    plain = {
        form: lemma
        for lemma, forms in _irregular_verbs().items()
        for form in (*forms[0], *forms[1])
    }
    plain |= {form: lemma for lemma, form in _THIRD_PERSONS.items()}
    plain |= {form: lemma for lemma, forms in _PRESENT.items() for form in forms}
    prefixed = {
        prefix + form: prefix + lemma
        for prefix in _PREFIXES
        for form, lemma in plain.items()
        if len(lemma) > 2
    }
    return prefixed | plain


def is_each_other(words: Sequence[str], word: int) -> bool:
    """Whether a word is one of "each other" or "one another".

    >>> is_each_other(["they", "blamed", "one", "another"], 2)
    True
    """
    pairs = (words[max(0, word - 1) : word + 1], words[word : word + 2])
    return any(tuple(pair) in _EACH_OTHER for pair in pairs)
