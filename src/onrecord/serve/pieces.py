"""Pieces of HTML that stand hundreds of times on a page: words in context, outlets, speakers.

As macros of a template they took two thirds of the time of the map. What stands here is the
same, by f-strings over words that are escaped first.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from onrecord.serve.words import plain, quoted_text

_PREFIXES = {"event": "e", "control claim": "k"}
_DAY = len("2024-05-02")
_LEEWAY = 5
_CUT = "..."


def said_by(speaker: str | None) -> Markup:
    """On whose word; None is the outlet."""
    if speaker is None:
        return Markup('<span class="outlet-says">the outlet itself</span>')
    return Markup(f'<span class="speaker">{quoted_text(speaker)}</span>')  # noqa: S704 - escaped


def outlet(row: Mapping[str, Any], prefix: str = "") -> Markup:
    """Who published a row, and on which day."""
    shown = quoted_text(row[f"{prefix}outlet"] or "outlet not known")
    published, day = row[f"{prefix}published"], ""
    if published:
        day = f', <time datetime="{_attribute(published)}">{Markup.escape(published[:_DAY])}</time>'
    return Markup(f'<span class="outlet">{shown}</span>{day}')  # noqa: S704 - escaped above


def in_context(row: Mapping[str, Any], prefix: str = "", most: int = 260) -> Markup:
    """The words of a row, with those around them in their sentence.

    Args:
        row: With words and what stands before and after them.
        prefix: What stands before these names, ``first_`` for one side of a dispute.
        most: Code points of the words that are shown at most.
    """
    words = row[f"{prefix}words"] or ""
    before, after = row[f"{prefix}before"], row[f"{prefix}after"]
    shown = f'<b class="core">{quoted_text(_cut(words, most))}</b>'
    if before is not None:
        shown = f'<span class="around">{quoted_text(before)} </span>{shown}'
    if after is not None and len(words) <= most:
        space = " " if after[:1].isspace() else ""
        shown += f'<span class="around">{space}{quoted_text(after)}</span>'
    return Markup(shown)  # noqa: S704 - quoted_text escapes


def map_item(row: Mapping[str, Any]) -> Markup:
    """An event or claim of control in the list beside the map."""
    asserter, at = row["asserter"], f"{_PREFIXES[row['kind']]}-{quote(row['id'])}"
    day = row["date"] or (row["published"] or "")[:_DAY] or "no day"
    return Markup(  # noqa: S704 - quoted_text and _attribute escape all that an article says
        f'<li data-id="{_attribute(row["id"])}"'
        f' class="{"by-source" if asserter else "by-outlet"}"><p class="row-head">'
        f'<span class="day">{quoted_text(day)}</span>'
        f' <span class="act">{quoted_text(row["what"])}</span>{_factuality(row)}</p>\n'
        f'<p>{_parties(row)}<span class="at">{_place(row)}</span>'
        f' <span class="meta">({_attribute(row["precision"] or "no position")})</span></p>\n'
        f'<p><a href="/article/{quote(row["document"])}#{at}">{in_context(row)}</a>'
        f' <span class="meta">{outlet(row)} · on the word of {said_by(asserter)}</span></p></li>'
    )


def _attribute(words: Any) -> str:
    return str(Markup.escape(plain(words)))


def _cut(words: str, most: int) -> str:
    """Words up to a length, as Jinja's `truncate` cuts them.

    >>> _cut("Vale said that the bridge is open", 16)
    'Vale said...'
    """
    if len(words) <= most + _LEEWAY:
        return words
    return words[: most - len(_CUT)].rsplit(" ", 1)[0] + _CUT


def _factuality(row: Mapping[str, Any]) -> str:
    if row["factuality"] == "actual":
        return ""
    return f' <span class="tag quiet">{_attribute(row["factuality"])}</span>'


def _parties(row: Mapping[str, Any]) -> str:
    if not (row["who"] or row["whom"]):
        return ""
    whom = f" → {quoted_text(row['whom'])}" if row["whom"] else ""
    return f"{quoted_text(row['who'] or 'somebody')}{whom}, "


def _place(row: Mapping[str, Any]) -> str:
    country = f", {_attribute(row['country'])}" if row["country"] else ""
    return f"{quoted_text(row['place'])}{country}"
