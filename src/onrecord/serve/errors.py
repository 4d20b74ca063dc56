"""What goes wrong, in one shape for pages and programs."""

from dataclasses import dataclass
from typing import Annotated

from onrecord.errors import ConfigError, InputError, OnRecordError, StoreBusyError, StoreError
from onrecord.records import Column

_NOT_FOUND, _BAD, _BUSY, _FAILED = 404, 400, 503, 500


class RoomError(OnRecordError):
    """A request that is not answered, with its HTTP status."""

    def __init__(self, status: int, what: str, detail: str) -> None:
        self.status, self.what, self.detail = status, what, detail
        super().__init__(f"{what}: {detail}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a request was not answered; all errors of the room have this shape."""

    status: Annotated[int, Column("HTTP status.")]
    error: Annotated[str, Column("What is wrong, in two or three words.")]
    detail: Annotated[str, Column("What is wrong, where, and what to do.")]


def failure_of(error: OnRecordError) -> Failure:
    """The failure that an error of the library means for who asked."""
    if isinstance(error, RoomError):
        return Failure(status=error.status, error=error.what, detail=error.detail)
    if isinstance(error, StoreBusyError):
        return Failure(status=_BUSY, error="busy", detail=error.problem)
    if isinstance(error, StoreError):
        return _store_failure(error)
    if isinstance(error, InputError):
        is_name = error.source in {"id", "name"}
        return Failure(
            status=_NOT_FOUND if is_name else _BAD,
            error="not found" if is_name else "not understood",
            detail=error.problem if is_name else str(error),
        )
    if isinstance(error, ConfigError):
        return Failure(status=_BAD, error="not understood", detail=str(error))
    return Failure(status=_FAILED, error="failed", detail="the program failed; its log says more")


def _store_failure(error: StoreError) -> Failure:
    is_missing = " id" in error.problem or "there is no document" in error.problem
    if is_missing:
        return Failure(status=_NOT_FOUND, error="not found", detail=error.problem)
    return Failure(status=_BUSY, error="store not readable", detail=error.problem)
