"""Large and strange texts cost no more per character than small ones."""

import time
from collections.abc import Callable

import pytest

from onrecord.segment.quotations import pair_quotes
from onrecord.segment.sentences import split_sentences

_SMALL, _FACTOR = 6_000, 8
# Time per character may grow by this much: a quadratic step would grow by the factor of 8.
_MOST = 4.0

UNITS = [
    "a",
    " ",
    "\n",
    ".",
    ". ",
    "A. ",
    "…",
    "。”",
    "\u200b",
    "! (",
    '"',
    "“",
    "”",
    "'",
    "‘",
    "’",
    "''",
    "``",
    "«",
    "»",
    "“a ",
    "“‘",
    "s’ a",
    "‘s’ ",
    "'s' ",
    "5'10\"",
    '"a\n',
]


def seconds(work: Callable[[str], object], text: str) -> float:
    start = time.perf_counter()
    work(text)
    return time.perf_counter() - start


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("work", [split_sentences, pair_quotes])
def test_time_grows_with_the_length_and_no_faster(work: Callable[[str], object], unit: str) -> None:
    small = unit * (_SMALL // len(unit))
    for _ in range(4):  # a busy machine may slow one of the two
        ratio = seconds(work, small * _FACTOR) / max(seconds(work, small), 1e-3)
        if ratio < _MOST * _FACTOR:
            return
    pytest.fail(f"{_FACTOR} times the text takes {ratio:.0f} times as long")


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit", ["a", ".", "The dam held, and so did the road. “It is over,” Ms Chen said.\n"]
)
def test_five_megabytes_of_one_thing(unit: str) -> None:
    text = unit * (5_000_000 // len(unit))
    start = time.perf_counter()
    split_sentences(text)
    pair_quotes(text)
    assert time.perf_counter() - start < 60
