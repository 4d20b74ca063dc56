"""Terms of instruments in a sentence: who is bound, from when until when.

How they are checked: `onrecord.events.commitment_checks`. Limits:
`onrecord.events.commitment_limits`.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from onrecord.events.arguments import Arguments, arguments_of
from onrecord.events.commitment_checks import CheckReader, Term
from onrecord.events.commitment_instruments import Naming
from onrecord.events.commitment_parties import PartyReader
from onrecord.events.commitment_words import CommitmentWord, load_commitment_words
from onrecord.events.factualities import factuality_of
from onrecord.events.nearness import nearest
from onrecord.events.texts import EventText, Sentence
from onrecord.records import Factuality, Span, Time, TimexType

_REACH: Final = 7
_NEAR_WORDS: Final = 40
_DEEPEST: Final = 4
_DATED: Final = frozenset({TimexType.DATE, TimexType.TIME})
_TOLD: Final = {
    "signed": frozenset({Factuality.ACTUAL}),
    "suspended": frozenset({Factuality.ACTUAL}),
    "extended": frozenset({Factuality.ACTUAL, Factuality.PLANNED}),
    "in_force": frozenset({Factuality.ACTUAL, Factuality.PLANNED}),
    "expires": frozenset({Factuality.ACTUAL, Factuality.PLANNED}),
}
_FINITE: Final = frozenset(("VBD", "VBZ", "VBP", "MD"))
_INCLUDING: Final = frozenset(("include", "includes", "included", "are", "were"))
_MODALS: Final = frozenset(("will", "would", "shall", "must", "may", "is", "are"))
_OTHER_TIME: Final = frozenset("before after until till unless if when once".split())
_UNTIL: Final = frozenset(("until", "till", "to", "through", "by"))


class TermReader:
    """Finds terms in one sentence."""

    def __init__(
        self, text: EventText, sentence: Sentence, namings: Sequence[Naming], parties: PartyReader
    ) -> None:
        self.text, self.sentence, self.tree = text, sentence, sentence.tree
        self.namings, self.parties = namings, parties
        self.words = load_commitment_words()
        self.by_word = {n.word: n for n in namings}
        self._inside = {w for n in namings for w in range(n.first, n.word + 1)}
        self._is_alone = len({id(n.instrument) for n in namings}) == 1
        self._known: dict[int, Factuality] = {}

    def terms(self) -> Iterator[Term]:
        """All terms but limits, in the order of their words."""
        checks = CheckReader(self.sentence, self.namings, self.parties, self.naming_in)
        yield from self._beside()
        dates, bound, verifying = (self.words.by_form[k] for k in ("date", "party", "verify"))
        for word, form in enumerate(self.tree.words):
            if word in self._inside:
                continue
            if form in dates and not self._is_name(word):
                yield from self._dates(word, form)
            if form in bound:
                yield from self._bound(word, form)
            if form in verifying:
                yield from checks.verified(word)
        yield from checks.means()

    def _beside(self) -> Iterator[Term]:
        """Parties in the phrase of an instrument, or under it."""
        for naming in self.namings:
            if not self.words.family(self.tree.words[naming.word]):
                continue
            for word in self.parties.joined_by(self.sentence, naming):
                yield from self._party(naming, word, naming.span)
            weak = [*self.parties.before(self.sentence, naming), *self._under_it(naming)]
            for word in weak:
                yield from self._party(naming, word, naming.span, weak=True)

    def _under_it(self, naming: Naming) -> list[int]:
        """States that do something under an instrument: "under the deal X will sell Y gas"."""
        tree, verb = self.tree, self.tree.heads[naming.word]
        if tree.case(naming.word) != "under":
            return []
        if not self._is_modal(verb):
            # "Under a deal signed last month", where the tree takes "signed" for the verb.
            verb = tree.heads[verb]
        if not self._is_modal(verb):
            return []
        arguments = arguments_of(tree, verb, is_verb=True)
        found = [w for slot in ("subj", "iobj", "obj", "to") for w in arguments.get(slot)]
        return [w for w in found if self.parties.is_named_state(self.sentence, w)]

    def _is_modal(self, verb: int) -> bool:
        tree = self.tree
        return any(tree.words[c] in _MODALS for c in tree.all_children(verb, "aux"))

    def naming_in(self, word: int, slots: Sequence[str], arguments: Arguments) -> Naming | None:
        """The instrument in one of some slots, or the only near one where all are empty."""
        filled = False
        for slot in slots:
            for filler in arguments.get(slot):
                for own in self.tree.joined(filler):
                    found = self._under(own)
                    if found is not None:
                        return found
                if slot in {"obj", "subj"} and self.tree.tags[filler].startswith("NN"):
                    filled = True
        if filled or not self._is_alone:
            return None
        near = [n for n in self.namings if abs(n.word - word) < _NEAR_WORDS]
        return min(near, key=lambda n: abs(n.word - word)) if near else None

    def _under(self, word: int) -> Naming | None:
        """The instrument that a phrase names, or holds: "its part in the treaty"."""
        if word in self.by_word:
            return self.by_word[word]
        for child in self.tree.all_children(word, "nmod", "nmod:poss", "appos", "compound", "flat"):
            if child in self.by_word:
                return self.by_word[child]
        return None

    # Who is bound

    def _bound(self, word: int, form: str) -> Iterator[Term]:
        tree = self.tree
        is_noun = tree.tags[word].startswith("NN") and not tree.is_verb(word)
        arguments = arguments_of(tree, word, is_verb=True)
        for row in self.words.rows("party", form):
            if row.particle and not self._has_particle(word, row.particle):
                continue
            if row.value and arguments.is_passive and not arguments.get("by"):
                naming = self.naming_in(word, ("subj",), arguments)
            elif row.slots[0] in {"to", "from", "with", "by", "into", "of"} or is_noun:
                naming = self._after_preposition(word, row, arguments)
            else:
                naming = self.naming_in(word, row.slots, arguments)
            if naming is None or self._told(word) is Factuality.NEGATED:
                continue
            at = self.sentence.span(word, word)
            who = (
                [p for w in arguments.get("obj") for p in self.parties.listed(self.sentence, w)]
                if row.value
                else self._doers(word, arguments, is_noun=is_noun)
            )
            for party in who:
                yield from self._party(naming, party, at)
            return

    def _after_preposition(
        self, word: int, row: CommitmentWord, arguments: Arguments
    ) -> Naming | None:
        for slot in row.slots:
            for filler in arguments.get(slot):
                found = self._under(filler)
                if found is not None:
                    return found
        prepositions = {slot.split()[-1] for slot in row.slots}
        if "poss" in row.slots:
            owners = self.tree.all_children(word, "nmod:poss")
            owner = next((self.by_word[w] for w in owners if w in self.by_word), None)
            if owner is not None:
                return owner
        for naming in self.namings:
            before = range(word + 1, naming.word)
            if 0 < naming.word - word <= _REACH and any(
                self.tree.words[w] in prepositions for w in before
            ):
                return naming
        return None

    def _doers(self, word: int, arguments: Arguments, *, is_noun: bool) -> list[int]:
        """Words for who signs, joins, leaves."""
        tree = self.tree
        if is_noun:
            subject = tree.child(word, "nsubj")
            if subject is None and tree.relations[word] == "nsubj":
                subject = self._included(word)
            owners = [w for w in tree.all_children(word, "nmod:poss") if w not in self.by_word]
            who = [*owners, *([] if subject is None else [subject])]
            return [p for w in who for p in self.parties.listed(self.sentence, w)]
        found: list[int] = []
        for slot in ("subj", "with", "between"):
            for filler in arguments.get(slot):
                if filler not in self.by_word:
                    found += self.parties.listed(self.sentence, filler)
        passive = arguments.is_passive or tree.tags[word] == "VBN"
        if not found and passive:
            found = self.parties.after(self.sentence, word, "by")
        return found

    def _included(self, word: int) -> int | None:
        """Whom "its signatories include" or "its members are" names first."""
        tree = self.tree
        verb = next((w for w in range(word + 1, len(tree)) if tree.tags[w].startswith("V")), None)
        if verb is None or tree.words[verb] not in _INCLUDING:
            return None
        behind = range(verb + 1, min(verb + _REACH, len(tree)))
        return next((w for w in behind if tree.tags[w].startswith("NNP")), None)

    def _party(self, naming: Naming, word: int, at: Span, *, weak: bool = False) -> Iterator[Term]:
        led = self.parties.led_by(self.sentence, word)
        if len(led) > 1:
            for state in led:
                yield from self._party(naming, state, at, weak=weak)
            return
        party = self.parties.party(self.sentence, word)
        members = [] if party is None else self.parties.members(party)
        if members:
            yield from (Term(naming, "parties", m, at, is_weak=weak) for m in members)
            return
        if party is None:
            for state in led:
                yield from self._party(naming, state, at, weak=weak)
        if party is not None and party != naming.instrument.name:
            yield Term(naming, "parties", party, at, is_weak=weak)

    # Dates

    def _is_name(self, word: int) -> bool:
        """Whether a word with a capital is part of a name: "Signed Pact", not "Signed in May"."""
        tag, start = self.tree.tags[word], self.tree.starts[word]
        return word > 0 and tag.startswith("NNP") and self.text.text[start].isupper()

    def _dates(self, word: int, form: str) -> Iterator[Term]:
        for row in self.words.rows("date", form):
            if row.particle and not self._has_particle(word, row.particle):
                continue
            if self._is_otherwise(word, form):
                continue
            arguments = arguments_of(self.tree, word, is_verb=True)
            if row.value == "expires" and row.slots == ("subj",) and arguments.get("obj"):
                if not arguments.is_passive:
                    continue
                arguments.add("subj", *arguments.get("obj"))
            noun = arguments_of(self.tree, word, is_verb=False)
            for slot in ("of", "poss"):
                arguments.add(slot, *noun.get(slot))
            naming = self.naming_in(word, row.slots, arguments)
            if naming is None or self._is_part(row, naming, arguments):
                continue
            found = self._dated(word, row, naming)
            if found is not None:
                yield found
                return

    def _dated(self, word: int, row: CommitmentWord, naming: Naming) -> Term | None:
        """The date that a word gives to an instrument, if it is told as a fact or plan."""
        if self._told(word) not in _TOLD[row.value]:
            return None
        time = self._time(word, until=row.value == "extended")
        at = self.sentence.span(word, word)
        if time is not None and time.value:
            ends = row.value == "in_force" and self._has_until(time)
            value = time.value.partition("T")[0]
            return Term(naming, "expires" if ends else row.value, value, at)
        return None

    def _is_part(self, row: CommitmentWord, naming: Naming, arguments: Arguments) -> bool:
        """Whether only what an instrument sets ends: "some of its limits expire"."""
        fillers = [w for slot in row.slots for w in arguments.get(slot)]
        if row.value not in {"expires", "in_force"} or naming.word in fillers:
            return False
        parts = {w for f in fillers for w in (f, *self.tree.all_children(f, "nmod"))}
        forms = [self.tree.words[w] for w in parts]
        return any(self.words.is_one(kind, f) for kind in ("limit", "part") for f in forms)

    def _is_otherwise(self, word: int, form: str) -> bool:
        """Whether a word gives no date: "agreed to extend", "force" but in "in force since"."""
        tree = self.tree
        if form in {"force", "effect"}:
            since = {"since", "from"} & set(tree.words[word + 1 : word + 3])
            return not since or word == 0 or tree.words[word - 1] != "in"
        if tree.relations[word] in {"nsubj", "nsubj:pass"}:
            # "The signing was put off in May."
            return self.words.is_one("off", tree.words[tree.heads[word]])
        if not form.startswith("agree"):
            return False
        plans = tree.all_children(word, "xcomp", "ccomp", "advcl")
        return any(
            tree.is_verb(p) and (tree.relations[p] != "advcl" or "to" in tree.marks(p))
            for p in plans
        )

    def _told(self, word: int) -> Factuality:
        if word not in self._known:
            self._known[word] = factuality_of(self.tree, word)
        return self._known[word]

    def _time(self, word: int, *, until: bool) -> Time | None:
        """The date of a verb: in its tree, and not behind another verb if it can be helped."""
        found: list[tuple[int, float]] = []
        times: list[Time] = []
        clause = self._clause(word)
        for time in self.sentence.times:
            own = self.sentence.word_over(time.span)
            if own is None or time.type not in _DATED or not (time.value or "")[:1].isdigit():
                continue
            inside = any(n.span.contains(time.span) for n in self.namings)
            if inside or abs(own - word) > _NEAR_WORDS or self._is_of_other(own, word):
                continue
            if own not in clause:
                continue
            more = 0.0 if self._is_open(word, own) else 1.5
            if until and self._has_until(time):
                more -= 2.0
            found.append((own, more))
            times.append(time)
        best = nearest(self.tree, word, found, most=5.0)
        if best is None:
            open_ones = [n for n, (own, more) in enumerate(found) if more < 1 and own > word]
            best = open_ones[0] if open_ones and found[open_ones[0]][0] - word < _REACH else None
        return None if best is None else times[best]

    def _clause(self, word: int) -> Collection[int]:
        """The words that may date a verb: those of its clause, if that tells another time."""
        tree = self.tree
        for _ in range(_DEEPEST):
            if tree.relations[word] == "advcl" and _OTHER_TIME.intersection(tree.marks(word)):
                return frozenset(tree.subtree(word))
            word = tree.heads[word]
        return range(len(tree))

    def _is_of_other(self, time: int, word: int) -> bool:
        """Whether a date in front belongs to another such word: "signed in 1998 and renewed"."""
        tree, dates = self.tree, self.words.by_form["date"]
        head = tree.heads[time]
        for _ in range(_DEEPEST):
            if head == word or tree.heads[head] == head:
                break
            if tree.words[head] in dates:
                break
            head = tree.heads[head]
        other = (
            head != word
            and tree.words[head] in dates
            and not self._is_otherwise(head, tree.words[head])
        )
        return other and time < word and head < time

    def _is_open(self, word: int, other: int) -> bool:
        """Whether no other finite verb stands between two words."""
        low, high = min(word, other), max(word, other)
        return not any(self.tree.tags[w] in _FINITE for w in range(low + 1, high))

    def _has_until(self, time: Time) -> bool:
        first, _ = self.tree.words_in(time.span.start, time.span.end)
        return first > 0 and self.tree.words[first - 1] in _UNTIL

    def _has_particle(self, word: int, particle: str) -> bool:
        after = self.tree.words[word + 1 : word + 5]
        if particle not in after:
            return False
        between = self.tree.tags[word + 1 : word + 1 + after.index(particle)]
        return not any(tag in _FINITE or tag == "." for tag in between)
