"""One value of JSON as a document."""

import json
from collections.abc import Mapping
from typing import Any

from onrecord.inputs.dates import iso_date
from onrecord.inputs.options import ReadOptions
from onrecord.inputs.plain_texts import document_from_plain
from onrecord.records import Document, Rejection, RejectionReason

_OPTIONAL = ("title", "url", "outlet", "published", "author")
# Each takes up to a hundred bytes of memory; the longest list of articles has far fewer.
_MAX_VALUES = 2_000_000


def load_json(text: str) -> Any:
    """The value of a text in JSON; what is no number there (NaN, Infinity) is null.

    Raises:
        ValueError: With a message for the user.
    """
    if text.count(",") + text.count("[") + text.count("{") > _MAX_VALUES:
        raise ValueError(f"this is no article: its JSON has more than {_MAX_VALUES:,} values")
    try:
        return json.loads(text.lstrip("\ufeff"), parse_constant=_no_number, parse_int=float)
    except RecursionError as error:
        raise ValueError("this is no article: its JSON is nested too deeply") from error
    except json.JSONDecodeError as error:
        detail = f"this is no JSON: {error.msg} at character {error.pos + 1}"
        raise ValueError(detail) from error


def _no_number(_name: str) -> None:
    """What other programs write for an empty cell."""


def from_json_text(
    text: str, source: str, number: int | None, options: ReadOptions
) -> Document | Rejection:
    """The article in a text of JSON, or why it has none."""
    try:
        value = load_json(text)
    except ValueError as error:
        return _bad_json(source, number, str(error))
    return from_json_value(value, source, number, options)


def from_json_value(
    value: Any, source: str, number: int | None, options: ReadOptions
) -> Document | Rejection:
    """One article ``{text, title?, url?, outlet?, published?, author?}``; more keys are ignored."""
    if not isinstance(value, Mapping):
        return _bad_json(source, number, f"this is no object with a text but {_name(value)}")
    text = value.get("text")
    if not isinstance(text, str):
        has = "has no" if text is None else f"has {_name(text)} as"
        return _bad_json(source, number, f'the object {has} "text"; it must be a string')
    for field in _OPTIONAL:
        if not isinstance(value.get(field), str | None):
            wrong = _name(value[field])
            return _bad_json(source, number, f'"{field}" is {wrong}; it must be a string or null')
    if not text.strip():
        return Rejection(
            source=source, reason=RejectionReason.EMPTY, detail="the text is empty", line=number
        )
    given = (value.get("published") or "").strip()
    published = options.published or (iso_date(given) if given else None)
    if given and published is None:
        return _bad_json(source, number, f'"published" is no date: {given[:60]!r}')
    return document_from_plain(
        text,
        title=value.get("title"),
        outlet=options.outlet or value.get("outlet"),
        url=value.get("url"),
        author=value.get("author"),
        published=published,
    )


def _name(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "a truth value"}
    return "null" if value is None else names.get(type(value), "a number")


def _bad_json(source: str, number: int | None, detail: str) -> Rejection:
    return Rejection(source=source, reason=RejectionReason.BAD_JSON, detail=detail, line=number)
