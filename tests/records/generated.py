"""Readings for property tests: any text, any rows, and all invariants hold."""

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from onrecord.records import (
    Act,
    Change,
    Commitment,
    ControlClaim,
    Entity,
    Event,
    EventDate,
    EventType,
    Factuality,
    Kind,
    Limit,
    Link,
    Manner,
    Mention,
    MentionForm,
    Place,
    Polarity,
    Precision,
    Problem,
    Quantity,
    Reading,
    Span,
    Statement,
    Time,
    TimexType,
    as_spans,
    content_id,
    make_document,
    make_run,
)

few = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
many = settings(few, max_examples=150)
# For what writes a dozen files each time.
fewest = settings(few, max_examples=12)

SECTIONS = (
    "mentions",
    "entities",
    "statements",
    "events",
    "places",
    "times",
    "quantities",
    "control_claims",
    "commitments",
)
_NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
_PROBABILITIES = st.floats(0, 1)
# Markup, line ends, signs of two UTF-16 units, right-to-left marks, and parts of a pair.
_ODD = "<>&\"'`=\r\n\t\x00\x7f\u00a0\u200b\u00ad\u202e\u2028\ufeff😀🏳é́"


def _is_writable(text: str) -> bool:
    """Whether JSON can hold it: two halves of a pair side by side would become one sign."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") == text


def texts(*, min_size: int = 0, halves: bool = True) -> st.SearchStrategy[str]:
    """Any text; with halves of surrogate pairs, or without."""
    blocked = () if halves else ("Cs",)
    signs = st.characters(exclude_categories=blocked) | st.sampled_from(_ODD)
    return st.text(signs, min_size=min_size, max_size=40).filter(_is_writable)


def json_values() -> st.SearchStrategy[Any]:
    """Values as a run keeps them."""
    leaves = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | _NUMBERS | texts()
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts(), inner, max_size=3),
        max_leaves=4,
    )


def spans(length: int) -> st.SearchStrategy[Span]:
    """One span in a text of that length."""
    ends = st.tuples(st.integers(0, length - 1), st.integers(1, length))
    return ends.map(lambda pair: Span(min(pair[0], pair[1] - 1), max(pair[0] + 1, pair[1])))


class _Maker:
    """Draws the values of the rows of one reading."""

    def __init__(self, draw: Any, *, halves: bool) -> None:
        self.draw = draw
        self.halves = halves
        self.text = draw(texts(min_size=1, halves=halves))
        self.document = make_document(
            text=self.text,
            title=self.maybe(self.words()),
            outlet=self.maybe(self.words()),
            url=self.maybe(self.words()),
            author=self.maybe(self.words()),
            published=self.maybe(st.just("2022-08-02T10:15:00+00:00")),
            language=self.maybe(st.just("en")),
            links=draw(st.lists(self._links(), max_size=2)),
        )
        self.run = make_run(
            software=draw(st.sampled_from(["0.1.0", "0.2.0"])),
            model="statements-1",
            model_digest="00",
            settings=draw(st.dictionaries(texts(), json_values(), max_size=3)),
        )
        self.ids: dict[str, list[str]] = {}
        for section in SECTIONS:
            n_rows = draw(st.integers(0, 3))
            self.ids[section] = [
                content_id(section, self.document.id, number) for number in range(n_rows)
            ]
        self.ids["entities"] = self.ids["entities"][: len(self.ids["mentions"])]
        for section, needed in (("places", "mentions"), ("control_claims", "places")):
            if not self.ids[needed]:
                self.ids[section] = []
        if not self.ids["entities"]:
            self.ids["mentions"] = self.ids["places"] = self.ids["control_claims"] = []

    def words(self) -> st.SearchStrategy[str]:
        return texts(halves=self.halves)

    def _links(self) -> st.SearchStrategy[Link]:
        return st.builds(
            Link,
            text=self.words(),
            url=st.none() | self.words(),
            span=st.none() | spans(len(self.text)),
        )

    def maybe(self, strategy: st.SearchStrategy[Any]) -> Any:
        return self.draw(st.none() | strategy)

    def span(self) -> Span:
        return self.draw(spans(len(self.text)))

    def role(self, *, min_size: int = 0) -> tuple[Span, ...]:
        return as_spans(self.draw(st.lists(spans(len(self.text)), min_size=min_size, max_size=3)))

    def one(self, section: str) -> str:
        return self.draw(st.sampled_from(self.ids[section]))

    def perhaps(self, section: str) -> str | None:
        return self.draw(st.sampled_from([None, *self.ids[section]]))

    def some(self, section: str) -> tuple[str, ...]:
        return (
            tuple(self.draw(st.lists(st.sampled_from(self.ids[section]), max_size=2)))
            if (self.ids[section])
            else ()
        )

    def pick(self, values: Any) -> Any:
        return self.draw(st.sampled_from(list(values)))

    def probability(self) -> float:
        return self.draw(_PROBABILITIES)

    def date(self) -> EventDate | None:
        span = self.maybe(spans(len(self.text)))
        return self.maybe(st.just(EventDate(value="2022-07", span=span)))

    def outside(self, row_id: str) -> dict[str, Any]:
        return {"id": row_id, "document": self.document.id, "run": self.run.id}


def _names(maker: _Maker) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    entities = maker.ids["entities"]
    mentions = tuple(
        Mention(
            **maker.outside(row_id),
            span=maker.span(),
            kind=maker.pick(Kind),
            form=maker.pick(MentionForm),
            entity=entities[number] if number < len(entities) else maker.one("entities"),
        )
        for number, row_id in enumerate(maker.ids["mentions"])
    )
    return mentions, tuple(
        Entity(
            **maker.outside(row_id),
            name=maker.draw(maker.words()),
            kind=maker.pick(Kind),
            actor=maker.maybe(st.just("UKR.MIL")),
            country=maker.maybe(st.just("UKR")),
            place=maker.perhaps("places"),
            mentions=tuple(m.id for m in mentions if m.entity == row_id),
        )
        for row_id in entities
    )


def _statements(maker: _Maker) -> tuple[Statement, ...]:
    made: list[Statement] = []
    for row_id in maker.ids["statements"]:
        parent = maker.pick([None, *made])
        made.append(
            Statement(
                **maker.outside(row_id),
                source=maker.role(),
                cue=maker.role(min_size=1),
                content=maker.role(),
                speaker=maker.perhaps("entities"),
                act=maker.pick(Act),
                polarity=maker.pick(Polarity),
                manner=maker.pick(Manner),
                addressee=maker.perhaps("entities"),
                medium=maker.perhaps("entities"),
                parent=parent and parent.id,
                depth=parent.depth + 1 if parent else 0,
                time=maker.perhaps("times"),
                probability=maker.probability(),
            )
        )
    return tuple(made)


def _event(maker: _Maker, row_id: str) -> Event:
    return Event(
        **maker.outside(row_id),
        trigger=maker.span(),
        type=maker.pick(EventType),
        mode=maker.maybe(st.just("aerial")),
        actors=maker.some("entities"),
        recipients=maker.some("entities"),
        place=maker.perhaps("places"),
        date=maker.date(),
        factuality=maker.pick(Factuality),
        asserted_by=maker.perhaps("statements"),
        quantities=maker.some("quantities"),
        probability=maker.probability(),
        happening=maker.pick(["", "0123456789"]),
    )


def _place(maker: _Maker, row_id: str) -> Place:
    return Place(
        **maker.outside(row_id),
        mention=maker.one("mentions"),
        name=maker.draw(maker.words()),
        country=maker.maybe(st.just("UKR")),
        admin1=maker.maybe(maker.words()),
        geonames_id=maker.maybe(st.integers(0, 2**40)),
        lat=maker.maybe(st.floats(-90, 90)),
        lon=maker.maybe(st.floats(-180, 180)),
        precision=maker.maybe(st.sampled_from(Precision)),
        probability=maker.probability(),
        candidates=maker.draw(st.integers(0, 99)),
    )


def _time(maker: _Maker, row_id: str) -> Time:
    return Time(
        **maker.outside(row_id),
        span=maker.span(),
        type=maker.pick(TimexType),
        value=maker.maybe(st.just("2022-W31")),
    )


def _quantity(maker: _Maker, row_id: str) -> Quantity:
    return Quantity(
        **maker.outside(row_id),
        span=maker.span(),
        value=maker.draw(_NUMBERS),
        unit=maker.maybe(maker.words()),
        comparator=maker.maybe(st.just("at most")),
        upper=maker.maybe(_NUMBERS),
    )


def _control_claim(maker: _Maker, row_id: str) -> ControlClaim:
    return ControlClaim(
        **maker.outside(row_id),
        span=maker.span(),
        place=maker.one("places"),
        holder=maker.perhaps("entities"),
        change=maker.pick(Change),
        factuality=maker.pick(Factuality),
        asserted_by=maker.perhaps("statements"),
        date=maker.date(),
    )


def _commitment(maker: _Maker, row_id: str) -> Commitment:
    limits = ()
    if maker.ids["quantities"]:
        limits = (
            Limit(quantity=maker.one("quantities"), of="trucks", per=maker.pick([None, "a"])),
        )
    return Commitment(
        **maker.outside(row_id),
        instrument=maker.draw(maker.words()),
        span=maker.span(),
        parties=maker.some("entities"),
        limits=maker.pick([(), limits]),
        signed=maker.maybe(st.just("2022-08-02")),
        in_force=maker.maybe(st.just("2022-08-03")),
        extended=None,
        suspended=None,
        expires=None,
        verification=maker.role(),
        asserted_by=maker.perhaps("statements"),
    )


def _problem(maker: _Maker) -> Problem:
    return Problem(
        stage="StatementFinder",
        what=maker.draw(maker.words()),
        span=maker.maybe(spans(len(maker.text))),
    )


_MAKERS = {
    "events": _event,
    "places": _place,
    "times": _time,
    "quantities": _quantity,
    "control_claims": _control_claim,
    "commitments": _commitment,
}


@st.composite
def readings(draw: Any, *, halves: bool = True, as_printed: bool = False) -> Reading:
    """A reading in which all invariants hold.

    Args:
        halves: Whether its words may have halves of surrogate pairs.
        as_printed: Only what the printed record keeps: no problems, and every section
            looked for.
    """
    maker = _Maker(draw, halves=halves)
    mentions, entities = _names(maker)
    found: dict[str, Any] = {
        "mentions": mentions,
        "entities": entities,
        "statements": _statements(maker),
    }
    for section, make in _MAKERS.items():
        found[section] = tuple(make(maker, row_id) for row_id in maker.ids[section])
    if not as_printed:
        for section in SECTIONS:
            if not found[section]:
                found[section] = maker.pick([None, ()])
        found["problems"] = tuple(_problem(maker) for _ in range(draw(st.integers(0, 2))))
    return Reading(document=maker.document, run=maker.run, **found)
