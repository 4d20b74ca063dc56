"""What runs in a worker process of one machine.

Nothing heavy is imported before it is told how many threads it may have: libraries ask once.
A worker never outlives the program that started it, however that ends.
"""

import contextlib
import logging
import os
import signal
import sys
import threading
import time
from multiprocessing import connection, parent_process
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.scale.tasks import Advance

READY, BROKEN = "ready", "broken"
# Libraries that would start a thread for each core in each worker.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
_PR_SET_PDEATHSIG = 1
_TOLD_EVERY_S = 1.0


def serve(wire: "connection.Connection[Any, Any]") -> None:
    """Do the tasks that come over the wire until it is closed.

    The settings come first. The answer is ``ready``, or ``broken`` and why; then an outcome
    for each task, and before it, now and then, what has been done of it.
    """
    _be_a_good_child()
    from onrecord.scale.workers import ShardWorker, failure_of

    teller = _Teller(wire)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        worker = ShardWorker(wire.recv(), on_advance=teller.tell)
        try:
            worker.prepare()
        except Exception as error:  # noqa: BLE001 - whoever started it says so
            wire.send((BROKEN, failure_of(error)))
            return
        wire.send((READY, None))
        while (task := wire.recv()) is not None:
            outcome = worker(task)
            teller.flush()
            wire.send(outcome)


def _be_a_good_child() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what ends
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for name in _THREADS:
        os.putenv(name, "1")
    logging.getLogger("onrecord").addHandler(logging.NullHandler())
    parent = parent_process()
    if parent is None:
        return
    threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    if sys.platform == "linux":
        # Also where a library holds all threads of this process.
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if not parent.is_alive():
        os._exit(1)


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


class _Teller:
    """Tells what was done, not more often than once a second."""

    def __init__(self, wire: "connection.Connection[Any, Any]") -> None:
        self._wire = wire
        self._waiting: list[Advance] = []
        self._told = time.monotonic()

    def tell(self, advance: "Advance") -> None:
        self._waiting.append(advance)
        if time.monotonic() - self._told >= _TOLD_EVERY_S:
            self.flush()

    def flush(self) -> None:
        """Tell what waits."""
        from onrecord.scale.tasks import sum_of

        if self._waiting:
            self._wire.send(sum_of(self._waiting))
        self._waiting, self._told = [], time.monotonic()
