import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.feeds.schedules import (
    backoff_s,
    later,
    moment_of,
    next_poll,
    retry_after_s,
    stamp,
)

NOW = datetime.datetime(2026, 3, 2, 8, 0, 0, tzinfo=datetime.UTC)


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_waits_grow_to_a_day_at_most(n_failures: int, chance: float) -> None:
    wait_s = backoff_s(n_failures, chance)
    assert 2.5 <= wait_s <= 86_400
    assert wait_s <= backoff_s(n_failures + 1, 1.0)


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        (None, None), ("", None), ("0", 0.0), ("90", 90.0), ("99999999", 86_400.0), ("-5", None),
        ("soon", None), ("1.5", None), ("9" * 400, None), ("²", None),
        ("Mon, 02 Mar 2026 08:10:00 GMT", 600.0), ("Mon, 02 Mar 2026 08:10:00 -0000", 600.0),
        ("Mon, 02 Mar 2020 08:10:00 GMT", 0.0), ("Mon, 99 Mar 99999 08:10:00 GMT", None),
    ],
)  # fmt: skip
def test_when_a_server_says_to_come_again(given_: str | None, expected: float | None) -> None:
    assert retry_after_s(given_, NOW) == expected


def test_the_next_poll() -> None:
    assert next_poll(NOW, 900, 0, 0.5) == later(NOW, 900)
    assert next_poll(NOW, 900, 1, 1.0) == later(NOW, 1800)
    assert next_poll(NOW, 900, 1, 0.0) == later(NOW, 900)
    assert next_poll(NOW, 900, 99, 1.0) == later(NOW, 86_400)
    assert next_poll(NOW, 200_000, 99, 1.0) == later(NOW, 200_000)


@given(st.integers(0, 2**32))
def test_moments_as_text_and_back(seconds: int) -> None:
    moment = later(NOW, seconds)
    assert moment_of(stamp(moment)) == moment.replace(microsecond=0)
