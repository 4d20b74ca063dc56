"""What a clause itself says has not happened: the deed that a "not", "never" or "no" turns down.

A negation that turns down no deed ("is not in his nature", "had no children") makes the clause
neither an assertion nor a denial of one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.claims.clauses import LIGHT, Parts, is_verb
from onrecord.claims.texts import Word
from onrecord.claims.word_lists import modes

_AUX: Final = frozenset(
    "did does do has have had was were is are been being be could would".split()
)
_NOT: Final = frozenset(("not", "never"))
_NOBODY: Final = frozenset(("nobody", "none", "neither", "no-one", "nothing"))
_NO: Final = frozenset(("no",))
_THERE: Final = frozenset("was were is are been be".split())
_HAVING: Final = frozenset("had has have took take saw suffered played play".split())
_AFTER_NO: Final = frozenset("longer doubt fewer less more matter wonder later sooner".split())
_AFTER_NOT: Final = frozenset("only just necessarily even".split())
_CONTRACTED: Final = ("n't", "n’t")
_ONE: Final = frozenset(("one", "a", "any", "single"))
_PREPOSITIONS: Final = frozenset("to with from at for on in of by".split())
_DO: Final = frozenset(("didn't", "didn’t", "don't", "don’t", "doesn't", "doesn’t"))
_REACH: Final = 5


@dataclass(frozen=True, slots=True)
class Negation:
    """A negation in a clause.

    Attributes:
        deed: The word that it turns down; None if that is no deed.
        groups: The groups of the deed.
    """

    deed: Word | None
    groups: frozenset[str] = frozenset()


def negation_in(parts: Parts) -> Negation | None:
    """The first negation of the clause itself; None if there is none."""
    for n, word in enumerate(parts.core):
        lower = word.lower
        if lower in _NOT or lower.endswith(_CONTRACTED):
            found = _of_not(parts, n)
        elif lower in _NO | _NOBODY:
            found = _of_no(parts, n)
        else:
            continue
        if found is not None:
            return found
    return None


def _of_not(parts: Parts, n: int) -> Negation | None:
    """What "not" or "never" turns down; "not only" and "not even ten" nothing."""
    core = parts.core
    lower = core[n].lower
    behind = core[n + 1].lower if n + 1 < len(core) else ""
    before = core[n - 1].lower if n else ""
    if behind in _AFTER_NOT:
        return None
    if lower == "not" and behind in _ONE | {"once"} and n <= 1:
        return _of_verb(parts, n, reach=2 * _REACH, is_subject=True)
    if lower == "not" and behind in _ONE and _is_object(core, n):
        return _verb_before(parts, n) if n >= 2 else None
    if lower == "not" and before not in _AUX and not before.endswith(_CONTRACTED):
        return None
    return _of_verb(parts, n)


def _of_no(parts: Parts, n: int) -> Negation | None:
    """What "no", "nobody" or "nothing" turns down, as a subject or as an object."""
    core = parts.core
    lower = core[n].lower
    behind = core[n + 1].lower if n + 1 < len(core) else ""
    before = core[n - 1].lower if n else ""
    if lower in _NO and behind in _AFTER_NO:
        return None
    if n <= 1 and before not in _THERE | _HAVING:
        return _of_verb(parts, n, reach=_REACH + 3)
    found = _verb_before(parts, n) if n >= 2 else None
    if found is None and lower in _NO and before in _THERE | _HAVING:
        return _of_noun(parts, n)
    return found


def _verb_before(parts: Parts, n: int) -> Negation | None:
    """The verb whose object there was none of: "spoke to no official", "took not one cent"."""
    core = parts.core
    groups = {word.start: found for word, found in parts.deeds}
    at = n - 1
    if core[at].lower in _PREPOSITIONS:
        at -= 1
    if at < 0 or core[at].lower in _AUX | _HAVING:
        return None
    word = core[at]
    if word.start in groups or is_verb(core, at):
        return Negation(word, groups.get(word.start, frozenset()))
    return None


def _is_object(core: Sequence[Word], n: int) -> bool:
    """Whether "not one" stands before nothing that can be a verb."""
    return not any(is_verb(core, m) for m in range(n + 2, min(n + 6, len(core))))


def _of_verb(parts: Parts, n: int, *, reach: int = _REACH, is_subject: bool = False) -> Negation:
    """The verb that stands behind a negator, over adverbs and auxiliaries."""
    groups = {word.start: found for word, found in parts.deeds}
    core = parts.core
    skip = modes()["small"]
    for m in range(n + 1, min(n + 1 + reach, len(core))):
        word = core[m]
        if (
            word.lower in skip
            or word.lower == "once"
            or (word.lower.endswith("ly") and word.start not in groups)
        ):
            continue
        if word.stem in LIGHT and any(w.start in groups for w in core[m + 1 : m + 4]):
            continue
        if word.start in groups or is_verb(core, m):
            return Negation(word, groups.get(word.start, frozenset()))
        if is_subject:
            continue
        if core[n].lower in _NOT or core[n].lower.endswith(("n't", "n’t")):
            return Negation(word if core[m - 1].lower in _NOT | _DO else None)
    return Negation(None)


def _of_noun(parts: Parts, n: int) -> Negation:
    """What there was none of: "no contact", "no part in the attack", "no prison"."""
    core = parts.core
    groups = {word.start: found for word, found in parts.deeds}
    is_there = "there" in {w.lower for w in core[max(0, n - 3) : n - 1]}
    empty = modes()["empty"]
    end = _noun_end(core, n + 1)
    is_empty = any(w.lower in empty for w in core[n + 1 : end])
    reach = len(core) if is_empty else end
    for word in core[n + 1 : reach]:
        if word.start in groups:
            return Negation(word, groups[word.start])
    if is_there and end > n + 1:
        return Negation(core[end - 1])
    return Negation(None)


def _noun_end(core: Sequence[Word], start: int) -> int:
    """Where the words right behind "no" end: at the first small word."""
    end = start
    while end < len(core) and core[end].lower not in modes()["small"] and end - start < 4:
        end += 1
    return end
