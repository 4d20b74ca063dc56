"""What two mentions tell about each other, and how likely they name the same.

A mention and each candidate give a few numbers, each an index into a table of learned
vectors; with products of the mentions' own vectors they pass one small layer (a
mention-ranking model: Denis and Baldridge 2008; Lee et al. 2017 without its spans).
Which pairs are looked at is decided in `clusters.py`.

Shapes: M mentions, P pairs, F features, H width of the layer, K products of a pair.
"""

import functools
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.types import TYPES
from onrecord.entities.clauses import OF_SUBJECT, ROLES, SUBJECT, Clauses, no_clauses
from onrecord.entities.forms import BARE, FORMS, HE, IT, SHE, THEY, Traits

N_TYPES: Final = 8
N_PRODUCTS: Final = 4
_N_FORMS: Final = len(FORMS)
_SENTENCES: Final = np.array([0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7], dtype=np.uint8)
_MENTIONS: Final = np.array(
    [0, 0, 1, 2, 3, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 7], dtype=np.uint8
)
_COARSE: Final = np.array([0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 6, 6, 7, 7, 7], dtype=np.uint8)
_N_COARSE: Final = 8
_N_ROLES: Final = len(ROLES)
PERSON: Final = TYPES.index("person")
PLACE: Final = TYPES.index("place")
# How often a name comes, and how many others stand between, in classes.
_COUNTS: Final = np.array([0, 1, 2, 3, 4, 4, 5], dtype=np.uint8)
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
_BITS: Final = 16
_WIDE: Final = 1 << _BITS
# Genders and numbers as bits, all of which are open where nothing is known.
_OPEN_GENDERS: Final = np.array([3, 1, 2], dtype=np.uint8)
_OPEN_NUMBERS: Final = np.array([12, 4, 8], dtype=np.uint8)
# What a mention looks for: he and she, it, they, all others.
_HE, _IT, _THEY, _ELSE = range(4)
_LOOKS: Final = np.array(
    [{HE: _HE, SHE: _HE, IT: _IT, THEY: _THEY}.get(form, _ELSE) for form in range(_N_FORMS)],
    dtype=np.uint8,
)


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


