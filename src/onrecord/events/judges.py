"""Who did it to whom, on whose word, and whether: by rules, and by a network that hears them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from onrecord.events.happenings import Happening
from onrecord.events.learned import EventModel, cue_word
from onrecord.events.modes import mode_of
from onrecord.events.pair_scores import Asked, Parties
from onrecord.events.parties import in_members, parties_of
from onrecord.events.states import TextStates
from onrecord.events.tellings import told_by
from onrecord.events.texts import EventText
from onrecord.events.told_roles import OfWord, Rule, ToldRoles
from onrecord.records import Factuality, Statement

_HAVING: Final = frozenset(("have", "has", "had", "will", "would"))


def is_beside_cue(own: Happening, statement: Statement) -> bool:
    """Whether a verb is joined to the cue itself: "has said it will wait, and has sent troops"."""
    tree, word = own.sentence.tree, own.word
    if tree.relations[word] != "conj" or not tree.is_verb(word) or tree.marks(word):
        return False
    at = cue_word(own.sentence, statement)
    while tree.relations[word] == "conj" and tree.heads[word] != word:
        word = tree.heads[word]
        if word == at:
            helpers = tree.all_children(word, "aux")
            forms = {tree.words[w] for w in helpers}
            joined = {tree.words[w] for w in tree.all_children(own.word, "aux")}
            return bool(forms & joined & _HAVING) and tree.child(own.word, "nsubj") is None
    return False


class Judge:
    """Judges the happenings of one text."""

    def __init__(
        self,
        text: EventText,
        model: EventModel | None = None,
        states: TextStates | None = None,
        *,
        of_words: Mapping[int, OfWord] | None = None,
        shown: Iterable[Happening] = (),
    ) -> None:
        """Prepare.

        Args:
            text: All of it.
            model: The network; None for rules alone.
            states: The numbers of words that it reads.
            of_words: All happenings, by the number of their sentence and by their words.
            shown: Those that become rows, of which the network hears.
        """
        self.text, self.model = text, model
        self.states = states or TextStates(())
        self.told = ToldRoles(of_words)
        self._pairs = None if model is None else model.pairs(text, self.states, self.told)
        if model is not None:
            for own in shown:
                self.told.add(own, self._rule(own))

    def asserter(self, own: Happening) -> Statement | None:
        """The statement that tells it; None for the outlet."""
        statements = [
            one for one in self.text.statements_over(own.span) if not is_beside_cue(own, one)
        ]
        if self.model is not None:
            return self.model.asserter(own, self.states, statements)
        return statements[0] if statements else None

    def parties(self, asked: Sequence[tuple[Happening, Statement | None]]) -> list[Parties]:
        """Ids of actors and recipients of happenings, each with the statement that tells it."""
        every = [Asked(own, self.told.rule(own) or self._rule(own), told) for own, told in asked]
        if self._pairs is None:
            return [in_members(self.text, one.rule) for one in every]
        return [in_members(self.text, parties) for parties in self._pairs.parties(every)]

    def _rule(self, own: Happening) -> Rule:
        """What the rules find."""
        return parties_of(self.text, own, self.told.of_words.get(own.sentence.number, {}))

    def factuality(self, own: Happening, statement: Statement | None) -> Factuality:
        """Whether it happened, in the view of who tells it."""
        by_rule = told_by(
            own.sentence,
            own.word,
            statement,
            light=own.arguments.light,
            of_type=own.trigger.type.value,
        )
        if self.model is None:
            return by_rule
        return self.model.factuality(own, self.states, by_rule)

    def mode(self, own: Happening) -> str | None:
        """Its mode, by its row and the means beside it, else by the network."""
        mode = mode_of(own)
        if mode is None and self.model is not None:
            return self.model.mode(own, self.states)
        return mode
