"""Readings as text for a person, and as JSON."""

from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any, Protocol

from onrecord.export.records import dumps
from onrecord.records import Polarity, Reading, Span, Statement
from onrecord.segment.sentences import Sentence, split_sentences

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_PLAIN_WIDTH = 100
_LEAST_WIDTH = 24


class Writer(Protocol):
    """Takes readings one by one."""

    def write(self, reading: Reading) -> None:
        """Write one."""
        ...

    def close(self) -> None:
        """Write what is left."""
        ...


class JsonWriter:
    """Readings as one object, a list of objects, or a line each."""

    def __init__(self, stream: IO[str], form: str) -> None:
        self._stream, self._form = stream, form
        self._first: Reading | None = None
        self._n_written = 0

    def write(self, reading: Reading) -> None:
        """Write one; the first waits, as a single one is not put into a list."""
        if self._form == "jsonl":
            self._stream.write(dumps(reading) + "\n")
        elif self._n_written == 0 and self._first is None:
            self._first = reading
        else:
            self._write_first()
            self._stream.write(",\n" + dumps(reading, indent=1))
            self._n_written += 1

    def _write_first(self) -> None:
        if self._first is not None:
            self._stream.write("[\n" + dumps(self._first, indent=1))
            self._first, self._n_written = None, 1

    def close(self) -> None:
        """Write the one that waits, or close the list."""
        if self._form == "jsonl":
            return
        if self._n_written:
            self._stream.write("\n]\n")
        elif self._first is not None:
            self._stream.write(dumps(self._first, indent=1) + "\n")


class TextWriter:
    """Readings as trees of statements below the sentences that they stand in."""

    def __init__(self, stream: IO[str], *, is_file: bool) -> None:
        width = None if stream.isatty() and not is_file else _PLAIN_WIDTH
        self._console = _console(
            file=stream, width=width, highlight=False, emoji=False, markup=False, soft_wrap=False
        )
        self._console.width = max(self._console.width, _LEAST_WIDTH)
        self._n_written = 0

    def write(self, reading: Reading) -> None:
        """Write one."""
        if self._n_written:
            self._console.rule(style="dim")
        self._n_written += 1
        self._head(reading)
        for sentence, group in _by_sentence(reading):
            self._console.print()
            self._sentence(reading, sentence, group)
            for root in group:
                self._tree(reading, root)

    def close(self) -> None:
        """Nothing is left."""

    def _head(self, reading: Reading) -> None:
        from rich.text import Text

        document = reading.document
        if document.title:
            self._console.print(Text(_one_line(document.title), style="bold"))
        statements = reading.statements or ()
        n = len(statements)
        facts = [document.outlet, document.author, document.published, document.url]
        counted = "1 statement" if n == 1 else f"{n} statements"
        line = " · ".join(_one_line(f) for f in (*facts, counted) if f)
        self._console.print(Text(line, style="dim"))
        if document.language != "en":
            note = "This may not be English; the model reads English only."
            self._console.print(Text(note, style="italic"))

    def _sentence(self, reading: Reading, sentence: Span, group: Sequence[Statement]) -> None:
        from rich.padding import Padding
        from rich.text import Text

        text = Text(style="dim")
        at = sentence.start
        for span, style in _marks(group):
            if span.start < at or span.end > sentence.end:
                continue
            text.append(_flat(reading.document.text[at : span.start]))
            text.append(_flat(reading.document.text[span.start : span.end]), style=style)
            at = span.end
        text.append(_flat(reading.document.text[at : sentence.end]))
        self._console.print(Padding(text, (0, 0, 0, 2), expand=False))

    def _tree(self, reading: Reading, root: Statement) -> None:
        from rich.padding import Padding
        from rich.tree import Tree

        children: dict[str | None, list[Statement]] = {}
        for statement in reading.statements or ():
            children.setdefault(statement.parent, []).append(statement)
        tree = Tree(_line(reading, root), guide_style="dim")
        level = [(tree, root)]
        while level:
            node, statement = level.pop()
            level += [(node.add(_line(reading, c)), c) for c in children.get(statement.id, ())]
        self._console.print(Padding(tree, (0, 0, 0, 2), expand=False))


def _console(**settings: Any) -> "Console":
    """A console that leaves a reader who has gone to the command, as no failure."""
    from rich.console import Console

    class Pipe(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Pipe(**settings)


def _line(reading: Reading, statement: Statement) -> "Text":
    """Speaker, cue, act and content of one statement."""
    from rich.text import Text

    source = reading.text_of(statement.source)
    text = Text()
    text.append(_one_line(source) or "(nobody named)", style="bold cyan" if source else "italic")
    text.append("  ")
    text.append(_one_line(reading.text_of(statement.cue)), style="underline")
    text.append(f"  [{statement.act}", style="yellow")
    if statement.polarity is Polarity.DENY:
        text.append(", deny", style="bold red")
    text.append("]", style="yellow")
    names = {entity.id: entity.name for entity in reading.entities or ()}
    if statement.addressee:
        text.append(f"  to {_one_line(names[statement.addressee])}", style="dim")
    if statement.medium:
        text.append(f"  via {_one_line(names[statement.medium])}", style="dim")
    text.append("\n")
    text.append(_one_line(reading.text_of(statement.content)))
    return text


def _marks(group: Sequence[Statement]) -> list[tuple[Span, str]]:
    """Sources and cues of some statements, in text order and without overlaps."""
    spans = [(s, "bold cyan not dim") for one in group for s in one.source]
    spans += [(s, "underline not dim") for one in group for s in one.cue]
    marks: list[tuple[Span, str]] = []
    for span, style in sorted(set(spans)):
        if not marks or span.start >= marks[-1][0].end:
            marks.append((span, style))
    return marks


def _by_sentence(reading: Reading) -> list[tuple[Span, list[Statement]]]:
    """Outermost statements with the sentence of their cue, in text order."""
    import bisect

    sentences: Sequence[Sentence] = split_sentences(reading.document.text)
    starts = [s.start for s in sentences]
    groups: dict[Span, list[Statement]] = {}
    for statement in reading.statements or ():
        if statement.parent is None:
            at = max(0, bisect.bisect_right(starts, statement.cue[0].start) - 1)
            span = Span(sentences[at].start, sentences[at].end)
            groups.setdefault(span, []).append(statement)
    return sorted(groups.items())


def _flat(words: str) -> str:
    """White space other than a space shown as a space; control characters left out."""
    return "".join(
        " " if c.isspace() else c for c in words if c.isspace() or (c >= " " and c != "\x7f")
    )


def _one_line(words: str) -> str:
    return " ".join(_flat(words).split())
