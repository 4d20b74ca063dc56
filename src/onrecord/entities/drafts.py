"""Entities of one document before they are rows: clusters of mentions with kind and name."""

import bisect
import functools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

import numpy as np

from onrecord.encode.types import TYPES
from onrecord.entities.apart import COUNTRY
from onrecord.entities.bodies import FIGHTERS, class_of_body
from onrecord.entities.clauses import Clauses, no_clauses
from onrecord.entities.clusters import PairScorer, cluster
from onrecord.entities.forms import NAME, THIS, Traits, traits_of
from onrecord.entities.kinds import refined
from onrecord.entities.names import NAME_KINDS
from onrecord.entities.pairs import Mentions
from onrecord.entities.spans import FoundMentions
from onrecord.records import Kind, Span
from onrecord.syntax.descriptions import plain_description, without_place

KIND_OF_TYPE: Final = {
    "person": Kind.PERSON,
    "organization": Kind.ORGANIZATION,
    "place": Kind.PLACE,
    "event": Kind.EVENT,
}
_WORDS: Final = re.compile(r"[^\W_]+")
_LONGEST_NAME: Final = 100
# Names with one word in common that are compared; a text with more of them is no news.
_MOST_ALIKE: Final = 50
# A capital "The" within a sentence is part of a name: The Hague.
_LEADS: Final = re.compile(r"(?:the|an?|that|this|these|those)\s+", re.IGNORECASE)
_TITLES: Final = frozenset(
    "mr mrs ms miss dr prof sir dame lord lady gen col lt maj capt sgt sen rep gov rev hon "
    "president minister general colonel judge senator".split()
)
# A name behind its article, in which every word has a capital.
_CAPITALS: Final = re.compile(r"(?:[Tt]he\s+)?[A-Z]\S*(?:\s+[A-Z]\S*)*")
# What is told of a thing behind its name: "the envoy, who left on Monday", "Orvik, a mill town".
_CLAUSE: Final = re.compile(
    r",?\s(?:who|whom|whose|which|where|that|such as|including)\s"
    r"|,\s+(?:an?|the|his|her|its|their|one|some|both|all|including|such|according|but|and|or)\s"
)
# Who acts; of others it is told where they are: "the base in Dorn".
_WHO: Final = frozenset({Kind.PERSON, Kind.ORGANIZATION})
# Words by which a description leans on another one.
_LEANING: Final = re.compile(
    r"\b(?:his|her|its|their|my|our|your|each other|one another)\b", re.IGNORECASE
)
_SAME: Final = frozenset(("'s", "’s"))


# What a name that follows does not belong to: "aide to", "Vale's", "and".
_OPENS: Final = re.compile(
    r"(?:['’]s?|\b(?:of|in|on|at|for|from|to|with|by|and|or|as|than|like|under|against|about|"
    r"called|named|is|was|including))\s+$",
    re.IGNORECASE,
)
# A title before a comma: no list of persons, no clause.
_TITLE: Final = re.compile(r"[^,;:()]{3,90},\s+")
OFFICES: Final = frozenset(
    "president minister secretary senator leader chancellor governor ambassador director "
    "chairman chairwoman chair premier whip speaker envoy commander commissioner treasurer "
    "spokesman spokeswoman spokesperson mayor prosecutor attorney sheriff officer chief".split()
)


@dataclass(slots=True)
class EntityDraft:
    """One entity: the numbers of its mentions, in text order.

    Attributes:
        kind: What it is.
        mentions: Numbers of its mentions among those of the document.
        is_named: Whether any of them is a name.
        words: Words that name it beside its mentions.
    """

    kind: Kind
    mentions: list[int] = field(default_factory=list)
    is_named: bool = False
    words: list[Span] = field(default_factory=list)


Value = TypeVar("Value", bound=str)
KnownKind = Callable[[str], Kind | None]
KnownCountry = Callable[[str], str | None]
KnownTown = Callable[[str], bool]


