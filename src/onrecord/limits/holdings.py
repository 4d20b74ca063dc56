"""The words around a number: what it counts, and whether somebody is said to have so many.

Everything here looks at the text of one sentence; the word lists stand in `terms.tsv`.
"""

import re

from onrecord.limits.terms import terms
from onrecord.quantities.numbers import find_numbers
from onrecord.quantities.units import singular
from onrecord.quantities.word_lists import word_lists
from onrecord.records import Quantity, Span

# So many characters before and behind a figure tell what it is about.
_BEFORE_CHARS = 240
_BEHIND_CHARS = 100
_MOST_UNKNOWN = 2
_SOON_BEHIND = 4
_NEXT_BEHIND = 2
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*|[,;:()—–.!?]|['’]s\b")
_CLAUSE = re.compile(r"[;—–]|,?\s+(?:but|while|whereas|although)\s|,\s+and\s")
_DIGITS = re.compile(r"\d[\d.,]*")
_OR_NOT = re.compile(r"\s+or\s+not\b", re.IGNORECASE)
_NOT = re.compile(r"n[’']t$")
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_LINKS = frozenset("and or on of in whether not as well".split())
_SKIPPED = frozenset("the its his her their a an each both these those".split())
_ADDED = frozenset("more fewer less additional extra further another".split())


def counted_words(text: str, quantity: Quantity, stop: int) -> tuple[str, int]:
    """The words for what a quantity counts, and where they end.

    Args:
        text: The text.
        quantity: The quantity; its unit leaves out words such as 'deployed'.
        stop: Where its sentence ends.

    Returns:
        No words when nothing is counted, or when the figure is a difference ("200 more").
    """
    words = quantity.span.text_in(text)
    last = max((number.end for number in find_numbers(words)), default=0)
    own = words[last:].strip(" -\xa0")
    if _ADDED & set(own.lower().split()):
        return "", quantity.span.end
    end = _end_behind(text, quantity.span.end, stop)
    behind = _DIGITS.sub(" ", text[quantity.span.end : end])
    return " ".join(f"{own or quantity.unit or ''} {behind}".split()), end


def _end_behind(text: str, start: int, stop: int) -> int:
    """Where the words behind a quantity that still tell what is counted end."""
    told, ends = terms(), word_lists().ends
    end, last, link, n_unknown = start, "", "", 0
    for match in _WORD.finditer(text, start, min(stop, start + _BEHIND_CHARS)):
        word = match.group().lower()
        if word in _LINKS or word in _SKIPPED or word == ",":
            link = link if word in _SKIPPED else word
        elif word[0].isdigit():
            if last != "on":  # "on 527 missiles"
                break
        elif singular(word) in told.vocabulary:
            end = match.end()
        elif link == "of" and word[0].isalpha() and word not in ends and n_unknown < _MOST_UNKNOWN:
            end, n_unknown = match.end(), n_unknown + 1
        else:
            break
        last = word
    or_not = _OR_NOT.match(text, end, stop)
    return or_not.end() if or_not else end


def is_held(text: str, figure: Span, sentence: Span) -> bool:
    """Whether the words around a figure tell that somebody has so many.

    The nearest word before it that tells anything decides; else the words right behind it.
    """
    told = terms()
    start = max(sentence.start, figure.start - _BEFORE_CHARS)
    before = [word.lower() for word in _WORD.findall(_last_clause(text[start : figure.start]))]
    own = {word.lower() for word in _WORD.findall(figure.text_in(text))}
    if own & told.change or any(word in told.open or _NOT.search(word) for word in before):
        return False
    stop = min(sentence.end, figure.end + _BEHIND_CHARS)
    behind = [word.lower() for word in _WORD.findall(text[figure.end : stop])[:_SOON_BEHIND]]
    if told.change & {*behind[:_NEXT_BEHIND]}:  # "20 tanks were destroyed"
        return False
    nearest = _nearest_told(before)
    if nearest is not None:
        return nearest in told.held
    if before and (before[-1] in {"its", "their"} or before[-1].endswith(_POSSESSIVE)):
        return True
    return bool(told.held & {*behind}) and not (told.change | told.open) & {*behind}


def _nearest_told(before: list[str]) -> str | None:
    """The last word that tells anything; 'deployed' is a verb only right before the figure."""
    told = terms()
    for n, word in enumerate(reversed(before)):
        is_adjective = n > 0 and word in told.vocabulary
        if word in told.held | told.change and not is_adjective:
            return word
    return None


def _last_clause(before: str) -> str:
    """The words of the clause that a text ends in."""
    found = list(_CLAUSE.finditer(before))
    return before[found[-1].end() :] if found else before


def clause_end(text: str, start: int, stop: int) -> int:
    """Where the clause that goes on at a place ends."""
    found = _CLAUSE.search(text, start, stop)
    return found.start() if found else stop
