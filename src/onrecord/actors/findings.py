"""From a phrase to country and sector: which of its words decides.

The last strong word of the first noun phrase is its head. Weak words ("official") leave
it to a body or a stronger word beside them, and then to what stands behind "of" or "for".
"""

import functools
from dataclasses import dataclass

from onrecord.actors.knowledge import Entry, Sort
from onrecord.actors.phrases import Part, Phrase, is_somebody_else

# Sectors whose words stay what they are beside the name of a party: "Labour MP".
_ABOVE_PARTIES = frozenset({"LEG", "GOV", "MIL", "JUD", "COP", "JRN", "LAB", "EDU"})
# Words for persons who are not of the body beside them: "Hamas supporters".
_OUTSIDE = frozenset({"CVL", "JUD", "REF", "EDU"})
_DECIDING = frozenset({"strong", "title"})
_ARMED = frozenset({"MIL", "GOV"})
# Behind "in" stands where somebody is, which for troops is not whose they are.
_NOT_FROM_PLACES = frozenset({"MIL", "SPY"})


@dataclass(frozen=True, slots=True)
class Finding:
    """What one mention tells.

    Attributes:
        sector: PLOVER's sector code, or None.
        country: Entry that names the country, or None.
        body: A known body that the sector belongs to, or None.
        person: Meanings of a known person's name; () when none is named.
        is_strong: The sector comes from a word that decides.
        is_former: The mention says so.
        has_unknown_head: Its last word is a noun that is not known.
        role: The words of the role, to find the same role in other mentions.
        why: Where the sector comes from.
    """

    sector: str | None = None
    country: Entry | None = None
    body: tuple[Entry, ...] = ()
    person: tuple[Entry, ...] = ()
    is_strong: bool = False
    is_former: bool = False
    has_unknown_head: bool = False
    role: str | None = None
    why: str = ""


@functools.lru_cache(maxsize=4096)
def read_finding(phrase: Phrase) -> Finding:
    """What a phrase tells."""
    own = phrase.segment(0)
    person = _person(phrase, own)
    named = person is not None and _is_last(own, person)
    body = None if named else _body(phrase, own) or person
    role = _role(own, person)
    country = _country(own, role or body)
    if body is not None and country is not None and _is_sent_to(body, own, role):
        body = None
    if body is not None and country is not None and _is_of_another(body, country):
        role, body = role if role is not None and role.at > body.at else body, None
    sector, is_strong, why = _sector(role)
    if body is None and (role is None or not is_strong):
        later = _later_body(phrase)
        if later is not None and (role is not None or not phrase.unknown):
            body = later
    if role is not None and not is_strong:
        sector, is_strong, why = _later_role(phrase) or (sector, is_strong, why)
    if country is None:
        country = _later_country(phrase, sector)
    if phrase.words and sector in _ARMED | {None} and _has_rebels(own):
        sector, is_strong, why = "REB", True, "roles: rebel"
    return Finding(
        sector=sector,
        country=country,
        body=_entries(body, sector if is_strong else None, role),
        person=_meanings(person, Sort.PERSON) if person is not None and named else (),
        is_strong=is_strong,
        is_former=phrase.is_former,
        has_unknown_head=_has_unknown_head(phrase, own),
        role=None if role is None else _text(phrase, role),
        why=why,
    )


def _text(phrase: Phrase, part: Part) -> str:
    return " ".join(word.key for word in phrase.words[part.at : part.end])


def _meanings(part: Part, sort: Sort) -> tuple[Entry, ...]:
    return tuple(entry for entry in part.entries if entry.sort is sort)


def _person(phrase: Phrase, own: list[Part]) -> Part | None:
    found = (part for part in own if part.of_sort(Sort.PERSON))
    return next((part for part in found if not is_somebody_else(phrase, part)), None)


def _is_last(own: list[Part], part: Part) -> bool:
    return own[-1] is part


def _body(phrase: Phrase, own: list[Part]) -> Part | None:
    """The last known body; a seat counts as one before other words ("Kremlin spokesman")."""
    bodies = [
        part
        for part in own
        if part.of_sort(Sort.BODY) or (part.of_sort(Sort.SEAT) and len(phrase.parts) > 1)
    ]
    return bodies[-1] if bodies else None


