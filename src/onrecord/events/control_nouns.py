"""Claims by nouns: "took control of P", "P is under the control of X", "in the hands of X"."""

from collections.abc import Iterator
from typing import Final

from onrecord.events.arguments import Arguments, arguments_of
from onrecord.events.control_claims import Draft, Party
from onrecord.events.control_holders import HolderReader
from onrecord.events.control_places import PlaceReader
from onrecord.events.control_words import ControlWord, load_control_words
from onrecord.events.texts import Sentence
from onrecord.records import Change, Place
from onrecord.syntax.trees import Tree

_UNDER: Final = {
    "control": ("under",), "occupation": ("under",), "rule": ("under",), "hands": ("in", "into"),
    "grip": ("in",), "possession": ("in",),
}  # fmt: skip
_STAYING: Final = frozenset(
    "be is are was were been being remain remains remained remaining stay stays stayed "
    "stand stands leave leaves left keep keeps kept".split()
)
_WITH_OBJECT: Final = frozenset(
    "bring brings brought bringing place places placed placing put puts putting leave leaves left "
    "keep keeps kept return returned".split()
)
_FIGHTS: Final = frozenset("battle fight struggle fighting war contest clashes battles".split())
_REACH: Final = 8
Places = list[tuple[int, Place]]


def trigger_arguments(tree: Tree, word: int, *, is_verb: bool) -> Arguments:
    """The slots of a word; a verb that cannot be in the passive voice is not taken for it."""
    found = arguments_of(tree, word, is_verb=is_verb)
    if is_verb and found.is_passive and tree.tags[word] != "VBN":
        subjects = tree.all_children(word, "nsubj", "nsubj:pass")
        if subjects and tree.child(word, "aux:pass") is None:
            objects = [w for w in found.get("obj") if w not in subjects]
            found.slots |= {"subj": subjects, "obj": objects}
            found.is_passive = False
    return found


