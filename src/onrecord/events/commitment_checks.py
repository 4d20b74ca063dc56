"""How instruments are verified: who checks them, and by what means."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.events.arguments import Arguments, arguments_of
from onrecord.events.commitment_instruments import Naming
from onrecord.events.commitment_parties import PartyReader
from onrecord.events.commitment_words import CommitmentWord, load_commitment_words, means_by_first
from onrecord.events.texts import Sentence
from onrecord.records import Kind, Span


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """One thing that is said of an instrument.

    Attributes:
        naming: The words for the instrument.
        field: As the record has it: ``parties``, a date, ``verification``; empty when it is
            only said to set terms.
        value: The id of a party, or a date.
        at: Words that say it, for who asserts it.
        span: The words of a means of verification.
        is_weak: Whether it may belong to any document: "the party's convention".
    """

    naming: Naming
    field: str
    value: str
    at: Span
    span: Span | None = None
    is_weak: bool = False


class CheckReader:
    """Finds means of verification in one sentence."""

    def __init__(
        self,
        sentence: Sentence,
        namings: Sequence[Naming],
        parties: PartyReader,
        naming_in: Callable[[int, Sequence[str], Arguments], Naming | None],
    ) -> None:
        """Prepare.

        Args:
            sentence: Where to look.
            namings: The words for instruments in it.
            parties: Of the text.
            naming_in: Finds the instrument in slots of a word.
        """
        self.sentence, self.tree = sentence, sentence.tree
        self.namings, self.parties, self.naming_in = namings, parties, naming_in
        self.words = load_commitment_words()
        self.by_word = {n.word: n for n in namings}

    def verified(self, word: int) -> Iterator[Term]:
        """Who or what checks the instrument: "verified by", "a mission monitors"."""
        tree = self.tree
        if not tree.is_verb(word):
            return
        arguments = arguments_of(tree, word, is_verb=True)
        slots = [slot for row in self.words.rows("verify", tree.words[word]) for slot in row.slots]
        naming = self.naming_in(word, slots or ("obj",), arguments)
        if naming is None:
            return
        found = [w for s in ("through", "with", "via", "using", "subj") for w in arguments.get(s)]
        if not found and arguments.is_passive:
            found = self.parties.behind(self.sentence, word, ("by", "through", "via", "with"))
        for filler in found:
            for own in tree.joined(filler):
                if own not in self.by_word and tree.tags[own].startswith("NN"):
                    yield self._mean(naming, own, own, word)

    def means(self) -> Iterator[Term]:
        """Nouns for means of verification, beside the instrument."""
        tree, taken = self.tree, set[int]()
        if not self.namings:
            return
        for word in range(len(tree)):
            found = None if word in taken else self._means_at(word)
            if found is None:
                continue
            last, row = found
            taken.update(range(word, last + 1))
            naming = min(self.namings, key=lambda n: abs(n.word - last))
            provided = not row.slots or self._is_provided(word, naming)
            if provided and not self._is_source(last) and last not in self.by_word:
                yield self._mean(naming, word, last, last)

    def _means_at(self, word: int) -> tuple[int, CommitmentWord] | None:
        for form, row in means_by_first().get(self.tree.words[word], ()):
            after = word + len(form)
            if tuple(self.tree.words[word:after]) == form:
                is_verb = len(form) == 1 and self.tree.is_verb(word)
                return None if is_verb else (after - 1, row)
        return None

    def _is_provided(self, word: int, naming: Naming) -> bool:
        """Whether the instrument is said to provide for a means."""
        low = min(word, naming.word)
        forms = self.tree.words[low : max(word, naming.word)]
        return any(self.words.is_one("provide", form) for form in forms)

    def _is_source(self, word: int) -> bool:
        start = self.tree.starts[word]
        return any(
            s.start <= start < s.end
            for statement in self.parties.statements_at(self.sentence)
            for s in statement.source
        )

    def _mean(self, naming: Naming, first: int, last: int, at: int) -> Term:
        tree = self.tree
        while first > 0 and (
            (tree.relations[first - 1] in {"compound", "amod"} and tree.tags[first - 1] != "CD")
            or tree.tags[first - 1] == "HYPH"
            or (tree.words[first - 1] == "on" and tree.words[first] in {"-", "‑"})
        ):
            first -= 1
        span = self.sentence.span(first, last)
        for mention in self.sentence.mentions:
            if (
                mention.kind is not Kind.INSTRUMENT
                and self.sentence.word_over(mention.span) == last
            ):
                joined = " and " in mention.span.text_in(self.sentence.text.text)
                if not joined and mention.span.contains(span):
                    span = mention.span
                    break
        return Term(naming, "verification", "", self.sentence.span(at, at), span)
