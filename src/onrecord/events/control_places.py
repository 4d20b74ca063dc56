"""Which places a phrase names: "Orsa", "the towns of Orsa and Senn", "parts of Arland".

Trees say where the phrase begins; what belongs to it is then read from left to right, so
that one wrong arc in a list does not lose the rest of it.
"""

import bisect
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from onrecord.events.commitment_words import load_commitment_words
from onrecord.events.control_words import NOUNS, load_control_words
from onrecord.events.texts import EventText, Sentence
from onrecord.records import Kind, Mention, MentionForm, Place, Precision

# Words of a phrase that are looked at, and places of a list.
_LONGEST: Final = 14
_MOST_PLACES: Final = 60
_INTO: Final = frozenset("of in within across inside throughout around including".split())
_JOINING: Final = frozenset((",", "and", "or", ";", "&", "both", "plus", "also"))
_NAMING: Final = frozenset(("including", "such", "among"))
_BETWEEN: Final = frozenset("the a an its their his all as well nearby neighbouring them".split())
_QUANTITY_TAGS: Final = frozenset(("CD", "DT", "JJ", "JJR", "JJS", "PRP$", "POS", "PDT", "HYPH"))
_WIDE: Final = frozenset({Precision.COUNTRY, Precision.REGION})
# Kinds of mentions that may describe a place without a name.
_DESCRIBED: Final = frozenset({Kind.PLACE, Kind.FACILITY, Kind.ORGANIZATION, Kind.OTHER})
_GROUPS: Final = frozenset("string number handful cluster dozens series scores couple".split())
_SHARES: Final = frozenset("most half much all part parts rest bulk third majority".split())
_SHARE_WORDS: Final = 7
_ENDING: Final = ("VB", "W", "PRP", ",", ".", "MD")
_COMPASS: Final = frozenset("north south east west northeast northwest southeast southwest".split())
_HOLDING: Final = frozenset({Kind.PLACE, Kind.FACILITY})
# Kinds for which a name of a place on no map may be taken, and its most words.
_MISTAKEN: Final = frozenset({Kind.PERSON, Kind.ORGANIZATION, Kind.OTHER})
_MOST_WORDS: Final = 2
_OF: Final = frozenset(("of",))
# Words between a claim and "including".
_TO_INCLUDING: Final = 7
_WORDED: Final = frozenset({MentionForm.NAME, MentionForm.DESCRIPTION})


