"""What of a text is kept for look-up: the smallest hash of each window of shingles.

A shingle is a run of words. Two texts that share a run of `SHINGLE + WINDOW - 1` words have a
print in common for certain, shorter runs by chance, however much else is in either text: so a
part that was cut out of a long text is found as well as a whole copy.

After: Broder 1997 (shingles, smallest hashes); Schleimer, Wilkerson & Aiken 2003 (windows).

Shapes: W words, S shingles, P prints.
"""

import numpy as np
from numpy.typing import NDArray

# Words of a shingle: fewer are common phrases, more break at every edited word.
SHINGLE = 5
# Shingles of a window: prints are about two in so many. 24 was taken as the largest at which
# every copy of `python -m evaluation independence` has five prints of its origin.
WINDOW = 24
_MULTIPLIERS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 1], np.uint64
)
_MIX = np.uint64(0xFF51AFD7ED558CCD)
_HALF = np.uint64(32)


def shingles_of(keys_W: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A hash for each run of `SHINGLE` words, by its first word; none of a shorter text."""
    if len(keys_W) < SHINGLE:
        return np.zeros(0, np.uint64)
    windows_S5 = np.lib.stride_tricks.sliding_window_view(keys_W, SHINGLE)
    hashes_S: NDArray[np.uint64] = (windows_S5 * _MULTIPLIERS).sum(axis=1, dtype=np.uint64)
    hashes_S ^= hashes_S >> _HALF
    hashes_S *= _MIX
    return hashes_S ^ (hashes_S >> _HALF)


def prints_of(shingles_S: NDArray[np.uint64]) -> NDArray[np.int64]:
    """The prints of a text, 32 bits each, sorted; at least one if it has a shingle."""
    if not len(shingles_S):
        return np.zeros(0, np.int64)
    width = min(WINDOW, len(shingles_S))
    windows_SW = np.lib.stride_tricks.sliding_window_view(shingles_S, width)
    smallest_P = np.unique(windows_SW.min(axis=1))
    return np.unique((smallest_P >> _HALF).astype(np.int64))
