"""What the words of one mention tell: whose it is, what it does, who it is by name.

"Russian Defence Minister Sergei Shoigu" has a nationality, a role and a person;
"spokesman for the Ukrainian army" has its country and sector behind a preposition.
"""

import functools
from dataclasses import dataclass, field

from onrecord.actors.knowledge import OF_COUNTRY, Entry, Knowledge, Sort
from onrecord.actors.names import DETERMINERS, Word, split_words

# Where a noun phrase goes on with another one, or ends.
_BREAKS = frozenset(
    "of in for from at to on with by against about near under over inside outside across "
    "between into onto during after before since who which that whose where when and or but "
    "as than is was are were has had will , ; : ( ) [ ] — –".split()
)
# Behind these stands whose, or of where, the head is.
_TELLING_BREAKS = frozenset("of in for from at ,".split())
_FORMER = frozenset(
    "former ex ex-president ex-minister ex-prime ousted deposed exiled ex-leader ex-spy "
    "ex-general ex-chief erstwhile onetime one-time ex-official ex-officials".split()
)
_EX = "ex-"
_ETHNIC = "ethnic"
_TITLES = frozenset(
    "mr mrs ms miss dr sir dame lord lady sheikh sheik mullah maulana hajj don dona prof "
    "professor herr frau monsieur madame comrade mister his her excellency hon honourable "
    "then acting interim new late current incumbent outgoing senior top deputy vice chief "
    "newly elected president-elect unnamed local two-term longtime long-time powerful".split()
)
_SUFFIXES = frozenset({"jr", "sr", "junior", "senior", "ii", "iii"})


@dataclass(frozen=True, slots=True)
class Part:
    """One known stretch of a phrase.

    Attributes:
        entries: Its meanings.
        n_segment: Which noun phrase of the mention it stands in, from 0.
        at: Its first word.
        end: The word after its last.
    """

    entries: tuple[Entry, ...]
    n_segment: int
    at: int
    end: int

    def of_sort(self, *sorts: Sort) -> Entry | None:
        """Its first meaning of one of these sorts."""
        return next((entry for entry in self.entries if entry.sort in sorts), None)

    @property
    def place(self) -> Entry | None:
        """Its meaning as a country or part of one, if it has no more telling one."""
        first = self.entries[0]
        return first if first.sort in OF_COUNTRY and not first.is_vague else None


@dataclass(slots=True, eq=False)
class Phrase:
    """A mention, taken apart.

    Attributes:
        words: All of its words.
        parts: What of it is known, in text order.
        breaks: The word with which each segment begins; empty for the first.
        is_former: It says that somebody no longer is what it names.
        unknown: Positions of words of the first segment that are not known.
        whole: The one part that it is made of, if it has nothing else.
    """

    words: list[Word]
    parts: list[Part] = field(default_factory=list)
    breaks: list[str] = field(default_factory=lambda: [""])
    is_former: bool = False
    unknown: list[int] = field(default_factory=list)
    whole: Part | None = None

    def segment(self, number: int) -> list[Part]:
        """Known parts of one segment."""
        return [part for part in self.parts if part.n_segment == number]

    def telling_parts(self) -> list[Part]:
        """Known parts behind prepositions that tell whose or of where the head is."""
        return [
            part
            for part in self.parts
            if part.n_segment and self.breaks[part.n_segment] in _TELLING_BREAKS
        ]

    @property
    def core(self) -> tuple[int, int]:
        """Its first word behind determiners, and the word after its last before 's."""
        start, end = 0, len(self.words)
        while start < end - 1 and self.words[start].key in DETERMINERS:
            start += 1
        while end > start + 1 and self.words[end - 1].key == "'s":
            end -= 1
        return start, end


@functools.lru_cache(maxsize=4096)
def read_phrase(text: str, knowledge: Knowledge) -> Phrase:
    """Take a mention apart; time is linear in the words of its beginning.

    What was read before is kept, as news names the same again and again; nobody changes it.
    """
    phrase = Phrase(split_words(text))
    words, at = phrase.words, 0
    while at < len(words):
        n, entries = knowledge.longest(words, at)
        key = words[at].key
        if n and at and words[at - 1].key == _ETHNIC and entries[0].sort in OF_COUNTRY:
            at += n  # "ethnic Albanians" are not those of the country
            continue
        if n and not (n == 1 and key in _BREAKS and not words[at].is_upper):
            phrase.parts.append(Part(entries, len(phrase.breaks) - 1, at, at + n))
            at += n
            continue
        _read_other(phrase, at, knowledge)
        at += 1
    phrase.whole = _whole(phrase)
    return phrase


def _whole(phrase: Phrase) -> Part | None:
    if len(phrase.parts) != 1:
        return None
    only, (start, end) = phrase.parts[0], phrase.core
    return only if only.at <= start and only.end >= end else None


def _read_other(phrase: Phrase, at: int, knowledge: Knowledge) -> None:
    word = phrase.words[at]
    key = word.key
    if key in _BREAKS:
        phrase.breaks.append(key)
    elif key in _FORMER or key.startswith(_EX):
        phrase.is_former = True
        _read_after_hyphen(phrase, at, key[len(_EX) :], knowledge)
    elif "-" in key and _read_both_halves(phrase, at, knowledge):
        return
    elif key not in DETERMINERS and key not in _TITLES and key != "'s" and len(phrase.breaks) == 1:
        phrase.unknown.append(at)


def _read_after_hyphen(phrase: Phrase, at: int, rest: str, knowledge: Knowledge) -> None:
    """The role in "ex-minister"."""
    entries = knowledge.named(rest) if phrase.words[at].key.startswith(_EX) else ()
    if entries:
        phrase.parts.append(Part(entries, len(phrase.breaks) - 1, at, at + 1))


def _read_both_halves(phrase: Phrase, at: int, knowledge: Knowledge) -> bool:
    """Two nationalities with a hyphen: the first counts. "pro-Russian" has none."""
    first, _, second = phrase.words[at].key.partition("-")
    halves = [knowledge.named(first), knowledge.named(second)]
    if not all(h and h[0].sort is Sort.ADJECTIVE for h in halves):
        return False
    phrase.parts.append(Part(halves[0], len(phrase.breaks) - 1, at, at + 1))
    return True


def is_somebody_else(phrase: Phrase, part: Part) -> bool:
    """Whether names beside a known one make it another: "Ivanka Trump", "Trump Tower"."""
    words = phrase.words
    if part.end < len(words) and words[part.end].key in _SUFFIXES:
        return True
    before, after = part.at - 1, part.end
    is_surname = part.end - part.at == 1
    return (is_surname and before in phrase.unknown and words[before].is_capital) or (
        after in phrase.unknown and words[after].is_capital
    )