def _role(own: list[Part], person: Part | None) -> Part | None:
    """The last strong role, else the last weak one, else the last plain one.

    What stands behind a person's name belongs to it only as in "the Aboud government".
    """
    roles = [part for part in own if part.entries[0].sort is Sort.ROLE]
    if person is not None and not _is_last(own, person):
        roles = [part for part in roles if part.at > person.at] or roles
    for strengths in (_DECIDING, {"weak"}, {"plain"}):
        for part in reversed(roles):
            if part.entries[0].strength in strengths:
                return part
    return None


def _country(own: list[Part], head: Part | None) -> Entry | None:
    """The nearest country before the head; without a head the first."""
    places = [part for part in own if part.place is not None]
    before = [part for part in places if head is None or part.at < head.at]
    if not before:
        return None
    return before[0 if head is None else -1].place


def _is_of_another(body: Part, country: Entry) -> bool:
    """Whether a name shared by many countries is told apart: "Peruvian Congress"."""
    own = body.of_sort(Sort.BODY)
    has_role = body.of_sort(Sort.ROLE) is not None
    return has_role and own is not None and own.country != country.country


def _is_sent_to(body: Part, own: list[Part], role: Part | None) -> bool:
    """Whether a country's envoy to a body is meant: "Kenya's UN ambassador"."""
    entry = body.of_sort(Sort.BODY)
    behind = role is not None and role.at > body.at and "GOV" in role.entries[0].codes
    before = any(part.place is not None and part.at < body.at for part in own)
    return behind and before and entry is not None and entry.country is None


def _sector(role: Part | None) -> tuple[str | None, bool, str]:
    entry = None if role is None else role.of_sort(Sort.ROLE)
    if entry is None or not entry.codes:
        return None, False, ""
    return entry.codes[0], entry.strength in _DECIDING, entry.why


def _later_role(phrase: Phrase) -> tuple[str | None, bool, str] | None:
    """The strong role behind "of" or "for": "spokesman for the police"."""
    for part in phrase.telling_parts():
        entry = part.entries[0]
        if entry.sort is Sort.ROLE and entry.strength in _DECIDING:
            return _sector(part)
    return None


def _later_body(phrase: Phrase) -> Part | None:
    for part in phrase.telling_parts():
        if part.entries[0].sort in {Sort.BODY, Sort.SEAT}:
            return part
    return None


def _later_country(phrase: Phrase, sector: str | None) -> Entry | None:
    for part in phrase.telling_parts():
        if phrase.breaks[part.n_segment] == "in" and sector in _NOT_FROM_PLACES:
            continue
        if part.place is not None:
            return part.place
    return None


def _has_rebels(own: list[Part]) -> bool:
    """Whether fighters are called rebels in any word: "rebel commander"."""
    return any("REB" in part.entries[0].codes for part in own if part.entries[0].sort is Sort.ROLE)


def _entries(body: Part | None, strong_sector: str | None, role: Part | None) -> tuple[Entry, ...]:
    """Meanings of the body, unless a word behind it names somebody outside it."""
    if body is None:
        return ()
    sorts = (Sort.BODY, Sort.SEAT, Sort.PERSON)
    entries = next(filter(None, (_meanings(body, sort) for sort in sorts)), ())
    if role is None or role.at < body.at or strong_sector is None:
        return entries
    is_party = "PTY" in entries[0].codes[0]
    outside = strong_sector in _OUTSIDE and not entries[0].codes[0].endswith(strong_sector)
    return () if outside or (is_party and strong_sector in _ABOVE_PARTIES) else entries


@functools.lru_cache(maxsize=4096)
def body_country(phrase: Phrase) -> Entry | None:
    """The body of a phrase, for its country: "Labour MP", "Hamas supporters"."""
    own = phrase.segment(0)
    part = _body(phrase, own) or _later_body(phrase)
    return None if part is None else part.entries[0]


def _has_unknown_head(phrase: Phrase, own: list[Part]) -> bool:
    """Whether the first noun phrase ends in a common noun that is not known."""
    if not phrase.unknown:
        return False
    last = phrase.unknown[-1]
    return not phrase.words[last].is_capital and (not own or own[-1].end <= last)
