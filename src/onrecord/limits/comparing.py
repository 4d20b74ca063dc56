"""Figures beside limits: on which side of a limit they are, at each date, and who gives them.

Sides are those of the numbers, not of right and wrong. A figure that is `about` so many can
be a tenth more or less; a range, or a figure with a bound, has a side only when all of it
lies there. A figure dated by its publication alone is of the same time as one that is dated
at most 31 days away.
"""

import bisect
import math
from collections.abc import Iterable, Mapping, Sequence

from onrecord.limits.calendars import days_between, is_outside
from onrecord.limits.kinds import Kind, kind_of, match_kinds
from onrecord.limits.models import Basis, Bound, Compared, Figure, Match, Party, Row, Scope, State
from onrecord.limits.stated import merge_limits

# "About 1,500" leaves so much room to both sides: a convention, tuned on nothing.
_ABOUT_SHARE = 0.1
# What an article says without a date is news for about so long.
_SAME_TIME_DAYS = 31
# The limit itself is on the lower side of these bounds, on the upper side of the others.
_WITH_LOWER = frozenset({"at most", "more than", "between", None})
_CLEAR = (State.UNDER, State.OVER)


def compare(limits: Iterable[Bound], figures: Iterable[Figure]) -> list[Row]:
    """A row for each limit, party and date, the latest date first.

    Args:
        limits: Those of articles and files; those that say the same become one.
        figures: Those of articles and files.

    Returns:
        Rows in the order of limits, then of parties. A party without a figure has one row,
        which says so.
    """
    index = _Index(figures)
    return [row for limit in merge_limits(limits) for row in _rows(limit, index)]


