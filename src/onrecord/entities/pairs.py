"""What two mentions tell about each other, and how likely they name the same.

A mention and each candidate give a few numbers, each an index into a table of learned
vectors; with products of the mentions' own vectors they pass one small layer (a
mention-ranking model: Denis and Baldridge 2008; Lee et al. 2017 without its spans).
Which pairs are looked at is decided in `clusters.py`.

Shapes: M mentions, P pairs, F features, H width of the layer, K products of a pair.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.types import TYPES
from onrecord.entities.clauses import OF_SUBJECT, ROLES, SUBJECT, Clauses, no_clauses
from onrecord.entities.forms import BARE, FORMS, HE, IT, SHE, THEY, Traits

N_TYPES: Final = 8
N_PRODUCTS: Final = 4
_N_FORMS: Final = len(FORMS)
_SENTENCES: Final = np.array([0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7])
_MENTIONS: Final = np.array([0, 0, 1, 2, 3, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 7])
_COARSE: Final = np.array([0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 6, 6, 7, 7, 7])
_N_COARSE: Final = 8
_N_ROLES: Final = len(ROLES)
PERSON: Final = TYPES.index("person")
PLACE: Final = TYPES.index("place")
# How often a name comes, and how many others stand between, in classes.
_COUNTS: Final = np.array([0, 1, 2, 3, 4, 4, 5])
_MOST: Final = len(_COUNTS) - 1
# How the clauses of two mentions stand to each other.
_SAME, _OWN_INSIDE, _OTHER_INSIDE, _BESIDE, _BEFORE, _FAR = range(1, 7)
_N_BETWEEN: Final = 7
# How a mention stands out in its sentence.
_FIRST, _SUBJECT, _INNER_SUBJECT, _FIRST_OTHER, _REST, _OWNER = range(1, 7)
_N_STANDINGS: Final = 7
# How many values each feature has; the first ones are all that layers without trees know.
_PLAIN: Final = (_N_FORMS**2, N_TYPES**2, 81, 32, 32, 64, 12)
N_PLAIN: Final = len(_PLAIN)
SIZES: Final = (
    *_PLAIN,
    _N_ROLES**2 * _N_BETWEEN,
    _N_STANDINGS * 4 * _N_COARSE,
    6 * 3 * 3 * 4,
    6 * 2 * 2 * _N_COARSE,
)
# Counts up to this are added up side by side in one number.
_WIDE: Final = 1 << 16


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
        clauses: What each is in its sentence; None if nothing is known.
    """

    start_M: NDArray[np.int64]
    end_M: NDArray[np.int64]
    type_M: NDArray[np.int64]
    sentence_M: NDArray[np.int64]
    quoted_M: NDArray[np.int64]
    traits: Traits
    clauses: Clauses | None = None


def pair_features(
    m: Mentions,
    own_P: NDArray[np.int64],
    other_P: NDArray[np.int64],
    *,
    n_features: int = len(SIZES),
) -> NDArray[np.int64]:
    """Indices into the tables of features, (P, F).

    Args:
        m: The mentions.
        own_P: The mention of each pair that looks for another; equal ones stand together.
        other_P: The other one, which mostly stands before it; in order for each.
        n_features: `N_PLAIN` without what trees tell.
    """
    columns = _plain(m, own_P, other_P)
    if n_features > N_PLAIN:
        columns += _told_by_trees(m, own_P, other_P)
    return np.stack(columns, axis=1)


def _plain(
    m: Mentions, own_P: NDArray[np.int64], other_P: NDArray[np.int64]
) -> list[NDArray[np.int64]]:
    """What the words of two mentions and their places tell."""
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
    distances = _MENTIONS[between] * _N_COARSE + _COARSE[t.form_M[own_P]]
    nested = np.where(m.end_M[other_P] >= m.end_M[own_P], 1, 0)
    gap = np.clip(m.start_M[own_P] - m.end_M[other_P], -1, 3)
    after = np.where(m.sentence_M[other_P] == m.sentence_M[own_P], 10, 11)
    beside = np.where(other_P > own_P, after, nested * 5 + gap + 1)
    return [forms, types, agreement, strings, places, distances, beside]


def _told_by_trees(
    m: Mentions, own_P: NDArray[np.int64], other_P: NDArray[np.int64]
) -> list[NDArray[np.int64]]:
    """What the roles of mentions tell, and how one of them stands out among others."""
    c = m.clauses or no_clauses(len(m.start_M))
    coarse = _COARSE[m.traits.form_M[own_P]]
    apart = np.abs(m.sentence_M[own_P] - m.sentence_M[other_P])
    roles = (c.role_M[own_P] * _N_ROLES + c.role_M[other_P]) * _N_BETWEEN
    standing = _standings(m, c)[other_P] * 4 + np.minimum(apart, 3)
    return [
        roles + _between_clauses(c, own_P, other_P, apart),
        standing * _N_COARSE + coarse,
        _ranks(m, c, own_P, other_P),
        _repeats(m, own_P, other_P) * _N_COARSE + coarse,
    ]


def _between_clauses(
    c: Clauses, own_P: NDArray[np.int64], other_P: NDArray[np.int64], apart_P: NDArray[np.int64]
) -> NDArray[np.int64]:
    """How the clause of the one stands to that of the other; 0 if unknown."""
    own, other = c.clause_M[own_P], c.clause_M[other_P]
    found = np.where(apart_P == 1, _BEFORE, _FAR)
    near = np.flatnonzero(apart_P == 0)
    a, b = own[near], other[near]
    own_inside = (c.around_MD[own_P[near]] == b[:, None]).any(axis=1)
    other_inside = (c.around_MD[other_P[near]] == a[:, None]).any(axis=1)
    nested = np.where(own_inside, _OWN_INSIDE, np.where(other_inside, _OTHER_INSIDE, _BESIDE))
    found[near] = np.where(a == b, _SAME, nested)
    return np.where((own < 0) | (other < 0), 0, found)


