"""What is compared across documents: propositions, with what they count and who holds what."""

from dataclasses import dataclass, field

from onrecord.claims.compatibility import Interval
from onrecord.claims.periods import Period
from onrecord.records import RowKind, Span, Spans, StanceKind

Words = frozenset[str]
NOTHING: Words = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody who acts or speaks, as far as two documents can compare it.

    Attributes:
        names: Words of its names, in lower case.
        side: The side of its common noun, as ``parties.tsv`` has them.
        heads: Stems of its common nouns.
        is_name: Its own name is among the names, not only that of its country or owner.
        is_person: It is a person by name.
        is_owned: They belong to who speaks of them: "our men".
        entity: Its row in the document.
        actor: Its number in the registry.
    """

    names: Words = NOTHING
    side: str | None = None
    heads: Words = NOTHING
    is_name: bool = False
    is_person: bool = False
    is_owned: bool = False
    entity: str | None = None
    actor: int | None = None

    @property
    def is_known(self) -> bool:
        """Whether anything can be compared."""
        return bool(self.names or self.side or self.heads or self.actor is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Places that a clause or a document names.

    Attributes:
        local: Names of towns and the like, in lower case.
        wide: Names of countries and regions.
        countries: Codes of countries that the text itself names or that a place surely lies in.
        numbers: Numbers in GeoNames of the local ones.
    """

    local: Words = NOTHING
    wide: Words = NOTHING
    countries: Words = NOTHING
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A figure with what it counts.

    Attributes:
        interval: The numbers that it can stand for.
        value: As the record has it.
        what: The count, as ``counts.tsv`` names it, or "~" and the stem of a verb.
        thing: What is counted; None for people in general.
        of: Words before the noun that tell whose they are.
        is_part: It is part of another number, or comes on top of one.
        is_long: It is over a longer time than one deed.
        shown: As the text has it.
    """

    interval: Interval
    value: float
    what: str
    thing: str | None
    of: Words = NOTHING
    is_part: bool = False
    is_long: bool = False
    shown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Who is said to hold, to have taken or to have lost a place.

    Attributes:
        place: Which; the one that the article is about where no name is told.
        holder: Who.
        change: As the record has it, from the side of the holder.
        period: When.
        is_self: Who says so holds it: "ours", "our men".
    """

    place: Where
    holder: Party | None
    change: str
    period: Period | None
    is_self: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a document or a clause is about: where, when, at what, by what."""

    where: Where = Where()
    periods: tuple[Period, ...] = ()
    venues: Words = NOTHING
    causes: Words = NOTHING
    names: Words = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Which places and days all of a document tells of.

    Attributes:
        towns: Numbers in GeoNames of towns and parts of towns.
        countries: Codes of the countries in which its places lie, each with how surely and how
            often.
        days: Days that it names, as numbers, in the order of the text.
        early: Those of its first sentences.
    """

    towns: frozenset[int] = frozenset()
    countries: tuple[tuple[str, float], ...] = ()
    days: tuple[int, ...] = ()
    early: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """What somebody says is so, or is not so, in one clause.

    Attributes:
        spans: Its words.
        sentence: The sentence that it stands in.
        row_kind: The table of the row that shows it.
        row: The id of that row.
        speaker: Who says it; None for the outlet.
        speaker_spans: The words that name who.
        stance: What the speaker does with it.
        act: The act of the statement; "" for the outlet.
        is_actual: It is told as having happened, or as not having happened.
        is_short: A denial of something that is not told ("denied it").
        refers: The proposition of this document that a short denial is about.
        deeds: Stems of verbs and nouns of doing in the clause itself.
        groups: Their groups.
        main: The first of them that tells something.
        main_groups: Its groups.
        core: Stems of the clause itself, without names and deeds.
        more: Stems of what is added to it.
        names: Names in it, in lower case.
        spelled: Those of the names that stand in its own words.
        own: Who does it.
        objects: Stems of what or whom it is done to.
        scene: Where, when, at what, by what, as the clause itself has it.
        counts: Figures.
        holdings: Control of places.
        is_update: It says that a number has changed.
        is_lead: It stands in the first two sentences.
    """

    spans: Spans
    sentence: Span | None = None
    row_kind: RowKind
    row: str
    speaker: Party | None = None
    speaker_spans: Spans = ()
    stance: StanceKind = StanceKind.ASSERTS
    act: str = ""
    is_actual: bool = True
    is_short: bool = False
    refers: int | None = None
    deeds: Words = NOTHING
    groups: Words = NOTHING
    main: str | None = None
    main_groups: Words = NOTHING
    core: Words = NOTHING
    more: Words = NOTHING
    names: Words = NOTHING
    spelled: Words = NOTHING
    own: Party | None = None
    objects: Words = NOTHING
    scene: Scene = field(default_factory=Scene)
    counts: tuple[Count, ...] = ()
    holdings: tuple[Holding, ...] = ()
    is_update: bool = False
    is_lead: bool = False

    @property
    def is_side(self) -> bool:
        """Whether it can stand on a side of a dispute."""
        return self.is_actual and self.stance is not StanceKind.REPORTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All propositions of one document, with what it is about.

    Attributes:
        number: Of the document.
        published: The day, as a number.
        outlet: Who published it.
        scene: What it is about.
        told: Stems of its first clauses, which others of it take for granted.
        propositions: In text order.
        circumstances: Its places and days; nothing where an earlier version packed it.
    """

    number: int
    published: int | None
    outlet: Party | None
    scene: Scene
    told: Words
    propositions: tuple[Proposition, ...]
    circumstances: Circumstances = Circumstances()