class _Pairs:
    """Columns over pairs; numbers are as small as they can be, which makes all of this fast."""

    def __init__(self, m: Mentions, own_P: NDArray[np.int64], other_P: NDArray[np.int64]) -> None:
        """Columns that more than one feature looks at."""
        self.m, self.own_P, self.other_P = m, own_P, other_P
        form_M, type_M = m.traits.form_M.astype(np.uint8), m.type_M.astype(np.uint8)
        self.form, self.other_form = self.both(form_M)
        self.type, self.other_type = self.both(type_M)
        self.coarse = _COARSE.take(self.form)
        self.start, self.other_start = self.both(m.start_M.astype(np.int32))
        self.end, self.other_end = self.both(m.end_M.astype(np.int32))
        sentence, other_sentence = self.both(m.sentence_M.astype(np.int32))
        self.sentences = sentence - other_sentence
        self.is_later = other_P > own_P

    def both(self, column_M: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """A column over mentions, of the mention of each pair that looks and of the other one."""
        return column_M.take(self.own_P), column_M.take(self.other_P)

    @cached_property
    def firsts(self) -> NDArray[np.int64]:
        """The first pair of each mention; those before others and those behind them apart."""
        edges = (self.own_P[1:] != self.own_P[:-1]) | (self.is_later[1:] != self.is_later[:-1])
        return np.append(0, np.flatnonzero(edges) + 1)

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How many pairs follow from each of `firsts` on."""
        return np.diff(self.firsts, append=len(self.own_P))

    def nearer(self, value_P: NDArray[np.int64]) -> NDArray[np.int64]:
        """Sum over those pairs of the same mention whose other one stands nearer to it."""
        sums = np.cumsum(value_P)
        lasts = np.append(self.firsts[1:], len(sums)) - 1
        after = np.repeat(sums.take(lasts), self.counts) - sums
        if not self.is_later.any():
            return after
        before = sums - value_P
        before -= np.repeat(before.take(self.firsts), self.counts)
        return np.where(self.is_later, before, after)

    def most(self, value_P: NDArray[np.int64]) -> NDArray[np.int64]:
        """The greatest value of the pairs of the same mention."""
        return np.repeat(np.maximum.reduceat(value_P, self.firsts), self.counts)


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
        other_P: The other one, in order for each: those before it, then those behind it.
        n_features: `N_PLAIN` without what trees tell.
    """
    if not len(own_P):
        return np.zeros((0, n_features), dtype=np.int64)
    pairs = _Pairs(m, own_P, other_P)
    columns = _plain(pairs)
    if n_features > N_PLAIN:
        columns += _told_by_trees(pairs)
    return np.stack(columns, axis=0, dtype=np.int64).T


def _plain(p: _Pairs) -> list[NDArray[Any]]:
    """What the words of two mentions and their places tell."""
    t = p.m.traits
    gender, other_gender = p.both(t.gender_M.astype(np.uint8))
    number, other_number = p.both(t.number_M.astype(np.uint8))
    quoted, other_quoted = p.both(p.m.quoted_M.astype(np.uint8))
    apart = np.minimum(p.sentences, len(_SENTENCES) - 1)
    between = np.minimum(np.abs(p.own_P - p.other_P), len(_MENTIONS) - 1)
    nested = p.other_end >= p.end
    gap = np.clip(p.start - p.other_end, -1, 3) + 1
    after = np.where(p.sentences == 0, 10, 11)
    return [
        p.form * np.uint8(_N_FORMS) + p.other_form,
        p.type * np.uint8(N_TYPES) + p.other_type,
        (gender * np.uint8(3) + other_gender) * np.uint8(9) + number * np.uint8(3) + other_number,
        _strings(p),
        _SENTENCES.take(np.maximum(apart, 0)) * np.uint8(4) + quoted * np.uint8(2) + other_quoted,
        _MENTIONS.take(between) * np.uint8(_N_COARSE) + p.coarse,
        np.where(p.is_later, after, nested * np.uint8(5) + gap),
    ]


def _strings(p: _Pairs) -> NDArray[np.uint8]:
    """Which words two mentions share, one bit each."""
    t = p.m.traits
    whole, other_whole = p.both(t.whole_M)
    head, other_head = p.both(t.head_M)
    words, other_words = p.both(t.words_M)
    initials, other_initials = p.both(t.initials_M)
    acronym, other_acronym = p.both(t.acronym_M)
    shared = words & other_words
    share = shared != 0
    is_short = (acronym == other_initials) & (acronym >= 0)
    is_short |= (other_acronym == initials) & (other_acronym >= 0)
    told = (
        whole == other_whole,
        (head == other_head) & (head >= 0),
        share & (shared == words),
        share & (shared == other_words),
        is_short,
    )
    bits = np.zeros(len(whole), dtype=np.uint8)
    for number, is_so in enumerate(told):
        bits |= is_so.view(np.uint8) << np.uint8(number)
    return bits


def _told_by_trees(p: _Pairs) -> list[NDArray[Any]]:
    """What the roles of mentions tell, and how one of them stands out among others."""
    m, c = p.m, p.m.clauses or no_clauses(len(p.m.start_M))
    apart = np.abs(p.sentences)
    role, other_role = p.both(c.role_M.astype(np.uint8))
    roles = (role * np.uint8(_N_ROLES) + other_role) * np.uint16(_N_BETWEEN)
    standing = _standings(m, c).take(p.other_P) * np.uint8(4) + np.minimum(apart, 3)
    return [
        roles + _between_clauses(p, c, apart),
        standing * _N_COARSE + p.coarse,
        _ranks(p, c),
        _repeats(p) * _N_COARSE + p.coarse,
    ]


def _between_clauses(p: _Pairs, c: Clauses, apart_P: NDArray[np.int32]) -> NDArray[np.uint8]:
    """How the clause of the one stands to that of the other; 0 if unknown."""
    own, other = p.both(c.clause_M)
    found = np.where(apart_P == 1, np.uint8(_BEFORE), np.uint8(_FAR))
    near = np.flatnonzero(apart_P == 0)
    a, b = own[near], other[near]
    own_inside = (c.around_MD[p.own_P[near]] == b[:, None]).any(axis=1)
    other_inside = (c.around_MD[p.other_P[near]] == a[:, None]).any(axis=1)
    nested = np.where(own_inside, _OWN_INSIDE, np.where(other_inside, _OTHER_INSIDE, _BESIDE))
    found[near] = np.where(a == b, _SAME, nested)
    found[(own < 0) | (other < 0)] = 0
    return found


def _standings(m: Mentions, c: Clauses) -> NDArray[np.uint8]:
    """How each mention stands out in its sentence, (M,)."""
    is_first = np.diff(m.sentence_M, prepend=-1) > 0
    is_main = c.around_MD[:, 0] < 0
    told = np.where(is_first, _FIRST_OTHER, _REST)
    told[(c.role_M == OF_SUBJECT) & is_main] = _OWNER
    told[c.role_M == SUBJECT] = _INNER_SUBJECT
    told[(c.role_M == SUBJECT) & is_main] = _SUBJECT
    return np.where(c.clause_M < 0, is_first * _FIRST, told).astype(np.uint8)


def _ranks(p: _Pairs, c: Clauses) -> NDArray[np.uint8]:
    """How many others that would do are nearer: names and descriptions, subjects, pronouns."""
    t = p.m.traits
    looks = _LOOKS.take(p.form)
    is_word_M = t.form_M <= BARE
    worth_M = np.where(is_word_M, 1, _WIDE**2) + (c.role_M == SUBJECT) * _WIDE
    # A name that comes again counts where it stands last.
    again_M = np.where(is_word_M, _heads_of(p.m).next_M, len(t.head_M))
    worth = worth_M.take(p.other_P) - (again_M.take(p.other_P) < p.own_P)
    nearer = p.nearer(worth * _would_do(p, looks))
    words, subjects = nearer & (_WIDE - 1), (nearer >> _BITS) & (_WIDE - 1)
    rank = _COUNTS.take(np.minimum(words, _MOST)) * np.uint8(3)
    rank = (rank + np.minimum(subjects, 2)) * 3 + np.minimum(nearer >> 2 * _BITS, 2)
    return np.asarray(rank * 4 + looks)


def _would_do(p: _Pairs, looks_P: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Whether gender, number and type leave it open that the one is the other."""
    t = p.m.traits
    open_M = _OPEN_GENDERS.take(t.gender_M) | _OPEN_NUMBERS.take(t.number_M)
    own_open, other_open = p.both(open_M)
    both_open = own_open & other_open
    agree = ((both_open & 3) != 0) & ((both_open & 12) != 0)
    is_person = p.other_type == PERSON
    fits = np.where(looks_P == _HE, is_person, (looks_P == _THEY) | (p.type == p.other_type))
    fits = np.where(looks_P == _IT, ~is_person, fits)
    return np.asarray(agree & fits & ((p.other_end <= p.start) | (p.other_start >= p.end)))


def _next_alike(head_M: NDArray[np.int64]) -> NDArray[np.int64]:
    """The next mention with the same head; the number of all for none, and for pronouns."""
    order = np.argsort(head_M, kind="stable")
    found = np.full(len(head_M), len(head_M))
    same = head_M[order[1:]] == head_M[order[:-1]]
    found[order[:-1][same]] = order[1:][same]
    found[head_M < 0] = len(head_M)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Heads:
    """Where the heads of the mentions of a document come again.

    Attributes:
        next_M: The next mention with the same head; the number of all for none.
        keys: Head and number of each mention as one number, rising.
        begin_M: The place of the first mention with the same head among them.
        early_M: Whether that one stands in the first sentence.
        known_M: Whether it has a head at all.
    """

    next_M: NDArray[np.int64]
    keys: NDArray[np.int64]
    begin_M: NDArray[np.int64]
    early_M: NDArray[np.bool_]
    known_M: NDArray[np.bool_]


@functools.lru_cache(maxsize=2)
def _heads_of(m: Mentions) -> _Heads:
    """The same for all pairs of a document, which come in many blocks."""
    head_M, n = m.traits.head_M, len(m.start_M)
    known_M = head_M >= 0
    keys = np.sort(np.where(known_M, head_M, n) * (n + 1) + np.arange(n))
    begin_M = np.searchsorted(keys, head_M * (n + 1))
    first_M = keys.take(np.minimum(begin_M, n - 1)) % (n + 1)
    first_sentence_M = m.sentence_M.take(np.minimum(first_M, n - 1))
    early_M = known_M & (first_sentence_M == m.sentence_M[0])
    return _Heads(_next_alike(head_M), keys, begin_M, early_M, known_M)


def _repeats(p: _Pairs) -> NDArray[np.uint8]:
    """How often the head of the other was named before, in the first sentence, most of all."""
    heads, head_M = _heads_of(p.m), p.m.traits.head_M
    at = np.searchsorted(heads.keys, head_M.take(p.other_P) * (len(head_M) + 1) + p.own_P)
    times = (at - heads.begin_M.take(p.other_P)) * heads.known_M.take(p.other_P)
    is_most = times >= p.most(times)
    told = _COUNTS.take(np.clip(times, 0, _MOST)) * np.uint8(2) + heads.early_M.take(p.other_P)
    return np.asarray(told * np.uint8(2) + is_most)
