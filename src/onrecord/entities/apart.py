"""Mentions that grammar keeps apart, whatever their scores say: two subjects, two countries.

Shapes: M mentions, P pairs.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.types import TYPES
from onrecord.entities.clauses import OTHER_ROLE, SUBJECT
from onrecord.entities.forms import BARE, BOTH, DEFINITE, INDEFINITE, IT, NAME, POSSESSED, THEY
from onrecord.entities.pairs import PLACE, Mentions

# Stands before the code of a country where others have the words of a name.
COUNTRY: Final = "\0country"
_NO_SUBJECTS: Final[frozenset[tuple[int, int]]] = frozenset()
_NO_NOUNS: Final[frozenset[str]] = frozenset()
_ACTING: Final = np.isin(TYPES, ("person", "organization"))
# Types of what neither says nor wants anything.
_THINGS: Final = np.isin(TYPES, ("time", "event", "object", "abstract"))
# Nouns for places that stand for those who govern them.
_SPEAKING_PLACES: Final = frozenset(
    "country state nation republic kingdom emirate territory region province district county "
    "city town village capital island municipality embassy".split()
)


def cannot_be(
    mentions: Mentions, own_P: NDArray[np.int64], other_P: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which pairs grammar rules out, whatever their scores.

    - "A nurse" of a later sentence is nobody that was described by another noun before.
    - Who is described is nothing that happens, by another noun ("the killing … the police").
    - "Both sides" and "the two leaders" are nobody who is neither counted nor two by name.
    - What is "my client" is not who says "my".
    - "It" that says or wants something is no thing, happening or thought, and no camp.
    - "They" are no country or body of which only an adjective tells ("Kenyan ships").
    """
    traits, clauses = mentions.traits, mentions.clauses
    form_P, other_form_P = traits.form_M[own_P], traits.form_M[other_P]
    is_other_P = traits.head_M[own_P] != traits.head_M[other_P]
    is_later_P = mentions.sentence_M[own_P] > mentions.sentence_M[other_P]
    is_new_P = (form_P == INDEFINITE) & (traits.group_M[own_P] == 0)
    found_P = is_new_P & is_other_P & is_later_P
    is_thing_P, other_is_thing_P = _THINGS[mentions.type_M[[own_P, other_P]]]
    acts_P, other_acts_P = _ACTING[mentions.type_M[[own_P, other_P]]]
    one_acts_P = (acts_P & other_is_thing_P) | (is_thing_P & other_acts_P)
    are_told_P = (np.minimum(form_P, other_form_P) > NAME) & (
        np.maximum(form_P, other_form_P) <= BARE
    )
    found_P |= are_told_P & is_other_P & one_acts_P
    # Of two descriptions or names.
    are_nouns_P = (form_P <= BARE) & (other_form_P <= BARE)
    groups_P = np.sort([traits.group_M[own_P], traits.group_M[other_P]], axis=0)
    found_P |= are_nouns_P & (groups_P[0] == 0) & (groups_P[1] == BOTH) & is_other_P
    found_P |= (other_form_P == POSSESSED) & (mentions.end_M[own_P] <= mentions.end_M[other_P])
    if clauses is not None:
        wills_P = (form_P == IT) & clauses.wills_M[own_P] & (other_form_P != NAME)
        found_P |= wills_P & (other_is_thing_P | _are_sites(mentions)[other_P])
        is_qualifier_P = (other_form_P == NAME) & (clauses.role_M[other_P] == OTHER_ROLE)
        found_P |= (form_P == THEY) & is_qualifier_P
    return np.asarray(found_P)


def _are_sites(mentions: Mentions) -> NDArray[np.bool_]:
    """Which mentions describe a place that neither says nor wants anything: "a camp"."""
    traits = mentions.traits
    is_place_M = (mentions.type_M == PLACE) & (traits.form_M > NAME) & (traits.form_M <= BARE)
    found_M = np.zeros(len(is_place_M), dtype=bool)
    for own in np.flatnonzero(is_place_M).tolist():
        found_M[own] = traits.heads_M[own] not in _SPEAKING_PLACES
    return found_M


def subjects_of(mentions: Mentions) -> list[frozenset[tuple[int, int]]]:
    """Sentence and head of each mention that is a subject with "the", none for all others."""
    found = [_NO_SUBJECTS] * len(mentions.start_M)
    if mentions.clauses is None:
        return found
    traits = mentions.traits
    is_subject_M = (mentions.clauses.role_M == SUBJECT) & (traits.form_M == DEFINITE)
    for own in np.flatnonzero(is_subject_M & (traits.head_M >= 0)).tolist():
        found[own] = frozenset([(int(mentions.sentence_M[own]), int(traits.head_M[own]))])
    return found


def nouns_of(mentions: Mentions) -> list[frozenset[str]]:
    """The noun by which each mention describes one person or body, none for all others."""
    traits = mentions.traits
    is_noun_M = (traits.form_M > NAME) & (traits.form_M <= BARE) & _ACTING[mentions.type_M]
    is_noun_M &= traits.group_M == 0
    return [
        frozenset([head]) if is_noun else _NO_NOUNS
        for head, is_noun in zip(traits.heads_M, is_noun_M.tolist(), strict=True)
    ]


def are_beside(a: frozenset[tuple[int, int]], b: frozenset[tuple[int, int]]) -> bool:
    """Whether one sentence has both as subjects, by other nouns: "the bank … the firm"."""
    heads = dict(a)
    return any(heads.get(sentence, head) != head for sentence, head in b)


def may_be_one(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two names of persons, as lower-case words, may be of one person.

    >>> may_be_one(("ann", "vale"), ("vale",))
    True
    >>> may_be_one(("ann", "vale"), ("bea", "vale"))
    False
    """
    short, long = sorted((a, b), key=len)
    if set(short) <= set(long):
        return True
    if short[-1] != long[-1]:
        return False
    return short[0][0] == long[0][0] and (len(short[0]) <= 2 or len(long[0]) <= 2)
