"""Names made plain: of persons without titles, of bodies without articles.

Not here: which entity names what (`appearances.py`).
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.actors.knowledge import OF_COUNTRY, Sort, built_in
from onrecord.actors.names import DETERMINERS, Word, name_key, split_words
from onrecord.registry.tables import bodies, role_words, titles, words_in

_BREAKS = frozenset(",;:()[]—–")
_SMALL = frozenset(
    "of the and for in on at to de la du des y e & und et der die das di del".split()
)
# Behind a role follows whose it is, and no name.
_OF = frozenset("of for in at from to with".split())
_LEGAL = frozenset("inc ltd plc llc corp co gmbh ag sa nv bv spa ab as oy pty limited".split())
_STATES = frozenset({Sort.COUNTRY, Sort.ADJECTIVE, Sort.PEOPLE, Sort.CAPITAL})
_CACHED = 1 << 14
# A longer name of a person is a clause.
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is looked up, and as it stands.

    Attributes:
        normal: Without case, accents, titles and articles.
        shown: As it is written, without what is no part of it.
        words: The words of the normal name.
    """

    normal: str
    shown: str
    words: tuple[str, ...]


def make_name(normal: str, shown: str) -> Name:
    """A name with its words."""
    return Name(normal, shown, tuple(normal.split()))


def plain(name: str) -> str:
    """A name as it is looked up, whatever it names.

    >>> plain("the Élysée's"), plain("United States Army") == plain("U.S. Army")
    ('elysee', True)
    """
    return _short_states(name_key(name))


def _short_states(normal: str) -> str:
    """A name in which states with two words stand as their initials before other words."""
    for long, short in (("united states ", "us "), ("united kingdom ", "uk ")):
        if normal.startswith(long) and not normal.startswith(f"{long}of america"):
            return short + normal.removeprefix(long)
    return normal


@functools.lru_cache(maxsize=_CACHED)
def person_name(words: str) -> Name | None:
    """The name of a person in words that mention one; None if they have only a role.

    >>> person_name("Arland's foreign minister, Dr. Ann Vale").shown
    'Ann Vale'
    >>> person_name("the two witnesses"), person_name("US officials"), person_name("the mayor")
    (None, None, None)
    """
    if _has_no_capital(words):
        return None
    if _is_plain(words) and len(words.split()) <= _MOST_WORDS:
        return make_name(words.lower(), words)
    for part in _parts(split_words(words)):
        name = _person(part)
        if name:
            return make_name(" ".join(word.key for word in name), _shown(words, name))
    return None


def _has_no_capital(words: str) -> bool:
    """Whether words have no capital letter, but for an article or a role that they begin with."""
    first, _, rest = words.partition(" ")
    if rest != rest.lower():
        return False
    return first == first.lower() or (bool(rest) and first.lower() in role_words())


def _is_plain(words: str) -> bool:
    """Whether words are a name as they are: capital letters, no title, no role, no article."""
    given = words.split()
    return (
        bool(given)
        and words.isascii()
        and words == " ".join(given)
        and all(word.isalpha() and word[0].isupper() for word in given)
        and role_words().isdisjoint(words.lower().split())
        and given[-1].lower() not in _LEGAL
    )


def _parts(words: Sequence[Word]) -> list[list[Word]]:
    """Words between commas and brackets; whose something is, is left out."""
    parts: list[list[Word]] = [[]]
    for at, word in enumerate(words):
        if word.key == "'s" and at + 1 < len(words):
            parts[-1] = []
        elif word.key in _BREAKS or word.key == "'s":
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]


def _person(part: Sequence[Word]) -> list[Word]:
    """A name without what stands before and behind it; empty if it is none."""
    at = _after_titles(part)
    left = list(part[at:])
    while len(left) > 1 and left[-1].key in titles("behind"):
        left.pop()
    is_name = left and all(w.is_capital or w.key in titles("particles") for w in left)
    if not is_name or len(left) > _MOST_WORDS or not left[-1].is_capital:
        return []
    return [] if at == 0 and _is_role(left) else left


def _after_titles(part: Sequence[Word]) -> int:
    """Where the name begins, behind determiners, titles, roles, and countries before roles."""
    at = 0
    while at < len(part):
        word = part[at]
        n_role = _role_length(part, at)
        n_country = 0 if n_role else _country_length(part, at)
        if n_country and (at + n_country == len(part) or _role_length(part, at + n_country)):
            at += n_country
        elif n_role and (at + n_role < len(part) or not word.is_capital or at):
            at += n_role
            if at < len(part) and part[at].key in _OF:
                return len(part)
        elif word.key in DETERMINERS or word.key in titles("before") or not word.is_capital:
            if word.key in titles("particles") and at + 1 < len(part):
                break
            at += 1
        else:
            break
    return at


def _role_length(part: Sequence[Word], at: int) -> int:
    if at >= len(part):
        return 0
    n, entries = built_in().longest(part, at)
    return n if any(entry.sort is Sort.ROLE for entry in entries) else 0


def _country_length(part: Sequence[Word], at: int) -> int:
    n, entries = built_in().longest(part, at)
    return n if any(entry.sort in OF_COUNTRY for entry in entries) else 0


