"""Who holds, gains or loses a place: the party that a word names, and whether it can hold one."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from onrecord.events.control_words import load_control_words
from onrecord.events.parties import as_country
from onrecord.events.texts import ACTING, EventText, Sentence
from onrecord.records import Entity, Kind, Mention, MentionForm, Place

_ARMED: Final = frozenset(("MIL", "REB", "UAF", "SPY", "PRM"))
# Sectors of those that hold no places.
_PEACEFUL: Final = frozenset(
    ("BUS", "MED", "JRN", "EDU", "LAB", "AGR", "JUD", "LEG", "NGO", "SOC", "CVL", "ELI", "REF")
)
_INSIDE: Final = ("amod", "compound", "nmod:poss", "nmod:desc", "nmod")
_LONGEST: Final = 10
# Words around "fighters of the X" and "the X's fighters" that are looked at.
_BETWEEN: Final = frozenset(("the", "of", "'s", "’s", "'", "’"))
_WORD: Final = re.compile(r"[\w-]+|['’]s\b|['’.,;:]")
_AROUND: Final = 40


class HolderReader:
    """Finds the parties of claims about one text."""

    def __init__(self, text: EventText) -> None:
        self.text = text
        self.words = load_control_words()
        self._contests: dict[int, bool] = {}
        # Who was said so far to have taken places by force.
        self.sides: set[str] = set()

    def entity(self, sentence: Sentence, word: int) -> Entity | None:
        """The party that a word names; of "Arlish forces" without a mention, Arland."""
        found = self._own(sentence, word)
        if found is None and self.is_force(sentence.tree.words[word]):
            for child in sentence.tree.all_children(word, *_INSIDE):
                found = self._own(sentence, child) if child < word else None
                if found is not None:
                    break
        return None if found is None else as_country(self.text, found)

    def _own(self, sentence: Sentence, word: int) -> Entity | None:
        mention = sentence.mention(word)
        if mention is not None and " and " in mention.span.text_in(self.text.text):
            mention = self._shorter(sentence, word)
            entity = None if mention is None else self.text.entities.get(mention.entity)
        else:
            entity = sentence.entity(word)
        if entity is None or entity.kind in ACTING:
            return entity
        return entity if self.is_force(entity.name.lower().split()[-1]) else None

    def _shorter(self, sentence: Sentence, word: int) -> Mention | None:
        """The longest mention at a word that joins no two."""
        start, end = sentence.tree.starts[word], sentence.tree.ends[word]
        for mention in sentence.mentions:
            if mention.span.start <= start and end <= mention.span.end:
                words = mention.span.text_in(self.text.text)
                if " and " not in words and mention.span.end == end:
                    return mention
        return None

    def near(self, sentence: Sentence, first: int, prepositions: frozenset[str]) -> int | None:
        """The party behind a preposition that stands soon after a word."""
        tree, after = sentence.tree, False
        for word in range(first + 1, min(first + 1 + _LONGEST, len(tree))):
            if after and self.entity(sentence, word) is not None:
                head = tree.heads[word]
                inside = tree.relations[word] in {"compound", "amod", "nmod:poss"} and head > word
                if inside and self.entity(sentence, head) is not None:
                    return head
                return word
            if tree.words[word] in prepositions:
                after = True
            elif tree.tags[word] in {"VBD", "VBZ", "VBP", "MD", ",", ".", "WDT", "WP"}:
                return None
        return None

    def ending(self, sentence: Sentence, word: int) -> Entity | None:
        """The party of the longest mention that ends with a word: "Arlish" in "Arlish-held"."""
        end = sentence.tree.ends[word]
        for mention in sentence.mentions:
            entity = self.text.entities.get(mention.entity)
            if mention.span.end == end and entity is not None and entity.kind in ACTING:
                return as_country(self.text, entity)
        return None

    def named(self, word: str) -> Entity | None:
        """The entity whose mentions end in a word or its plural: who "rebel-held" means."""
        found = self._by_last_word.get(word) or self._by_last_word.get(word + "s")
        if not found:
            return None
        entity = self.text.entities.get(found.most_common(1)[0][0])
        return None if entity is None or entity.kind not in ACTING else entity

    @cached_property
    def _by_last_word(self) -> dict[str, Counter[str]]:
        found: dict[str, Counter[str]] = {}
        for mention in self.text.mentions:
            words = mention.span.text_in(self.text.text).lower().split()
            if words and len(words) < 4 and mention.form is not MentionForm.PRONOUN:
                found.setdefault(words[-1], Counter())[mention.entity] += 1
        return found

    def not_itself(self, sentence: Sentence, word: int, places: Sequence[Place]) -> str | None:
        """Whose "its full control" is; where coreference has the place in mind, the speaker's."""
        entity = self.entity(sentence, word)
        if entity is None or all(p.mention not in entity.mentions for p in places):
            return None if entity is None else entity.id
        statement = self.text.asserter(sentence.span(word, word))
        speaker = self.text.entities.get((statement and statement.speaker) or "")
        return None if speaker is None or speaker.kind is Kind.PERSON else speaker.id

    def is_force(self, form: str) -> bool:
        """Whether a word is one for troops or others who fight."""
        return self.words.is_one("force", form)

    def is_armed(self, sentence: Sentence, word: int) -> bool:
        """Whether a word names somebody who fights."""
        if self.is_force(sentence.tree.words[word]):
            return True
        entity = self.entity(sentence, word)
        return entity is not None and self.fights(entity)

    def fights(self, entity: Entity) -> bool:
        """Whether an entity is an armed body."""
        named = self.is_force(entity.name.lower().split()[-1])
        return named or bool(_sectors(entity) & _ARMED) or entity.id in self._with_fighters

    @cached_property
    def _with_fighters(self) -> frozenset[str]:
        """Bodies whose forces the text names: "fighters of the Pell Union", "the union's men"."""
        text, found = self.text.text, set[str]()
        for mention in self.text.mentions:
            entity = self.text.entities.get(mention.entity)
            if entity is None or entity.kind is not Kind.ORGANIZATION or entity.id in found:
                continue
            if mention.form is MentionForm.PRONOUN:
                continue
            start, end = mention.span.start, mention.span.end
            before = _WORD.findall(text[max(start - _AROUND, 0) : start].lower())
            behind = _WORD.findall(text[end : end + _AROUND].lower())
            owns = text[start:end].endswith(("'s", "’s", "s'", "s’"))
            while before and before[-1] == "the":
                before.pop()
            of = before.pop() == "of" if before else False
            while behind and behind[0] in _BETWEEN - {"the", "of"}:
                owns = bool(behind.pop(0))
            if (of and before and self._are_fighters(before[-1])) or (
                owns and behind and self._are_fighters(behind[0])
            ):
                found.add(entity.id)
        return frozenset(found)

    def _are_fighters(self, form: str) -> bool:
        return self.words.is_one("fighters", form)

    def tells_of_war(self, state: Entity) -> bool:
        """Whether an entity is a state of whose forces the text tells."""
        return state.actor is not None and state.actor in self._with_forces

    @cached_property
    def _with_forces(self) -> frozenset[str]:
        """The codes of states that have forces among the entities."""
        entities = self.text.entities.values()
        return frozenset(
            (e.actor or "").split(".")[0]
            for e in entities
            if "MIL" in _sectors(e) and e.kind is Kind.ORGANIZATION
        )

    def may_hold_site(self, sentence: Sentence, word: int, form: str) -> bool:
        """Whether somebody may hold what a noun describes; a school only who fights."""
        if not self.is_side(sentence, word):
            return False
        entity = self.entity(sentence, word)
        taker = entity is not None and entity.id in self.sides
        return not self.words.is_one("building", form) or taker or self.is_armed(sentence, word)

    def is_side(self, sentence: Sentence, word: int) -> bool:
        """Whether a word names somebody who fights, a state or its government."""
        entity = self.entity(sentence, word)
        if entity is not None and entity.kind is Kind.PERSON and not entity.name.islower():
            named = self.is_force(entity.name.lower().split()[-1])
            return named or self.is_force(sentence.tree.words[word])
        if self.is_armed(sentence, word):
            return True
        if entity is not None and entity.id in self.sides:
            return True
        if entity is None or entity.actor is None:
            return False
        return entity.actor == entity.country or "GOV" in _sectors(entity)

    def is_person(self, sentence: Sentence, word: int) -> bool:
        """Whether a word names persons who do not fight."""
        entity = self.entity(sentence, word)
        return entity is not None and entity.kind is Kind.PERSON

    def is_contest(self, sentence: Sentence) -> bool:
        """Whether a sentence speaks of sports or elections."""
        if sentence.number not in self._contests:
            of_contest = self.words.lemmas["contest"]
            found = any(
                w in of_contest or w.removesuffix("s") in of_contest for w in sentence.words
            )
            self._contests[sentence.number] = found
        return self._contests[sentence.number]

    def may_hold(self, sentence: Sentence, word: int | None, who: str) -> bool:
        """Whether somebody is such as can gain or lose a place."""
        contest = self.is_contest(sentence)
        if word is None:
            return who != "force" and not contest
        if self.is_armed(sentence, word):
            return True
        if who == "force" or contest:
            return False
        entity = self.entity(sentence, word)
        if entity is None:
            return sentence.tree.tags[word] in {"PRP", "WP", "WDT", "DT"}
        is_person = entity.kind is Kind.PERSON and who == "state"
        return not is_person and not _sectors(entity) & _PEACEFUL


def _sectors(entity: Entity) -> frozenset[str]:
    return frozenset((entity.actor or "").split("."))
