"""To whom and through what a statement was made: addressee and medium.

They stand in the cue ("told reporters", "admitted to the Herald") or between it and
the content. Word lists are in `listeners.toml`.
"""

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.statements.cues import noun_forms, verb_forms

# Where a noun phrase ends: a clause, a time, another preposition.
_STOP = re.compile(
    r"\s+(?:that|to|in|on|at|by|during|after|before|when|while|as|for|about|from|who|which|"
    r"last|this|earlier|later|yesterday|today|tomorrow|monday|tuesday|wednesday|thursday|"
    r"friday|saturday|sunday|following|via|through|not|if|whether|how|why|what|and then|"
    r"against|because|but|with)\b"
    r"|[,;:.!?\"“”—–(\r\n]",
    re.IGNORECASE,
)
# Pronouns of things and of speakers, and prepositions: no listener begins with them.
_NO_LISTENER = re.compile(
    r"(?:in|on|at|by|for|of|about|from|during|after|before|as|to|not|never|it|that|this|so"
    r"|themselves|himself|herself|itself|he|she|they|we|i|there)\b",
    re.IGNORECASE,
)
_ON_SOMETHING = re.compile(
    r"\b(?:on|via|through|by|in|over|for)\s+(?=(?:an?\s+|the\s+|(?:his|her|its|their)\s+)?[^\W\d_])",
    re.IGNORECASE,
)
_DETERMINER = re.compile(
    r"(?:the|an?|his|her|its|their|our|my|this|that|state|own|daily|weekly)\s+", re.IGNORECASE
)
_OBJECT_TO = re.compile(
    r"(?P<object>(?:[^\W_][\w’'.-]*[ \t\u00a0]+){1,6}?)(?:not[ \t]+)?to[ \t]+[a-z]+"
)
_ANY_WORD = re.compile(r"\w+")
_MAX_PHRASE_CHARS = 120


@dataclass(frozen=True, slots=True)
class Listeners:
    """Spans, as [start, end) in the words that were read; None when not named."""

    addressee: tuple[int, int] | None
    medium: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class _Lists:
    """What `listeners.toml` holds, as sets and patterns; with each pattern its first words."""

    names: frozenset[str]
    nouns: frozenset[str]
    people: frozenset[str]
    tells: re.Pattern[str]
    telling: frozenset[str]
    says_to: re.Pattern[str]
    saying: frozenset[str]


@functools.cache
def _lists() -> _Lists:
    path = importlib.resources.files("onrecord.statements") / "listeners.toml"
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    tells = [form for verb in given["tells"].split() for form in verb_forms(verb)]
    telling = set(tells)
    for pair in given["tells_with"].split():
        verb, preposition = pair.split("-")
        tells += [rf"{form}\s+{preposition}" for form in verb_forms(verb)]
        telling.update(verb_forms(verb))
    says = [form for verb in given["says_to"].split() for form in verb_forms(verb)]
    says += [form for noun in given["says_to_nouns"].split() for form in noun_forms(noun)]
    return _Lists(
        frozenset(name.replace("-", " ") for name in given["names"].split()) | {"al-jazeera"},
        frozenset(given["nouns"].split()),
        frozenset(given["people"].split()),
        re.compile(rf"\b(?:{_any(tells)})\s+", re.IGNORECASE),
        frozenset(telling),
        re.compile(rf"\b(?:{_any(says)})\s+(?:to|with)\s+", re.IGNORECASE),
        frozenset(says),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(set(words), key=lambda w: (-len(w), w)))


def is_medium(words: str) -> bool:
    """Whether words name what carries news: a newspaper, a broadcaster, a platform.

    >>> is_medium("the Ardal Herald"), is_medium("reporters"), is_medium("Herald reporters")
    (True, False, False)
    """
    known = _lists()
    found = re.findall(r"[^\W_]+(?:[-’'/][^\W_]+)*", words.lower())
    if not found or known.people.intersection(found):
        return False
    plain = " ".join(found)
    if _DETERMINER.sub("", plain) in known.names or any(word in known.names for word in found):
        return True
    common = {w for w in found if w in known.nouns}
    return bool(common) and (len(found) > 1 or found[-1] in known.nouns)


def find_listeners(words: str) -> Listeners:
    """Addressee and medium named in a cue and the words after it.

    >>> find_listeners("told the Ardal Herald").medium
    (5, 21)
    >>> find_listeners("told top generals").addressee
    (5, 17)
    """
    addressee: tuple[int, int] | None = None
    medium: tuple[int, int] | None = None
    known, given = _lists(), _ANY_WORD.findall(words.lower())
    for pattern, first in ((known.tells, known.telling), (known.says_to, known.saying)):
        # Most words have no such verb, and to look for one word is faster than for a pattern.
        if first.isdisjoint(given):
            continue
        for match in pattern.finditer(words):
            span = _phrase(words, match.end())
            if span is None:
                continue
            if is_medium(words[slice(*span)]):
                medium = medium or _trimmed(words, span)
            elif pattern is known.tells or not _is_verb(words[slice(*span)]):
                addressee = addressee or span
    if medium is None:
        medium = _medium_of_preposition(words, addressee)
    return Listeners(addressee, medium)


def find_object(cue: str, content: str) -> tuple[int, int] | None:
    """The listener at the start of a content: "urged" [the council to wait].

    >>> find_object("urged", "the council to wait")
    (0, 11)
    """
    match = _OBJECT_TO.match(content)
    if match is None or not _lists().tells.search(f"{cue} "):
        return None
    phrase = match["object"].rstrip()
    is_plain = _phrase(phrase, 0) == (0, len(phrase))
    return (0, len(phrase)) if is_plain and not is_medium(phrase) else None


def _is_verb(phrase: str) -> bool:
    """Whether "to" began an infinitive that can be told from a name: "spoke to be heard"."""
    return phrase.split(maxsplit=1)[0] in {"do", "be", "have", "make", "say", "get"}


def _medium_of_preposition(words: str, addressee: tuple[int, int] | None) -> tuple[int, int] | None:
    """The medium after "on", "in", "via" and the like: "wrote on Twitter"."""
    for match in _ON_SOMETHING.finditer(words):
        span = _phrase(words, match.end())
        if span and span != addressee and is_medium(words[slice(*span)]):
            return _trimmed(words, span)
    return None


def _trimmed(words: str, span: tuple[int, int]) -> tuple[int, int]:
    """A medium without plain words behind its name: "Telegram [accusing]"."""
    start, end = span
    while True:
        shorter, _, last = words[start:end].rpartition(" ")
        if not last.islower() or last in _lists().nouns or not is_medium(shorter):
            return start, end
        end = start + len(shorter.rstrip())


def _phrase(words: str, start: int) -> tuple[int, int] | None:
    """The noun phrase that begins here, or None when it is a pronoun for a thing, or nothing."""
    stop = _STOP.search(words, start)
    end = stop.start() if stop else len(words)
    while end > start and words[end - 1].isspace():
        end -= 1
    phrase = words[start:end]
    if not phrase or _NO_LISTENER.match(phrase) or not phrase[0].isalpha():
        return None
    return None if len(phrase) > _MAX_PHRASE_CHARS else (start, end)
