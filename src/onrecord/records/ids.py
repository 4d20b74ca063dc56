"""Ids made from content: the same row has the same id on every machine."""

import hashlib
import json
import operator
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from json.encoder import encode_basestring_ascii
from typing import Any

from onrecord.records.spans import Span

_BYTES = 10
_Writer = Callable[[Any], str]


def content_id(kind: str, *parts: Any) -> str:
    """Twenty hexadecimal digits that depend on the kind and all parts, and nothing else.

    >>> content_id("entity", "a", None) == content_id("entity", "a", None)
    True
    """
    canonical = _list((kind, *parts))
    return hashlib.blake2b(canonical.encode("ascii"), digest_size=_BYTES).hexdigest()


def _list(parts: Iterable[Any]) -> str:
    """Parts as JSON without spaces."""
    return f"[{','.join([_WRITERS[type(part)](part) for part in parts])}]"


class _Writers(dict[type, _Writer]):
    """What writes a part of each type that was met."""

    def __missing__(self, kind: type) -> _Writer:
        writer = self[kind] = _writer(kind)
        return writer


def _writer(kind: type) -> _Writer:
    """A dataclass is written as the list of its fields, a map as one of sorted pairs."""
    if issubclass(kind, str):
        return encode_basestring_ascii
    if issubclass(kind, tuple | list):
        return _list
    if issubclass(kind, dict):
        return lambda part: _list(sorted(part.items()))
    if is_dataclass(kind):
        names = [field.name for field in fields(kind)]
        if len(names) > 1:
            values = operator.attrgetter(*names)
            return lambda part: _list(values(part))
        return lambda part: _list([getattr(part, name) for name in names])
    return repr if kind is int else json.dumps


# Spans as all dataclasses are, in one step: most ids are made of some.
_WRITERS = _Writers({Span: lambda span: f"[{span.start},{span.end}]"})
