"""Words of an article as a terminal may show them: no control characters, nothing too long."""

import re

# Line ends and tabs are white space and no part of this.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_SPACE = re.compile(r"\s")


def flat(words: str) -> str:
    """White space other than a space shown as a space; control characters left out."""
    return _SPACE.sub(" ", _CONTROL.sub("", words))


def one_line(words: str) -> str:
    """Words in one line, with single spaces between them."""
    return " ".join(flat(words).split())


def shortened(words: str, most: int) -> str:
    """Words in one line of at most so many characters."""
    line = one_line(words[: 4 * most])
    is_whole = len(words) <= 4 * most and len(line) <= most
    return line if is_whole else line[: most - 1].rstrip() + "…"
