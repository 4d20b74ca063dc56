"""What a store remembers of feeds: their marks and failures, and which entries were taken.

Nothing here fetches or looks at a clock.
"""

import dataclasses
import datetime
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from onrecord.feeds.configs import FeedConfig
from onrecord.feeds.schedules import later, moment_of, stamp
from onrecord.inputs.feed_entries import Entry
from onrecord.records import RejectionReason

_KEPT_FETCHES_S = 90 * 86_400.0


class FeedStore(Protocol):
    """As much of a store as feeds need."""

    @property
    def connection(self) -> sqlite3.Connection:
        """The file, without transactions of its own."""
        ...

    def writing(self) -> AbstractContextManager[Any]:
        """One transaction."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """A feed of the user's file with what is remembered of it.

    Attributes:
        number: In the store.
        config: As the user's file has it.
        etag: The server's mark of what was read last.
        last_modified: The server's date of it.
        last_polled: When it was last asked for.
        n_failures: Polls in a row that failed.
        next_at: When it is to be polled next.
        held_until: The server asked not to come before.
    """

    number: int
    config: FeedConfig
    etag: str | None
    last_modified: str | None
    last_polled: datetime.datetime | None
    n_failures: int
    next_at: datetime.datetime
    held_until: datetime.datetime | None

    def is_due(self, now: datetime.datetime) -> bool:
        """Whether its time has come; after the clock was set back, it always has."""
        is_odd = self.last_polled is not None and self.last_polled > now
        return is_odd or self.next_at <= now

    def may_be_polled(self, now: datetime.datetime) -> bool:
        """Whether it may be polled before its time: it does not fail, and its server lets us."""
        return self.n_failures == 0 and (self.held_until is None or self.held_until <= now)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingEntry:
    """An entry whose article is not taken yet."""

    feed: int
    key: str
    entry: Entry
    n_attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An entry that is done with: taken, or refused for a reason."""

    feed: int
    key: str
    reason: RejectionReason | None = None


