"""Control claims: who is said to hold, to have taken, to have lost or to contest a place.

Words of ``tables/control_words.tsv`` begin a claim; where they say nothing of a place that
has a row, there is none. "Control", "hands" and the like: `onrecord.events.control_nouns`.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.events.arguments import Arguments
from onrecord.events.codebook import is_unarmed
from onrecord.events.control_claims import Draft, Party, claim_rows
from onrecord.events.control_holders import HolderReader
from onrecord.events.control_nouns import NounReader, trigger_arguments
from onrecord.events.control_places import PlaceReader, may_describe
from onrecord.events.control_sides import SideReader
from onrecord.events.control_words import NOUNS, ControlWord, load_control_words, trigger_forms
from onrecord.events.texts import EventText, Sentence
from onrecord.records import Change, ControlClaim, Place, Precision

_HYPHENS: Final = frozenset(("-", "‑", "–", "‐"))
_NOT_VERBS: Final = frozenset(("aux", "aux:pass", "cop"))
_VERB_SLOTS: Final = frozenset(("subj", "obj", "poss", "amod"))
_OTHERS: Final = frozenset(("IN", "TO"))
_REACH: Final = 7
_SPELLS: Final = frozenset("years months weeks decades days year decade".split())
_INSIDE: Final = frozenset(("in", "inside", "across", "throughout"))
_CLAUSE: Final = ("VB", "MD", "W", ",", ".", "CC")
Places = list[tuple[int, Place]]


def control_claims(text: EventText) -> list[ControlClaim]:
    """The control claims of a text, in its order."""
    return read_control(text)[0]


def read_control(text: EventText) -> tuple[list[ControlClaim], frozenset[int]]:
    """The control claims of a text, and where words begin by which fighters take places."""
    holders = HolderReader(text)
    sides = SideReader(text, holders)
    rows: dict[str, ControlClaim] = {}
    taking: set[int] = set()
    for sentence in text.sentences:
        if trigger_forms().isdisjoint(sentence.words):
            continue
        if not any(text.place(m) is not None or may_describe(m) for m in sentence.mentions):
            continue
        for draft in ControlReader(text, sentence, holders, sides).drafts():
            if is_by_force(text, draft, holders):
                taking.add(sentence.tree.starts[draft.told])
                holders.sides.update(p.holder for p in draft.parties if p.holder)
            for row in claim_rows(text, draft):
                rows.setdefault(row.id, row)
    return sorted(rows.values(), key=lambda r: (r.span, r.id)), frozenset(taking)


def is_by_force(text: EventText, draft: Draft, holders: HolderReader) -> bool:
    """Whether a side that fights takes a place, by what takes it or by the verb."""
    tree = draft.sentence.tree
    if draft.is_given or not tree.is_verb(draft.told):
        return False
    is_sure = load_control_words().is_one("sure", tree.words[draft.told])
    for party in draft.parties:
        holder = text.entities.get(party.holder or "")
        if party.change is Change.TAKEN and holder is not None:
            return is_sure or holders.fights(holder) or holders.tells_of_war(holder)
    return False


class ControlReader:
    """Finds the claims of one sentence."""

    def __init__(
        self, text: EventText, sentence: Sentence, holders: HolderReader, sides: SideReader
    ) -> None:
        self.text, self.sentence, self.tree = text, sentence, sentence.tree
        self.words, self.holders, self.sides = load_control_words(), holders, sides
        self.reader = PlaceReader(text, sentence)
        self.nouns = NounReader(sentence, self.reader, holders)

    def drafts(self) -> Iterator[Draft]:
        """Claims, word by word."""
        tree, triggers = self.tree, trigger_forms()
        for word, form in enumerate(tree.words):
            if form not in triggers:
                continue
            if word > 1 and tree.words[word - 1] in _HYPHENS and self.words.rows("held", form):
                yield from self._hyphened(word)
            elif self.words.rows("noun", form) and tree.words[word + 1 : word + 2] == ["of"]:
                yield from self._spoken(word, "noun")
            elif self.words.rows("verb", form) and self._is_verb(word):
                yield from self._spoken(word, "verb")
            elif form in NOUNS:
                yield from self.nouns.drafts(word)
            elif self.words.rows("noun", form) and tree.tags[word].startswith("NN"):
                yield from self._spoken(word, "noun")

    def _is_verb(self, word: int) -> bool:
        """Whether a word is a verb, by its tag or because it has a subject."""
        tree = self.tree
        if tree.is_verb(word):
            return tree.relations[word] not in _NOT_VERBS
        return tree.child(word, "nsubj", "nsubj:pass") is not None and tree.case(word) == ""

    def _hyphened(self, word: int) -> Iterator[Draft]:
        """Rebel-held Orsa: who stands before the hyphen holds it."""
        who = word - 2
        holder = self.holders.ending(self.sentence, who)
        if holder is None:
            holder = self.holders.named(self.tree.words[who])
        if holder is None and self.holders.is_force(self.tree.words[who]):
            holder = self.text.made.of_group(self.tree, who)
        if holder is None:
            return
        places = self.reader.after(word) or self.reader.places(self.tree.heads[word])
        places = places or self.reader.described(self.tree.heads[word])
        row = self.words.rows("held", self.tree.words[word])[0]
        if places:
            party = Party(holder.id, row.change)
            yield Draft(self.sentence, word, word, places, [party], self.reader.last, is_given=True)

    def _spoken(self, word: int, kind: str) -> Iterator[Draft]:
        """Verbs and nouns that say it themselves."""
        arguments = trigger_arguments(self.tree, word, is_verb=kind == "verb")
        for row in self.words.rows(kind, self.tree.words[word]):
            around = row.who == "force" and self.tree.words[word] == "surrounding"
            if around or not self._holds(row, word, arguments):
                continue
            places = self._places(row, word, arguments)
            described = [] if places else self._described(row, arguments)
            if not places and not described:
                continue
            parties = self._parties(row, word, arguments, places or described)
            form = self.tree.words[described[0][0]] if described else ""
            if described and not self._may_hold_area(row, word, arguments, form):
                continue
            if described:
                places = self._lies_in(word, described) or described
            if parties:
                behind = self.reader.included(max(word, *(w for w, _ in places)))
                places = [*places, *(p for p in behind if p not in places)]
                yield Draft(
                    self.sentence,
                    word,
                    word,
                    places,
                    parties,
                    self.reader.last,
                    light=arguments.light,
                )
                return

    def _holds(self, row: ControlWord, word: int, arguments: Arguments) -> bool:
        if row.particle and not self._has_particle(word, row.particle):
            return False
        if row.when == "stative":
            return self._is_lasting(word)
        if row.when == "moving":
            return self._moves_troops(row, arguments)
        if self.tree.words[word] in {"fall", "falls", "fell", "fallen", "falling"}:
            return bool(row.particle) or row.kind == "noun" or self._is_plain_fall(word)
        return True

    def _has_particle(self, word: int, particle: str) -> bool:
        tree = self.tree
        for other in range(word + 1, min(word + _REACH, len(tree))):
            if tree.words[other] == particle:
                near = tree.heads[other] == word or other == word + 1
                return near or tree.heads[tree.heads[other]] == word
        return any(tree.words[c] == particle for c in tree.children[word])

    def _is_lasting(self, word: int) -> bool:
        """Whether a verb tells a state: "occupies", "occupied by", not "occupied it on Monday"."""
        tree, tag = self.tree, self.tree.tags[word]
        if tag in {"VBZ", "VBP", "VBG"}:
            return True
        auxiliaries = {tree.words[c] for c in tree.all_children(word, "aux", "aux:pass")}
        if tag == "VBN" and (tree.relations[word] in {"acl", "amod"} and not auxiliaries):
            return True
        if auxiliaries & {"have", "has", "had", "been"}:
            behind = tree.words[word : word + 2 * _REACH]
            return "since" in behind or self._goes_on_for(word)
        return bool(auxiliaries & {"is", "are"}) and "being" not in auxiliaries

    def _goes_on_for(self, word: int) -> bool:
        """Whether it is said how long: "has occupied it for years", "years in which they had"."""
        tree = self.tree
        if tree.relations[word] == "acl:relcl" and tree.words[tree.heads[word]] in _SPELLS:
            return True
        for other in range(word + 1, min(word + 2 * _REACH, len(tree))):
            if tree.words[other] in _SPELLS:
                return "for" in tree.words[max(word, other - 4) : other]
        return False

    def _moves_troops(self, row: ControlWord, arguments: Arguments) -> bool:
        """Whether troops leave: "withdrew", "withdrew its troops", not "its ambassador"."""
        if row.kind == "noun":
            moved = arguments.get("of")
            return not moved or any(self._fights(w) for w in moved)
        moved = arguments.get("obj") or [
            w for w in arguments.get("subj") if is_unarmed(self.tree.words[w])
        ]
        return not moved or any(self._fights(w) for w in moved)

    def _fights(self, word: int) -> bool:
        return any(self.holders.is_armed(self.sentence, w) for w in self.tree.joined(word))

    def _is_plain_fall(self, word: int) -> bool:
        """Whether a town fell, not a price or a team."""
        tree = self.tree
        barred = {"obj", "xcomp", "obl:unmarked", "obl:agent"}
        subject = tree.child(word, "nsubj", "nsubj:pass")
        of_pronoun = subject is not None and tree.tags[subject] == "PRP"
        if of_pronoun or self.holders.is_contest(self.sentence):
            return False
        for child in tree.children[word]:
            if tree.relations[child] in barred or tree.case(child) in {"by", "to", "from", "into"}:
                return False
            if tree.tags[child] in {"CD", "JJ", "RP"}:
                return False
        return True

    def _places(self, row: ControlWord, word: int, arguments: Arguments) -> Places:
        """The places that fill the first slot that holds any, by the tree or else by order."""
        for slot in row.place:
            for filler in arguments.get(slot):
                places = self.reader.places(filler)
                if places:
                    return self._fit(row, arguments, places)
        if "obj" in row.place and self._takes_ground(row, word, arguments):
            places = [p for w in arguments.get("obj") for p in self.reader.list_from_mistaken(w)]
            if places:
                return places
        if "obj" in row.place and row.kind == "verb":
            auxiliary = self.tree.child(word, "aux:pass")
            places = self.reader.after(word) if auxiliary is None else []
            return self._fit(row, arguments, places or self._antecedent(word, arguments))
        prepositions = {slot.split()[-1] for slot in row.place} - _VERB_SLOTS
        for other in range(word + 1, min(word + _REACH, len(self.tree))):
            if self.tree.words[other] in prepositions:
                return self._fit(row, arguments, self.reader.after(other))
            stops = {"VBD", "VBZ", "VBP", "MD", ",", "WDT"} | (
                _OTHERS if row.kind == "noun" else set()
            )
            if self.tree.tags[other] in stops:
                return []
        return []

    def _takes_ground(self, row: ControlWord, word: int, arguments: Arguments) -> bool:
        """Whether what fighters are said to take can be ground alone: "retook", "overran"."""
        if row.kind != "verb" or not self.words.is_one("ground", self.tree.words[word]):
            return False
        return any(self._fights(w) for slot in row.holder for w in arguments.get(slot))

    def _described(self, row: ControlWord, arguments: Arguments) -> Places:
        """The areas and sites without a name that fill the first slot that holds any."""
        fillers = (w for slot in row.place for w in arguments.get(slot))
        return next((found for w in fillers if (found := self.reader.described(w))), [])

    def _lies_in(self, word: int, described: Places) -> Places:
        """Where an area lies of whose holder is told first: "areas held by rebels in Orsa"."""
        tree = self.tree
        if tree.relations[word] != "acl" or described[0][0] > word:
            return []
        for other in range(word + 1, min(word + 2 * _REACH, len(tree))):
            if tree.words[other] in _INSIDE:
                return self.reader.after(other)
            if tree.tags[other].startswith(_CLAUSE) and tree.relations[other] != "amod":
                return []
        return []

    def _may_hold_area(self, row: ControlWord, word: int, arguments: Arguments, form: str) -> bool:
        """Whether somebody who fights or rules is named, or the word is of war by itself."""
        holders = [w for slot in row.holder for w in arguments.get(slot)]
        if any(self.holders.may_hold_site(self.sentence, w, form) for w in holders):
            return True
        sure = self.words.is_one("sure", self.tree.words[word])
        return sure and not any(self.holders.is_person(self.sentence, w) for w in holders)

    def _antecedent(self, word: int, arguments: Arguments) -> Places:
        """What "which" before a verb stands for, where the tree has lost it.

        The nouns between the two are then the subject.
        """
        for other in range(word - 1, max(word - _REACH, 0), -1):
            if self.tree.tags[other] in {"VBD", "VBZ", "VBP", "IN", "."}:
                return []
            if self.tree.words[other] == "which":
                before = other - 2 if self.tree.words[other - 1] == "," else other - 1
                place = self.reader.place(before) if before >= 0 else None
                if place is None:
                    return []
                if other < word - 1 and self.tree.child(word, "aux:pass") is None:
                    arguments.slots["subj"] = [word - 1]
                return [(before, place)]
        return []

    def _fit(self, row: ControlWord, arguments: Arguments, places: Places) -> Places:
        """The places that can be meant: whole countries only where troops are named."""
        holders = [w for slot in row.holder for w in arguments.get(slot)]
        if row.when != "small" or any(self._fights(w) for w in holders):
            return places
        return [(w, p) for w, p in places if p.precision is not Precision.COUNTRY]

    def _parties(
        self, row: ControlWord, word: int, arguments: Arguments, places: Places
    ) -> list[Party]:
        """Who gains and who loses; empty where nobody that is named can hold a place."""
        last = max([word, *(w for w, _ in places if w > word)])
        inside = {w for w, _ in places}
        own = self._first(row.holder, word, arguments, inside, last)
        if not self.holders.may_hold(self.sentence, own, row.who):
            return []
        given = row.kind != "verb" or any(self.tree.tags[w] == "PRP" for w in arguments.get("to"))
        if own is None and row.holder == ("to",) and not given:
            return []
        other = self._first(row.other, word, arguments, inside, last) if row.other_change else None
        if row.needs_other and other is None:
            return []
        spread = self.tree.joined(own) if own is not None and row.change == "contested" else [own]
        holders: list[str | None] = [h for h in map(self._id, spread) if h is not None]
        if own is None and row.change is Change.TAKEN and arguments.is_passive:
            statement = self.text.asserter(self.sentence.span(word, word))
            holders = [self.sides.of(self.sentence, word, statement)]
        parties = [Party(holder, row.change) for holder in dict.fromkeys(holders or [None])]
        if other is not None and row.other_change is not None:
            lost = Party(self._id(other), row.other_change)
            if parties[0].holder is None and row.change == "lost":
                parties = []
            if lost.holder is not None and all(p.holder != lost.holder for p in parties):
                parties.append(lost)
        return parties

    def _first(
        self,
        slots: Sequence[str],
        word: int,
        arguments: Arguments,
        inside: set[int],
        last: int,
    ) -> int | None:
        """The word of the first slot that names a party; the subject also if it names none."""
        for slot in slots:
            fillers = arguments.get(slot)
            if slot == "poss":
                fillers = [*fillers, *reversed(self._owners(word))]
            for filler in fillers:
                if filler in inside or (slot in {"poss", "of"} and self.reader.places(filler)):
                    continue
                if self._is_party(slot, filler):
                    return filler
        found = self._by_order(slots, word, arguments, last)
        if found is not None and found not in inside:
            return found
        carrier = next(iter(arguments.get("carrier")), None) if "poss" in slots else None
        if carrier is not None and self._is_party("subj", carrier):
            return carrier
        subjects = arguments.get("subj") if "subj" in slots else []
        return next((w for w in subjects if w not in inside), None)

    def _by_order(
        self, slots: Sequence[str], word: int, arguments: Arguments, last: int
    ) -> int | None:
        """The party behind a preposition, for where the tree has lost it."""
        prepositions = frozenset(slots) - _VERB_SLOTS
        if "subj" in slots and arguments.is_passive:
            prepositions |= {"by"}
        for first in dict.fromkeys((last, word)):
            own = prepositions if first == last else prepositions & {"by"}
            near = self.holders.near(self.sentence, first, own) if own else None
            if near is not None and self._is_party("from", near):
                return near
        return None

    def _owners(self, word: int) -> list[int]:
        """Nouns with an 's that hang on a noun, whatever the tree calls them."""
        tree = self.tree
        return [
            w
            for w in tree.children[word]
            if w < word and any(tree.tags[c] == "POS" for c in tree.children[w])
        ]

    def _is_party(self, slot: str, word: int) -> bool:
        entity = self.holders.entity(self.sentence, word)
        if entity is None:
            return self.holders.is_force(self.tree.words[word]) and slot != "of"
        if slot != "from":
            return True
        place = self.reader.place(word)
        return place is None or place.precision in {Precision.COUNTRY, None}

    def _id(self, word: int | None) -> str | None:
        entity = None if word is None else self.holders.entity(self.sentence, word)
        return None if entity is None else entity.id