class _Index:
    """Figures by what they count."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._groups: dict[Kind, list[Figure]] = {}
        for figure in figures:
            self._groups.setdefault(kind_of(figure.of, figure.unit), []).append(figure)

    def matching(self, kind: Kind) -> list[tuple[Figure, Match]]:
        """Figures that count what a limit limits."""
        return [
            (figure, match)
            for own, group in self._groups.items()
            if (match := match_kinds(kind, own)) is not None
            for figure in group
        ]


def _rows(limit: Bound, index: _Index) -> list[Row]:
    matching = [
        (figure, match)
        for figure, match in index.matching(kind_of(limit.of, limit.unit))
        if not is_outside(figure.date, start=limit.start, until=limit.until)
    ]
    documents = {one.document for one in limit.evidence if one.document is not None}
    by_party: dict[str | None, list[Compared]] = {}
    parties: dict[str | None, Party | None] = {one.key: one for one in limit.parties}
    if limit.scope is Scope.TOTAL:
        parties = {None: None}
    for figure, match in matching:
        is_near = figure.evidence.file is not None or figure.evidence.document in documents
        key = None if figure.party is None else figure.party.key
        if key not in parties and not _is_taken_in(limit, key, is_near=is_near):
            continue
        if key is None and not is_near:
            continue  # somebody's figure in an article on something else
        parties.setdefault(key, figure.party)
        by_party.setdefault(key, []).append(compare_figure(limit, figure, match))
    if not parties:
        return [Row(limit=limit, party=None, date=None, state=State.NOT_REPORTED)]
    return [
        row
        for key, party in parties.items()
        for row in _party_rows(limit, party, by_party.get(key, ()))
    ]


def _is_taken_in(limit: Bound, key: str | None, *, is_near: bool) -> bool:
    """Whether a party that the limit does not name is compared all the same.

    One given without parties is meant for all. Where an article does not tell the
    parties, only figures of the articles that state the limit are taken.
    """
    if limit.scope is Scope.TOTAL:
        return False
    if key is None:
        return is_near
    return not limit.parties and (limit.is_from_file or is_near)


def _party_rows(limit: Bound, party: Party | None, figures: Sequence[Compared]) -> list[Row]:
    if not figures:
        return [Row(limit=limit, party=party, date=None, state=State.NOT_REPORTED)]
    groups = by_date(figures)
    dated = sorted((date for date in groups if date is not None), reverse=True)
    dates = [*dated, *([None] if None in groups else [])]
    return [
        Row(
            limit=limit,
            party=party,
            date=date,
            state=state_of(groups[date]),
            figures=tuple(sorted(groups[date], key=_order)),
        )
        for date in dates
    ]


def _order(one: Compared) -> tuple[object, ...]:
    evidence = one.figure.evidence
    return (
        one.figure.value is None,
        one.match is Match.PARTIAL,
        evidence.file or "",
        evidence.line or 0,
        evidence.document or "",
        evidence.start or 0,
    )


def compare_figure(limit: Bound, figure: Figure, match: Match) -> Compared:
    """One figure beside a limit."""
    state, why = _side(limit, figure, match)
    return Compared(state=state, match=match, why=why, figure=figure)


def _side(limit: Bound, figure: Figure, match: Match) -> tuple[State, str | None]:
    if figure.value is None:
        return State.NOT_REPORTED, None
    why = _why_no_side(limit, figure, match)
    if why is not None:
        return State.UNCLEAR, why
    side = side_of(limit, *bounds_of(figure))
    if side is State.UNCLEAR:
        words = figure.comparator or "a range"
        return side, f"{words!r} leaves open on which side it is"
    return side, None


def _why_no_side(limit: Bound, figure: Figure, match: Match) -> str | None:
    """Why the numbers need not even be looked at."""
    if limit.value is None:
        return "the limit has no number"
    if limit.comparator == "about":
        return "the limit itself is 'about' so many"
    if match is Match.PARTIAL:
        return f"it counts {figure.of!r}, the limit {limit.of!r}"
    if figure.party is None and limit.scope is Scope.PARTY:
        return "it does not say whose they are"
    return None


def bounds_of(figure: Figure) -> tuple[float, float]:
    """The least and the greatest number that a figure can stand for.

    An end that is not one of them, as of 'more than 5', is the next number to it.
    """
    value = 0.0 if figure.value is None else figure.value
    upper = value if figure.upper is None else figure.upper
    match figure.comparator:
        case "about":
            return value * (1 - _ABOUT_SHARE), upper * (1 + _ABOUT_SHARE)
        case "at most":
            return -math.inf, upper
        case "less than":
            return -math.inf, math.nextafter(upper, -math.inf)
        case "at least":
            return value, math.inf
        case "more than":
            return math.nextafter(value, math.inf), math.inf
        case _:
            return value, upper


def side_of(limit: Bound, low: float, high: float) -> State:
    """On which side of a limit all numbers from ``low`` to ``high`` are."""
    cut = limit.value if limit.upper is None else limit.upper
    if cut is None:
        return State.UNCLEAR
    if limit.comparator in _WITH_LOWER:
        is_under, is_over = high <= cut, low > cut
    else:
        is_under, is_over = high < cut, low >= cut
    if is_under:
        return State.UNDER
    return State.OVER if is_over else State.UNCLEAR


def by_date(figures: Iterable[Compared]) -> dict[str | None, list[Compared]]:
    """Figures of the same time together, under the most exact date of them."""
    groups: dict[str | None, list[Compared]] = {}
    loose: list[Compared] = []
    for one in figures:
        if one.figure.basis in {Basis.PUBLISHED, Basis.SAID} and one.figure.date:
            loose.append(one)
        else:
            groups.setdefault(one.figure.date, []).append(one)
    groups = _within_finer(groups)
    dated = sorted(date for date in groups if date is not None)
    homes: dict[str, str] = {}
    for one in loose:
        date = one.figure.date or ""
        if date not in homes:
            homes[date] = _nearest(date, dated)
        groups.setdefault(homes[date], []).append(one)
    return groups


def _within_finer(
    groups: Mapping[str | None, Sequence[Compared]],
) -> dict[str | None, list[Compared]]:
    """A month or a year joins the one more exact date that lies in it, if it is only one."""
    finer: dict[str, list[str]] = {}
    for date in groups:
        for size in (4, 7):
            if date is not None and len(date) > size:
                finer.setdefault(date[:size], []).append(date)
    found: dict[str | None, list[Compared]] = {}
    for date, group in groups.items():
        home = date
        while home is not None and len(inside := finer.get(home, [])) == 1:
            home = inside[0]
        found.setdefault(home, []).extend(group)
    return found


def _nearest(date: str, dated: Sequence[str]) -> str:
    """The dated figures that an undated one speaks of the same time as, else its own date."""
    at = bisect.bisect_left(dated, date)
    near = dated[max(0, at - 1) : at + 1]
    best = min(near, key=lambda one: days_between(one, date), default=None)
    is_close = best is not None and days_between(best, date) <= _SAME_TIME_DAYS
    return best if best is not None and is_close else date


def state_of(figures: Sequence[Compared]) -> State:
    """What figures of one time say together."""
    sides: dict[State, set[str]] = {}
    for one in figures:
        if one.state in _CLEAR:
            sides.setdefault(one.state, set()).add(one.figure.asserter.side)
    if len(sides) == len(_CLEAR):
        is_disputed = len(sides[State.UNDER] | sides[State.OVER]) > 1
        return State.DISPUTED if is_disputed else State.UNCLEAR
    if sides:
        return next(iter(sides))
    is_silent = all(one.state is State.NOT_REPORTED for one in figures)
    return State.NOT_REPORTED if is_silent else State.UNCLEAR
