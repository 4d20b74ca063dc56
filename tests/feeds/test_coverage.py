import datetime

import pytest

from onrecord.feeds.coverage import per_day, read_coverage, silent_since, usual_pause_s
from tests.feeds.worlds import FEED, START, World, item

HOUR = datetime.timedelta(hours=1)


def by_day(n_days: int, hours: range) -> list[datetime.datetime]:
    """Articles at some hours of each day before the start."""
    first = (START - datetime.timedelta(days=n_days)).replace(hour=0)
    return [
        first + datetime.timedelta(days=day) + hour * HOUR
        for day in range(n_days)
        for hour in hours
    ]


def test_a_paper_that_sleeps_at_night_is_not_silent_at_night() -> None:
    moments = by_day(20, range(7, 22))
    assert usual_pause_s(moments) == 10 * 3600
    assert silent_since(moments, moments[-1] + 12 * HOUR) is None
    assert silent_since(moments, moments[-1] + 21 * HOUR) == moments[-1]


def test_one_long_gap_among_many_is_not_usual() -> None:
    moments = by_day(20, range(24))
    moments = moments[:200] + moments[260:]
    assert usual_pause_s(moments) == 3600


def test_a_weekly_letter() -> None:
    moments = by_day(57, range(1))[::7]
    assert silent_since(moments, moments[-1] + 13 * 24 * HOUR) is None
    assert silent_since(moments, moments[-1] + 15 * 24 * HOUR) == moments[-1]


def test_what_is_usual_is_not_known_from_a_few() -> None:
    moments = by_day(4, range(1))
    assert usual_pause_s(moments) is None
    assert silent_since(moments, moments[-1] + 1000 * HOUR) is None
    assert silent_since([], START) is None


def test_a_burst_does_not_make_an_hour_a_silence() -> None:
    moments = [START + datetime.timedelta(seconds=second) for second in range(10)]
    assert silent_since(moments, START + HOUR) is None


def test_articles_a_day() -> None:
    moments = by_day(20, range(7, 22))
    assert per_day(moments, moments[-1]) == pytest.approx(15, abs=1)
    assert per_day([START, START], START + HOUR) == 2.0
    assert per_day([], START) == 0.0
    assert per_day([START], START + 31 * 24 * HOUR) == 0.0


def watched(n_articles: int) -> World:
    world = World()
    dates = (START - number * HOUR for number in range(1, n_articles + 1))
    stamps = [date.strftime("%a, %d %b %Y %H:%M:%S GMT") for date in dates]
    world.web.put_feed(*(item(n, whole=True, date=stamp) for n, stamp in enumerate(stamps)))
    world.poll()
    return world


def test_the_first_poll_tells_what_is_usual_by_the_dates_of_entries() -> None:
    world = watched(12)
    (row,) = read_coverage(world.store.connection)
    assert (row.url, row.outlet, row.n_entries) == (FEED, "Port Quill Courier", 12)
    assert (row.usual_pause_h, row.per_day, row.silent_since) == (1.0, 12.0, None)
    assert (row.failures, row.reason) == (0, None)


def test_a_feed_that_falls_silent() -> None:
    world = watched(12)
    last = START - HOUR
    for _ in range(3):
        world.clock.pass_by(hours=1)
        world.poll()
    (row,) = read_coverage(world.store.connection)
    assert row.silent_since == last.strftime("%Y-%m-%dT%H:%M:%SZ")
    world.clock.pass_by(days=90)
    world.poll()
    (row,) = read_coverage(world.store.connection)
    assert row.silent_since == last.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert row.per_day == 0.0


def test_a_feed_that_cannot_be_read_is_not_said_to_be_silent() -> None:
    world = watched(12)
    del world.web.answers[FEED]
    world.clock.pass_by(days=3)
    world.poll()
    (row,) = read_coverage(world.store.connection)
    assert row.silent_since is None
    assert (row.failures, row.reason) == (1, "not_found")
    assert row.last_success is not None
    assert row.last_success < "2026-03-02T09"


def test_feeds_that_were_never_read() -> None:
    world = World()
    world.poll()
    (row,) = read_coverage(world.store.connection)
    assert (row.last_success, row.last_new, row.per_day, row.silent_since) == (None,) * 4
    assert read_coverage(world.store.connection, {"https://other.example"}) == []
