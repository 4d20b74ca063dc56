"""Readers for tests, quick and without weights; some documents do them harm on purpose."""

import os
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from onrecord.config import Config
from onrecord.records import Document, Reading, Span, Time, TimexType, content_id, make_run

RUN = make_run(software="1", model="echo", model_digest="d", settings={})
OTHER_RUN = make_run(software="2", model="echo", model_digest="d", settings={})


class Echo:
    """Finds one time in each document: its first character."""

    run = RUN

    def __init__(self, on_progress: Callable[[int], None]) -> None:
        self._on_progress = on_progress

    def read_batch(self, documents: Sequence[Document]) -> list[Reading]:
        for document in documents:
            harm(document.text)
        self._on_progress(sum(len(document.text) for document in documents))
        return [self._reading(document) for document in documents]

    def is_full(self, documents: Sequence[Document]) -> bool:
        return len(documents) >= 4

    def _reading(self, document: Document) -> Reading:
        span = Span(0, 1)
        time_ = Time(
            id=content_id("time", document.id),
            document=document.id,
            span=span,
            type=TimexType.DATE,
            value="2024",
            run=self.run.id,
        )
        return Reading(document=document, run=self.run, times=(time_,), statements=(), events=())


def harm(text: str) -> None:
    """What a document says that should happen."""
    words = text.split()
    if "RAISE" in words:
        raise ValueError("this text cannot be read")
    if "FULL" in words:
        raise OSError(28, "No space left on device")
    if "KILL" in words:
        os.kill(os.getpid(), signal.SIGKILL)
    if "STALL" in words:
        time.sleep(60)
    if "ONCE" in words:  # the first worker that meets it dies
        mark = Path(words[words.index("ONCE") + 1])
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    if "SLOW" in words:
        time.sleep(0.2)


def make_echo(config: Config, *, on_progress: Callable[[int], None]) -> Echo:
    return Echo(on_progress)


class OtherEcho(Echo):
    """One of another version."""

    run = OTHER_RUN


def make_other(config: Config, *, on_progress: Callable[[int], None]) -> OtherEcho:
    return OtherEcho(on_progress)
