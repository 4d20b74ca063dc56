"""Whether an entity of a document is an actor that is known already, and why. Pure: no store.

Probabilities are estimates by kind of evidence, set by hand and checked on the table of cases
in `tests/registry/same_names.py`; they are not calibrated.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from onrecord.records import Kind
from onrecord.registry.appearances import Appearance
from onrecord.registry.names import agree
from onrecord.registry.profiles import Profile

# Sectors between which the same person moves: ministers become members of parliament.
_PUBLIC = frozenset("GOV LEG PTY ELI MIL JUD SPY OPP PRE COP UNK".split())
_AFTER_OFFICE = frozenset("BUS EDU JRN SOC".split())
_GROUPS = {
    Kind.ORGANIZATION: "body",
    Kind.FACILITY: "body",
    Kind.PLACE: "place",
    Kind.NATIONALITY: "place",
    Kind.PERSON: "person",
}
# Below this an entity is an actor of its own.
LEAST_PROBABILITY = 0.6
# From here on an entity goes to the larger of two actors that fit alike.
_SURE = 0.9
# In a document without a date, only a story or an office is evidence enough for a person.
_UNDATED_WEIGHT = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that an entity and an actor share."""

    what: str
    value: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """That an entity is an actor."""

    actor: int
    probability: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What stands around an entity.

    Attributes:
        in_story: Actors of other documents of the same story.
        company: Actors that are named with others of the document elsewhere, with one of these.
        best_known: An actor far better known than any other of the name.
        countries: Countries that the document names.
        has_namesake: Whether the document names somebody else of the same surname.
        is_dated: Whether the document has a date of publication.
    """

    in_story: frozenset[int] = frozenset()
    company: Mapping[int, str] = field(default_factory=dict)
    best_known: int | None = None
    countries: frozenset[str] = frozenset()
    has_namesake: bool = False
    is_dated: bool = True


def group_of(kind: Kind) -> str | None:
    """Kinds that readings mix up count as one: a body and its building, a place and its people."""
    return _GROUPS.get(kind)


def weigh(own: Appearance, other: Profile, around: Context) -> Verdict | None:
    """Whether an entity is an actor, None if nothing speaks for it or something against it."""
    if group_of(own.kind) != group_of(other.kind):
        return None
    if own.key is not None and own.key in other.keys:
        return _verdict(other, 0.97, Reason(what=_kind_of(own.key), value=own.title, weight=0.97))
    if _has_other_key(own, other):
        return None
    if own.kind is Kind.PERSON:
        return _person(own, other, around)
    return _body(own, other, around)


def _kind_of(key: str) -> str:
    kind = key.split(":", 1)[0]
    return {
        "state": "same state",
        "place": "same place on the map",
        "body": "same body of a state or of the tables",
        "person": "same person in the tables",
    }.get(kind, "same key")


def _has_other_key(own: Appearance, other: Profile) -> bool:
    """Whether both are known for certain, and as two."""
    sure = {key for key in other.keys if key.split(":", 1)[0] not in {"short", "office"}}
    return own.key is not None and bool(sure)


def _verdict(other: Profile, probability: float, *reasons: Reason | None) -> Verdict | None:
    if probability < LEAST_PROBABILITY:
        return None
    told = tuple(reason for reason in reasons if reason is not None)
    return Verdict(actor=other.number, probability=round(min(probability, 0.99), 3), reasons=told)


def _person(own: Appearance, other: Profile, around: Context) -> Verdict | None:
    full = _full_name(own, other)
    if _is_foreign(own.country, other):
        return None
    if full is None:
        return _surname(own, other, around)
    if _roles_clash(own, other) and other.number not in around.in_story:
        return None
    name = Reason(what="same name", value=full, weight=0.5)
    if own.country is not None and own.country == other.country and _have_sectors(own, other):
        code = Reason(what="same country and like role", value=own.code or "", weight=0.45)
        return _verdict(other, 0.95, name, code, _story(other, around, 0.3))
    near = _nearness(own, other, around) or _same_office(own, other)
    is_enough = near is not None and (around.is_dated or near.weight >= _UNDATED_WEIGHT)
    return _verdict(other, 0.5 + near.weight, name, near) if near and is_enough else None


def _surname(own: Appearance, other: Profile, around: Context) -> Verdict | None:
    """A surname alone is one person within a story, or with an office that only one holds."""
    surname = _same_surname(own, other)
    office, story = _same_office(own, other), _story(other, around, 0.55)
    if surname is None or around.has_namesake or not (office or story):
        return None
    return _verdict(other, 0.85 if story else 0.8, surname, story, office)


def _nearness(own: Appearance, other: Profile, around: Context) -> Reason | None:
    """What stands around both, if their codes do not settle it."""
    if other.number in around.in_story:
        return _story(other, around, 0.45)
    if other.number in around.company:
        return Reason(what="named with the same", value=around.company[other.number], weight=0.35)
    if own.country is not None and own.country == other.country:
        return Reason(what="same country", value=own.country, weight=0.3)
    if own.country is None and own.is_full and other.country in around.countries:
        return Reason(what="country of the document", value=other.country or "", weight=0.2)
    if own.country is None and own.is_full and other.number == around.best_known:
        return Reason(what="best known of the name", value=other.name, weight=0.15)
    return None


def _story(other: Profile, around: Context, weight: float) -> Reason | None:
    if other.number not in around.in_story:
        return None
    return Reason(what="same story", value="", weight=weight)


def _full_name(own: Appearance, other: Profile) -> str | None:
    """A full name of both, or one that can be the same as all full names of the other."""
    full = [name for name in own.names if len(name.words) > 1]
    same = next((name.normal for name in full if name.normal in other.names), None)
    theirs = [words for normal in other.names if len(words := normal.split()) > 1]
    if same is not None or not theirs:
        return same
    return next(
        (name.normal for name in full if all(agree(name.words, words) for words in theirs)), None
    )


def _same_surname(own: Appearance, other: Profile) -> Reason | None:
    """A surname that the other has alone, or in a full name; not two full names."""
    theirs = [normal.split() for normal in other.names]
    is_theirs_full = any(len(words) > 1 for words in theirs)
    if own.is_full and is_theirs_full:
        return None
    for name in own.names:
        if any(agree(name.words, words) for words in theirs):
            return Reason(what="same surname", value=name.words[-1], weight=0.3)
    return None


def _same_office(own: Appearance, other: Profile) -> Reason | None:
    for key in sorted(f"office:{role}:{n.words[-1]}" for role in own.roles for n in own.names):
        if key in other.keys:
            value = ", ".join(key.split(":")[1:3])
            return Reason(what="same office", value=value, weight=0.45)
    return None


def _is_foreign(country: str | None, other: Profile) -> bool:
    """Whether both have a country, and not the same one."""
    return country is not None and bool(other.countries) and country not in other.countries


def _roles_clash(own: Appearance, other: Profile) -> bool:
    """Whether their sectors are not such as one person has one after the other."""
    if own.sector is None or not other.sectors:
        return False
    return not any(_fit(own.sector, sector) for sector in other.sectors)


def _fit(first: str, second: str) -> bool:
    if first == second or {first, second} <= _PUBLIC:
        return True
    return "ELI" in {first, second} and bool({first, second} & _AFTER_OFFICE)


def _have_sectors(own: Appearance, other: Profile) -> bool:
    return own.sector is not None and bool(other.sectors) and not _roles_clash(own, other)


def _body(own: Appearance, other: Profile, around: Context) -> Verdict | None:
    same = next((name for name in own.names if name.normal in other.names), None)
    if same is None or _is_foreign(own.country, other):
        return None
    name = Reason(what="same name", value=same.normal, weight=0.5)
    code = _same_code(own, other)
    if code is not None:
        return _verdict(other, 0.92, name, code)
    near = _nearness(own, other, around)
    is_alone = own.kind is Kind.PLACE or len(same.words) == 1 or not around.is_dated
    if near is None and not is_alone and own.country is None and not other.countries:
        near = Reason(what="whole name of several words", value=same.normal, weight=0.3)
    return None if near is None else _verdict(other, 0.5 + near.weight, name, near)


def _same_code(own: Appearance, other: Profile) -> Reason | None:
    """The same country; of bodies of no country, the same code."""
    if own.country is not None and own.country == other.country:
        return Reason(what="same country", value=own.country, weight=0.42)
    if own.code is not None and own.country is None and own.code in other.codes:
        return Reason(what="same code", value=own.code, weight=0.42)
    return None


def best_of(verdicts: Iterable[Verdict], sizes: Mapping[int, int]) -> Verdict | None:
    """The surest; None if two are alike and neither is sure: two persons of one name, perhaps.

    Of those that are sure, the actor with most documents, then the older one.
    """
    ranked = sorted(
        verdicts, key=lambda own: (-own.probability, -sizes.get(own.actor, 0), own.actor)
    )
    if len(ranked) > 1 and ranked[0].probability == ranked[1].probability < _SURE:
        return None
    return ranked[0] if ranked else None


def can_be_one(first: Profile, second: Profile) -> bool:
    """Whether nothing speaks against two actors being one."""
    if group_of(first.kind) != group_of(second.kind):
        return False
    sure = [
        {key for key in own.keys if key.split(":", 1)[0] not in {"short", "office"}}
        for own in (first, second)
    ]
    if all(sure) and not sure[0] & sure[1]:
        return False
    if first.countries and second.countries and not first.countries & second.countries:
        return False
    if first.kind is Kind.PERSON:
        full = [
            [normal.split() for normal in own.names if " " in normal] for own in (first, second)
        ]
        if not all(agree(a, b) for a in full[0] for b in full[1]):
            return False
        return (
            not first.sectors
            or not second.sectors
            or any(_fit(a, b) for a in first.sectors for b in second.sectors)
        )
    return True


def reasons_in_json(verdict: Verdict) -> list[dict[str, Any]]:
    """The reasons of a verdict, as a row keeps them."""
    return [{"what": own.what, "value": own.value, "weight": own.weight} for own in verdict.reasons]
