"""Which of the likely disputes are shown, and which are kept for somebody to look at."""

from collections import Counter
from collections.abc import Sequence

from onrecord.claims.comparing import Compared
from onrecord.claims.figure_quarrels import is_news
from onrecord.claims.judging import Asked, judged
from onrecord.claims.pairs import Quarrel
from onrecord.claims.settings import (
    LEAST_LIKELY,
    LEAST_OUTSIDE,
    LEAST_POSSIBLE,
    LEAST_SECOND,
    MOST_OF_TWO,
    MOST_POSSIBLE,
)
from onrecord.records import Ground

_Found = tuple[Quarrel, Compared]


def decided(asked: Sequence[Asked]) -> tuple[list[Compared], list[Compared]]:
    """The disputes that are likely enough to be shown, and those that are only possible.

    Of two documents the likeliest dispute of each ground is shown, and all but the likeliest
    have to be likelier. Of what is left, the likeliest are possible.
    """
    found: list[_Found] = []
    for one in asked:
        quarrel, known, new = judged(one)
        if quarrel.probability >= LEAST_POSSIBLE and not _is_old(quarrel, one):
            compared = Compared(known, new, one.pair.match, quarrel, is_same=False)
            found.append((quarrel, compared))
    found.sort(key=lambda row: -row[0].probability)
    shown = _shown([row for row in found if row[0].probability >= _least(row[1])])
    return shown, _possible(found, shown)


def _least(one: Compared) -> float:
    return LEAST_LIKELY if "story" in one.match.features else LEAST_OUTSIDE


def _is_old(quarrel: Quarrel, one: Asked) -> bool:
    """Whether somebody only counts anew."""
    return quarrel.ground is Ground.FIGURE and is_news(one.pair)


def _shown(found: Sequence[_Found]) -> list[Compared]:
    best: dict[int, dict[Ground, Compared]] = {}
    for quarrel, compared in found:
        of_two = best.setdefault(compared.known.document, {})
        if not of_two or quarrel.probability >= LEAST_SECOND:
            of_two.setdefault(quarrel.ground, compared)
    return [compared for of_two in best.values() for compared in of_two.values()]


def _possible(found: Sequence[_Found], shown: Sequence[Compared]) -> list[Compared]:
    n_of_two = Counter(one.known.document for one in shown)
    taken = {id(one) for one in shown}
    possible: list[Compared] = []
    for _, compared in found:
        other = compared.known.document
        if id(compared) not in taken and n_of_two[other] < MOST_OF_TWO:
            n_of_two[other] += 1
            possible.append(compared)
    return possible[:MOST_POSSIBLE]
