"""What the watch over feeds has brought: how much of each, and which have fallen silent."""

import datetime
import itertools
import math
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from onrecord.feeds.schedules import later, moment_of, stamp

_WINDOW_S = 30 * 86_400.0
_DAY_S = 86_400.0
_MOST_ENTRIES = 5000
# With fewer pauses behind it, nobody can say what is usual for a feed.
_LEAST_PAUSES = 5
_USUAL_SHARE = 0.99
_TIMES_USUAL = 2.0
_DAY_CHARS = len("2026-01-02")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedCoverage:
    """One feed, as the report shows it. Moments are ISO 8601 in UTC.

    Attributes:
        url: Its address.
        outlet: Who publishes it.
        last_success: When it was last read; None for never.
        last_new: When something new was last seen in it.
        n_entries: Entries that were seen, ever.
        n_waiting: Entries whose article is not taken yet.
        n_refused: Entries whose article was refused.
        per_day: Articles a day, over at most the last 30 days.
        usual_pause_h: The pause between two articles that is seldom longer, in hours.
        silent_since: When the last article came, if that is longer ago than is usual.
        failures: Polls in a row that failed.
        reason: Why the last poll failed.
        detail: Why, in words.
        next_at: When it is polled next, at the earliest.
    """

    url: str
    outlet: str
    last_success: str | None
    last_new: str | None
    n_entries: int
    n_waiting: int
    n_refused: int
    per_day: float | None
    usual_pause_h: float | None
    silent_since: str | None
    failures: int
    reason: str | None
    detail: str | None
    next_at: str

    def as_json(self) -> Mapping[str, object]:
        """The same as JSON values."""
        return asdict(self)


def read_coverage(
    connection: sqlite3.Connection, urls: Collection[str] | None = None
) -> list[FeedCoverage]:
    """The report on the feeds of a store, in the order in which they were named.

    Args:
        connection: The store's.
        urls: The feeds to report on; None for all that were ever watched.
    """
    rows = connection.execute(
        "SELECT number, url, outlet, last_success, last_new, failures, reason, detail, next_at"
        " FROM feeds ORDER BY number"
    ).fetchall()
    return [_coverage(connection, row) for row in rows if urls is None or row[1] in urls]


def _coverage(connection: sqlite3.Connection, row: Any) -> FeedCoverage:
    number, url, outlet, last_success, last_new, failures, reason, detail, next_at = row
    counts: dict[str, int] = dict(
        connection.execute(
            "SELECT status, count(*) FROM feed_entries WHERE feed = ? GROUP BY status", (number,)
        ).fetchall()
    )
    moments = _moments(connection, number)
    # While it cannot be read, nobody knows whether it is silent.
    looked = moment_of(last_success) if last_success else None
    pause_s = usual_pause_s(moments)
    silent = silent_since(moments, looked) if looked else None
    return FeedCoverage(
        url=url,
        outlet=outlet,
        last_success=last_success,
        last_new=last_new,
        n_entries=sum(counts.values()),
        n_waiting=counts.get("waiting", 0),
        n_refused=counts.get("refused", 0),
        per_day=per_day(moments, looked) if looked else None,
        usual_pause_h=None if pause_s is None else round(pause_s / 3600, 1),
        silent_since=stamp(silent) if silent else None,
        failures=failures,
        reason=reason,
        detail=detail,
        next_at=next_at,
    )


def _moments(connection: sqlite3.Connection, feed: int) -> list[datetime.datetime]:
    """When the last articles came, in order, up to 30 days before the last of them."""
    rows = connection.execute(
        "SELECT published, seen FROM feed_entries WHERE feed = ? ORDER BY seen DESC LIMIT ?",
        (feed, _MOST_ENTRIES),
    )
    moments = sorted(_moment(published, seen) for published, seen in rows)
    return [one for one in moments if one >= later(moments[-1], -_WINDOW_S)]


def _moment(published: str | None, seen: str) -> datetime.datetime:
    """An article that is dated later than it was seen came when it was seen."""
    if published is None or len(published) <= _DAY_CHARS:
        return moment_of(seen)
    return min(moment_of(seen), moment_of(published).astimezone(datetime.UTC))


def usual_pause_s(moments: Sequence[datetime.datetime]) -> float | None:
    """The pause between articles that one in a hundred is longer than; None for too few.

    Nights and weekends are pauses like others, so the longest ones count.
    """
    pauses = sorted(
        (second - first).total_seconds() for first, second in itertools.pairwise(moments)
    )
    if len(pauses) < _LEAST_PAUSES:
        return None
    return pauses[min(len(pauses) - 1, math.ceil(_USUAL_SHARE * len(pauses)) - 1)]


def silent_since(
    moments: Sequence[datetime.datetime], looked: datetime.datetime
) -> datetime.datetime | None:
    """When the last article came, if the feed has been silent for twice its usual pause.

    Args:
        moments: When its articles came, in order.
        looked: When it was last read.
    """
    pause_s = usual_pause_s(moments)
    if pause_s is None:
        return None
    silence_s = (looked - moments[-1]).total_seconds()
    return moments[-1] if silence_s > max(3600.0, _TIMES_USUAL * pause_s) else None


def per_day(moments: Iterable[datetime.datetime], looked: datetime.datetime) -> float:
    """Articles a day in the 30 days before the last look, or since the first; at least one day."""
    recent = [one for one in moments if one >= later(looked, -_WINDOW_S)]
    if not recent:
        return 0.0
    days = max(1.0, (looked - recent[0]).total_seconds() / _DAY_S)
    return round(len(recent) / days, 1)
