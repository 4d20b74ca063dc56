"""What two mentions tell about each other, and how likely they name the same.

A mention and each candidate before it give a few numbers, each an index into a table of
learned vectors; with products of the mentions' own vectors they pass one small layer
(a mention-ranking model: Denis and Baldridge 2008; Lee et al. 2017 without its spans).

Shapes: M mentions, P pairs, F features, H width of the layer, K products of a pair.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.entities.forms import FORMS, Traits

N_TYPES: Final = 8
N_PRODUCTS: Final = 4
_N_FORMS: Final = len(FORMS)
_SENTENCES: Final = np.array([0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7])
_MENTIONS: Final = np.array([0, 0, 1, 2, 3, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 7])
_COARSE: Final = np.array([0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 6, 6, 7, 7, 7])
# How many values each feature has.
SIZES: Final = (_N_FORMS**2, N_TYPES**2, 81, 32, 32, 64, 12)


@dataclass(frozen=True, slots=True, eq=False)
class Mentions:
    """Columns over the mentions of one document, in text order (start, then longest first).

    Attributes:
        start_M: First code point.
        end_M: After the last.
        type_M: Index into the types of mentions, below `N_TYPES`.
        sentence_M: Number of the sentence in the document.
        quoted_M: Whether it stands in quotation marks, 0 or 1.
        traits: What the words tell.
    """

    start_M: NDArray[np.int64]
    end_M: NDArray[np.int64]
    type_M: NDArray[np.int64]
    sentence_M: NDArray[np.int64]
    quoted_M: NDArray[np.int64]
    traits: Traits


def pair_features(
    m: Mentions, own_P: NDArray[np.int64], other_P: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Indices into the tables of features, (P, F).

    Args:
        m: The mentions.
        own_P: The later mention of each pair.
        other_P: The earlier one.
    """
    t = m.traits
    forms = t.form_M[own_P] * _N_FORMS + t.form_M[other_P]
    types = m.type_M[own_P] * N_TYPES + m.type_M[other_P]
    agreement = (t.gender_M[own_P] * 3 + t.gender_M[other_P]) * 9
    agreement = agreement + t.number_M[own_P] * 3 + t.number_M[other_P]
    own_words, other_words = t.words_M[own_P], t.words_M[other_P]
    have = (own_words != 0) & (other_words != 0)
    strings = (
        (t.whole_M[own_P] == t.whole_M[other_P]) * 1
        + ((t.head_M[own_P] == t.head_M[other_P]) & (t.head_M[own_P] >= 0)) * 2
        + (have & (own_words & ~other_words == 0)) * 4
        + (have & (other_words & ~own_words == 0)) * 8
        + (_is_short(t, own_P, other_P) | _is_short(t, other_P, own_P)) * 16
    )
    apart = np.minimum(m.sentence_M[own_P] - m.sentence_M[other_P], len(_SENTENCES) - 1)
    places = _SENTENCES[np.maximum(apart, 0)] * 4 + m.quoted_M[own_P] * 2 + m.quoted_M[other_P]
    between = np.minimum(np.abs(own_P - other_P), len(_MENTIONS) - 1)
    distances = _MENTIONS[between] * 8 + _COARSE[t.form_M[own_P]]
    nested = np.where(m.end_M[other_P] >= m.end_M[own_P], 1, 0)
    gap = np.clip(m.start_M[own_P] - m.end_M[other_P], -1, 3)
    return np.stack(
        [forms, types, agreement, strings, places, distances, nested * 5 + gap + 1], axis=1
    )


def _is_short(
    t: Traits, short_P: NDArray[np.int64], long_P: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Whether the first of each pair is made of the initials of the second."""
    return np.asarray((t.acronym_M[short_P] == t.initials_M[long_P]) & (t.acronym_M[short_P] >= 0))
