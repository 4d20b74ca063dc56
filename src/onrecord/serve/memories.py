"""What was worked out a moment ago, for the few answers that take long to work out."""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any

_KEPT = 32


class Memory:
    """Keeps answers for some seconds, and no longer than nothing was corrected.

    Args:
        seconds: How old an answer may be; articles that came since are missing in it.
    """

    def __init__(self, seconds: float = 30.0) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._answers: dict[Hashable, tuple[Hashable, float, Any]] = {}

    def __call__(self, key: Hashable, stamp: Hashable, make: Callable[[], Any]) -> Any:
        """The answer for a key, made anew if it is too old or has another stamp."""
        now = time.monotonic()
        with self._lock:
            found = self._answers.get(key)
        if found is not None and found[0] == stamp and now - found[1] < self._seconds:
            return found[2]
        answer = make()
        with self._lock:
            self._answers.pop(key, None)
            while len(self._answers) >= _KEPT:
                self._answers.pop(next(iter(self._answers)))
            self._answers[key] = (stamp, now, answer)
        return answer
