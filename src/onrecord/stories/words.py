"""Words as terms: cut out of a text, brought to one form, weighed by how rare they are.

Rarity is counted on news of the years 2015 to 2020 (`frequencies.tsv`) and goes on being
counted in the store (`frequencies.py`), so that a word that all documents of a war have
tells little there.
"""

import functools
import importlib.resources
import math
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

_TOKEN: Final = re.compile(
    r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,:]\d+)*", re.UNICODE
)  # fmt: skip
_POSSESSIVE: Final = re.compile(r"['’]s?$|['’](?:s|t|d|m|ll|re|ve)$")
_VOWEL: Final = re.compile(r"[aeiouy]")
_DOUBLE: Final = re.compile(r"([bdgmnprt])\1$")
_UNCHANGED: Final = ("ss", "us", "is", "ous", "news")
_LEAST_STEM: Final = 3
# Documents that the table counts for beside those of the store, whatever their number.
PRIOR_DOCUMENTS: Final = 1000
# A term of so few documents may be that of one story: half of them do not count.
_ONE_STORY: Final = 32


def words_in(text: str) -> Iterator[str]:
    """Words and numbers of a text as terms, in order.

    >>> list(words_in("Three miners’ wives waited; 1,200 didn't."))
    ['thre', 'miner', 'wiv', 'wait', '1200', 'didn']
    """
    for _, word in tokens_in(text):
        yield term_of(word)


def tokens_in(text: str) -> list[tuple[int, str]]:
    """Words and numbers as they are written, with the code point where each begins."""
    return [(match.start(), match.group()) for match in _TOKEN.finditer(text)]


@functools.lru_cache(maxsize=1 << 16)
def term_of(word: str) -> str:
    """One form for the forms of a word; light, so that only what sounds alike meets.

    >>> term_of("Sentences"), term_of("sentencing"), term_of("sentenced"), term_of("stopped")
    ('sentenc', 'sentenc', 'sentenc', 'stop')
    """
    plain = _POSSESSIVE.sub("", word.lower())
    if not plain.isalpha():
        return plain.replace(",", "")
    return _without_e(_without_ending(_without_plural(plain)))


def _without_plural(word: str) -> str:
    if len(word) <= _LEAST_STEM or not word.endswith("s") or word.endswith(_UNCHANGED):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zes")) else word[:-1]


def _without_ending(word: str) -> str:
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _LEAST_STEM and _VOWEL.search(stem):
            if stem.endswith("i") and ending == "ed":
                return stem[:-1] + "y"
            return stem[:-1] if _DOUBLE.search(stem) else stem
    return word


def _without_e(word: str) -> str:
    return word[:-1] if len(word) > _LEAST_STEM and word.endswith("e") else word


@functools.lru_cache(maxsize=1 << 16)
def number_of(term: str) -> int:
    """The number of 32 bits by which tables know a term.

    >>> number_of("flood")
    1251042175
    """
    return zlib.crc32(term.encode("utf-8", "surrogatepass"))


@functools.cache
def known_shares() -> Mapping[str, float]:
    """The share of documents of the table that have a term."""
    path = importlib.resources.files("onrecord.stories") / "frequencies.tsv"
    shares: dict[str, float] = {}
    n_documents = 1
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# documents:"):
            n_documents = int(line.partition(":")[2])
        elif line and not line.startswith("#"):
            term, n = line.split("\t")
            shares[term] = int(n) / n_documents
    return shares


def rarity(term: str, *, n_with: int, n_documents: int) -> float:
    """How much a term tells: the logarithm of one through the share of documents that have it.

    Args:
        term: The term.
        n_with: Documents of the store that have it, of those that were counted.
        n_documents: Documents of the store that were counted.
    """
    return rarities({term: n_with}, n_documents=n_documents)[term]


def rarities(counts: Mapping[str, int], *, n_documents: int) -> dict[str, float]:
    """The rarity of some terms, with the documents of the store that have each."""
    shares, log = known_shares(), math.log
    all_documents = log(PRIOR_DOCUMENTS + n_documents + 1)
    return {
        term: all_documents
        - log(shares.get(term, 0.0) * PRIOR_DOCUMENTS + n * n / (n + _ONE_STORY) + 0.5)
        for term, n in counts.items()
    }
