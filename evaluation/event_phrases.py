"""Which words of a sentence stand for a code of PETRARCH's validation dictionaries.

A code is a nation, often with agents after it: ``GONGOV`` is Gondor's government. The
words are those of the actor dictionary whose code begins it (or stands in it, as in
``NGOARN``), and those of the agent dictionary whose codes make up the rest. ``---`` is
nobody.

Form of the dictionaries: ``NAME_ [CODE]``, ``+SYNONYM`` lines after a name, codes by date
on lines of their own (``[CODE <950601]``), ``NOUN {PLURALS} [~CODE]``; ``_`` and space
both part words, ``!SET!`` stands for any word of a set, ``#`` and ``<!--`` begin comments.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.entity_texts import Stretch
from evaluation.json_rows import decoded, digest_of, read_bytes

_NOBODY = re.compile(r"-{3}")
_CODE = re.compile(r"\[([^\]]*)\]")
_SET = re.compile(r"^(![A-Z]+!)\s*=\s*(.+)$")
# Letters of a name that more letters may follow are more than these.
_SHORTEST_STEM = 3
_COMMENT = re.compile(r"<!\s*--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class DatedCode:
    """A code and the days, YYYYMMDD, on which it holds, both included; "" is open."""

    code: str
    first: str = ""
    last: str = ""

    def holds(self, day: str) -> bool:
        """Whether it holds on a day."""
        return (not self.first or day >= self.first) and (not self.last or day <= self.last)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a dictionary, and the codes that they have."""

    pattern: re.Pattern[str]
    codes: tuple[DatedCode, ...]

    def codes_on(self, day: str) -> tuple[str, ...]:
        """The codes on a day: dated ones if any holds, else those without dates."""
        dated = [own for own in self.codes if own.first or own.last]
        held = [own.code for own in dated if own.holds(day)]
        plain = [own.code for own in self.codes if own not in dated]
        return tuple(part for code in (held or plain) for part in code.split("/"))


@dataclass(frozen=True, slots=True)
class ActorPhrases:
    """The phrases of the two dictionaries; agents have codes without ``~``."""

    actors: tuple[Phrase, ...]
    agents: tuple[Phrase, ...]

    def places_of(self, code: str, text: str, day: str) -> tuple[Stretch, ...] | None:
        """Where the words of a code stand in a text, those of the actor first.

        Of several places those that an agent of the code stands closest to.

        Returns:
            None for a code that stands for nobody; () if no words of the text have it.
        """
        if code.startswith('"'):
            return tuple(_quoted(code, text))
        rest = _NOBODY.sub("", code)
        if not rest:
            return None
        is_named = rest == code
        actors, left = self._actor_places(rest, text, day) if is_named else ([], rest)
        if is_named and not actors:
            return ()
        agents = self._agent_places(left, text, day)
        if not actors:
            return tuple(own for places in agents for own in places)
        if agents:
            actors = [min(actors, key=lambda own: min(_gap(own, o) for o in agents[0]))]
        nearest = (min(places, key=lambda own: _gap(actors[0], own)) for places in agents)
        return tuple(dict.fromkeys([*actors, *nearest]))

    def _agent_places(self, code: str, text: str, day: str) -> list[list[Stretch]]:
        """For each agent whose code is part of a code, the longest words that have it."""
        places: dict[str, list[Stretch]] = {}
        for phrase in self.agents:
            for own in phrase.codes_on(day):
                if own and own in code:
                    places.setdefault(own, []).extend(_spans(phrase, text))
        return [_longest(own) for own in places.values() if own]

    def _actor_places(self, code: str, text: str, day: str) -> tuple[list[Stretch], str]:
        """Words whose code is the longest part of the code, and what is left of it."""
        best: list[Stretch] = []
        length = 0
        found = ""
        for span, phrase in self._actors_in(text):
            for own in phrase.codes_on(day):
                if own and own in code and len(own) >= length:
                    best = [*best, span] if len(own) == length else [span]
                    length, found = len(own), own
        return best, code.replace(found, "", 1) if found else code

    def _actors_in(self, text: str) -> list[tuple[Stretch, Phrase]]:
        """The actors of a text; where phrases overlap, the longest counts."""
        every = [(span, own) for own in self.actors for span in _spans(own, text)]
        kept = set(_longest([span for span, _ in every]))
        return [(span, own) for span, own in every if span in kept]


def _quoted(code: str, text: str) -> Iterator[Stretch]:
    """Where the words stand that a code without an actor quotes, possessives aside."""
    words = (re.escape(word) for word in code.strip('"').split())
    found = re.finditer(r"(?:['’]s)?\s+".join(words), text, re.IGNORECASE)
    return (own.span() for own in found)


