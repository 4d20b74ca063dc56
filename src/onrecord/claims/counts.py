"""What the figures of a clause count: killed or wounded, of whom, how surely.

The count is told by the unit itself ("12 dead"), by the nearest word of `counts.tsv` behind
or before the number, or else by the nearest verb.
"""

import dataclasses
import functools
import math
import re
from collections.abc import Iterator, Sequence

from onrecord.claims.compatibility import Interval, interval_of
from onrecord.claims.facts import Facts, name_key
from onrecord.claims.figures import Figure, figures_in
from onrecord.claims.models import NOTHING, Count, Words
from onrecord.claims.texts import Clause, Word
from onrecord.claims.word_lists import counting, deeds, modes, singular, stem, thing_of, things
from onrecord.records import Span, TimexType

_REACH = 9
_MONEY = re.compile(
    r"\b(?:dollar|euro|pound|rouble|ruble|rupee|yuan|hryvnia|franc|shekel|peso|rial|riyal|dinar|"
    r"crown|krona|krone|lira|naira|rand|yen|real|dirham|taka|mark|cent)s?$",
    re.IGNORECASE,
)
_GENERAL = frozenset(("people", None))
# People whom writers count by themselves; other nouns for people leave open whom they leave out.
_APART = (
    "soldier fighter civilian child woman man police prisoner migrant journalist guard sheep cattle"
    " cow camel horse fish trout goat pig bird dog hive colony tree animal"
)
_OF_THINGS = frozenset(("destroyed", "deployed"))
_VAGUE = re.compile(
    r"\b(?:dozens|scores|hundreds|thousands|millions|tens of thousands)\b", re.IGNORECASE
)
_SERIES = re.compile(
    r"\b(?:per|each|every) (?:day|week|month|year)\b"
    r"|\ba (?:day|week|month|year)\b(?! (?:earlier|later|before|after|ago))",
    re.IGNORECASE,
)
_NONE_HURT = re.compile(
    r"\b(?:nobody|no one|no-one|none|"
    r"no (?:people|soldiers|civilians|casualties|victims|deaths|one))\b",
    re.IGNORECASE,
)
_SO_FAR = re.compile(r"\b(?:so far|thus far|to date|up to now|until now)\b", re.IGNORECASE)
# Counts of people who came to harm: a bare number can be one of them.
_HARM = frozenset("killed wounded missing arrested abducted displaced infected evacuated".split())
# A bare number as large as this counts money, not people.
_MOST_HARMED = 1e6
# Units that count people only by the verb beside them.
_LOOSE_UNITS = frozenset(stem(w) for w in ("life", "part", "body"))
_JOINT_CHARS = 8
_BREAKS = re.compile(r"[;:()]|,(?!\d)")


def counts_of(facts: Facts, clause: Clause) -> tuple[Count, ...]:
    """The figures of a clause that count something, in text order."""
    quantities = figures_in(facts, clause)
    spans = [q.span for q in quantities]
    found = [c for q in quantities if (c := _count(facts, clause, q, spans)) is not None]
    joined = [_joined(facts, one, found[n + 1 :]) for n, one in enumerate(found)]
    return tuple(_with_parts(joined))


def _joined(facts: Facts, one: Count, others: Sequence[Count]) -> Count:
    """A number that is joined to the next by "and" counts what that counts."""
    if one.what != "~" or not others:
        return one
    text = facts.text.text
    at = text.find(one.shown)
    behind = text[at + len(one.shown) : at + len(one.shown) + _JOINT_CHARS + len(others[0].shown)]
    is_joined = re.match(rf"\s*(?:,|and|, and)\s*{re.escape(others[0].shown)}", behind)
    return dataclasses.replace(one, what=others[0].what) if is_joined else one


def _with_parts(counts: Sequence[Count]) -> Iterator[Count]:
    """Of several numbers of one kind ("two women and one man died") each is a part."""
    for count in counts:
        same = [c for c in counts if c.what == count.what]
        is_total = count.thing is None and sum(c.thing is None for c in same) == 1
        yield count if len(same) == 1 or is_total else dataclasses.replace(count, is_part=True)


def _count(facts: Facts, clause: Clause, quantity: Figure, spans: Sequence[Span]) -> Count | None:
    text = facts.text.text
    shown = quantity.span.text_in(text)
    unit = (quantity.unit or "").split()
    what = _what(facts, clause, quantity, spans)
    if what is None or quantity.value == 0:
        return None
    thing = _thing(unit)
    if not unit and (what not in _HARM or quantity.value >= _MOST_HARMED):
        return None
    interval = interval_of(
        quantity.value, quantity.upper, quantity.comparator,
        is_word=_VAGUE.search(shown) is not None,
    )  # fmt: skip
    is_so_far = _is_so_far(facts, clause)
    if is_so_far and what in _HARM:
        interval = Interval(interval.low, math.inf)
    return Count(
        interval=interval,
        value=quantity.value,
        what=what,
        thing=_distinct(thing, what),
        of=_owners(facts, quantity),
        is_part=not what.startswith("%") and _is_part(facts, clause, quantity),
        is_long=_is_long(facts, clause) or (is_so_far and what not in _HARM),
        shown=shown,
    )  # fmt: skip


@functools.cache
def _apart() -> frozenset[str]:
    return frozenset(thing_of(w) for w in _APART.split())


def _distinct(thing: str | None, what: str) -> str | None:
    """What is counted, if it tells people apart: miners and comrades may be the same men."""
    if thing in _GENERAL or what == "money":
        return None
    is_of_people = not what.startswith(("~", "%")) and what not in _OF_THINGS
    return thing if not is_of_people or thing in _apart() else None


