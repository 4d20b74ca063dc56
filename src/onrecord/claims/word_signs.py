"""What two sentences themselves tell of whether they are in dispute: negations, figures, hedges.

By words alone, without what stands around them; the lists are those of ``modes.toml``.
"""

import math
import re
from collections.abc import Iterator
from typing import Final

from onrecord.claims.word_lists import modes

_LISTS: Final = ("negation", "hearsay", "plan", "part", "again", "number")
_MOST: Final = 6
_WORD: Final = re.compile(r"\d[\d.,]*|[^\W\d_]+(?:['’][^\W\d_]+)?")


def word_signs(first: str, second: str) -> Iterator[tuple[str, float]]:
    """Signs of two sentences, in either order the same.

    How many words of each list both have, and whether one alone has some; how many open with a
    pronoun; how long the shorter and the longer one are; figures that both have.
    """
    sides = [_words(first), _words(second)]
    for name in _LISTS:
        counts = [sum(_is_of(name, word) for word in words) for words in sides]
        yield name, float(min(sum(counts), _MOST))
        yield f"{name} on one side", float((counts[0] > 0) != (counts[1] > 0))
    pronouns = modes()["sign_pronoun"]
    yield (
        "opens with a pronoun",
        float(sum(words[:1] != [] and words[0] in pronouns for words in sides)),
    )
    lengths = sorted(map(len, sides))
    yield "shorter", math.log1p(lengths[0])
    yield "longer", math.log1p(lengths[1])
    figures = [{word.strip(".,") for word in words if word[0].isdigit()} for words in sides]
    yield "one figure", float(bool(figures[0] & figures[1]))
    yield "figures on both sides", float(bool(figures[0]) and bool(figures[1]))


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def _is_of(name: str, word: str) -> bool:
    if word[0].isdigit():
        return name == "number"
    return word in modes()[f"sign_{name}"] or (name == "negation" and word.endswith("n't"))
