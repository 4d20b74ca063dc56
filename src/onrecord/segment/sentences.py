"""Paragraphs and sentences of a text, as spans that leave the text untouched.

A paragraph is a line. Sentences end at final punctuation, but not after an
abbreviation, an initial or inside a number; see `abbreviations.py` for the list.
"""

import functools
import re
from dataclasses import dataclass

from onrecord.segment.abbreviations import ABBREVIATIONS, BEFORE_NUMBERS, NO_NAMES
from onrecord.segment.lines import LINE, matches_at

# A run longer than this without a sentence end is cut at white space: no news sentence is.
MAX_SENTENCE_CHARS = 2000
# Texts up to this long are split once for all who ask.
_KEPT_CHARS = 50_000
# Final marks of scripts with and without spaces between sentences (Unicode 16, Sentence_Terminal).
_FINAL = ".!?…؟۔।॥"
_FINAL_UNSPACED = "。！？"
_INVISIBLE = "\u200b-\u200f\u2060\ufeff"
_BEFORE_WORDS = rf"[\s\"“‘'«„¿¡(\[—–{_INVISIBLE}-]*+"
# A run of final marks is looked at once, from its start: that keeps any text in linear time.
_END = re.compile(
    rf"(?<![{_FINAL}])[{_FINAL}]++[\"”’'»)\]]*+(?=[{_INVISIBLE}]*\s{_BEFORE_WORDS}[^\W_])"
    rf"|[{_FINAL_UNSPACED}]++[」』”’]*+"
)
_FIRST = re.compile(f"[{_FINAL}{_FINAL_UNSPACED}]")
_TO_WORDS = re.compile(_BEFORE_WORDS)
_WORD_BEFORE = re.compile(r"[\w.&’'-]*$")
_LIST_NUMBER = re.compile(r"\s*\d{1,2}$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence.

    Attributes:
        start: First code point that is no white space.
        end: After the last one.
        starts_paragraph: It is the first of its line.
    """

    start: int
    end: int
    starts_paragraph: bool


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Sentences in text order; white space belongs to none.

    >>> [(s.start, s.end) for s in split_sentences("Gen. Holt left. He said so.")]
    [(0, 15), (16, 27)]
    """
    return _split_once(text) if len(text) <= _KEPT_CHARS else _split(text)


def _split(text: str) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    for line in LINE.finditer(text):
        is_first = True
        start = line.start()
        for end in _ends(text, line.start(), line.end()):
            for piece_start, piece_end in _pieces(text, start, end):
                found.append(Sentence(piece_start, piece_end, is_first))
                is_first = False
            start = end
    return tuple(found)


# Several stages ask for the sentences of a text, one soon after the other.
_split_once = functools.lru_cache(maxsize=64)(_split)


def _ends(text: str, start: int, end: int) -> list[int]:
    found = matches_at(_FIRST, _END, text, start, end)
    ends = [match.end() for match in found if _is_end(text, start, match)]
    return [*ends, end]


def _is_end(text: str, line_start: int, match: re.Match[str]) -> bool:
    """Whether a sentence ends at these marks."""
    mark = match.group()
    if mark[0] in _FINAL_UNSPACED:
        return not (mark[-1] in "”’" and _next_word_start(text, match.end()).islower())
    follows = _next_word_start(text, match.end())
    if follows.islower():  # no sentence begins so
        return False
    if mark[0] != "." or (len(mark) > 1 and mark[1] in _FINAL):
        return True
    return mark[-1] in "\"”’'»" or not _is_abbreviated(text, line_start, match.start(), follows)


def _is_abbreviated(text: str, line_start: int, stop: int, follows: str) -> bool:
    """Whether the full stop at ``stop`` belongs to the word before it."""
    found = _WORD_BEFORE.search(text[max(line_start, stop - 24) : stop])
    word = found.group() if found else ""
    is_initial = len(word) == 1 and word.isupper() and word != "I"
    is_dotted = re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", word) is not None
    is_name = is_dotted and len(word) == 3 and word.isupper() and word not in NO_NAMES
    return (
        is_initial
        or is_name
        or word.lower() in ABBREVIATIONS
        or (is_dotted and word[-1].islower())
        or (follows.isdigit() and word in BEFORE_NUMBERS)
        or _LIST_NUMBER.match(text[line_start:stop] if stop - line_start < 24 else "") is not None
    )


def _next_word_start(text: str, at: int) -> str:
    """The first character of the next word; "" at the end of the text."""
    match = _TO_WORDS.match(text, at)
    after = match.end() if match else at
    return text[after : after + 1]


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretch without its outer white space, cut where it is far too long."""
    pieces: list[tuple[int, int]] = []
    while start < end:
        cut = end
        if end - start > MAX_SENTENCE_CHARS:
            space = text.rfind(" ", start + MAX_SENTENCE_CHARS // 2, start + MAX_SENTENCE_CHARS)
            cut = space if space > start else start + MAX_SENTENCE_CHARS
        part = text[start:cut]
        stripped = part.strip()
        if stripped:
            first = start + len(part) - len(part.lstrip())
            pieces.append((first, first + len(stripped)))
        start = cut
    return pieces
