"""Triggers in a sentence: which words name a happening, of which type, with whom.

A row of the lexicon holds when its needs do (`needs.py`); its slots then give actors and
recipients (`fillers.py`).
"""

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.events.arguments import Arguments, arguments_of, with_particle
from onrecord.events.commitment_words import load_commitment_words
from onrecord.events.fillers import add_parties
from onrecord.events.forms import lemmas_of
from onrecord.events.governed import add_governed
from onrecord.events.happenings import Happening, without_harm, without_repeats
from onrecord.events.lexicon import Lexicon, Trigger
from onrecord.events.needs import holds
from onrecord.events.texts import Sentence
from onrecord.records import EventType, Kind, MentionForm
from onrecord.syntax.trees import Tree

# Share of its strength that a noun keeps in front of another noun ("attack helicopter").
_AS_MODIFIER: Final = 0.5
# These shares were set by hand, on our own sentences and six annotated articles.
# Likewise of a participle before a noun ("captured fighters"), and of words of speech and
# dealings beside which nobody is named ("approval", "a deal").
_AS_ADJECTIVE: Final = 0.8
_ALONE: Final = 0.55
_ALONE_OF_DEEDS: Final = 0.85
_HALF_DEEDS: Final = frozenset({EventType.SANCTION, EventType.CONSULT})
_ADJECTIVES_OF: Final = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.PROTEST})
_DEEDS: Final = frozenset(
    (
        *(EventType.ASSAULT, EventType.PROTEST, EventType.COERCE, EventType.RETREAT),
        *(EventType.SANCTION, EventType.MOBILIZE, EventType.CONSULT),
    )
)
_PARTICLES: Final = frozenset(("compound:prt", "advmod", "case", "mark", "xcomp"))
_VERB_TAGS: Final = frozenset(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"))
_NOUN_TAGS: Final = frozenset(("NN", "NNS", "NNP", "NNPS", "VBG"))
# In headlines, and where the encoder errs, a noun may look like these.
_DOUBTFUL_TAGS: Final = frozenset(("VB", "VBP", "VBZ", "JJ"))

Lemmas = frozenset[str]


class FrameReader:
    """Finds the happenings of sentences."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        rows_of = defaultdict[str, list[Trigger]](list)
        for form, rows in lexicon.verbs.items():
            rows_of[form] += rows
        for form, nouns in lexicon.nouns.items():
            rows_of[form] += (row for _, rows in nouns for row in rows)
        # What rows ask of the sentence, by the forms that need to be looked at only then.
        self._asked_by_form = {
            form: () if any(not row.asked for row in rows) else tuple(row.asked for row in rows)
            for form, rows in rows_of.items()
        }
        asked = {own for rows in rows_of.values() for row in rows for own in row.asked}
        self._asked = frozenset().union(*asked)
        self._asked_of = functools.lru_cache(maxsize=20_000)(self._find_asked)

    def _find_asked(self, word: str) -> tuple[str, ...]:
        """Those lemmas of a word for which rows ask."""
        return tuple(self._asked.intersection(lemmas_of(word)))

    def read(self, sentence: Sentence) -> list[Happening]:
        """The happenings of a sentence, in text order, each word in one of them at most.

        No tree is made for a sentence none of whose words may be a trigger.
        """
        lemmas = frozenset(itertools.chain.from_iterable(map(self._asked_of, sentence.words)))
        found: list[Happening] = []
        taken: set[int] = set()
        for word in self._likely(sentence.words, lemmas):
            happening = self._at(sentence, word, lemmas) if word not in taken else None
            if happening is not None:
                found.append(happening)
                taken.update(range(happening.first, happening.last + 1))
        kept = without_harm(without_repeats(found))
        add_governed(kept)
        return kept

    def _likely(self, words: Sequence[str], lemmas: Lemmas) -> Iterator[int]:
        """The words that may be triggers, by their forms and the lemmas of the sentence."""
        asked_by_form, verbs = self._asked_by_form, self.lexicon.verbs
        for word, form in enumerate(words):
            if form in asked_by_form:
                asked = asked_by_form[form]
                if not asked or any(not any(map(lemmas.isdisjoint, own)) for own in asked):
                    yield word
            elif word > 1 and words[word - 1] == "-" and f"{words[word - 2]}-{form}" in verbs:
                # "tear-gassed": whose parts are no words of the lexicon.
                yield word

    def _at(self, sentence: Sentence, word: int, lemmas: Lemmas) -> Happening | None:
        tree = sentence.tree
        form, tag = tree.words[word], tree.tags[word]
        joined = _joined_form(tree, word) if tree.words[word - 1] == "-" else ""
        if joined in self.lexicon.verbs and tag in _VERB_TAGS:
            rows = _possible(self.lexicon.verbs[joined], lemmas)
            return self._verb(sentence, word, rows, first=word - 2)
        if tag in _VERB_TAGS and form in self.lexicon.verbs:
            rows = _possible(self.lexicon.verbs[form], lemmas)
            found = self._verb(sentence, word, rows, first=word)
            if found is not None:
                return found
        if tag == "JJ" and form in self.lexicon.verbs:
            # A participle, or what somebody is ("ready"), but not "rebel-held".
            is_base = tree.relations[word] not in {"root", "xcomp", "ccomp", "conj", "acl"}
            rows = _possible(self.lexicon.verbs[form], lemmas)
            rows = [row for row in rows if not (is_base and row.lemma == form)]
            found = self._verb(sentence, word, rows, first=word)
            if found is not None:
                return found
        doubtful = tag in _DOUBTFUL_TAGS and form not in self.lexicon.verbs
        if (tag in _NOUN_TAGS or doubtful) and form in self.lexicon.nouns:
            return None if _is_named(sentence, word) else self._noun(sentence, word, lemmas)
        return None

    def _verb(
        self, sentence: Sentence, word: int, rows: Sequence[Trigger], *, first: int
    ) -> Happening | None:
        tree = sentence.tree
        if not rows or tree.relations[word] in {"aux", "aux:pass", "cop"}:
            return None
        arguments = arguments_of(tree, word, is_verb=True)
        for row in rows:
            last = _last_of_verb(tree, word, row.particle)
            if last is None:
                continue
            own = with_particle(arguments, row.particle) if row.particle else arguments
            if all(holds(need, own, sentence, word) for need in row.needs):
                better = self._of_first(sentence, word, rows, row, own)
                return self._happening(sentence, word, first, last, better, own)
        return None

    def _of_first(
        self, sentence: Sentence, word: int, rows: Sequence[Trigger], row: Trigger, own: Arguments
    ) -> Trigger:
        """The row that holds of the first of several objects: "sent soldiers and tanks"."""
        objects = own.get("obj")
        if row.mode is None or not any(sentence.tree.child(w, "conj") for w in objects):
            return row
        alone = Arguments({**own.slots, "obj": objects[:1]}, own.is_passive, own.light)
        for other in rows:
            same = other.type == row.type and other.particle == row.particle
            if same and all(holds(n, alone, sentence, word, joins=False) for n in other.needs):
                return other if other.mode is not None else row
        return row

    def _noun(self, sentence: Sentence, word: int, lemmas: Lemmas) -> Happening | None:
        tree = sentence.tree
        known: dict[int, Arguments] = {}
        for form, rows in self.lexicon.nouns[tree.words[word]]:
            first = word - len(form) + 1
            if first < 0 or tuple(tree.words[first : word + 1]) != form:
                continue
            possible = _possible(rows, lemmas)
            if not possible:
                continue
            # Of "state of emergency" the first word is what the others depend on.
            head = tree.head_of(first, word + 1)
            if head not in known:
                known[head] = arguments_of(tree, head, is_verb=False)
            for row in possible:
                if all(holds(need, known[head], sentence, head) for need in row.needs):
                    return self._happening(sentence, head, first, word, row, known[head])
        return None

    def _happening(
        self,
        sentence: Sentence,
        word: int,
        first: int,
        last: int,
        row: Trigger,
        arguments: Arguments,
    ) -> Happening:
        strength = row.strength * _share(sentence.tree, word, first, row)
        found = Happening(sentence, word, first, last, row, arguments, strength)
        if arguments.light is not None and arguments.light[1].of_subject:
            # "The blast left two dead": figures of the verb are those of its noun.
            found.also.append(arguments.light[0])
        add_parties(found)
        lonely = not found.actors and not found.recipients and arguments.light is None
        if lonely and row.type not in _DEEDS and (not row.is_verb or arguments.is_passive):
            found.strength *= _ALONE
        elif lonely and not row.is_verb and row.type in _HALF_DEEDS:
            found.strength *= _ALONE_OF_DEEDS
        return found


def _possible(rows: Sequence[Trigger], lemmas: Lemmas) -> list[Trigger]:
    """Rows that may hold in a sentence whose words have these lemmas."""
    return [row for row in rows if not row.asked or not any(map(lemmas.isdisjoint, row.asked))]


def _share(tree: Tree, word: int, first: int, row: Trigger) -> float:
    """What a trigger keeps of its strength where it stands before a noun."""
    if not row.is_verb:
        return _AS_MODIFIER if tree.relations[word] in {"compound", "nmod:unmarked"} else 1.0
    if _is_hyphened(tree, word, first):
        return _AS_MODIFIER
    if tree.relations[word] == "amod":
        return _AS_ADJECTIVE if row.type in _ADJECTIVES_OF else _AS_MODIFIER
    return 1.0


def _is_title(sentence: Sentence, word: int) -> bool:
    """Whether a noun ends the name of an instrument: "the Lowen Agreement expires"."""
    tree, text = sentence.tree, sentence.text.text
    if not load_commitment_words().family(tree.words[word]):
        return False
    if word < 1 or not (
        text[tree.starts[word]].isupper() and text[tree.starts[word - 1]].isupper()
    ):
        return False
    is_name = (
        tree.relations[word - 1] in {"compound", "amod", "flat"} and tree.heads[word - 1] == word
    )
    return is_name and any(text[s].islower() for s in tree.starts[word + 1 : word + 3])


def _joined_form(tree: Tree, word: int) -> str:
    """A verb with a hyphen, whose parts are words: "tear-gassed"; empty of others."""
    if word < 2 or tree.words[word - 1] != "-" or tree.ends[word - 2] != tree.starts[word] - 1:
        return ""
    return f"{tree.words[word - 2]}-{tree.words[word]}"


def _is_hyphened(tree: Tree, word: int, first: int) -> bool:
    """Whether a participle is the end of an adjective: "rebel-occupied", "war-torn"."""
    return (
        first == word > 1
        and tree.words[word - 1] in {"-", "‑"}
        and tree.ends[word - 1] == tree.starts[word]
        and tree.tags[word] in {"VBN", "JJ", "VBD"}
    )


def _is_named(sentence: Sentence, word: int) -> bool:
    """Whether a noun is part of the name of something: "the Lake Treaty", a union's name."""
    if _is_title(sentence, word):
        return True
    if not sentence.tree.tags[word].startswith("NNP"):
        return False
    start, end = sentence.tree.starts[word], sentence.tree.ends[word]
    return any(
        m.form is MentionForm.NAME
        and m.kind is not Kind.EVENT
        and m.span.start <= start
        and end <= m.span.end
        for m in sentence.mentions
    )


def _last_of_verb(tree: Tree, word: int, particle: str) -> int | None:
    """The last word of a verb with its particle; None if that is not there."""
    if not particle:
        return word
    parts = particle.split()
    after = word + 1 + len(parts)
    if tree.words[word + 1 : after] == parts and _is_particle(tree, word, word + 1):
        return after - 1
    for child in tree.children[word]:
        begins = child if tree.relations[child] in _PARTICLES else _case_of(tree, word, child)
        if begins is not None and tree.words[begins : begins + len(parts)] == parts:
            return begins + len(parts) - 1 if begins == word + 1 else word
    return None


def _is_particle(tree: Tree, verb: int, word: int) -> bool:
    """Whether the word behind a verb belongs to it, and not to a time: "called on Friday"."""
    head = tree.heads[word]
    return not (tree.relations[word] == "case" and head != verb and tree.types[head] == "time")


def _case_of(tree: Tree, verb: int, phrase: int) -> int | None:
    """The preposition of a phrase of a verb that has no object of its own."""
    if tree.relations[phrase] not in {"obl", "advcl", "ccomp"} or phrase < verb:
        return None
    if tree.child(verb, "obj") is not None or tree.types[phrase] == "time":
        return None
    return tree.child(phrase, "case", "mark")


def triggers_in(sentences: Sequence[Sentence], reader: FrameReader) -> Iterator[Happening]:
    """The happenings of some sentences."""
    for sentence in sentences:
        yield from reader.read(sentence)


__all__ = ["FrameReader", "Happening", "triggers_in"]
