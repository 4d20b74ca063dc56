"""Actor codes for the names of one entity.

What the text says of somebody goes before what the tables know, except for who holds an
office on the day. What neither tells is None.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.actors.findings import Finding, body_country, read_finding
from onrecord.actors.knowledge import OF_COUNTRY, Entry, Knowledge, Sort, built_in, dependencies
from onrecord.actors.names import name_key
from onrecord.actors.phrases import Phrase, read_phrase
from onrecord.records import Kind

_THINGS = frozenset({Kind.WEAPON, Kind.INSTRUMENT, Kind.EVENT})
_PLACES = frozenset({Kind.PLACE, Kind.FACILITY})
# Sorts of names of places that persons bear as well.
_NAMES = frozenset({Sort.COUNTRY, Sort.CAPITAL, Sort.REGION, Sort.SEAT})
_MAX_NAMES = 8
# Sectors of officials: who left them is ELI, as PLOVER has it.
_BREAKAWAY = ".PRE"
_OFFICIAL = frozenset({"GOV", "LEG", "MIL", "SPY", "JUD", "COP"})
# A named body of another sector is not of the country that the text happens to be about.
_OF_STATE = _OFFICIAL | {"PTY", "OPP", "PTY.OPP", "REB", "PRM", "UAF"}
# What PLOVER has for those of no known country.
_WITHOUT_COUNTRY = {"UAF": "UNK", "SOC": "NGO"}
_PRONOUNS = frozenset(
    "i me my we us our you your he him his she her hers it its they them their theirs who whom "
    "himself herself itself themselves myself ourselves this that these those which one".split()
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who an entity is.

    Attributes:
        code: Country or kind of body, and sector, as PLOVER has them; None for places as
            places and where the sector is not known.
        country: ISO 3166-1 alpha-3.
        why: Table and entry that it comes from.
    """

    code: str | None
    country: str | None
    why: str


def code_actor(
    names: Sequence[str],
    *,
    kind: Kind,
    date: str | None,
    descriptions: Sequence[str] = (),
    acts: bool = False,
    text_country: str | None = None,
    knowledge: Knowledge | None = None,
) -> Actor | None:
    """Who the entity with these mentions is.

    Args:
        names: Texts of its mentions: names and descriptions, the most telling first.
        kind: What it is.
        date: Day of the text, ISO 8601; a month or a year will do.
        descriptions: What stands beside its names: titles, appositions.
        acts: It speaks or acts; only then a capital or a seat is its government.
        text_country: Country that the text is about where it is mentioned, alpha-3.
        knowledge: Entries to look in; those of the package if None.

    Returns:
        None when nothing is known of it.

    >>> code_actor(["Ukrainian forces"], kind=Kind.ORGANIZATION, date=None).code
    'UKR.MIL'
    >>> code_actor(["the Kremlin"], kind=Kind.FACILITY, date=None).code is None
    True
    >>> code_actor(["the Kremlin"], kind=Kind.FACILITY, date=None, acts=True).code
    'RUS.GOV'
    """
    told = tell(
        names,
        kind=kind,
        date=date,
        descriptions=descriptions,
        acts=acts,
        text_country=text_country,
        knowledge=knowledge,
    )
    return told.actor()


def tell(
    names: Sequence[str],
    *,
    kind: Kind,
    date: str | None,
    descriptions: Sequence[str] = (),
    acts: bool = False,
    text_country: str | None = None,
    knowledge: Knowledge | None = None,
) -> "Told":
    """The same as `code_actor`, before it is decided."""
    known = knowledge or built_in()
    return Told(
        _phrases(names, known),
        _phrases(descriptions, known),
        kind=kind,
        date=None if date is None else date[:10],
        text_country=text_country,
        acts=acts,
    )


def _phrases(names: Iterable[str], known: Knowledge) -> list[Phrase]:
    kept: dict[str, None] = {}
    for name in names:
        if not is_pronoun(name):
            kept.setdefault(name)
        if len(kept) == _MAX_NAMES:
            break
    return [read_phrase(name, known) for name in kept]


