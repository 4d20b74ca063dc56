"""Pieces of words that were met before: plain sentences need no tokenizer.

A sentence is plain when the tokenizer's rules for finding words (BERT's: at white space,
each mark by itself) can be said in one pattern, which holds for nearly all of English news.
Its words are cut one by one, and what comes out is kept. Nothing depends on what is kept.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# Letters that BERT's normaliser leaves one letter each, signs that it takes for letters, and
# marks that it takes for such.
_LETTERS = r"A-Za-z0-9À-ÖØ-Þà-öø-ÿĀ-įı-ňŊ-ž£€°"
_MARKS = r"!-/:-@\\-`{-~“”‘’–—…«»"
_STRETCH = rf"[\t \u00a0{_LETTERS}{_MARKS}]*"
# "[" may begin a piece with a meaning of its own.
_OPENING = r"\[(?!(?:PAD|UNK|CLS|SEP|MASK)\])"
_PLAIN = re.compile(rf"{_STRETCH}(?:{_OPENING}{_STRETCH})*")
_WORD = re.compile(rf"[{_LETTERS}]+|[\[{_MARKS}]")
# Code points of all words that are kept; the fifty thousand commonest words have so many.
_MOST_CHARS = 400_000

# Vocabulary ids of a word, and its case as an index into `CASES`.
KnownWord = tuple[tuple[int, ...], int]

# Words with the code points where they start.
PlainWords = tuple[list[str], list[int]]


class KnownWords:
    """Words with their pieces, as a tokenizer cuts each by itself."""

    def __init__(self, tokenizer: "Tokenizer") -> None:
        self.tokenizer = tokenizer
        self._known: dict[str, KnownWord] = {}
        self._n_chars = 0

    def pieces_of(self, words: list[str]) -> list[KnownWord]:
        """What each word is made of."""
        known = self._known
        new = set(words).difference(known)
        if new:
            n_chars = sum(map(len, new))
            if self._n_chars + n_chars > _MOST_CHARS:
                known, new = {}, set(words)
                n_chars = sum(map(len, new))
                self._n_chars = 0
            known |= self._cut(new)
            self._known = known
            self._n_chars += n_chars
        return [known[word] for word in words]

    def _cut(self, words: Iterable[str]) -> dict[str, KnownWord]:
        words = list(words)
        encodings = self.tokenizer.encode_batch(words, add_special_tokens=False)
        return {
            word: (tuple(encoding.ids), case_of(word))
            for word, encoding in zip(words, encodings, strict=True)
        }


def find_plain_words(text: str, start: int, end: int) -> PlainWords | None:
    """Words of a plain sentence and where they start; None when it is none.

    >>> find_plain_words("It’s over.", 0, 10)
    (['It', '’', 's', 'over', '.'], [0, 2, 3, 5, 9])
    """
    if _PLAIN.fullmatch(text, start, end) is None:
        return None
    return _WORD.findall(text, start, end), [m.start() for m in _WORD.finditer(text, start, end)]


def case_of(word: str) -> int:
    """How a word is written, as an index into `CASES`."""
    if word.islower():
        return 1
    if word[:1].isupper():
        return 3 if len(word) > 1 and word.isupper() else 2
    if word[:1].isdigit():
        return 4
    return 0 if word[:1].isalpha() else 5
