"""Countries by the names and codes that articles and files give, and their usual names."""

import functools

from onrecord.actors.coding import country_of
from onrecord.actors.tables import read_rows
from onrecord.limits.models import Party
from onrecord.places.tables import countries

# Sectors that act for their state; an actor of another one is a party of its own.
_OF_STATE = frozenset({"GOV", "MIL", "LEG", "SPY", "JUD"})
# Sectors whose members hold nothing that a treaty limits for somebody.
_HOLD_NOTHING = frozenset({"JRN", "CVL", "BUS", "ELI", "EDU", "MED", "REF", "LAB", "REL", "AGR"})
_CODE_CHARS = 3


def party_named(name: str) -> Party:
    """A party by the name or the ISO 3166-1 code that a file gives.

    >>> party_named("RU").country, party_named("Norway").country, party_named("Ardal Guard").country
    ('RUS', 'NOR', None)
    """
    shown = " ".join(name.split())
    code = _by_code().get(shown.upper()) if len(shown) <= _CODE_CHARS else None
    country = code or country_of(shown)
    return Party(name=country_name(country) or shown, country=country)


@functools.cache
def _by_code() -> dict[str, str]:
    found = {row.iso2: row.iso3 for row in countries()}
    return found | {iso3: iso3 for iso3 in found.values()}


@functools.cache
def _names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in read_rows("countries")}


def country_name(country: str | None) -> str | None:
    """The usual name of a country by its alpha-3 code."""
    return _names().get(country or "")


def party_of(name: str, *, actor: str | None, country: str | None, is_place: bool) -> Party | None:
    """The party that an entity is, or is part of; None for those that cannot be one.

    A state, its government and its forces are one party. Rebels and other bodies are one
    by their own name.
    """
    sector = "" if actor is None else actor.partition(".")[2].split(".")[0]
    if sector in _HOLD_NOTHING or (actor is None and country is None):
        return None
    if is_place or not sector or sector in _OF_STATE:
        own = country or (actor or "").partition(".")[0]
        if own in _names():
            return Party(name=country_name(own) or own, country=own)
    return Party(name=name)