class FeedStates:
    """Reads and writes the tables of feeds."""

    def __init__(self, store: FeedStore) -> None:
        """Keep the store; it has the tables already."""
        self._store = store

    def load(self, configs: Iterable[FeedConfig], now: datetime.datetime) -> list[FeedState]:
        """The states of feeds, in their order; new ones are remembered from now on."""
        configs = list(configs)
        with self._store.writing():
            self._store.connection.executemany(
                "INSERT INTO feeds (url, outlet, family, language, first_polled, next_at)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET"
                " outlet = excluded.outlet, family = excluded.family, language = excluded.language",
                [(c.url, c.outlet, c.family, c.language, stamp(now), stamp(now)) for c in configs],
            )
        return [self.state(config) for config in configs]

    def state(self, config: FeedConfig) -> FeedState:
        """The state of one feed, which is known."""
        row = self._store.connection.execute(
            "SELECT number, etag, last_modified, last_polled, failures, next_at, held_until"
            " FROM feeds WHERE url = ?",
            (config.url,),
        ).fetchone()
        number, etag, last_modified, polled, failures, next_at, held_until = row
        return FeedState(
            number=number,
            config=config,
            etag=etag,
            last_modified=last_modified,
            last_polled=None if polled is None else moment_of(polled),
            n_failures=failures,
            next_at=moment_of(next_at),
            held_until=None if held_until is None else moment_of(held_until),
        )

    def succeed(
        self,
        state: FeedState,
        entries: Sequence[Entry],
        *,
        etag: str | None,
        last_modified: str | None,
        now: datetime.datetime,
        next_at: datetime.datetime,
        is_unchanged: bool = False,
    ) -> list[WaitingEntry]:
        """A poll went well: remember the marks and the entries that are new, which are returned."""
        with self._store.writing():
            new = [one for entry in entries if (one := self._add(state.number, entry, now))]
            self._store.connection.execute(
                "UPDATE feeds SET etag = ?, last_modified = ?, last_polled = ?, last_success = ?,"
                " last_new = CASE WHEN ? THEN ? ELSE last_new END, failures = 0, next_at = ?,"
                " reason = NULL, detail = NULL, held_until = NULL WHERE number = ?",
                (etag, last_modified, stamp(now), stamp(now), len(new), stamp(now),
                 stamp(next_at), state.number),
            )  # fmt: skip
            outcome = "unchanged" if is_unchanged else "read"
            self._note(state.number, state.config.url, outcome, now, n_new=len(new))
        return new

    def fail(
        self,
        state: FeedState,
        reason: RejectionReason,
        detail: str,
        *,
        now: datetime.datetime,
        next_at: datetime.datetime,
    ) -> None:
        """A poll failed."""
        with self._store.writing():
            self._store.connection.execute(
                "UPDATE feeds SET last_polled = ?, failures = failures + 1, next_at = ?,"
                " reason = ?, detail = ? WHERE number = ?",
                (stamp(now), stamp(next_at), reason.value, detail, state.number),
            )
            self._note(state.number, state.config.url, "failed", now, reason=reason, detail=detail)

    def hold(self, state: FeedState, next_at: datetime.datetime) -> None:
        """Let a feed rest, as its host asks for it; that is no failure."""
        with self._store.writing():
            self._store.connection.execute(
                "UPDATE feeds SET next_at = ?, held_until = ? WHERE number = ?",
                (stamp(next_at), stamp(next_at), state.number),
            )

    def waiting(self, feed: int, now: datetime.datetime, limit: int) -> list[WaitingEntry]:
        """Entries of a feed whose articles may be tried now, those first that wait longest."""
        rows = self._store.connection.execute(
            "SELECT key, entry, attempts FROM feed_entries WHERE feed = ? AND status = 'waiting'"
            " AND next_at <= ? ORDER BY next_at, key LIMIT ?",
            (feed, stamp(now), limit),
        )
        return [
            WaitingEntry(feed=feed, key=key, entry=Entry(**json.loads(entry)), n_attempts=attempts)
            for key, entry, attempts in rows
        ]

    def next_waiting(self, feed: int) -> datetime.datetime | None:
        """When the next article of a feed may be tried."""
        (at,) = self._store.connection.execute(
            "SELECT min(next_at) FROM feed_entries WHERE feed = ? AND status = 'waiting'", (feed,)
        ).fetchone()
        return None if at is None else moment_of(at)

    def postpone(self, one: WaitingEntry, next_at: datetime.datetime, *, n_attempts: int) -> None:
        """An article is to be tried again in a later round."""
        with self._store.writing():
            self._store.connection.execute(
                "UPDATE feed_entries SET attempts = ?, next_at = ? WHERE feed = ? AND key = ?",
                (n_attempts, stamp(next_at), one.feed, one.key),
            )

    def finish(self, done: Iterable[Done]) -> None:
        """Entries are done with, and what waited with them is let go."""
        with self._store.writing():
            self._store.connection.executemany(
                "UPDATE feed_entries SET status = ?, reason = ?, next_at = NULL, entry = NULL"
                " WHERE feed = ? AND key = ?",
                [
                    ("refused" if one.reason else "taken", one.reason, one.feed, one.key)
                    for one in done
                ],
            )

    def note_page(
        self,
        feed: int,
        url: str,
        now: datetime.datetime,
        *,
        outcome: str,
        reason: RejectionReason | None = None,
        detail: str | None = None,
    ) -> None:
        """Remember what came of asking for a page."""
        with self._store.writing():
            self._note(feed, url, outcome, now, reason=reason, detail=detail)

    def forget_old(self, now: datetime.datetime) -> None:
        """Let go of fetches that are some months old; entries and feeds stay."""
        with self._store.writing():
            self._store.connection.execute(
                "DELETE FROM feed_fetches WHERE at < ?", (stamp(later(now, -_KEPT_FETCHES_S)),)
            )

    def _add(self, feed: int, entry: Entry, now: datetime.datetime) -> WaitingEntry | None:
        """Remember an entry, unless it is known."""
        key = hashlib.sha256(entry.key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        added = self._store.connection.execute(
            "INSERT INTO feed_entries (feed, key, url, published, seen, status, next_at, entry)"
            " VALUES (?, ?, ?, ?, ?, 'waiting', ?, ?) ON CONFLICT DO NOTHING",
            (feed, key, entry.url, entry.published, stamp(now), stamp(now),
             json.dumps(dataclasses.asdict(entry))),
        )  # fmt: skip
        if added.rowcount != 1:
            return None
        return WaitingEntry(feed=feed, key=key, entry=entry, n_attempts=0)

    def _note(
        self,
        feed: int,
        url: str,
        outcome: str,
        now: datetime.datetime,
        *,
        reason: RejectionReason | None = None,
        detail: str | None = None,
        n_new: int = 0,
    ) -> None:
        self._store.connection.execute(
            "INSERT INTO feed_fetches (feed, url, at, outcome, reason, detail, n_new)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (feed, url, stamp(now), outcome, reason, detail, n_new),
        )
