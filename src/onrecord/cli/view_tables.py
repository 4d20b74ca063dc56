"""Answers of queries for a terminal: who says it, the words, and where they stand.

Each row is a block: a line of facts, the exact words, and the document with their place.
The wording tells who says what and never who is right.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import IO, Any

from onrecord.cli.consoles import console_for
from onrecord.cli.view_words import one_line, shortened
from onrecord.export.overviews import counted

_LONGEST = 240
_ID_SIGNS = 10
_OUTLET = "the outlet"
_BETWEEN = " · "

Row = Mapping[str, Any]


class TableWriter:
    """Writes rows of one query, each as a block."""

    def __init__(self, stream: IO[str], *, width: int | None = None) -> None:
        self._console = console_for(stream, width=width)

    def write(self, rows: Iterable[Row], block: Callable[[Row], list[tuple[str, str, int]]]) -> int:
        """Write rows; the number of them.

        Args:
            rows: Of a query.
            block: The lines of a row: words, style, columns of indent.
        """
        n_rows = 0
        for row in rows:
            if n_rows:
                self._console.print()
            for words, style, indent in block(row):
                self.line(words, style=style, indent=indent)
            n_rows += 1
        return n_rows

    def line(self, words: str, *, style: str = "", indent: int = 0) -> None:
        """One line, broken where the terminal ends."""
        from rich.text import Text

        if words:
            text = Text(one_line(words), style=style)
            for part in text.wrap(self._console, self._console.width - indent):
                part.rstrip()
                self._console.print(Text(" " * indent).append_text(part), no_wrap=True)

    def gap(self) -> None:
        """An empty line."""
        self._console.print()


def found_block(row: Row) -> list[tuple[str, str, int]]:
    """A statement or an article that holds the words of a search."""
    if row["kind"] == "article":
        return [*_words(row, 0), _place(row, 2)]
    return [(_said(row), "bold", 0), *_words(row, 2), _place(row, 2)]


def who_block(row: Row) -> list[tuple[str, str, int]]:
    """Something that an actor said, was said about, did, or had done to them."""
    others = ", ".join(row["others"] or ())
    between = {"said about": "by", "did": "to", "was done to": "by"}.get(row["relation"], "")
    facts = [
        f"{row['name'] or '(not named)'} {row['relation']} [{row['what']}]",
        f"{between} {others}" if others and between else others,
        row["date"] or "",
        _factuality(row),
        _asserter(row) if row["asserter"] else "",
    ]
    return [(_joined(facts), "bold", 0), *_words(row, 2), _place(row, 2)]


def event_block(row: Row) -> list[tuple[str, str, int]]:
    """An event of a timeline."""
    who = " and ".join(row["actors"]) or "(nobody named)"
    to = " and ".join(row["recipients"])
    mode = f" {row['mode']}" if row["mode"] else ""
    facts = [
        row["date"] or f"({(row['published'] or 'no date')[:10]})",
        f"{row['type']}{mode}",
        f"{who} → {to}" if to else who,
        ", ".join(part for part in (row["place"], row["country"]) if part),
        _factuality(row),
        _asserter(row),
    ]
    return [(_joined(facts), "bold", 0), *_words(row, 2), _place(row, 2)]


def control_block(row: Row) -> list[tuple[str, str, int]]:
    """Who is said to hold a place."""
    holder = row["holder"] or "(nobody named)"
    code = f" ({row['holder_code']})" if row["holder_code"] else ""
    facts = [
        row["date"] or f"({(row['published'] or 'no date')[:10]})",
        ", ".join(part for part in (row["place"], row["country"]) if part),
        f"{row['change']} by {holder}{code}",
        _factuality(row),
        _asserter(row),
    ]
    return [(_joined(facts), "bold", 0), *_words(row, 2), _place(row, 2)]


def dispute_block(row: Row) -> list[tuple[str, str, int]]:
    """Two accounts that cannot both hold, side by side."""
    own = "against own earlier words" if row["is_own"] else ""
    claim = f"claim {row['claim'][:_ID_SIGNS]}" if row["claim"] else ""
    seen = (row["first_seen"] or "")[:10]
    head = _joined([str(row["ground"]), own, seen, claim, f"dispute {row['id'][:_ID_SIGNS]}"])
    lines = [(head, "bold", 0)]
    for one in _sides(row):
        lines.append((_stance(one), "", 2))
        lines += _words(one, 4)
        lines.append(_place(one, 4))
    return lines


def possible_block(row: Row) -> list[tuple[str, str, int]]:
    """Two accounts that may be in dispute, with how likely that is."""
    facts = [
        f"possible: {row['ground']}",
        f"{row['probability']:.0%}",
        (row["first_seen"] or "")[:10],
        f"dispute {row['id'][:_ID_SIGNS]}",
    ]
    lines = [(_joined(facts), "bold", 0)]
    for one in _sides(row):
        lines += [*_words(one, 2), _place(one, 2)]
    return lines


def _sides(row: Row) -> list[Row]:
    return [
        {name.removeprefix(f"{side}_"): row[name] for name in row if name.startswith(side)}
        for side in ("first", "second")
    ]


def stance_block(row: Row) -> list[tuple[str, str, int]]:
    """Somebody who asserts, denies or reports a claim."""
    copy = "a copy" if row["is_copy"] else ""
    return [(_joined([_stance(row), copy]), "", 0), *_words(row, 2), _place(row, 2)]


def story_block(row: Row) -> list[tuple[str, str, int]]:
    """A story with its counts."""
    days = [(row[name] or "")[:10] for name in ("first_seen", "last_seen")]
    facts = [
        counted(row["n_documents"], "document"),
        f"{row['n_voices']:,} independent",
        counted(row["n_disputes"], "dispute") if row["n_disputes"] else "",
        " to ".join(dict.fromkeys(day for day in days if day)),
        f"story {row['id'][:_ID_SIGNS]}",
    ]
    return [(str(row["title"]), "bold", 0), (_joined(facts), "dim", 2)]


def document_block(row: Row) -> list[tuple[str, str, int]]:
    """A document of a story, and whose words it has."""
    facts = [
        (row["published"] or "")[:10],
        row["outlet"] or "",
        row["title"] or "",
        f"credits {row['agency']}" if row["agency"] else "",
        f"copies {row['copy_of'][:_ID_SIGNS]}" if row["copy_of"] else "",
        f"document {row['document'][:_ID_SIGNS]}",
    ]
    return [(_joined(facts), "", 2)]


def _said(row: Row) -> str:
    actor = f" ({row['actor']})" if row["actor"] else ""
    denies = ", denies" if row["polarity"] == "deny" and row["act"] != "deny" else ""
    return f"{row['speaker'] or _OUTLET}{actor}  [{row['act']}{denies}]"


def _stance(row: Row) -> str:
    return f"{row['speaker'] or row['outlet'] or _OUTLET} {row['stance'] or ''}".rstrip()


def _asserter(row: Row) -> str:
    return f"says {row['asserter'] or _OUTLET}"


def _factuality(row: Row) -> str:
    return "" if row["factuality"] in (None, "actual") else str(row["factuality"])


def _words(row: Row, indent: int) -> list[tuple[str, str, int]]:
    return [(f"“{shortened(row['words'], _LONGEST)}”", "", indent)] if row["words"] else []


def _place(row: Row, indent: int) -> tuple[str, str, int]:
    at = f" [{row['start']}–{row['end']}]" if row["start"] is not None else ""
    own = row.get("id")
    facts = [
        (row["published"] or "")[:10],
        row["outlet"] or "",
        shortened(row.get("title") or "", 70),
        f"document {row['document'][:_ID_SIGNS]}{at}",
        f"row {own[:_ID_SIGNS]}" if own and own != row["document"] else "",
    ]
    return _joined(facts), "dim", indent


def _joined(parts: Iterable[str]) -> str:
    return _BETWEEN.join(part for part in parts if part)
