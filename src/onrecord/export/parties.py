"""Who says a statement, to whom, through what and when: in words, for the views.

The words of the source stand as the article has them; the name of the speaker stands beside
them only where it tells something that they do not.
"""

import re
from dataclasses import dataclass

from onrecord.records import Entity, Reading, Statement

NOBODY = "(nobody named)"
_NOT_HERE = "(not named here)"
_ARTICLE = re.compile(r"(?:the|an?|this|that|these|those)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parties:
    """The parties of one statement.

    Attributes:
        source: The words of the source, or, in brackets, that there are none.
        is_named: Whether the statement has words for its source.
        name: The name of the speaker where it differs from the source, else None.
        actor: Country and sector of the speaker.
        addressee: Name of whom it was said to.
        medium: Name of what it was said through.
        time: TIMEX3 value of when it was said.
    """

    source: str
    is_named: bool
    name: str | None
    actor: str | None
    addressee: str | None
    medium: str | None
    time: str | None

    @property
    def speaker(self) -> str:
        """Source, name and actor in one line: ``He = Ann Vale (USA.GOV)``."""
        named = self.source if self.name is None else f"{self.source} = {self.name}"
        return named if self.actor is None else f"{named} ({self.actor})"


class PartyFinder:
    """Looks up the parties of the statements of one reading."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._entities = {entity.id: entity for entity in reading.entities or ()}
        self._values = {time.id: time.value for time in reading.times or ()}

    def of(self, statement: Statement) -> Parties:
        """The parties of a statement; None for whatever has no row."""
        words = self._reading.text_of(statement.source)
        speaker = self._entity(statement.speaker)
        name = None if speaker is None or is_same_name(words, speaker.name) else speaker.name
        return Parties(
            source=words or (NOBODY if name is None else _NOT_HERE),
            is_named=bool(words),
            name=name,
            actor=None if speaker is None else speaker.actor,
            addressee=self._name(statement.addressee),
            medium=self._name(statement.medium),
            time=self._values.get(statement.time or ""),
        )

    def _entity(self, row_id: str | None) -> Entity | None:
        return self._entities.get(row_id or "")

    def _name(self, row_id: str | None) -> str | None:
        entity = self._entity(row_id)
        return None if entity is None else entity.name


def is_same_name(words: str, name: str) -> bool:
    """Whether words already give a name: they are it, in apposition or behind a title or not.

    Capitals, articles and the ending of a possessive make no difference.

    >>> is_same_name("The Harbour Office", "harbour office")
    True
    >>> is_same_name("Ann Vale, the mayor", "Ann Vale")
    True
    >>> is_same_name("Deputy Mayor Ann Vale", "Ann Vale")
    True
    >>> is_same_name("Ann Vale's lawyer", "Ann Vale")
    False
    """
    known = _bare(name)
    parts = [part.strip() for part in words.split(",")]
    if known in {_bare(part) for part in (words, parts[0], parts[-1])}:
        return True
    return parts[0].endswith(name) and parts[0].removesuffix(name).istitle()


def _bare(words: str) -> str:
    line = " ".join(words.replace("’", "'").casefold().split()).removesuffix("'s")
    return _ARTICLE.sub("", line, count=1) if _ARTICLE.match(line) else line
