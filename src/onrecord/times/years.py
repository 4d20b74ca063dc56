"""Values of years and of their parts and multiples: quarters, decades, centuries."""

import re

from onrecord.records import TimexType
from onrecord.times.calendars import make_point
from onrecord.times.matches import Found, Made, dated, word_list
from onrecord.times.months import related_year
from onrecord.times.scenes import FUTURE, Scene
from onrecord.times.tokens import BEFORE_DATES

_TENS = {
    "twent": 2, "thirt": 3, "fort": 4, "fift": 5, "sixt": 6, "sevent": 7, "eight": 8, "ninet": 9,
}  # fmt: skip
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
# Years of which a bare number is one without a word that shows it.
_PLAIN_YEARS = range(1900, 2051)
_DASHES = frozenset("-–—")
_JOINTS = frozenset("-./:")


def year(found: Found, _scene: Scene) -> Made | None:
    """2021, early 2021, the end of 2021, 300 BC, fiscal 2021."""
    number = found.number("y", "y2")
    era = found.get("era", "era2")
    if era in {"bc", "bce"}:
        return Made(TimexType.DATE, f"BC{number:04d}") if 1 <= number <= 9999 else None
    point = make_point(number)
    if point is None:
        return None
    if era or found.has("y2") or found.words.startswith("the year"):
        return dated(point)
    if found.has("fiscal"):
        return Made(TimexType.DATE, f"FY{number}", point)
    alone = found.match.end() - found.match.start() == 1
    if alone and not _is_year(number, found):
        return None
    return dated(point)


def _is_year(number: int, found: Found) -> bool:
    """Whether four digits by themselves are a year and no count, price or name."""
    before, after, line = found.before.lower(), found.after, found.line
    if before in word_list("before_numbers") or after == "%" or _is_glued(found):
        return False
    if after.lower() in word_list("counted") or _counts(found):
        return False
    if number in _PLAIN_YEARS:
        return True
    at = found.match.start()
    in_range = (after in _DASHES and _is_year_word(line.word(at + 2))) or (
        before in _DASHES and _is_year_word(line.word(at - 2))
    )
    begins = not before.strip() or before in {",", "."}
    if begins and (after[:1].isalpha() or after[:1].isdigit()):
        return False
    return 1000 <= number < 2100 and (
        in_range or begins or before in BEFORE_DATES or before in {"(", "[", ";"}
    )


def _counts(found: Found) -> bool:
    """Whether a plural behind the number is what it counts, as in "killed 2000 soldiers"."""
    after = found.after
    is_plural = len(after) > 3 and after.endswith("s") and after.islower()
    shown = found.before.lower() in BEFORE_DATES or found.before.lower() in {"s", "this"}
    return is_plural and after not in word_list("not_counted") and not shown


def _is_year_word(word: str) -> bool:
    return len(word) == 4 and word.isdigit()


def _is_glued(found: Found) -> bool:
    """Whether the digits are part of something longer: a name, a telephone number, a version."""
    text, start = found.line.text, found.start
    after, before = text[found.end : found.end + 2], text[max(0, start - 2) : start]
    if after[:1].isalpha() or after[:1] == "_" or (after[:1] in _JOINTS and after[1:].isdigit()):
        return not (after[:1] == "-" and _is_year_word(found.line.word(found.match.end() + 1)))
    if before[-1:].isalnum() or before[-1:] == "_":
        return True
    joined = before[-1:] in _JOINTS and before[:1].isdigit()
    return joined and not _is_year_word(found.line.word(found.match.start() - 2))


def range_end(found: Found, _scene: Scene) -> Made | None:
    """The 72 of 1871–72."""
    first = found.line.word(found.match.start() - 2)
    own = found.number("y2")
    if int(first) % 100 >= own or not 1000 <= int(first) < 2100:
        return None
    point = make_point(int(first) // 100 * 100 + own)
    return dated(point) if point else None


def year_end(_found: Found, scene: Scene) -> Made:
    """Year-end, by the year's end: of the year of publication."""
    return dated(make_point(scene.published.year) if scene.published else None)


def quarter(found: Found, scene: Scene) -> Made | None:
    """The third quarter (of 2021), Q3 2021, the first half of the year."""
    n_parts = 2 if found.has("half") else 4
    letter = "H" if found.has("half") else "Q"
    word = found.get("q")
    number = found.number("q3") if found.has("q3") else _ORDINALS.index(word) + 1
    if not 1 <= number <= n_parts:
        return None
    if found.has("q3") and not found.has("y") and found.before.lower() not in BEFORE_DATES:
        return None
    own_year: int | None
    if found.has("y"):
        own_year = found.number("y")
    elif found.has("yrel"):
        own_year = related_year(found.get("yrel"), found, scene)
    elif found.has("half"):
        own_year = scene.published.year if scene.published else None
        if not found.words.endswith("of the year"):
            return None
    else:
        own_year = _year_of_quarter(number, found, scene)
    if own_year is None:
        return Made(TimexType.DATE, f"XXXX-{letter}{number}")
    point = make_point(own_year)
    return dated(point, f"{own_year:04d}-{letter}{number}") if point else None


def _year_of_quarter(number: int, found: Found, scene: Scene) -> int | None:
    if scene.published is None:
        return None
    current = (scene.published.month + 2) // 3
    if found.tense(scene) == FUTURE:
        return scene.published.year + (number < current)
    return scene.published.year - (number > current)


def decade(found: Found, scene: Scene) -> Made | None:
    """The 1990s, the '90s, the early nineties."""
    if found.has("dec"):
        digits = found.get("dec").removesuffix("s")
        if len(digits) == 3 or not digits.endswith("0"):
            return None
        if len(digits) == 4:
            number = int(digits)
            if not 1000 <= number <= 2990:
                return None
            is_century = digits.endswith("00") and number < 2000
            return Made(TimexType.DATE, digits[:2] if is_century else digits[:3])
        shown = found.before.lower() in BEFORE_DATES or found.words != found.get("dec")
        if not shown or found.before.lower() in {"his", "her", "their", "my"}:
            return None
        tens = int(digits) // 10
    else:
        word = found.get("decw", "decw2")
        tens = next((n for stem, n in _TENS.items() if word.startswith(stem)), 0)
    century = 19 if tens >= 3 or scene.published is None else 20
    return Made(TimexType.DATE, f"{century}{tens}")


def century(found: Found, _scene: Scene) -> Made | None:
    """The 19th century."""
    number = ordinal_number(found.get("c"))
    if not 1 <= number <= 99:
        return None
    if found.get("era") in {"bc", "bce"}:
        return Made(TimexType.DATE, f"BC{number - 1:02d}")
    return Made(TimexType.DATE, f"{number - 1:02d}")


def ordinal_number(words: str) -> int:
    """The number of an ordinal in words or digits.

    >>> ordinal_number("twenty - first"), ordinal_number("19th")
    (21, 19)
    """
    digits = re.match(r"[0-9]{1,6}", words)
    if digits:
        return int(digits.group())
    tens = 20 if words.startswith("twenty ") else 30 if words.startswith("thirty ") else 0
    last = words.rsplit(maxsplit=1)[-1]
    return tens + (_ORDINALS.index(last) + 1 if last in _ORDINALS else 0)
