"""What a page is: an address, what may be asked of it, and what it answers with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.errors import ConfigError
from onrecord.queries import Filters, Table
from onrecord.serve.memories import Memory
from onrecord.serve.settings import RoomSettings
from onrecord.store import Store

MOST_CHARACTERS = 300
# Rows of a list that has no limit of its own.
MOST_ROWS = 500
LEAST_ID, MOST_ID = 4, 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """Something that can be asked of a page.

    Attributes:
        name: As it stands in the address.
        about: What it does, in a sentence.
        values: The only values that it takes; any if empty.
        least: For a number, its smallest value; a text if None.
        most: For a number, its greatest value.
        default: What holds when it is not given.
        is_in_path: Whether it is part of the path, and so always given.
    """

    name: str
    about: str
    values: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    default: str | None = None
    is_in_path: bool = False

    def taken(self, given: str | None) -> str | None:
        """A value as it was given, else the default.

        Raises:
            ConfigError: It is none that the parameter takes.
        """
        value = (given or "").strip() or self.default
        if value is None:
            return None
        if self.values and value not in self.values:
            self._refuse(value, ", ".join(self.values))
        if self.least is not None and not self._is_number(value):
            self._refuse(value, f"{self.least} to {self.most}")
        most = MOST_ID if self.is_in_path else MOST_CHARACTERS
        if len(value) > most or "\0" in value:
            self._refuse(f"{value[:20]}…", f"up to {most} characters")
        return value

    def _is_number(self, value: str) -> bool:
        if not (value.isascii() and value.isdigit() and len(value) < len("9999999999")):
            return False
        return (self.least or 0) <= int(value) <= (self.most or int(value))

    def _refuse(self, value: str, allowed: str) -> None:
        raise ConfigError(setting=self.name, value=value, allowed=allowed)


class Given:
    """What was asked of a page, checked."""

    def __init__(self, parameters: tuple[Parameter, ...], given: Mapping[str, str]) -> None:
        self._values = {one.name: one.taken(given.get(one.name)) for one in parameters}
        self._in_query = {one.name: one.default for one in parameters if not one.is_in_path}

    def __call__(self, name: str) -> str | None:
        """The value of a parameter; None if it was not given."""
        return self._values[name]

    def text(self, name: str) -> str:
        """The value of a parameter, "" if it was not given."""
        return self._values[name] or ""

    def number(self, name: str) -> int:
        """The value of a parameter that is a number and has a default."""
        return int(self._values[name] or 0)

    def filters(self, *names: str, limit: int | None = None) -> Filters:
        """Filters of these names; ``limit`` is a parameter unless it is given here."""
        values: dict[str, Any] = {name: self._values[name] for name in names}
        return Filters(**values, limit=limit or self.number("limit"))

    def shown(self) -> dict[str, str | None]:
        """What was asked beside the path, by name; null for what is as it is by itself."""
        return {
            name: None if self._values[name] == default else self._values[name]
            for name, default in self._in_query.items()
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What a page is built from.

    Attributes:
        store: The store as it is now.
        given: What was asked.
        settings: How the room was opened.
        memory: Answers that were worked out a moment ago.
    """

    store: Store
    given: Given
    settings: RoomSettings
    memory: Memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page and its JSON twin, which stands at the same address with ``.json`` behind it.

    Attributes:
        name: One word; its template is called so.
        path: Its address, with parameters in braces.
        about: What it shows, in a sentence.
        model: The dataclass that it answers with.
        build: Asks the store.
        parameters: What can be asked of it.
    """

    name: str
    path: str
    about: str
    model: type
    build: Callable[[Room], Any]
    parameters: tuple[Parameter, ...] = ()

    @property
    def json_path(self) -> str:
        """The address of its twin."""
        return "/index.json" if self.path == "/" else f"{self.path}.json"


SINCE = Parameter(name="since", about="Published on or after this day, month or year.")
UNTIL = Parameter(name="until", about="Published on or before this day, month or year.")
OUTLET = Parameter(name="outlet", about="Name of who published it.")
ABOUT = Parameter(name="about", about="Words that the article holds.")


def first_rows(table: Table, most: int = MOST_ROWS) -> Table:
    """A table without the rows that a page has no room for."""
    return Table(table.columns, table.rows[:most])


def limit_parameter(default: int, most: int = 500) -> Parameter:
    """How many rows a page shows at most."""
    return Parameter(name="limit", about="Most rows.", least=1, most=most, default=str(default))


def id_parameter(what: str) -> Parameter:
    """The id in the path of a page."""
    return Parameter(name="id", about=f"Id of the {what}, or its beginning.", is_in_path=True)
