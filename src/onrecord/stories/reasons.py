"""Why a document is in a story, in words: what it shares with the documents there."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from onrecord.records import Kind, Reading
from onrecord.stories.groups import Group
from onrecord.stories.traits import N_BAGS, Bag, Traits, days_in, term_id
from onrecord.stories.words import term_of, tokens_in

_MOST: Final = 6
_NO_NAMES: Final = frozenset({Kind.PLACE, Kind.NATIONALITY})


def shared_with(reading: Reading, traits: Traits, story: Group) -> dict[str, Any]:
    """Names, places, days and words of a document that a story has too, the most telling first."""
    shared = _shared_weights(traits, story)
    return {
        "names": _first(_names(reading, shared)),
        "places": _first(
            place.name
            for place in reading.places or ()
            if place.geonames_id and term_id(Bag.PLACES, str(place.geonames_id)) in shared
        ),
        "days": _first(day for day in days_in(reading) if term_id(Bag.DAYS, day) in shared),
        "words": _first(_words(reading, shared)),
    }


def _shared_weights(traits: Traits, story: Group) -> dict[int, float]:
    """Weights of the terms that both have, by their numbers."""
    products_U = story.weights_of(traits) * story.sums_U
    return {
        int(own): float(weight)
        for own, weight in zip(story.ids_U, products_U, strict=True)
        if weight > 0
    }


def _names(reading: Reading, shared: dict[int, float]) -> Iterator[str]:
    for entity in reading.entities or ():
        words = [term_of(word) for _, word in tokens_in(entity.name)]
        if entity.kind not in _NO_NAMES and any(
            term_id(Bag.NAMES, word) in shared for word in words
        ):
            yield entity.name


def _words(reading: Reading, shared: dict[int, float]) -> list[str]:
    """The heaviest words that both have, as they are first written."""
    words = [own for own in shared if own & (N_BAGS - 1) == Bag.WORDS]
    best = sorted(words, key=lambda own: (-shared[own], own))[:_MOST]
    written: dict[int, str] = {}
    for _, word in tokens_in(reading.document.text):
        own = term_id(Bag.WORDS, term_of(word))
        if own in best and own not in written:
            written[own] = word
            if len(written) == len(best):
                break
    return [written[own] for own in best if own in written]


def _first(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))[:_MOST]
