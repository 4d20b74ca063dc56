"""Who is bound by an instrument: parties between, with, of; lists of them."""

import bisect
from collections.abc import Sequence
from typing import Final

from onrecord.events.arguments import arguments_of
from onrecord.events.commitment_instruments import Naming
from onrecord.events.commitment_words import load_commitment_words
from onrecord.events.control_words import load_control_words
from onrecord.events.parties import as_country
from onrecord.events.texts import ACTING, EventText, Sentence
from onrecord.records import Entity, Kind, MentionForm, Precision, Statement

_LONGEST: Final = 9
_MOST: Final = 60
_LIST: Final = frozenset((",", "and", "&", "the", "plus", "both", "as", "well", "-"))
_CHAMBERS: Final = frozenset("parliament senate congress legislature assembly lawmakers".split())
_JOINING: Final = ("between", "with", "among")
_BUSINESS: Final = frozenset(("BUS", "MED", "JRN", "CVL"))


class PartyReader:
    """Finds the parties of instruments in the sentences of one text."""

    def __init__(self, text: EventText) -> None:
        self.text = text
        self.words = load_commitment_words()
        self._forces = load_control_words()
        self._statements = sorted(
            (min(s.start for s in statement.source), statement.id, statement)
            for statement in text.reading.statements or ()
            if statement.source
        )

    def statements_at(self, sentence: Sentence) -> list[Statement]:
        """Statements whose source begins in a sentence."""
        first = bisect.bisect_left(self._statements, (sentence.start, ""))
        after = bisect.bisect_left(self._statements, (sentence.end, ""))
        return [statement for _, _, statement in self._statements[first:after]]

    def party(self, sentence: Sentence, word: int) -> str | None:
        """The id of the party that a word names; None for "each side", persons and firms."""
        tree = sentence.tree
        if self.words.is_one("each", tree.words[word]) and not tree.tags[word].startswith("NNP"):
            return None
        entity = None if tree.tags[word] == "CD" else self._entity(sentence, word)
        if entity is None:
            return None
        entity = as_country(self.text, entity)
        is_force = self._forces.is_one("force", entity.name.split()[-1])
        if tree.words[word] in _CHAMBERS:
            # A parliament ratifies for its state.
            entity = self.text.countries.get(entity.country or "", entity)
        elif entity.name.removeprefix("The ").islower() and not is_force:
            return None
        sectors = (entity.actor or "").split(".")
        if set(sectors[1:]) & _BUSINESS:
            return None
        if entity.kind is Kind.PERSON and len(entity.name.split()) > 1:
            country = self.text.countries.get(sectors[0]) if "GOV" in sectors else None
            return None if country is None else country.id
        return entity.id

    def members(self, entity_id: str) -> list[str]:
        """The parties that an entity stands for together: "the two countries"."""
        entity = self.text.entities.get(entity_id)
        if entity is None or " and " not in entity.name:
            return []
        found: list[str] = []
        for mention in self.text.mentions_of.get(entity_id, ())[:_MOST]:
            sentence = self.text.sentence_at(mention.span)
            if sentence is None or " and " not in mention.span.text_in(self.text.text):
                continue
            for inner in sentence.mentions:
                word = sentence.word_over(inner.span)
                words = inner.span.text_in(self.text.text)
                is_name = inner.form is MentionForm.NAME or (
                    words[:1].isupper() and " " not in words
                )
                named = is_name and mention.span.contains(inner.span)
                if named and inner.entity != entity_id and word is not None:
                    party = self.party(sentence, word)
                    found += [] if party in {None, entity_id, *found} else [party or ""]
        return found if len(found) > 1 else []

    def led_by(self, sentence: Sentence, word: int) -> list[int]:
        """The states whose leaders a word names: "the foreign ministers of X and Y"."""
        tree = sentence.tree
        if not self.words.is_one("leader", tree.words[word]) or tree.tags[word].startswith("NNP"):
            return []
        behind = tree.words[word + 1 : word + 3]
        return self.after(sentence, word, "of") if "of" in behind else []

    def _entity(self, sentence: Sentence, word: int) -> Entity | None:
        start, end = sentence.tree.starts[word], sentence.tree.ends[word]
        mention = sentence.mention(word)
        if mention is not None and " and " in mention.span.text_in(self.text.text):
            mention = next(
                (
                    m
                    for m in sentence.mentions
                    if m.span.start <= start
                    and m.span.end == end
                    and " and " not in m.span.text_in(self.text.text)
                ),
                None,
            )
        entity = None if mention is None else self.text.entities.get(mention.entity)
        return entity if entity is not None and entity.kind in ACTING else None

    def is_named_state(self, sentence: Sentence, word: int) -> bool:
        """Whether a word names a state."""
        party = self.party(sentence, word)
        return party is not None and self.is_state(party)

    def is_state(self, entity_id: str) -> bool:
        """Whether a party is a state or one of its organs."""
        entity = self.text.entities.get(entity_id)
        if entity is None or entity.actor is None:
            return False
        return entity.actor == entity.country or "GOV" in entity.actor.split(".")

    def joined_by(self, sentence: Sentence, naming: Naming) -> list[int]:
        """Parties behind the noun for an instrument: between, with, among."""
        tree, word = sentence.tree, naming.word
        arguments = arguments_of(tree, word, is_verb=False)
        found: list[int] = []
        for preposition in _JOINING:
            for filler in arguments.get(preposition):
                found += self.listed(sentence, filler)
            if preposition in tree.words[word + 1 : word + 3]:
                found += self.after(sentence, word, preposition)
        return list(dict.fromkeys(found))

    def before(self, sentence: Sentence, naming: Naming) -> list[int]:
        """Parties in front of the noun for an instrument: possessors, countries, peoples."""
        tree, word = sentence.tree, naming.word
        arguments = arguments_of(tree, word, is_verb=False)
        owners = [w for w in arguments.get("poss") if tree.tags[w] != "PRP$"]
        found = [w for owner in owners for w in self.listed(sentence, owner)]
        found += [w for w in range(naming.first, word) if self._is_country_before(sentence, w)]
        return list(dict.fromkeys(found))

    def _is_country_before(self, sentence: Sentence, word: int) -> bool:
        """Whether a word in front of the noun is a country or a people: "Iran nuclear deal"."""
        entity = self._entity(sentence, word)
        if entity is None or entity.actor is None:
            return False
        if entity.kind is Kind.NATIONALITY:
            return entity.actor == entity.country
        place = self.text.places.get(entity.place or "")
        named_as_one = place is None or place.precision is Precision.COUNTRY
        return entity.kind is Kind.PLACE and entity.actor == entity.country and named_as_one

    def after(self, sentence: Sentence, word: int, preposition: str) -> list[int]:
        """The parties behind a preposition that soon follows a word."""
        heads = self.behind(sentence, word, (preposition,))
        return self.listed(sentence, heads[0]) if heads else []

    def behind(self, sentence: Sentence, word: int, prepositions: Sequence[str]) -> list[int]:
        """The head of the phrase behind the first of some prepositions that follows a word."""
        tree = sentence.tree
        for other in range(word + 1, min(word + _LONGEST, len(tree))):
            if tree.words[other] in prepositions:
                for noun in range(other + 1, min(other + _LONGEST, len(tree))):
                    is_part = tree.relations[noun] in {"compound", "amod", "flat"}
                    if tree.tags[noun].startswith("NN") and not (
                        is_part and tree.heads[noun] > noun
                    ):
                        return [noun]
                return []
            if tree.tags[other] in {"VBD", "VBZ", "VBP", "MD", "."}:
                return []
        return []

    def listed(self, sentence: Sentence, word: int) -> list[int]:
        """A word and those in a list with it, by the tree and by their order."""
        tree = sentence.tree
        found = tree.joined(word)[:_MOST]
        other, joined = word + 1, False
        while other < len(tree) and len(found) < _MOST:
            if tree.words[other] in _LIST:
                joined = joined or tree.words[other] in {",", "and", "&"}
            elif self._entity(sentence, other) is not None and joined:
                if tree.relations[other] in {"nsubj", "nsubj:pass"}:
                    break
                found.append(other)
                joined = False
            elif tree.relations[other] not in {"compound", "flat", "amod", "within", "case"} or (
                tree.tags[other] in {"IN", "TO"}
            ):
                break
            other += 1
        return sorted(set(found))