def _gap(one: Stretch, other: Stretch) -> int:
    """Characters between two stretches."""
    return max(one[0], other[0]) - min(one[1], other[1])


def _spans(phrase: Phrase, text: str) -> Iterator[Stretch]:
    return (found.span() for found in phrase.pattern.finditer(text))


def _longest(spans: Sequence[Stretch]) -> list[Stretch]:
    """Spans that lie in no longer one, in text order."""
    return [
        own
        for own in sorted(set(spans))
        if not any(o != own and o[0] <= own[0] and own[1] <= o[1] for o in spans)
    ]


def load_phrases(folder: Path) -> tuple[ActorPhrases, list[str]]:
    """The dictionaries of a folder, and lines of their names and digests.

    Raises:
        FormError: One of them cannot be read.
    """
    read, digests = [], []
    for kind in ("actors", "agents"):
        path = folder / f"PETR.Validate.{kind}.txt"
        content = read_bytes(path)
        digests.append(f"{path.name} {digest_of(content)}\n")
        read.append(tuple(read_dictionary(decoded(content, path))))
    return ActorPhrases(*read), digests


def read_dictionary(content: str) -> Iterator[Phrase]:
    """The phrases of a dictionary of actors or of agents."""
    sets: dict[str, list[str]] = {}
    names: list[str] = []
    codes: list[DatedCode] = []
    for line in _lines(content):
        made = _SET.match(line)
        if made:
            sets[made.group(1)] = [word.strip() for word in made.group(2).split(",")]
            continue
        name = _CODE.sub("", line).strip()
        if name and not name.startswith("+"):
            yield from _phrases(names, codes, sets)
            names, codes = [], []
        if name:
            names += _forms(name.removeprefix("+"))
        codes += [own for given in _CODE.findall(line) for own in [_dated(given)]]
    yield from _phrases(names, codes, sets)


def _lines(content: str) -> Iterator[str]:
    for line in _COMMENT.sub("", content).splitlines():
        kept = line.split("#")[0].strip()
        if kept:
            yield kept


def _forms(name: str) -> list[str]:
    """A name and the plurals in braces after it; without braces, the one with -S."""
    singular, brace, plurals = name.partition("{")
    forms = [singular.strip()]
    return [*forms, *(p.strip() for p in plurals.rstrip("} ").split(",") if brace and p.strip())]


def _dated(given: str) -> DatedCode:
    """A code with the days on which it holds.

    >>> _dated("HOB < 950601"), _dated("HOBGOV 20121109-20130119").last
    (DatedCode(code='HOB', first='', last='19950601'), '20130119')
    """
    code, _, when = given.strip().partition(" ")
    when = when.replace(" ", "")
    numbers = [_day(number) for number in re.findall(r"\d+", when)]
    if not numbers:
        return DatedCode(given.strip())
    if when.startswith("<"):
        return DatedCode(code, "", numbers[0])
    if when.startswith(">"):
        return DatedCode(code, numbers[0], "")
    return DatedCode(code, numbers[0], numbers[-1])


def _day(number: str) -> str:
    if len(number) == 8:
        return number
    return ("20" if int(number[:2]) < 30 else "19") + number


def _phrases(
    names: Sequence[str], codes: Sequence[DatedCode], sets: dict[str, list[str]]
) -> Iterator[Phrase]:
    is_actor = not any("~" in own.code for own in codes)
    plain = tuple(DatedCode(own.code.replace("~", ""), own.first, own.last) for own in codes)
    for name in names if codes else ():
        yield Phrase(_pattern(name, sets, is_actor=is_actor), plain)


def _pattern(name: str, sets: dict[str, list[str]], *, is_actor: bool) -> re.Pattern[str]:
    """Words in any case; of one that stands alone more letters may follow.

    BULGAR is Bulgaria too, but AU of THE_AU is not Australia, and a name that ends with
    ``_`` is whole.
    """
    words = []
    for word in re.split(r"[_\s]+", name.strip("_ ")):
        choices = [word]
        for key, members in sets.items():
            if key in word:
                choices = [word.replace(key, member) for member in members]
        words.append("|".join(re.escape(own) for own in choices))
    is_stem = len(words) == 1 and len(words[0]) > _SHORTEST_STEM and not name.endswith("_")
    ends = r"\w*" if is_stem and is_actor else r"s?\b"
    return re.compile(
        r"(?<!\w)" + r"[\s_-]+".join(f"(?:{own})" for own in words) + ends, re.IGNORECASE
    )
