"""Annotated text: a sentence with its statements marked in brackets, in one line.

    “[content The dam will hold],” [source Ms Chen] [cue said], “[content but not for long].”
    [source Ms Chen] [cue said] [content [source:2 the mayor] [cue:2 denied] [content:2 it]].

A bracket holds a role, and a number when the line has several statements. The same role
and number twice is one role in two fragments. Brackets nest; `\\[` and `\\]` are plain
brackets. `check` reads such a line and compares; without a reader no weights are needed,
as the labels themselves stand in for the model.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from onrecord.encode.labels import CUE_ROLES, PARTY_ROLES, allowed_steps, label, n_labels
from onrecord.encode.pieces import Window
from onrecord.encode.sessions import Encoded
from onrecord.pipeline import Reader
from onrecord.records import Reading, Span, Spans, Statement, as_spans, make_document, make_run
from onrecord.statements.candidates import CandidateFinder, Thresholds
from onrecord.statements.drafts import Draft
from onrecord.statements.stages import StatementFinder

ROLES = ("source", "cue", "content")
_PART = re.compile(
    r"\\([\[\]])|\[(?P<role>[a-z]+)(?::(?P<number>\d+))? |(?P<close>\])|(?P<open>\[)"
)
_TOKEN = re.compile(r"\w+|[^\w\s]")
_SURE = 20.0


class MarkError(ValueError):
    """A line is not marked as it should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedStatement:
    """One statement as it is marked.

    Attributes:
        number: As it stands in the brackets; 1 when there is none.
        source: Who speaks; empty if nobody is named.
        cue: The words that report it.
        content: What is said.
        parent: Number of the statement in whose content the cue is marked.
    """

    number: int
    source: Spans
    cue: Spans
    content: Spans
    parent: int | None


@dataclass(frozen=True, slots=True)
class Marked:
    """The plain text of a line, and its statements by number."""

    text: str
    statements: tuple[MarkedStatement, ...]


@dataclass
class _Open:
    role: str
    number: int
    start: int


@dataclass
class _Found:
    parent: int | None = None
    fragments: dict[str, list[tuple[int, int]]] = field(
        default_factory=lambda: {role: [] for role in ROLES}
    )


def parse_marked(line: str) -> Marked:
    """The plain text and the statements of an annotated line.

    Raises:
        MarkError: A bracket is not closed or not opened, a role is unknown, a span is
            empty, or a statement has no cue or no content.
    """
    plain: list[str] = []
    length = at = 0
    stack: list[_Open] = []
    found: dict[int, _Found] = {}
    for match in _PART.finditer(line):
        words = line[at : match.start()] + (match.group(1) or "")
        plain.append(words)
        length += len(words)
        at = match.end()
        if match.group("open"):
            raise MarkError(f"no role after the bracket at {match.start()}: {line}")
        if role := match.group("role"):
            if role not in ROLES:
                raise MarkError(f"{role!r} is none of {', '.join(ROLES)}: {line}")
            opened = _Open(role, int(match.group("number") or 1), length)
            own = found.setdefault(opened.number, _Found())
            if role == "cue":
                own.parent = next((o.number for o in reversed(stack) if o.role == "content"), None)
            stack.append(opened)
        elif match.group("close"):
            if not stack:
                raise MarkError(f"nothing to close at {match.start()}: {line}")
            closed = stack.pop()
            if closed.start == length:
                raise MarkError(f"nothing in the bracket that ends at {match.start()}: {line}")
            found[closed.number].fragments[closed.role].append((closed.start, length))
    if stack:
        raise MarkError(f"[{stack[-1].role} is not closed: {line}")
    plain.append(line[at:])
    statements = [_statement(number, own, line) for number, own in sorted(found.items())]
    return Marked("".join(plain), tuple(statements))


def _statement(number: int, found: _Found, line: str) -> MarkedStatement:
    for role in ("cue", "content"):
        if not found.fragments[role]:
            raise MarkError(f"statement {number} has no {role}: {line}")
    source, cue, content = (as_spans(found.fragments[role]) for role in ROLES)
    return MarkedStatement(
        number=number, source=source, cue=cue, content=content, parent=found.parent
    )


def check(line: str, *, reader: Reader | None = None, least: float = 1.0) -> Reading:
    """Read an annotated line, and fail unless its statements, and no others, come out.

    Args:
        line: As `parse_marked` takes it.
        reader: What reads it; the labels of the line themselves if None.
        least: Overlap (Dice, of words and marks) that each role must have.

    Returns:
        The reading, for more to be asked of it.

    Raises:
        AssertionError: With what was expected and what was found.
    """
    marked = parse_marked(line)
    reading = (
        read_marked(marked) if reader is None else reader.read(make_document(text=marked.text))
    )
    found = reading.statements or ()
    pairs = matches(marked, found, least=least)
    by_id = {s.id: n for n, s in pairs.items()}
    parents = {n: by_id.get(s.parent or "") for n, s in pairs.items()}
    expected_parents = {s.number: s.parent for s in marked.statements}
    if len(pairs) != len(marked.statements) or len(found) != len(pairs):
        raise AssertionError(_report(marked, found, "other statements were found"))
    if parents != expected_parents:
        raise AssertionError(_report(marked, found, f"the parents are {parents}"))
    return reading


