"""Files and JSON values, checked once where they enter; whatever is wrong says where."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.errors import FormError
from onrecord.errors import SpanError
from onrecord.records import Spans, as_spans, check_inside


def digest_of(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def spans_of(given: Any, text: str, where: str) -> Spans:
    """A list of [start, end] as spans of a text; nothing and null are no spans.

    Raises:
        FormError: It has another form, or lies outside the text.
    """
    try:
        pairs = [(start, end) for start, end in given or ()]
        are_numbers = all(type(offset) is int for pair in pairs for offset in pair)
        spans = as_spans(pairs) if are_numbers else None
        check_inside(spans or (), text)
    except SpanError as error:
        raise FormError(source=where, problem=str(error)) from error
    except (TypeError, ValueError):
        spans = None
    if spans is None:
        raise FormError(source=where, problem=f"{given!r} is no list of [start, end]")
    return spans


def read_bytes(path: Path) -> bytes:
    """All of a file.

    Raises:
        FormError: It cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise FormError(source=str(path), problem=error.strerror or str(error)) from error


def decoded(content: bytes, path: Path) -> str:
    """The text of a file, every character of it.

    Raises:
        FormError: It is no UTF-8.
    """
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormError(source=str(path), problem=f"it is no UTF-8: {error}") from error


def json_lines(content: bytes, path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The objects of a file, each with where it stands.

    Raises:
        FormError: A line is no JSON object.
    """
    for number, line in enumerate(decoded(content, path).split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path} line {number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            raise FormError(source=where, problem=f"it is no JSON: {error}") from error
        if not isinstance(row, Mapping):
            raise FormError(source=where, problem="it is no object")
        yield where, row


def text_of(row: Mapping[str, Any], key: str, where: str) -> str:
    """A field that must be a string.

    Raises:
        FormError: It is none.
    """
    value = row.get(key)
    if not isinstance(value, str):
        raise FormError(source=where, problem=f'"{key}" must be a string')
    return value


def rows_of(row: Mapping[str, Any], key: str, where: str) -> Sequence[Mapping[str, Any]]:
    """A field that must be a list of objects.

    Raises:
        FormError: It is none.
    """
    value = row.get(key)
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        raise FormError(source=where, problem=f'"{key}" must be a list of objects')
    return value


def refuse_repeated(names: Sequence[str], source: object) -> None:
    """Raise when a name occurs twice.

    Raises:
        FormError: Naming it.
    """
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise FormError(source=str(source), problem=f"{name!r} occurs twice")
        seen.add(name)
