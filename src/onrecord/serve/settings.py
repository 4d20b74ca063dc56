"""What an application is told when it is made; nothing is read from the environment."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.ingest.dispute_decisions import MakeJudge
from onrecord.limits.models import Bound, Figure
from onrecord.store.corrections import Linking

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


def _no_judge() -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSettings:
    """Which store, for whom, and how much one request may cost.

    Attributes:
        path: The file of the store.
        secret: What forms are signed with; made anew at each start.
        now: Tells the time, in ISO 8601, for corrections.
        token: What a reader must show; None where only this machine can reach the room.
        hosts: Names under which the room may be asked for; others are refused, so that no
            page of the web can reach it under a name of its own.
        is_writable: Whether readers may correct rows.
        limits: Limits that the user gives, beside those of articles.
        figures: Figures that the user gives, beside those of articles.
        linking: What links documents, so that links follow a correction.
        judge: Gives the judge of pairs with which documents were linked, for what is decided on
            disputes; rules alone where it gives None.
        timeout_s: After how many seconds the questions of one page are stopped.
        busy_s: How long a correction waits for another program that is writing.
    """

    path: Path
    secret: str = field(repr=False)
    now: Callable[[], str]
    token: str | None = field(default=None, repr=False)
    hosts: frozenset[str] = LOOPBACK_NAMES
    is_writable: bool = True
    limits: tuple[Bound, ...] = ()
    figures: tuple[Figure, ...] = ()
    linking: Linking | None = None
    judge: MakeJudge = _no_judge
    timeout_s: float = 10.0
    busy_s: float = 5.0
