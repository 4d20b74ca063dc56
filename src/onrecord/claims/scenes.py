"""Where, when, at what and by what: of a clause, and of a whole document."""

import re
from collections.abc import Iterable, Sequence

from onrecord.actors.coding import country_of, demonym_country
from onrecord.claims.facts import Facts, name_key
from onrecord.claims.models import Scene, Where
from onrecord.claims.periods import Period, period_of
from onrecord.claims.texts import Clause, Word
from onrecord.claims.word_lists import modes, scenery, singular
from onrecord.records import Act, Entity, Event, Kind, Precision, Span, TimexType

_WIDE = frozenset((Precision.COUNTRY, Precision.REGION, Precision.AREA))
_IN = re.compile(
    r"\b(?:in|at|near|outside|around|(?:town|village|city|port|island|district) of)\s+"
    r"((?:[A-ZÀ-Þ][\w’'-]+)(?:\s[A-ZÀ-Þ][\w’'-]+)*)"
)
# "A fire" is one, "to fire" and "under fire" are none.
_BEFORE_FIRE = frozenset("a the big huge large house hotel factory forest night".split())
# "In hospital" says where the hurt are, not what was hit.
_TO_HOSPITAL = frozenset("to in from".split())
# A longer time does not tell when the thing happened that an article is about.
_LONG_DAYS = 7
_SINCE = re.compile(r"\b(?:since|until|till)\s+(?:last\s+)?$", re.IGNORECASE)
_LEAD_SENTENCES = 2
_SCENE_SENTENCES = 4
_OF_DEED = re.compile(r"\b(?:of|for)\b")


def scene_of_clause(
    facts: Facts, clause: Clause, words: Sequence[Word], event: Event | None
) -> Scene:
    """What the clause itself tells of its scene."""
    venues, causes = setting_of(words)
    return Scene(
        where=where_in(facts, clause.spans),
        periods=periods_in(facts, clause, event),
        venues=venues,
        causes=causes,
        names=facts.names_in(clause.spans),
    )


def setting_of(words: Iterable[Word]) -> tuple[frozenset[str], frozenset[str]]:
    """Venues and causes among some words."""
    known = scenery()
    venues, causes, before = set(), set(), ""
    for word in words:
        noun = singular(word.form)
        if noun in known.venues and not (noun == "hospital" and before in _TO_HOSPITAL):
            venues.add(known.venues[noun])
        if noun in known.causes and (noun != "fire" or before in _BEFORE_FIRE):
            causes.add(known.causes[noun])
        before = word.lower
    return frozenset(venues), frozenset(causes)


def where_in(facts: Facts, spans: Sequence[Span]) -> Where:
    """Places that some words name."""
    local, wide, countries, numbers = set(), set(), set(), set()
    for mention in facts.mentions_in(spans):
        place = facts.place_of_mention.get(mention.id)
        if place is None:
            continue
        span = _widened(facts, mention.span)
        key = place_key(span.text_in(facts.text.text).split(",")[0])
        if not key:
            continue
        code = country_of(span.text_in(facts.text.text))
        if code is not None or place.precision in _WIDE or _is_adjective(facts, span):
            wide.add(code or key)
            continue
        local.add(key)
        if place.country is not None:
            countries.add(place.country)
        if place.geonames_id is not None:
            numbers.add(place.geonames_id)
    for span in spans:
        for found in _IN.finditer(facts.text.text, span.start, span.end):
            _add_named(facts, found, local, wide)
    return Where(
        local=frozenset(local), wide=frozenset(wide), countries=frozenset(countries),
        numbers=frozenset(numbers),
    )  # fmt: skip


def _add_named(facts: Facts, found: re.Match[str], local: set[str], wide: set[str]) -> None:
    name = found[1]
    if re.split(r"[\s'’]", name.lower())[0] in modes()["units_of_time"]:
        return
    code = country_of(name)
    if code is not None:
        wide.add(code)
        return
    at = Span(found.start(1), found.end(1))
    kinds = {m.kind for m in facts.mentions_in((at,)) if m.span.start <= at.start}
    if kinds and kinds <= {Kind.ORGANIZATION, Kind.PERSON, Kind.NATIONALITY}:
        return
    key = place_key(name)
    if key and key not in wide:
        local.add(key)


