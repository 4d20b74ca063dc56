"""Settings, all in one frozen value; nothing else changes how a text is read."""

from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings of a reader.

    Attributes:
        n_threads: Forward passes side by side; changes the speed and nothing else.
        weights: Folder with other weights than the packaged ones.
        gazetteer: Folder of the gazetteer; the user's cache if None.
        actors: Files of actors, which go before what the package knows.

    Raises:
        ConfigError: A value is out of range.
    """

    n_threads: int = 2
    weights: Path | None = None
    gazetteer: Path | None = None
    actors: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        if self.n_threads < 1:
            raise ConfigError(setting="n_threads", value=self.n_threads, allowed="1 or more")
