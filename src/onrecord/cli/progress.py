"""A progress bar on standard error, when a person watches and there is much to read."""

import time
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

from onrecord.records import Document

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

_SHOWN_AFTER_S = 1.0


class Progress:
    """Counts code points expected and read; shows a bar once that takes over a second."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._bar: Bar | None = None
        self._started = time.monotonic()
        self._expected = self._read = 0
        self._words = "reading"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.pause()

    def expect(self, document: Document) -> None:
        """This document will be read."""
        self.expect_chars(len(document.text))

    def expect_chars(self, n_chars: int) -> None:
        """So many code points will be read."""
        self._expected += n_chars

    def advance(self, n_chars: int) -> None:
        """So many code points more have been read."""
        self._read += n_chars
        if not self._stream.isatty() or time.monotonic() - self._started < _SHOWN_AFTER_S:
            return
        if self._bar is None:
            self._bar = _new_bar(self._stream)
            self._bar.start()
            self._bar.add_task(self._words, total=self._expected)
        task = self._bar.task_ids[0]
        self._bar.update(task, total=max(self._expected, self._read), completed=self._read)

    def describe(self, words: str) -> None:
        """What stands beside the bar from now on."""
        self._words = words
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], description=words)

    def pause(self) -> None:
        """Take the bar away, as something else is about to be written."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def _new_bar(stream: TextIO) -> "Bar":
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=Console(file=stream),
        transient=True,
    )
