"""The open record of who says what happened, and who disputes it.

    import onrecord

    reading = onrecord.read("The dam is safe, the mayor said.")
    for statement in reading.statements:
        print(reading.text_of(statement.source), reading.text_of(statement.content))

`read` takes a text; `read_files` takes paths, addresses and folders. A `Reader` keeps
the loaded weights. What rows mean stands in `onrecord.records`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.config import Config
    from onrecord.pipeline import Reader
    from onrecord.public import read, read_files
    from onrecord.records import Document, Reading, Rejection, Span, Statement

__all__ = [
    "Config",
    "Document",
    "Reader",
    "Reading",
    "Rejection",
    "Span",
    "Statement",
    "read",
    "read_files",
]
_HOMES = {
    "Config": "onrecord.config",
    "Reader": "onrecord.pipeline",
    "read": "onrecord.public",
    "read_files": "onrecord.public",
}


if not TYPE_CHECKING:  # type checkers know the names above, and no others

    def __getattr__(name: str) -> Any:
        """Public names are fetched when they are first used: importing does no work."""
        if name not in __all__:
            raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
        import importlib

        return getattr(importlib.import_module(_HOMES.get(name, "onrecord.records")), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
