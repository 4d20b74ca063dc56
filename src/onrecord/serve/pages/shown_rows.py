"""The rows of one article in words, as its margin and the review show them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from onrecord.export.event_overviews import EventFinder
from onrecord.export.overviews import amount_of, missing_of, position_of
from onrecord.export.parties import PartyFinder
from onrecord.records import Column, Reading, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A row of the record in words, as the margin of an article shows it."""

    address: Annotated[str, Column("Where it opens on the page: `#` and this.")]
    kind: Annotated[
        str,
        Column("statement, event, control claim, commitment, place, time, figure; entity."),
    ]
    id: Annotated[str, Column("Id of the row.")]
    head: Annotated[str, Column("What it is: the act, the type, the name.")]
    who: Annotated[str | None, Column("Who says, does or holds it, in words.")]
    words: Annotated[str, Column("Its words in the text.")]
    facts: Annotated[Mapping[str, Any], Column("What else is known, by name.")]
    asserter: Annotated[str | None, Column("On whose word; null for the outlet itself.")]
    parent: Annotated[str | None, Column("Address of the statement that it stands in.")]
    depth: Annotated[int, Column("Statements around it.")]
    actor: Annotated[str | None, Column("Id of the actor across articles, of who.")]
    claim: Annotated[str | None, Column("Id of the claim that other articles speak about too.")]
    is_disputed: Annotated[bool, Column("Whether that claim is disputed.")]
    probability: Annotated[float | None, Column("That the row is right.", unit="0 to 1")]


