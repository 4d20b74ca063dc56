"""Finer kinds by the head word: weapons, instruments such as treaties, facilities, events.

The corpora mark few of them, so that the head for names knows little of them.
"""

import functools
import tomllib
from importlib import resources
from typing import Final

from onrecord.entities.forms import NAME
from onrecord.records import Kind

# Kinds of the head for names that a word of the table may change, by what it says.
_OPEN: Final = {
    Kind.WEAPON: frozenset((Kind.OTHER, Kind.INSTRUMENT, Kind.EVENT)),
    Kind.INSTRUMENT: frozenset((Kind.OTHER, Kind.WEAPON, Kind.EVENT)),
    Kind.FACILITY: frozenset((Kind.PLACE, Kind.OTHER)),
    Kind.EVENT: frozenset((Kind.OTHER, Kind.WEAPON, Kind.INSTRUMENT)),
    Kind.ORGANIZATION: frozenset(),
}
# Types of mentions, where nothing is named, that a word may be of.
_TYPES: Final = {
    Kind.WEAPON: frozenset(("object", "abstract")),
    Kind.INSTRUMENT: frozenset(("object", "abstract", "event")),
    Kind.FACILITY: frozenset(("place", "object")),
    Kind.EVENT: frozenset(),
    Kind.ORGANIZATION: frozenset(("person", "organization")),
}


@functools.cache
def _table() -> tuple[dict[str, Kind], dict[str, Kind]]:
    """Words of descriptions and names, and words of names alone."""
    path = resources.files("onrecord.entities").joinpath("kinds.toml")
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    both = {w: Kind(kind) for kind, own in given.items() for w in own.get("words", "").split()}
    named = {w: Kind(kind) for kind, own in given.items() for w in own.get("named", "").split()}
    return both, named


@functools.lru_cache(maxsize=8192)
def kind_of_word(head: str, *, is_named: bool) -> Kind | None:
    """What a head word in lower case tells, in the singular or the plural."""
    both, named = _table()
    for word in (head, *_singulars(head)):
        kind = both.get(word) or (named.get(word) if is_named else None)
        if kind is not None:
            return kind
    return None


def _singulars(word: str) -> tuple[str, ...]:
    if word.endswith("ies"):
        return (word[:-3] + "y",)
    return word.removesuffix("s"), word.removesuffix("es")


def refined(kind: Kind | None, head: str, mention_type: str, form: int) -> Kind | None:
    """The kind of a mention with this head word.

    Args:
        kind: Of the head for names; None of what is no name.
        head: Head word in lower case.
        mention_type: One of ``TYPES``.
        form: Index into ``FORMS``.
    """
    is_named = kind is not None
    told = kind_of_word(head, is_named=is_named)
    if told is None:
        return kind
    if kind is None:
        return told if form != NAME and mention_type in _TYPES[told] else None
    return told if kind in _OPEN[told] else kind
