"""What a page says of its article in JSON-LD, in the words of schema.org."""

import html
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.inputs.dates import iso_date
from onrecord.inputs.page_words import clean

_MAX_CHARS = 2_000_000
_MAX_ITEMS = 5_000
# Where the description of the article may stand inside another one.
_INNER = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
_MAX_NAMES = 20
_MAX_NAME_CHARS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedArticle:
    """An article as JSON-LD describes it."""

    headline: str | None
    outlet: str | None
    author: str | None
    published: str | None
    url: str | None
    language: str | None


def linked_articles(root: Any) -> list[LinkedArticle]:
    """All articles that the page describes, in its order."""
    items = list(_items(root))
    by_id = {one["@id"]: one for one in items if isinstance(one.get("@id"), str) and len(one) > 1}
    return [_article(one, by_id) for one in items if _is_article(one)]


def _items(root: Any) -> Iterator[Mapping[str, Any]]:
    n_items = 0
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        waiting = [_loaded(script.text or "")]
        while waiting and n_items < _MAX_ITEMS:
            one = waiting.pop()
            n_items += 1
            if isinstance(one, list):
                waiting.extend(reversed(one))
            elif isinstance(one, dict):
                yield one
                waiting.extend(one[key] for key in reversed(_INNER) if key in one)


def _loaded(text: str) -> Any:
    """The value in a script; None when it cannot be read."""
    plain = text.strip().removeprefix("<!--").removesuffix("-->").removeprefix("//<![CDATA[")
    plain = plain.strip().removesuffix("//]]>").rstrip("; \t\r\n")
    if len(plain) > _MAX_CHARS:
        return None
    for one in (plain, html.unescape(plain)):
        try:
            return json.loads(one, strict=False, parse_int=float)
        except (ValueError, RecursionError):
            continue
    return None


def _is_article(item: Mapping[str, Any]) -> bool:
    kinds = item.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.endswith(("Article", "Posting")) for name in names)


def _article(item: Mapping[str, Any], by_id: Mapping[str, Mapping[str, Any]]) -> LinkedArticle:
    published = item.get("datePublished")
    url = item.get("url") or item.get("mainEntityOfPage")
    if isinstance(url, Mapping):
        url = url.get("@id")
    language = item.get("inLanguage")
    return LinkedArticle(
        headline=_short(item.get("headline")) or _short(item.get("name")),
        outlet=_name(item.get("publisher"), by_id),
        author=_name(item.get("author"), by_id),
        published=iso_date(published) if isinstance(published, str) else None,
        url=url if isinstance(url, str) else None,
        language=language if isinstance(language, str) else None,
    )


def _short(value: Any) -> str | None:
    return clean(value) if isinstance(value, str) and len(value) <= _MAX_NAME_CHARS else None


def _name(value: Any, by_id: Mapping[str, Mapping[str, Any]]) -> str | None:
    """The name of a person or organization; several are joined."""
    names: dict[str, None] = {}
    for one in (value if isinstance(value, list) else [value])[:_MAX_NAMES]:
        named = one
        if isinstance(one, Mapping):
            named = one.get("name")
            described = by_id.get(one["@id"]) if isinstance(one.get("@id"), str) else None
            if named is None and described is not None:
                named = described.get("name")
            if isinstance(named, list):
                named = named[0] if named else None
        words = _short(named)
        if words and not words.lower().startswith(("http://", "https://")):
            names[html.unescape(words)] = None
    return ", ".join(names) or None