def _is_role(words: Sequence[Word]) -> bool:
    return _role_length(words, 0) == len(words)


def _shown(words: str, name: Sequence[Word]) -> str:
    """The words of a name as they stand: as many as it has, at its place."""
    keys = [word.key for word in name]
    given = words.replace("(", " ").replace(")", " ").split()
    for at in range(len(given)):
        for end in range(at + 1, min(len(given), at + len(keys) + 1) + 1):
            own = " ".join(given[at:end]).strip(" ,;:.—–\"'“”’")
            if [word.key for word in split_words(own) if word.key != "'s"] == keys:
                return own.removesuffix("'s").removesuffix("’s")
    return " ".join(keys).title()


@functools.lru_cache(maxsize=_CACHED)
def proper_name(words: str) -> Name | None:
    """The name of a body or a place; None if the words describe it.

    >>> proper_name("the Halden Grain Desk").normal
    'halden grain desk'
    >>> proper_name("its army"), proper_name("Supreme Court")
    (None, None)
    """
    if _has_no_capital(words):
        return None
    if _is_plain(words):
        return make_name(_short_states(words.lower()), words)
    own = split_words(words)
    while len(own) > 1 and own[0].key in DETERMINERS:
        del own[0]
    while len(own) > 1 and (own[-1].key == "'s" or own[-1].key in _LEGAL):
        del own[-1]
    keys = [word.key for word in own]
    if not own or _BREAKS & set(keys):
        return None
    if not all(word.is_capital or word.key in _SMALL or word.key == "'s" for word in own):
        return None
    if not own[0].is_capital or is_common(" ".join(keys)):
        return None
    return make_name(
        _short_states(" ".join(keys)), _shown(words, [word for word in own if word.key != "'s"])
    )


@functools.lru_cache(maxsize=_CACHED)
def is_common(normal: str) -> bool:
    """Whether a name is made of words that many bodies share, such as "ministry of health"."""
    if normal in bodies():
        return True
    words = [Word(word, is_capital=True, is_upper=False) for word in normal.split()]
    at = 0
    while at < len(words):
        n = _role_length(words, at)
        if not n and words[at].key not in _SMALL:
            return False
        at += n or 1
    return True


@functools.lru_cache(maxsize=_CACHED)
def body_name(words: str, country: str) -> str | None:
    """The body of a state that words name together with the country, None if they name none.

    >>> body_name("The Ukrainian defence ministry", "UKR"), body_name("a ministry", "UKR")
    ('Defence ministry', None)
    """
    if words_in("bodies").isdisjoint(words.lower().split()):
        return None
    keys = [word.key for word in split_words(words) if word.key != "'s"]
    left: list[str] = []
    at = 0
    while at < len(keys):
        n, countries = _country_at(keys, at)
        if n and country not in countries:
            return None
        left += [] if n else [keys[at]]
        at += n or 1
    while left and (left[0] in DETERMINERS or left[0] == "of"):
        del left[0]
    while left and left[-1] in {"of", "in", "the", "for"}:
        left.pop()
    return bodies().get(" ".join(left))


def _country_at(keys: Sequence[str], at: int) -> tuple[int, set[str | None]]:
    """How many words from here name a country, its people or its capital, and which it can be."""
    for n in (4, 3, 2, 1):
        found = built_in().named(" ".join(keys[at : at + n]))
        countries = {entry.country for entry in found if entry.sort in _STATES}
        if countries and at + n <= len(keys):
            return n, countries
    return 0, set()


def agree(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two names of persons can be of one: initials, and middle names left out.

    >>> agree(["ann", "m", "vale"], ["ann", "vale"]), agree(["j", "holt"], ["john", "holt"])
    (True, True)
    >>> agree(["ann", "m", "vale"], ["ann", "r", "vale"]), agree(["vale"], ["ann", "vale"])
    (False, True)
    """
    short, long = sorted((list(first), list(second)), key=len)
    if len(short) == 1:
        return len(short[0]) > 1 and short[0] in (long[0], long[-1])
    if short[-1] != long[-1] or not _same_word(short[0], long[0]):
        return False
    middle = iter(long[1:-1])
    return all(any(_same_word(word, other) for other in middle) for word in short[1:-1])


def akin(first: Name, second: Name) -> bool:
    """Whether two names of bodies or places can be of one: a word that tells, or initials.

    >>> akin(make_name("tarn relief council", ""), make_name("trc", ""))
    True
    >>> akin(make_name("labour party", ""), make_name("conservative party", ""))
    False
    """
    one, other = (_telling_words(name) for name in (first, second))
    if one & other:
        return True
    return any(
        len(a.words) == 1 and len(b.words) > 1 and _initials(b) == a.normal.replace(".", "")
        for a, b in ((first, second), (second, first))
    )


def _telling_words(name: Name) -> set[str]:
    """Words of a name that not many bodies have in theirs."""
    return {word for word in name.words if word not in _SMALL and word not in role_words()}


def _initials(name: Name) -> str:
    return "".join(word[0] for word in name.words if word not in _SMALL)


def _same_word(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    return short == long or (len(short) == 1 and long.startswith(short))
