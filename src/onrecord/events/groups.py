"""Which events of a document are one happening, told several times, and what they share.

A later mention leaves out what an earlier one has said: "the attack" takes place, date and
recipients of the attack that it goes back to; actors only on the same word.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Final

from onrecord.events.forms import lemmas_of
from onrecord.events.happenings import Happening
from onrecord.events.texts import EventText
from onrecord.records import Event, EventType, Factuality, content_id

# Events of one type that are compared with those before; a text with more of them is no news.
_MOST: Final = 60
_POINTING: Final = frozenset(("the", "this", "that", "these", "those", "such"))
_GENERAL: Final = frozenset(
    "attack assault incident violence operation raid strike protest demonstration meeting talk "
    "deal agreement measure move arrest killing".split()
)
_NEW: Final = frozenset(("a", "an", "another", "other", "new", "further", "any", "no", "more"))
_TELLING: Final = _POINTING | _NEW


def with_happenings(
    events: Sequence[Event], text: EventText, told: Mapping[str, Happening]
) -> list[Event]:
    """The events, each with the id of its happening, which the first mention gives.

    Args:
        events: In text order.
        text: Where they stand.
        told: The happening of each event, by its id.
    """
    out: list[Event] = []
    first: list[int] = []
    by_type: dict[str, list[int]] = {}
    for number, event in enumerate(events):
        before = by_type.setdefault(event.type, [])
        own = told.get(event.id)
        same = next(
            (n for n in reversed(before[-_MOST:]) if is_same(out[n], event, text, own)), number
        )
        group = first[same] if same != number else number
        first.append(group)
        before.append(number)
        happening = content_id("happening", events[group].id)
        shared = event if same == number or own is None else _filled(event, out[same], own)
        out.append(dataclasses.replace(shared, happening=happening))
    return out


def is_same(one: Event, other: Event, text: EventText, own: Happening | None) -> bool:
    """Whether a later event can be, and is likely, the happening of an earlier one."""
    if not _may_be_one(one, other, text):
        return False
    before = _word_before(own)
    if before in _NEW:
        return False
    alike = _alike(one, other, text)
    shared = set(one.actors) & set(other.actors) or set(one.recipients) & set(other.recipients)
    if shared and (alike or before in _POINTING):
        return True
    dated = one.date and other.date and one.date.value == other.date.value
    if dated and one.place and other.place:
        return True
    if own is None or own.trigger.is_verb:
        return False
    # Protests of one text are mostly one: "the crowd gathered … in weeks of protests".
    bare = other.type is EventType.PROTEST and not other.actors and not other.recipients
    return alike or ((before in _POINTING or bare) and _is_general(other, text))


def _may_be_one(one: Event, other: Event, text: EventText) -> bool:
    """Whether nothing that is said of two events speaks against their being one."""
    return not (
        (one.factuality is Factuality.ACTUAL) != (other.factuality is Factuality.ACTUAL)
        or (one.mode and other.mode and one.mode != other.mode)
        or _differ(one.actors, other.actors)
        or _differ(one.recipients, other.recipients)
        or (one.date and other.date and not _dates_agree(one.date.value, other.date.value))
        or (one.place and other.place and _place(text, one.place) != _place(text, other.place))
    )


def _filled(event: Event, earlier: Event, own: Happening) -> Event:
    """The event with what the earlier mention has and this one leaves out."""
    changes: dict[str, object] = {}
    if event.place is None:
        changes["place"] = earlier.place
    if event.date is None:
        changes["date"] = earlier.date
    if event.mode is None:
        changes["mode"] = earlier.mode
    if not own.trigger.is_verb:
        if not event.recipients:
            changes["recipients"] = tuple(r for r in earlier.recipients if r not in event.actors)
        if not event.actors and earlier.asserted_by in {None, event.asserted_by}:
            changes["actors"] = tuple(a for a in earlier.actors if a not in event.recipients)
    return dataclasses.replace(event, **changes)  # type: ignore[arg-type]


def _differ(some: Sequence[str], others: Sequence[str]) -> bool:
    return bool(some) and bool(others) and not set(some) & set(others)


def _dates_agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _place(text: EventText, place: str) -> object:
    """What tells places apart: their number in the gazetteer, else their name."""
    own = text.places.get(place)
    return place if own is None else (own.geonames_id or own.name)


def _word_before(own: Happening | None) -> str:
    """The determiner of a noun: "the", "another"; empty if it has none."""
    if own is None or own.trigger.is_verb:
        return ""
    tree = own.sentence.tree
    for child in tree.all_children(own.word, "det", "amod"):
        if tree.words[child] in _TELLING:
            return tree.words[child]
    return ""


def _is_general(event: Event, text: EventText) -> bool:
    """Whether the trigger is a word for many happenings of its type: "the attack"."""
    return not _GENERAL.isdisjoint(_lemmas(event, text))


def _alike(one: Event, other: Event, text: EventText) -> bool:
    """Whether both triggers are forms of one word."""
    return not set(_lemmas(one, text)).isdisjoint(_lemmas(other, text))


def _lemmas(event: Event, text: EventText) -> Sequence[str]:
    """What the last word of a trigger may be a form of."""
    return lemmas_of(event.trigger.text_in(text.text).lower().split()[-1])
