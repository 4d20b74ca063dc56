"""Which of the likely disputes are shown: at most one on each ground between two documents."""

from collections.abc import Sequence

from onrecord.claims.comparing import Compared
from onrecord.claims.figure_quarrels import is_news
from onrecord.claims.judging import Asked, judged
from onrecord.claims.settings import LEAST_LIKELY, LEAST_OUTSIDE
from onrecord.records import Ground


def shown(asked: Sequence[Asked]) -> list[Compared]:
    """The disputes that are likely enough, of two documents the likeliest of each ground."""
    found = []
    for one in asked:
        quarrel, known, new = judged(one)
        least = LEAST_LIKELY if "story" in one.pair.match.features else LEAST_OUTSIDE
        is_old = quarrel.ground is Ground.FIGURE and is_news(one.pair)
        if quarrel.probability >= least and not is_old:
            found.append(Compared(known, new, one.pair.match, quarrel, is_same=False))
    found.sort(key=lambda c: -c.quarrel.probability)  # type: ignore[union-attr]
    best: dict[tuple[object, ...], Compared] = {}
    for compared in found:
        ground = None if compared.quarrel is None else compared.quarrel.ground
        best.setdefault((compared.known.document, ground), compared)
    return list(best.values())
