"""One request at a time for each host, with a pause between two; other hosts go on meanwhile."""

import heapq
import itertools
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Job = TypeVar("Job")


@dataclass(slots=True)
class _Host(Generic[Job]):
    """What waits for one host, the earliest first."""

    free_at: float = 0.0
    waiting: list[tuple[float, int, Job]] = field(default_factory=list)

    @property
    def ready_at(self) -> float:
        return max(self.free_at, self.waiting[0][0])


class HostQueue(Generic[Job]):
    """Jobs for hosts, each handed out when its host may be asked again. It has no clock.

    >>> queue = HostQueue()
    >>> queue.add("a", 0.0, "first"); queue.add("a", 0.0, "second"); queue.add("b", 0.0, "other")
    >>> queue.pop(), queue.hold("a", 2.0), queue.pop(), queue.pop()
    ((0.0, 'a', 'first'), None, (0.0, 'b', 'other'), (2.0, 'a', 'second'))
    """

    def __init__(self) -> None:
        """Begin empty."""
        self._hosts: dict[str, _Host[Job]] = {}
        self._order = itertools.count()

    def __len__(self) -> int:
        return sum(len(host.waiting) for host in self._hosts.values())

    def add(self, host: str, ready_at: float, job: Job) -> None:
        """A job that may be done from a time on, in seconds."""
        entry = (ready_at, next(self._order), job)
        heapq.heappush(self._hosts.setdefault(host, _Host()).waiting, entry)

    def pop(self) -> tuple[float, str, Job] | None:
        """The next job with its time and its host; None when there is none."""
        busy = [(host.ready_at, name) for name, host in self._hosts.items() if host.waiting]
        if not busy:
            return None
        ready_at, name = min(busy)
        _, _, job = heapq.heappop(self._hosts[name].waiting)
        return ready_at, name, job

    def hold(self, host: str, until: float) -> None:
        """Let a host rest until a time."""
        kept = self._hosts.setdefault(host, _Host())
        kept.free_at = max(kept.free_at, until)

    def drop(self, host: str) -> list[Job]:
        """Take out all that waits for a host, in its order."""
        kept = self._hosts.get(host)
        if kept is None:
            return []
        waiting, kept.waiting = sorted(kept.waiting, key=lambda entry: entry[:2]), []
        return [job for _, _, job in waiting]
