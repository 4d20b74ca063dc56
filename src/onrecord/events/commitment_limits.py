"""Numeric limits that instruments set: the figure, what is limited, and for whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.events.commitment_instruments import Naming
from onrecord.events.commitment_parties import PartyReader
from onrecord.events.commitment_words import is_measure, load_commitment_words
from onrecord.events.factualities import factuality_of
from onrecord.events.texts import EventText, Sentence
from onrecord.records import Factuality, Limit, Quantity, Span

_FARTHEST: Final = 30
_UPPER: Final = frozenset(("at most", "less than"))
_MODALS: Final = frozenset(("may", "can", "must", "shall", "will", "would", "should", "could"))
_EACH: Final = frozenset(("each", "both", "either", "every", "per"))
_DISTRIBUTING: Final = _EACH - {"per"}
_SUBJECTS: Final = _EACH | {"no", "neither"}
_WHERE: Final = frozenset("in at near along around north south east west inside outside".split())
_TIME_UNITS: Final = frozenset("year month week day hour minute second decade".split())
_COUNTED: Final = frozenset(("JJ", "JJR", "VBN", "VBG", "NN", "NNS", "NNP", "NNPS", "HYPH"))
_SKIPPED: Final = frozenset(
    "the a an number numbers total of its their stockpile stockpiles arsenal arsenals to at".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class SetLimit:
    """A limit with the instrument that sets it, and words that say so; None without a figure."""

    naming: Naming
    limit: Limit | None
    at: Span


class LimitReader:
    """Finds limits in one sentence."""

    def __init__(
        self, text: EventText, sentence: Sentence, namings: Sequence[Naming], parties: PartyReader
    ) -> None:
        self.text, self.sentence, self.tree = text, sentence, sentence.tree
        self.namings, self.parties = namings, parties
        self.words = load_commitment_words()
        limits = self.words.by_form["limit"]
        self._limiters = [
            w
            for w, form in enumerate(self.tree.words)
            if form in limits and factuality_of(self.tree, w) is not Factuality.NEGATED
        ]

    def limits(self) -> Iterator[SetLimit]:
        """The limits, in text order."""
        for quantity in self.sentence.quantities:
            if (quantity.unit or "").split(" ")[0] in _TIME_UNITS:
                continue
            first, after = self.tree.words_in(quantity.span.start, quantity.span.end)
            if self.tree.words[first - 1 : first] == ["within"]:
                # A distance or a time: "within 30 kilometres of the border".
                continue
            limiter = self._limiter(first, after)
            naming = self._naming(first)
            if naming is None or (limiter is None and not self._is_allowed(quantity, first)):
                continue
            figure = self._figure(first, after)
            own = Limit(
                quantity=quantity.id,
                of=self._of(quantity, figure, limiter),
                per=self._per(first, after, limiter),
            )
            yield SetLimit(naming, own, self._at(limiter, first))
        for limiter in self._limiters:
            if not self.sentence.quantities and self.tree.is_verb(limiter):
                subject = self.tree.child(limiter, "nsubj")
                naming = next((n for n in self.namings if n.word == subject), None)
                if naming is not None:
                    yield SetLimit(naming, None, self.sentence.span(limiter, limiter))

    def _at(self, limiter: int | None, first: int) -> Span:
        word = first if limiter is None else limiter
        return self.sentence.span(word, word)

    def _limiter(self, first: int, after: int) -> int | None:
        """The word that sets the limit: in front of the figure, in its words, or behind it."""
        for word in reversed(self._limiters):
            if word < after and after - word <= _FARTHEST and self._fits(word, first):
                return word
        for word in self._limiters:
            if word in range(after, after + 2) and self.tree.tags[word].startswith("NN"):
                return word
        return None

    def _fits(self, word: int, first: int) -> bool:
        rows = self.words.rows("limit", self.tree.words[word])
        if all("to" in row.slots for row in rows):
            return first > 0 and "to" in self.tree.words[max(first - 2, 0) : first + 1]
        return ";" not in self.tree.words[word:first] and not any(
            self._is_other_verb(w) for w in range(word + 1, first)
        )

    def _is_other_verb(self, word: int) -> bool:
        """Whether a verb says something else: "caps bombers and lets inspectors visit 9 bases"."""
        joined = self.tree.tags[word] in {"VBZ", "VBP"} and self.tree.relations[word] == "conj"
        return joined and not self.words.is_one("limit", self.tree.words[word])

    def _is_allowed(self, quantity: Quantity, first: int) -> bool:
        """Whether a figure is one that somebody may have at most: "each side may keep"."""
        before = self.tree.words[max(first - 12, 0) : first]
        nobody = bool({"no", "neither"} & set(before))
        if quantity.comparator not in _UPPER and not (
            nobody and quantity.comparator == "more than"
        ):
            return False
        return any(w in _MODALS or w in {"each", "both"} for w in before)

    def _naming(self, first: int) -> Naming | None:
        """The last instrument in front of a figure, else the first behind it."""
        before = [n for n in self.namings if n.word < first]
        return before[-1] if before else next(iter(self.namings), None)

    def _figure(self, first: int, after: int) -> int:
        """The last word of the number itself."""
        numbers = [w for w in range(first, after) if self.tree.words[w][:1].isdigit()]
        if not numbers:
            numbers = [w for w in range(first, after) if self.tree.tags[w] == "CD"]
        return numbers[-1] if numbers else first - 1

    def _of(self, quantity: Quantity, figure: int, limiter: int | None) -> str:
        """The words for what is limited, behind the number or before it."""
        tree = self.tree
        first = figure + 1
        while first < len(tree) and tree.words[first] in {"-", "%", "percent", "per", "cent"}:
            first += 1
        last = self._last_counted(first)
        measured = is_measure(quantity.unit)
        if measured and first + 1 < len(tree) and tree.words[first + 1] == "of":
            first, last = first + 2, self._last_counted(first + 2)
        elif limiter is not None and limiter < figure and (measured or last < first):
            return self._limited_before(limiter, figure) or self._limited_subject(limiter)
        if last < first:
            return quantity.unit or ""
        return self.sentence.span(first, last).text_in(self.text.text)

    def _last_counted(self, first: int) -> int:
        """The last word of a phrase for things that are counted: "missiles and bombers"."""
        tree, last = self.tree, first - 1
        word = first + (first < len(tree) and tree.tags[first] == "VBD")
        while word < len(tree):
            form, tag = tree.words[word], tree.tags[word]
            hyphened = form in {"on", "in"} and tree.words[word + 1 : word + 2] == ["-"]
            if hyphened or (tag in _COUNTED and not self._is_name(word)):
                last = word if tag.startswith("NN") or last >= first else last
                if tag.startswith("NN"):
                    last = word
            elif form in {"and", "or"} and last >= first and self._goes_on(word + 1):
                pass
            else:
                break
            word += 1
        while last >= first and not tree.tags[last].startswith("NN"):
            last -= 1
        return last

    def _goes_on(self, word: int) -> bool:
        """Whether more counted things follow "and", not a figure, a party or a verb."""
        tree = self.tree
        ahead = range(word, min(word + 4, len(tree)))
        for other in ahead:
            sets = self.words.is_one("limit", tree.words[other])
            if sets or self._is_name(other) or tree.tags[other] not in _COUNTED:
                return False
            if tree.tags[other] in {"NN", "NNS"}:
                return not self.words.is_one("date", tree.words[other])
        return False

    def _is_name(self, word: int) -> bool:
        return (
            self.parties.party(self.sentence, word) is not None
            and self.text.text[self.tree.starts[word]].isupper()
        )

    def _limited_before(self, limiter: int, figure: int) -> str:
        """What stands between "caps" and "at 300"."""
        tree = self.tree
        owners = [w for w in range(limiter + 1, figure) if tree.tags[w] == "POS"]
        start = max([limiter, *owners]) + 1
        words = [w for w in range(start, figure) if tree.words[w] not in _EACH]
        for word in words:
            starts = tree.tags[word] in _COUNTED or tree.tags[word] == "VBD"
            if starts and tree.words[word] not in _SKIPPED:
                last = self._last_counted(word)
                if word <= last < figure and not self.words.is_one("each", tree.words[last]):
                    return self.sentence.span(word, last).text_in(self.text.text)
        return ""

    def _is_limited(self, word: int) -> bool:
        """Whether a word names who is limited, not where: "north of the Arctic Circle"."""
        case = self.tree.case(word).split()
        below = self.tree.words[word - 3 : word] if word > 2 else []
        return self._is_name(word) and not (_WHERE & {*case, *below})

    def _subject(self, limiter: int) -> int | None:
        """What "is capped at 300" is said of."""
        tree = self.tree
        if not tree.is_verb(limiter) or not tree.is_passive(limiter):
            return None
        return tree.child(limiter, "nsubj:pass")

    def _limited_subject(self, limiter: int) -> str:
        """The nouns in front of "is capped at 300", without who has them."""
        subject, tree = self._subject(limiter), self.tree
        if subject is None or self.words.is_one("each", tree.words[subject]):
            return ""
        first = subject
        while first > 0 and tree.relations[first - 1] in {"compound", "amod"}:
            first -= 1
        return (
            ""
            if self._is_name(subject)
            else self.sentence.span(first, subject).text_in(self.text.text)
        )

    def _per(self, first: int, after: int, limiter: int | None) -> str | None:
        """For whom: every party, or the one that is named nearest in front of the figure."""
        tree = self.tree
        start = max(0, first - _FARTHEST) if limiter is None else min(limiter, first)
        window = [*range(first - 1, start - 1, -1), *range(after, min(after + 5, len(tree)))]
        for word in window:
            form = tree.words[word]
            if form in _SUBJECTS and (form in _DISTRIBUTING or self._is_each(word + 1)):
                return "party"
            if word < first and limiter is not None and self._is_limited(word):
                return self.parties.party(self.sentence, word)
            if limiter is None and word < first and self._is_permitted(word, first):
                return self.parties.party(self.sentence, word)
        limited = None if limiter is None else self._subject(limiter)
        owners = [] if limited is None else tree.all_children(limited, "nmod:poss")
        for owner in owners:
            if self._is_name(owner):
                return self.parties.party(self.sentence, owner)
        subject = range(max(0, start - 8), start)
        each = any(tree.words[w] in _SUBJECTS and self._is_each(w + 1) for w in subject)
        return "party" if each else None

    def _is_permitted(self, word: int, figure: int) -> bool:
        """Whether a word names who may have no more: "Arland may keep 9 and Borland 7"."""
        tree, verb = self.tree, self.tree.heads[word]
        if not self._is_name(word):
            return False
        if word + 1 >= figure or tree.words[word + 1 : word + 3] == ["no", "more"]:
            return True
        if tree.relations[word] != "nsubj":
            return False
        return any(tree.words[w] in _MODALS for w in tree.all_children(verb, "aux"))

    def _is_each(self, word: int) -> bool:
        return word < len(self.tree) and self.words.is_one("each", self.tree.words[word])
