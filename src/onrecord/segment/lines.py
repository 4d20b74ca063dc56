"""What a line is: news is set in paragraphs of one line each, however lines are ended."""

import re
from collections.abc import Iterator

# What Unicode (line breaking class BK, CR, LF, NL) ends a line with; "\r\n" is an empty line
# between two, which holds no words.
LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")


def matches_at(
    firsts: re.Pattern[str], pattern: re.Pattern[str], text: str, start: int, end: int
) -> Iterator[re.Match[str]]:
    """As ``pattern.finditer``, for one that is slow to look for.

    Args:
        firsts: One character, of those with which a match can begin; no other place is tried.
        pattern: What is looked for.
        text: Where.
        start: From here on.
        end: Up to here.
    """
    for first in firsts.finditer(text, start, end):
        if first.start() >= start:
            match = pattern.match(text, first.start(), end)
            if match is not None:
                start = match.end()
                yield match
