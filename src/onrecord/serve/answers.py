"""Pages as HTML and as JSON, and failures in both."""

import dataclasses
import functools
import hashlib
import json
import typing
from collections.abc import Callable, Mapping
from enum import Enum
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from onrecord.queries import Table
from onrecord.records import Column
from onrecord.serve.errors import Failure
from onrecord.serve.pieces import in_context, map_item, outlet, said_by
from onrecord.serve.words import plain, quoted

if TYPE_CHECKING:
    from jinja2 import Environment

_DAY = len("2024-05-02")
_MINUTE = len("2024-05-02T10:15")


def plain_value(value: Any) -> Any:
    """A page as JSON values: its fields that have a `Column`, tables as lists of objects."""
    if isinstance(value, Table):
        return [plain_value(row) for row in value.to_dicts()]
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: plain_value(getattr(value, name)) for name in told_fields(type(value))}
    if isinstance(value, Mapping):
        return {str(name): plain_value(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain_value(item) for item in value]
    return value


@functools.cache
def told_fields(model: type) -> Mapping[str, tuple[Any, Column]]:
    """The fields of a model that its twin has, each with its type and its meaning."""
    hints = typing.get_type_hints(model, include_extras=True)
    found: dict[str, tuple[Any, Column]] = {}
    for name, hint in hints.items():
        columns = [one for one in getattr(hint, "__metadata__", ()) if isinstance(one, Column)]
        if columns:
            found[name] = (typing.get_args(hint)[0], columns[0])
    return found


def json_answer(value: Any, *, status: int = 200) -> Response:
    """Values as JSON; signs that UTF-8 cannot hold are written as JSON writes them."""
    printed = json.dumps(plain_value(value), ensure_ascii=False, separators=(",", ":"))
    try:
        body = printed.encode()
    except UnicodeEncodeError:
        body = json.dumps(plain_value(value), separators=(",", ":")).encode()
    return Response(body, status_code=status, media_type="application/json")


def html_answer(template: str, *, status: int = 200, **values: Any) -> Response:
    """A page from its template."""
    shown = environment().get_template(template).render(**values)
    return HTMLResponse(shown.encode("utf-8", "replace"), status_code=status)


def failure_answer(failure: Failure, *, is_json: bool) -> Response:
    """A failure, in the one shape that all have."""
    if is_json:
        return json_answer(failure, status=failure.status)
    return html_answer("failure.html", status=failure.status, page=failure, here="")


@functools.cache
def environment() -> "Environment":
    """The templates, which escape all that they are given."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("onrecord.serve", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., str]] = {
        "quoted": quoted,
        "plain": plain,
        "day": _day,
        "moment": _moment,
        "count": "{:,}".format,
        "web_address": web_address,
        "number": _number,
        "evidence": _evidence,
    }
    made.filters |= filters
    made.globals |= {"static": static_address, "query": query}
    pieces: tuple[Callable[..., Markup], ...] = (in_context, map_item, outlet, said_by)
    made.globals |= {piece.__name__: piece for piece in pieces}
    return made


def _day(value: str | None) -> str:
    """The day of a time; "" if it is not known."""
    return (value or "")[:_DAY]


def _moment(value: str | None) -> str:
    """A time to the minute; "" if it is not known."""
    return (value or "")[:_MINUTE].replace("T", " ")


def _evidence(value: Any) -> str:
    """Where words stand that a reason names by their document and spans; "" if it names none."""
    if not isinstance(value, Mapping) or not {"document", "spans"} <= set(value):
        return ""
    flat = str(value["spans"]).replace("[", "").replace("]", "").split(",")
    ends = [part.strip() for part in flat if part.strip().isdigit()]
    at = f"?at={ends[0]}-{ends[1]}#at" if len(ends) >= len("ab") else ""
    return f"/article/{quote(str(value['document']), safe='')}{at}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.10g}"


def web_address(url: str | None) -> str:
    """An address that a page may link to: of the web, and nothing else; else ""."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    is_web = parts.scheme.lower() in {"http", "https"} and bool(parts.netloc)
    return plain(url).replace(" ", "%20") if is_web else ""


def query(given: Mapping[str, Any], **changes: Any) -> Markup:
    """The query of an address: what was asked, with changes; None takes something out."""
    values = {name: value for name, value in {**given, **changes}.items() if value}
    return Markup("?{}").format(urlencode(values, errors="replace"))


@functools.cache
def static_address(name: str) -> str:
    """The address of a built file, with a mark of what is in it."""
    data = resources.files("onrecord.serve").joinpath("static", name).read_bytes()
    return f"/static/{name}?{hashlib.sha256(data).hexdigest()[:12]}"
