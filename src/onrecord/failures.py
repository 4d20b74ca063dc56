"""What failed because of one document, told apart from what failed because of the machine.

A fault of this program that one text brings out must not cost the others: the text is refused
with what went wrong, and all else goes on. A full disk or a damaged installation is no text's
fault, and stops the work.
"""

import logging
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from onrecord.errors import (
    ConfigError,
    GazetteerError,
    LakeError,
    RunError,
    StageOrderError,
    StoreError,
    WeightsError,
)
from onrecord.inputs.streams import STREAMED, suffix_of
from onrecord.records import Document, Reading, Rejection, RejectionReason

if TYPE_CHECKING:
    from onrecord.pipeline import Reader

_LOG = logging.getLogger(__name__)
_Read = TypeVar("_Read")
# Errors of the machine, the installation or the store: no document is to blame.
OF_THE_MACHINE = (
    OSError,
    ConfigError,
    GazetteerError,
    LakeError,
    RunError,
    StageOrderError,
    StoreError,
    WeightsError,
)
# When so many documents fail and none is read, it is not for the documents.
TOO_MANY = 20
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read or kept, and the error."""

    document: Document
    error: Exception

    def as_rejection(self, source: str | None) -> Rejection:
        """The same as something that was turned away from a source."""
        return failed(name_in(source, self.document), self.error)


def failed(source: str, error: Exception, *, what: str = "reading it") -> Rejection:
    """That something is refused because of an error, which is a fault of this program."""
    detail = f"{what} failed, which is a fault of this program: {said(error)}"
    return Rejection(source=source, reason=RejectionReason.FAILED, detail=detail)


def said(error: Exception) -> str:
    r"""The kind of an error, its words on one line, and where it was raised.

    >>> said(ValueError("no\n  such thing"))
    'ValueError: no such thing'
    """
    words = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST]
    frames = traceback.extract_tb(error.__traceback__)
    return (
        f"{words} ({Path(frames[-1].filename).name} line {frames[-1].lineno})" if frames else words
    )


def name_in(source: str | None, document: Document) -> str:
    """Where a document stands, as refusals name it.

    That is its source; of one of many in a source also its address, or else its title.
    """
    own = document.url or document.title
    if source is None:
        return own or f"document {document.id}"
    is_lone = suffix_of(source) not in STREAMED and not Path(source).is_dir()
    return source if is_lone or own is None or own == source else f"{source}!{own}"


def read_all(
    read_batch: Callable[[Sequence[Document]], Sequence[_Read]], documents: Sequence[Document]
) -> list[_Read | Failure]:
    """What is read of some documents; if together they fail, of each by itself.

    Raises:
        OSError: The machine failed.
        GazetteerError, WeightsError: The installation is damaged.
    """
    try:
        return list(read_batch(documents))
    except OF_THE_MACHINE:
        raise
    except Exception:  # noqa: BLE001 - whatever a document does
        _LOG.info("a batch of documents failed", exc_info=True)
    return [_alone(read_batch, document) for document in documents]


def read_each(reader: "Reader", documents: Iterable[Document]) -> Iterator[Reading | Failure]:
    """Readings of many documents, in their order, as they come; what fails is told instead.

    Raises:
        OSError: The machine failed.
        GazetteerError, WeightsError: The installation is damaged.
        Exception: Whatever it was with which the giving of documents failed.
        RunError: One document after the other fails, and none is read.
    """
    given = _Given(documents)
    n_read = n_failed = 0
    while not given.is_over:
        try:
            for reading in reader.read_each(given):
                given.begun.popleft()
                n_read += 1
                yield reading
        except OF_THE_MACHINE:
            raise
        except Exception as error:  # whatever a document does
            if given.error is error:
                raise
            _LOG.info("a document failed", exc_info=True)
        # Those that were begun together: the one that failed is among them.
        while given.begun:
            found = _alone(reader.read_batch, given.begun.popleft())
            n_read, n_failed = _counted(found, n_read, n_failed)
            yield found


def _counted(found: Reading | Failure, n_read: int, n_failed: int) -> tuple[int, int]:
    if isinstance(found, Reading):
        return n_read + 1, n_failed
    if n_failed + 1 >= TOO_MANY and not n_read:
        raise RunError(problem=nothing_read(found.error)) from found.error
    return n_read, n_failed + 1


def nothing_read(error: Exception) -> str:
    """That it is not for the documents that they fail."""
    return f"no document can be read; the last one failed with {said(error)}"


def _alone(
    read_batch: Callable[[Sequence[Document]], Sequence[_Read]], document: Document
) -> _Read | Failure:
    try:
        return read_batch([document])[0]
    except OF_THE_MACHINE:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a document does
        _LOG.info("a document failed: %s", name_in(None, document), exc_info=True)
        return Failure(document, error)


class _Given:
    """Documents as they are taken; it can be gone on with after what took them has failed."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = iter(documents)
        self.begun: deque[Document] = deque()
        self.error: Exception | None = None
        self.is_over = False

    def __iter__(self) -> "_Given":
        return self

    def __next__(self) -> Document:
        try:
            document = next(self._documents)
        except StopIteration:
            self.is_over = True
            raise
        except Exception as error:
            self.error = error
            raise
        self.begun.append(document)
        return document
