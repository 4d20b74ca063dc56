"""Whose gain it is where nobody is named: "the army said that the town had been liberated".

Who speaks for a state at war, or for a body that fights, tells of his own side's gains when he
says that places were liberated or retaken. Of places that he says were taken or captured, this
holds only where he has just told of gains of his side. All others stay without a holder.
"""

from typing import Final

from onrecord.events.control_holders import HolderReader
from onrecord.events.control_words import load_control_words
from onrecord.events.texts import EventText, Sentence
from onrecord.records import Entity, Kind, Statement

_FIGHTING: Final = frozenset(("MIL", "REB", "UAF", "PRM"))
_RULING: Final = frozenset(("GOV", "MIL"))
# Sentences for which a speaker is still telling of the same gains.
_REACH: Final = 3


class SideReader:
    """Gives agentless gains of one text to the side of who tells them."""

    def __init__(self, text: EventText, holders: HolderReader) -> None:
        self.text, self.holders, self.words = text, holders, load_control_words()
        self._told: dict[str, tuple[int, str]] = {}

    def of(self, sentence: Sentence, word: int, statement: Statement | None) -> str | None:
        """The side that is taken to have gained what a verb in the passive tells of.

        Args:
            sentence: Where the verb stands.
            word: The verb.
            statement: Who tells it.
        """
        speaker = None if statement is None else statement.speaker
        if speaker is None:
            return None
        if self.words.is_one("ours", sentence.tree.words[word]):
            side = self._side(self.text.entities.get(speaker))
            if side is not None:
                self._told[speaker] = sentence.number, side
            return side
        number, told = self._told.get(speaker, (-_REACH, None))
        if told is not None and sentence.number - number < _REACH:
            self._told[speaker] = sentence.number, told
            return told
        return None

    def _side(self, speaker: Entity | None) -> str | None:
        """The state for which somebody speaks, if it fights, or the body that fights itself."""
        if speaker is None or speaker.actor is None:
            return None
        country, *sectors = speaker.actor.split(".")
        if speaker.kind is not Kind.PERSON and _FIGHTING.intersection(sectors):
            return speaker.id
        state = self.text.countries.get(country)
        if state is None or (sectors and not _RULING.intersection(sectors)):
            return None
        return state.id if self.holders.tells_of_war(state) else None
