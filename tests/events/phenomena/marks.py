"""Sentences with their events, control claims and commitments marked in brackets.

    [actor:1 Arland] [ASSAULT:1 shelled] [recipient:1 a convoy] [date:1=2024-05-07 on Tuesday].
    [actor:1+source:2 Arland] [ACCUSE:1 accused] [recipient:1+actor:2 us] of [ASSAULT:2 fire].

A bracket holds what its words are, `:`, and the rows that they belong to: numbers for
events, letters for control claims and commitments. What the words can be:

- an event type, the trigger: after `/` stand factuality (`actual` when none stands) and mode;
- `taken`, `lost`, `held`, `contested`, words of a control claim, with `/factuality` likewise;
- `commitment`, the instrument;
- `actor`, `recipient`, `holder`, `party`, `place`; `either` is an actor or a recipient;
- `source` and `cue` of the statement that asserts a row; without them the outlet does;
- `date`, `quantity`, `limit`, `signed`, `in_force`, `extended`, `suspended`, `expires`, with
  the value after `=`, and `verification`.

A source or cue with `?` may be the asserter, or the outlet is; a cue stands for a statement
of which nobody is the source.

Words that are several things at once join them by `+`, or the brackets nest. `1,2?` are two
rows, and `?` means that a careful reader may leave this out; an event with `?` may be left
out as a whole. `|` stands between types or factualities of which each is right. Letters of
a place or holder mark are those of its claims. `\\[` and `\\]` are plain brackets.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.records import Change, EventType, Factuality, Span

PARTIES = ("actor", "recipient", "either", "holder", "party")
DATES = ("signed", "in_force", "extended", "suspended", "expires")
VALUED = ("date", "quantity", "limit", *DATES)
OTHERS = (*PARTIES, *VALUED, "place", "source", "cue", "verification", "commitment")
_TYPES = frozenset(EventType)
_CHANGES = frozenset(Change)
_FACTUALITIES = frozenset(Factuality)
_PART = re.compile(r"\\([\[\]])|\[(?P<head>[^\s\[\]]+) |(?P<close>\])|(?P<open>\[)")
_HEAD = re.compile(
    r"(?P<kind>[A-Za-z_|]+):(?P<rows>[\w,?]+)(?P<attributes>(?:/[\w|-]+)*)(?:=(?P<value>\S+))?"
)


class MarkError(ValueError):
    """A sentence is not marked as it should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What some words are to one row.

    Attributes:
        kind: Event types, changes, or a role, as they stand in the bracket.
        row: Number or letter of the event, control claim or commitment.
        is_optional: It may be left out.
        attributes: What stands after `/`.
        value: What stands after `=`.
        span: The words.
    """

    kind: str
    row: str
    is_optional: bool
    attributes: tuple[str, ...]
    value: str | None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One expected event, control claim or commitment with all marks that belong to it.

    Attributes:
        kind: "event", "control" or "commitment".
        row: Its number or letter.
        is_optional: It may be missing; if it is there, all else must hold.
        names: The event types or changes of which one is right.
        factualities: The factualities of which one is right.
        mode: The mode, where it is marked.
        triggers: Its words; the instrument's for a commitment.
        marks: All other marks of it.
    """

    kind: str
    row: str
    is_optional: bool
    names: frozenset[str]
    factualities: frozenset[str]
    mode: str | None
    triggers: tuple[Span, ...]
    marks: tuple[Mark, ...]

    def of(self, *kinds: str) -> tuple[Mark, ...]:
        """Its marks of some kinds, in text order."""
        return tuple(mark for mark in self.marks if mark.kind in kinds)


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """The plain text, and what is marked in it."""

    text: str
    rows: tuple[Row, ...]

    def of(self, kind: str) -> tuple[Row, ...]:
        """The rows of a kind: "event", "control" or "commitment"."""
        return tuple(row for row in self.rows if row.kind == kind)


def parse_marked(line: str) -> MarkedSentence:
    """The plain text and the rows of a marked sentence.

    Raises:
        MarkError: A bracket is not closed or not opened, its head cannot be read, it holds
            no words, or a role belongs to a row without trigger.
    """
    plain: list[str] = []
    marks: list[Mark] = []
    stack: list[tuple[str, int]] = []
    length = at = 0
    for match in _PART.finditer(line):
        words = line[at : match.start()] + (match.group(1) or "")
        plain.append(words)
        length += len(words)
        at = match.end()
        if match.group("open"):
            raise MarkError(f"nothing is said of the bracket at {match.start()}: {line}")
        if head := match.group("head"):
            stack.append((head, length))
        elif match.group("close"):
            if not stack:
                raise MarkError(f"nothing to close at {match.start()}: {line}")
            head, start = stack.pop()
            if start == length:
                raise MarkError(f"no words in [{head}: {line}")
            marks += _marks(head, Span(start, length), line)
    if stack:
        raise MarkError(f"[{stack[-1][0]} is not closed: {line}")
    plain.append(line[at:])
    return MarkedSentence("".join(plain), tuple(_rows(marks, line)))


def _marks(head: str, span: Span, line: str) -> Iterable[Mark]:
    """One mark for each role and each row that stands in the head of a bracket."""
    for part in head.split("+"):
        found = _HEAD.fullmatch(part)
        if found is None:
            raise MarkError(f"cannot read [{part}: {line}")
        kind, value = found["kind"], found["value"]
        if not (_is_trigger(kind) or kind in OTHERS):
            raise MarkError(f"{kind!r} is no role, type or change: {line}")
        if (value is not None) != (kind in VALUED):
            raise MarkError(f"a value is missing or too many in [{part}: {line}")
        attributes = tuple(found["attributes"].split("/")[1:])
        if attributes and not _is_trigger(kind):
            raise MarkError(f"{kind!r} takes nothing after '/': {line}")
        for row in found["rows"].split(","):
            yield Mark(
                kind=kind,
                row=row.removesuffix("?"),
                is_optional=row.endswith("?"),
                attributes=attributes,
                value=value,
                span=span,
            )


def _is_trigger(kind: str) -> bool:
    names = set(kind.split("|"))
    return names <= _TYPES or names <= _CHANGES


def _rows(marks: list[Mark], line: str) -> Iterable[Row]:
    for label in sorted({mark.row for mark in marks}):
        own = sorted((m for m in marks if m.row == label), key=lambda mark: mark.span)
        triggers = [m for m in own if _is_trigger(m.kind) or m.kind == "commitment"]
        if not triggers or len({(t.kind, t.attributes, t.is_optional) for t in triggers}) > 1:
            raise MarkError(f"{label} has no trigger, or two that differ: {line}")
        first = triggers[0]
        names = frozenset() if first.kind == "commitment" else frozenset(first.kind.split("|"))
        views = [a for a in first.attributes if set(a.split("|")) <= _FACTUALITIES]
        modes = [a for a in first.attributes if a not in views]
        if len(views) > 1 or len(modes) > 1:
            raise MarkError(f"{label} has two factualities or modes: {line}")
        yield Row(
            kind="commitment" if not names else "event" if names <= _TYPES else "control",
            row=label,
            is_optional=first.is_optional,
            names=names,
            factualities=frozenset(views[0].split("|") if views else [Factuality.ACTUAL]),
            mode=modes[0] if modes else None,
            triggers=tuple(t.span for t in triggers),
            marks=tuple(m for m in own if m not in triggers),
        )