def is_pronoun(name: str) -> bool:
    """Whether words are a pronoun and no name; "US" and "WHO" are names.

    >>> is_pronoun("He"), is_pronoun("us"), is_pronoun("US")
    (True, True, False)
    """
    return name.lower() in _PRONOUNS and (len(name) == 1 or not name.isupper())


class Told:
    """All that is told of one entity, and what follows from it."""

    def __init__(
        self,
        names: Sequence[Phrase],
        descriptions: Sequence[Phrase],
        *,
        kind: Kind,
        date: str | None,
        text_country: str | None,
        acts: bool,
    ) -> None:
        self.names, self.kind, self.date, self.acts = names, kind, date, acts
        self.phrases = [*names, *descriptions]
        self.text_country = text_country
        self.findings = [read_finding(phrase) for phrase in self.phrases]

    @property
    def role(self) -> str | None:
        """The words of its role, to find it again under the same title."""
        return next((f.role for f in self.findings if f.role and f.sector), None)

    @property
    def wants_country(self) -> bool:
        """Whether the country that the text is about could tell more."""
        if self.kind in _THINGS:
            return False
        lacks = any(f.sector and f.country is None for f in self.findings)
        return lacks or any(
            len(f.body) > 1 or len(e.codes) > 1 for f in self.findings for e in f.body + f.person
        )

    def actor(self) -> Actor | None:
        """The code, from the most certain source to the least."""
        if self.kind in _THINGS:
            return None
        if self.kind in _PLACES:
            return self._given() or self._place() or self._named_body() or self._country_only()
        return (
            self._given()
            or (self._person() if self.kind is Kind.PERSON else self._place())
            or self._body()
            or self._role()
            or self._people()
            or self._country_only()
        )

    def _given(self) -> Actor | None:
        for phrase in self.names:
            whole = phrase.whole
            given = [e for e in whole.entries if e.is_given] if whole else []
            if given:
                return self._dated(given)
        return None

    def _place(self) -> Actor | None:
        """Countries, capitals and seats: the state when they act, else places."""
        for phrase in self.names:
            whole = phrase.whole
            entry = whole.entries[0] if whole else None
            if entry is None or entry.sort not in OF_COUNTRY - {Sort.PEOPLE}:
                continue
            country = None if entry.is_vague and not self.acts else entry.country
            acts = self.acts or (self.kind is Kind.ORGANIZATION and entry.sort is not Sort.REGION)
            if not acts:
                return Actor(None, country, entry.why) if country else None
            code = f"{entry.codes[0]}.GOV" if entry.sort is Sort.REGION else entry.codes[0]
            return Actor(code, entry.country, entry.why)
        return None

    def _person(self) -> Actor | None:
        meanings = self._meanings()
        former = any(f.is_former and _is_official(f.sector) for f in self.findings)
        current = [e for e in meanings if self.date and e.holds_at(self.date)]
        if current and not (former and not _is_official(_sector(current[0].codes[0]))):
            return self._of(current[0])
        if former:
            return self._former(meanings)
        return self._body() or self._role() or self._past(meanings)

    def _meanings(self) -> list[Entry]:
        """Meanings of the person's name, without those of another country than the text's."""
        meanings = [e for f in self.findings[: len(self.names)] for e in f.person]
        countries = {f.country.country for f in self.findings if f.country is not None}
        if not countries:
            return meanings
        return [e for e in meanings if e.country is None or e.country in countries]

    def _former(self, meanings: Sequence[Entry]) -> Actor | None:
        country = self._country() or (meanings[0] if meanings else None)
        code = country.codes[0][:3] if country else dependencies().get(self.text_country or "")
        if code is None or (country is not None and country.country is None):
            return None
        why = next((f.why for f in self.findings if f.is_former), "")
        return Actor(f"{code}.ELI", country.country if country else self.text_country, why)

    def _past(self, meanings: Sequence[Entry]) -> Actor | None:
        """Somebody whose term is over, or has not begun."""
        if not meanings:
            return None
        ended = [e for e in meanings if self.date and e.is_after(self.date)]
        if not ended:
            return Actor(None, meanings[0].country, meanings[0].why)
        last = max(ended, key=lambda e: e.end or "")
        sector = _sector(last.codes[0])
        if not _is_official(sector):
            stays = sector is not None and "PTY" not in sector
            return self._of(last) if stays else Actor(None, last.country, last.why)
        code = f"{last.codes[0][:3]}.ELI" if last.country else None
        return Actor(code, last.country, last.why)

    def _body(self) -> Actor | None:
        """A known body, or somebody of one."""
        for exact in (True, False):
            for phrase, finding in zip(self.phrases, self.findings, strict=True):
                if finding.body and exact is (phrase.whole is not None):
                    actor = self._of_body(finding)
                    if actor is not None and actor.code is not None:
                        return actor
        return None

    def _named_body(self) -> Actor | None:
        """A known body whose very name was taken for a place's."""
        wholes = (phrase.whole for phrase in self.names) if self.acts else ()
        bodies = [w for w in wholes if w is not None and w.entries[0].sort is Sort.BODY]
        return self._dated(bodies[0].entries) if bodies else None

    def _of_body(self, finding: Finding) -> Actor | None:
        first = finding.body[0]
        if finding.has_unknown_head:
            return None
        if first.sort is Sort.PERSON and finding.is_strong and first.country:
            return Actor(f"{first.codes[0][:3]}.{finding.sector}", first.country, finding.why)
        if finding.is_former and self.kind is Kind.PERSON and first.country:
            return Actor(f"{first.codes[0][:3]}.ELI", first.country, first.why)
        return self._dated(finding.body)

    def _dated(self, entries: Sequence[Entry]) -> Actor | None:
        """The meaning at the date; what all meanings share when that is not known."""
        holding = [e for e in entries if self.date is None or e.holds_at(self.date)]
        if not holding:
            last = entries[-1]
            return Actor(None, last.country, last.why)
        if len({e.country for e in holding}) > 1:
            near = [e for e in holding if e.country and e.country == self.text_country]
            if not near:
                return None  # several bodies have the name
            holding = near
        codes = {e.codes for e in holding}
        if len(codes) == 1:
            return self._of(holding[0])
        shared = _shared_code([e.codes[0] for e in holding])
        return Actor(shared, holding[0].country, holding[0].why)

    def _of(self, entry: Entry) -> Actor:
        """An entry's code: of several, that of the country the text is about."""
        code = next((c for c in entry.codes if c[:3] == self.text_country), entry.codes[0])
        country = code[:3] if len(entry.codes) > 1 else entry.country
        return Actor(code, country, entry.why)

    def _role(self) -> Actor | None:
        """Country and sector from words for what somebody does."""
        for strong in (True, False):
            for phrase, finding in zip(self.phrases, self.findings, strict=True):
                if finding.sector is None or finding.is_strong is not strong:
                    continue
                if finding.has_unknown_head and not strong:
                    continue
                actor = self._with_sector(phrase, finding)
                if actor is not None:
                    return actor
        return None

    def _with_sector(self, phrase: Phrase, finding: Finding) -> Actor | None:
        sector = finding.sector or ""
        entry = finding.country or body_country(phrase) or self._country()
        if entry is None and self.kind is Kind.PERSON:
            entry = next((e for e in self._meanings() if e.country), None)
        if entry is not None and entry.country is not None:
            return Actor(_compose(entry, sector), entry.country, finding.why)
        is_named = self.kind is Kind.ORGANIZATION and any(
            phrase.words[at].is_capital for at in phrase.unknown
        )
        code = dependencies().get(self.text_country or "")
        if code is not None and (sector in _OF_STATE or not is_named):
            return Actor(f"{code}.{sector}", self.text_country, finding.why)
        anyhow = _WITHOUT_COUNTRY.get(sector)
        return Actor(anyhow, None, finding.why) if anyhow else None

    def _country(self) -> Entry | None:
        """The first country that is told of it."""
        found = (f.country for f in self.findings if f.country and not self._is_own_name(f))
        first = next(found, None)
        if first is None:
            bodies = (body_country(phrase) for phrase in self.phrases)
            first = next((e for e in bodies if e is not None), None)
        return first

    def _is_own_name(self, finding: Finding) -> bool:
        """Whether a country's name is somebody's own: "Chad Vale"."""
        entry = finding.country
        is_bare = finding.role is None and not finding.body
        return self.kind is Kind.PERSON and is_bare and entry is not None and entry.sort in _NAMES

    def _people(self) -> Actor | None:
        """The people of a country: its civilians, unless "the Russians" act."""
        for phrase in self.names:
            whole = phrase.whole
            entry = whole.entries[0] if whole else None
            if entry is None or entry.sort not in {Sort.PEOPLE, Sort.ADJECTIVE}:
                continue
            is_state = self.acts and phrase.words[0].key == "the"
            code = entry.codes[0] if is_state else _compose(entry, "CVL")
            return Actor(code, entry.country, entry.why)
        return None

    def _country_only(self) -> Actor | None:
        entry = self._country()
        if entry is None or entry.country is None or entry.is_vague:
            return None
        is_national = self.kind is Kind.PERSON and not any(
            f.has_unknown_head for f in self.findings[: len(self.names)]
        )
        return Actor(entry.codes[0] if is_national else None, entry.country, entry.why)


