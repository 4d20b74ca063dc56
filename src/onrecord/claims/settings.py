"""Caps and weights of claims, each in one place."""

import functools
from collections.abc import Mapping
from typing import Final

from onrecord.claims.word_lists import read_rows

# Documents that a new one is compared with: of its story, and by its rarest names and places.
MOST_OF_STORY: Final = 24
MOST_BY_KEYS: Final = 16
# Names and places by which a document is found again.
MOST_KEYS: Final = 36
# Names of those that stand alone, without a kind of deed.
MOST_NAMES: Final = 8
# Documents looked at for one of them; of a name that more have, the latest.
MOST_PER_KEY: Final = 24
# Months before its own in which a document is looked for.
MONTHS_BACK: Final = 11
# Pairs of clauses that are compared closely for one document.
MOST_PAIRS: Final = 400
# Clauses whose vectors are so near are compared whatever their words are.
NEAR_COSINE: Final = 0.3
# Pairs that the entailment head judges for one document, and their least score.
MOST_JUDGED: Final = 3
LEAST_JUDGED: Final = 0.5
# Clauses of another document that are looked at for one, the nearest, whatever their words are.
NEAREST: Final = 3
# The least probability of a dispute that no rule has found, in one story and outside of it; and
# of what a rule has found.
LEAST_LIKELY: Final = 0.75
LEAST_OUTSIDE: Final = 0.85
LEAST_OF_RULES: Final = 0.4
# New disputes of one document.
MOST_DISPUTES: Final = 24


@functools.cache
def weights() -> Mapping[str, float]:
    """The weights of ``weights.tsv``."""
    return {row["feature"]: float(row["weight"]) for row in read_rows("weights.tsv")}
