"""Two texts as one row of word pieces, with what each word is and whether the other has it.

Not here: the pass over them (`scoring.py`).

Shapes: T pieces of a pair, W words of a text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.known_words import case_of
from onrecord.encode.pieces import CASES, CLS, SEP

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

MOST_PREMISE: Final = 112
MOST_HYPOTHESIS: Final = 64
# How a word meets those of the other text: not at all, by its beginning, as a whole.
_APART, _BEGINS, _EQUAL = range(3)
_N_MATCHES: Final = 3
N_KINDS: Final = 2 * len(CASES) * _N_MATCHES
# The most days between two texts of each kind of gap; more than the last is one more kind.
_GAPS: Final = (0, 1, 3, 10, 45)
N_GAPS: Final = len(_GAPS) + 1
_STEM_CHARS: Final = 5
_NUMBERS: Final = {
    name: str(number)
    for number, name in enumerate(
        (
            *"zero one two three four five six seven eight nine ten eleven twelve".split(),
            *"thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(),
        )
    )
}
# Halves of a pair that stand alone; the tokenizer takes UTF-8, which cannot hold them.
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, eq=False)
class PairPieces:
    """A premise and a hypothesis as the model reads them: [CLS] premise [SEP] hypothesis [SEP].

    Attributes:
        ids_T: Vocabulary ids.
        kind_T: Side, case and match of the word of each piece, below `N_KINDS`; of the first
            piece how many days lie between both texts, 0 if that is not known.
        hypothesis_T: 1 for pieces of the hypothesis, 0 for all others.
    """

    ids_T: NDArray[np.int64]
    kind_T: NDArray[np.int64]
    hypothesis_T: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class _Text:
    """Pieces of one text, each with its word as it is written."""

    ids: list[int]
    words: list[str]


def pair_pieces(
    premise: str, hypothesis: str, tokenizer: "Tokenizer", *, days: int | None = None
) -> PairPieces:
    """A pair as the model reads it; what is beyond the most pieces of a text is not read.

    Args:
        premise: The first text, the earlier one if they are in dispute.
        hypothesis: The second.
        tokenizer: That of the encoder.
        days: Between their publications, if they are known.
    """
    one = _cut(premise, tokenizer, MOST_PREMISE)
    two = _cut(hypothesis, tokenizer, MOST_HYPOTHESIS)
    kinds = [
        *_kinds(one.words, two.words, side=0),
        *_kinds(two.words, one.words, side=1),
    ]
    n_premise, n_hypothesis = len(one.ids), len(two.ids)
    kind_T = np.zeros(n_premise + n_hypothesis + 3, dtype=np.int64)
    if days is not None:
        kind_T[0] = N_KINDS + sum(abs(days) > most for most in _GAPS)
    kind_T[1 : n_premise + 1] = kinds[:n_premise]
    kind_T[n_premise + 2 : -1] = kinds[n_premise:]
    hypothesis_T = np.zeros(len(kind_T), dtype=np.float32)
    hypothesis_T[n_premise + 2 : -1] = 1
    ids = [CLS, *one.ids, SEP, *two.ids, SEP]
    return PairPieces(np.array(ids, dtype=np.int64), kind_T, hypothesis_T)


def _cut(text: str, tokenizer: "Tokenizer", most: int) -> _Text:
    # A piece has at least one character; what is far beyond the most is not even cut.
    text = _SURROGATE.sub("\ufffd", " ".join(text[: 64 * most].split()))
    encoding: Encoding = tokenizer.encode(text, add_special_tokens=False)
    numbers = [number or 0 for number in encoding.word_ids[:most]]
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for number, (start, end) in zip(numbers, encoding.offsets[:most], strict=True):
        starts.setdefault(number, start)
        ends[number] = end
    return _Text(encoding.ids[:most], [text[starts[n] : ends[n]] for n in numbers])


def _kinds(words: Sequence[str], others: Sequence[str], *, side: int) -> list[int]:
    normal = {_normal(word) for word in others}
    stems = {word[:_STEM_CHARS] for word in normal}
    kinds = []
    for word in words:
        own = _normal(word)
        match = _EQUAL if own in normal else _BEGINS if own[:_STEM_CHARS] in stems else _APART
        kinds.append((side * len(CASES) + case_of(word)) * _N_MATCHES + match)
    return kinds


def _normal(word: str) -> str:
    lower = word.lower()
    return _NUMBERS.get(lower, lower)
