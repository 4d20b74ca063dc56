"""What the words around a mention tell: a title before a name, what stands behind it, a verb.

All looks are at a few dozen characters beside the mention, so that time is linear in the
number of mentions.
"""

import functools
import re

from onrecord.actors.knowledge import Knowledge, Sort
from onrecord.actors.names import DETERMINERS
from onrecord.actors.phrases import Phrase, read_phrase
from onrecord.actors.tables import read_rows

_BEFORE_CHARS = 90
_AFTER_CHARS = 110
_LIST_CHARS = 250
_WORDS_CHARS = 32
_MAX_TITLE_WORDS = 8
# What stands before a name, back to a mark or the line's beginning.
_RUN_BEFORE = re.compile(r"(?:.*[^\w'’.& -])?(.*)", re.DOTALL)
_LETTER = re.compile(r"[^\W_]")
_SPACES = frozenset(" \xa0")
# Words that no title goes over.
_NO_TITLE = frozenset(
    "and or but nor that which who whom said says say saying told tells tell asked by with from "
    "to as when while after before where if than because since until between is was were are "
    "be been has had have will would met meets meet on about against "
    "monday tuesday wednesday thursday friday saturday sunday january february march april june "
    "july august september october november december yesterday today tomorrow".split()
)
_APPOSITION = re.compile(
    r"\s*(?:,|\()\s*(?:(?:aged )?\d{1,3}\s*,\s*)?(?:who (?:is|was) )?"
    r"([^\W\d_][^,;:()\"“”\n]{2,100}?)(?=[,;:()\"“”\n]|\.\s|\.?$|\s(?:who|which|and|said)\b|$)"
)
# The word before a place, when something is there or goes there.
_WHERE = frozenset(
    "in from to near at across inside outside around through throughout into over of toward "
    "towards within beyond off via leave leaving left leaves reach reached enter entered visit "
    "visited visits visiting north south east west".split()
)
# Between that word and the place: "in the north-eastern ...".
_BETWEEN_WHERE = re.compile(r"the|\w+(?:ern|al)", re.IGNORECASE)
# Names before it in a list, and a town before its country: "in Oran, Algeria".
_LISTED = re.compile(
    r"(?:(?:the )?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}(?:, (?:and |or )?| and | or ))+$"
)
_AFTER_TOWN = re.compile(r"(?:\bin|\bfrom|\bnear|\n|^) ?[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)?, $")
# The word before a capital that stands for its government.
_OPPOSED = re.compile(
    r"against|with|between|by|told|pressur\w+|accus\w+|blam\w+|urg\w+|sanction\w*", re.IGNORECASE
)
_POSSESSIVE = re.compile(r"['’]s?\b|-\w")


def title_before(text: str, start: int, knowledge: Knowledge) -> str | None:
    """The title or description right before a name: "Russian Defence Minister".

    It has to end in a word for a role.
    """
    if not start or text[start - 1] not in _SPACES:
        return None
    window = text[max(0, start - _BEFORE_CHARS) : start]
    window = window[window.rfind("\n") + 1 :]
    words = _last_run(window[:-1]).split()
    kept: list[str] = []
    for word in reversed(words[-_MAX_TITLE_WORDS:]):
        if word.lower() in _NO_TITLE:
            break
        kept.append(word)
    if not kept:
        return None
    title = " ".join(reversed(kept))
    phrase = read_phrase(title, knowledge)
    return title if _ends_in_role(phrase) else None


def _last_run(text: str) -> str:
    """The words at the end of a text, back to a mark; they begin with a letter or figure."""
    run = text[_RUN_BEFORE.match(text).start(1) :]  # type: ignore[union-attr]
    first = _LETTER.search(run)
    return run[first.start() :] if first else ""


def _ends_in_role(phrase: Phrase) -> bool:
    if not phrase.parts:
        return False
    last = phrase.parts[-1]
    return last.end == len(phrase.words) and last.entries[0].sort is Sort.ROLE


def apposition_after(text: str, end: int, knowledge: Knowledge) -> str | None:
    """What is said of a name right behind it: ", the head of the port authority,".

    It has to begin with an article, a known word or a name, and to hold a role.
    """
    match = _APPOSITION.match(text, end, end + _AFTER_CHARS)
    if match is None:
        return None
    phrase = read_phrase(match[1], knowledge)
    own = phrase.segment(0)
    if not any(part.entries[0].sort is Sort.ROLE for part in own):
        return None
    first = phrase.words[0]
    begins = first.key in DETERMINERS or own[0].at == 0 or first.is_capital
    return match[1] if begins else None


def is_placed(text: str, start: int) -> bool:
    """Whether a place is named as where something is: "in Kabul", "of Mali and Niger"."""
    before = text[max(0, start - _LIST_CHARS) : start]
    words = before[-_WORDS_CHARS:].split()
    if words and (words[-1].endswith(",") or words[-1] in {"and", "or"}):
        if _AFTER_TOWN.search(before):
            return True
        listed = _LISTED.search(before)
        words = before[: listed.start()][-_WORDS_CHARS:].split() if listed else words
    return _is_where(words)


def _is_where(words: list[str]) -> bool:
    """Whether words end in a preposition of place, an article aside."""
    if len(words) > 1 and _BETWEEN_WHERE.fullmatch(words[-1]):
        return words[-2].lower() in _WHERE or words[-1].lower() in _WHERE
    return bool(words) and words[-1].lower() in _WHERE


def is_belonging(text: str, end: int) -> bool:
    """Whether it stands before what is its own: "Kenya's", "Kabul-based"."""
    return _POSSESSIVE.match(text, end, end + 3) is not None


def acts_here(text: str, start: int, end: int) -> bool:
    """Whether a capital or a seat stands for its government: "Kabul denied", "by Kabul"."""
    if is_placed(text, start):
        return False
    if _acting_verbs().match(text, end, end + 40):
        return True
    words = text[max(0, start - _WORDS_CHARS) : start].split()
    return bool(words) and _OPPOSED.fullmatch(words[-1]) is not None


@functools.cache
def _acting_verbs() -> re.Pattern[str]:
    forms: set[str] = set()
    for row in read_rows("acting_verbs"):
        forms |= _forms(row["verb"], row["past"])
    any_form = "|".join(sorted(forms, key=lambda form: (-len(form), form)))
    return re.compile(rf"[ \xa0](?:\w+ly |also |never |again )?(?:{any_form})\b(?! been\b)")


def _forms(verb: str, past: str) -> set[str]:
    if verb.endswith("y") and verb[-2] not in "aeiou":
        third, regular = f"{verb[:-1]}ies", f"{verb[:-1]}ied"
    elif verb.endswith(("s", "x", "ch", "sh")):
        third, regular = f"{verb}es", f"{verb}ed"
    else:
        third, regular = f"{verb}s", f"{verb}d" if verb.endswith("e") else f"{verb}ed"
    if verb in {"will", "would", "must", "should"}:
        return {verb}
    return {verb, "has" if verb == "have" else third, past or regular}
