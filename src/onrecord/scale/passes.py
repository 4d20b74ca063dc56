"""One pass over a shard: its documents in batches, as readings; what fails is told apart.

A document whose reading raises an error is read again alone. If it raises again it is
refused, and nothing else is lost. What killed an earlier worker is left out.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from onrecord.errors import OnRecordError, RunError
from onrecord.failures import OF_THE_MACHINE, TOO_MANY, failed, nothing_read
from onrecord.inputs.options import ReadOptions
from onrecord.inputs.streams import STREAMED, suffix_of
from onrecord.lake import Piece, Shard
from onrecord.records import Document, Reading, Rejection, RejectionReason
from onrecord.scale.notes import ShardNotes
from onrecord.scale.opening import SourceFaultError
from onrecord.scale.pieces import read_piece
from onrecord.scale.tasks import Advance

if TYPE_CHECKING:
    from onrecord.lake.shard_files import Read

_LOG = logging.getLogger(__name__)
_WHOLE = -1
# Records of one piece that raise errors; each means to go over the piece again.
_MAX_AGAIN = 12


class ShardPass:
    """Reads a shard once.

    Args:
        shard: What to read.
        reader: Reads documents.
        options: Assumptions and limits of inputs.
        notes: Where to note what might kill.
        has_vectors: Whether readings come with vectors of their words.
        on_advance: Called after each batch.

    Attributes:
        refused: What was turned away so far.
    """

    def __init__(
        self,
        shard: Shard,
        reader: Any,
        options: ReadOptions,
        notes: ShardNotes,
        *,
        has_vectors: bool,
        on_advance: Callable[[Advance], None],
    ) -> None:
        self.refused: list[Rejection] = []
        self._shard, self._reader, self._options = shard, reader, options
        self._notes, self._suspects = notes, notes.suspects
        self._read_batch = reader.read_with_vectors if has_vectors else reader.read_batch
        self._on_advance = on_advance
        self._seen: set[str] = set()
        self._place: int | None = None  # of the record that is being looked at
        self._bad: dict[tuple[int, int], Exception] = {}
        self._n_read = self._n_failed = self._n_told = 0

    def readings(self) -> "Iterator[Read]":
        """All readings, a batch of them in memory at a time.

        Raises:
            SourceFaultError: What keeps an input failed.
            RunError: One document after the other fails.
            OSError: The machine failed.
        """
        waiting: list[tuple[Document, Piece]] = []
        for document, piece in self._documents():
            waiting.append((document, piece))
            if self._reader.is_full([one for one, _ in waiting]):
                yield from self._read(waiting)
                waiting = []
                if self._suspects.is_careful:
                    self._notes.filling()
        yield from self._read(waiting)
        self._notes.filling()

    def _documents(self) -> Iterator[tuple[Document, Piece]]:
        """The documents of all pieces, each once."""
        for number, piece in enumerate(self._shard.pieces):
            for found in self._found(number, piece):
                if isinstance(found, Rejection):
                    self.refused.append(found)
                elif found.id in self._suspects.left_out:
                    self.refused.append(_killer(_name(piece, found)))
                elif found.id not in self._seen:
                    self._seen.add(found.id)
                    yield found, piece

    def _found(self, number: int, piece: Piece) -> Iterator[Document | Rejection]:
        """What is in a piece; what raises an error there is refused, and the rest is read."""
        for _ in range(_MAX_AGAIN):
            n_refused, self._place = len(self.refused), None
            try:
                yield from self._looked_for(number, piece)
            except (*OF_THE_MACHINE, SourceFaultError, OnRecordError):
                raise
            except Exception as error:  # noqa: BLE001 - whatever an input does
                _LOG.warning("a piece of %s failed", piece.source, exc_info=True)
                if self._place is None:
                    self._fail(piece.source, error)
                    return
                # The piece is read again without it; what was read of it is not read twice.
                del self.refused[n_refused:]
                self._bad[number, self._place] = error
            else:
                return
        raise RunError(problem=f"{piece.source}: too much of it cannot be read")

    def _looked_for(self, number: int, piece: Piece) -> Iterator[Document | Rejection]:
        is_careful = self._suspects.is_careful
        if is_careful and piece.kind == "file" and suffix_of(piece.source) not in STREAMED:
            if (number, _WHOLE) in self._suspects.unread:
                yield _killer(piece.source)
                return
            self._notes.place(number, _WHOLE)

        def may_read(place: int) -> bool:
            name = f"{piece.source} at byte {place:,}"
            if (number, place) in self._suspects.unread:
                self.refused.append(_killer(name))
                return False
            if (number, place) in self._bad:
                self._fail(name, self._bad[number, place])
                return False
            if is_careful:
                self._notes.place(number, place)
            self._place = place
            return True

        yield from read_piece(piece, self._options, may_read=may_read)

    def _read(self, waiting: Sequence[tuple[Document, Piece]]) -> "Iterator[Read]":
        if not waiting:
            return
        documents = [document for document, _ in waiting]
        if not self._suspects.careful.isdisjoint(document.id for document in documents):
            found = self._read_alone(waiting)
        else:
            self._notes.batch(document.id for document in documents)
            try:
                found = self._read_batch(documents)
            except OF_THE_MACHINE:
                raise
            except Exception:  # noqa: BLE001 - whatever a document does
                _LOG.warning("a batch of shard %s failed", self._shard.id, exc_info=True)
                found = self._read_alone(waiting)
        self._n_read += len(found)
        self._tell(found)
        yield from found

    def _read_alone(self, waiting: Sequence[tuple[Document, Piece]]) -> "list[Read]":
        found: list[Read] = []
        for document, piece in waiting:
            if document.id in self._suspects.careful:
                self._notes.alone(document.id)
            try:
                found += self._read_batch([document])
            except OF_THE_MACHINE:
                raise
            except Exception as error:  # noqa: BLE001 - whatever a document does
                _LOG.warning("a document of %s failed", piece.source, exc_info=True)
                self._fail(_name(piece, document), error)
        return found

    def _fail(self, source: str, error: Exception) -> None:
        self.refused.append(failed(source, error))
        self._n_failed += 1
        if self._n_failed >= TOO_MANY and not self._n_read:
            raise RunError(problem=nothing_read(error))

    def _tell(self, found: "Sequence[Read]") -> None:
        readings = [one if isinstance(one, Reading) else one[0] for one in found]
        n_refused, self._n_told = len(self.refused) - self._n_told, len(self.refused)
        self._on_advance(
            Advance(
                n_documents=len(readings),
                n_refused=n_refused,
                n_statements=sum(len(reading.statements or ()) for reading in readings),
                n_events=sum(len(reading.events or ()) for reading in readings),
                n_chars=sum(len(reading.document.text) for reading in readings),
            )
        )


def _name(piece: Piece, document: Document) -> str:
    """Where a document stands, as refusals name it."""
    is_one_of_many = piece.kind != "file" or suffix_of(piece.source) in STREAMED
    return f"{piece.source}!{document.url}" if is_one_of_many and document.url else piece.source


def _killer(source: str) -> Rejection:
    detail = "reading it ended the program that read it, without a word; it is left out"
    return Rejection(source=source, reason=RejectionReason.FAILED, detail=detail)
