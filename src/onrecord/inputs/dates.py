"""Dates of publication as ISO 8601; what cannot be read is no date."""

import datetime
import re

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"([0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"([12][0-9]{3})(?![0-9])"
_DAY_FIRST = re.compile(
    rf"(?<![0-9]){_DAY}(?:\s{{1,3}}of)?[\s-]{{1,3}}({_MONTH})\b\.?,?[\s-]{{0,3}}{_YEAR}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"\b({_MONTH})\b\.?\s{{0,3}}{_DAY}(?![0-9])\s?,?\s{{0,3}}{_YEAR}", re.IGNORECASE
)
_ISO = re.compile(
    r"(?<![0-9])([12][0-9]{3})([-/])([0-9]{2})\2([0-9]{2})(?![0-9])"
    r"(?:[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)"
    r"\s?(?:(Z|UTC|GMT)\b|([+-][0-9]{2}:?[0-9]{2})(?![0-9]))?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})(?:T[0-9]{4,6}Z?)?")
_MAIL = re.compile(
    r"(?:[a-z]{3},\s{0,3})?[0-9]{1,2}\s[a-z]{3}\s[0-9]{4}\s[0-9]{2}:[0-9]{2}(?::[0-9]{2})?"
    r"\s(?:[+-][0-9]{4}|gmt|ut|utc)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\s*(?:first\s+published|published|posted|date)\b(?:\s+(?:on|at))?\s*:?\s*", re.IGNORECASE
)
_WEEKDAY = re.compile(
    r"\s*(?:mon|tues?|wednes|wed|thurs?|fri|satur|sat|sun)(?:day)?\b\.?,?\s*", re.IGNORECASE
)
# "Port Quill, Norland," as letters and news items begin.
_PLACE = re.compile(r"\s*(?:[^\W\d_][\w.'’ -]{1,40},\s){1,3}")
# "PORT QUILL, Norland, Aug. 2, 2022 (Wire) —" at the start of a paragraph.
_DATELINE = re.compile(
    r"\s*[^\W\d_a-z](?:[^\W\d_a-z]|[ .’'-]){2,40}"
    rf"(?:,|\s?\(|\s(?=[0-9]|(?i:{_MONTH})\b))[^\r\n–—]{{0,120}}?(?:[–—]|\s-|--)"
)
_PARTS = re.compile(r"\s*[|·•]\s*|\s+[–—-]+\s+")
_HEAD_CHARS = 3000
_HEAD_LINES = 8
_MAX_LINE = 160
_REST_OF_DATE_LINE = re.compile(
    r"[\s,|·–—-]*(?:at\s*)?(?:[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?\s*(?:[ap]\.?m\.?)?)?"
    r"\s*(?:[A-Z]{1,4}(?:[+-][0-9]{1,2}(?::?[0-9]{2})?)?)?\s*\.?\s*",
    re.IGNORECASE,
)


def iso_date(given: str) -> str | None:
    """A date as ISO 8601: a day, or a moment when time and offset are known.

    >>> iso_date("2022-08-02T10:15:00Z"), iso_date("2 August 2022"), iso_date("Aug 2, 2022")
    ('2022-08-02T10:15:00+00:00', '2022-08-02', '2022-08-02')
    >>> iso_date("02/08/22") is None
    True
    """
    given = given.strip()[:200]
    match = _ISO.match(given)
    if match:
        return _from_iso(match)
    if _MAIL.fullmatch(given):
        return _from_mail(given)
    match = _COMPACT.fullmatch(given)
    if match:
        return _day(int(match[1]), int(match[2]), int(match[3]))
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        match = pattern.search(given)
        if match:
            return _from_words(match)
    return None


def _from_iso(match: re.Match[str]) -> str | None:
    year, _, month, number, clock, zulu, offset = match.groups()
    day = _day(int(year), int(month), int(number))
    if day is None or clock is None or not (zulu or offset):
        return day
    try:
        moment = datetime.datetime.fromisoformat(f"{day}T{clock}{offset or '+00:00'}")
    except ValueError:
        return day
    return moment.isoformat()


def _from_words(match: re.Match[str]) -> str | None:
    first, second, year = match.groups()
    month, day = (second, first) if second.lower() in _MONTHS else (first, second)
    return _day(int(year), _MONTHS[month.lower()], int(day))


def _from_mail(given: str) -> str | None:
    """Dates as mail and feeds write them (RFC 2822)."""
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(given)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:  # "-0000": the clock's place is not known
        return moment.date().isoformat()
    return moment.isoformat()


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def date_in_head(text: str) -> str | None:
    r"""The date that a line of its own, or a dateline, gives near the top of a text, or None.

    A dateline without a year ("KYIV, Aug 2") gives none, nor does a date in a sentence,
    nor the date of an update.

    >>> date_in_head("Ferry resumes\nBy Mara Quill | 2 August 2022\nThe ferry sails again.")
    '2022-08-02'
    """
    lines = (line for line in text[:_HEAD_CHARS].splitlines() if line.strip())
    for _, line in zip(range(_HEAD_LINES), lines, strict=False):
        found = _in_dateline(line)
        if found is None and len(line) <= _MAX_LINE:
            plain = " ".join(line.split())
            parts = (plain, *_PARTS.split(plain))
            found = next((d for part in parts if (d := _in_part(part))), None)
        if found is not None:
            return found
    return None


def _in_part(part: str) -> str | None:
    """The date of a line that holds nothing else than it, a label, a place and a clock."""
    labelled = _LABEL.match(part)
    at = labelled.end() if labelled else 0
    place = None if labelled else _PLACE.match(part)
    for start in (at, place.end()) if place else (at,):
        weekday = _WEEKDAY.match(part, start)
        begin = weekday.end() if weekday else start
        rest = part[begin:].lstrip()
        for pattern in (_ISO, _DAY_FIRST, _MONTH_FIRST):
            match = pattern.match(rest)
            if match and (labelled or _REST_OF_DATE_LINE.fullmatch(rest, match.end())):
                return iso_date(match.group())
    return None


def _in_dateline(line: str) -> str | None:
    match = _DATELINE.match(line)
    if match is None:
        return None
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _ISO):
        found = pattern.search(line, match.start(), match.end())
        if found:
            return iso_date(found.group())
    return None
