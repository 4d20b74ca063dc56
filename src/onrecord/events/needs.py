"""Whether the needs of a row of the lexicon hold of the words around a trigger."""

from collections.abc import Sequence
from typing import Final

from onrecord.events.arguments import Arguments, surface_subject
from onrecord.events.fillers import acts, party_at
from onrecord.events.forms import lemmas_of
from onrecord.events.lexicon import Need
from onrecord.events.texts import ACTING, PARTS, Sentence
from onrecord.records import Kind
from onrecord.syntax.trees import Tree

_OF_KIND: Final = {
    "actor": ACTING,
    "person": frozenset({Kind.PERSON}),
    "org": frozenset({Kind.ORGANIZATION}),
    "organization": frozenset({Kind.ORGANIZATION}),
    "place": frozenset({Kind.PLACE, Kind.FACILITY}),
    "facility": frozenset({Kind.FACILITY, Kind.PLACE}),
    "weapon": frozenset({Kind.WEAPON}),
    "instrument": frozenset({Kind.INSTRUMENT}),
    "nationality": frozenset({Kind.NATIONALITY}),
    "event": frozenset({Kind.EVENT}),
}
# Pronouns of persons, also where nobody is found whom they stand for.
_PERSONS: Final = frozenset("he she they we i you him her them us me".split())
_MONEY: Final = frozenset(
    "money fund funding cash loan grant credit dollar euro pound crown krona krone franc peso "
    "rupee yen yuan won ruble rouble dinar dirham rial riyal lira real rand shekel zloty forint "
    "leu lev hryvnia baht dong rupiah ringgit shilling naira cedi kwacha birr taka peseta mark "
    "cent".split()
)


def holds(
    need: Need, arguments: Arguments, sentence: Sentence, word: int, *, joins: bool = True
) -> bool:
    """Whether a need holds.

    Args:
        need: Of a row.
        arguments: What fills the slots.
        sentence: Of the trigger.
        word: The trigger.
        joins: Whether what is joined with the fillers counts too.
    """
    tree = sentence.tree
    if need.slot == "passive":
        return arguments.is_passive == need.wanted
    if need.slot == "active":
        return arguments.is_passive != need.wanted
    words = arguments.get(need.slot)
    if need.slot == "inf" and not words:
        words = arguments.get("to") if any(tree.is_verb(w) for w in arguments.get("to")) else []
    if need.kind:
        return _is_kind(need, words, sentence) == need.wanted
    if not need.lemmas:
        return bool(words) == need.wanted
    if not words and need.slot != "subj":
        return not need.wanted
    spread = [own for w in words for own in tree.joined(w)] if joins else words
    heads = {lemma for own in spread for lemma in _lemmas(tree, own)}
    if need.slot == "subj" and need.wanted:
        heads |= {lemma for own in spread for lemma in _meant_by(sentence, own)}
    if need.slot == "subj" and not heads:
        subject = surface_subject(tree, word)
        heads = _lemmas(tree, subject) if subject is not None else set()
    return bool(heads & need.lemmas) == need.wanted


def _meant_by(sentence: Sentence, word: int) -> Sequence[str]:
    """Lemmas of what a pronoun stands for: "the union said it would strike"."""
    if sentence.tree.tags[word] != "PRP":
        return ()
    mention = sentence.mention(word)
    entity = None if mention is None else sentence.text.entities.get(mention.entity)
    return () if entity is None else lemmas_of(entity.name.lower().split()[-1])


def _lemmas(tree: Tree, word: int) -> set[str]:
    """Lemmas of a word and, of compounds, of the words before it."""
    found = set(lemmas_of(tree.words[word]))
    for child in tree.all_children(word, "compound", "flat", "within", "amod"):
        if child < word:
            found.add(tree.words[child])
    if tree.words[word] in PARTS:
        for child in tree.all_children(word, "nmod"):
            found.update(lemmas_of(tree.words[child]))
    return found


def _is_kind(need: Need, words: Sequence[int], sentence: Sentence) -> bool:
    # Who does it may be left out, or be lost in the tree; that is no reason against.
    if not words and need.slot == "subj":
        return need.wanted
    tree = sentence.tree
    if need.kind == "money":
        return any(_is_money(sentence, w) for w in words)
    kinds = _OF_KIND.get(need.kind, frozenset())
    for word in words:
        for own in tree.joined(word):
            if Kind.PERSON in kinds and (tree.words[own] in _PERSONS or tree.tags[own] == "CD"):
                # "Two were killed and five injured": numbers alone count persons.
                return True
            entity = party_at(sentence, own, kinds)
            if entity is not None and (
                entity.kind in kinds
                or (kinds is ACTING and acts(sentence, own, entity, houses=need.slot == "subj"))
            ):
                return True
    return False


def _is_money(sentence: Sentence, word: int) -> bool:
    tree = sentence.tree
    if set(lemmas_of(tree.words[word])) & _MONEY or tree.words[word] in {"$", "€", "£"}:
        return True
    start, end = tree.starts[word], tree.ends[word]
    return any(
        q.span.start <= start and end <= q.span.end and (q.unit or "") in {"USD", "EUR", "GBP"}
        for q in sentence.quantities
    )
