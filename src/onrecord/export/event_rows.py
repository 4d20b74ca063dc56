"""Events as flat rows with the columns that users of event data know, and who asserts them.

`EventRow` is the one place where the columns are written; the guide to events explains each of
them and every code. Tables are written in `event_tables`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from onrecord.export.event_codes import cow_of, intensity_of, quad_of
from onrecord.export.event_days import days_of
from onrecord.export.overviews import amount_of
from onrecord.records import Column, Entity, Event, Place, Precision, Reading, Span, Statement

_Texts = tuple[str, ...]
_Numbers = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One mention of a happening, with all that the record knows of it.

    The lists of the actors are as long as each other, and so are those of the recipients: what
    is not known of one of them is "".
    """

    event_id: Annotated[str, Column("Id of the event.")]
    happening: Annotated[
        str | None, Column("Id shared by all mentions of one happening in the document.")
    ]
    event_date: Annotated[str | None, Column("When, as far as it is known.", unit="TIMEX3")]
    event_date_first: Annotated[
        str | None, Column("First day that the date covers.", unit="ISO 8601")
    ]
    event_date_last: Annotated[
        str | None, Column("Last day that the date covers.", unit="ISO 8601")
    ]
    event_date_basis: Annotated[
        str | None, Column("Whether words of the text or the publication give the date.")
    ]
    event_type: Annotated[str, Column("PLOVER's type.")]
    event_mode: Annotated[str | None, Column("PLOVER's mode.")]
    intensity: Annotated[float, Column("How cooperative it is.", unit="-10 to 10")]
    quad_code: Annotated[int, Column("Number of its class.", unit="1 to 4")]
    quad_category: Annotated[str, Column("Verbal or material, cooperation or conflict.")]
    factuality: Annotated[str, Column("Whether it happened, in the asserter's view.")]
    asserter: Annotated[str, Column("'outlet', or 'speaker' where a statement reports it.")]
    asserter_speaker: Annotated[str | None, Column("Who asserts it, if it is not the outlet.")]
    asserter_code: Annotated[str | None, Column("Country and sector of the speaker.")]
    asserter_act: Annotated[str | None, Column("What the speaker does by the statement.")]
    asserter_polarity: Annotated[
        str | None, Column("Whether the statement turns its content down.")
    ]
    asserter_chain: Annotated[
        _Texts, Column("Who reports whom, from the outlet's own source to the speaker.")
    ]
    actor_name: Annotated[_Texts, Column("Who did it.")]
    actor_code: Annotated[_Texts, Column("Country and sectors of each actor.")]
    actor_country: Annotated[
        _Texts, Column("Country of each actor, or IGO, NGO, MNC, UNK.", unit="ISO 3166-1 alpha-3")
    ]
    actor_cow: Annotated[_Texts, Column("Correlates of War number of the country.")]
    actor_primary_sector: Annotated[_Texts, Column("First sector of each actor.")]
    actor_sectors: Annotated[_Texts, Column("All sectors of each actor.")]
    actor_name_raw: Annotated[_Texts, Column("Its words nearest to the trigger.")]
    recipient_name: Annotated[_Texts, Column("To whom it was done.")]
    recipient_code: Annotated[_Texts, Column("Country and sectors of each recipient.")]
    recipient_country: Annotated[
        _Texts,
        Column("Country of each recipient, or IGO, NGO, MNC, UNK.", unit="ISO 3166-1 alpha-3"),
    ]
    recipient_cow: Annotated[_Texts, Column("Correlates of War number of the country.")]
    recipient_primary_sector: Annotated[_Texts, Column("First sector of each recipient.")]
    recipient_sectors: Annotated[_Texts, Column("All sectors of each recipient.")]
    recipient_name_raw: Annotated[_Texts, Column("Its words nearest to the trigger.")]
    place_name: Annotated[str | None, Column("Where, as the gazetteer has it, else as written.")]
    place_name_raw: Annotated[str | None, Column("Where, in the words of the text.")]
    city: Annotated[str | None, Column("The place, if it is a settlement.")]
    district: Annotated[str | None, Column("The place, if it is a district.")]
    province: Annotated[str | None, Column("First-level division.")]
    country: Annotated[str | None, Column("Country of the place.", unit="ISO 3166-1 alpha-3")]
    latitude: Annotated[float | None, Column("Latitude.", unit="degrees, WGS 84")]
    longitude: Annotated[float | None, Column("Longitude.", unit="degrees, WGS 84")]
    geonames_id: Annotated[int | None, Column("Number of the place in GeoNames.")]
    place_precision: Annotated[str | None, Column("What the position stands for.")]
    quantities: Annotated[_Texts, Column("Its figures, with comparator and unit.")]
    quantities_raw: Annotated[_Texts, Column("The words of each figure.")]
    trigger: Annotated[str, Column("The word that names the happening.")]
    trigger_start: Annotated[int, Column("Where the trigger begins.", unit="code point")]
    trigger_end: Annotated[int, Column("Where it ends, not included.", unit="code point")]
    date_start: Annotated[int | None, Column("Where the words of the date begin.")]
    date_end: Annotated[int | None, Column("Where they end.")]
    actor_start: Annotated[_Numbers, Column("Where the raw name of each actor begins.")]
    actor_end: Annotated[_Numbers, Column("Where it ends.")]
    recipient_start: Annotated[_Numbers, Column("Where the raw name of each recipient begins.")]
    recipient_end: Annotated[_Numbers, Column("Where it ends.")]
    place_start: Annotated[int | None, Column("Where the raw name of the place begins.")]
    place_end: Annotated[int | None, Column("Where it ends.")]
    quantity_start: Annotated[_Numbers, Column("Where the words of each figure begin.")]
    quantity_end: Annotated[_Numbers, Column("Where they end.")]
    source_start: Annotated[int | None, Column("Where the source of the statement begins.")]
    source_end: Annotated[int | None, Column("Where its last fragment ends.")]
    cue_start: Annotated[int | None, Column("Where the cue of the statement begins.")]
    cue_end: Annotated[int | None, Column("Where its last fragment ends.")]
    content_start: Annotated[int | None, Column("Where the content of the statement begins.")]
    content_end: Annotated[int | None, Column("Where its last fragment ends.")]
    headline: Annotated[str | None, Column("Title of the article.")]
    outlet: Annotated[str | None, Column("Who published it.")]
    publication_date: Annotated[str | None, Column("When it was published.", unit="ISO 8601")]
    author: Annotated[str | None, Column("Who wrote it.")]
    url: Annotated[str | None, Column("Where it was published.")]
    language: Annotated[str | None, Column("Language of the text.", unit="ISO 639-1")]
    document_id: Annotated[str, Column("Id of the document.")]
    statement_id: Annotated[str | None, Column("Id of the statement that asserts it.")]
    probability: Annotated[float, Column("That this is such an event.", unit="0 to 1, an estimate")]
    software: Annotated[str, Column("Version of the software.")]
    run_id: Annotated[str, Column("Id of the versions, weights and settings behind it.")]


