"""Clauses that may tell of one thing by their words, compared by rules.

Not here: pairs that words do not show, which the model of pairs judges (`judging.py`).
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.claims.candidates import Known, heads_of, likely_clauses
from onrecord.claims.conflicts import apart
from onrecord.claims.matching import Match, match
from onrecord.claims.models import Account, Proposition
from onrecord.claims.packing import Packed, head_of
from onrecord.claims.pairs import Pair, Quarrel
from onrecord.claims.quarrels import is_same_claim, quarrel_of
from onrecord.claims.settings import MOST_PAIRS
from onrecord.claims.writing import Side
from onrecord.records import StanceKind


@dataclass(frozen=True, slots=True)
class Compared:
    """Two clauses that were compared, the known one first."""

    known: Side
    new: Side
    match: Match
    quarrel: Quarrel | None
    is_same: bool


def compared_by_words(
    account: Account, known: Sequence[tuple[Known, NDArray[np.float32] | None]]
) -> list[Compared]:
    """The clauses of a document with those of others, as far as their words are alike.

    Of more than `MOST_PAIRS` the documents that come first. Only pairs that are one claim or in
    dispute are kept, and of what was unpacked nothing: thousands of small objects that live as
    long as all are compared would cost more to keep track of than to unpack.

    Args:
        account: The new document.
        known: The others, each with the cosines (N, M) of its clauses with those of the new one.
    """
    own = heads_of([head_of(one) for one in account.propositions])
    found: list[Compared] = []
    n_left = MOST_PAIRS
    for document, cosine_NM in known:
        heads = heads_of(document.packed.heads)
        pairs = ((one.number, m) for one in own for m in likely_clauses(one, heads))
        for n, m in itertools.islice(pairs, n_left):
            n_left -= 1
            compared = _compare(
                Side(document.packed.account, document.packed.proposition(m), m),
                Side(account, account.propositions[n], n),
                cosine=None if cosine_NM is None else float(cosine_NM[n, m]),
                is_one_story=document.is_one_story,
            )
            if compared is not None and (compared.is_same or compared.quarrel is not None):
                found.append(compared)
        document.packed.let_go()
        if not n_left:
            break
    return found


def compared_inside(own: Packed, account: Account) -> list[Compared]:
    """Clauses of one document that contradict each other."""
    found, heads = [], heads_of(own.heads)
    for at, head in enumerate(heads):
        one = account.propositions[head.number]
        for m in likely_clauses(head, heads[:at]):
            other = account.propositions[m]
            if _can_quarrel(one, other):
                sides = Side(account, other, m), Side(account, one, head.number)
                compared = _compare(*sides, is_one_story=True)
                if compared is not None and compared.quarrel is not None:
                    found.append(compared)
    return found


def _can_quarrel(one: Proposition, other: Proposition) -> bool:
    is_told = one.stance is StanceKind.ASSERTS and other.stance is StanceKind.ASSERTS
    has_both = (one.counts and other.counts) or (one.holdings and other.holdings)
    return bool(has_both) or not is_told


def _compare(
    known: Side, new: Side, *, is_one_story: bool, cosine: float | None = None
) -> Compared | None:
    a, p, b, q = known.account, known.one, new.account, new.one
    why_apart = apart(a, p, b, q)
    if why_apart is not None and not (p.holdings and q.holdings):
        return None
    found = match(a, p, b, q, why_apart=why_apart, cosine=cosine, is_one_story=is_one_story)
    quarrel = quarrel_of(Pair(a, p, b, q, found))
    return Compared(known, new, found, quarrel, is_same_claim(p, q, found))
