"""Short denials: what "denied it" or "rejected the charge" turns down."""

import functools
import re
from collections.abc import Sequence

from onrecord.claims.facts import Facts
from onrecord.claims.models import Party, Proposition
from onrecord.claims.texts import Clause, Word
from onrecord.claims.word_lists import deeds, modes, stem
from onrecord.records import Act, Polarity, StanceKind, Statement

_NEGATED_CUE = re.compile(
    r"\b(?:not|never|neither|declin\w+|refus\w+|nor)\b|n['’]t\b", re.IGNORECASE
)
_IS_UNTRUE = re.compile(
    r"\b(?:not|never|n['’]t) (?:true|so|correct|accurate|the case)\b", re.IGNORECASE
)
_PREDICATE = frozenset(
    "is are was were be been as of pure simply totally complete all report reports".split()
)
# Clauses before and behind a denial among which is sought what it is about; a headline that denies
# a share in something stands before all that tells of it.
_REACH = 12
_AHEAD, _AHEAD_OF_SHARES = 3, 6


def is_denial(facts: Facts, statement: Statement, clause: Clause) -> bool:
    """Whether a statement turns down that its content is so; an offer refused is none."""
    known = modes()
    cue = facts.text.words_in(statement.cue)
    lowers = {w.lower for w in cue}
    shown = " ".join(s.text_in(facts.text.text) for s in statement.cue)
    if not lowers & known["denials"] or _NEGATED_CUE.search(shown):
        return False
    if statement.act is not Act.DENY and statement.polarity is not Polarity.DENY:
        return False
    content = [w.lower for w in facts.text.words_in(clause.spans)][:4]
    if any(w in known["offers"] for w in content[:3]):
        return False
    if lowers & known["loose_denials"]:
        is_said = any(w in known["said_things"] for w in content)
        text = facts.text.text
        has_that = text[max(0, clause.spans[0].start - 6) : clause.spans[0].start].strip() == "that"
        return is_said or has_that or statement.act is Act.DENY
    return True


_UNTRUE_THAT = re.compile(
    r"^\W*(?:it|this|that)(?:\s+(?:is|was)|['’]s)\s+(?:simply\s+|just\s+|completely\s+|quite\s+)?"
    r"(?:untrue|false|a lie|not true|wrong|nonsense|not so|not the case)\s+(?:that|to say that)\s",
    re.IGNORECASE,
)


def untrue_that(facts: Facts, clause: Clause) -> bool:
    """Whether a clause says of its own rest that it is not so: "It is untrue that we left"."""
    text = facts.text.text
    return _UNTRUE_THAT.match(text[clause.spans[0].start : clause.spans[0].end]) is not None


def calls_untrue(facts: Facts, clause: Clause) -> bool:
    """Whether a clause says of something that it is untrue: "the report is false"."""
    words = facts.text.words_in(clause.spans)
    known = modes()
    lowers = [w.lower for w in words]
    is_about_said = any(w in known["said_things"] for w in lowers[:4])
    shown = " ".join(s.text_in(facts.text.text) for s in clause.spans)
    if _IS_UNTRUE.search(shown):
        return is_about_said or len(lowers) <= 6
    if _NEGATED_CUE.search(shown):
        return False
    statement = clause.statement
    cue = " ".join(s.text_in(facts.text.text) for s in statement.cue).lower() if statement else ""
    if cue.startswith(("call", "brand", "describ", "dismiss", "label")):
        is_said = any(w in known["said_things"] for w in lowers)
        return is_said and any(w in known["untrue"] for w in lowers)
    return is_about_said and any(
        w in known["untrue"]
        and (n + 1 == len(lowers) or lowers[n + 1] in known["small"])
        and not _PREDICATE.isdisjoint(lowers[max(0, n - 3) : n] or [""])
        for n, w in enumerate(lowers)
    )


def names_saying(facts: Facts, clause: Clause) -> bool:
    """Whether a clause names something said, by more than a pronoun: "the accusations"."""
    known = modes()
    said = known["said_things"] - known["small"]
    return any(w.lower in said for w in facts.text.words_in(clause.spans))


def _is_whose(words: Sequence[Word], n: int) -> bool:
    """Whether it is told behind here whose accusation it is, or against whom, and not of what."""
    if words[n].lower in {"against", "from", "by"}:
        return True
    is_of = n > 0 and words[n].lower == "of" and words[n - 1].lower in modes()["said_things"]
    return is_of and not any(w.stem in deeds().of_stem for w in words[n + 1 :])


