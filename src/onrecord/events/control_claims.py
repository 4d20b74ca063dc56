"""Rows of control claims out of what was found in a sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from onrecord.events.light_verbs import LightVerb
from onrecord.events.tellings import date_near, told_by
from onrecord.events.texts import EventText, Sentence
from onrecord.records import Change, ControlClaim, Factuality, Place, Span, content_id
from onrecord.syntax.trees import Tree

_SUPPOSING: Final = frozenset(("would", "could", "might", "may", "'d", "’d"))


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody, or None for nobody named, with what happened from their side."""

    holder: str | None
    change: Change


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """What one word says of places.

    Attributes:
        sentence: Where it stands.
        word: The word that says so.
        told: The word that shows whether it happened: the verb of "took control".
        places: Each with its word.
        parties: Each gets a row for each place.
        ends: The last word of each place whose name has several.
        is_given: Whether it is told in passing ("rebel-held"), and so holds in any case.
        light: The verb that carries a noun.
    """

    sentence: Sentence
    word: int
    told: int
    places: list[tuple[int, Place]]
    parties: list[Party]
    ends: Mapping[int, int]
    is_given: bool = False
    light: tuple[int, LightVerb] | None = None


def claim_rows(text: EventText, draft: Draft) -> Iterator[ControlClaim]:
    """One row for each place and party."""
    sentence, tree = draft.sentence, draft.sentence.tree
    statement = text.asserter(sentence.span(draft.word, draft.word))
    told = Factuality.ACTUAL
    if not draft.is_given:
        told = told_by(sentence, draft.told, statement, light=draft.light)
        if told is Factuality.ACTUAL and _is_supposed(tree, draft.told):
            told = Factuality.POSSIBLE
    date = None if draft.is_given else date_near(sentence, draft.told)
    document = text.reading.document.id
    first, last = min(draft.word, draft.told), max(draft.word, draft.told)
    for word, place in draft.places:
        end = draft.ends.get(word, word)
        span = Span(tree.starts[min(first, word)], tree.ends[max(last, end)])
        for party in draft.parties:
            holder = text.entities.get(party.holder or "")
            if holder is not None and place.mention in holder.mentions:
                continue
            yield ControlClaim(
                id=content_id(
                    "control_claim", document, span, place.id, party.holder, party.change
                ),
                document=document,
                span=span,
                place=place.id,
                holder=party.holder,
                change=party.change,
                factuality=told,
                asserted_by=None if statement is None else statement.id,
                date=date,
                run=text.reading.run.id,
            )


def _is_supposed(tree: Tree, word: int) -> bool:
    """Whether a noun is the subject of what would or could be: "the fall of Orsa would be"."""
    if tree.relations[word] not in {"nsubj", "nsubj:pass"}:
        return False
    return any(tree.words[c] in _SUPPOSING for c in tree.all_children(tree.heads[word], "aux"))
