"""Bytes to text, losing nothing: marks of order, declared and guessed encodings.

What kinds of file are no text stands in `kinds.py`.
"""

import codecs
import re
from collections.abc import Iterable

from onrecord.inputs.kinds import always_binary, kind_of
from onrecord.records import RejectionReason

# Longest first: the mark of UTF-32 begins with the mark of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([a-zA-Z0-9_:.-]{2,40})",
    re.IGNORECASE,
)
_XML_DECLARED = re.compile(
    rb"\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([a-zA-Z0-9_:.-]{2,40})",
    re.IGNORECASE,
)
# What Python calls an encoding and no page means by one, and what a text without zero
# bytes cannot be in.
_NOT_DECLARED = frozenset(
    """idna punycode unicode_escape raw_unicode_escape utf-7 undefined unicode-escape
    raw-unicode-escape utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be""".split()
)
# What browsers read instead of the encoding that is named (Encoding standard of WHATWG).
_READ_AS = {
    "iso8859-1": ("cp1252", "latin-1"),
    "ascii": ("cp1252", "latin-1"),
    "iso8859-9": ("cp1254", "iso8859-9"),
    "gb2312": ("gb18030",),
    "gbk": ("gb18030",),
    "shift_jis": ("cp932",),
    "euc_kr": ("cp949",),
}
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]")
_LOOKED_AT = 65_536
_CONTROL_SHARE = 0.02
# A text of Latin letters has few others; above it, the encoding has to be guessed.
_FEW_HIGH = 0.15
# Below it, bytes that are no UTF-8 are damage of a text that is otherwise UTF-8.
_DAMAGED_SHARE = 0.25


class DecodeError(Exception):
    """Bytes that are no text; carries the reason for a rejection."""

    def __init__(self, reason: RejectionReason, detail: str) -> None:
        self.reason, self.detail = reason, detail
        super().__init__(detail)


def decode(content: bytes, *, declared: str | None = None) -> str:
    """The text that the bytes hold, every character of it; a mark of byte order is none.

    Tried in order: the mark, the wide encodings if there are zero bytes, UTF-8, the
    encoding that is declared (by the caller or by the page), the likeliest guess. A
    few bytes that a text in UTF-8 cannot hold become U+FFFD.

    Args:
        content: All bytes of the text.
        declared: An encoding named outside, as HTTP does.

    Raises:
        DecodeError: The bytes are no text.
    """
    what = always_binary(content)
    if what is not None:
        raise DecodeError(RejectionReason.BINARY, f"this is {what}")
    text = _by_mark(content)
    if text is None and b"\x00" in content[:_LOOKED_AT]:
        text = _wide(content)
        if text is None:
            raise _no_text(content, "it holds zero bytes")
    if text is None:
        text = _try(content, "utf-8")
    if text is None:
        text = _narrow(content, declared)
    head = text[:_LOOKED_AT]
    n_controls = len(_CONTROLS.findall(head))
    if n_controls > max(min(3, len(head) // 2), _CONTROL_SHARE * len(head)):
        raise _no_text(content, f"it holds {n_controls} control characters")
    return text


def wide_mark(head: bytes) -> str | None:
    r"""The encoding of two or four bytes a character whose mark stands first, or None.

    >>> wide_mark(b"\xff\xfea\x00"), wide_mark(b"abcd")
    ('utf-16-le', None)
    """
    return next((name for mark, name in _MARKS if name in _WIDE and head.startswith(mark)), None)


def _no_text(content: bytes, why: str) -> DecodeError:
    kind = kind_of(content)
    detail = f"this is {kind}" if kind else f"this is no text: {why}"
    return DecodeError(RejectionReason.BINARY, detail)


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None


def _by_mark(content: bytes) -> str | None:
    """The text after a mark of byte order, if there is one and the rest agrees with it."""
    for mark, encoding in _MARKS:
        if not content.startswith(mark):
            continue
        rest = content[len(mark) :]
        text = _try(rest, encoding)
        if text is None:
            text = rest.decode(encoding, "replace")
            if text.count("\ufffd") > 1 + len(text) // 1000:
                continue
        if "\x00" not in text[:1024]:
            return text
    return None


def _wide(content: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: the one that gives spaces and printable characters."""
    best, most = None, 0
    for encoding in _WIDE:
        unit = int(encoding[4:6]) // 8
        sample = _try(content[: _LOOKED_AT // 4 // unit * unit], encoding)
        if sample is None and encoding.startswith("utf-16"):
            # The cut may have parted a pair of surrogates.
            sample = _try(content[: _LOOKED_AT // 4 - 2], encoding)
        if not sample or not _is_printable(sample):
            continue
        n_plain = sum(c < "\x7f" for c in sample)
        if n_plain > most:
            best, most = encoding, n_plain
    return _try(content, best) if best else None


def _is_printable(sample: str) -> bool:
    n_printed = sum(c.isprintable() or c in "\t\r\n\f\x85\xa0" for c in sample)
    return n_printed >= 0.95 * len(sample)


def _narrow(content: bytes, declared: str | None) -> str:
    """Bytes that are no UTF-8 as a whole: declared, damaged, or in another encoding.

    Raises:
        DecodeError: No encoding makes a text of them.
    """
    if kind_of(content) is not None:
        raise _no_text(content, "")
    names = [_known(name) for name in (declared, _declared_inside(content)) if name]
    for name in names:
        if name is not None and name != "utf-8":
            text = _first(content, _READ_AS.get(name, (name,)))
            if text is not None:
                return text
    return _damaged(content) or _guess(content)


def _known(name: str) -> str | None:
    """Python's name of a declared encoding; None for what no text without zeros is in."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return None if found in _NOT_DECLARED else found


def _declared_inside(content: bytes) -> str | None:
    match = _XML_DECLARED.match(content[:1024]) or _DECLARED.search(content[:4096])
    return match.group(1).decode("ascii") if match else None


def _first(content: bytes, encodings: Iterable[str]) -> str | None:
    return next((t for e in encodings if (t := _try(content, e)) is not None), None)


def _damaged(content: bytes) -> str | None:
    """UTF-8 in which few of the characters beyond ASCII are broken."""
    text = content.decode("utf-8", "replace")
    n_broken = text.count("\ufffd")
    n_high = len(text) - len(text.encode("ascii", "ignore"))
    return text if n_broken < _DAMAGED_SHARE * n_high else None


def _guess(content: bytes) -> str:
    """Windows-1252 for a text with few other letters than ASCII, else the likeliest.

    Raises:
        DecodeError: None is likely.
    """
    head = content[:_LOOKED_AT]
    n_high = len(_HIGH.findall(head))
    if n_high <= max(4, _FEW_HIGH * len(head)):
        text = _first(content, ("cp1252", "latin-1"))
        if text is not None and len(_CONTROLS.findall(text[:_LOOKED_AT])) <= len(head) // 100:
            return text
    text = _likeliest(content)
    if text is None:
        raise DecodeError(
            RejectionReason.UNDECODABLE, "its encoding cannot be told; save it as UTF-8"
        )
    return text


def _likeliest(content: bytes) -> str | None:
    import charset_normalizer

    # Cut between words, so that no character of several bytes is parted.
    head = content[:_LOOKED_AT]
    if len(content) > len(head):
        cut = max(head.rfind(b" "), head.rfind(b"\n"))
        head = head[:cut] if cut > 0 else head
    best = charset_normalizer.from_bytes(head).best()
    if best is None or _CONTROLS.search(str(best)):
        return None
    return _try(content, best.encoding)
