"""Words of an article and of its records as HTML: escaped, and shortened where they are long."""

import html
import re

_SHOWN_WORDS = 200
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def escaped(words: str) -> str:
    """Words as HTML, in an attribute too; what a page cannot show is U+FFFD.

    >>> escaped('<b title="x">')
    '&lt;b title=&quot;x&quot;&gt;'
    """
    return html.escape(_UNSHOWABLE.sub("\ufffd", words), quote=True)


def shortened(words: str) -> str:
    """Words in one line, and no more of them than a table can show."""
    line = " ".join(words[: 2 * _SHOWN_WORDS].split())
    is_whole = len(words) <= 2 * _SHOWN_WORDS and len(line) <= _SHOWN_WORDS
    return line if is_whole else line[: _SHOWN_WORDS - 1] + "…"
