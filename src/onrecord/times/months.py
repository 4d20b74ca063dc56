"""Values of months, and the years of months and days that are named without one."""

import re

from onrecord.records import TimexType
from onrecord.times.calendars import Point, make_point
from onrecord.times.matches import Found, Made, dated, table
from onrecord.times.scenes import FUTURE, PAST, Scene
from onrecord.times.tokens import BEFORE_DATES

_WORD = re.compile(r"[^\W\d_]+")
# Of three years that two digits can mean, the last that is not further ahead than this.
_DASHES = frozenset("-–")
_YEARS_AHEAD = 10
_LAST_YEAR_UNKNOWN = 2039


def month(found: Found, scene: Scene) -> Made | None:
    """May 2021, early May, last May, May of last year, May."""
    number = table("months")[first_word(found.get("m"))]
    if found.has("y") or found.has("y2"):
        year = found.number("y") if found.has("y") else full_year(found.number("y2"), scene)
        point = make_point(year, number)
        return dated(point) if point else Made(TimexType.DATE, None)
    if not found.has("yrel") and not _is_month(found, scene):
        return None
    if found.has("later"):
        year_given: int | None = found.number("later")
    elif found.has("yrel"):
        year_given = related_year(found.get("yrel"), found, scene)
    else:
        year_given = _year_by_word(number, found, scene)
    point = make_point(year_given, number) if year_given else None
    return dated(point) if point else Made(TimexType.DATE, f"XXXX-{number:02d}")


def _year_by_word(number: int, found: Found, scene: Scene) -> int | None:
    rel, published = found.get("rel"), scene.published
    if not rel or published is None:
        return year_for_month(number, found, scene)
    if rel == "last":
        return published.year - (number >= published.month)
    if rel in {"next", "this coming"}:
        return published.year + (number <= published.month)
    if rel == "this past":
        return published.year - (number > published.month)
    return published.year


def _is_month(found: Found, scene: Scene) -> bool:
    """Whether a bare word is the month and no name, verb or short form of another word."""
    word, after = found.line.word(found.match.start("m")), found.after
    shown = found.match.start("m") > found.match.start() or found.before.lower() in BEFORE_DATES
    begins_name = after[:1].isupper() and after[1:2].islower()
    if word.lower() in {"may", "march"}:
        if not shown or after.lower() in {"be", "not", "have"}:
            return False
        return word != "May" or not scene.has_surname_may
    if len(word) <= 3:  # "Jan", "Mar-a-Lago"
        return shown and not begins_name and after not in _DASHES
    return shown or not begins_name


def year_for_month(month: int, found: Found, scene: Scene) -> int | None:
    """The year of a month without one: of the story if that is elsewhere, else nearest by tense."""
    published = scene.published
    told = scene.story if scene.is_tale else scene.story_in_paragraph
    story = told(found.start)
    if story is not None and (published is None or abs(published.year - story.year) > 1):
        return story.year
    if published is None:
        return None
    tense = found.tense(scene)
    if tense is None:
        ahead = (month - published.month) % 12
        return _year_by(published, month, FUTURE if ahead <= 3 else PAST)
    return _year_by(published, month, tense)


def _year_by(published: Point, month: int, tense: int) -> int:
    if tense == FUTURE:
        return published.year + (month < published.month)
    return published.year - (month > published.month)


def related_year(words: str, found: Found, scene: Scene) -> int | None:
    """The year that "this year", "of last year", "the same year" stands for."""
    if any(word in words for word in ("that", "following", "previous", "same")):
        story = scene.story(found.start)
        if story is None:
            return None
        return story.year + ("following" in words) - ("previous" in words)
    if scene.published is None:
        return None
    return scene.published.year - ("last" in words) + ("next" in words)


def full_year(two: int, scene: Scene) -> int:
    """A year of two digits: not more than ten years after the publication."""
    latest = scene.published.year + _YEARS_AHEAD if scene.published else _LAST_YEAR_UNKNOWN
    return next((c + two for c in (2000, 1900) if c + two <= latest), 1800 + two)


def first_word(words: str) -> str:
    """The letters of the first word, without a stop behind them."""
    match = _WORD.search(words)
    return match.group() if match else ""
