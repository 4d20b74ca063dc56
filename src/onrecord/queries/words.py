"""Words to look for, as a user writes them, made into an expression that FTS5 takes.

Words are looked for without regard to case and accents, all of them in one document;
``"in this order"``, ``OR``, ``-without`` and ``begin*`` mean what they do elsewhere. FTS5 knows
accents alone: letters such as ł and ø, which Unicode does not take apart, are looked for as both.
"""

import itertools
import re
from collections.abc import Iterator

from onrecord.errors import InputError

_PART = re.compile(r'(?P<minus>-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_SIGN = re.compile(r"\w")
_LETTERS = {"l": "ł", "o": "ø", "d": "đ", "ss": "ß", "ae": "æ", "oe": "œ"}
# Longer words are no names, and would have too many spellings.
_LONGEST_NAME = 40
_PLAIN = str.maketrans({own: plain for plain, own in _LETTERS.items()})


def match_expression(words: str) -> str:
    """The expression of FTS5.

    Raises:
        InputError: There is no word to look for.

    >>> match_expression('pit "struck by" -Kerch mi*')
    '("pit" AND "struck by" AND "mi"*) NOT "Kerch"'
    >>> match_expression("Kyiv OR Kiev")
    '"Kyiv" OR "Kiev"'
    >>> match_expression("Malmö Lodz")
    '("Malmö" OR "małmö") AND ("Lodz" OR "lođz" OR "lødz" OR "łodz")'
    """
    wanted, unwanted = list[str](), list[str]()
    for is_unwanted, term in _terms(words):
        (unwanted if is_unwanted else wanted).append(_in_all_spellings(term))
    while wanted and wanted[-1] == "OR":
        wanted.pop()
    while wanted and wanted[0] == "OR":
        wanted.pop(0)
    if not wanted:
        raise InputError(source="words", problem=f"{words!r} holds no word to look for")
    expression = _joined(wanted)
    if not unwanted:
        return expression
    inner = f"({expression})" if len(wanted) > 1 else expression
    return " NOT ".join([inner, *unwanted])


def plain_words(words: str) -> list[str]:
    """The single words that are looked for, in lower case.

    >>> plain_words('Dam "struck by" -Kherson')
    ['dam', 'struck', 'by']
    """
    found = (term for is_unwanted, term in _terms(words) if not is_unwanted and term != "OR")
    return [word.lower() for term in found for word in re.findall(r"\w+", term)]


def _terms(words: str) -> Iterator[tuple[bool, str]]:
    for part in _PART.finditer(words):
        inner = part["phrase"] if part["phrase"] is not None else part["word"]
        if part["word"] == "OR" and not part["minus"]:
            yield False, "OR"
        elif _SIGN.search(inner):
            is_prefix = part["phrase"] is None and inner.endswith("*")
            quoted = inner.rstrip("*").replace('"', "")
            yield bool(part["minus"]), f'"{quoted}"{"*" if is_prefix else ""}'


def _in_all_spellings(term: str) -> str:
    """A word with its letters plain, and with each that may stand for another one as that one."""
    word, star = term.rstrip("*").strip('"'), "*" if term.endswith("*") else ""
    if term == "OR" or not word.isalpha() or len(word) > _LONGEST_NAME:
        return term
    plain = word.lower().translate(_PLAIN)
    places = [
        (at, letter)
        for letter in _LETTERS
        for at in range(len(plain))
        if plain.startswith(letter, at)
    ]
    several = {plain[:at] + _LETTERS[letter] + plain[at + len(letter) :] for at, letter in places}
    several |= {plain.replace(letter, _LETTERS[letter]) for _, letter in places}
    more = sorted((several | {plain}) - {word.lower()})
    if not more:
        return term
    return "(" + " OR ".join(f'"{own}"{star}' for own in (word, *more)) + ")"


def _joined(terms: list[str]) -> str:
    """Terms with AND between, but where a user wrote OR; OR binds more loosely."""
    text = terms[0]
    for before, term in itertools.pairwise(terms):
        if term == "OR":
            text += " OR "
        else:
            text += term if before == "OR" else f" AND {term}"
    return text.replace(" OR  OR ", " OR ")
