"""Who speaks in a transcript: labels of turns to entities, and whom "I" means in a turn.

A turn is a statement whose cue is the mark behind a label (`statements/turns.py`). A label names
the person whom the text names in full; "Q" is the outlet, "A" the one person of the introduction.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from onrecord.entities.drafts import DocumentMentions, EntityDraft
from onrecord.entities.forms import ME, WE
from onrecord.records import Kind, Manner, Statement
from onrecord.records.span_finders import SpanFinder
from onrecord.segment.speaker_labels import Part, abbreviates, label_words, part_of, same_speakers

_MARKS: Final = frozenset((":", "—", "–", "))", "."))
# Turns of a text that is a transcript, at least.
_LEAST: Final = 4
# Words for what is asked, and not for who asks it.
_QUESTIONS: Final = frozenset(("q", "question"))
_SPEAKING: Final = frozenset((Kind.PERSON, Kind.ORGANIZATION))
_LEADS: Final = ("the ", "The ")

Name = tuple[str, ...]


@dataclass(slots=True)
class _Speaker:
    """One who takes turns.

    Attributes:
        names: The words of the labels.
        turns: The statements.
        labelled: Numbers of the mentions in the labels.
    """

    names: set[Name] = field(default_factory=set)
    turns: list[Statement] = field(default_factory=list)
    labelled: list[int] = field(default_factory=list)


def speakers_of_turns(
    mentions: DocumentMentions, statements: Sequence[Statement], *, outlet: str | None = None
) -> dict[str, int | None]:
    """Numbers of the entities that speak, by statement; statements that are no turns are left out.

    Labels, and first-person pronouns in turns, come to be mentions of their entities.

    Args:
        mentions: Of the document; entities may be added.
        statements: Of the document.
        outlet: Who published it, if that is known.
    """
    speakers = _speakers(mentions.text, statements)
    if not speakers:
        return {}
    finder = SpanFinder(mentions.spans)
    for speaker in speakers:
        labels = [turn.source[0] for turn in speaker.turns]
        speaker.labelled = [
            m for label in labels for m in finder.over(label) if label.contains(mentions.spans[m])
        ]
    names = _Names(mentions, min(s.turns[0].source[0].start for s in speakers), outlet)
    children = defaultdict(list)
    for statement in statements:
        children[statement.parent].append(statement)
    found: dict[str, int | None] = {}
    for speaker in speakers:
        entity = names.entity_of(speaker)
        found |= dict.fromkeys((turn.id for turn in speaker.turns), entity)
        if entity is not None:
            own = [m for t in speaker.turns for m in _first_persons(mentions, finder, t, children)]
            _move(mentions, [*speaker.labelled, *own], entity)
            mentions.entities[entity].words += [turn.source[0] for turn in speaker.turns]
    return found


def _speakers(text: str, statements: Sequence[Statement]) -> list[_Speaker]:
    """Those who take turns, in the order of their first ones."""
    turns = [(name, s) for s in statements if (name := _label_of(text, s)) is not None]
    if len(turns) < _LEAST:
        return []
    fullest = same_speakers(name for name, _ in turns)
    found: dict[Name, _Speaker] = {}
    for name, statement in sorted(turns, key=lambda pair: pair[1].source[0].start):
        speaker = found.setdefault(fullest[tuple(w.lower() for w in name)], _Speaker())
        speaker.names.add(name)
        speaker.turns.append(statement)
    return list(found.values())


def _label_of(text: str, statement: Statement) -> Name | None:
    """The words of the label behind which a statement stands, if it is a turn."""
    if statement.manner is not Manner.DIRECT or statement.parent is not None:
        return None
    if len(statement.source) != 1 or len(statement.cue) != 1:
        return None
    source, cue = statement.source[0], statement.cue[0]
    is_label = source.end <= cue.start < statement.content[0].start
    if not is_label or cue.text_in(text) not in _MARKS:
        return None
    return label_words(source.text_in(text))


class _Names:
    """The persons and bodies that a text names, by their names."""

    def __init__(self, mentions: DocumentMentions, first: int, outlet: str | None) -> None:
        self.entities = mentions.entities
        self.entity_at = mentions.entity_of
        self.whole: dict[Name, int] = {}
        self.parts: defaultdict[str, set[int]] = defaultdict(set)
        self.introduced: set[int] = set()
        for m, entity in sorted(mentions.entity_of.items()):
            kind, words = mentions.entities[entity].kind, _plain(mentions.words[m])
            if not words or not mentions.is_name[m] or kind not in _SPEAKING:
                continue
            self.whole.setdefault(tuple(w.lower() for w in words), entity)
            self.whole.setdefault(words, entity)
            if len(words) > 1:
                self.parts[words[-1].lower()].add(entity)
            if len(words) > 1 and kind is Kind.PERSON:
                self.parts[words[0].lower()].add(entity)
            if mentions.spans[m].end <= first and kind is Kind.PERSON:
                self.introduced.add(entity)
        name = tuple(w.lower() for w in _plain(outlet or ""))
        self.outlet = self.whole.get(name)

    def entity_of(self, speaker: _Speaker) -> int | None:
        """Who has some labels; an entity is made of them if the text names none."""
        parts = {part_of(name) for name in speaker.names}
        if Part.ANSWERS in parts:
            return next(iter(self.introduced)) if len(self.introduced) == 1 else None
        if Part.ASKS in parts:
            is_nobody = all(" ".join(name).lower() in _QUESTIONS for name in speaker.names)
            return self.outlet if is_nobody or self.outlet is not None else self._made(speaker)
        names = sorted(speaker.names, key=lambda name: (-len(name), name))
        found = (self._named(name) for name in names if part_of(name) is None)
        named = next((entity for entity in found if entity is not None), None)
        return self._made(speaker) if named is None else named

    def _named(self, name: Name) -> int | None:
        folded = tuple(w.lower() for w in name)
        if len(name) == 1:
            full = self.parts.get(folded[0], set())
            if len(full) == 1:
                return next(iter(full))
            short = {e for own, e in self.whole.items() if abbreviates(name[0], own)}
            if len(short) == 1:
                return short.pop()
        return self.whole.get(folded)

    def _made(self, speaker: _Speaker) -> int:
        """The commonest entity of the labels, else a new one."""
        own = Counter(self.entity_at[m] for m in speaker.labelled if m in self.entity_at)
        speaking = [(n, -e) for e, n in own.items() if self.entities[e].kind in _SPEAKING]
        if speaking:
            return -max(speaking)[1]
        self.entities.append(EntityDraft(Kind.PERSON))
        return len(self.entities) - 1


def _plain(name: str) -> Name:
    """The words of a name without article and possessive ending."""
    for lead in _LEADS:
        name = name.removeprefix(lead)
    return tuple(name.removesuffix("'s").removesuffix("’s").split())


def _first_persons(
    mentions: DocumentMentions,
    finder: SpanFinder,
    turn: Statement,
    children: defaultdict[str | None, list[Statement]],
) -> Iterator[int]:
    """Mentions in a turn that are "I" or "we", but in what the speaker quotes of others."""
    quoted = [
        span
        for inner in children[turn.id]
        if inner.manner is not Manner.INDIRECT and not _is_own(mentions, finder, inner)
        for span in inner.content
    ]
    for part in turn.content:
        for m in finder.over(part):
            span = mentions.spans[m]
            if mentions.forms[m] in {ME, WE} and not any(q.contains(span) for q in quoted):
                yield m


def _is_own(mentions: DocumentMentions, finder: SpanFinder, inner: Statement) -> bool:
    """Whether the source of a statement is "I" or "we"."""
    return any(
        mentions.spans[m] == span and mentions.forms[m] in {ME, WE}
        for span in inner.source
        for m in finder.over(span)
    )


def _move(mentions: DocumentMentions, numbers: Sequence[int], entity: int) -> None:
    """Make some mentions those of an entity."""
    moved = set(numbers)
    olds = {mentions.entity_of[m] for m in moved if m in mentions.entity_of} - {entity}
    for old in olds:
        draft = mentions.entities[old]
        draft.mentions = [m for m in draft.mentions if m not in moved]
        draft.is_named = any(mentions.is_name[m] for m in draft.mentions)
    target = mentions.entities[entity]
    target.mentions = sorted(moved.union(target.mentions))
    target.is_named = any(mentions.is_name[m] for m in target.mentions)
    mentions.entity_of |= dict.fromkeys(moved, entity)
