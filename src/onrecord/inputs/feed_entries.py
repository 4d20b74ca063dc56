"""What a feed says: its entries with headline, address, date and words, as they are given.

feedparser knows the dialects of RSS and Atom; it is given XML that `feed_trees.py` has
cleaned, and neither fetches nor opens anything. Entries as documents: `feed_articles.py`.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from onrecord.inputs.dates import iso_date
from onrecord.inputs.feed_trees import FeedError, clean_feed

_HTML = ("text/html", "application/xhtml+xml")
_LANGUAGE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE)
_MAX_ADDRESS_CHARS, _MAX_WORDS_CHARS = 4000, 1000
_TAG = re.compile(r"<[^<>]{0,2000}>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed.

    Attributes:
        key: What tells it from the others of its feed.
        url: Its page; None when it names none, or none of the web.
        title: Its headline, without marks.
        author: Who wrote it.
        published: ISO 8601; None when it gives no date that can be read.
        content: Its longest text, as HTML; may be a summary.
        is_summary: Whether the feed calls that text a summary.
    """

    key: str
    url: str | None
    title: str | None
    author: str | None
    published: str | None
    content: str
    is_summary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed and its entries, each once, in its order."""

    title: str | None
    language: str | None
    entries: tuple[Entry, ...]


def parse_feed(text: str, url: str | None) -> Feed:
    """The entries of a feed.

    Args:
        text: The feed, decoded.
        url: Its address, which links may be relative to.

    Raises:
        FeedError: It cannot be read, or is no feed.
    """
    import feedparser

    found = feedparser.parse(
        io.BytesIO(clean_feed(text)), sanitize_html=False, resolve_relative_uris=False
    )
    if not found.get("version"):
        raise FeedError("is neither RSS nor Atom")
    base = url or _address(found.feed.get("link"), None)
    entries = {entry.key: entry for entry in _entries(found.entries, base)}
    language = _LANGUAGE.fullmatch(str(found.feed.get("language") or ""))
    return Feed(
        title=_words(found.feed, "title"),
        language=language.group(1).lower() if language else None,
        entries=tuple(entries.values()),
    )


def _entries(given: list[Any], base: str | None) -> Iterator[Entry]:
    for one in given:
        url = _address(one.get("link"), base)
        title = _words(one, "title")
        content, is_summary = _longest(one)
        if not (url or title or content):
            continue
        yield Entry(
            # Without the address if there is an id: some carry the time of the request.
            key=f"{one.get('id') or url or ''}\n{title or ''}",
            url=url,
            title=title,
            author=_words(one, "author"),
            published=_published(one),
            content=content,
            is_summary=is_summary,
        )


def _address(given: Any, base: str | None) -> str | None:
    """A whole address of the web, or None."""
    if not isinstance(given, str) or not given.strip() or len(given) > _MAX_ADDRESS_CHARS:
        return None
    try:
        whole = urljoin(base or "", given.strip())
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in {"http", "https"} and parts.netloc else None


def _words(given: Mapping[str, Any], name: str) -> str | None:
    """A short text that may be HTML, in one line."""
    from html import unescape

    value = str(given.get(name) or "")
    detail = given.get(f"{name}_detail") or {}
    if detail.get("type") in _HTML:
        value = unescape(_TAG.sub(" ", value))
    words = " ".join(value.split())
    return words if 0 < len(words) <= _MAX_WORDS_CHARS else None


def _longest(one: Mapping[str, Any]) -> tuple[str, bool]:
    """The longest text of an entry, and whether it is a summary."""
    contents = [str(c.get("value") or "") for c in one.get("content") or ()]
    content = max(contents, key=len, default="")
    summary = str(one.get("summary") or "")
    return (summary, True) if len(summary) > len(content) else (content, False)


def _published(one: Mapping[str, Any]) -> str | None:
    for name in ("published", "created", "updated"):
        # Asked for first: the parser answers for one name with the value of another.
        given = one[name] if name in one.keys() else None  # noqa: SIM118
        if isinstance(given, str) and (date := iso_date(given)):
            return date
    return None
