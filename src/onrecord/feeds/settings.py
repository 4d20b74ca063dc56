"""What a round over feeds is given: time, where articles go, how to poll, whom to tell."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from onrecord.feeds.configs import FeedConfig
from onrecord.inputs.options import ReadOptions
from onrecord.records import Document, Rejection


class Clock(Protocol):
    """Time, and waiting for it."""

    def now(self) -> datetime.datetime:
        """The time in UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class Take(Protocol):
    """Takes what was found in a feed: reads it and keeps it."""

    def __call__(self, found: Iterable[Document | Rejection], *, source: str | None) -> object:
        """Take articles and refusals; returns when they are kept."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOptions:
    """How to poll.

    Attributes:
        interval_s: Time between two polls of a feed that names none.
        delay_s: Least time between two requests to one host.
        read: Assumptions and limits of reading pages.
    """

    interval_s: float = 900.0
    delay_s: float = 2.0
    read: ReadOptions = field(default_factory=ReadOptions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that a person who watches may want to know.

    Attributes:
        config: The feed.
        n_new: New entries, when it was polled.
        refused: Why the feed, or a page of it, was not read.
        is_from_feed: Whether the feed's own text was taken instead of the page.
    """

    config: FeedConfig
    n_new: int | None = None
    refused: Rejection | None = None
    is_from_feed: bool = False
