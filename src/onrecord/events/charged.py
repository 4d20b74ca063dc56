"""Statements whose deeds nobody else vouches for: charges, claims of a deed, what is demanded.

Of "the envoy blamed Arland for the raid", "rebels claimed responsibility for the raid" and
"their demands include the release of two clerks" the outlet says only who says so; by the words
of the record who says it asserts the deed. The network, which weighs whether the outlet vouches
for a deed as well ("she criticised the raid"), is not asked then.
"""

import functools
import re
from typing import Final

from onrecord.events.forms import noun_forms, verb_forms
from onrecord.records import Polarity, Statement, joined_text

_CHARGING: Final = "accuse blame allege fault implicate"
# A cue of one of these and no verb is a noun that reports: "their demands include", "calls for".
_NOUNS: Final = (
    "accusation allegation charge indictment appeal call demand instruction order petition plea "
    "proposal recommendation request"
)
_BESIDE_NOUNS: Final = frozenset(
    "a an the of for that to by from in on are is was were be been being not".split()
)
_WORD: Final = re.compile(r"[^\W\d_]+")
# "the dockers' demand", not "the dockers demand".
_OWNING: Final = ("'s", "’s", "s'", "s’")
_OWNERS: Final = frozenset("my our your his her its their".split())
_FIRST_WORDS: Final = 3


def is_charge(text: str, statement: Statement) -> bool:
    """Whether all that a statement tells of is told on the word of its speaker alone.

    Args:
        text: The document's.
        statement: Whose content holds a trigger.
    """
    if statement.polarity is Polarity.DENY:
        return False
    words = _words_of(joined_text(statement.cue, text))
    if statement.source and not _charging().isdisjoint(words):
        return True
    if not _claiming().isdisjoint(words):
        said = _words_of(joined_text(statement.content, text)[:80])[:_FIRST_WORDS]
        return "responsibility" in (*words, *said)
    source = joined_text(statement.source, text).lower()
    is_owned = not source or source.endswith(_OWNING) or source in _OWNERS
    return _is_noun(words) and (is_owned or not _including().isdisjoint(words))


def _is_noun(words: tuple[str, ...]) -> bool:
    """Whether a cue is a noun that reports, and no verb that does."""
    others = set(words) - _reporting()
    return len(others) < len(set(words)) and others <= _BESIDE_NOUNS | _including()


@functools.lru_cache(maxsize=4096)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


@functools.cache
def _reporting() -> frozenset[str]:
    return frozenset(form for noun in _NOUNS.split() for form in noun_forms(noun))


@functools.cache
def _charging() -> frozenset[str]:
    nouns = (form for noun in ("allegation", "accusation") for form in noun_forms(noun))
    return frozenset((*nouns, *(form for verb in _CHARGING.split() for form in verb_forms(verb))))


@functools.cache
def _claiming() -> frozenset[str]:
    return frozenset((*verb_forms("claim"), *verb_forms("take"), *verb_forms("accept")))


@functools.cache
def _including() -> frozenset[str]:
    return frozenset(verb_forms("include"))
