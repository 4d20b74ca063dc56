"""Who holds which office when.

"The US president" is one person in 2015 and another in 2022. What the table does not
have is None, and so is what came after the day until which it was kept.
"""

import functools
import re
from dataclasses import dataclass

from onrecord.actors.knowledge import lies_before
from onrecord.actors.names import name_key
from onrecord.actors.tables import read_rows, table_text

# How offices are called, and as what the table has them. Heads of state and of government
# differ by country: the first of the list that the country has is meant.
_CALLED = {
    "head of state": ("monarch", "president", "supreme leader", "leader"),
    "head of government": ("prime minister", "chancellor", "president"),
    "premier": ("prime minister",),
    "chancellor": ("chancellor",),
    "king": ("monarch",),
    "queen": ("monarch",),
    "emir": ("monarch",),
    "sultan": ("monarch",),
    "ayatollah": ("supreme leader",),
    "secretary of state": ("foreign minister",),
    "foreign secretary": ("foreign minister",),
    "minister of foreign affairs": ("foreign minister",),
    "external affairs minister": ("foreign minister",),
    "top diplomat": ("foreign minister",),
    "foreign policy chief": ("foreign minister",),
    "high representative": ("foreign minister",),
    "defense secretary": ("defence minister",),
    "defence secretary": ("defence minister",),
    "secretary of defense": ("defence minister",),
    "secretary of defence": ("defence minister",),
    "defense minister": ("defence minister",),
    "minister of defence": ("defence minister",),
    "minister of defense": ("defence minister",),
    "vice-president": ("vice president",),
    "secretary general": ("secretary-general",),
    "un chief": ("secretary-general",),
    "pontiff": ("pope",),
}
_UNTIL = re.compile(r"^# known_until: (\d{4}-\d{2}-\d{2})$", re.MULTILINE)
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Term:
    """One time of one person in an office.

    Attributes:
        office: As the table calls it.
        code: Whose office: alpha-3, or the code of an organization.
        person: Full name.
        start: First day, or month or year.
        end: Last day; None when it had not ended when the table was made.
    """

    office: str
    code: str
    person: str
    start: str
    end: str | None


def holder_of(office: str, country: str, date: str) -> Term | None:
    """Who held an office on a day.

    Args:
        office: As it is called: "president", "defence secretary", "head of government".
        country: Alpha-3, or the code of an organization, such as IGO.UNO.
        date: ISO 8601; with a month or a year only, the answer is None unless one person
            held the office all the while.

    Returns:
        None when the table does not know, or when two persons held it in that time.

    >>> holder_of("president", "USA", "2015-03-01").person
    'Barack Obama'
    >>> holder_of("president", "USA", "2022-03-01").person
    'Joe Biden'
    """
    day = date[:10]
    if not _DATE.fullmatch(day):
        return None
    for called in _called(office):
        terms = _terms().get((called, country), ())
        if terms:
            return _only_one(terms, day)
    return None


def known_until() -> str:
    """The day until which the table of offices was kept."""
    found = _UNTIL.search(table_text("offices"))
    return found[1] if found else ""


def _called(office: str) -> tuple[str, ...]:
    key = name_key(office)
    return _CALLED.get(key) or (key,)


def _only_one(terms: tuple[Term, ...], day: str) -> Term | None:
    """The one term that holds the day; on the day of a change, the new one."""
    held = [
        term
        for term in terms
        if not lies_before(day, term.start) and not lies_before(term.end or known_until(), day)
    ]
    if len(day) == len("2022-03-01") and held:
        return held[-1]
    return held[0] if len({term.person for term in held}) == 1 else None


@functools.cache
def _terms() -> dict[tuple[str, str], tuple[Term, ...]]:
    found: dict[tuple[str, str], list[Term]] = {}
    for row in read_rows("offices"):
        term = Term(row["office"], row["code"], row["person"], row["from"], row["to"] or None)
        found.setdefault((name_key(row["office"]), row["code"]), []).append(term)
    return {key: tuple(sorted(terms, key=lambda t: t.start)) for key, terms in found.items()}
