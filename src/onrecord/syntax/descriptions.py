"""How an entity is called that no name names: without how many there may be.

A mention keeps all of its words: "at least 15 sailors" mentions "15 sailors", "hundreds of
dockers" the "dockers".
"""

import re
from typing import Final

# How sure a number is belongs to no name: "at least 15 sailors".
_HEDGE: Final = re.compile(
    r"(?:at (?:least|most)|(?:more|less|fewer) than|as many as|up to|over|about|around|some|nearly"
    r"|almost|roughly|approximately|only|just|an estimated)\s+"
    r"(?=\d|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?"
    r"|thousands?|millions?|a (?:dozen|hundred|thousand|million))\b)",
    re.IGNORECASE,
)
# Nor is so many, where no figure tells: "a number of shepherds", "hundreds of thousands of".
_SO_MANY: Final = re.compile(
    r"(?:(?:a|an)\s+(?:(?:large|small|great|growing|good|limited)\s+)?(?:number|handful|couple|few)"
    r"\s+of|(?:(?:tens|dozens|scores|hundreds|thousands|millions)\s+of\s+)*"
    r"(?:tens|dozens|scores|hundreds|thousands|millions)\s+of|any|some)\s+(?!of\b)(?=\w)",
    re.IGNORECASE,
)
# Where they are, behind two words at least: "two porters in custody", but not "people in need".
_PLACE: Final = re.compile(
    r"(?P<who>\S+(?:\s+\S+)+?)\s+(?:in|at|near|inside|within|outside|across|around|along)\s",
    re.IGNORECASE,
)
_ENDINGS: Final = ("'s", "’s")


def plain_description(words: str) -> str:
    """A description without hedges, vague numbers and the ending of a possessor.

    >>> plain_description("at least 15 sailors"), plain_description("her rivals'")
    ('15 sailors', 'her rivals')
    """
    plain = words
    for ending in _ENDINGS:
        plain = plain.removesuffix(ending)
    if plain[-2:] in {"s'", "s’"}:
        plain = plain[:-1]
    plain = _HEDGE.sub("", plain, count=1)
    match = _SO_MANY.match(plain)
    return plain[match.end() :] if match else plain


def without_place(words: str) -> str:
    """Who a description tells of, without where: it is the place of what they do, or of theirs.

    >>> without_place("a judge in Dorn"), without_place("those in power")
    ('a judge', 'those in power')
    """
    match = _PLACE.match(words)
    return match["who"] if match else words
