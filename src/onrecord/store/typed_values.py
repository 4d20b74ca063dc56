"""Values of fields as somebody types them: plain words, words of the text, or JSON."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.errors import InputError
from onrecord.records import Document, Span
from onrecord.schema.fields import Field, fields_of, sections


def typed_value(section: str, name: str, typed: str, text: str) -> Any:
    """The JSON value that somebody means.

    Args:
        section: The section of the row, or `documents`.
        name: Its field.
        typed: ``null`` for nothing; JSON for lists and numbers; for spans also ``120-131``
            or words that stand in the text once; anything else as it is.
        text: The text of the document.

    Raises:
        InputError: It cannot be such a value.
    """
    record = Document if section == "documents" else sections()[section]
    field = next((field for field in fields_of(record) if field.name == name), None)
    if field is None:
        return typed  # setting it tells which fields there are
    if typed == "null" and field.is_nullable:
        return None
    if field.value_type is Span:
        spans = list(_spans(name, typed, text))
        return spans if field.is_list else spans[0]
    if not field.is_list and (field.value_type is str or field.enumeration):
        return typed
    return _json(field, typed)


def _json(field: Field, typed: str) -> Any:
    try:
        return json.loads(typed)
    except ValueError as error:
        if field.is_list and field.value_type is str:
            return [own for own in typed.replace(",", " ").split() if own]
        raise InputError(source=field.name, problem=f"{typed!r} is no JSON") from error


def _spans(name: str, typed: str, text: str) -> Iterator[dict[str, int]]:
    """Positions from JSON, from ``120-131,140-150``, or from words between ``…``."""
    if typed.startswith(("[", "{")):
        try:
            given = json.loads(typed)
        except ValueError:
            given = None
        if given is not None:
            yield from (_span(name, one) for one in (given if isinstance(given, list) else [given]))
            return
    parts = typed.split(",")
    if all(_is_range(part) for part in parts):
        for part in parts:
            start, end = part.split("-")
            yield {"start": int(start), "end": int(end)}
        return
    for words in typed.split("…"):
        yield _found(name, words.strip(), text)


def _is_range(part: str) -> bool:
    start, dash, end = part.strip().partition("-")
    return bool(dash) and start.isdigit() and end.isdigit()


def _span(name: str, given: Any) -> dict[str, int]:
    if isinstance(given, Mapping):
        given = [given.get("start"), given.get("end")]
    if not (isinstance(given, list) and len(given) == 2 and all(type(n) is int for n in given)):
        raise InputError(source=name, problem=f"{given!r} is no span; give START-END or the words")
    return {"start": given[0], "end": given[1]}


def _found(name: str, words: str, text: str) -> dict[str, int]:
    places = [at for at in range(len(text)) if words and text.startswith(words, at)]
    if len(places) == 1:
        return {"start": places[0], "end": places[0] + len(words)}
    if not places:
        raise InputError(source=name, problem=f"{words!r} does not stand in the text")
    ranges = ", ".join(f"{at}-{at + len(words)}" for at in places[:5])
    raise InputError(
        source=name, problem=f"{words!r} stands there {len(places)} times; give one of {ranges}"
    )
