"""What an engine is: it gives tasks to workers, and tells how they end."""

from collections.abc import Iterator
from typing import Protocol

from onrecord.scale.queues import TaskQueue
from onrecord.scale.tasks import Running, ShardOutcome


class Engine(Protocol):
    """Runs workers somewhere."""

    def run(self, queue: TaskQueue) -> Iterator[ShardOutcome | Running]:
        """Do all tasks of a queue, also those that are put back into it meanwhile.

        For each task that is taken there is one outcome, also when its worker dies. Whoever
        gets an outcome tells the queue before asking for the next. Closing this iterator
        ends all workers.

        Raises:
            RunError: No worker can be started.
        """
        ...
