"""The file that names the feeds to watch: TOML, one table `[[feed]]` for each."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from onrecord.errors import InputError
from onrecord.inputs.addresses import FetchError, parse_address

_KEYS = ("url", "outlet", "language", "interval", "family")
_TABLE = re.compile(r"\s*\[\[\s*(?:feed|\"feed\"|'feed')\s*\]\]")
_HOW = 'write [[feed]], then on lines of their own url = "…" and outlet = "…"'
_LANGUAGE = re.compile(r"[a-z]{2}")
_LEAST_MINUTES, _MOST_MINUTES = 1, 60 * 24 * 7


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedConfig:
    """One feed to watch.

    Attributes:
        url: Its address.
        outlet: Who publishes it.
        language: ISO 639-1; None when the pages say so themselves.
        interval_s: Time between two polls; None for that of all.
        family: A name that outlets of one publisher share.
    """

    url: str
    outlet: str
    language: str | None = None
    interval_s: float | None = None
    family: str | None = None


def load_feeds(path: Path) -> tuple[FeedConfig, ...]:
    """The feeds of a file, in its order.

    Raises:
        InputError: With the file, the line, the feed and what is wrong with it.
    """
    try:
        text = path.read_text("utf-8-sig")
        given = tomllib.loads(text)
    except OSError as error:
        raise InputError(source=str(path), problem=error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:
        raise InputError(source=str(path), problem=f"this is no TOML: {error}") from error
    tables = given.get("feed")
    unknown = sorted(given.keys() - {"feed"})
    if unknown:
        _fail(path, f"{unknown[0]!r} is not known; feeds are tables [[feed]]")
    if not isinstance(tables, list) or not tables:
        _fail(path, f"it names no feeds; {_HOW}")
    lines = [n for n, line in enumerate(text.splitlines(), 1) if _TABLE.match(line)]
    feeds: dict[str, FeedConfig] = {}
    for number, table in enumerate(tables, 1):
        line = lines[number - 1] if len(lines) == len(tables) else None
        where = f"feed {number}" if line is None else f"feed {number} (line {line})"
        try:
            feed = _feed(table)
        except ValueError as error:
            _fail(path, f"{where}: {error}")
        if feed.url in feeds:
            _fail(path, f"{where}: {feed.url} is named twice")
        feeds[feed.url] = feed
    return tuple(feeds.values())


def _fail(path: Path, problem: str) -> NoReturn:
    raise InputError(source=str(path), problem=problem)


def _feed(table: Any) -> FeedConfig:
    """One feed.

    Raises:
        ValueError: With a message for the user.
    """
    if not isinstance(table, dict):
        raise ValueError(_HOW)  # noqa: TRY004 - the value is the user's
    unknown = sorted(table.keys() - set(_KEYS))
    if unknown:
        raise ValueError(f"{unknown[0]!r} is not known; it takes {', '.join(_KEYS)}")
    return FeedConfig(
        url=_url(table.get("url")),
        outlet=_words("outlet", table.get("outlet"), example="Brackwater Evening Post"),
        language=_language(table.get("language")),
        interval_s=_seconds(table.get("interval")),
        family=None
        if table.get("family") is None
        else _words("family", table["family"], example="Brackwater Press"),
    )


def _words(key: str, given: Any, *, example: str) -> str:
    if not isinstance(given, str) or not given.strip():
        raise ValueError(f'it has no {key}; write {key} = "{example}"')
    return " ".join(given.split())


def _url(given: Any) -> str:
    url = _words("url", given, example="https://example.org/feed.xml")
    try:
        parse_address(url)
    except FetchError as error:
        raise ValueError(f"url: {error.detail}") from error
    return url


def _language(given: Any) -> str | None:
    if given is None:
        return None
    if isinstance(given, str) and _LANGUAGE.fullmatch(given):
        return given
    raise ValueError(f'language is {given!r}; write two letters, as in language = "en"')


def _seconds(given: Any) -> float | None:
    if given is None:
        return None
    if isinstance(given, int | float) and not isinstance(given, bool):
        minutes = float(given)
        if _LEAST_MINUTES <= minutes <= _MOST_MINUTES:
            return 60.0 * minutes
    limits = f"{_LEAST_MINUTES} to {_MOST_MINUTES:,}"
    raise ValueError(f"interval is {given!r}; it takes minutes, {limits}")
