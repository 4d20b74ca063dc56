"""Which words of a text name an instrument, and which of them name the same one."""

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from onrecord.events.commitment_pronouns import may_refer, referring
from onrecord.events.commitment_words import load_commitment_words
from onrecord.events.forms import lemmas_of
from onrecord.events.texts import EventText, Sentence
from onrecord.records import Kind, Mention, MentionForm, Span

# Entities of these kinds are no instruments, whatever words lie over them.
_OTHERS: Final = frozenset({Kind.PLACE, Kind.PERSON, Kind.NATIONALITY, Kind.WEAPON})
_POINTING: Final = frozenset(("the", "this", "that", "these", "those", "its", "their", "such"))
_INDEFINITE: Final = frozenset(("a", "an", "any", "no", "another", "every", "some"))
_LEFT: Final = frozenset(
    ("NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "CD", "HYPH", "VBN", "POS", "PRP$", "DT", "FW")
)
_WEAK: Final = frozenset(
    "new old current existing proposed whole original draft key landmark historic latest".split()
)
_SINGLE: Final = frozenset(("last", "only", "sole", "remaining", "final"))
_CLAUSE: Final = (",", "WDT", "WP", "VB")
_WORDS_BEFORE: Final = 8
_YEAR: Final = 4
_BACK: Final = 40
# Sentences over which a pronoun reaches back.
_NEAR_SENTENCES: Final = 1


@dataclass(slots=True, eq=False)
class Instrument:
    """One instrument of a text.

    Attributes:
        name: The id of its entity, else its name as written.
        families: Of its nouns.
        is_named: Whether more than a bare noun stands for it.
        nouns: Lemmas of its nouns.
        capitals: Words with capitals of its first name, in lower case.
        is_only: Whether it is only called "the last treaty" so far.
        year: Of "the 2015 accord".
    """

    name: str
    families: set[str] = field(default_factory=set)
    is_named: bool = False
    nouns: set[str] = field(default_factory=set)
    capitals: frozenset[str] = frozenset()
    is_only: bool = False
    year: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Naming:
    """Words that name an instrument.

    Attributes:
        sentence: Where they stand.
        word: The word that heads them.
        first: Their first word.
        span: The words.
        instrument: Which one.
    """

    sentence: Sentence
    word: int
    first: int
    span: Span
    instrument: Instrument

    @property
    def is_planned(self) -> bool:
        """Whether it is only talked about: "talks on a trade deal"."""
        tree = self.sentence.tree
        above, first = tree.heads[self.word], tree.words[self.first - 1 : self.first]
        is_new = bool(first) and first[0] in _INDEFINITE
        return is_new and load_commitment_words().is_one("draft", tree.words[above])


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words that may name an instrument, before it is known which."""

    word: int
    first: int
    span: Span
    entity: str | None
    family: str
    is_bare: bool
    is_new: bool


class InstrumentReader:
    """Finds the instruments of a text, sentence by sentence in its order."""

    def __init__(self, text: EventText) -> None:
        self.text = text
        self.words = load_commitment_words()
        self._by_entity: dict[str, Instrument] = {}
        self._by_name: dict[str, Instrument] = {}
        self._before: list[Instrument] = []
        self._last_named: tuple[int, Instrument] | None = None
        self._nouns: dict[str, bool] = {}

    def may_name(self, sentence: Sentence) -> bool:
        """Whether a sentence can name one, without making its tree."""
        nouns = self.words.by_form["instrument"]
        return (
            not nouns.keys().isdisjoint(sentence.words)
            or (self._is_near(sentence) and may_refer(sentence))
            or any(
                m.kind is Kind.INSTRUMENT or m.entity in self._by_entity for m in sentence.mentions
            )
        )

    def _is_near(self, sentence: Sentence) -> bool:
        """Whether an instrument was spoken of just before."""
        last = self._last_named
        return last is not None and sentence.number - last[0] <= _NEAR_SENTENCES

    def read(self, sentence: Sentence) -> list[Naming]:
        """The words of a sentence that name instruments, in its order."""
        found = []
        for phrase in sorted(self._phrases(sentence), key=lambda p: p.word):
            instrument = self._instrument(sentence, phrase)
            if instrument is not None:
                naming = Naming(sentence, phrase.word, phrase.first, phrase.span, instrument)
                found.append(naming)
                self._before = [*self._before[-_BACK:], instrument]
        found = self._with_pronouns(sentence, found)
        if found:
            self._last_named = sentence.number, topic_of(found).instrument
        return found

    def _with_pronouns(self, sentence: Sentence, found: list[Naming]) -> list[Naming]:
        """Those found, and pronouns for the one spoken of before."""
        if not may_refer(sentence) or not (found or self._is_near(sentence)):
            return found
        taken = {w for n in found for w in range(n.first, n.word + 1)}
        for word in referring(self.text, sentence):
            own = [n for n in found if n.word < word]
            before = self._last_named if self._is_near(sentence) else None
            instrument = own[-1].instrument if own else before[1] if before else None
            if instrument is not None and word not in taken:
                found.append(Naming(sentence, word, word, sentence.span(word, word), instrument))
        return sorted(found, key=lambda n: n.word)

    def _phrases(self, sentence: Sentence) -> Iterator[_Phrase]:
        tree, taken = sentence.tree, set[int]()
        nouns = self.words.by_form["instrument"]
        for word, form in enumerate(tree.words):
            family = self.words.family(form) if form in nouns else ""
            if family and word not in taken and self._is_head(sentence, word):
                own = self._phrase(sentence, word, family)
                taken.update(range(own.first, own.word + 1))
                yield own
        for mention in sentence.mentions:
            head = sentence.word_over(mention.span)
            known = mention.entity in self._by_entity
            if head is None or head in taken or not (known or self._is_name(mention)):
                continue
            family = self.words.family(tree.words[head])
            if known or not family:
                taken.add(head)
                first, _ = tree.words_in(mention.span.start, mention.span.end)
                bare = mention.form is not MentionForm.NAME
                yield _Phrase(head, first, mention.span, mention.entity, family, bare, is_new=False)

    def _is_head(self, sentence: Sentence, word: int) -> bool:
        """Whether a noun for instruments is no part of another noun: "treaty talks"."""
        tree = sentence.tree
        if tree.is_verb(word) or self._is_many(sentence, word):
            return False
        if word > 0 and self.words.is_one("private", tree.words[word - 1]):
            return False
        after = word + 1
        if after < len(tree) and tree.tags[after].startswith("NN") and tree.words[after].isalpha():
            follows = tree.relations[word] in {"compound", "amod", "nmod:unmarked"}
            if follows and tree.heads[word] > word:
                form = tree.words[after]
                verbal = self.words.is_one("limit", form) or self.words.is_one("date", form)
                return self.words.is_one("part", form) or verbal
            return not self.words.family(tree.words[after])
        return True

    def _is_many(self, sentence: Sentence, word: int) -> bool:
        """Whether a noun stands for several instruments without a name: "trade deals"."""
        tree, text = sentence.tree, self.text.text
        named = any(
            text[tree.starts[w]].isupper() and tree.tags[w].startswith("NNP")
            for w in range(max(word - 2, 1), word + 1)
        )
        return tree.tags[word] in {"NNS", "NNPS"} and not named

    def _is_name(self, mention: Mention) -> bool:
        """Whether a mention is the name of an instrument that is no law."""
        if mention.kind is not Kind.INSTRUMENT or mention.form is not MentionForm.NAME:
            return False
        words = mention.span.text_in(self.text.text).lower().split()
        return not any(self.words.is_one("law", word) for word in words)

    def _phrase(self, sentence: Sentence, word: int, family: str) -> _Phrase:
        tree = sentence.tree
        mention = self._mention(sentence, word)
        first, last = _edges(sentence, word)
        if mention is not None:
            start, _ = tree.words_in(mention.span.start, mention.span.end)
            first = min(first, start)
        modifiers = [
            w
            for w in range(first, word)
            if tree.words[w] not in _POINTING | _INDEFINITE | _WEAK and tree.tags[w] != "HYPH"
        ]
        own = None if mention is None else _plain(sentence, mention, word)
        longer = own is not None and own.end > tree.ends[word]
        bare = not modifiers and last == word and not longer
        new = tree.words[first] in _INDEFINITE
        while first < word and tree.tags[first] in {"DT", "PRP$"}:
            first += 1
        span = sentence.span(first, last) if own is None else own
        entity = None if mention is None else mention.entity
        return _Phrase(word, first, span, entity, family, bare, new)

    def _mention(self, sentence: Sentence, word: int) -> Mention | None:
        """The mention over a noun; of several an instrument's, then the longest."""
        tree = sentence.tree
        start, end = tree.starts[word], tree.ends[word]
        found = []
        for mention in sentence.mentions:
            if not (mention.span.start <= start and end <= mention.span.end):
                continue
            entity = self.text.entities.get(mention.entity)
            if entity is None or entity.kind in _OTHERS or _joins_two(self.text, mention):
                continue
            if entity.kind is not Kind.INSTRUMENT and not self._has_noun(entity.id):
                continue
            if mention.span.end == end or sentence.word_over(mention.span) == word:
                found.append(mention)
        found.sort(key=lambda m: m.kind is not Kind.INSTRUMENT)
        return found[0] if found else None

    def _has_noun(self, entity: str) -> bool:
        """Whether some words for an entity hold a noun for instruments and more."""
        if entity not in self._nouns:
            self._nouns[entity] = any(
                len(words) > 1 and any(self.words.family(word) for word in words)
                for mention in self.text.mentions_of.get(entity, ())[:_BACK]
                if (words := _key(mention.span.text_in(self.text.text)).split())
            )
        return self._nouns[entity]

    def _instrument(self, sentence: Sentence, phrase: _Phrase) -> Instrument | None:
        """Which instrument a phrase names."""
        lemma = _lemma(self.words.by_form["instrument"], sentence.words[phrase.word])
        name = phrase.span.text_in(self.text.text)
        capitals = frozenset() if phrase.is_bare else _capitals(name)
        found = self._known(sentence, phrase, lemma, capitals)
        if found is None and phrase.is_bare and self._is_common(sentence, phrase.word):
            return None
        if found is None:
            found = Instrument(phrase.entity or name)
            first = sentence.words[phrase.first : phrase.word]
            found.is_only = not capitals and not _SINGLE.isdisjoint(first)
        elif found.is_only and capitals:
            found.is_only, found.name = False, phrase.entity or name
        if phrase.entity is not None:
            self._by_entity.setdefault(phrase.entity, found)
        if not phrase.is_bare:
            self._by_name.setdefault(_key(name), found)
            found.is_named = True
            found.capitals = found.capitals or capitals
        if phrase.family:
            found.families.add(phrase.family)
            found.nouns.add(lemma)
        return found

    def _known(
        self, sentence: Sentence, phrase: _Phrase, lemma: str, capitals: frozenset[str]
    ) -> Instrument | None:
        """The instrument of a phrase, if it was spoken of before."""
        name = phrase.span.text_in(self.text.text)
        found = None if phrase.entity is None else self._by_entity.get(phrase.entity)
        if found is not None and lemma in found.nouns and _are_two(found.capitals, capitals):
            # Coreference takes two treaties for one.
            found = self._by_name.setdefault(_key(name), Instrument(_without_article(name)))
        year = _year_of(sentence, phrase)
        if found is not None and year and found.year not in {None, year}:
            found = self._by_name.setdefault(_key(name), Instrument(_without_article(name)))
        if found is None and phrase.is_bare:
            return None if phrase.is_new else self._last(phrase.family, lemma)
        if found is None:
            found = self._by_name.get(_key(name))
        if found is None:
            found = self._of_year(sentence, phrase, lemma)
        return self._described(sentence) if found is None and capitals else found

    def _of_year(self, sentence: Sentence, phrase: _Phrase, lemma: str) -> Instrument | None:
        """What "the 2015 accord" goes on with: the last accord, if no other year was told of it."""
        year = _year_of(sentence, phrase)
        found = next((i for i in reversed(self._before) if lemma in i.nouns), None)
        if not year or found is None or found.year not in {None, year}:
            return None
        found.year = year
        return found

    def _described(self, sentence: Sentence) -> Instrument | None:
        """What the sentence before calls "the last treaty", which this one names."""
        last = self._last_named
        is_next = last is not None and sentence.number == last[0] + 1
        return last[1] if last is not None and is_next and last[1].is_only else None

    def _is_common(self, sentence: Sentence, word: int) -> bool:
        """Whether a bare noun is too common to name an instrument: "the convention"."""
        rows = self.words.rows("instrument", sentence.words[word])
        is_capital = self.text.text[sentence.tree.starts[word]].isupper()
        return bool(rows) and "named" in rows[0].slots and not is_capital

    def _last(self, family: str, lemma: str) -> Instrument | None:
        """The last instrument that a bare noun can mean."""
        before = list(dict.fromkeys(reversed(self._before)))
        same = next((i for i in before if lemma in i.nouns), None)
        if same is not None:
            return same
        if not family:
            return None
        related = {family, "agreement"} if family in {"treaty", "ceasefire"} else {family}
        if family == "agreement":
            related = {"agreement", "treaty", "ceasefire", "contract"}
        elif family == "contract":
            related = {"agreement", "contract"}
        return next((i for i in before if i.families & related or not i.families), None)


def _year_of(sentence: Sentence, phrase: _Phrase) -> str:
    """The year by which alone an instrument is called: "the 2015 accord"; else empty."""
    words = sentence.tree.words
    inside = words[phrase.first : phrase.word]
    years = [w for w in inside if w.isdigit() and len(w) == _YEAR]
    pointed = not _POINTING.isdisjoint(words[max(phrase.first - 1, 0) : phrase.word])
    others = {*inside} - _POINTING - _WEAK - {*years}
    return years[0] if pointed and len(years) == 1 and not others else ""


def _plain(sentence: Sentence, mention: Mention, word: int) -> Span:
    """The words of a mention without a clause behind its noun: "the Pell Treaty, which ..."."""
    tree = sentence.tree
    _, after = tree.words_in(mention.span.start, mention.span.end)
    clause = (w for w in range(word + 1, after) if tree.tags[w].startswith(_CLAUSE))
    last = next(clause, after) - 1
    return mention.span if last + 1 == after else Span(mention.span.start, tree.ends[last])


def topic_of(namings: list[Naming]) -> Naming:
    """What a sentence speaks of: the instrument that is its subject, else the last."""
    subjects = [n for n in namings if n.sentence.tree.relations[n.word].startswith("nsubj")]
    return subjects[0] if subjects else namings[-1]


def _capitals(name: str) -> frozenset[str]:
    """Words with capitals of a name; none if it has an acronym, which may stand for others."""
    words = [w for w in name.replace("-", " ").split() if w[:1].isupper()]
    if any(len(w) > 1 and w.isupper() for w in words):
        return frozenset()
    nouns = load_commitment_words()
    found = (w.lower() for w in words)
    return frozenset(w for w in found if w not in _POINTING | _WEAK and not nouns.family(w))


def _are_two(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and one.isdisjoint(other)


def _without_article(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if first.lower() in _POINTING | _INDEFINITE and rest else name


def _joins_two(text: EventText, mention: Mention) -> bool:
    words = mention.span.text_in(text.text).lower().split()
    return "and" in words and "between" not in words and "of" not in words


def _edges(sentence: Sentence, word: int) -> tuple[int, int]:
    """First and last word of the name around a noun: "Pell Treaty", "Resolution 77"."""
    tree = sentence.tree
    first, last = word, word
    while first > 0 and word - first < _WORDS_BEFORE and tree.tags[first - 1] in _LEFT:
        first -= 1
        if tree.tags[first] in {"DT", "PRP$"}:
            break
    while last + 1 < len(tree) and tree.tags[last + 1] == "CD" and tree.heads[last + 1] == word:
        last += 1
    capital = sentence.text.text[tree.starts[word]].isupper()
    if capital and last + 2 < len(tree) and tree.words[last + 1] in {"on", "of"}:
        after, barred = last + 2, _times_behind(sentence, word)
        while after < len(tree) and after < barred and _goes_on(sentence, after):
            if sentence.text.text[tree.starts[after]].isupper():
                last = after
            after += 1
    return first, last


def _times_behind(sentence: Sentence, word: int) -> int:
    """The first word behind another that belongs to an expression of time."""
    start = sentence.tree.starts[word]
    behind = [t.span.start for t in sentence.times if t.span.start > start]
    return bisect.bisect_left(sentence.tree.starts, min(behind)) if behind else len(sentence.tree)


def _goes_on(sentence: Sentence, word: int) -> bool:
    """Whether a long name goes on: "on the Law of the Sea"."""
    form = sentence.tree.words[word]
    is_capital = sentence.text.text[sentence.tree.starts[word]].isupper()
    is_name = is_capital and sentence.tree.tags[word].startswith(("NN", "JJ", "VB"))
    return is_name or form in {"the", "of", "on", "and", "-", "for"}


def _key(name: str) -> str:
    words = name.lower().split()
    while words and words[0] in _POINTING | _INDEFINITE:
        words = words[1:]
    return " ".join(words)


def _lemma(nouns: Iterable[str], form: str) -> str:
    """The shortest form of a noun that the table has."""
    known = set(nouns)
    return min((own for own in lemmas_of(form) if own in known), key=len, default=form)
