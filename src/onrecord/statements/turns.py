"""Turns of transcripts: interviews and hearings in which a paragraph names its speaker first.

    Q: Who closed the lock?
    Mara Velt: I did. The wall had moved.

A text is a transcript when at least two speakers have labels, each at least twice, and what stands
behind the labels is prose in which persons speak: questions, "I", "we", "you". The mark behind
the label is the cue, as the annotators of PolNeAR have it. The form of labels is in
`segment/speaker_labels.py`; who speaks, `entities/turns.py` tells.
"""

import bisect
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.records import Span, Spans, covers, joined_text
from onrecord.segment.lines import LINE
from onrecord.segment.persons import given_names
from onrecord.segment.speaker_labels import (
    LabelForm,
    Part,
    SpeakerLabel,
    abbreviates,
    label_at,
    same_speakers,
)

# Not measured: annotators of PolNeAR's training part marked all 27 turns of three transcripts that
# are found there, with the same source and cue, and none of the 40 of a fourth.
PROBABILITY: Final = 0.9
# Of the turns of a transcript; explainers, tables and lists have fewer.
_LEAST_SPEAKING: Final = 0.5
_LEAST_PROSE: Final = 0.6
_LEAST_TALKING: Final = 0.25
_LEAST_OWN: Final = 0.25
_LEAST_LABELS: Final = 4
_MOST_LABELS: Final = 40
# More lines without a label than these are an answer only as far as somebody says "I" in them.
_FEW_LINES: Final = 6
_HEADING_CHARS: Final = 90
_SPEAKING: Final = re.compile(
    r"\b(?:I|[Mm]e|[Mm]y|[Mm]ine|[Ww]e|us|[Oo]urs?|[Yy]ou|[Yy]ours?|[Yy]es|[Nn]o|Yeah|[Tt]hank"
    r"|[Ll]et['’]s|[Pp]lease)\b"
)
_OWN: Final = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Ww]e|us|[Oo]ur)\b")
_I: Final = re.compile(r"\b(?:I|[Mm]e|[Mm]y)\b")
_QUOTED: Final = re.compile(r"“[^”]*”?|\"[^\"]*\"?")
_FINAL: Final = re.compile(r"[.!?…][\s\"”’'»)\]*_]*$")
_ASKING: Final = re.compile(r"\?[\s\"”’'»)\]*_]*$")
# A laugh, applause; a line that is quoted, which stands out from an article: no words of the turn.
_ASIDE: Final = re.compile(r"[(\[][^()\[\]]*[)\]][.\s]*")
_MARKS: Final = frozenset('“"«„')
# A bullet begins a part of an answer.
_BULLET: Final = re.compile(r"[•*\-–·]\s|\d{1,2}[.)]\s")
_LETTER: Final = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says in a transcript, up to the next label.

    Attributes:
        source: The words of the label.
        cue: The mark that sets the label off.
        content: The paragraphs behind it, one fragment each.
        is_question: It ends with a question.
    """

    source: Span
    cue: Span
    content: Spans
    is_question: bool

    @property
    def whole(self) -> Span:
        """From its label to its end."""
        return Span(self.source.start, self.content[-1].end)


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    label: SpeakerLabel | None


def find_turns(text: str) -> list[Turn]:
    """The turns of a text, in its order; none if it is no transcript.

    Args:
        text: All of it.
    """
    lines = [_Line(span, label_at(text, span.start, span.end)) for span in _lines(text)]
    labels = _of_speakers(text, list(_candidates(text, lines)))
    if not labels:
        return []
    starts = {label.start for label in labels}
    firsts = [n for n, line in enumerate(lines) if line.label and line.span.start in starts]
    turns = [
        turn
        for n, after in itertools.pairwise([*firsts, len(lines)])
        if (turn := _turn(text, lines[n:after], lines[after : after + 1])) is not None
    ]
    return turns if _is_spoken(text, turns, labels) else []


def inside_turns(
    statements: Sequence[tuple[Spans, Spans, Spans]], turns: Sequence[Turn]
) -> list[tuple[Spans, Spans, Spans] | None]:
    """Statements as they can stand beside turns; None for those that cannot.

    One whose cue and content lie in what a turn says has them, and of its source what lies there.
    One from outside that goes on into a turn ends before it. Others are gone: they took a label
    for a part of the sentence.

    Args:
        statements: Source, cue and content of each.
        turns: In text order.
    """
    wholes = [turn.whole for turn in turns]
    starts = [whole.start for whole in wholes]

    def around(span: Span) -> list[int]:
        """Numbers of the turns that a span touches."""
        first = max(0, bisect.bisect_right(starts, span.start) - 1)
        after = bisect.bisect_left(starts, span.end)
        return [n for n in range(first, after) if wholes[n].overlaps(span)]

    def settled(source: Spans, cue: Spans, content: Spans) -> tuple[Spans, Spans, Spans] | None:
        of_cue = {n for span in cue for n in around(span)}
        of_content = {n for span in content for n in around(span)}
        if not of_cue and not of_content:
            own = tuple(span for span in source if not around(span))
            return (own, cue, content) if own or not source else None
        if not of_cue:
            free = tuple(span for span in content if not around(span))
            return (source, cue, free) if free else None
        if len(of_cue | of_content) > 1:
            return None
        said = turns[of_cue.pop()].content
        inner = _cut(content, said)
        if not covers(said, cue) or not inner or not _is_whole(content, said):
            return None
        return tuple(span for span in source if covers(said, (span,))), cue, inner

    return [settled(*roles) for roles in statements]


def _cut(spans: Spans, into: Spans) -> Spans:
    """What of some spans lies in others."""
    return tuple(
        Span(max(a.start, b.start), min(a.end, b.end)) for a in spans for b in into if a.overlaps(b)
    )


def _is_whole(content: Spans, said: Spans) -> bool:
    """Whether a content lies between the first and last word of a turn."""
    return said[0].start <= content[0].start and content[-1].end <= said[-1].end


def _lines(text: str) -> Iterator[Span]:
    """Lines with words or signs in them, without outer white space."""
    for line in LINE.finditer(text):
        words = line.group()
        kept = words.strip()
        if kept:
            start = line.start() + len(words) - len(words.lstrip())
            yield Span(start, start + len(kept))


def _candidates(text: str, lines: Sequence[_Line]) -> Iterator[SpeakerLabel]:
    """Labels of lines; one that stands once opens no text, and has a sentence behind it.

    Others are those of headlines.
    """
    n_of = Counter(line.label.span.text_in(text) for line in lines if line.label is not None)
    for n, line in enumerate(lines):
        label = line.label
        if label is None:
            continue
        words = text[label.end : line.span.end]
        is_sentence = n > 0 and (not words or _FINAL.search(words) is not None)
        if is_sentence or n_of[label.span.text_in(text)] > 1:
            yield label


def _of_speakers(text: str, labels: Sequence[SpeakerLabel]) -> list[SpeakerLabel]:
    """Labels of a small set of speakers who take turns; empty if these are no such."""
    lasts = Counter(label.words[-1].lower() for label in labels)
    if len(labels) < _LEAST_LABELS or not 0 < sum(n > 1 for n in lasts.values()) <= _MOST_LABELS:
        return []
    known = _KnownNames(text, labels)
    named = [label for label in labels if known.may_speak(label)]
    fullest = same_speakers(label.words for label in named)
    keys = [fullest[tuple(w.lower() for w in label.words)] for label in named]
    often = {key for key, n in Counter(keys).items() if n > 1}
    if len(often) < 2:
        return []
    taking = [label for label, key in zip(named, keys, strict=True) if key in often]
    looks = {label.form for label in taking}
    has_capitals = any(label.is_capitals and len(label.words[0]) > 1 for label in taking)
    return [
        label
        for label, key in zip(named, keys, strict=True)
        if key in often or (label.form in looks and known.is_sure(label, has_capitals=has_capitals))
    ]


class _KnownNames:
    """Which labels a text shows to be names: it has them within sentences, or in full.

    Attributes:
        named: Words, in lower case, that stand in names or with a capital within a sentence.
        lower: Words that stand there without a capital.
        names: Names of several words, and long ones of one.
    """

    def __init__(self, text: str, labels: Sequence[SpeakerLabel]) -> None:
        starts = {label.span.start for label in labels}
        runs = [m for m in _NAME.finditer(text) if m.start() not in starts]
        whole = {tuple(m.group().split()) for m in runs} | {label.words for label in labels}
        self.names = [words for words in whole if len(words) > 1 or len(words[0]) > _LONG_WORD]
        self.named = {word.lower() for words in whole if len(words) > 1 for word in words}
        self.named |= {
            word.lower()
            for m in runs
            if _WITHIN.search(text, max(0, m.start() - 3), m.start())
            for word in m.group().split()
        }
        self.lower = set(_LOWER.findall(text))

    def may_speak(self, label: SpeakerLabel) -> bool:
        """Whether a label can be that of a speaker."""
        if label.form is LabelForm.BRACKETS or label.part is not None:
            return True
        words = [w.lower() for w in label.words]
        last = words[-1]
        if len(words) > 1:
            return last in self.named and (last not in self.lower or words[0] in given_names())
        if last in self.lower:
            return False
        if label.is_capitals and len(last.replace(".", "")) <= _MOST_INITIALS:
            return last in self.named or self._is_short(label.words[0])
        return last in self.named or (label.is_capitals and label.form is LabelForm.COLON)

    def _is_short(self, initials: str) -> bool:
        return any(abbreviates(initials, name) for name in self.names)

    def is_sure(self, label: SpeakerLabel, *, has_capitals: bool) -> bool:
        """Whether a label that stands once is that of a speaker all the same.

        Args:
            label: Of those that may be some.
            has_capitals: Whether those that stand more often are in capitals.
        """
        if label.form is LabelForm.BRACKETS or label.part is not None:
            return True
        if has_capitals and label.is_capitals:
            return True
        first = label.words[0].lower()
        return first in given_names() if len(label.words) > 1 else first in self.named


def _turn(text: str, lines: Sequence[_Line], following: Sequence[_Line]) -> Turn | None:
    """The turn of a label, whose line is the first; lines that are none of it are left out."""
    label = lines[0].label
    if label is None:
        return None
    content = [Span(label.end, lines[0].span.end)] if label.end < lines[0].span.end else []
    behind = [line.span for line in lines[1:]]
    content += _continued(text, behind, is_begun=bool(content), is_last=not following)
    again = following[0].label if following else None
    is_same = again is not None and again.words == label.words
    if is_same and len(content) > 1 and _ASKING.search(content[-1].text_in(text)) is not None:
        # The other one's question, whose label is lost.
        del content[-1]
    content = [c for c in content if _LETTER.search(text, c.start, c.end)]
    if not content:
        return None
    asks = _ASKING.search(content[-1].text_in(text)) is not None
    return Turn(label.span, label.mark, tuple(content), asks)


def _continued(text: str, lines: Sequence[Span], *, is_begun: bool, is_last: bool) -> list[Span]:
    """The lines without a label that go on with a turn.

    A heading ends it. Of the last turn of a text, and of many lines, those go on up to the last
    in which the speaker says "I" or "we".
    """
    kept: list[Span] = []
    n_own = 0
    for line in lines:
        words = line.text_in(text)
        if _ASIDE.fullmatch(words) or words[0] in _MARKS:
            continue
        if _is_heading(words):
            break
        kept.append(line)
        if _OWN.search(_QUOTED.sub(" ", words)):
            n_own = len(kept)
    is_few = is_begun and not is_last and len(lines) <= _FEW_LINES
    return kept if is_few else kept[: max(n_own, 0 if is_begun else 1)]


def _is_heading(words: str) -> bool:
    if _BULLET.match(words) or _LETTER.search(words) is None:
        return _LETTER.search(words) is None
    return len(words) <= _HEADING_CHARS and _FINAL.search(words) is None and words[-1] not in ",:;"


def _is_spoken(text: str, turns: Sequence[Turn], labels: Sequence[SpeakerLabel]) -> bool:
    """Whether what stands behind labels is what persons say to each other."""
    said = [joined_text(turn.content, text) for turn in turns]
    plain = [_QUOTED.sub(" ", words) if words[0].isalnum() else words for words in said]
    n_prose = sum(_FINAL.search(words) is not None for words in said)
    n_speaking = sum(
        turn.is_question or _SPEAKING.search(words) is not None
        for turn, words in zip(turns, plain, strict=True)
    )
    if not turns or n_prose < _LEAST_PROSE * len(turns):
        return False
    if n_speaking < max(2, _LEAST_SPEAKING * len(turns)):
        return False
    n_talking = sum(
        turn.is_question or _I.search(words) is not None
        for turn, words in zip(turns, plain, strict=True)
    )
    if n_talking < max(2, _LEAST_TALKING * len(turns)):
        return False
    parts = {label.part for label in labels}
    if None in parts or Part.ANSWERS not in parts:
        return True
    # An explainer in questions and answers is the outlet's own: nobody in it says "I".
    answers = {label.span for label in labels if label.part is Part.ANSWERS}
    own = [
        _OWN.search(words) is not None
        for turn, words in zip(turns, plain, strict=True)
        if turn.source in answers
    ]
    return sum(own) >= max(1, _LEAST_OWN * len(own))


_LONG_WORD: Final = 5
_MOST_INITIALS: Final = 4
_NAME: Final = re.compile(r"(?<![\w'’.-])[^\W\d_a-z][\w'’-]*+(?:\.?[ \t][^\W\d_a-z][\w'’-]*+){0,5}")
_WITHIN: Final = re.compile(r"[a-z,][ \t]$")
_LOWER: Final = re.compile(r"(?<![\w'’-])[a-z][\w'’-]*")