class NounReader:
    """Finds claims by nouns in one sentence."""

    def __init__(self, sentence: Sentence, reader: PlaceReader, holders: HolderReader) -> None:
        self.sentence, self.tree = sentence, sentence.tree
        self.reader, self.holders = reader, holders
        self.words = load_control_words()

    def drafts(self, word: int) -> Iterator[Draft]:
        """The claims by one noun."""
        tree = self.tree
        form = tree.words[word]
        if tree.is_verb(word):
            return
        before = self._preposition(word)
        if before is not None and tree.words[before] in _UNDER[form]:
            yield from self._under(word, before)
        elif before is not None and form == "control" and tree.words[before] == "in":
            yield from self._in_control(word)
        elif form in {"control", "possession"}:
            yield from self._control(word)
        elif form == "occupation":
            yield from self._owned(word, arguments_of(tree, word, is_verb=False))

    def _preposition(self, word: int) -> int | None:
        """The preposition in front of a noun and its modifiers."""
        for other in range(word - 1, max(word - _REACH, -1), -1):
            tag = self.tree.tags[other]
            if tag in {"IN", "TO"}:
                return other
            if tag.startswith("VB") or tag in {",", ".", "MD", "CC", "WDT"}:
                return None
        return None

    # "under the control of X"

    def _under(self, word: int, before: int) -> Iterator[Draft]:
        tree = self.tree
        holder = self._holder_of(word, before)
        change, told, places = self._around(word, before)
        places = places or self._described_before(before, holder)
        if not places or (holder is None and change is Change.HELD):
            return
        if not self.holders.may_hold(self.sentence, holder, "any"):
            return
        given = tree.relations[word] == "nmod" and told == word
        who = self._id(holder)
        if holder is not None and self.tree.tags[holder] == "PRP$":
            who = self.holders.not_itself(self.sentence, holder, [p for _, p in places])
        party = Party(who, change)
        yield Draft(self.sentence, word, told, places, [party], self.reader.last, is_given=given)

    def _around(self, word: int, before: int) -> tuple[Change, int, Places]:
        """What happened, by which word, to which places."""
        tree = self.tree
        subject = tree.child(word, "nsubj", "nsubj:pass")
        hangs = tree.relations[word] in {"obl", "nmod"} and tree.child(word, "cop") is None
        if subject is not None and not hangs:
            return Change.HELD, word, self.reader.places(subject) or self._named_before(subject)
        verb = tree.heads[word]
        if not tree.is_verb(verb):
            near = [v for v in range(before - 1, max(before - 5, -1), -1) if self._is_around(v)]
            if not near:
                return Change.HELD, word, self._left_of(before, verb)
            verb = near[0]
        form = tree.words[verb]
        if not self._is_around(verb):
            later = tree.child(verb, "nsubj", "nsubj:pass")
            in_front = later is not None and tree.relations[word] == "obl" and later > word
            places = self.reader.places(later) if in_front and later else []
            return Change.HELD, word, places or self._right_before(before)
        rows = self.words.rows("under", form)
        change = rows[0].change if rows else Change.HELD
        arguments = trigger_arguments(tree, verb, is_verb=True)
        slot = "obj" if form in _WITH_OBJECT or arguments.is_passive else "subj"
        for filler in arguments.get(slot):
            places = self.reader.places(filler) if abs(filler - verb) < _REACH else []
            if places:
                return change, verb, places
        return change, verb, self._left_of(before, verb)

    def _named_before(self, word: int) -> Places:
        """The place right in front of "which": "Orsa itself, which has been in their hands"."""
        if self.tree.tags[word] != "WDT":
            return []
        for other in range(word - 1, max(word - 4, -1), -1):
            place = self.reader.place(other)
            if place is not None:
                return [(other, place)]
            if self.tree.words[other] != "," and self.tree.tags[other] != "PRP":
                return []
        return []

    def _is_around(self, verb: int) -> bool:
        form = self.tree.words[verb]
        return form in _STAYING or bool(self.words.rows("under", form))

    def _left_of(self, before: int, head: int) -> Places:
        """Places of the noun that a phrase hangs on, or right before it."""
        found = self.reader.places(head) if head < before else []
        if found:
            return found
        for other in range(before - 1, max(before - _REACH, -1), -1):
            place = self.reader.place(other)
            if place is not None:
                return [(other, place)]
            if self.tree.tags[other] in {"IN", "CC", ".", "WDT"}:
                return []
        return []

    def _right_before(self, before: int) -> Places:
        """The place that stands right in front of a phrase: "in Orsa under rebel control"."""
        place = self.reader.place(before - 1) if before else None
        return [] if place is None else [(before - 1, place)]

    def _described_before(self, before: int, holder: int | None) -> Places:
        """An area without a name in front of a phrase, where a side is said to hold it."""
        if holder is None or not self.holders.is_side(self.sentence, holder):
            return []
        tree = self.tree
        for other in range(before - 1, max(before - _REACH, -1), -1):
            found = self.reader.described(other)
            if found:
                above = tree.heads[other]
                return (self.reader.described(above) if above < other else []) or found
            if tree.tags[other] in {"WDT", ".", "CC"}:
                return []
        return []

    def _holder_of(self, word: int, before: int) -> int | None:
        arguments = arguments_of(self.tree, word, is_verb=False)
        for slot in ("of", "by", "poss", "amod"):
            for filler in arguments.get(slot):
                if self._is_party(filler):
                    return filler
        inside = [w for w in range(before + 1, word) if self._is_party(w)]
        if inside:
            return inside[-1]
        return self.holders.near(self.sentence, word, frozenset(("of", "by")))

    # "in full control of P", "took control of P"

    def _in_control(self, word: int) -> Iterator[Draft]:
        tree = self.tree
        places = self._places_of(word)
        verb = tree.heads[word] if tree.is_verb(tree.heads[word]) else word
        subject = tree.child(word, "nsubj")
        if subject is None and verb != word and tree.words[verb] in _STAYING:
            subject = next(iter(trigger_arguments(tree, verb, is_verb=True).get("subj")), None)
        if places and subject is not None and self._is_party(subject):
            party = Party(self._id(subject), Change.HELD)
            yield Draft(self.sentence, word, verb, places, [party], self.reader.last)

    def _control(self, word: int) -> Iterator[Draft]:
        tree = self.tree
        arguments = arguments_of(tree, word, is_verb=False)
        places = self._places_of(word)
        described = [] if places else self._described_of(word)
        if not places and not described:
            return
        verb, row = self._verb_around(word)
        if row is None:
            yield from self._owned(word, arguments)
            return
        places = places or described
        own = trigger_arguments(tree, verb, is_verb=True)
        last = max(w for w, _ in places)
        holders = self._parties(row.holder, own, last, word)
        if not holders and row.holder == ("to",):
            return
        if not self.holders.may_hold(self.sentence, holders[0] if holders else None, "any"):
            return
        form = tree.words[described[0][0]] if described else ""
        if described and not any(
            self.holders.may_hold_site(self.sentence, w, form) for w in holders[:1]
        ):
            return
        others = self._parties(row.other, own, last, word) if row.other else []
        spread = tree.joined(holders[0]) if holders and row.change == "contested" else holders[:1]
        parties = self._each(spread, row.change)
        if row.other_change is not None:
            change = row.other_change
            parties += [Party(self._id(w), change) for w in others[:1] if w not in holders]
        yield Draft(self.sentence, word, verb, places, parties, self.reader.last)

    def _owned(self, word: int, arguments: Arguments) -> Iterator[Draft]:
        """Rebel control of a place; the battle for control of it."""
        tree = self.tree
        places, head = self._places_of(word), tree.heads[word]
        change, told = Change.HELD, word
        before = self._preposition(word)
        if (
            before is not None
            and tree.words[before] in {"for", "over"}
            and (tree.words[head] in _FIGHTS or tree.words[before - 1] in _FIGHTS)
        ):
            change, told = Change.CONTESTED, head
            arguments = arguments_of(tree, head, is_verb=False)
        taken = {w for w, _ in places}
        found = [
            w
            for slot in ("by", "poss", "amod", "between")
            for w in arguments.get(slot)
            if self._is_party(w) and w not in taken
        ]
        spread = tree.joined(found[0]) if found and change is Change.CONTESTED else found[:1]
        parties = self._each(spread, change)
        if change is not Change.CONTESTED:
            parties = [p for p in parties if p.holder is not None or found]
        if places and parties:
            yield Draft(
                self.sentence, word, told, places, parties, self.reader.last, light=arguments.light
            )

    def _places_of(self, word: int) -> Places:
        tree = self.tree
        arguments = arguments_of(tree, word, is_verb=False)
        for slot in ("of", "over"):
            for filler in arguments.get(slot):
                places = self.reader.places(filler)
                if places:
                    return places
        if word + 1 < len(tree) and tree.words[word + 1] in {"of", "over"}:
            return self.reader.after(word + 1)
        return []

    def _described_of(self, word: int) -> Places:
        """The areas and sites without a name that stand behind "control of"."""
        arguments = arguments_of(self.tree, word, is_verb=False)
        for slot in ("of", "over"):
            for filler in arguments.get(slot):
                found = self.reader.described(filler)
                if found:
                    return found
        # The tree may hang "of the airport" on the verb.
        verb = arguments_of(self.tree, self.tree.heads[word], is_verb=True)
        behind = self.tree.words[word + 1 : word + 2]
        fillers = verb.get("of") if behind == ["of"] else []
        return next((found for w in fillers if (found := self.reader.described(w))), [])

    def _verb_around(self, word: int) -> tuple[int, ControlWord | None]:
        """The verb that carries "control", and its row."""
        tree = self.tree
        verb = tree.heads[word]
        is_subject = tree.relations[word] == "nsubj"
        found = self._row(verb, word, is_subject=is_subject)
        if found is not None:
            return verb, found
        for other in range(word - 1, max(word - 6, -1), -1):
            if tree.is_verb(other):
                return other, self._row(other, word, is_subject=False)
            if tree.tags[other] in {",", ".", "WDT"}:
                break
        return word, None

    def _row(self, verb: int, word: int, *, is_subject: bool) -> ControlWord | None:
        before = self._preposition(word)
        case = "" if before is None or before < verb else self.tree.words[before]
        for row in self.words.rows("control", self.tree.words[verb]):
            if not self.tree.is_verb(verb):
                return None
            place = row.place[0]
            fits = is_subject if place == "subj" else not is_subject
            if place in {"for", "over"}:
                fits = case in row.place
            elif case not in {"", "of"} and place == "obj":
                fits = False
            if fits:
                return row
        return None

    def _parties(
        self, slots: tuple[str, ...], arguments: Arguments, last: int, word: int
    ) -> list[int]:
        found = [w for s in slots for w in arguments.get(s) if self._is_party(w) and w != word]
        prepositions = frozenset(slots) - {"subj", "obj"}
        if not found and prepositions:
            near = self.holders.near(self.sentence, last, prepositions)
            found = [] if near is None else [near]
        return found

    def _each(self, words: list[int], change: Change) -> list[Party]:
        """A party for each word; for nobody one that is not known."""
        holders: list[str | None] = [h for h in map(self._id, words) if h is not None]
        return [Party(holder, change) for holder in dict.fromkeys(holders or [None])]

    def _is_party(self, word: int) -> bool:
        return self.holders.entity(self.sentence, word) is not None or self.holders.is_force(
            self.tree.words[word]
        )

    def _id(self, word: int | None) -> str | None:
        entity = None if word is None else self.holders.entity(self.sentence, word)
        return None if entity is None else entity.id