def _thing(unit: Sequence[str]) -> str | None:
    if not unit or (
        counting().of_stem.get(stem(unit[-1])) is not None and singular(unit[-1]) not in things()
    ):
        return None
    return thing_of(unit[-1])


def _owners(facts: Facts, quantity: Figure) -> Words:
    if quantity.unit is None:
        return NOTHING
    words = facts.text.words_in((quantity.span,))
    return frozenset(name_key(w.form) for w in words if facts.is_name(w)) or NOTHING


def _what(facts: Facts, clause: Clause, quantity: Figure, spans: Sequence[Span]) -> str | None:
    if _MONEY.search(quantity.unit or ""):
        return "money"
    if (quantity.unit or "").endswith("percent"):
        return _share(facts, clause)
    unit = stem(quantity.unit.split()[-1]) if quantity.unit else ""
    own = counting().of_stem.get(unit)
    if own is not None and own != "attended" and unit not in _LOOSE_UNITS:
        return own
    beside = _beside(facts, clause, quantity, spans)
    return beside or own or ("~" if quantity.unit else None)


def _beside(facts: Facts, clause: Clause, quantity: Figure, spans: Sequence[Span]) -> str | None:
    """What the nearest word of counting behind or before a number tells."""
    behind = list(_behind(facts, clause, quantity, spans))
    before = list(_before(facts, clause, quantity, spans))
    near = next(((w, n) for n, w in enumerate(before) if _known(w)), None)
    after = next(((w, n) for n, w in enumerate(behind) if _known(w)), None)
    if near is not None and (after is None or near[1] <= 1):
        return _known(near[0])
    return None if after is None else _known(after[0])


def _share(facts: Facts, clause: Clause) -> str | None:
    """What a percentage is of, by a word of its clause."""
    for word in facts.text.words_in(clause.spans):
        if deeds().of_stem.get(word.stem, ()) and "vote" in deeds().of_stem[word.stem]:
            return "%vote"
    return "%"


def _known(word: Word) -> str | None:
    return counting().of_stem.get(word.stem)


def _behind(
    facts: Facts, clause: Clause, quantity: Figure, spans: Sequence[Span]
) -> Iterator[Word]:
    """Words behind a number up to the next one, or the end of its part of the clause."""
    end = quantity.span.end
    limit = min([s.start for s in spans if s.start >= end] + [clause.spans[-1].end])
    if end >= limit:
        return
    mark = _BREAKS.search(facts.text.text, end, limit)
    limit = mark.start() if mark else limit
    if end < limit:
        yield from facts.text.words_in((Span(end, limit),))[:_REACH]


def _before(
    facts: Facts, clause: Clause, quantity: Figure, spans: Sequence[Span]
) -> Iterator[Word]:
    """Words before a number, the nearest first."""
    start = quantity.span.start
    first = max([s.end for s in spans if s.end <= start] + [clause.spans[0].start])
    if first >= start:
        return
    marks = [m.end() for m in _BREAKS.finditer(facts.text.text, first, start)]
    first = marks[-1] if marks else first
    if first < start:
        yield from reversed(facts.text.words_in((Span(first, start),))[-_REACH:])


def _is_part(facts: Facts, clause: Clause, quantity: Figure) -> bool:
    text = facts.text.text
    start, end = quantity.span.start, quantity.span.end
    before = facts.text.words_in((Span(max(0, start - 20), start),)) if start else []
    if any(w.lower in modes()["parts"] for w in before[-2:]):
        return True
    own = {w.lower for w in facts.text.words_in((quantity.span,))}
    if "more" in own and "than" not in own:
        return True
    if own & {"another", "additional", "further", "extra", "others", "other"}:
        return True
    behind = text[end : min(end + 24, clause.spans[-1].end)].lower()
    return bool(
        re.match(r"\s+(?:more|others|of (?:them|those|whom)|were among|was among|among)\b", behind)
    )


def _is_so_far(facts: Facts, clause: Clause) -> bool:
    text = facts.text.text
    return any(_SO_FAR.search(text, s.start, s.end) for s in clause.spans)


def _is_long(facts: Facts, clause: Clause) -> bool:
    if any(w.lower in modes()["long"] for w in facts.text.words_in(clause.spans)):
        return True
    text = facts.text.text
    if any(_SERIES.search(text, s.start, s.end) for s in clause.spans):
        return True
    times = facts.times_in(clause.spans)
    return any(t.type is TimexType.SET for t in times) or any(_is_year(t.value) for t in times)


def _is_year(value: str | None) -> bool:
    return value is not None and len(value) == 4 and value.isdigit()


def none_counted(facts: Facts, clause: Clause) -> tuple[Count, ...]:
    """A figure of none: "nobody was killed", "no casualties"."""
    text = facts.text.text
    found = next((m for s in clause.spans if (m := _NONE_HURT.search(text, s.start, s.end))), None)
    if found is None:
        return ()
    words = facts.text.words_in(clause.spans)
    behind = [w for w in words if w.start >= found.start()][: _REACH + 2]
    what = next((k for w in behind if (k := _known(w)) is not None), None)
    if "casualt" in found[0].lower() or "victim" in found[0].lower():
        what = "killed"
    if what is None:
        return ()
    return (Count(interval=Interval(0.0, 0.0), value=0.0, what=what, thing=None, shown=found[0]),)


def counts_none(count: Count) -> bool:
    """Whether it is a figure of none."""
    return count.interval.high == 0.0


def shown_counts(counts: Sequence[Count]) -> list[str]:
    """Figures as the text has them."""
    return [c.shown for c in counts]
