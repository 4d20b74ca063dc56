"""The clock of the machine."""

import datetime
import time


class SystemClock:
    """The time in UTC, and waiting for it."""

    def now(self) -> datetime.datetime:
        """The time now."""
        return datetime.datetime.now(datetime.UTC)

    def sleep(self, seconds: float) -> None:
        """Wait so many seconds."""
        time.sleep(max(0.0, seconds))
