"""The country of a name on no map that stands in a list of places of one country.

"The villages of A, B and C": where A and C lie in one country, and nothing in the list lies
elsewhere, B does too. It gets the country, and no pin.
"""

import dataclasses
import re
from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.places.resolver import Answer
from onrecord.records import Precision

_BETWEEN: Final = re.compile(r"\s*(?:,|;|,?\s*\b(?:and|or)\b|&)\s*(?:the\s+)?")
_LEAST_MEMBERS: Final = 2
# Beside countries and divisions a list need not keep to one country.
_SMALL: Final = frozenset({Precision.SETTLEMENT, Precision.POINT, Precision.DISTRICT})


def with_countries_of_lists(
    text: str, spans: Sequence[tuple[int, int]], answers: Sequence[Answer]
) -> list[Answer]:
    """The answers, with the countries that lists give to names on no map.

    Args:
        text: The text of the document.
        spans: Start and end of each place name.
        answers: One for each span.
    """
    found = list(answers)
    for members in _lists(text, spans):
        known = [found[n] for n in members if found[n].is_found]
        countries = {answer.country for answer in known}
        small = all(answer.precision in _SMALL for answer in known)
        if len(known) < _LEAST_MEMBERS or len(countries) > 1 or not small:
            continue
        for n in members:
            if not found[n].is_found and found[n].country is None:
                found[n] = dataclasses.replace(found[n], country=known[0].country)
    return found


def _lists(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """The numbers of names that commas and "and" join, list by list."""
    order = sorted(range(len(spans)), key=spans.__getitem__)
    members: list[int] = []
    for n in order:
        if members and spans[n][0] < spans[members[-1]][1]:
            # One name within another: the list goes on with the longer one.
            continue
        if members and not _BETWEEN.fullmatch(text, spans[members[-1]][1], spans[n][0]):
            yield members
            members = []
        members.append(n)
    if members:
        yield members


__all__ = ["with_countries_of_lists"]
