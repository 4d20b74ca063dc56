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
# From so many others on none is sought by its words, and the most that are found so.
FEW_OTHERS: Final = 4
MOST_BY_WORDS: Final = 1
# Months before its own in which a document is looked for.
MONTHS_BACK: Final = 11
# Pairs of clauses that are compared closely for one document.
MOST_PAIRS: Final = 400
# Pairs of sentences that the model judges for one document, and of those with one other.
MOST_JUDGED: Final = 24
MOST_JUDGED_OF_TWO: Final = 8
# The least cosine of clauses of such pairs, unless a rule has found them.
LEAST_NEAR: Final = 0.22
# From this probability of a dispute on the model is asked again, the later sentence first.
LEAST_TURNED: Final = 0.05
# The least probability of a dispute that is shown: in one story, outside of it, and of two
# documents that are shown to be in a likelier one on another ground. The last two were tuned by
# cross-validation on dev2 to dev6 of `tests/claims/disputes`.
LEAST_LIKELY: Final = 0.4
LEAST_OUTSIDE: Final = 0.6
LEAST_SECOND: Final = 0.6
# The least probability of a dispute that is kept for somebody to look at, and the most such ones of
# two documents, shown ones among them, and of one document.
LEAST_POSSIBLE: Final = 0.1
MOST_OF_TWO: Final = 2
MOST_POSSIBLE: Final = 12
# New disputes of one document.
MOST_DISPUTES: Final = 24


@functools.cache
def weights() -> Mapping[str, float]:
    """The weights of ``weights.tsv``."""
    return {row["feature"]: float(row["weight"]) for row in read_rows("weights.tsv")}
