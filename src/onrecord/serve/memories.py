"""What was worked out before, for the few answers that take long to work out."""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from onrecord.queries.part_readings import part_of_reading
from onrecord.records import Reading
from onrecord.store import Store

_MOST, _MOST_DOCUMENTS = 32, 4000
T = TypeVar("T")


class Memory:
    """Keeps answers for some seconds, and no longer than nothing was corrected.

    Args:
        seconds: How old an answer may be; articles that came since are missing in it.
        most: How many are kept.

    Attributes:
        documents: Keeps what was found in single documents.
    """

    def __init__(self, seconds: float = 30.0, *, most: int = _MOST) -> None:
        self._seconds, self._most = seconds, most
        self._lock = threading.Lock()
        self._answers: dict[Hashable, tuple[Hashable, float, Any]] = {}
        self.documents = FoundInDocuments()

    def __call__(
        self,
        key: Hashable,
        stamp: Hashable,
        make: Callable[[], Any],
        *,
        seconds: float | None = None,
    ) -> Any:
        """The answer for a key, made anew if it is too old or has another stamp."""
        now = time.monotonic()
        with self._lock:
            found = self._answers.get(key)
        most_s = self._seconds if seconds is None else seconds
        if found is not None and found[0] == stamp and now - found[1] < most_s:
            return found[2]
        answer = make()
        with self._lock:
            self._answers.pop(key, None)
            while len(self._answers) >= self._most:
                self._answers.pop(next(iter(self._answers)))
            self._answers[key] = (stamp, now, answer)
        return answer


class FoundInDocuments:
    """Keeps what was found in documents, one by one, for as long as they stay as they are."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: dict[Hashable, tuple[Hashable, Any]] = {}

    def __call__(
        self,
        store: Store,
        number: int,
        find: Callable[[Reading], T],
        *,
        key: Hashable = None,
        without: frozenset[str] = frozenset(),
    ) -> T:
        """What a function finds in the reading of a document.

        Args:
            store: Open.
            number: Of the document.
            find: Looks at nothing but the reading.
            key: Tells the function from others.
            without: Sections of the reading that it does not look at.
        """
        name, stamp = (number, key or find), _stamp(store, number)
        with self._lock:
            kept = self._found.get(name)
        if kept is not None and kept[0] == stamp:
            answer: T = kept[1]
            return answer
        answer = find(part_of_reading(store, number, without=without))
        with self._lock:
            self._found.pop(name, None)
            while len(self._found) >= _MOST_DOCUMENTS:
                self._found.pop(next(iter(self._found)))
            self._found[name] = (stamp, answer)
        return answer


def _stamp(store: Store, number: int) -> Hashable:
    """Changes when a document is read again, or anything is corrected."""
    row = store.connection.execute(
        "SELECT (SELECT run FROM readings WHERE document = ?),"
        " (SELECT max(number) FROM corrections)",
        (number,),
    ).fetchone()
    return tuple(row)
