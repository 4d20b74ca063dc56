"""One reading as events are looked for in it: sentences, and what stands where in them.

Shapes are plain lists; positions are code points of the text.
"""

import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final, TypeVar

from onrecord.events.forms import is_each_other
from onrecord.events.made_entities import MadeEntities
from onrecord.events.made_places import MadePlaces
from onrecord.events.tree_mends import mend
from onrecord.records import (
    Commitment,
    ControlClaim,
    Entity,
    Event,
    Kind,
    Mention,
    MentionForm,
    Place,
    Quantity,
    Reading,
    Span,
    Statement,
    Time,
)
from onrecord.records.span_finders import SpanFinder
from onrecord.syntax.trees import FoundTrees, LazyTree, Tree, trees_of

ACTING: Final = frozenset({Kind.PERSON, Kind.ORGANIZATION, Kind.PLACE, Kind.NATIONALITY})
SUFFERING: Final = ACTING | {Kind.FACILITY, Kind.WEAPON}
_OURSELVES: Final = frozenset("i me we us myself ourselves".split())
_SAYS_OF_ITSELF: Final = frozenset(("he", "she", "it"))
# What hangs in these ways on a word names the same.
_SAME: Final = frozenset(("flat", "within", "appos", "nmod:desc"))
_NOBODY: Final = frozenset(
    "nobody none anybody anyone everyone everybody somebody someone who which that what monday "
    "tuesday wednesday thursday friday saturday sunday".split()
)
# "dozens of protesters": what is said of the protesters is said of the dozens.
PARTS: Final = frozenset(
    "dozens hundreds thousands scores tens millions number group groups crowd some many most "
    "several all majority members couple handful lot lots".split()
)
# Mentions of an entity, and words of one, in which others are looked for.
_MOST_JOINT: Final = 5
_LONGEST_JOINT: Final = 20
# A mention with so many words may hold a clause; what opens one that belongs to its noun.
_LEAST_CLAUSE: Final = 4
_RELATIVE_TAGS: Final = frozenset(("WDT", "WP", "WP$", "WRB"))
_OPENING: Final = frozenset(("that", "as", "where", "when"))
_FINITE_TAGS: Final = frozenset(("VBZ", "VBP", "MD"))
Row = TypeVar("Row", Mention, Time, Quantity)


