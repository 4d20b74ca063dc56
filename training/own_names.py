"""Web texts of our own with marked names: mails, blogs, reviews, questions.

`training/names/*.jsonl` has a text a line: {"kind": "review", "text": "at {ORG|Brill & Co}"}.
Names are marked by the guideline of Universal NER: persons, organizations, places.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path

from evaluation.entity_texts import Form, MarkedMention, MarkedText

NAMES = Path(__file__).parent / "names"
_MARK = re.compile(r"\{(PER|ORG|LOC)\|([^{}|]+)\}")


def load_own_names(folder: Path = NAMES) -> list[MarkedText]:
    """All texts, without the marks."""
    return [
        marked_text(f"{path.stem}-{number}", json.loads(line)["text"])
        for path in sorted(folder.glob("*.jsonl"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    ]


def marked_text(name: str, given: str) -> MarkedText:
    """A text whose names stand as ``{KIND|name}``.

    >>> marked_text("a", "At {ORG|Brill}.").mentions[0].span
    (3, 8)
    """
    text, mentions, at = "", [], 0
    for found in _MARK.finditer(given):
        text += given[at : found.start()]
        start, end = len(text), len(text) + len(found[2])
        mentions.append(
            MarkedMention(start=start, end=end, type=found[1], form=Form.NAME, name=(start, end))
        )
        text, at = text + found[2], found.end()
    return plain_text(name, text + given[at:], mentions)


def plain_text(name: str, text: str, mentions: Iterable[MarkedMention] = ()) -> MarkedText:
    """A text of which nothing else is known."""
    return MarkedText(
        id=name, text=text, tokens=(), sentences=(), paragraphs=(), mentions=tuple(mentions)
    )
