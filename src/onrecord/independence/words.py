"""The words of a text as numbers that can be compared, and where each stands.

Case, accents, punctuation and the two spellings of English make no difference. Not here: what
two texts share (`sharing.py`), what of a text is kept for look-up (`prints.py`).

Shapes: W words, R rows.
"""

import functools
import hashlib
import importlib.resources
import re
import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[^\W_]+")
# Words in quotation marks, at least a short sentence of them: names in marks are none.
_QUOTED = re.compile(r"“[^”]{20,2000}”|\"[^\"\n]{20,2000}\"|«[^»]{20,2000}»|„[^“”]{20,2000}[“”]")
_BYTES = 8
_CACHED_WORDS = 1 << 17


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of one text.

    Attributes:
        keys_W: A number for each word; equal words have equal ones.
        starts_W: First code point of each.
        ends_W: The code point after each.
        is_quoted_W: Whether it stands within quotation marks.
    """

    keys_W: NDArray[np.uint64]
    starts_W: NDArray[np.int64]
    ends_W: NDArray[np.int64]
    is_quoted_W: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.keys_W)


def words_of(text: str) -> Words:
    """The words of a text.

    >>> len(words_of("“The centre is grey,” said Ms O’Hara."))
    8
    """
    places = [match.span() for match in _WORD.finditer(text)]
    keys = [_key(text[start:end]) for start, end in places]
    at_W2 = np.array(places, np.int64).reshape(-1, 2)
    return Words(
        keys_W=np.array(keys, np.uint64),
        starts_W=at_W2[:, 0],
        ends_W=at_W2[:, 1],
        is_quoted_W=_quoted(text, at_W2[:, 0]),
    )


def _quoted(text: str, starts_W: NDArray[np.int64]) -> NDArray[np.bool_]:
    is_quoted_W = np.zeros(len(starts_W), np.bool_)
    for match in _QUOTED.finditer(text):
        first, after = np.searchsorted(starts_W, match.span())
        is_quoted_W[first:after] = True
    return is_quoted_W


@functools.lru_cache(maxsize=_CACHED_WORDS)
def _key(word: str) -> int:
    """Sixty-four bits of a word, the same on every machine."""
    plain = plain_word(word)
    digest = hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest()
    return int.from_bytes(digest, "little")


def plain_word(word: str) -> str:
    """A word without case and accents, in one spelling for British and American English.

    >>> plain_word("Organised"), plain_word("colours"), plain_word("Élysée"), plain_word("four")
    ('organized', 'colors', 'elysee', 'four')
    """
    plain = word.lower()
    if not plain.isascii():
        parts = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in parts if not unicodedata.combining(c)) or plain
    whole, endings = _spellings()
    if plain in whole:
        return whole[plain]
    for n_letters, old, new in endings:
        if len(plain) >= n_letters and plain.endswith(old):
            return plain[: -len(old)] + new
    return plain


@functools.cache
def _spellings() -> tuple[dict[str, str], tuple[tuple[int, str, str], ...]]:
    """Whole words, and endings with the letters that a word has at least."""
    path = importlib.resources.files("onrecord.independence") / "spellings.tsv"
    lines = [line for line in path.read_text("utf-8").splitlines() if line and line[0] != "#"]
    rows = [line.split("\t") for line in lines[1:]]
    whole = {old: new for letters, old, new in rows if letters == "*"}
    endings = tuple((int(letters), old, new) for letters, old, new in rows if letters != "*")
    return whole, endings
