"""One round over feeds: poll those that are due, fetch what is new, hand the articles on.

The clock, chance and the fetching are given, so that a test waits for nothing and asks
nobody. Requests are made one after another, by turns of the hosts (`hosts.py`). What is
handed on is marked as taken only afterwards: a program that is stopped takes some
articles twice, which adds nothing, and loses none.
"""

import datetime
from collections.abc import Callable, Sequence

from onrecord.feeds import schedules
from onrecord.feeds.articles import from_feed, from_page, without_page
from onrecord.feeds.configs import FeedConfig
from onrecord.feeds.hosts import HostQueue
from onrecord.feeds.outcomes import Job, Outcomes
from onrecord.feeds.robots import Fetch, Robots
from onrecord.feeds.settings import Clock, Event, PollOptions, Take
from onrecord.feeds.states import FeedState, FeedStates, FeedStore, WaitingEntry
from onrecord.inputs.addresses import FetchError, parse_address
from onrecord.inputs.decoding import DecodeError, decode
from onrecord.inputs.feed_entries import Feed, parse_feed
from onrecord.inputs.feed_trees import FeedError
from onrecord.inputs.fetching import FEED, PAGE, Page, Request
from onrecord.records import Rejection, RejectionReason

# A host that asks for a longer rest is left for a later round.
_LONGEST_WAIT_S = 120.0
# So that a round ends soon enough for all feeds, whatever one of them holds: pages of one
# feed, and requests that failed in a row at one host before it is left.
_PAGES_A_ROUND = 50
_MOST_TROUBLE = 6
_REST_AFTER_TROUBLE_S = 900.0


