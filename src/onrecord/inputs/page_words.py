"""The words of an element of a page, in lines as they are seen."""

from collections.abc import Iterator
from typing import Any

# Elements that begin and end a line.
BLOCKS = frozenset(
    """address article aside blockquote body br caption center dd details div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre
    section summary table tbody td tfoot th thead title tr ul""".split()
)
_INLINE = ("time", "output", "blink", "nobr", "dfn", "bdi")
UNSEEN = frozenset("script style noscript template svg iframe head button select".split())


def lines_of(element: Any) -> list[str]:
    """The words between the starts and ends of blocks, each line with single spaces."""
    joined = "".join(_pieces(element))
    return [line for given in joined.split("\n") if (line := " ".join(given.split()))]


def words_of(element: Any) -> str | None:
    """All words with single spaces between them, or None."""
    return " ".join(lines_of(element)) or None


def few_words_of(element: Any, limit: int) -> str:
    """All words, or nothing when they are more characters than the limit."""
    joined = ""
    for piece in _pieces(element):
        joined += piece
        if len(joined) > 2 * limit:
            break
    words = " ".join(joined.split())
    return words if len(words) <= limit else ""


def keep_inline_words(root: Any) -> None:
    """Rename elements inside sentences that an extractor drops with their words.

    Quotation marks, which browsers draw around <q>, are written out.
    """
    for element in root.iter("q", *_INLINE):
        if element.tag == "q":
            element.text = "“" + (element.text or "")
            element.tail = "”" + (element.tail or "")
        element.tag = "span"


def clean(value: Any) -> str | None:
    """A string with single spaces between its words; None for nothing and for no string."""
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def _pieces(element: Any) -> Iterator[str]:
    """Text as it stands, white space in it as spaces, with a newline for each border."""
    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:
        one, is_end = stack.pop()
        is_seen = isinstance(one.tag, str) and one.tag not in UNSEEN
        if is_end:
            if one.tag in BLOCKS:
                yield "\n"
            if one is not element:
                yield _flat(one.tail)
        elif not is_seen:
            if one is not element:
                yield _flat(one.tail)
        else:
            if one.tag in BLOCKS:
                yield "\n"
            yield _flat(one.text)
            stack.append((one, True))
            stack.extend((child, False) for child in reversed(one))


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ").replace("\r", " ")
