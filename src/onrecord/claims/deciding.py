"""Which of the likely disputes are shown: at most one on each ground between two documents."""

from collections.abc import Sequence

from onrecord.claims.comparing import Compared
from onrecord.claims.figure_quarrels import is_news
from onrecord.claims.judging import Asked, judged
from onrecord.claims.settings import LEAST_LIKELY, LEAST_OUTSIDE, LEAST_SECOND
from onrecord.records import Ground


def shown(asked: Sequence[Asked]) -> list[Compared]:
    """The disputes that are likely enough, of two documents the likeliest of each ground.

    All but the likeliest of two documents have to be likelier.
    """
    found = []
    for one in asked:
        quarrel, known, new = judged(one)
        least = LEAST_LIKELY if "story" in one.pair.match.features else LEAST_OUTSIDE
        is_old = quarrel.ground is Ground.FIGURE and is_news(one.pair)
        if quarrel.probability >= least and not is_old:
            compared = Compared(known, new, one.pair.match, quarrel, is_same=False)
            found.append((quarrel, compared))
    found.sort(key=lambda row: -row[0].probability)
    best: dict[int, dict[Ground, Compared]] = {}
    for quarrel, compared in found:
        of_two = best.setdefault(compared.known.document, {})
        if not of_two or quarrel.probability >= LEAST_SECOND:
            of_two.setdefault(quarrel.ground, compared)
    return [compared for of_two in best.values() for compared in of_two.values()]
