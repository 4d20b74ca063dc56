"""Names as the gazetteer compares them: case, accents, hyphens and apostrophes are no difference.

Normal names are keys only; what is shown is always as the text or the gazetteer has it.
"""

import hashlib
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_LETTERS = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ə": "a",
}
_NOTHING = ".'’‘ʼʻ`´ʾʿ′\u00ad\u200b"
_TABLE = str.maketrans(
    _LETTERS | dict.fromkeys(_NOTHING, "") | dict.fromkeys('-‐‑‒–—―_,/()·•"“”', " ")
)
_FULL = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_KINDS = (
    "province region oblast state county district governorate prefecture department krai kray "
    "republic voivodeship canton territory parish raion rayon municipality division emirate shire"
).split()
_BEFORE = ("province of", "region of", "state of", "county of", "governorate of", "republic of")
_MAX_CHARS = 120
# Texts repeat names and words; keys of so many are kept.
_CACHED = 1 << 14


@lru_cache(_CACHED)
def normal_name(name: str) -> str:
    """The key of a name; empty if nothing of it is a letter or digit, or it is far too long.

    >>> normal_name("The St.-Jean’s"), normal_name("U.S."), normal_name("Łódź")
    ('saint jeans', 'us', 'lodz')
    """
    if len(name) > _MAX_CHARS:
        return ""
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name.casefold())
        name = "".join(c for c in decomposed if not unicodedata.combining(c))
    words = name.casefold().translate(_TABLE).split()
    if len(words) > 1:
        if words[0] == "the":
            del words[0]
        if not _FULL.keys().isdisjoint(words):
            words = [_FULL.get(word, word) for word in words]
    return " ".join(words)


def division_names(name: str) -> Iterator[str]:
    """Normal names of a division, with and without the word that tells its kind.

    >>> list(division_names("Kherson Oblast"))
    ['kherson oblast', 'kherson']
    """
    full = normal_name(name)
    yield full
    for word in _KINDS:
        if full.endswith(f" {word}"):
            yield full[: -len(word) - 1]
    for words in _BEFORE:
        if full.startswith(f"{words} "):
            yield full[len(words) + 1 :]


def country_name(iso2: str) -> str:
    """A name that no text has, under which an index keeps the country of a code."""
    return f"country:{iso2.lower()}"


@lru_cache(_CACHED)
def name_key(normal: str) -> int:
    """A number of 64 bits for a normal name; it stays the same on all machines."""
    digest = hashlib.blake2b(normal.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")
