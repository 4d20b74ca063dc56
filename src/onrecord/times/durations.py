"""Values of durations, of what is counted from a date, of sets, and of now, past and future."""

from onrecord.records import TimexType
from onrecord.times.calendars import Point, duration_value, shifted, unit_value
from onrecord.times.days import weekday_number
from onrecord.times.matches import Found, Made, number_of, table, unit_of
from onrecord.times.scenes import Scene
from onrecord.times.years import ordinal_number

# Before "a week", these show that it is how long and not how often.
_BEFORE_DURATIONS = frozenset(
    """for in within after about nearly almost over than least most takes took lasted lasting last
    spent under around during another roughly approximately of by just only up to -""".split()
)
_LONG_UNITS = frozenset({"Y", "M", "W", "DE"})
_OFTEN = frozenset("percent % times once twice million billion hours hour trillion".split())


def _counted(found: Found, group: str = "n") -> float | None:
    return number_of(found.get(group)) if found.has(group) else None


def ago(found: Found, scene: Scene) -> Made | None:
    """Three weeks ago, a year ago, ten years from now, year-ago."""
    unit = unit_of(found.get("u"))
    back = found.get("dir") in {"ago", "back"} or "earlier" in found.get("dir")
    n = _counted(found)
    if not found.has("n"):
        singular = not found.get("u").endswith("s")
        if "earlier" in found.words and not singular:
            return None
        if singular and found.words.split()[0] not in {"a", "the", found.get("u")}:
            return None
        n = 1.0 if singular else None
    if n is None:
        return Made(TimexType.DATE, "PAST_REF" if back else "FUTURE_REF")
    return _away(scene.published, unit, -n if back else n)


def _away(point: Point | None, unit: str, n: float) -> Made:
    """What lies some units from a point, as fine as the unit."""
    if unit.startswith("T"):
        return Made(TimexType.TIME, None)
    if point is None:
        return Made(TimexType.DATE, None)
    if unit in {"DE", "CE"}:
        year = point.year + round(n * (10 if unit == "DE" else 100))
        return Made(TimexType.DATE, unit_value(_year_point(year), unit))
    if unit == "Y" and n == int(n):
        year = point.year + int(n)
        if -9999 <= year < 0:
            return Made(TimexType.DATE, f"BC{-year:04d}")
    moved = shifted(point, unit, n)
    fine = {"WE": "W", "F": "W"}.get(unit, unit)
    if n != int(n) and unit in {"Y", "Q"}:
        fine = "M"
    return Made(TimexType.DATE, unit_value(moved, fine), moved if fine in {"D", "M", "Y"} else None)


def _year_point(year: int) -> Point | None:
    return Point(year) if 1 <= year <= 9999 else None


def later(found: Found, scene: Scene) -> Made | None:
    """Three days later, a year earlier, hours later: counted from the story."""
    unit, word = unit_of(found.get("u")), found.get("dir")
    is_singular = not found.get("u").endswith("s")
    if not found.has("n") and is_singular:
        return None
    n = _counted(found)
    story = scene.day(found.start) if unit in {"D", "W"} else scene.story_in_paragraph(found.start)
    if story is None and unit in {"Y", "DE", "CE"}:
        story = scene.story(found.start)
    if story is None and word == "earlier":
        story = scene.published
    if n is None:
        kind = TimexType.TIME if unit.startswith("T") else TimexType.DATE
        return Made(kind, None)
    if unit == "W" and story is not None:
        moved = shifted(story, "W", n if word == "later" else -n)
        return Made(TimexType.DATE, unit_value(moved, "W"))
    return _away(story, unit, n if word == "later" else -n)


def duration(found: Found, _scene: Scene) -> Made | None:
    """Two years, the next six months, 18-month, several hours."""
    word = found.get("u")
    unit = unit_of(word)
    if found.has("old") or found.after.lower() in {"old", "olds"}:
        return None
    if _names_something(found, word):
        return None
    n = _counted(found)
    if n is not None and found.has("half"):
        n += 0.5
    return Made(TimexType.DURATION, duration_value(n, unit))


def _names_something(found: Found, word: str) -> bool:
    """Whether the words are three quarters of a thing, or the 2008 quarter."""
    after, number = found.after.lower(), found.get("n")
    if word in {"quarters", "quarter"} and after in {"of", "final", "finals", "back"}:
        return True
    if word == "quarter" and len(number) == 4 and number.isdigit():
        return True
    is_plural = word.endswith("s") or "-" in found.words or "–" in found.words
    return not is_plural and number_of(number) is None


