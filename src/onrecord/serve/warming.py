"""The file of a store, read once when the room opens: pages then need not wait for the disk.

What is read stays in the system's cache of files, which gives it up when others need memory.
"""

import contextlib
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path

# Read at a time; between two of them is a pause, so that readers' own questions get to the disk.
_CHUNK = 4 * 1024 * 1024
_PAUSE_S = 0.002
# Of the memory that is free for caches, how much the file may take.
_SHARE = 0.5
_MEMORY_UNKNOWN = 2 * 1024**3
_MEMINFO = Path("/proc/meminfo")


@contextlib.contextmanager
def warmed(path: Path) -> Iterator[None]:
    """Read a file in the background for as long as this is open.

    A file of more than half of the memory that is free is left as it is: the end of it would push
    out what was read first.
    """
    stop = threading.Event()
    reader = threading.Thread(target=_read, args=(path, stop), name="warming", daemon=True)
    reader.start()
    try:
        yield
    finally:
        stop.set()
        reader.join(timeout=1)


def _read(path: Path, stop: threading.Event) -> None:
    # A file that cannot be read is told of by the first page.
    with contextlib.suppress(OSError), path.open("rb", buffering=0) as file:
        if os.fstat(file.fileno()).st_size > _SHARE * free_memory():
            return
        room = bytearray(_CHUNK)
        while file.readinto(room) and not stop.wait(_PAUSE_S):
            pass


def free_memory() -> int:
    """Bytes that are free or hold only cached files; a guess where the system does not tell."""
    try:
        found = re.search(r"^MemAvailable:\s+(\d+) kB", _MEMINFO.read_text(), re.MULTILINE)
    except OSError:
        found = None
    return int(found[1]) * 1024 if found else _MEMORY_UNKNOWN
