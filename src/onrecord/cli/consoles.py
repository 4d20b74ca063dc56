"""Consoles for text: as wide as the terminal, or as a page where there is none."""

from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

PLAIN_WIDTH = 100
LEAST_WIDTH = 24


def console_for(stream: IO[str], *, width: int | None = None, is_file: bool = False) -> "Console":
    """A console that leaves a reader who has gone to the command, as no failure.

    Args:
        stream: Where to write.
        width: Columns of a line; the terminal's, or 100 where there is none, if None.
        is_file: Whether the stream is a file, which is as wide as a page.
    """
    from rich.console import Console

    class Pipe(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    width = width or (None if stream.isatty() and not is_file else PLAIN_WIDTH)
    settings: dict[str, Any] = {"highlight": False, "emoji": False, "markup": False}
    console = Pipe(file=stream, width=width, soft_wrap=False, **settings)
    console.width = max(console.width, LEAST_WIDTH)
    return console
