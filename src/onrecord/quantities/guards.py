"""Numbers that are no quantities: dates, hours, ages, names, scores, ordinals, addresses."""

import re

from onrecord.quantities.numbers import Number
from onrecord.quantities.units import Unit
from onrecord.quantities.word_lists import bound_before, word_lists

_BEFORE_CHARS = 40
# The longest of the words that are looked for right before a number, and one more.
_NEAR_CHARS = 18
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE_BEFORE = re.compile(
    rf"\b(?:{_MONTHS}|{_MONTHS} \d{{1,2}},?|\d{{1,2}} {_MONTHS},?"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day,?(?: the)?)[ \xa0]$",
    re.IGNORECASE,
)
_DATE_BEHIND = re.compile(
    rf"(?:st|nd|rd|th)?[ \xa0](?:of )?{_MONTHS}\b(?! (?:have|be|not)\b)|[/.-]\d{{1,2}}[/.-]\d"
    r"|[:.]\d\d\b|[ \xa0]?[ap]\.?m\b|[ \xa0]o[’']clock|[ \xa0](?:GMT|UTC|CET|EST|EDT|BCE?|CE|AD)\b"
    r"|(?:st|nd|rd|th)\b|['’]?s\b(?!\s+(?:at least))",
    re.IGNORECASE,
)
_AGE_BEFORE = re.compile(
    r"\b(?:aged?|turn(?:ed|s)|ages(?: of)?|aged between)[ \xa0]$", re.IGNORECASE
)
_AGE_IS = re.compile(
    r"\b(?:(?:he|she|who|i)(?: is|['’]s| was)|i am|i['’]m|age of)(?: now)?[ \xa0]$", re.IGNORECASE
)
_AGE_COMMA = re.compile(r"[^\W\d_][\w’'.-]+,[ \xa0]$")
_AGE_BEHIND = re.compile(r"\s?,|\s?\.(?!\d)|\s?\)")
_OLD = re.compile(r"[ -]?(?:years?|months?|weeks?|days?)[ -]olds?\b", re.IGNORECASE)
# A word with a capital before a number makes a name: "Article 5", "Flight 370", "Boeing 737".
_CAPITAL_BEFORE = re.compile(r"(?:^|[^\w])([A-Z][\w’'.&]*)[ \xa0]$")
# The same in lower case.
_LABEL_BEFORE = re.compile(
    r"\b(?:no|nos|number|page|pages|chapter|article|section|paragraph|clause|annex|resolution|"
    r"flight|route|highway|channel|room|phase|stage|level|line|gate|unit|version|type|model|"
    r"point|step|round|day|week|year|episode|grade|group|question|rule|tier|category|class|zone|"
    r"district|ward|terminal|platform|reactor|track|formula)\.?[ \xa0]$",
    re.IGNORECASE,
)
# Words with a capital at the beginning of a sentence, and bounds, that make no name.
_NO_NAME = frozenset(
    "about some at over nearly almost only more most another the these those all and but of in on "
    "by with for from to between up around roughly approximately as an a its his her their our "
    "than least least, around under below some, or just still now then when while where after "
    "before that this there were was are is had have has killed among including other both "
    "not no fewer less plus yes".split()
)
_DEFINITE = re.compile(
    r"\b(?:the|these|those|both|his|her|their|its|our|your|my|last|first|next|past|other|of)"
    r"[ \xa0]$",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|of|from|until|till|before|after|during|between|the|his|her|their|its|'s|"
    r"’s|early|late|mid|year|to|and|for|back in|summer|winter|spring|autumn|fall)[ \xa0-]$"
    r"|[’']s[ \xa0]$",
    re.IGNORECASE,
)
_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_SCORE_BEFORE = re.compile(r"\d[-–/:]$")
_SCORE_BEHIND = re.compile(r"[-–/:]\d")
_HYPHENATED = re.compile(r"-[^\W\d_]")
_ALONE_WORDS = frozenset({"one", "zero", "a", "an"})
_ONE_OF = re.compile(
    r"[ \xa0](?:of|another|day|thing|more|point|side|way|that|who|by|is|was|has|can|could|would|"
    r"might|should|may|must|will|or|with|in|to|and|on|at|from|for|as)\b|[^ \xa0]",
    re.IGNORECASE,
)


