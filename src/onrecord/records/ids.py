"""Ids made from content: the same row has the same id on every machine."""

import functools
import hashlib
import json
from dataclasses import fields, is_dataclass
from typing import Any

_BYTES = 10
_SCALARS = frozenset({str, int, float, bool, type(None)})


def content_id(kind: str, *parts: Any) -> str:
    """Twenty hexadecimal digits that depend on the kind and all parts, and nothing else.

    >>> content_id("entity", "a", None) == content_id("entity", "a", None)
    True
    """
    canonical = _encoder().encode([kind, *[_plain(part) for part in parts]])
    return hashlib.blake2b(canonical.encode("ascii"), digest_size=_BYTES).hexdigest()


@functools.cache
def _encoder() -> json.JSONEncoder:
    return json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))


def _plain(part: Any) -> Any:
    if type(part) in _SCALARS:
        return part
    if isinstance(part, tuple | list):
        return [p if type(p) in _SCALARS else _plain(p) for p in part]
    if isinstance(part, dict):
        return [[k, _plain(v)] for k, v in sorted(part.items())]
    kind: type = type(part)
    names = None if isinstance(part, str | int | float) else _field_names(kind)
    return part if names is None else _plain([getattr(part, name) for name in names])


@functools.cache
def _field_names(kind: type) -> tuple[str, ...] | None:
    """Fields of a dataclass; None for what is none."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else None