class RowFinder:
    """Puts the rows of one reading into words."""

    def __init__(
        self,
        reading: Reading,
        actors: Mapping[str, str],
        claims: Mapping[str, tuple[str, bool]],
    ) -> None:
        self._reading, self._actors, self._claims = reading, actors, claims
        self._parties, self._events = PartyFinder(reading), EventFinder(reading)
        self._mentions = {row.id: row.span for row in reading.mentions or ()}
        self._statements_by_id = {row.id: row for row in reading.statements or ()}

    def rows(self) -> list[ShownRow]:
        """All of them, in text order within their kinds."""
        found: list[ShownRow] = []
        for kind in (
            *(self._statements, self._of_events, self._control, self._terms),
            *(self._places, self._times, self._figures),
        ):
            rows = sorted(kind(), key=lambda one: (one[0].start, -one[0].end))
            found += [row for _, row in rows]
        return found

    def entities(self) -> Iterator[ShownRow]:
        """Who and what is named, which the margin of an article leaves out."""
        for row in self._reading.entities or ():
            spans = [self._mentions[one] for one in row.mentions if one in self._mentions]
            names = dict.fromkeys(self._reading.text_of(span) for span in spans)
            facts = {"kind": row.kind.value, "code": row.actor, "country": row.country}
            yield self._shown(
                "n", "entity", row.id, head=row.name, words="; ".join(names), facts=facts
            )

    def _shown(self, mark: str, kind: str, row_id: str, **values: Any) -> ShownRow:
        claim, is_disputed = self._claims.get(row_id, (None, False))
        asserted_by = values.pop("asserted_by", None)
        plain: dict[str, Any] = {
            "who": None,
            "asserter": None,
            "parent": None if asserted_by is None else f"s-{asserted_by}",
            "depth": self._depth_in(asserted_by),
            "actor": None,
            "probability": None,
        }
        values["facts"] = {name: value for name, value in values["facts"].items() if value}
        return ShownRow(
            address=f"{mark}-{row_id}",
            kind=kind,
            id=row_id,
            claim=claim,
            is_disputed=is_disputed,
            **(plain | values),
        )

    def _statements(self) -> Iterator[tuple[Span, ShownRow]]:
        for row in self._reading.statements or ():
            parties = self._parties.of(row)
            facts = {
                "to": parties.addressee,
                "through": parties.medium,
                "said on": parties.time,
                "manner": row.manner.value,
                "cue": self._reading.text_of(row.cue),
            }
            head = row.act.value
            if row.polarity.value == "deny" and head != "deny":
                head = f"{head}, turned down"
            yield (
                row.content[0],
                self._shown(
                    "s",
                    "statement",
                    row.id,
                    head=head,
                    who=parties.speaker,
                    words=self._reading.text_of(row.content),
                    facts=facts,
                    asserted_by=row.parent,
                    asserter=self._asserter(row.parent),
                    actor=self._actors.get(row.speaker or ""),
                    probability=row.probability,
                ),
            )

    def _depth_in(self, statement: str | None) -> int:
        found = self._statements_by_id.get(statement or "")
        return 0 if found is None else found.depth + 1

    def _asserter(self, statement: str | None) -> str | None:
        """Who says what stands inside of a statement; None for the outlet."""
        found = self._statements_by_id.get(statement or "")
        return None if found is None else self._parties.of(found).speaker

    def _of_events(self) -> Iterator[tuple[Span, ShownRow]]:
        for row in self._reading.events or ():
            one = self._events.of(row)
            facts = {
                "where": one.place,
                "when": one.date,
                "factuality": row.factuality.value,
                "figures": one.amounts,
            }
            yield (
                row.trigger,
                self._shown(
                    "e",
                    "event",
                    row.id,
                    head=one.kind,
                    who=one.parties or None,
                    words=one.words,
                    facts=facts,
                    asserted_by=row.asserted_by,
                    asserter=one.asserter,
                    actor=self._actors.get(next(iter(row.actors), "")),
                    probability=row.probability,
                ),
            )

    def _control(self) -> Iterator[tuple[Span, ShownRow]]:
        for row in self._reading.control_claims or ():
            one = self._events.holds(row)
            facts = {"when": one.date, "factuality": row.factuality.value}
            yield (
                row.span,
                self._shown(
                    "k",
                    "control claim",
                    row.id,
                    head=f"{one.place}: {one.change}",
                    who=one.holder,
                    words=one.words,
                    facts=facts,
                    asserted_by=row.asserted_by,
                    asserter=one.asserter,
                    actor=self._actors.get(row.holder or ""),
                ),
            )

    def _terms(self) -> Iterator[tuple[Span, ShownRow]]:
        for row in self._reading.commitments or ():
            one = self._events.terms(row)
            facts = {
                "limits": "; ".join(one.limits),
                "dates": "; ".join(one.dates),
                "verification": "; ".join(one.verification),
            }
            yield (
                row.span,
                self._shown(
                    "c",
                    "commitment",
                    row.id,
                    head=one.instrument,
                    who=one.parties or None,
                    words=one.words,
                    facts=facts,
                    asserted_by=row.asserted_by,
                    asserter=one.asserter,
                ),
            )

    def _places(self) -> Iterator[tuple[Span, ShownRow]]:
        for row in self._reading.places or ():
            span = self._mentions.get(row.mention)
            if span is None:
                continue
            position = position_of(row)
            facts = {
                "country": row.country,
                "division": row.admin1,
                "position": position or missing_of(row),
                "precision": None if row.precision is None else row.precision.value,
            }
            words, probability = self._reading.text_of(span), row.probability if position else None
            yield (
                span,
                self._shown(
                    "p",
                    "place",
                    row.id,
                    head=row.name,
                    words=words,
                    facts=facts,
                    probability=probability,
                ),
            )

    def _times(self) -> Iterator[tuple[Span, ShownRow]]:
        for row in self._reading.times or ():
            words, head = self._reading.text_of(row.span), row.value or "no value"
            facts = {"type": row.type.value.lower()}
            yield row.span, self._shown("t", "time", row.id, head=head, words=words, facts=facts)

    def _figures(self) -> Iterator[tuple[Span, ShownRow]]:
        for row in self._reading.quantities or ():
            words, head = self._reading.text_of(row.span), amount_of(row)
            yield row.span, self._shown("q", "figure", row.id, head=head, words=words, facts={})