def is_no_quantity(text: str, number: Number, unit: Unit) -> bool:
    """Whether a number is a date, a name, an age, a score, and so on."""
    before = text[max(0, number.start - _BEFORE_CHARS) : number.start]
    if number.sign:
        return False
    if number.is_word and not number.has_scale and _is_plain_word(text, number, unit, before):
        return True
    if _has_age(text, number, unit, before) or _is_part_of_word(text, number, unit):
        return True
    if number.is_word or number.has_scale or number.is_grouped:
        return False
    if unit.name is None and _is_bare(text, number, before):
        return True
    return (
        _is_dated(text, number, unit, before)
        or _is_name(before, unit)
        or _is_score(text, number, unit)
    )


def _is_plain_word(text: str, number: Number, unit: Unit, before: str) -> bool:
    """Words such as "one of them", "the two sides", or "two" with nothing to count."""
    if unit.name is None:
        verbs = (" killed", " dead", " wounded", " injured", " missing")
        return not text.startswith(verbs, number.end)
    if text[number.start : number.end].lower() in _ALONE_WORDS:
        behind = _ONE_OF.match(text, number.end)
        return behind is not None or unit.name.split()[-1] not in _counted()
    return number.value < 10 and _DEFINITE.search(before) is not None


def _counted() -> frozenset[str]:
    lists = word_lists()
    return frozenset(lists.irregular.get(w, w.removesuffix("s")) for w in lists.surely)


def _has_age(text: str, number: Number, unit: Unit, before: str) -> bool:
    near = before[-_NEAR_CHARS:]
    if _AGE_BEFORE.search(near) or _OLD.match(text, number.end):
        return True
    is_between_commas = (
        "," in before[-3:]
        and _AGE_COMMA.search(before) is not None
        and _AGE_BEHIND.match(text, number.end) is not None
    )
    is_said = unit.name is None and _AGE_IS.search(near) is not None
    return (is_between_commas or is_said) and number.value < 120 and not number.is_grouped


def _is_part_of_word(text: str, number: Number, unit: Unit) -> bool:
    """A number that is part of a word, such as "three-quarters", measures aside."""
    is_glued = text[number.end : number.end + 1].isalpha()
    if not is_glued and _HYPHENATED.match(text, number.end) is None:
        return False
    if word_lists().behind.match(text, number.end, number.end + 8):
        return False
    return unit.name is None or " " in text[number.end : unit.end].strip(" \xa0")


def _is_dated(text: str, number: Number, unit: Unit, before: str) -> bool:
    if _DATE_BEHIND.match(text, number.end) or _DATE_BEFORE.search(before[-_NEAR_CHARS:]):
        return True
    is_year = _FIRST_YEAR <= number.value <= _LAST_YEAR and number.end - number.start == 4
    if not is_year:
        return False
    if unit.name is None:
        return bound_before(before) is None
    counts = unit.name.split()[-1] in _counted()
    return _YEAR_BEFORE.search(before) is not None or (not counts and bound_before(before) is None)


def _is_bare(text: str, number: Number, before: str) -> bool:
    """Models and versions, such as "the 707" or "went to 0.4"."""
    if before.lower().endswith(("the ", "the\xa0")):
        return True
    has_point = "." in text[number.start : number.end]
    return has_point and not before.endswith(("of ", "magnitude ")) and not bound_before(before)


def _is_name(before: str, unit: Unit) -> bool:
    if _LABEL_BEFORE.search(before[-_NEAR_CHARS:]):
        return True
    capital = _CAPITAL_BEFORE.search(before)
    if capital is None or capital[1].lower() in _NO_NAME or bound_before(before):
        return False
    return unit.name is None or unit.name.split()[-1] not in _counted() | {"percent"}


def _is_score(text: str, number: Number, unit: Unit) -> bool:
    """Scores and fractions: "2-1", "3/4"."""
    if _SCORE_BEFORE.search(text, max(0, number.start - 2), number.start):
        return True
    return unit.name is None and _SCORE_BEHIND.match(text, number.end) is not None