def _sector(code: str) -> str | None:
    return code.partition(".")[2] or None


def _is_official(sector: str | None) -> bool:
    return sector is not None and sector[:3] in _OFFICIAL


def _compose(country: Entry, sector: str) -> str:
    """Country and sector; a breakaway entity keeps its mark, and its forces are rebels."""
    base, mark = country.codes[0][:3], _is_breakaway(country)
    if not mark:
        return f"{base}.{sector}"
    return f"{base}.{'REB' if sector == 'MIL' else sector[:3]}.PRE"


def _shared_code(codes: Sequence[str]) -> str | None:
    """What codes have in common beyond the country: PTY of PTY and PTY.OPP."""
    parts = [code.split(".") for code in codes]
    shared = [column[0] for column in zip(*parts, strict=False) if len(set(column)) == 1]
    return ".".join(shared) if len(shared) > 1 else None


def demonym_country(word: str) -> str | None:
    """The country of a nationality, as alpha-3; None when it names none, or several.

    >>> demonym_country("Ukrainians"), demonym_country("Norwegian"), demonym_country("quickly")
    ('UKR', 'NOR', None)
    """
    return _country_by(word, {Sort.ADJECTIVE, Sort.PEOPLE})


def is_body(name: str) -> bool:
    """Whether a name is that of a body or a seat of government, and of nothing else.

    >>> is_body("the Kremlin"), is_body("Hamas"), is_body("Norway")
    (True, True, False)
    """
    sorts = {entry.sort for entry in built_in().named(name_key(name))}
    return bool(sorts) and sorts <= {Sort.BODY, Sort.SEAT}


def country_of(name: str) -> str | None:
    """The country of a country's name or capital, as alpha-3.

    A breakaway entity is not the state that claims it: its name is that of no country.

    >>> country_of("Kiev"), country_of("the Netherlands"), country_of("Springfield")
    ('UKR', 'NLD', None)
    >>> country_of("Abkhazia") is None
    True
    """
    return _country_by(name, {Sort.COUNTRY, Sort.CAPITAL})


def breakaway_sort(name: str) -> Sort | None:
    """Whether a name is that of a breakaway entity, or of its people; None for neither.

    >>> breakaway_sort("Transnistria").value, breakaway_sort("Abkhazian").value
    ('country', 'adjective')
    """
    sorts = {e.sort for e in built_in().named(name_key(name)) if _is_breakaway(e)}
    return min(sorts, key=list(Sort).index, default=None)


def _country_by(name: str, sorts: set[Sort]) -> str | None:
    entries = built_in().named(name_key(name))
    known = [e for e in entries if e.sort in sorts and not e.is_vague and not _is_breakaway(e)]
    found = {e.country for e in known}
    return found.pop() if len(found) == 1 else None


def _is_breakaway(entry: Entry) -> bool:
    return any(code.endswith(_BREAKAWAY) for code in entry.codes)