def _report(marked: Marked, found: Sequence[Statement], what: str) -> str:
    lines = [f"{what} in: {marked.text}", "expected:"]
    lines += [f"  {describe(marked.text, s)}" for s in marked.statements]
    lines += ["found:", *(f"  {describe(marked.text, s)}" for s in found)]
    return "\n".join(lines)


def describe(text: str, statement: MarkedStatement | Statement | Draft) -> str:
    """Source, cue and content in a line."""
    roles = (statement.source, statement.cue, statement.content)
    return " | ".join(" … ".join(s.text_in(text) for s in role) or "-" for role in roles)


def matches(marked: Marked, found: Sequence[Statement], *, least: float) -> dict[int, Statement]:
    """For the number of a marked statement, the one found that overlaps enough in each role.

    One found statement stands for one marked statement; the best overlap comes first.
    """
    scored = sorted(
        (-min(overlaps), sum(map(abs, overlaps)) * -1, gold.number, n)
        for gold in marked.statements
        for n, predicted in enumerate(found)
        if min(overlaps := _overlaps(marked.text, gold, predicted)) >= least
    )
    pairs: dict[int, Statement] = {}
    taken: set[int] = set()
    for *_, number, n in scored:
        if number not in pairs and n not in taken:
            pairs[number] = found[n]
            taken.add(n)
    return pairs


def _overlaps(text: str, gold: MarkedStatement, predicted: Statement) -> list[float]:
    return [
        dice(token_set(text, getattr(gold, role)), token_set(text, getattr(predicted, role)))
        for role in ROLES
    ]


def token_set(text: str, spans: Sequence[Span]) -> frozenset[int]:
    """Where the words and marks begin that share a character with a span."""
    return frozenset(
        m.start()
        for m in _TOKEN.finditer(text)
        if any(m.start() < s.end and s.start < m.end() for s in spans)
    )


def dice(one: frozenset[int], other: frozenset[int]) -> float:
    """Overlap of two sets; two empty ones agree."""
    if not one and not other:
        return 1.0
    return 2 * len(one & other) / (len(one) + len(other))


def read_marked(marked: Marked, *, max_pieces: int = 200, n_threads: int = 1) -> Reading:
    """What the stage makes of a text for which a model gives the marked labels."""
    finder = CandidateFinder(
        MarkedEncoder(marked),
        cue_steps=steps(CUE_ROLES),
        role_steps=steps(PARTY_ROLES),
        thresholds=Thresholds(),
    )
    stage = StatementFinder(finder, plain_tokenizer(), max_pieces=max_pieces, n_threads=n_threads)
    document = make_document(text=marked.text)
    run = make_run(software="0", model="marked", model_digest="", settings={})
    return stage([Reading(document=document, run=run)])[0]


def steps(roles: tuple[str, ...]) -> NDArray[np.float32]:
    """Step scores that forbid what may not follow and favour nothing."""
    return np.where(allowed_steps(roles), 0.0, -1e4).astype(np.float32)


def plain_tokenizer() -> Tokenizer:
    """Words and marks as pieces, cut as the packaged tokenizer cuts them; all have one id."""
    tokenizer = Tokenizer(WordLevel({"[UNK]": 100}, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


class MarkedEncoder:
    """Stands in for the model: the labels of an annotated text, at any part of it.

    The vector of a word is where it starts and ends, so that the second call knows the
    words of the first.
    """

    def __init__(self, marked: Marked) -> None:
        self.statements = marked.statements

    def encode(self, window: Window) -> Encoded:
        """Word positions as vectors, and the labels of all cues whose statement fits in."""
        words = np.stack([window.starts_W, window.ends_W], axis=1).astype(np.float32)
        scores = np.zeros((len(words), n_labels(CUE_ROLES)), dtype=np.float32)
        scores[:, 0] = _SURE
        for statement in self.statements:
            _mark(scores, words, statement.cue, 0)
        return Encoded(words, scores, np.zeros((len(words), 0), dtype=np.float32))

    def score_roles(
        self,
        words_WD: NDArray[np.float32],
        cue_mean_CW: NDArray[np.float32],
        distance_CW: NDArray[np.int64],
        sentence_CW: NDArray[np.int64],
    ) -> NDArray[np.float32]:
        """The labels of source and content of the statement that each cue belongs to."""
        shape = (len(cue_mean_CW), len(words_WD), n_labels(PARTY_ROLES))
        scores = np.zeros(shape, dtype=np.float32)
        scores[:, :, 0] = _SURE
        for own, mean_W in zip(scores, cue_mean_CW, strict=True):
            start = int(words_WD[int(np.flatnonzero(mean_W)[0]), 0])
            for statement in self.statements:
                if any(span.start <= start < span.end for span in statement.cue):
                    _mark(own, words_WD, statement.source, 0)
                    _mark(own, words_WD, statement.content, 1)
        return scores


def _mark(
    scores_WL: NDArray[np.float32], words_WD: NDArray[np.float32], spans: Spans, role: int
) -> None:
    """Make the labels of the words of some spans sure."""
    for span in spans:
        inside = np.flatnonzero((words_WD[:, 0] < span.end) & (words_WD[:, 1] > span.start))
        for n, word in enumerate(inside):
            is_last = n == len(inside) - 1
            part = ("U" if is_last else "B") if n == 0 else ("E" if is_last else "I")
            scores_WL[word] = 0.0
            scores_WL[word, label(role, part)] = _SURE
