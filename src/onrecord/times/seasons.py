"""Values of seasons and holidays."""

import re

from onrecord.records import TimexType
from onrecord.times.calendars import SEASON_STARTS, Point, holiday, make_point
from onrecord.times.matches import Found, Made, dated, steps_of, table
from onrecord.times.months import related_year
from onrecord.times.scenes import FUTURE, PAST, Scene
from onrecord.times.tokens import BEFORE_DATES, vocabulary


def season(found: Found, scene: Scene) -> Made | None:
    """Spring 2021, the summer, in winter."""
    word = found.get("s", "s2")
    name = table("seasons")[word]
    if found.has("y") and make_point(found.number("y")) is None:
        return Made(TimexType.DATE, None)
    if found.has("y") or found.has("yrel"):
        own = found.number("y") or related_year(found.get("yrel"), found, scene)
        return Made(TimexType.DATE, f"{own:04d}-{name}" if own else f"XXXX-{name}")
    if found.after[:1].isupper() or found.after.lower() in {"of", "olympics", "games", "break"}:
        return None
    if found.has("s2") and word == "fall":
        return None
    if found.has("s2") or scene.published is None:
        return Made(TimexType.DATE, f"XXXX-{name}")
    started = scene.published.month >= SEASON_STARTS[name]
    own_year = scene.published.year
    if found.tense(scene) == FUTURE:
        own_year += scene.published.month >= SEASON_STARTS[name] + 3
    else:
        own_year -= not started
    return Made(TimexType.DATE, f"{own_year:04d}-{name}")


def relative_season(rel: str, word: str, found: Found, scene: Scene) -> Made | None:
    """Last summer, this spring, the following autumn."""
    name = table("seasons")[word]
    if "that" in rel or "same" in rel:
        story = scene.story(found.start)
        return Made(TimexType.DATE, f"{story.year:04d}-{name}" if story else None)
    if "following" in rel or "previous" in rel:
        story = scene.story(found.start)
        back = "previous" in rel
        own = _season_year(story, name, PAST if back else FUTURE) if story else None
        return Made(TimexType.DATE, f"{own:04d}-{name}" if own else f"XXXX-{name}")
    if scene.published is None:
        return Made(TimexType.DATE, f"XXXX-{name}")
    n = steps_of(rel)
    own_year = scene.published.year if n == 0 else _season_year(scene.published, name, n)
    return Made(TimexType.DATE, f"{own_year:04d}-{name}")


def _season_year(point: Point, name: str, direction: int) -> int:
    """The year of the last season of a name that is over, or of the next that has not begun."""
    start = SEASON_STARTS[name]
    if direction == FUTURE:
        return point.year + (point.month >= start)
    return point.year - (point.month < start + 3 if name != "WI" else True)


def holiday_date(found: Found, scene: Scene) -> Made | None:
    """Christmas Day, Easter Monday 2021, New Year's Eve."""
    words = [w for w in found.get("h").split() if w not in {"'", "’", "s"}]
    rule = vocabulary().holidays.get(" ".join(words))
    in_name = found.after[:1].isupper() and found.before.lower() not in BEFORE_DATES
    if rule is None or in_name:
        return None
    own_year: int | None
    if found.has("y"):
        own_year = found.number("y")
    elif found.has("yrel"):
        own_year = related_year(found.get("yrel"), found, scene)
    elif scene.published is None:
        own_year = None
    else:
        own_year = _holiday_year(scene.published, rule, found.tense(scene) or PAST)
    if own_year is None:
        fixed = re.fullmatch(r"[0-9]{2}-[0-9]{2}", rule)
        return Made(TimexType.DATE, f"XXXX-{rule}" if fixed else None)
    point = holiday(own_year, rule)
    return dated(point) if point else None


def _holiday_year(published: Point, rule: str, tense: int) -> int:
    this_year = holiday(published.year, rule)
    if this_year is None:
        return published.year
    if tense == FUTURE:
        return published.year + (this_year < published)
    return published.year - (this_year > published)
