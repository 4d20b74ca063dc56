"""What a long run does so that Python's search for garbage costs the same to its end."""

import functools
import gc


@functools.cache
def lay_aside() -> None:
    """Let the search for garbage pass over all that is loaded by now, once in a process.

    Python looks for objects that only point at each other, again and again through all that it
    holds: weights, tables, and caches of words, which fill with each document. Linking makes no
    such objects to speak of, but enough others to set off that search every few documents. Call
    it when the first documents are linked, and all that stays has been loaded.
    """
    gc.collect()
    gc.freeze()