class DocumentMentions:
    """All mentions of a document, their traits, and the entities that they make."""

    def __init__(
        self,
        text: str,
        found: FoundMentions,
        scorer: PairScorer | None,
        *,
        known: KnownKind = lambda _words: None,
        country: KnownCountry = lambda _words: None,
        town: KnownTown = lambda _words: False,
        clauses: Clauses | None = None,
    ) -> None:
        """Put the mentions of a document together.

        Args:
            text: That of the document.
            found: All its mentions.
            scorer: Of pairs; every mention stays alone if None.
            known: The kind of a name that is known by itself.
            country: The code of a country by its name: two countries are never one.
            town: Whether a name is that of a town, and of no building.
            clauses: What each mention is in its sentence; None if nothing is known.
        """
        self.known, self.country, self.town = known, country, town
        self.clauses = clauses or no_clauses(len(found.start_M))
        self.text, self.found = text, found
        starts, ends = found.start_M.tolist(), found.end_M.tolist()
        self.spans = [Span(s, e) for s, e in zip(starts, ends, strict=True)]
        self.words = [text[s:e] for s, e in zip(starts, ends, strict=True)]
        self.traits: Traits = traits_of(self.words)
        self.forms = self.traits.form_M.tolist()
        self.is_name = self._are_names()
        self.kinds = self._kinds()
        self.is_phrase = found.phrase_M.tolist()
        self.cluster_of = list(range(len(self.spans)))
        if scorer is not None:
            self.cluster_of = self._clusters(scorer)
        self.entities = self._entities()
        self.entity_of = {m: n for n, own in enumerate(self.entities) for m in own.mentions}

    def _are_names(self) -> list[bool]:
        """Whether each mention is a name; an office ("Vice President") is none of a person."""
        person = NAME_KINDS.index(Kind.PERSON)
        return [
            kind >= 0 and not (kind == person and head in OFFICES)
            for kind, head in zip(self.found.kind_M.tolist(), self.traits.heads_M, strict=True)
        ]

    def _kinds(self) -> list[Kind | None]:
        """What each mention names, as far as its own words tell."""
        found = self.found
        names = zip(found.kind_M.tolist(), self.is_name, strict=True)
        kinds = [NAME_KINDS[kind] if is_name else None for kind, is_name in names]
        columns = (kinds, self.traits.heads_M, found.type_M.tolist(), self.forms)
        told = [
            refined(kind, head, TYPES[type_], form)
            for kind, head, type_, form in zip(*columns, strict=True)
        ]
        for m, is_name in enumerate(self.is_name):
            if is_name and len(self.words[m]) <= _LONGEST_NAME:
                plain = self._plain(self.words[m])
                told[m] = self.known(plain) or told[m]
                if told[m] is Kind.FACILITY and self.town(plain):
                    told[m] = Kind.PLACE
        return told

    def _plain(self, words: str) -> str:
        """A name without determiner and possessive ending."""
        lead = _LEADS.match(words)
        return (words[lead.end() :] if lead else words).removesuffix("'s").removesuffix("’s")

    def rows(self, numbers: Sequence[int]) -> Mentions:
        """Columns for the pair features of some mentions."""
        found, at = self.found, np.array(numbers, dtype=np.int64)
        return Mentions(
            start_M=found.start_M[at],
            end_M=found.end_M[at],
            type_M=found.type_M[at],
            sentence_M=found.sentence_M[at],
            quoted_M=found.quoted_M[at],
            traits=Traits(**{name: getattr(self.traits, name)[at] for name in Traits.__slots__}),
            clauses=self.clauses.of(at),
        )

    def _clusters(self, scorer: PairScorer) -> list[int]:
        """For each mention the first of its cluster; a name goes with the phrase around it."""
        found = self.found
        whole = self.phrase_numbers()
        names = [self._own_name(m) if own else () for m, own in enumerate(self.is_name)]
        phrase_of = self._phrases_of_names(whole) | self._beside_names
        for name, phrase in phrase_of.items():
            names[phrase] = names[phrase] or names[name]
        first = cluster(
            self.rows(whole),
            found.own_MC[whole],
            found.other_MC[whole],
            scorer,
            [names[m] for m in whole],
            self._keys(whole, names),
            self.clauses.party_M[whole].tolist(),
            [self._body(m) for m in whole],
        )
        owner = {m: whole[f] for m, f in zip(whole, first, strict=True)}
        for name, phrase in phrase_of.items():
            owner[name] = owner[phrase]
        return [owner.get(m, m) for m in range(len(self.spans))]

    def _body(self, m: int) -> int:
        """The class of the one body that a mention names or describes; -1 for all else."""
        if self.traits.group_M[m]:
            return -1
        head = str(self.traits.heads_M[m])
        is_body = TYPES[self.found.type_M[m]] == "organization" or head in FIGHTERS
        return class_of_body(head) if is_body else -1

    def _keys(
        self,
        whole: Sequence[int],
        names: Sequence[tuple[str, ...]],
    ) -> list[str]:
        """A key for each name of a list of mentions: equal names have one key.

        The short name of a person has that of the one longer name in the text that it is
        part of, if there is one alone.
        """
        longer = _longest_names({name for name in names if name})
        keys = []
        for m in whole:
            if self.kinds[m] is Kind.NATIONALITY and self._are_some_people(m):
                keys.append("")
            elif names[m]:
                keys.append(" ".join(longer[names[m]]))
            elif self.is_name[m] and self.forms[m] == NAME:
                keys.append(f"{self.kinds[m]}:{self.traits.whole_M[m]}")
            else:
                keys.append("")
        return keys

    def _are_some_people(self, m: int) -> bool:
        """Whether a people is named, and no side: "Armenians call it so", not "the Armenians"."""
        if not self.words[m].endswith("s"):
            return False
        start = self.spans[m].start
        is_definite = self.words[m][:4].lower() == "the "
        return not is_definite and self.text[max(0, start - 4) : start].lower() != "the "

    def phrase_numbers(self) -> list[int]:
        """Numbers of the mentions that are compared: whole phrases, and names in none."""
        phrases = [m for m, is_phrase in enumerate(self.is_phrase) if is_phrase]
        inside = self._phrases_of_names(phrases)
        beside = self._beside_names
        return [
            m
            for m in range(len(self.spans))
            if m not in beside and (self.is_phrase[m] or m not in inside)
        ]

    @functools.cached_property
    def noun_phrases(self) -> list[int]:
        """Numbers of all mentions but names inside of the phrase that they are the head of."""
        inside = self._phrases_of_names([m for m, p in enumerate(self.is_phrase) if p])
        return [m for m in range(len(self.spans)) if self.is_phrase[m] or m not in inside]

    @functools.cached_property
    def _beside_names(self) -> dict[int, int]:
        """For names of persons beside a title, the phrase of both.

        "the mayor, Ann Vale," and "the envoy to the league Ann Vale" are Ann Vale, while
        "the spokesman for Ann Vale" is not, nor is the second of "Ann Vale, Tom Orr".
        """
        found: dict[int, int] = {}
        person = TYPES.index("person")
        types = self.found.type_M.tolist()
        open_phrases: list[int] = []
        taken: set[int] = set()
        for m, span in enumerate(self.spans):
            open_phrases = [p for p in open_phrases if self.spans[p].end > span.start]
            if self.is_name[m] and self.kinds[m] is Kind.PERSON:
                around = [p for p in open_phrases if self.spans[p].contains(span)]
                if around and around[-1] not in taken and self._is_beside(around[-1], m):
                    found[m] = around[-1]
                    taken.add(around[-1])
            if self.is_phrase[m] and types[m] == person and not self.is_name[m]:
                open_phrases.append(m)
        return found

    def _is_beside(self, phrase: int, name: int) -> bool:
        own, span = self.spans[phrase], self.spans[name]
        lead, rest = self.text[own.start : span.start], self.text[span.end : own.end]
        if self._is_list(phrase):
            return False
        if not lead.strip():
            # "Ann Vale of the harbour office"
            return self._head_ends[phrase] == self._head_ends[name]
        if "," not in lead:
            # Not "the lawyer of the late Ann Vale", where the title belongs to another.
            is_far = _AFTER.search(lead) is not None and lead.split()[-1].islower()
            return not is_far and not rest.strip(" '’s") and _OPENS.search(lead) is None
        return _TITLE.fullmatch(lead) is not None and (not rest.strip() or rest[0] == ",")

    def _phrases_of_names(self, phrases: Sequence[int]) -> dict[int, int]:
        """For names that are no whole phrase, the phrase of which they are the head."""
        ends = self._head_ends
        names = [m for m, is_phrase in enumerate(self.is_phrase) if not is_phrase]
        by_end: dict[int, list[int]] = {ends[m]: [] for m in names}
        for m in phrases:
            if ends[m] in by_end and not (self.is_phrase[m] and self._is_list(m)):
                by_end[ends[m]].append(m)
        found: dict[int, int] = {}
        for m in names:
            same = [p for p in by_end[ends[m]] if p != m]
            around = [p for p in same if self.spans[p].contains(self.spans[m])]
            if around:
                found[m] = min(around, key=lambda p: len(self.spans[p]))
        return found

    def _is_list(self, m: int) -> bool:
        """Whether a phrase names several: two persons are none of them."""
        behind = self._behind_heads[m]
        return behind is not None and behind[1].split()[0].lower() in {"and", "or"}

    @functools.cached_property
    def _head_ends(self) -> list[int]:
        """Where the head of each mention ends: before what follows it and a possessive ending."""
        found = []
        for span, behind in zip(self.spans, self._behind_heads, strict=True):
            end = span.end if behind is None else span.start + behind[0]
            while self.text[end - 2 : end] in _SAME:
                end -= 2
            found.append(end)
        return found

    @functools.cached_property
    def _behind_heads(self) -> list[tuple[int, str] | None]:
        """What follows the head of each mention inside of it, and where in its words."""
        # Most mentions are one word, behind which nothing follows.
        found = (None if words.isalnum() else _AFTER.search(words, 1) for words in self.words)
        return [None if match is None else (match.start(), match.group()) for match in found]

    def _own_name(self, m: int) -> tuple[str, ...]:
        """What tells a mention from others: the name of a person or town, a country's code."""
        kind = self.kinds[m]
        if not (self.is_name[m] and kind in {Kind.PLACE, Kind.NATIONALITY}):
            return self._person_name(m)
        plain = self._plain(self.words[m])
        code = self.country(plain) if len(plain) <= _LONGEST_NAME else None
        if code:
            return COUNTRY, code
        return tuple(_WORDS.findall(plain.lower())[:6]) if kind is Kind.PLACE else ()

    def _person_name(self, m: int) -> tuple[str, ...]:
        if self.kinds[m] is not Kind.PERSON or not self.is_name[m]:
            return ()
        words = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", self.words[m].lower())
        plain = tuple(w.removesuffix("'s").removesuffix("’s") for w in words[:6])
        return tuple(w for w in plain if w not in _TITLES) or plain

    def _entities(self) -> list[EntityDraft]:
        members: dict[int, list[int]] = {}
        for m, first in enumerate(self.cluster_of):
            members.setdefault(first, []).append(m)
        types_of = self.found.type_M.tolist()
        drafts = []
        for own in members.values():
            names = [m for m in own if self.is_name[m]]
            kinds = [kind for m in names or own if (kind := self.kinds[m]) is not None]
            if Kind.PLACE in kinds:
                # A country that its people stand for too: "Kenya … the Kenyans".
                kinds = [kind for kind in kinds if kind is not Kind.NATIONALITY]
            if kinds:
                drafts.append(EntityDraft(_commonest(kinds), own, is_named=bool(names)))
                continue
            best = KIND_OF_TYPE.get(_commonest([TYPES[types_of[m]] for m in own]))
            if best is not None and {self.forms[m] for m in own} != {THIS}:
                drafts.append(EntityDraft(best, own))
        return drafts

    def move(self, m: int, number: int) -> None:
        """Make a mention one of another entity, which is given by its number."""
        before = self.entity_of.get(m)
        if before == number:
            return
        if before is not None:
            self.entities[before].mentions.remove(m)
        bisect.insort(self.entities[number].mentions, m)
        self.entity_of[m] = number

    def name_of(self, draft: EntityDraft) -> str:
        """The best name of an entity: the fullest one, else its longest description."""
        if not draft.mentions:
            return draft.words[0].text_in(self.text)[:_LONGEST_NAME]
        named = [m for m in draft.mentions if self.is_name[m] and self.kinds[m] is draft.kind]
        if named and draft.kind is Kind.INSTRUMENT:
            named += self._whole_names(draft, {self.words[m] for m in named})
        pool = named or [m for m in draft.mentions if self.forms[m] <= 4] or draft.mentions
        short = [m for m in pool if len(self._core(m)) <= _LONGEST_NAME] or pool[:1]
        chosen = short[0] if len(short) == 1 else max(short, key=self._fullness)
        name = " ".join(self._core(chosen).split())[:_LONGEST_NAME]
        for ending in _SAME:
            name = name.removesuffix(ending)
        if draft.is_named and not (name.startswith("The ") and self._is_within(chosen)):
            lead = _LEADS.match(name)
            name = name[lead.end() :] if lead else name
        elif not draft.is_named:
            name = plain_description(name)
            if draft.kind in _WHO:
                name = without_place(name)
        return name or self.words[chosen]

    def _whole_names(self, draft: EntityDraft, named: set[str]) -> list[int]:
        """Phrases with capitals throughout that end in a name: "the Orsa Forces Treaty"."""
        return [
            m
            for m in draft.mentions
            if not self.is_name[m]
            and _CAPITALS.fullmatch(self._core(m))
            and any(self._core(m).endswith(f" {name}") for name in named)
        ]

    def _fullness(self, m: int) -> tuple[bool, int, int, int]:
        """More for more words, then for longer ones, then for what stands earlier.

        Less than any other has what leans on somebody else: "her car", "each other".
        """
        core = self._core(m)
        leans = not self.is_name[m] and _LEANING.search(core) is not None
        return not leans, len(core.split()), len(core), -self.spans[m].start

    def _core(self, m: int) -> str:
        """The words of a mention up to a relative clause or an apposition."""
        words = self.words[m]
        found = None if words.isalnum() else _CLAUSE.search(words, 1)
        return words if found is None else words[: found.start()]

    def _is_within(self, m: int) -> bool:
        """Whether a word stands before a mention, so that its capital is its own."""
        before = self.text[max(0, self.spans[m].start - 2) : self.spans[m].start].rstrip()
        return before[-1:].isalpha()


def _commonest(values: Sequence[Value]) -> Value:
    """Of several the one that comes most often; of equals the last by name."""
    if len(values) == 1:
        return values[0]
    counts = Counter(values)
    return max(counts, key=lambda value: (counts[value], value))


def _longest_names(names: set[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """For each name the only longer one that it is part of, itself if there is none or several.

    >>> _longest_names({("vale",), ("ann", "vale")})[("vale",)]
    ('ann', 'vale')
    """
    found = {}
    by_word: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(names):
        for word in set(name):
            by_word.setdefault(word, []).append(name)
    for name in names:
        around = [n for n in by_word[name[-1]][:_MOST_ALIKE] if set(name) < set(n)]
        full = [n for n in around if not any(set(n) < set(other) for other in around)]
        found[name] = full[0] if len(full) == 1 else name
    return found


_AFTER: Final = re.compile(
    r"[,(;:–—]|(?<!\s)\s++(?:[,(;:–—]|(?:of|in|on|at|for|from|to|with|by|who|whom|whose|which|"
    r"that|and|or|as|about|against|between|during|under|over|into|after|before|where|when)\s)",
    re.IGNORECASE,
)
