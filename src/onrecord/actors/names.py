"""Names as they are compared: without case, accents, determiners and full stops."""

import functools
import re
import unicodedata
from dataclasses import dataclass

# Nobody is named with more; what comes after is left out.
MAX_NAME_CHARS = 240
_WORD = re.compile(r"[^\W_]+(?:[.&/+'’-][^\W_]+)*\+?|'s\b|’s\b|[,;:()\[\]—–]")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_APOSTROPHES = frozenset("'’")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$")
_ARABIC_ARTICLE = re.compile(r"^(?:al|el)-(?=.)")
# Letters that do not fall apart into a base and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "’": "'", "ə": "a"}
)
DETERMINERS = frozenset(
    "the a an this that these those his her its their our my some several many most all both "
    "any two three four five six seven eight nine ten dozens hundreds thousands few other "
    "another one".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name.

    Attributes:
        key: As it is compared; a comma, a colon or a bracket is a word of its own.
        is_capital: It has a capital letter.
        is_upper: All of its letters are capitals.
    """

    key: str
    is_capital: bool
    is_upper: bool


_S = Word("'s", is_capital=False, is_upper=False)


def split_words(name: str) -> list[Word]:
    """The words of a name, a possessive 's apart.

    >>> [word.key for word in split_words("The U.S. Army's General Peña")]
    ['the', 'us', 'army', "'s", 'general', 'pena']
    """
    words: list[Word] = []
    for match in _WORD.finditer(name, 0, MAX_NAME_CHARS):
        given = match.group()
        ending = _POSSESSIVE.search(given) if given[-2:-1] in _APOSTROPHES else None
        if ending and ending.start():
            given = given[: ending.start()]
        words.extend(_words_of(given))
        if ending and ending.start():
            words.append(_S)
    return words


@functools.lru_cache(maxsize=16384)
def _words_of(given: str) -> tuple[Word, ...]:
    """What one word is as it is compared: several with an Arabic article, or one."""
    if _INITIALS.match(given):
        given = given.replace(".", "")
    capital, upper = any(c.isupper() for c in given), given.isupper()
    parts = _ARABIC_ARTICLE.sub("al ", fold(given)).split()
    return tuple(Word(part, capital, upper) for part in parts)


@functools.lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without accents.

    >>> fold("Élysée")
    'elysee'
    """
    lower = text.lower()
    if lower.isascii():
        return lower
    parts = unicodedata.normalize("NFKD", lower.translate(_LETTERS))
    return "".join(c for c in parts if not unicodedata.combining(c)) or lower


def name_key(name: str, *, keeps_article: bool = False) -> str:
    """A whole name as it is looked up: no determiner before it, no 's behind it.

    Args:
        name: As it is written.
        keeps_article: Its article belongs to it, as in "The Times".

    >>> name_key("the White House's")
    'white house'
    """
    words = _plain_words(name)
    while not keeps_article and len(words) > 1 and words[0] in DETERMINERS:
        del words[0]
    while len(words) > 1 and words[-1] == "'s":
        del words[-1]
    return " ".join(words)


def _plain_words(name: str) -> list[str]:
    """Keys of the words; names of ASCII letters and spaces need no taking apart."""
    if name.isascii() and name.replace(" ", "").isalnum() and len(name) <= MAX_NAME_CHARS:
        return name.lower().split()
    return [word.key for word in split_words(name)]