def place_key(name: str) -> str:
    """The name of a place, made plain; "" for none."""
    words = [w.strip("’'.,") for w in name.split()]
    kept = [w for w in words if w[:1].isupper()]
    if kept and kept[0].lower() == "the":
        kept = kept[1:]
    return " ".join(name_key(w) if len(kept) == 1 else w.lower() for w in kept)


def _widened(facts: Facts, span: Span) -> Span:
    """With a word of direction before it: "Upper", "New"."""
    before = facts.text.words_in((Span(max(0, span.start - 10), span.start),)) if span.start else []
    if before and before[-1].is_capital and before[-1].lower in modes()["directions"]:
        return Span(before[-1].start, span.end)
    return span


def _is_adjective(facts: Facts, span: Span) -> bool:
    """Whether the name is an adjective of a people, as "Norlandic" is."""
    words = span.text_in(facts.text.text)
    if demonym_country(words) is not None and country_of(words) is None:
        return True
    behind = facts.text.text[span.end : span.end + 2]
    return (
        words.endswith(("ian", "ic", "ish", "ese")) and behind[:1] == " " and behind[1:].islower()
    )


def periods_in(facts: Facts, clause: Clause, event: Event | None) -> tuple[Period, ...]:
    """When the clause says it happened, the time of the deed first."""
    spans = clause.spans
    if clause.statement is not None and clause.statement.act is Act.ACCUSE:
        text = facts.text.text
        found = _OF_DEED.search(text, spans[0].start, spans[-1].end)
        if found is not None:
            at = found.start()
            spans = tuple(Span(max(s.start, at), s.end) for s in spans if s.end > at)
    periods: list[Period] = []
    if event is not None and event.date is not None and event.date.span is not None:
        span = event.date.span
        if any(s.overlaps(span) for s in spans):
            periods += [p for p in (period_of(event.date.value),) if p]
    for time in facts.times_in(spans):
        before = facts.text.text[max(0, time.span.start - 12) : time.span.start]
        if time.type in {TimexType.DATE, TimexType.TIME} and not _SINCE.search(before):
            period = period_of(time.value)
            if period is not None and period not in periods:
                periods.append(period)
    return tuple(periods)


def scene_of_document(facts: Facts, clauses: Sequence[Clause], scenes: Sequence[Scene]) -> Scene:
    """What the document is about, by its first sentences, else by what comes later."""
    early = [s for c, s in zip(clauses, scenes, strict=True) if c.sentence < _SCENE_SENTENCES]
    title = facts.reading.document.title or ""
    head = facts.text.sentences[:_LEAD_SENTENCES]
    head_spans = tuple(Span(s.start, s.end) for s in head)
    where = where_in(facts, head_spans) if head_spans else Where()
    if not where.local:
        where = next((s.where for s in scenes if s.where.local), where)
    periods = [p for s in early for p in s.periods if p[1] - p[0] < _LONG_DAYS]
    names = facts.proper_keys | _title_names(facts, title)
    return Scene(
        where=Where(
            local=where.local, wide=where.wide, numbers=where.numbers,
            countries=_countries(facts),
        ),
        periods=tuple(periods[:1]),
        venues=frozenset().union(*(s.venues for s in early)),
        causes=frozenset().union(*(s.causes for s in early)),
        names=names,
    )  # fmt: skip


def _title_names(facts: Facts, title: str) -> frozenset[str]:
    words = [w.strip("’'\".,:;") for w in title.split()]
    return frozenset(name_key(w) for w in words if w.lower() in facts.proper)


def _countries(facts: Facts) -> frozenset[str]:
    """Countries that the text itself names."""
    rows: Iterable[Entity] = facts.entities.values()
    named = {e.name for e in rows if e.kind in {Kind.PLACE, Kind.NATIONALITY}}
    codes = {country_of(n) or demonym_country(n) for n in named}
    return frozenset(c for c in codes if c)