class Poller:
    """Polls feeds, round by round."""

    def __init__(
        self,
        store: FeedStore,
        take: Take,
        *,
        fetch: Fetch,
        clock: Clock,
        chance: Callable[[], float],
        options: PollOptions | None = None,
        on_event: Callable[[Event], None] | None = None,
    ) -> None:
        """Keep what is needed.

        Args:
            store: Where feeds are remembered; it has their tables.
            take: Takes the articles.
            fetch: Gets a page, or raises FetchError.
            clock: Time, and waiting.
            chance: A number from 0 to 1, another each time.
            options: How to poll.
            on_event: Told what happens.
        """
        self.states = FeedStates(store)
        self._fetch, self._clock, self._chance = fetch, clock, chance
        self._options = options or PollOptions()
        self._on_event = on_event or (lambda _event: None)
        self._robots = Robots(fetch, self._seconds)
        self._outcomes = Outcomes(self.states, take, clock, self._on_event)
        self._queue: HostQueue[Job] = HostQueue()
        self._room: dict[int, int] = {}
        self._trouble: dict[str, int] = {}

    def poll(self, configs: Sequence[FeedConfig], *, only_due: bool = True) -> None:
        """One round.

        Args:
            configs: The feeds.
            only_due: Whether to leave feeds whose time has not come. Those that failed,
                and those whose host asked for a rest, are left in any case.
        """
        now = self._clock.now()
        states = {state.number: state for state in self.states.load(configs, now)}
        for state in states.values():
            if state.is_due(now) or (not only_due and state.may_be_polled(now)):
                self._add(Job(state))
        self._room, self._trouble = dict.fromkeys(states, _PAGES_A_ROUND), {}
        for state in states.values():
            self._add_pages(state, self.states.waiting(state.number, now, _PAGES_A_ROUND))
        while (entry := self._queue.pop()) is not None:
            ready_at, host, job = entry
            if (wait_s := ready_at - self._seconds()) > 0:
                # No wait is longer, but for a clock that was set back meanwhile.
                self._clock.sleep(min(wait_s, _LONGEST_WAIT_S))
            self._do(job, host)
        self._outcomes.hand_on()
        self.states.forget_old(self._clock.now())

    def next_at(self, configs: Sequence[FeedConfig]) -> datetime.datetime:
        """When the next round has something to do."""
        states = [self.states.state(config) for config in configs]
        waiting = (self.states.next_waiting(state.number) for state in states)
        return min([*(state.next_at for state in states), *(one for one in waiting if one)])

    def _seconds(self) -> float:
        return self._clock.now().timestamp()

    def _add_pages(self, state: FeedState, waiting: Sequence[WaitingEntry]) -> None:
        """The pages of entries, as far as this round has room for them; the rest waits."""
        for one in waiting[: self._room[state.number]]:
            self._room[state.number] -= 1
            self._add(Job(state, one))

    def _add(self, job: Job, *, wait_s: float = 0.0) -> None:
        if job.waiting is not None and job.waiting.entry.url is None:
            config = job.state.config
            self._outcomes.keep(job, without_page(job.waiting.entry, config, self._options.read))
            return
        try:
            host = parse_address(job.url).authority
        except FetchError as error:
            self._failed(job, error)
            return
        self._queue.add(host, self._seconds() + wait_s, job)

    def _do(self, job: Job, host: str) -> None:
        """Make one request: for the rules of the site if they are not known, else the job's."""
        address = parse_address(job.url)
        rules = self._robots.known(address)
        if rules is None:
            rules = self._robots.ask(address)
            self._queue.hold(host, self._seconds() + max(self._options.delay_s, rules.delay_s))
            self._queue.add(host, self._seconds(), job)
            return
        try:
            rules.check(job.url)
            page = self._fetch(job.url, _request(job))
            self._check_end(address.authority, page)
        except FetchError as error:
            self._rest(host, rules.delay_s)
            self._retry(job, host, error)
            return
        self._rest(host, rules.delay_s)
        self._trouble[host] = 0
        if job.waiting is None:
            self._read_feed(job, page)
        else:
            found = from_page(page, job.waiting.entry, job.state.config, self._options.read)
            self._outcomes.keep(job, found)

    def _rest(self, host: str, asked_s: float) -> None:
        self._queue.hold(host, self._seconds() + max(self._options.delay_s, asked_s))

    def _check_end(self, host: str, page: Page) -> None:
        """Whether the site at the end of redirects allows to read the page, too.

        Raises:
            FetchError: It does not.
        """
        address = parse_address(page.url)
        if address.authority == host:
            return
        rules = self._robots.known(address) or self._robots.ask(address)
        self._rest(address.authority, rules.delay_s)
        rules.check(page.url)

    def _retry(self, job: Job, host: str, error: FetchError) -> None:
        """Try again what may pass, later in this round, or in a later one."""
        job.n_tries += 1
        self._trouble[host] = self._trouble.get(host, 0) + error.may_pass
        is_dead = self._trouble[host] >= _MOST_TROUBLE
        asked_s = schedules.retry_after_s(error.retry_after, self._clock.now())
        if error.may_pass and asked_s is not None and asked_s > _LONGEST_WAIT_S:
            self._leave(job, host, asked_s, error)
        elif error.may_pass and job.n_tries < schedules.MAX_TRIES and not is_dead:
            wait_s = max(asked_s or 0.0, schedules.backoff_s(job.n_tries, self._chance()))
            self._queue.hold(host, self._seconds() + (asked_s or 0.0))
            self._add(job, wait_s=wait_s)
        else:
            self._failed(job, error)
            if is_dead:
                self._let_rest(self._queue.drop(host), _REST_AFTER_TROUBLE_S)

    def _leave(self, job: Job, host: str, asked_s: float, error: FetchError) -> None:
        """Leave all jobs of a host that asks for a long rest."""
        self._let_rest([job, *self._queue.drop(host)], asked_s)
        rejection = Rejection(source=job.url, reason=error.reason, detail=error.detail)
        self._on_event(Event(config=job.state.config, refused=rejection))

    def _let_rest(self, jobs: Sequence[Job], wait_s: float) -> None:
        """Jobs are left for a later round, which is no failure of theirs."""
        next_at = schedules.later(self._clock.now(), wait_s)
        for job in jobs:
            if job.waiting is not None:
                attempts = job.waiting.n_attempts
                self.states.postpone(job.waiting, next_at, n_attempts=attempts)
            else:
                self.states.hold(job.state, next_at)

    def _failed(self, job: Job, error: FetchError) -> None:
        if job.waiting is None:
            self._feed_failed(job.state, error.reason, error.detail)
            return
        rejection = Rejection(source=job.url, reason=error.reason, detail=error.detail)
        entry, config = job.waiting.entry, job.state.config
        found = from_feed(rejection, entry, config, self._options.read)
        n_attempts = job.waiting.n_attempts + 1
        is_refused = isinstance(found.found, Rejection)
        if is_refused and error.may_pass and n_attempts < schedules.MAX_ATTEMPTS:
            wait_s = schedules.page_backoff_s(n_attempts, self._chance())
            next_at = schedules.later(self._clock.now(), wait_s)
            self.states.postpone(job.waiting, next_at, n_attempts=n_attempts)
            self._outcomes.note(job, found, outcome="failed")
            return
        self._outcomes.keep(job, found)

    def _feed_failed(self, state: FeedState, reason: RejectionReason, detail: str) -> None:
        now = self._clock.now()
        next_at = schedules.next_poll(
            now, self._interval_s(state), state.n_failures + 1, self._chance()
        )
        self.states.fail(state, reason, detail, now=now, next_at=next_at)
        rejection = Rejection(source=state.config.url, reason=reason, detail=detail)
        self._on_event(Event(config=state.config, refused=rejection))

    def _interval_s(self, state: FeedState) -> float:
        return state.config.interval_s or self._options.interval_s

    def _read_feed(self, job: Job, page: Page) -> None:
        try:
            feed = _parsed(page)
        except DecodeError as error:
            self._feed_failed(job.state, error.reason, error.detail)
            return
        except FeedError as error:
            self._feed_failed(job.state, RejectionReason.BAD_FEED, f"the feed {error}")
            return
        now = self._clock.now()
        new = self.states.succeed(
            job.state,
            feed.entries if feed else (),
            etag=page.etag,
            last_modified=page.last_modified,
            now=now,
            next_at=schedules.next_poll(now, self._interval_s(job.state), 0, self._chance()),
            is_unchanged=page.is_unchanged,
        )
        self._on_event(Event(config=job.state.config, n_new=len(new)))
        self._add_pages(job.state, new)


def _request(job: Job) -> Request:
    if job.waiting is not None:
        return PAGE
    return Request(
        accept=FEED.accept,
        types=FEED.types,
        etag=job.state.etag,
        last_modified=job.state.last_modified,
    )


def _parsed(page: Page) -> Feed | None:
    """The feed, or None when it is what is known.

    Raises:
        DecodeError: It is no text.
        FeedError: It is no feed.
    """
    if page.is_unchanged:
        return None
    return parse_feed(decode(page.content, declared=page.charset), page.url)
