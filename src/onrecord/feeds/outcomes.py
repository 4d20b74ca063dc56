"""What came of entries: noted, gathered, handed on, and only then marked as done."""

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.feeds.articles import Found
from onrecord.feeds.settings import Clock, Event, Take
from onrecord.feeds.states import Done, FeedState, FeedStates, WaitingEntry
from onrecord.records import Document, Rejection

_HANDED_ON_AT_ONCE = 16


@dataclass(slots=True)
class Job:
    """Something to ask a host for: a feed, or the page of an entry of it."""

    state: FeedState
    waiting: WaitingEntry | None = None
    n_tries: int = 0

    @property
    def url(self) -> str:
        """What is asked for."""
        return (self.waiting and self.waiting.entry.url) or self.state.config.url


class Outcomes:
    """Gathers what was found until there is enough to be handed on."""

    def __init__(
        self, states: FeedStates, take: Take, clock: Clock, on_event: Callable[[Event], None]
    ) -> None:
        """Keep what is needed; nothing is found yet."""
        self._states, self._take, self._clock, self._on_event = states, take, clock, on_event
        self._found: list[tuple[FeedState, Done, Document | Rejection]] = []

    def keep(self, job: Job, found: Found) -> None:
        """An entry has its article, or is refused for good."""
        if job.waiting is None:
            return
        refused = found.found if isinstance(found.found, Rejection) else None
        outcome = "failed" if refused else "from_feed" if found.fallback else "read"
        self.note(job, found, outcome=outcome)
        reason = refused.reason if refused else None
        done = Done(feed=job.waiting.feed, key=job.waiting.key, reason=reason)
        self._found.append((job.state, done, found.found))
        if len(self._found) >= _HANDED_ON_AT_ONCE:
            self.hand_on()

    def note(self, job: Job, found: Found, *, outcome: str) -> None:
        """Remember what came of a page, and tell whoever watches why it was not read."""
        refused = found.found if isinstance(found.found, Rejection) else found.fallback
        self._states.note_page(
            job.state.number,
            job.url,
            self._clock.now(),
            outcome=outcome,
            reason=refused.reason if refused else None,
            detail=refused.detail if refused else None,
        )
        if refused:
            is_from_feed = found.fallback is not None
            self._on_event(
                Event(config=job.state.config, refused=refused, is_from_feed=is_from_feed)
            )

    def hand_on(self) -> None:
        """Hand on what was gathered, feed by feed, then mark it as done."""
        found, self._found = self._found, []
        by_feed: dict[str, list[Document | Rejection]] = {}
        for state, _, one in found:
            by_feed.setdefault(state.config.url, []).append(one)
        for url, items in by_feed.items():
            self._take(items, source=url)
        if found:
            self._states.finish(done for _, done, _ in found)
