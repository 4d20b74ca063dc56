"""Limits that articles state, and one limit out of all that state the same."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.actors.names import name_key
from onrecord.limits.calendars import day_of, first_day, last_day
from onrecord.limits.figures import asserter_of, entity_party, words_evidence
from onrecord.limits.kinds import kind_of
from onrecord.limits.models import Bound, Party, Scope
from onrecord.limits.scopes import scope_of
from onrecord.records import Commitment, Entity, Limit, Quantity, Reading, Statement

# Words that stand in a name or not: "New START", "the New START treaty".
_GENERIC = frozenset("treaty agreement accord accords deal pact the of on".split())


def find_limits(reading: Reading) -> tuple[Bound, ...]:
    """The limits that one document states; a section that is None counts as empty."""
    rows = _Rows(
        entities={entity.id: entity for entity in reading.entities or ()},
        quantities={quantity.id: quantity for quantity in reading.quantities or ()},
        statements={statement.id: statement for statement in reading.statements or ()},
    )
    return tuple(
        _bound(reading, commitment, limit, rows)
        for commitment in reading.commitments or ()
        for limit in commitment.limits
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a reading by their ids."""

    entities: dict[str, Entity]
    quantities: dict[str, Quantity]
    statements: dict[str, Statement]


def _bound(reading: Reading, commitment: Commitment, limit: Limit, rows: _Rows) -> Bound:
    quantity = rows.quantities.get(limit.quantity)
    instrument = rows.entities.get(commitment.instrument)
    start, until, problems = _period(commitment)
    if quantity is None:
        problems = ("no number is given", *problems)
    span = commitment.span if quantity is None else quantity.span
    of = limit.of or ("" if quantity is None else quantity.unit or "")
    named = _named(limit.per, rows.entities)
    return Bound(
        instrument=commitment.instrument if instrument is None else instrument.name,
        parties=named or _parties(commitment, rows.entities),
        of=of,
        per=limit.per if named == () else named[0].name,
        scope=scope_of(limit.per or "") or Scope.PARTY,
        comparator=None if quantity is None else quantity.comparator,
        value=None if quantity is None else quantity.value,
        upper=None if quantity is None else quantity.upper,
        unit=kind_of(of, None if quantity is None else quantity.unit).measure,
        start=start,
        until=until,
        suspended=day_of(commitment.suspended),
        evidence=(words_evidence(reading.document, span),),
        asserters=(
            asserter_of(reading, rows.statements.get(commitment.asserted_by or ""), rows.entities),
        ),
        problems=problems,
    )


def _named(per: str | None, entities: dict[str, Entity]) -> tuple[Party, ...]:
    """The one party that a limit holds for, where it names one."""
    party = entity_party(entities.get(per or ""))
    return () if party is None else (party,)


def _parties(commitment: Commitment, entities: dict[str, Entity]) -> tuple[Party, ...]:
    bound = (entities[one] for one in commitment.parties if one in entities)
    found = (entity_party(entity) or Party(name=entity.name) for entity in bound)
    return tuple({party.key: party for party in found}.values())


def _period(commitment: Commitment) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Since when and until when, as the text has it; dates that contradict count as none."""
    start, until = day_of(commitment.in_force), day_of(commitment.expires)
    extended = day_of(commitment.extended)
    if extended and until and first_day(extended) > last_day(until):
        until = extended
    if start and until and first_day(start) > last_day(until):
        return None, None, (f"its dates contradict: in force {start}, ends {until}",)
    return start, until, ()


def merge_limits(limits: Iterable[Bound]) -> tuple[Bound, ...]:
    """Each limit once, with all places that state it.

    What a user gives goes before what articles say of its time: the file's dates count.
    """
    listed = list(limits)
    given = [limit for limit in listed if limit.is_from_file]
    homes = {_key(limit): _timed_key(limit) for limit in reversed(given)}
    groups: dict[object, list[Bound]] = {}
    for limit in listed:
        own = _timed_key(limit) if limit.is_from_file else homes.get(_key(limit), _key(limit))
        groups.setdefault(own, []).append(limit)
    return tuple(
        _merged(sorted(group, key=lambda limit: not limit.is_from_file))
        for group in groups.values()
    )


def _timed_key(limit: Bound) -> tuple[object, ...]:
    return (*_key(limit), limit.start, limit.until)


def instrument_key(name: str) -> str:
    """What two names of an instrument share.

    >>> instrument_key("the New START treaty") == instrument_key("New START")
    True
    """
    key = name_key(name)
    return " ".join(word for word in key.split() if word not in _GENERIC) or key


def _key(limit: Bound) -> tuple[object, ...]:
    kind = kind_of(limit.of, limit.unit)
    number = (limit.comparator or "at most", limit.value, limit.upper)
    counted = (kind.words or limit.of, kind.measure)
    return (instrument_key(limit.instrument), *counted, limit.scope, *number)


def _merged(group: Sequence[Bound]) -> Bound:
    first = group[0]
    if len(group) == 1:
        return first
    parties = {party.key: party for limit in group for party in limit.parties}
    has_all = any(limit.is_from_file and not limit.parties for limit in group)
    dated = [limit for limit in group if limit.is_from_file] or list(group)
    start, start_problem = _agreed("begins", (limit.start for limit in dated))
    until, until_problem = _agreed("ends", (limit.until for limit in dated))
    suspended, _ = _agreed("is suspended", (limit.suspended for limit in group))
    problems = (*(p for limit in group for p in limit.problems), *start_problem, *until_problem)
    return dataclasses.replace(
        first,
        parties=() if has_all else tuple(parties.values()),
        per=next((limit.per for limit in group if limit.per), None),
        start=start,
        until=until,
        suspended=suspended,
        evidence=tuple(one for limit in group for one in limit.evidence),
        asserters=tuple(one for limit in group for one in limit.asserters),
        problems=tuple(dict.fromkeys(problems)),
    )


def _agreed(what: str, dates: Iterable[str | None]) -> tuple[str | None, tuple[str, ...]]:
    """The most exact of dates that agree; none, and why, when they do not."""
    given = sorted({date for date in dates if date}, key=len, reverse=True)
    if not given:
        return None, ()
    if all(given[0].startswith(date) for date in given):
        return given[0], ()
    return None, (f"sources differ on when it {what}: {', '.join(sorted(given))}",)