def one_unit(found: Found, _scene: Scene) -> Made | None:
    """A year: how long it takes, or how often it comes."""
    unit, before = unit_of(found.get("u")), found.before.lower()
    if found.get("u") in {"second", "minute", "quarter"} or found.after.lower() in {
        "old",
        "of",
        "when",
    }:
        return None
    n = 1.5 if found.has("half") else 1.0
    lasting = before in _BEFORE_DURATIONS or len(found.words.split()) > 2
    if lasting:
        return Made(TimexType.DURATION, duration_value(n, unit))
    rate = before in _OFTEN or before[:1].isdigit() or (before.endswith("s") and len(before) > 3)
    if rate and unit != "TS":
        return Made(TimexType.SET, duration_value(1, unit))
    return Made(TimexType.DURATION, duration_value(n, unit)) if unit in _LONG_UNITS else None


def open_units(found: Found, _scene: Scene) -> Made | None:
    """Recent years, the coming months, the past weeks."""
    unit, rel = unit_of(found.get("u")), found.get("rel")
    if rel == "recent":
        return Made(TimexType.DATE, "PAST_REF")
    if rel == "coming":
        return Made(TimexType.DATE, "FUTURE_REF")
    if found.after.lower() == "of":
        return None
    return Made(TimexType.DURATION, duration_value(None, unit))


def bare_units(found: Found, _scene: Scene) -> Made | None:
    """For years, decades-long, over the years."""
    return Made(TimexType.DURATION, duration_value(None, unit_of(found.get("u", "u2", "u3"))))


def ordinal_unit(found: Found, _scene: Scene) -> Made | None:
    """The sixth month: a date, of which the text does not tell when it is."""
    if ordinal_number(found.get("o")) == 0 or found.after in {"-", "–"}:
        return None
    return Made(TimexType.DATE, None)


def every(found: Found, _scene: Scene) -> Made | None:
    """Every Monday, each year, every two weeks, twice a week, every October."""
    word = found.get("u").removesuffix(" .")
    named = _named_set(word)
    if named is not None:
        part = f"T{table('parts')[found.get('p')]}" if found.has("p") else ""
        return Made(TimexType.SET, named + part)
    if found.after.lower() == "of" or word == "second":
        return None
    n = 2.0 if found.has("other") else _counted(found) or 1.0
    return Made(TimexType.SET, duration_value(n, unit_of(word)))


def _named_set(word: str) -> str | None:
    """The value of every October, every spring, every night, every Monday, every weekend."""
    if word in table("months"):
        return f"XXXX-{table('months')[word]:02d}"
    if word in table("seasons"):
        return f"XXXX-{table('seasons')[word]}"
    if word in table("parts"):
        return f"XXXX-XX-XXT{table('parts')[word]}"
    if word == "weekend":
        return "XXXX-WXX-WE"
    if word.endswith("day") and word != "day":
        return f"XXXX-WXX-{weekday_number(word) + 1}"
    return None


def weekdays(found: Found, _scene: Scene) -> Made | None:
    """Tuesdays, Tuesday nights."""
    number = weekday_number(found.get("wds", "wd")) + 1
    part = table("parts")[found.get("ps").removesuffix("s")] if found.has("ps") else ""
    return Made(TimexType.SET, f"XXXX-WXX-{number}" + (f"T{part}" if part else ""))


def set_word(found: Found, _scene: Scene) -> Made | None:
    """Daily, annual; no part of a name such as the Daily Post."""
    if found.line.word(found.match.start())[0].isupper() and (
        found.after[:1].isupper() or found.before[:1].isupper() or found.before.lower() == "the"
    ):
        return None
    return Made(TimexType.SET, table("sets")[found.get("set")])


def present_ref(_found: Found, _scene: Scene) -> Made:
    """Now, currently, these days."""
    return Made(TimexType.DATE, "PRESENT_REF")


def past_ref(_found: Found, _scene: Scene) -> Made:
    """Recently, in the past."""
    return Made(TimexType.DATE, "PAST_REF")


def future_ref(_found: Found, _scene: Scene) -> Made:
    """Soon, in the future."""
    return Made(TimexType.DATE, "FUTURE_REF")