class PlaceReader:
    """Reads the places of phrases in one sentence."""

    def __init__(self, text: EventText, sentence: Sentence) -> None:
        self.text, self.sentence, self.tree = text, sentence, sentence.tree
        self.words = load_control_words()
        self.at: dict[int, list[Mention]] = {}
        self.last: dict[int, int] = {}
        for mention in sentence.mentions:
            if text.place(mention) is not None and not _is_list(text, mention):
                word = sentence.word_over(mention.span)
                if word is not None and self._may_head(word, mention):
                    self.at.setdefault(word, []).append(mention)
                    if mention.form is MentionForm.NAME:
                        after = bisect.bisect_left(self.tree.starts, mention.span.end)
                        self.last[word] = max(self.last.get(word, word), after - 1)

    def _may_head(self, word: int, mention: Mention) -> bool:
        """Whether a place's words are a name or "the town", not "the fall of Orsa"."""
        form = self.tree.words[word]
        if form in NOUNS or self.words.rows("noun", form):
            return False
        if load_commitment_words().family(form) and self.tree.tags[word].startswith("NN"):
            # The treaty of a town is no part of it.
            return False
        named = mention.form is not MentionForm.DESCRIPTION
        is_capital = self.text.text[self.tree.starts[word]].isupper()
        return named or is_capital or self._is_territory(word)

    def _is_territory(self, word: int) -> bool:
        form = self.tree.words[word]
        return self.words.is_one("region", form) or self.words.is_one("site", form)

    def place(self, word: int) -> Place | None:
        """The place that a word names as the head of a phrase."""
        found = () if self._modifies(word) else self.at.get(word, ())
        for mention in found:
            if mention.form is MentionForm.NAME and mention.id in self.text.place_of_mention:
                return self.text.place_of_mention[mention.id]
        for mention in found:
            if mention.id in self.text.place_of_mention:
                return self.text.place_of_mention[mention.id]
        for mention in found:
            entity = self.text.entities.get(mention.entity)
            if entity is not None and entity.kind in _HOLDING:
                return self.text.place(mention)
        return None

    def _modifies(self, word: int) -> bool:
        """Whether a word only modifies a noun that is no territory: "the Orsa embassy"."""
        tree, head = self.tree, self.tree.heads[word]
        if tree.tags[word] == "PRP$":
            return True
        modifier = tree.relations[word] in {"compound", "amod", "nmod:poss"}
        return modifier and word < head < word + 5 and not self._may_follow(word, head)

    def _may_follow(self, word: int, head: int) -> bool:
        """Whether a noun behind a name is part of it, or stands for territory of it."""
        return self._is_territory(head) or head <= self.last.get(word, word) or head in self.at

    def places(self, word: int) -> list[tuple[int, Place]]:
        """The places of a phrase by the word that heads it, each with its word and once."""
        found: dict[str, tuple[int, Place]] = {}
        for at, place in self._places(word):
            found.setdefault(self._same_as(place), (at, place))
        return [*found.values()]

    def _same_as(self, place: Place) -> str:
        """What a place and a description of it share: "Orsa, a mining town"."""
        return self._entity_of.get(place.mention, place.id)

    @cached_property
    def _entity_of(self) -> dict[str, str]:
        return {mention.id: mention.entity for mention in self.sentence.mentions}

    def _places(self, word: int) -> list[tuple[int, Place]]:
        form = self.tree.words[word]
        found: list[tuple[int, Place]] = []
        is_region, is_site = self.words.is_one("region", form), self.words.is_one("site", form)
        own = self.place(word)
        if is_region or (is_site and own is None):
            found = self._inside(word, {"of"} if is_site else _INTO)
        if not found and is_region:
            found = self._named_by(word)
        if not found and own is not None:
            found = [(word, own)]
        if not found and (is_region or is_site):
            found = self._before(word)
        if not found and is_region and self.tree.child(word, "cop") is not None:
            # "Orsa is the largest town held by them."
            subject = self.tree.child(word, "nsubj")
            return [] if subject is None else self._places(subject)
        if not found:
            return self._others_of_list(word)
        rest = self._rest_of_list(found[-1][0], {w for w, _ in found})
        found = rest if rest and self._are_members(word, found[0][0], rest[0][0]) else found + rest
        for other in self.tree.joined(word)[1:]:
            known = {w for w, _ in found}
            if other not in known and len(found) < _MOST_PLACES:
                before = self.place(other - 2) if self.tree.words[other - 1] == "," else None
                more = self._joined(other)
                found += [p for p in more if p[0] not in known and not _is_around(p[1], before)]
        return found

    def _others_of_list(self, word: int) -> list[tuple[int, Place]]:
        """The places of a list whose first name is taken for something else."""
        if not self.tree.tags[word].startswith("NNP"):
            return []
        others = self.tree.joined(word)[1:]
        named = [(w, p) for w in others if (p := self.place(w)) is not None]
        more = [(w, p) for w in others if named and (p := self._described(w)) is not None]
        return sorted([*named, *more], key=lambda pair: pair[0])

    def _are_members(self, word: int, around: int, first: int) -> bool:
        """Whether a list names the places meant: "settlements in Arland, including Orsa"."""
        words = self.tree.words
        many = self.tree.tags[word] == "NNS" and words[word] not in {"parts", "areas"}
        between = words[around + 1 : first]
        return (
            many
            and "in" in words[word:around]
            and bool({"including", "such", "among"} & set(between))
        )

    def described(self, word: int) -> list[tuple[int, Place]]:
        """What a phrase describes without a name: "areas in the east", "a nearby air base"."""
        place = self._described(word)
        found = [] if place is None else [(word, place)]
        for other in self.tree.joined(word)[1:] if found else []:
            more = self._described(other)
            found += [] if more is None else [(other, more)]
        return found

    def _described(self, word: int) -> Place | None:
        mention = self._describing.get(word)
        if mention is None and self.tree.words[word] in _GROUPS:
            own = self.tree.child(word, "nmod")
            mention = None if own is None else self._describing.get(own)
        if mention is None and self.tree.words[word] in _SHARES:
            return self._shared(word)
        if mention is None and not self.at.get(word) and self._is_noun_for_area(word):
            mention = self.text.made.mention_at(self.tree, word)
        if mention is None or mention.span.text_in(self.text.text).lower().startswith("no "):
            return None
        return self.text.made_places.of(mention, self._name(word, mention))

    def _shared(self, word: int) -> Place | None:
        """The area or site of which somebody has a share: "most of the road"."""
        tree = self.tree
        if tree.words[word + 1 : word + 2] != ["of"]:
            return None
        for other in range(word + 2, min(word + _SHARE_WORDS, len(tree))):
            if tree.tags[other].startswith("NN"):
                if not (tree.relations[other] == "compound" and tree.heads[other] > other):
                    return self._described(other)
            elif tree.tags[other] not in _QUANTITY_TAGS:
                return None
        return None

    def _name(self, word: int, mention: Mention) -> str:
        """The words of a place without a clause behind: "areas" of "areas that they took"."""
        tree = self.tree
        first, after = tree.words_in(mention.span.start, mention.span.end)
        last = word
        while last + 1 < after and not tree.tags[last + 1].startswith(_ENDING):
            last += 1
        while last > word and not tree.tags[last].startswith("NN"):
            last -= 1
        return self.sentence.span(first, max(first, last)).text_in(self.text.text)

    @cached_property
    def _describing(self) -> dict[int, Mention]:
        """Mentions of areas and sites that have no place, by the words that head them."""
        found: dict[int, Mention] = {}
        tree, text = self.tree, self.text
        for mention in reversed(self.sentence.mentions):
            word = self.sentence.word_over(mention.span)
            if word is None or not may_describe(mention):
                continue
            if text.place(mention) is not None or _is_list(text, mention):
                continue
            is_name = mention.form is MentionForm.NAME and mention.kind is Kind.FACILITY
            if is_name or self._is_area(word, mention):
                first, after = tree.words_in(mention.span.start, mention.span.end)
                if word not in found or not any(
                    tag.startswith("VB") or tag == "WDT" for tag in tree.tags[first:after]
                ):
                    found[word] = mention
                    if is_name:
                        after = bisect.bisect_left(tree.starts, mention.span.end)
                        self.last[word] = max(self.last.get(word, word), after - 1)
        return found

    def _is_area(self, word: int, mention: Mention) -> bool:
        if not self._is_noun_for_area(word):
            return False
        if self.words.is_one("building", self.tree.words[word]):
            return mention.form is MentionForm.DESCRIPTION
        return mention.kind in _HOLDING or self.tree.tags[word] == "NNS"

    def _is_noun_for_area(self, word: int) -> bool:
        tree = self.tree
        if tree.words[word] in _GROUPS:
            own = tree.child(word, "nmod")
            return own is not None and tree.case(own) == "of" and self._is_noun_for_area(own)
        form = tree.words[word]
        is_ground = self.words.is_one("area", form) or self.words.is_one("building", form)
        return tree.tags[word].startswith("NN") and is_ground

    def after(self, word: int) -> list[tuple[int, Place]]:
        """The places right after a verb, for where the tree has no object."""
        tree = self.tree
        for other in range(word + 1, min(word + 8, len(tree))):
            form, tag = tree.words[other], tree.tags[other]
            if self.place(other) is not None:
                return self.places(other)
            if self.words.is_one("region", form) and tag != "JJ":
                return self.places(other)
            is_open = tag in _QUANTITY_TAGS or form in {"back", "of", "over", "up"} or tag == "RB"
            is_part = tree.relations[other] in {"compound", "amod", "flat", "within"}
            if not is_open and not (is_part and tree.heads[other] > other):
                return []
        return []

    def _joined(self, word: int) -> list[tuple[int, Place]]:
        own = self.place(word)
        if self.words.is_one("region", self.tree.words[word]):
            inside = self._inside(word, _INTO)
            if inside:
                return inside
        return [(word, own)] if own is not None else []

    def _inside(self, word: int, into: frozenset[str] | set[str]) -> list[tuple[int, Place]]:
        """The first place behind a noun for territory: "of", "in" or right behind it."""
        tree = self.tree
        for other in self._behind(word, into):
            place = self.place(other)
            if place is not None:
                return [(other, place)]
            if other > word + 1 and self.words.is_one("region", tree.words[other]):
                deeper = self._inside(other, _INTO)
                if deeper:
                    return deeper
            elif tree.tags[other].startswith("NN") and not self._leads_on(other):
                return []
        return []

    def _named_by(self, word: int) -> list[tuple[int, Place]]:
        """The name behind "the village of", whatever an earlier stage has taken it for.

        A noun beside a place only says what that is: "Orsa, a mining town".
        """
        tree, head = self.tree, self.tree.heads[word]
        if tree.relations[word] == "appos" and head < word:
            place = self.place(head)
            return [] if place is None else [(head, place)]
        name = word + 2
        if not self.words.is_one("named", tree.words[word]) or tree.words[word + 1 : name] != [
            "of"
        ]:
            return []
        for mention in self.sentence.mentions if name < len(tree) else ():
            words = mention.span.text_in(self.text.text).split()
            is_name = len(words) <= _MOST_WORDS and all(w[:1].isupper() for w in words)
            if mention.span.start == tree.starts[name] and is_name:
                last = self.sentence.word_over(mention.span)
                if last is not None and tree.tags[last].startswith("NNP"):
                    name_as_written = mention.span.text_in(self.text.text)
                    return [(last, self.text.made_places.of(mention, name_as_written))]
        return []

    def _leads_on(self, word: int) -> bool:
        """Whether a noun belongs to a noun behind it."""
        tree = self.tree
        parts = {"compound", "amod", "flat", "within", "nmod:desc", "nmod:poss"}
        return tree.relations[word] in parts or self._is_territory(word)

    def _behind(self, word: int, into: frozenset[str] | set[str]) -> Iterator[int]:
        """Words of a phrase behind its head, up to what cannot belong to it."""
        tree, is_in = self.tree, False
        for other in range(word + 1, min(word + 1 + _LONGEST, len(tree))):
            form, tag = tree.words[other], tree.tags[other]
            if form in into or form in {"such", "named", "called", ",", ":", "–", "—"}:
                is_in = is_in or form != ","
                continue
            if tag in {"IN", "TO"} and form not in {"as", "than"}:
                return
            if tag in {"VBD", "VBZ", "VBP", "MD", "WDT", "WP", "CC", "."} and not self.at.get(
                other
            ):
                return
            if (
                other == word + 1
                and form in _COMPASS
                and self.words.is_one("area", tree.words[word])
            ):
                # "villages south of Orsa" are not in Orsa.
                return
            if is_in or tree.tags[other].startswith("NN") or tag in _QUANTITY_TAGS:
                yield other

    def _before(self, word: int) -> list[tuple[int, Place]]:
        """The place in front of a noun for territory: "the Orsa valley", "Orsa's outskirts"."""
        for child in self.tree.children[word]:
            if child < word and self.tree.relations[child] in {"compound", "nmod:poss", "nmod"}:
                place = self.place(child)
                if place is not None:
                    return [(child, place)]
        return []

    def included(self, last: int) -> list[tuple[int, Place]]:
        """Places behind an "including" that follows soon: "was taken on Monday, including Orsa"."""
        tree = self.tree
        for word in range(last + 1, min(last + 1 + _TO_INCLUDING, len(tree))):
            if tree.words[word] == "including":
                return self._rest_of_list(word, set(), joined=True)
            if tree.tags[word].startswith(("VB", "W", ".", "MD")):
                return []
        return []

    def _into(self, word: int) -> frozenset[str]:
        """What leads from a noun to the place that is meant; "the plant in Orsa" is the plant."""
        return _OF if self.words.is_one("site", self.tree.words[word]) else _INTO

    def _taken_for_other(self, word: int, before: int) -> Place | None:
        """A name in a list of places that an earlier stage has taken for somebody, once only."""
        if word not in self._taken or self._first_joined(word) != self._first_joined(before):
            return None
        return self.mistaken(word)

    def mistaken(self, word: int) -> Place | None:
        """The place of a name that an earlier stage has taken for somebody."""
        mention = self._taken.get(word)
        if mention is None:
            return None
        return self.text.made_places.of(mention, mention.span.text_in(self.text.text))

    def list_from_mistaken(self, word: int) -> list[tuple[int, Place]]:
        """A list of places that begins with such a name."""
        place = self.mistaken(word)
        return [] if place is None else [(word, place), *self._rest_of_list(word, {word})]

    def _first_joined(self, word: int) -> int:
        tree = self.tree
        while tree.relations[word] == "conj" and tree.heads[word] != word:
            word = tree.heads[word]
        return word

    @cached_property
    def _taken(self) -> dict[int, Mention]:
        """Names of one or two words that are no places and stand nowhere else in the text."""
        found: dict[int, Mention] = {}
        for mention in self.sentence.mentions:
            is_once = self.text.n_mentions_of[mention.entity] == 1
            is_name = mention.form is MentionForm.NAME and mention.kind in _MISTAKEN
            word = self.sentence.word_over(mention.span) if is_once and is_name else None
            n_words = len(mention.span.text_in(self.text.text).split())
            if word is not None and n_words <= _MOST_WORDS and self.text.place(mention) is None:
                found[word] = mention
        return found

    def _rest_of_list(
        self, last: int, known: set[int], *, joined: bool = False
    ) -> list[tuple[int, Place]]:
        """Further places of a list, read from left to right."""
        tree, found = self.tree, list[tuple[int, Place]]()
        word = self.last.get(last, last) + 1
        while word < len(tree) and len(found) < _MOST_PLACES:
            form = tree.words[word]
            place = self.place(word)
            if place is None and joined and not self._inside(word, self._into(word)):
                place = self._described(word)
            if place is None and joined:
                place = self._taken_for_other(word, last)
            if place is not None and joined and _is_around(place, self.place(last)):
                last, joined = word, False
            elif place is not None and joined:
                if tree.relations[word] in {"nsubj", "nsubj:pass"}:
                    return found
                if word not in known:
                    found.append((word, place))
                last = word
                joined, word = False, self.last.get(word, word)
            elif (
                form in _JOINING
                or form in {"including", "among"}
                or (form == "such" and not joined)
            ):
                joined = True
            elif not self._is_filling(word, joined=joined) and not (
                word == self.last.get(last, last) + 1 and self._is_territory(word)
            ):
                return found
            word += 1
        return found

    def _is_filling(self, word: int, *, joined: bool) -> bool:
        """Whether a list may go on behind a word that is no place."""
        tree = self.tree
        form, tag = tree.words[word], tree.tags[word]
        if form in _BETWEEN or tree.relations[word] in {"flat", "within", "compound"}:
            return True
        if not joined:
            return form in {"'s", "’s"}
        return (
            form == "of"
            or tag in _QUANTITY_TAGS
            or self.words.is_one("region", form)
            or self.words.is_one("site", form)
        )


def may_describe(mention: Mention) -> bool:
    """Whether a mention may describe a place without naming it."""
    return mention.kind in _DESCRIBED and mention.form in _WORDED


def _is_around(place: Place, before: Place | None) -> bool:
    """Whether a place only says where the one before it is: "Orsa, Arland"."""
    if before is None or place.country is None or place.country != before.country:
        return False
    return place.precision in _WIDE and before.precision not in _WIDE


def _is_list(text: EventText, mention: Mention) -> bool:
    """Whether a mention holds several names, or a clause, and so is none of one place."""
    words = mention.span.text_in(text.text).lower().replace(",", " , ").split()
    return (
        len(words) > 7 or "and" in words or (mention.form is not MentionForm.NAME and "," in words)
    )
