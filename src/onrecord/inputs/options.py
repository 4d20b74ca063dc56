"""What to assume and what to allow while reading."""

from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import ConfigError, InputError
from onrecord.inputs.dates import iso_date

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """Assumptions and limits.

    Attributes:
        published: Date of publication of everything read, over what the input says.
        outlet: Outlet of everything read, over what the input says.
        max_bytes: Largest plain text, JSON file, line of JSON Lines, or row of a table, that
            is read. Files of JSON Lines, tables and archives may be of any size; an archive
            may unpack to a hundred times its size, or to this.
        max_page_bytes: Largest HTML page, and largest answer of an address, that is read.
        timeout_s: Longest time for one address, all redirects included.
        use_capture_date: Whether a page of a web archive that names no date is taken to be
            published when it was fetched; true of crawls of the news of a day alone.
        leave_out: Files that are passed over where a folder holds them; their real paths.
        allow_private: Whether addresses of this machine and of private networks may
            be fetched.

    Raises:
        InputError: ``published`` is no date.
        ConfigError: A limit is not above zero.
    """

    published: str | None = None
    outlet: str | None = None
    max_bytes: int = 50 * MEGABYTE
    max_page_bytes: int = 10 * MEGABYTE
    timeout_s: float = 30.0
    use_capture_date: bool = False
    leave_out: frozenset[Path] = frozenset()
    allow_private: bool = False

    def __post_init__(self) -> None:
        if self.published is not None:
            object.__setattr__(self, "published", checked_date(self.published))
        for limit in ("max_bytes", "max_page_bytes", "timeout_s"):
            value = getattr(self, limit)
            if not value > 0:
                raise ConfigError(setting=limit, value=value, allowed="a number above 0")


def checked_date(given: str) -> str:
    """The date as ISO 8601.

    Raises:
        InputError: It is none that can be read.
    """
    found = iso_date(given)
    if found is None:
        raise InputError(
            source="published",
            problem=f"{given!r} is no date; write it as 2022-08-02 or 2022-08-02T10:15:00Z",
        )
    return found
