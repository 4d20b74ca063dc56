"""Values of weeks, months and other units named from the publication or from the story."""

from onrecord.records import TimexType
from onrecord.times.calendars import Point, duration_value, shifted, unit_value
from onrecord.times.matches import Found, Made, steps_of, table, unit_of
from onrecord.times.scenes import FUTURE, PAST, Scene
from onrecord.times.seasons import relative_season

# What counts from the last date of the story, and not from the publication.
_FROM_STORY = ("that", "same", "following", "subsequent", "ensuing", "prev", "preceding", "prior")


def relative(found: Found, scene: Scene) -> Made | None:
    """Last week, this year, the following month, that day, the end of the year."""
    rel, word = found.get("rel"), found.get("u")
    if word in table("seasons"):
        return relative_season(rel, word, found, scene)
    unit = unit_of(word)
    by_story = any(w in rel for w in _FROM_STORY) or (rel == "the next" and unit == "D")
    if by_story:
        return _by_story(rel, unit, found, scene)
    if not _stands_for_date(rel, unit, found):
        return None
    if _is_stretch(rel, unit, found):
        return Made(TimexType.DURATION, _stretch_value(unit))
    n = steps_of(rel)
    if unit in {"W", "WE"}:
        return _week(n, unit, found, scene)
    point = shifted(scene.published, unit, n) if scene.published else None
    value = unit_value(point, unit)
    if found.has("fiscal") and value:
        value = f"FY{value}"
    return Made(TimexType.DATE, value, _story_point(point, unit))


def _stands_for_date(rel: str, unit: str, found: Found) -> bool:
    if unit.startswith("T"):
        return unit == "TH" and rel in {"the last", "the past", "the next"}
    if unit == "D":
        return rel == "this" or (rel == "the past" and found.after.lower() != "of")
    if rel == "the":
        return unit in {"W", "M", "Q", "Y", "DE", "CE", "WE"}
    return not (rel in {"the last", "last"} and found.after.lower() == "of")


def _is_stretch(rel: str, unit: str, found: Found) -> bool:
    """The past year: as long as a year, not the year before this."""
    if unit.startswith("T") or rel == "the past":
        return unit != "WE"
    within = found.before.lower() in {"over", "during", "within", "for", "throughout"}
    if rel == "the last" and unit != "Q":
        return unit in {"DE", "CE"} or within
    return rel in {"the next", "the coming"} and within


def _stretch_value(unit: str) -> str | None:
    return duration_value(1, unit)


def _story_point(point: Point | None, unit: str) -> Point | None:
    return point if unit in {"D", "M", "Y"} else None


def _week(n: int, unit: str, found: Found, scene: Scene) -> Made | None:
    """A week or its end; after a weekend, "this weekend" of a past tense is the one just over."""
    published = scene.published
    if published is None or published.date is None:
        return Made(TimexType.DATE, None)
    weekday_now = published.date.weekday()
    if unit == "WE" and weekday_now < 5:
        rel, tense = found.get("rel"), found.tense(scene)
        over = rel == "the" and tense != FUTURE
        just = "this" in rel and weekday_now <= 1 and tense == PAST
        n -= 1 if over or just else 0
    point = shifted(published, "W", n)
    return Made(TimexType.DATE, unit_value(point, unit))


def _by_story(rel: str, unit: str, found: Found, scene: Scene) -> Made | None:
    """That month, the next day: counted from the last date of the story."""
    if unit.startswith("T"):
        return None
    if rel == "that" and found.after.lower() in {"of", "that"}:
        return None
    story = scene.day(found.start) if unit == "D" else scene.story(found.start)
    back = any(w in rel for w in ("prev", "preceding", "prior"))
    n = 0 if "that" in rel or "same" in rel else -1 if back else 1
    if story is None and rel == "the same":
        return None
    point = shifted(story, unit, n) if story else None
    return Made(TimexType.DATE, unit_value(point, unit), _story_point(point, unit))


def unit_beside(found: Found, scene: Scene) -> Made | None:
    """The day before, the year after: beside the last date of the story."""
    unit = unit_of(found.get("u"))
    story = scene.day(found.start) if unit == "D" else scene.story(found.start)
    if unit not in {"D", "W", "M", "Y"}:
        return None
    point = (
        shifted(story, unit, 1 if found.get("dir") in {"after", "later"} else -1) if story else None
    )
    return Made(TimexType.DATE, unit_value(point, unit), _story_point(point, unit))
