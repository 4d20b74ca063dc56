"""Values of times of the day: clocks, mornings and nights, noon."""

import re

from onrecord.records import TimexType
from onrecord.times.calendars import Point, add_days, make_point
from onrecord.times.days import weekday_number, weekday_point
from onrecord.times.matches import Found, Made, number_of, table
from onrecord.times.months import first_word
from onrecord.times.scenes import Scene

_UNKNOWN_DAY = "XXXX-XX-XX"
_SHOWN = frozenset(
    "at by around from until till since about before after to between - – ( [".split()
)


def part(found: Found, scene: Scene) -> Made | None:
    """This morning, last night, the next evening, in the afternoon, overnight, noon."""
    word, rel = found.get("p"), found.get("rel")
    code = table("parts").get(word, "NI")
    if found.has("wd"):
        day = weekday_point(weekday_number(found.get("wd")), found, scene)
    elif rel == "this":
        day = scene.published
    elif rel == "last":
        if word not in {"night", "evening"}:
            return None
        day = add_days(scene.published, -1) if scene.published else None
    elif "next" in rel or "following" in rel:
        story = scene.day(found.start)
        day = add_days(story, 1) if story else None
    elif "previous" in rel:
        story = scene.day(found.start)
        day = add_days(story, -1) if story else None
    else:
        day = scene.day(found.start)
    value = day.value if day else _UNKNOWN_DAY
    if rel == "this" and scene.published is None:
        return Made(TimexType.TIME, f"{_UNKNOWN_DAY}T{code}")
    return Made(TimexType.TIME, f"{value}T{code}", day)


def clock(found: Found, scene: Scene) -> Made | None:
    """18:00 UTC, 6:40 p.m., ten o'clock, 9 p.m. Tuesday."""
    read = _hour_and_minute(found.get("clock"))
    if read is None or not _is_clock(found):
        return None
    hour, minute = read
    day = _day_of(found, scene)
    if found.has("m") and day is None:
        return None
    zone = "Z" if re.match(r"(?:utc|gmt)$", found.get("zone", "zone2")) else ""
    value = day.value if day else _UNKNOWN_DAY
    return Made(TimexType.TIME, f"{value}T{hour:02d}:{minute:02d}{zone}", day)


def _hour_and_minute(words: str) -> tuple[int, int] | None:
    """The time on a clock of 24 hours."""
    compact = words.replace(" ", "").replace(".m", "m").rstrip(".")
    half = re.search(r"([ap])m?\.?$", compact)
    digits = re.match(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?", compact)
    if digits:
        hour, minute = int(digits[1]), int(digits[2] or 0)
    else:
        number = number_of(words.split(maxsplit=1)[0])
        if number is None or number != int(number):
            return None
        hour, minute = int(number), 0
    if hour > 24 or minute > 59:
        return None
    if half and "clock" not in words:
        if not 0 <= hour <= 12:
            return None if hour > 23 else (hour, minute)
        hour = hour % 12 + (12 if half[1] == "p" else 0)
    return hour, minute


def _is_clock(found: Found) -> bool:
    """Whether figures with a colon are a time and no score or verse."""
    words = found.get("clock")
    if re.search(r"m\.?$|clock", words) or found.has("zone") or found.has("zone2"):
        return True
    if any(found.has(name) for name in ("wd", "m", "t")):
        return True
    return found.before.lower() in _SHOWN


def _day_of(found: Found, scene: Scene) -> Point | None:
    if found.has("wd"):
        return weekday_point(weekday_number(found.get("wd")), found, scene)
    if found.has("m"):
        month = table("months")[first_word(found.get("m"))]
        own = scene.published.year if scene.published else 0
        year = found.number("y") if found.has("y") else own
        return make_point(year, month, found.number("d")) if year else None
    if found.has("t"):
        offset = {"yesterday": -1, "tomorrow": 1}.get(found.get("t"), 0)
        return add_days(scene.published, offset) if scene.published else None
    return scene.day(found.start)
