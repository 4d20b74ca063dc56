"""Readings with events, written by hand."""

import dataclasses
from collections.abc import Mapping, Sequence

from onrecord.records import Event, EventType, Factuality, Reading
from tests.evaluation.marked_texts import RUN, predicted_reading, words_at


def event_reading(
    text: str,
    entities: Mapping[str, tuple[str, ...]],
    *events: tuple[str, str, Sequence[str], Sequence[str]],
    codes: Mapping[str, str] | None = None,
    factuality: Factuality = Factuality.ACTUAL,
    url: str = "one",
) -> Reading:
    """A reading; an event is its type, trigger words, and entities on both sides."""
    plain = predicted_reading(text, entities=entities, url=url)
    rows = tuple(
        Event(
            id=f"e{number}",
            document=plain.document.id,
            trigger=words_at(text, trigger),
            type=EventType(kind),
            mode=None,
            actors=tuple(actors),
            recipients=tuple(recipients),
            place=None,
            date=None,
            factuality=factuality,
            asserted_by=None,
            quantities=(),
            probability=0.5,
            run=RUN.id,
        )
        for number, (kind, trigger, actors, recipients) in enumerate(events)
    )
    coded = tuple(
        dataclasses.replace(entity, actor=(codes or {}).get(entity.id))
        for entity in plain.entities or ()
    )
    return plain.replace(events=rows, entities=coded)
