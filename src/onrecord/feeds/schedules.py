"""When to try again, and when to poll next: arithmetic of times, without a clock."""

import datetime
import email.utils
import math

# A round tries so often; what still fails then waits for the next.
MAX_TRIES = 3
_FIRST_RETRY_S = 5.0
_LONGEST_S = 86_400.0
# A page that failed in so many rounds is given up.
MAX_ATTEMPTS = 5
_FIRST_PAGE_RETRY_S = 900.0


def stamp(moment: datetime.datetime) -> str:
    """A moment as text: ISO 8601 in UTC, to the second, so that texts sort as moments do.

    >>> stamp(datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC))
    '2026-01-02T03:04:05Z'
    """
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_of(given: str) -> datetime.datetime:
    """The moment that `stamp` wrote."""
    return datetime.datetime.fromisoformat(given)


def later(moment: datetime.datetime, seconds: float) -> datetime.datetime:
    """A moment so many seconds later."""
    return moment + datetime.timedelta(seconds=seconds)


def backoff_s(n_failures: int, chance: float, *, first_s: float = _FIRST_RETRY_S) -> float:
    """Seconds to wait after failures in a row: doubled each time, up to a day.

    Args:
        n_failures: At least 1.
        chance: 0 to 1; takes off up to half, so that many do not come back together.
        first_s: The longest wait after the first.

    >>> [backoff_s(n, 1.0) for n in (1, 2, 3)], backoff_s(1, 0.0)
    ([5.0, 10.0, 20.0], 2.5)
    """
    whole = min(_LONGEST_S, first_s * 2.0 ** min(n_failures - 1, 30))
    return whole * (0.5 + 0.5 * chance)


def page_backoff_s(n_attempts: int, chance: float) -> float:
    """Seconds until a page is tried in a later round."""
    return backoff_s(n_attempts, chance, first_s=_FIRST_PAGE_RETRY_S)


def retry_after_s(given: str | None, now: datetime.datetime) -> float | None:
    """Seconds that a server asks to wait, at most a day; None when it does not say.

    >>> now = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
    >>> retry_after_s("120", now), retry_after_s("Fri, 02 Jan 2026 00:01:00 GMT", now)
    (120.0, 60.0)
    """
    if given is None:
        return None
    if given.isdecimal() and len(given) < 12:
        seconds = float(given)
    else:
        try:
            moment = email.utils.parsedate_to_datetime(given)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=datetime.UTC)
        seconds = (moment - now).total_seconds()
    return min(_LONGEST_S, max(0.0, seconds)) if math.isfinite(seconds) else None


def next_poll(
    now: datetime.datetime, interval_s: float, n_failures: int, chance: float
) -> datetime.datetime:
    """When a feed is polled next: after its interval, after failures later and later."""
    if n_failures == 0:
        return later(now, interval_s)
    return later(now, max(interval_s, backoff_s(n_failures, chance, first_s=2 * interval_s)))
