"""What narrows an answer: time, actor, place, outlet, act, type, words, and how much of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from onrecord.errors import ConfigError
from onrecord.records.vocabularies import Act, EventType

# A day from 1 to 31 will do: as a bound, the 31st is the end of every month.
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
MAX_LIMIT = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What an answer is to hold; None takes all.

    Attributes:
        since: First day of publication, as 2024, 2024-05 or 2024-05-02.
        until: Last day of publication, with all of that day, month or year.
        actor: Name of somebody who speaks, acts, is acted on; or an actor code such as
            ``UKR.MIL``.
        place: Name of a town, region or country.
        outlet: Who published it.
        act: Act of a statement, in any case of letters.
        type: PLOVER's type of an event, in any case of letters.
        about: Words that the documents hold.
        limit: Most rows.

    Raises:
        ConfigError: A day, act or type is none, the first day lies behind the last, or the
            limit is not above zero.
    """

    since: str | None = None
    until: str | None = None
    actor: str | None = None
    place: str | None = None
    outlet: str | None = None
    act: str | None = None
    type: str | None = None
    about: str | None = None
    limit: int = 50

    def __post_init__(self) -> None:
        for name in ("since", "until"):
            value = getattr(self, name)
            if value is not None and not _DAY.fullmatch(value):
                raise ConfigError(setting=name, value=value, allowed="2024, 2024-05 or 2024-05-02")
        if self.since and self.until and self.since[: len(self.until)] > self.until:
            allowed = f"no day after until, which is {self.until}"
            raise ConfigError(setting="since", value=self.since, allowed=allowed)
        object.__setattr__(self, "act", _settled("act", self.act, Act))
        object.__setattr__(self, "type", _settled("type", self.type, EventType))
        if not 1 <= self.limit <= MAX_LIMIT:
            raise ConfigError(setting="limit", value=self.limit, allowed=f"1 to {MAX_LIMIT:,}")

    def takes_day(self, published: str | None) -> bool:
        """Whether a time of publication lies inside; what has none is taken without bounds.

        >>> Filters(since="2024-05", until="2024-05").takes_day("2024-05-31T08:00:00+00:00")
        True
        >>> Filters(since="2024-05").takes_day(None)
        False
        """
        if self.since is None and self.until is None:
            return True
        if published is None:
            return False
        if self.since is not None and published < self.since:
            return False
        return self.until is None or published[: len(self.until)] <= self.until

    def takes_outlet(self, outlet: str | None) -> bool:
        """Whether an outlet is the one asked for, in any case of letters."""
        return self.outlet is None or (outlet or "").casefold() == self.outlet.casefold()


def _settled(setting: str, given: str | None, words: Iterable[StrEnum]) -> str | None:
    """A word of a list as the list writes it."""
    known = {word.casefold(): str(word) for word in words}
    if given is None or given.casefold() in known:
        return given and known[given.casefold()]
    allowed = f"one of {', '.join(known.values())}"
    raise ConfigError(setting=setting, value=given, allowed=allowed)
