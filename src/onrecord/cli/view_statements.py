"""Statements for a terminal: the sentence with its marks, and the statements below it as trees.

Under a statement stand the events that it asserts, then the statements in its content.
"""

import bisect
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.cli.view_events import event_line, more_line
from onrecord.cli.view_words import flat, one_line, shortened
from onrecord.export.event_overviews import EventFinder
from onrecord.export.parties import Parties, PartyFinder
from onrecord.records import Polarity, Reading, Span, Statement
from onrecord.segment.sentences import Sentence, split_sentences

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text
    from rich.tree import Tree

_LONGEST_NAME = 100
_MOST_EVENTS = 12


class StatementsView:
    """The statements of one reading, sentence by sentence."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._parties = PartyFinder(reading)
        self._events = EventFinder(reading)
        self._inner: dict[str | None, list[Statement]] = {}
        for statement in reading.statements or ():
            self._inner.setdefault(statement.parent, []).append(statement)

    def sentences(self) -> Iterator[list["RenderableType"]]:
        """For each sentence that reports something, itself and its statements."""
        for sentence, group in self._groups():
            yield [self._sentence(sentence, group), *(self._tree(root) for root in group)]

    def _groups(self) -> list[tuple[Span, list[Statement]]]:
        """Outermost statements with the sentence of their cue, in text order."""
        sentences: Sequence[Sentence] = split_sentences(self._reading.document.text)
        starts = [s.start for s in sentences]
        groups: dict[Span, list[Statement]] = {}
        for statement in self._inner.get(None, ()):
            at = max(0, bisect.bisect_right(starts, statement.cue[0].start) - 1)
            span = Span(sentences[at].start, sentences[at].end)
            groups.setdefault(span, []).append(statement)
        return sorted(groups.items())

    def _sentence(self, sentence: Span, group: Sequence[Statement]) -> "Text":
        from rich.text import Text

        words = self._reading.document.text
        text = Text(style="dim")
        at = sentence.start
        for span, style in _marks(group):
            if span.start < at or span.end > sentence.end:
                continue
            text.append(flat(words[at : span.start]))
            text.append(flat(words[span.start : span.end]), style=style)
            at = span.end
        return text.append(flat(words[at : sentence.end]))

    def _tree(self, root: Statement) -> "Tree":
        from rich.tree import Tree

        tree = Tree(self._statement(root), guide_style="dim")
        level = [(tree, root)]
        while level:
            node, statement = level.pop()
            for line in self._event_lines(statement):
                node.add(line)
            inner = self._inner.get(statement.id, ())
            level += [(node.add(self._statement(one)), one) for one in inner]
        return tree

    def _event_lines(self, statement: Statement) -> Iterator["Text"]:
        events = self._events.under(statement)
        for event in events[:_MOST_EVENTS]:
            yield event_line(self._events.of(event))
        if len(events) > _MOST_EVENTS:
            yield more_line(len(events) - _MOST_EVENTS, "events")

    def _statement(self, statement: Statement) -> "Text":
        """Speaker, cue, act, listeners, date, and below them the content."""
        parties = self._parties.of(statement)
        text = _speaker(parties).append("  ")
        text.append(one_line(self._reading.text_of(statement.cue)), style="underline")
        text.append(f"  [{statement.act}", style="yellow")
        if statement.polarity is Polarity.DENY:
            text.append(", deny", style="bold red")
        text.append("]", style="yellow")
        others = (("to ", parties.addressee), ("via ", parties.medium), ("", parties.time))
        for before, words in others:
            if words is not None:
                text.append(f"  {before}{shortened(words, _LONGEST_NAME)}", style="dim")
        content = one_line(self._reading.text_of(statement.content))
        return text.append(f"\n{content}") if content else text


def _speaker(parties: Parties) -> "Text":
    """The words of the source, and the name and the actor code if they are known."""
    from rich.text import Text

    text = Text(one_line(parties.source), style="bold cyan" if parties.is_named else "italic")
    if parties.name is not None:
        name = shortened(parties.name, _LONGEST_NAME)
        text = Text.assemble(text, (" = ", "dim"), (name, "bold"))
    return Text.assemble(text, (f" ({one_line(parties.actor)})", "dim") if parties.actor else "")


def _marks(group: Sequence[Statement]) -> list[tuple[Span, str]]:
    """Sources and cues of some statements, in text order and without overlaps."""
    spans = [(s, "bold cyan not dim") for one in group for s in one.source]
    spans += [(s, "underline not dim") for one in group for s in one.cue]
    marks: list[tuple[Span, str]] = []
    for span, style in sorted(set(spans)):
        if not marks or span.start >= marks[-1][0].end:
            marks.append((span, style))
    return marks
