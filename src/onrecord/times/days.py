"""Values of days: full dates, weekdays, today and what is named from it."""

import re

from onrecord.records import TimexType
from onrecord.times.calendars import Point, add_days, make_point, weekday_from
from onrecord.times.matches import Found, Made, dated, table, unit_of, word_list
from onrecord.times.months import first_word, full_year, year_for_month
from onrecord.times.scenes import FUTURE, PAST, Scene
from onrecord.times.tokens import BEFORE_DATES

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def weekday_number(word: str) -> int:
    """0 for Monday, by the first three letters."""
    return _WEEKDAYS.index(word[:3])


def iso(found: Found, _scene: Scene) -> Made | None:
    """2021-02-03, with or without a time."""
    text = found.get("iso").upper()
    point = make_point(*map(int, text[:10].split("-")))
    if point is None or not point.day or not point.month:
        return Made(TimexType.DATE, None)
    if len(text) == 10:
        return dated(point)
    clock = re.fullmatch(r"T([01][0-9]|2[0-4]):([0-5][0-9])(.*)", text[10:])
    if clock is None:
        return dated(point)
    zone = "Z" if clock.group(3).endswith("Z") else ""
    return Made(TimexType.TIME, f"{point.value}T{clock[1]}:{clock[2]}{zone}", point)


def slashed(found: Found, scene: Scene) -> Made | None:
    """7/8/07: month first, unless only the other order is a date; year first if it has 4 digits."""
    first, second, last = re.split(r"[/.]", found.get("slashed"))
    a, b, c = int(first), int(second), int(last)
    if len(first) == 4:
        point = make_point(a, b, c)
    elif len(first) > 2:
        return None
    else:
        year = full_year(c, scene) if len(last) == 2 else c
        by_dot = "." in found.get("slashed")
        orders = [(b, a), (a, b)] if by_dot else [(a, b), (b, a)]
        points = [make_point(year, month, day) for month, day in orders if month and day]
        point = next((p for p in points if p), None)
    return dated(point) if point and point.day else None


def month_day(found: Found, scene: Scene) -> Made | None:
    """May 5, 5 May 2021, Wednesday, 5th of May."""
    month, day = table("months")[first_word(found.get("m"))], found.number("d")
    if not found.has("y") and not found.has("y3"):
        point = _nearest_day(month, day, found, scene)
        value = point.value if point else f"XXXX-{month:02d}-{day:02d}"
        if make_point(2000, month, day) is None:
            return Made(TimexType.DATE, None)
    else:
        point = make_point(found.number("y", "y3"), month, day)
        if point is None:
            return Made(TimexType.DATE, None)
        value = point.value
    if found.has("p"):
        return Made(TimexType.TIME, f"{value}T{table('parts')[found.get('p')]}", point)
    return Made(TimexType.DATE, value, point)


def _nearest_day(month: int, day: int, found: Found, scene: Scene) -> Point | None:
    year = year_for_month(month, found, scene)
    if year is None:
        return None
    return make_point(year, month, day)


def weekday(found: Found, scene: Scene) -> Made | None:
    """Tuesday, last Tuesday, early on Tuesday, Tuesday night, Tuesday of last week."""
    number = weekday_number(found.get("wd"))
    if found.has("wu") and unit_of(found.get("wu")) != "W":
        return None
    if _is_in_name(found):
        return None
    point = weekday_point(number, found, scene)
    value = point.value if point else f"XXXX-WXX-{number + 1}"
    if found.has("p"):
        part = table("parts").get(found.get("p"), "NI")
        return Made(TimexType.TIME, f"{value}T{part}", point)
    return Made(TimexType.DATE, value, point)


def _is_in_name(found: Found) -> bool:
    """Whether the words are part of the name of a day, a paper, a show; or "that" is no article.

    "said that Friday's talks" speaks of Friday, "on that Friday" of that Friday.
    """
    before, after = found.before, found.after
    if found.get("rel") == "that" and found.line.word(found.match.start()) == "that":
        return before.lower() not in BEFORE_DATES
    if before.lower() in word_list("named_days") and before[:1].isupper():
        return True
    if after[:1].isupper() and after.lower() in word_list("papers"):
        return True
    part = found.line.word(found.match.start("p")) if found.has("p") else ""
    return part[:1].isupper() and part[1:].islower() and after[:1].isupper()


def weekday_point(number: int, found: Found, scene: Scene) -> Point | None:
    """The day that the name of a weekday stands for."""
    rel, published = found.get("rel"), scene.published
    if found.has("wrel") and published:
        n_weeks = ("next" in found.get("wrel")) - ("last" in found.get("wrel"))
        monday = weekday_from(published, 0, direction=-1, strict=False)
        return add_days(monday, 7 * n_weeks + number) if monday else None
    if any(word in rel for word in ("that", "following", "previous")):
        story = scene.story(found.start)
        back = -1 if "previous" in rel else 1
        strict = "that" not in rel
        return weekday_from(story, number, direction=back, strict=strict) if story else None
    before = found.line.word(found.match.start() - 2).lower() + " " + found.before.lower()
    if published is None or before == "on a":
        return None
    if "last" in rel or "past" in rel or "latest" in rel:
        return weekday_from(published, number, direction=PAST, strict=True)
    if "next" in rel or "coming" in rel:
        return weekday_from(published, number, direction=FUTURE, strict=True)
    tense = FUTURE if "this" in rel and found.tense(scene) != PAST else found.tense(scene) or PAST
    return weekday_from(published, number, direction=tense, strict=False)


def today(found: Found, scene: Scene) -> Made | None:
    """Today, yesterday, tomorrow, tonight; with a part of the day."""
    word = found.get("t", "t2")
    offset = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    point = add_days(scene.published, offset) if scene.published else None
    value = point.value if point else "XXXX-XX-XX"
    part = found.get("p")
    if word == "tonight":
        part = "night"
    if found.has("t2"):
        part = next((w for w in found.words.split() if w in table("parts")), "")
    if part:
        return Made(TimexType.TIME, f"{value}T{table('parts').get(part, 'NI')}", point)
    return Made(TimexType.DATE, value if point or word == "today" else None, point)


def day_beyond(found: Found, scene: Scene) -> Made | None:
    """The day after tomorrow, the day before yesterday."""
    pair = (found.get("dir"), found.get("t"))
    offset = {("after", "tomorrow"): 2, ("before", "yesterday"): -2}.get(pair)
    if offset is None:
        return None
    return dated(add_days(scene.published, offset) if scene.published else None)
