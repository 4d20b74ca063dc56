"""Labels of speakers in transcripts: the words before a colon with which a paragraph begins.

    MARA VELT: …     Velt: …     Q: …     ((Velt)) …     Mara Velt — …

Here: what a label is by its form, and which labels name one speaker. Not here: whether a text is a
transcript (`statements/turns.py`), and whom a label names (`entities/turns.py`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from onrecord.records import Span


class LabelForm(Enum):
    """How a label is set off from what is said."""

    COLON = "colon"
    BRACKETS = "brackets"
    DASH = "dash"
    STOP = "stop"


class Part(Enum):
    """What a label without a name tells of its speaker."""

    ASKS = "asks"
    ANSWERS = "answers"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SpeakerLabel:
    """One label.

    Attributes:
        span: Its words, brackets and mark left out.
        mark: What sets it off: a colon, a dash, closing brackets.
        start: Where its line begins.
        end: Where the words behind it begin.
        form: How it is set off.
        words: Its words without title and addition, as written.
    """

    span: Span
    mark: Span
    start: int
    end: int
    form: LabelForm
    words: tuple[str, ...]

    @property
    def part(self) -> Part | None:
        """What it tells if it is no name: "Q", "Interviewer", "The Chair"."""
        return part_of(self.words)

    @property
    def is_capitals(self) -> bool:
        """Whether all its letters are capitals."""
        return " ".join(self.words).isupper()


_PARTS: Final = {
    Part.ASKS: """q|question|interviewer|reporter|journalist|correspondent|host|moderator|presenter
        |anchor|editor|audience member|press""",
    Part.ANSWERS: "a|answer|interviewee|guest|respondent|witness|the witness",
    Part.OTHER: """chair|chairman|chairwoman|chairperson|speaker|president|judge|court|prosecutor
        |prosecution|defence|defense|counsel|clerk|caller|interpreter|translator|operator|defendant
        |narrator|voice|student|resident|man|woman|attorney|lawyer|commissioner|mayor""",
}
PARTS: Final = {word.strip(): part for part, words in _PARTS.items() for word in words.split("|")}
# Words with a capital before a colon that name a part of the page, and nobody.
_LAYOUT: Final = frozenset(
    """about address advice age aim also analysis answered appeal assists attendance authority
    author background benefits biography breaking budget cards caption cast cause claim claims
    clue comment comments conclusion condition cons context copyright correction cost credit
    crime criticism date dates day days deadline details director disclaimer disadvantages
    distance draw duration edited effect email error evening example exclusive explainer fact
    facts false fax fee file fix forecast friday further genre goals ground headline height high
    history hours idea image images impact ingredients instructions issue key language last
    latest level listen live location loser losers low market method minutes mission monday
    morning mph myth myths name net news next night note notes odds opinion party people phone
    photo photograph photos picture pictures place point points poll position posted prediction
    premise price prices problem profile pros prize published question rank rating read reality
    reason recommendation record referee related result results risk role rule rumour rumor
    saturday scene score scorers scores season see series service share sign sources solution
    source stage stake start status step story strengths subject substitutes summary sunday
    symptoms tag tags task team theory thursday tickets time timeline times tip tips title today
    tomorrow top topic topics total true truth tuesday type update updated updates value venue
    verdict verse version video votes warning watch weaknesses weather website wednesday week
    weight what when where which who why wind winner winners work writer year years yesterday
    advantages agenda breakfast dinner lunch serves prep recipe dear to from re count article
    section chapter part round game set phase option scenario lesson more cook""".split()
)
_TITLES: Final = frozenset(
    """mr mrs ms miss dr prof professor sir dame lord lady gen col lt maj capt sgt sen senator rep
    representative gov rev hon president minister general colonel judge justice chair chairman
    chairwoman mayor secretary commissioner congressman congresswoman councillor councilman
    councilwoman ambassador captain major sergeant governor chancellor the""".split()
)
_PARTICLES: Final = frozenset(
    "al ap ben bin da de del della den der di dos du el ibn la le of ter the van von y zu".split()
)
_WORDS: Final = r"(?P<words>[^\W\d_](?:[^:\r\n()\[\]{}“”\"<>|/=;!?—–]{0,58}[\w.])?)"
_ADDED: Final = r"(?:[ \t]*\([^()\r\n]{1,40}\))?"
_LABEL: Final = re.compile(
    rf"[ \t\u00a0]*(?:\*\*|__|\*)?(?:\(\((?P<inner>[^()\r\n]{{1,60}})(?P<brackets>\)\)):?"
    rf"|(?P<letter>[QA])(?P<stop>\.)(?=[*_]*[ \t])"
    rf"|{_WORDS}{_ADDED}(?:(?P<colon>:)(?=[*_]*(?:\s|$|[“\"]))"
    rf"|[ \t]+(?P<dash>[—–])(?=[ \t]+\S)))(?:\*\*|__|\*)?[ \t\u00a0]*"
)
_FORMS: Final = {
    "brackets": LabelForm.BRACKETS,
    "stop": LabelForm.STOP,
    "colon": LabelForm.COLON,
    "dash": LabelForm.DASH,
}
_NUMBERED: Final = re.compile(r"[ .]?\d{1,3}$")
_MOST_WORDS: Final = 6
_LONGEST: Final = 8


def label_at(text: str, start: int, end: int) -> SpeakerLabel | None:
    """The label with which a line begins, if its form is that of one.

    Args:
        text: All of it.
        start: Of the line.
        end: Of the line.

    >>> label = label_at("Sen. Mara Velt (Orvia): We wait.", 0, 32)
    >>> label.words, label.form.value
    (('Mara', 'Velt'), 'colon')
    >>> label_at("London: 12 C", 0, 12).words, label_at("He said: no", 0, 11)
    (('London',), None)
    """
    match = _LABEL.match(text, start, end)
    if match is None:
        return None
    group = next(name for name in ("inner", "letter", "words") if match[name] is not None)
    mark = next(name for name in _FORMS if match[name] is not None)
    words = label_words(match[group])
    is_long = _FORMS[mark] is LabelForm.DASH and "," in match[group]
    if words is None or is_long:
        return None
    form, own = _FORMS[mark], Span(*match.span(mark))
    return SpeakerLabel(Span(*match.span(group)), own, start, match.end(), form, words)


def label_words(label: str) -> tuple[str, ...] | None:
    """The words of a name or a part, without title and what follows a comma; None for others."""
    words = _NUMBERED.sub("", label.partition(",")[0].strip()).split()
    while len(words) > 1 and words[0].rstrip(".").lower() in _TITLES:
        del words[0]
    if not 0 < len(words) <= _MOST_WORDS:
        return None
    if " ".join(words).lower() in PARTS:
        return tuple(words)
    if not all(w[0].isupper() or (n and w in _PARTICLES) for n, w in enumerate(words)):
        return None
    if any(w.strip(".").lower() in _LAYOUT for w in (words[0], words[-1])):
        return None
    return tuple(words) if words[-1][0].isupper() else None


def initials_of(words: Sequence[str]) -> str:
    """The first letters of the capital words of a name: "MV" of Mara Velt."""
    return "".join(w[0] for w in words if w[0].isupper())


def abbreviates(short: str, name: Sequence[str]) -> bool:
    """Whether capitals stand for a name: its initials, or letters of its one word.

    >>> abbreviates("MV", ["Mara", "Velt"]), abbreviates("OP", ["Orviapost"])
    (True, True)
    """
    plain = short.replace(".", "")
    if not (1 < len(plain) <= 4 and plain.isupper()):
        return False
    if len(name) > 1:
        return plain == initials_of(name)
    letters = iter(name[0].lower())
    return (
        len(name[0]) > len(plain) + 2
        and name[0][0] == plain[0]
        and all(letter in letters for letter in plain.lower())
    )


def part_of(words: Sequence[str]) -> Part | None:
    """What the words of a label tell if they are no name."""
    return PARTS.get(" ".join(words).lower())


def same_speakers(labels: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """For the words of each label those of the fullest one that names the same speaker.

    A surname, a given name and initials belong to the one longer label that they fit, if there is
    one alone. The words are in lower case.
    """
    written = {tuple(w.lower() for w in words): words for words in labels}
    by_word: dict[str, list[tuple[str, ...]]] = {}
    for key in written:
        for word in {key[0], key[-1]} if len(key) > 1 else ():
            by_word.setdefault(word, []).append(key)
    fullest = {}
    for key, words in written.items():
        longer = by_word.get(key[0], []) if len(key) == 1 else []
        if len(key) == 1 and not longer and words[0].isupper() and len(words[0]) <= _LONGEST:
            longer = [k for k, own in written.items() if k != key and abbreviates(words[0], own)]
        fullest[key] = longer[0] if len(longer) == 1 else key
    return fullest