def event_rows(reading: Reading) -> Iterator[EventRow]:
    """A row for each event, in the order of the record."""
    maker = _Rows(reading)
    return (maker.of(event) for event in reading.events or ())


class _Rows:
    """Looks up what the events of one reading name."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._entities = {row.id: row for row in reading.entities or ()}
        self._spans = {row.id: row.span for row in reading.mentions or ()}
        self._places = {row.id: row for row in reading.places or ()}
        self._quantities = {row.id: row for row in reading.quantities or ()}
        self._statements = {row.id: row for row in reading.statements or ()}

    def of(self, event: Event) -> EventRow:
        reading, document = self._reading, self._reading.document
        quad_code, quad_category = quad_of(event.type)
        return EventRow(
            event_id=event.id,
            happening=event.happening or None,
            event_type=event.type.value,
            event_mode=event.mode,
            intensity=intensity_of(event.type, event.mode),
            quad_code=quad_code,
            quad_category=quad_category,
            factuality=event.factuality.value,
            trigger=reading.text_of(event.trigger),
            trigger_start=event.trigger.start,
            trigger_end=event.trigger.end,
            headline=document.title,
            outlet=document.outlet,
            publication_date=document.published,
            author=document.author,
            url=document.url,
            language=document.language,
            document_id=document.id,
            probability=event.probability,
            software=reading.run.software,
            run_id=reading.run.id,
            **_date_columns(event),
            **self._asserter_columns(event.asserted_by),
            **self._party_columns("actor", event.actors, event.trigger),
            **self._party_columns("recipient", event.recipients, event.trigger),
            **self._place_columns(self._places.get(event.place or "")),
            **self._quantity_columns(event.quantities),
        )

    def _asserter_columns(self, row_id: str | None) -> dict[str, Any]:
        """Who asserts it; of a statement that has no row only the id is known."""
        statement = self._statements.get(row_id or "")
        columns: dict[str, Any] = {
            "asserter": "outlet" if row_id is None else "speaker",
            "statement_id": row_id,
            "asserter_speaker": None,
            "asserter_code": None,
            "asserter_act": None,
            "asserter_polarity": None,
            "asserter_chain": (),
            **_ends("source", ()),
            **_ends("cue", ()),
            **_ends("content", ()),
        }
        if statement is None:
            return columns
        speaker = self._entities.get(statement.speaker or "")
        return columns | {
            "asserter_speaker": self._speaker(statement) or None,
            "asserter_code": None if speaker is None else speaker.actor,
            "asserter_act": statement.act.value,
            "asserter_polarity": statement.polarity.value,
            "asserter_chain": tuple(self._speaker(one) for one in self._chain(statement)),
            **_ends("source", statement.source),
            **_ends("cue", statement.cue),
            **_ends("content", statement.content),
        }

    def _speaker(self, statement: Statement) -> str:
        """Name of the speaker, else the words of the source."""
        entity = self._entities.get(statement.speaker or "")
        return self._reading.text_of(statement.source) if entity is None else entity.name

    def _chain(self, statement: Statement) -> list[Statement]:
        """The statement and those that report it, the outermost first."""
        chain = {statement.id: statement}
        while (above := self._statements.get(statement.parent or "")) and above.id not in chain:
            chain[above.id] = statement = above
        return list(reversed(chain.values()))

    def _party_columns(self, role: str, row_ids: Sequence[str], trigger: Span) -> dict[str, Any]:
        parties = []
        for entity in (self._entities.get(row_id) for row_id in row_ids):
            span = None if entity is None else self._nearest(entity, trigger)
            if entity is not None and span is not None:
                parties.append((entity, span))
        codes = [(entity.actor or "").split(".") for entity, _ in parties]
        countries = [
            code[0] or entity.country or ""
            for code, (entity, _) in zip(codes, parties, strict=True)
        ]
        columns: dict[str, list[Any]] = {
            "name": [entity.name for entity, _ in parties],
            "code": [entity.actor or "" for entity, _ in parties],
            "country": countries,
            "cow": [cow_of(country) for country in countries],
            "primary_sector": ["".join(code[1:2]) for code in codes],
            "sectors": [".".join(code[1:]) for code in codes],
            "name_raw": [self._reading.text_of(span) for _, span in parties],
            "start": [span.start for _, span in parties],
            "end": [span.end for _, span in parties],
        }
        return {f"{role}_{name}": tuple(values) for name, values in columns.items()}

    def _nearest(self, entity: Entity, trigger: Span) -> Span | None:
        """The mention of an entity that stands nearest to the trigger."""
        spans = [self._spans[row_id] for row_id in entity.mentions if row_id in self._spans]
        return min(spans, key=lambda span: (_gap(span, trigger), span), default=None)

    def _place_columns(self, place: Place | None) -> dict[str, Any]:
        span = None if place is None else self._spans.get(place.mention)
        kind = None if place is None else place.precision
        name = None if place is None else place.name
        province = name if kind is Precision.REGION else None
        return {
            "place_name": name,
            "place_name_raw": None if span is None else self._reading.text_of(span),
            "city": name if kind is Precision.SETTLEMENT else None,
            "district": name if kind is Precision.DISTRICT else None,
            "province": province if place is None else place.admin1 or province,
            "country": None if place is None else place.country,
            "latitude": None if place is None else place.lat,
            "longitude": None if place is None else place.lon,
            "geonames_id": None if place is None else place.geonames_id,
            "place_precision": None if kind is None else kind.value,
            **_ends("place", () if span is None else (span,)),
        }

    def _quantity_columns(self, row_ids: Sequence[str]) -> dict[str, Any]:
        found = [self._quantities[row_id] for row_id in row_ids if row_id in self._quantities]
        return {
            "quantities": tuple(amount_of(quantity) for quantity in found),
            "quantities_raw": tuple(self._reading.text_of(one.span) for one in found),
            "quantity_start": tuple(quantity.span.start for quantity in found),
            "quantity_end": tuple(quantity.span.end for quantity in found),
        }


def _date_columns(event: Event) -> dict[str, Any]:
    date = event.date
    first, last = (None, None) if date is None else days_of(date.value)
    basis = None
    if date is not None:
        basis = "publication" if date.span is None else "text"
    return {
        "event_date": None if date is None else date.value,
        "event_date_first": first,
        "event_date_last": last,
        "event_date_basis": basis,
        **_ends("date", () if date is None or date.span is None else (date.span,)),
    }


def _ends(name: str, spans: Sequence[Span]) -> dict[str, int | None]:
    """Where the first of some fragments begins and the last of them ends."""
    return {
        f"{name}_start": spans[0].start if spans else None,
        f"{name}_end": spans[-1].end if spans else None,
    }


def _gap(span: Span, other: Span) -> int:
    """Signs between two spans; 0 if they touch or overlap."""
    return max(0, span.start - other.end, other.start - span.end)