def is_empty(facts: Facts, clause: Clause) -> bool:
    """Whether what is denied is not told: "the accusation", "any involvement"."""
    known = modes()
    skip = known["small"] | known["said_things"] | known["empty"] | known["untrue"]
    skip |= known["units_of_time"] | known["saying"]
    words = facts.text.words_in(clause.spans)
    against = next((n for n, w in enumerate(words) if _is_whose(words, n)), len(words))
    told = [w for w in words[:against] if w.lower not in skip and not facts.is_name(w)]
    told = [w for w in told if not (w.lower.endswith("ly") or w.form[0].isdigit())]
    return not told


def find_reference(
    n: int,
    propositions: Sequence[Proposition],
    denier: Party | None,
    extra: frozenset[str],
    *,
    is_own_share: bool = False,
) -> int | None:
    """The proposition that a short denial is about.

    The nearest before it that somebody else asserts, an accusation that names the denier
    before others; else the nearest such accusation behind it.

    Args:
        n: The number of the denial.
        propositions: Those of the document, in text order.
        denier: Who denies.
        extra: Stems that the denial itself tells, such as those of "a role in the attack".
        is_own_share: It is a share in something that is denied: what others are told to have
            done is not what the denial is about, unless somebody is accused of it.
    """
    best: tuple[float, int] | None = None
    before = next((p for p in propositions[max(0, n - 2) : n][::-1] if p.refers is not None), None)
    if before is not None and not _names_anybody(propositions, denier):
        return before.refers
    ahead = _AHEAD_OF_SHARES if is_own_share else _AHEAD
    for m in range(max(0, n - _REACH), min(len(propositions), n + ahead + 1)):
        if is_own_share and not _may_lay(propositions[m], denier, is_behind=m > n):
            continue
        score = _fit(propositions[m], denier, extra, n - m)
        if m != n and score is not None and (best is None or score > best[0]):
            best = (score, m)
    return None if best is None else best[1]


def _may_lay(other: Proposition, denier: Party | None, *, is_behind: bool) -> bool:
    """Whether a clause may lay something at the door of the denier.

    Behind a denial only what accuses, or tells who is responsible, does so for sure.
    """
    if denier is None or other.act == Act.ACCUSE.value or _tells_guilt(other):
        return True
    if is_behind or other.own is None or not other.own.names:
        return not is_behind and other.speaker is not None
    return bool(denier.names & other.own.names)


def _tells_guilt(other: Proposition) -> bool:
    return not guilt_stems().isdisjoint(other.core | other.more | other.deeds)


@functools.cache
def guilt_stems() -> frozenset[str]:
    """Stems of words that tell who is responsible."""
    return frozenset(stem(word) for word in modes()["guilt"])


def _names_anybody(propositions: Sequence[Proposition], denier: Party | None) -> bool:
    """Whether something that is said in the document names the denier."""
    names = denier.names if denier else frozenset()
    return any(names & p.names for p in propositions if p.stance is StanceKind.ASSERTS)


def _fit(
    other: Proposition, denier: Party | None, extra: frozenset[str], distance: int
) -> float | None:
    if not _can_be_denied(other, denier):
        return None
    names = denier.names if denier else frozenset()
    is_named = bool(names & other.names)
    is_accusation = other.act == Act.ACCUSE.value
    if extra and not extra & (other.deeds | other.core | other.groups | other.more):
        return None
    if distance < 0 and not (is_accusation or is_named):
        return None
    score = 2.0 * is_named + 2.0 * is_accusation + (0.5 if other.speaker else 0.0)
    score += 0.6 if extra else 0.0
    least = 2.0 if denier is not None else 0.5
    behind = 0.5 if distance < 0 else 0.0
    return None if score < least else score - 0.15 * abs(distance) - behind


def _can_be_denied(other: Proposition, denier: Party | None) -> bool:
    """Whether a clause is told as so, by somebody else."""
    if other.is_short or other.stance is not StanceKind.ASSERTS or not other.is_actual:
        return False
    speaker = other.speaker
    is_own = (
        denier is not None
        and speaker is not None
        and speaker.is_name
        and bool(denier.names & speaker.names)
    )
    return (bool(other.deeds) or _tells_guilt(other)) and not is_own