class Sentence:
    """One sentence with the rows that stand in it.

    Attributes:
        start, end: Code points.
        number: From 0, in the document.
    """

    def __init__(self, text: "EventText", number: int, start: int, end: int, own: LazyTree) -> None:
        self.text, self.number, self.start, self.end = text, number, start, end
        self._own = own
        self._mention_at: dict[int, Mention | None] = {}

    @property
    def words(self) -> list[str]:
        """Its words in lower case; no tree is made for them."""
        return self._own.words

    @cached_property
    def tree(self) -> Tree:
        """Its tree, with mistakes put right that grammar shows."""
        tree = self._own.tree
        mend(tree)
        return tree

    @cached_property
    def mentions(self) -> list[Mention]:
        """Mentions in it, longer ones first."""
        found = _within(self.text.mentions, self.text.mention_starts, self.start, self.end)
        return sorted(found, key=lambda m: (m.span.start - m.span.end, m.span.start))

    @cached_property
    def times(self) -> list[Time]:
        """Expressions of time in it."""
        return _within(self.text.times, self.text.time_starts, self.start, self.end)

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Figures in it."""
        return _within(self.text.quantities, self.text.quantity_starts, self.start, self.end)

    @cached_property
    def places(self) -> list[tuple[int, Place]]:
        """Places that are mentioned in it, each with the word that heads the mention."""
        named = ((m.span, p) for m in self.mentions if (p := self.text.place(m)) is not None)
        heads = ((self.word_over(span), place) for span, place in named)
        return [(word, place) for word, place in heads if word is not None]

    @cached_property
    def times_by_word(self) -> list[tuple[int, Time]]:
        """Expressions of time in it, each with the word that heads it."""
        heads = ((self.word_over(time.span), time) for time in self.times)
        return [(word, time) for word, time in heads if word is not None]

    @cached_property
    def quantities_by_word(self) -> list[tuple[int, Quantity]]:
        """Figures in it, each with the word that heads it."""
        heads = ((self.word_over(quantity.span), quantity) for quantity in self.quantities)
        return [(word, quantity) for word, quantity in heads if word is not None]

    @cached_property
    def mention_of_word(self) -> dict[int, Mention]:
        """For each word that is the head of a mention, the longest such mention."""
        found: dict[int, Mention] = {}
        if not self.mentions:
            return found
        tree = self.tree
        for mention in self.mentions:
            first = bisect.bisect_right(tree.ends, mention.span.start)
            after = bisect.bisect_left(tree.starts, mention.span.end)
            if first < after:
                if self._tells(mention, first, after):
                    continue
                head = tree.head_of(first, after)
                if after - first > 1 and self._joins(first, after, head):
                    # "Ann and Ben": the head stands for Ann alone.
                    continue
                found.setdefault(head, mention)
                last = after - 1
                if mention.form is MentionForm.NAME and tree.relations[last] != "case":
                    found.setdefault(last, mention)
        return found

    def _tells(self, mention: Mention, first: int, after: int) -> bool:
        """Whether a mention holds a whole clause that is no relative one, and so names nobody."""
        tags = self.tree.tags
        if mention.form is not MentionForm.DESCRIPTION or after - first < _LEAST_CLAUSE:
            return False
        for word in range(first + 1, after):
            if tags[word] in _RELATIVE_TAGS or self.tree.words[word] in _OPENING:
                return False
            if tags[word] in _FINITE_TAGS:
                return True
        return False

    def _joins(self, first: int, after: int, head: int) -> bool:
        """Whether a stretch joins two things: by the tree, or names of one kind."""
        tree = self.tree
        if any(first <= c < after for c in tree.all_children(head, "conj")):
            return True
        if "CC" not in tree.tags[first + 1 : after - 1]:
            return False
        for at in (w for w in range(first + 1, after - 1) if tree.tags[w] == "CC"):
            before = {m.kind for m in self._names if _is_within(tree, m, first, at)}
            behind = {m.kind for m in self._names if _is_within(tree, m, at + 1, after)}
            if before & behind & {Kind.PERSON, Kind.ORGANIZATION, Kind.PLACE}:
                return True
        return False

    def members(self, mention: Mention) -> list[str]:
        """Ids of those whom a mention joins: "Ann and Ben"; empty if it joins nobody."""
        tree = self.tree
        first = bisect.bisect_right(tree.ends, mention.span.start)
        after = bisect.bisect_left(tree.starts, mention.span.end)
        if not first < after <= first + _LONGEST_JOINT:
            return []
        head = tree.head_of(first, after)
        joined = [w for w in tree.joined(head) if first <= w < after]
        found = [self.mention_of_word.get(word) for word in joined]
        if len(joined) < 2 or any(m is None or m.span == mention.span for m in found):
            return []
        return list(dict.fromkeys(m.entity for m in found if m is not None))

    @cached_property
    def _names(self) -> list[Mention]:
        return [m for m in self.mentions if m.form is MentionForm.NAME]

    def mention(self, word: int) -> Mention | None:
        """What a word, as the head of a phrase, mentions."""
        if word not in self._mention_at:
            self._mention_at[word] = self._find_mention(word)
        return self._mention_at[word]

    def _find_mention(self, word: int) -> Mention | None:
        found = self.mention_of_word.get(word)
        if found is not None:
            return found
        # Titles before names, parts of names: what hangs on the word, or what it hangs on.
        tree = self.tree
        for child in tree.children[word]:
            if tree.relations[child] in _SAME and child in self.mention_of_word:
                return self.mention_of_word[child]
        head = tree.heads[word]
        if tree.relations[word] in {"flat", "within", "fixed", "nmod:desc"}:
            return self.mention_of_word.get(head)
        if tree.relations[word] == "nmod" and tree.words[head] in PARTS:
            return self.mention_of_word.get(head)
        return None

    def entity(self, word: int) -> Entity | None:
        """The entity that a word mentions; one is made where no earlier stage has it."""
        words = self.tree.words
        if words[word] in _NOBODY or is_each_other(words, word):
            return None
        mention = self.mention(word)
        if mention is None and words[word] in _OURSELVES:
            return self.text.speaker_at(self.span(word, word))
        if mention is None and words[word] in _SAYS_OF_ITSELF:
            return self._speaker_itself(word)
        if mention is None and self.tree.words[word] in PARTS:
            part = self.tree.child(word, "nmod")
            if part is not None:
                return self.entity(part)
        if mention is None:
            return self.text.made.at(self.tree, word)
        return self.text.entities.get(mention.entity)

    def _speaker_itself(self, word: int) -> Entity | None:
        """Of whom "the ministry said it was ready" tells, where no earlier stage does."""
        if not self.tree.relations[word].startswith("nsubj"):
            return None
        speaker = self.text.speaker_at(self.span(word, word))
        is_person = self.tree.words[word] in {"he", "she"}
        if speaker is None or is_person != (speaker.kind is Kind.PERSON):
            return None
        return speaker

    def span(self, first: int, last: int) -> Span:
        """From the beginning of a word to the end of another."""
        return Span(self.tree.starts[first], self.tree.ends[last])

    def word_from(self, start: int) -> int | None:
        """The word that begins there."""
        at = bisect.bisect_left(self.tree.starts, start)
        is_there = at < len(self.tree.starts) and self.tree.starts[at] == start
        return at if is_there else None

    def word_over(self, span: Span) -> int | None:
        """The word that heads a stretch of this sentence."""
        tree = self.tree
        first = bisect.bisect_right(tree.ends, span.start)
        after = bisect.bisect_left(tree.starts, span.end)
        return tree.head_of(first, after) if first < after else None


class EventText:
    """One reading, with its rows by place."""

    def __init__(self, reading: Reading, found: Sequence[FoundTrees]) -> None:
        self.reading = reading
        self.text = reading.document.text
        self.entities: dict[str, Entity] = {e.id: e for e in reading.entities or ()}
        self.mentions: list[Mention] = sorted(
            reading.mentions or (), key=lambda m: (m.span.start, m.span.end)
        )
        self.mention_starts = [m.span.start for m in self.mentions]
        self.times: list[Time] = sorted(
            reading.times or (), key=lambda t: (t.span.start, t.span.end)
        )
        self.time_starts = [t.span.start for t in self.times]
        self.quantities: list[Quantity] = sorted(
            reading.quantities or (), key=lambda q: (q.span.start, q.span.end)
        )
        self.quantity_starts = [q.span.start for q in self.quantities]
        self.made = MadeEntities(reading.document.id, reading.run.id, self.text)
        self.made_places = MadePlaces(reading.document.id, reading.run.id)
        self.sentences = list(self._sentences(found))

    def _sentences(self, found: Sequence[FoundTrees]) -> Iterator[Sentence]:
        number = 0
        for window in found:
            for start, end, tree in trees_of(self.text, window):
                yield Sentence(self, number, start, end, tree)
                number += 1

    def sentence_at(self, span: Span) -> Sentence | None:
        """The sentence in which a stretch begins."""
        return self.sentence_from(span.start)

    def sentence_from(self, start: int) -> Sentence | None:
        """The sentence in which a code point lies."""
        at = bisect.bisect_right(self._starts, start) - 1
        found = self.sentences[at] if at >= 0 else None
        return found if found is not None and start < found.end else None

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def place_of_mention(self) -> dict[str, Place]:
        """The place that a mention names, by the id of the mention."""
        return {place.mention: place for place in self.reading.places or ()}

    @cached_property
    def places_by_entity(self) -> dict[str, Place]:
        """The place of an entity; of several the surest."""
        entity_of = {m.id: m.entity for m in self.mentions}
        found: dict[str, Place] = {}
        for place in self.reading.places or ():
            entity = entity_of.get(place.mention)
            if entity is not None:
                best = found.get(entity)
                if best is None or (place.lat is not None, place.probability) > (
                    best.lat is not None,
                    best.probability,
                ):
                    found[entity] = place
        return found

    @cached_property
    def places(self) -> dict[str, Place]:
        """Places by id."""
        return {place.id: place for place in self.reading.places or ()}

    @cached_property
    def countries(self) -> dict[str, Entity]:
        """The entity of each country as a place or actor, by its code."""
        found: dict[str, Entity] = {}
        for entity in self.entities.values():
            if entity.kind is Kind.PLACE and entity.actor and entity.actor == entity.country:
                found.setdefault(entity.actor, entity)
        return found

    def place(self, mention: Mention) -> Place | None:
        """The place that a mention names, itself or through its entity."""
        own = self.place_of_mention.get(mention.id)
        return own if own is not None else self.places_by_entity.get(mention.entity)

    @cached_property
    def mentions_of(self) -> dict[str, list[Mention]]:
        """Mentions of each entity, in text order."""
        found: defaultdict[str, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            found[mention.entity].append(mention)
        return found

    @cached_property
    def n_mentions_of(self) -> Counter[str]:
        """How many mentions each entity has."""
        return Counter([mention.entity for mention in self.mentions])

    @cached_property
    def _contents(self) -> tuple[SpanFinder, list[Statement]]:
        pairs = [
            (span, statement)
            for statement in self.reading.statements or ()
            for span in statement.content
        ]
        return SpanFinder([span for span, _ in pairs]), [statement for _, statement in pairs]

    def statements_over(self, span: Span) -> list[Statement]:
        """Statements whose content holds a stretch, the innermost first."""
        finder, statements = self._contents
        found = {
            statements[n].id: statements[n]
            for n in finder.over(span)
            if finder.spans[n].start <= span.start and span.end <= finder.spans[n].end
        }
        if len(found) < 2:
            return [*found.values()]
        return sorted(
            found.values(), key=lambda s: (-s.depth, sum(len(c) for c in s.content), s.id)
        )

    def members_of(self, entity: str) -> list[str]:
        """Those whom an entity joins that only a phrase like "Ann and Ben" names; else itself."""
        for mention in self.mentions_of.get(entity, ())[:_MOST_JOINT]:
            words = mention.span.text_in(self.text)
            if mention.form is MentionForm.PRONOUN or " and " not in words:
                continue
            sentence = self.sentence_at(mention.span)
            members = [] if sentence is None else sentence.members(mention)
            if members and entity not in members:
                return members
        return [entity]

    def with_made(
        self, reading: Reading, rows: Iterable[Event | ControlClaim | Commitment]
    ) -> Reading:
        """A reading with what was made for some rows: entities, their mentions, places."""
        rows = list(rows)
        places = {row.place for row in rows if isinstance(row, ControlClaim)}
        named = {i for row in rows for i in _named(row)} | self.made_places.entities(places)
        named &= self.made.by_id.keys()
        if not named:
            return self.made_places.added_to(reading, places)
        own = [self.made.by_id[i] for i in sorted(named)]
        mentions = [m for made in own for m in made.mentions.values()]
        entities = [self.made.entity(made) for made in own]
        reading = reading.replace(
            mentions=tuple(
                sorted(
                    (*(reading.mentions or ()), *mentions),
                    key=lambda m: (m.span.start, m.span.end, m.id),
                )
            ),
            entities=(*(reading.entities or ()), *entities),
        )
        return self.made_places.added_to(reading, places)

    def asserter(self, span: Span) -> Statement | None:
        """The innermost statement whose content holds a stretch; None for the outlet."""
        found = self.statements_over(span)
        return found[0] if found else None

    def speaker_at(self, span: Span) -> Entity | None:
        """Who says "I" there."""
        statement = self.asserter(span)
        speaker = statement.speaker if statement is not None else None
        return None if speaker is None else self.entities.get(speaker)


def _is_within(tree: Tree, mention: Mention, first: int, after: int) -> bool:
    return (
        first < after
        and tree.starts[first] <= mention.span.start
        and mention.span.end <= tree.ends[after - 1]
    )


def _named(row: Event | ControlClaim | Commitment) -> Iterator[str]:
    """Ids of the entities that a row names."""
    if isinstance(row, Event):
        yield from (*row.actors, *row.recipients)
    elif isinstance(row, ControlClaim):
        yield from filter(None, [row.holder])
    else:
        yield from (row.instrument, *row.parties)


def _within(rows: Sequence[Row], starts: Sequence[int], start: int, end: int) -> list[Row]:
    """Rows that lie in a stretch, of rows in text order."""
    first, after = bisect.bisect_left(starts, start), bisect.bisect_left(starts, end)
    return [row for row in rows[first:after] if row.span.end <= end]