def _standings(m: Mentions, c: Clauses) -> NDArray[np.int64]:
    """How each mention stands out in its sentence, (M,)."""
    is_first = np.diff(m.sentence_M, prepend=-1) > 0
    is_main = c.around_MD[:, 0] < 0
    told = np.where(is_first, _FIRST_OTHER, _REST)
    told[(c.role_M == OF_SUBJECT) & is_main] = _OWNER
    told[c.role_M == SUBJECT] = _INNER_SUBJECT
    told[(c.role_M == SUBJECT) & is_main] = _SUBJECT
    return np.where(c.clause_M < 0, is_first * _FIRST, told)


def _ranks(
    m: Mentions, c: Clauses, own_P: NDArray[np.int64], other_P: NDArray[np.int64]
) -> NDArray[np.int64]:
    """How many others that would do are nearer: names and descriptions, subjects, pronouns."""
    own_form = m.traits.form_M[own_P]
    is_he, is_it, is_they = (own_form == HE) | (own_form == SHE), own_form == IT, own_form == THEY
    is_word = m.traits.form_M[other_P] <= BARE
    would = _would_do(m, own_P, other_P, is_he=is_he, is_it=is_it, is_they=is_they)
    # A name that comes again counts where it stands last.
    words = would & is_word & (_next_alike(m.traits.head_M)[other_P] >= own_P)
    subjects = would & (c.role_M[other_P] == SUBJECT)
    counted = words * 1 + subjects * _WIDE + (would & ~is_word) * _WIDE**2
    is_later = other_P > own_P
    nearer = _sums_after(own_P, np.where(is_later, 0, counted))
    if is_later.any():
        before = _sums_after(-own_P[::-1], np.where(is_later, counted, 0)[::-1])[::-1]
        nearer = np.where(is_later, before, nearer)
    rank = _COUNTS[np.minimum(nearer % _WIDE, _MOST)] * 3
    rank = (rank + np.minimum(nearer // _WIDE % _WIDE, 2)) * 3 + np.minimum(nearer // _WIDE**2, 2)
    return rank * 4 + np.where(is_he, 0, np.where(is_it, 1, np.where(is_they, 2, 3)))


def _would_do(
    m: Mentions,
    own_P: NDArray[np.int64],
    other_P: NDArray[np.int64],
    *,
    is_he: NDArray[np.bool_],
    is_it: NDArray[np.bool_],
    is_they: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Whether gender, number and type leave it open that the one is the other."""
    t = m.traits
    g, h = t.gender_M[own_P], t.gender_M[other_P]
    n, k = t.number_M[own_P], t.number_M[other_P]
    agree = ((g == 0) | (h == 0) | (g == h)) & ((n == 0) | (k == 0) | (n == k))
    is_person = m.type_M[other_P] == PERSON
    alike = is_they | (m.type_M[own_P] == m.type_M[other_P])
    fits = np.where(is_he, is_person, np.where(is_it, ~is_person, alike))
    is_apart = m.end_M[other_P] <= m.start_M[own_P]
    return np.asarray(agree & fits & (is_apart | (m.start_M[other_P] >= m.end_M[own_P])))


def _next_alike(head_M: NDArray[np.int64]) -> NDArray[np.int64]:
    """The next mention with the same head; the number of all for none, and for pronouns."""
    order = np.argsort(head_M, kind="stable")
    found = np.full(len(head_M), len(head_M))
    same = head_M[order[1:]] == head_M[order[:-1]]
    found[order[:-1][same]] = order[1:][same]
    found[head_M < 0] = len(head_M)
    return found


def _repeats(
    m: Mentions, own_P: NDArray[np.int64], other_P: NDArray[np.int64]
) -> NDArray[np.int64]:
    """How often the head of the other was named before, in the first sentence, most of all."""
    head_M, n = m.traits.head_M, len(m.start_M)
    step = n + 1
    keys = np.sort(np.where(head_M >= 0, head_M, n) * step + np.arange(n))
    head = head_M[other_P]
    begin = np.searchsorted(keys, head * step)
    times = np.where(head >= 0, np.searchsorted(keys, head * step + own_P) - begin, 0)
    first = keys[np.minimum(begin, n - 1)] % step
    is_early = (head >= 0) & (m.sentence_M[np.minimum(first, n - 1)] == m.sentence_M[0])
    is_most = times >= _most_of(own_P, times)
    return np.asarray((_COUNTS[np.clip(times, 0, _MOST)] * 2 + is_early) * 2 + is_most)


def _sums_after(own_P: NDArray[np.int64], value_P: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sum over those pairs of the same mention that come after each."""
    if not len(own_P):
        return value_P
    sums = np.cumsum(value_P)
    edges = np.diff(own_P) != 0
    last = np.append(np.flatnonzero(edges), len(own_P) - 1)
    return np.asarray(sums[last][np.cumsum(np.append(0, edges))] - sums)


def _most_of(own_P: NDArray[np.int64], value_P: NDArray[np.int64]) -> NDArray[np.int64]:
    """The greatest value of the pairs of the same mention."""
    if not len(own_P):
        return value_P
    edges = np.append(True, np.diff(own_P) != 0)
    most = np.maximum.reduceat(value_P, np.flatnonzero(edges))
    return np.asarray(most[np.cumsum(edges) - 1])


def _is_short(
    t: Traits, short_P: NDArray[np.int64], long_P: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Whether the first of each pair is made of the initials of the second."""
    return np.asarray((t.acronym_M[short_P] == t.initials_M[long_P]) & (t.acronym_M[short_P] >= 0))
