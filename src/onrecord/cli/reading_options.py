"""The options that all commands share which read articles."""

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.errors import InputError

if TYPE_CHECKING:
    from onrecord.config import Config
    from onrecord.inputs.options import ReadOptions

_OPTIONS = (
    click.option("--published", metavar="DATE", help="Date of publication, as 2022-08-02."),
    click.option("--outlet", metavar="NAME", help="Who published it."),
    click.option(
        "--actors",
        "actor_files",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        multiple=True,
        metavar="FILE",
        help="Also know the actors of this file, TOML or CSV; can be given again.",
    ),
    click.option(
        "--gazetteer",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="FOLDER",
        help="Where the gazetteer is kept; the user's cache if not given.",
    ),
    click.option(
        "--threads",
        type=click.IntRange(1, 256),
        default=None,
        help="Passes of the model side by side.",
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(min=0.1),
        default=30.0,
        show_default=True,
        help="Seconds to wait for an address.",
    ),
    click.option("--allow-private", is_flag=True, help="Also fetch addresses of private networks."),
)
_NAMES = (
    *("published", "outlet", "actor_files", "gazetteer"),
    *("threads", "timeout", "allow_private"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingSettings:
    """How inputs are to be read, as a user gave it.

    Attributes:
        published: Date of all that is read.
        outlet: Outlet of all that is read.
        actor_files: Files of added actors.
        gazetteer: Folder of the gazetteer.
        threads: Passes of the model side by side.
        timeout: Seconds to wait for an address.
        allow_private: Whether private addresses may be fetched.
    """

    published: str | None
    outlet: str | None
    actor_files: tuple[Path, ...]
    gazetteer: Path | None
    threads: int | None
    timeout: float
    allow_private: bool

    def options(self) -> "ReadOptions":
        """What to assume and allow.

        Raises:
            click.BadParameter: The date is none.
        """
        from onrecord.inputs.options import ReadOptions

        try:
            return ReadOptions(
                published=self.published,
                outlet=self.outlet,
                timeout_s=self.timeout,
                allow_private=self.allow_private,
            )
        except InputError as error:
            raise click.BadParameter(error.problem, param_hint="--published") from error

    def config(self) -> "Config":
        """The settings of the reader."""
        from onrecord.config import Config

        return Config(
            n_threads=self.threads or min(4, os.cpu_count() or 1),
            gazetteer=self.gazetteer,
            actors=self.actor_files,
        )


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command these options; it gets them together, as ``settings``."""

    @functools.wraps(command)
    def wrapped(**given: Any) -> Any:
        own = {name: given.pop(name) for name in _NAMES}
        return command(settings=ReadingSettings(**own), **given)

    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped
