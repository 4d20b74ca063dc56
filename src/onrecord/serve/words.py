"""Words of articles as HTML: always escaped, and never able to turn a line around.

Signs that change the direction of writing stand each in an element of their own, which
keeps their effect inside it; styles show their name. What no page can hold is U+FFFD, one
sign for one, so that positions stay as they are.
"""

import re
from typing import Any

from markupsafe import Markup

_CONTROLS = {
    "\u061c": "ALM",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}
_BIDI = re.compile(f"([{''.join(_CONTROLS)}])")
# Signs that HTML does not allow, or that its parser would change.
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)

# All that is not as it is in HTML: the two above, and what is escaped.
_SPECIAL = re.compile(f"[&<>\"'\r]|{_BIDI.pattern}|{_UNSHOWABLE.pattern}")


def marked_up(words: str) -> Markup:
    """Words of an article, for the inside of an element.

    >>> marked_up("<b>")
    Markup('&lt;b&gt;')
    """
    if _SPECIAL.search(words) is None:
        return Markup(words)  # noqa: S704 - nothing in it means anything to a parser
    words = _UNSHOWABLE.sub("\ufffd", words)
    if _BIDI.search(words) is None:
        return _escaped(words)
    pieces = _BIDI.split(words)
    return Markup("").join(
        _control(piece) if number % 2 else _escaped(piece) for number, piece in enumerate(pieces)
    )


def _escaped(words: str) -> Markup:
    # A parser makes a bare carriage return into a line feed; a reference keeps it.
    return Markup(str(Markup.escape(words)).replace("\r", "&#13;"))  # noqa: S704 - escaped before


def _control(sign: str) -> Markup:
    return Markup('<span class="unseen" data-name="{}">{}</span>').format(_CONTROLS[sign], sign)


def quoted(words: Any) -> Markup:
    """Words of an article among those of the page: in one line, isolated; None is empty."""
    return Markup(quoted_text(words))  # noqa: S704 - marked_up escapes


def quoted_text(words: Any) -> str:
    """The same as text that is HTML already."""
    return "" if words is None else f"<bdi>{marked_up(' '.join(str(words).split()))}</bdi>"


def plain(words: Any) -> str:
    """Words for an attribute or a title: in one line, without signs that turn lines around."""
    return " ".join(_BIDI.sub("", _UNSHOWABLE.sub("\ufffd", str(words or ""))).split())
