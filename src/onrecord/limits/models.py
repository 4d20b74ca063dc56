"""Limits, figures, and the rows that set one beside the other.

A row tells what is reported and by whom. It does not tell who is right, nor whether
anybody keeps to an agreement.
"""

from dataclasses import dataclass
from enum import StrEnum

from onrecord.actors.names import name_key


class State(StrEnum):
    """What the figures of one day say beside a limit.

    Attributes:
        UNDER: All of them are on the lower side of it.
        OVER: All of them are on the upper side of it.
        DISPUTED: Two sides give figures that are on different sides of it.
        UNCLEAR: Neither can be told from the words.
        NOT_REPORTED: There is no figure.
    """

    UNDER = "under"
    OVER = "over"
    DISPUTED = "disputed"
    UNCLEAR = "unclear"
    NOT_REPORTED = "not reported"


class Match(StrEnum):
    """How well the words of a figure fit those of a limit.

    Attributes:
        EXACT: They mean the same.
        PARTIAL: One says less than the other, as 'warheads' beside 'deployed warheads'.
    """

    EXACT = "exact"
    PARTIAL = "partial"


class Basis(StrEnum):
    """Where the date of a figure comes from.

    Attributes:
        TEXT: An expression of time beside it.
        SAID: The time at which it was said.
        PUBLISHED: The date of publication.
        FILE: The file of figures.
    """

    TEXT = "text"
    SAID = "said"
    PUBLISHED = "published"
    FILE = "file"


class Scope(StrEnum):
    """For whom a limit holds.

    Attributes:
        PARTY: For each party by itself.
        TOTAL: For all of them together.
    """

    PARTY = "party"
    TOTAL = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who is bound by a limit, or has what is counted.

    Attributes:
        name: As it is called.
        country: ISO 3166-1 alpha-3, for states and their governments and forces.
    """

    name: str
    country: str | None = None

    @property
    def key(self) -> str:
        """What two names of one party share."""
        return self.country or name_key(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a limit or a figure stands: words of a document, or a line of a file.

    Attributes:
        document: Id of the document.
        title: Its headline.
        outlet: Who published it.
        url: Its address; for a file, what its row gives.
        start: First code point of the words.
        end: The code point after the last.
        words: The words, or the cells of the line.
        file: Name of the file.
        line: Line of the file, from 1.
    """

    document: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    start: int | None = None
    end: int | None = None
    words: str | None = None
    file: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asserter:
    """Who gives a figure or states a limit.

    Attributes:
        name: The speaker, else the words for the source, else the outlet.
        side: What all who speak for the same side share: a country, a name, a document.
        statement: Id of the statement; None when the outlet or a file says it itself.
    """

    name: str | None
    side: str
    statement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A limit that an instrument sets.

    Attributes:
        instrument: Name of the treaty or agreement.
        parties: Who is bound; empty when that is not known.
        of: What is limited.
        per: For whom the limit holds, as it is given.
        scope: The same as one of two.
        comparator: at most, at least, more than, less than, about, between, or None.
        value: The number; of a range, its lower end; None when none is given.
        upper: Upper end of a range.
        unit: The measure, for what is not counted but measured.
        start: Since when it holds, ISO 8601.
        until: Until when.
        suspended: When somebody suspended it.
        evidence: Where it is stated.
        asserters: Who states it, in the order of the evidence.
        problems: What is odd about it, in words.
    """

    instrument: str
    parties: tuple[Party, ...]
    of: str
    per: str | None
    scope: Scope
    comparator: str | None
    value: float | None
    upper: float | None = None
    unit: str | None = None
    start: str | None = None
    until: str | None = None
    suspended: str | None = None
    evidence: tuple[Evidence, ...]
    asserters: tuple[Asserter, ...]
    problems: tuple[str, ...] = ()

    @property
    def is_from_file(self) -> bool:
        """Whether a user gives it, and not only articles."""
        return any(one.file is not None for one in self.evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """How many somebody is said to have.

    Attributes:
        of: What is counted, in the words of the text or file.
        party: Who has it; None when that is not known, or when it is of several together.
        date: For when, ISO 8601; a month or a year will do.
        basis: Where the date comes from.
        value: The number; of a range, its lower end; None when a file leaves it empty.
        upper: Upper end of a range.
        comparator: at most, at least, more than, less than, about, between, or None.
        unit: The measure, for what is not counted but measured.
        asserter: Who gives it.
        evidence: Where it stands.
    """

    of: str
    party: Party | None
    date: str | None
    basis: Basis | None
    value: float | None
    upper: float | None = None
    comparator: str | None = None
    unit: str | None = None
    asserter: Asserter
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A figure beside a limit.

    Attributes:
        state: On which side of the limit it is.
        match: How well its words fit.
        why: Why the side is unclear, in words.
        figure: The figure.
    """

    state: State
    match: Match
    why: str | None = None
    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is reported for one limit, one party and one day.

    Attributes:
        limit: The limit.
        party: Whose figures these are; None for all parties together, or not known.
        date: The day, month or year; None when it is not known, or nothing is reported.
        state: What the figures say together.
        figures: The figures, with who gives them and where.
    """

    limit: Bound
    party: Party | None
    date: str | None
    state: State
    figures: tuple[Compared, ...] = ()
