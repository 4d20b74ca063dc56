"""News that we annotated with events, and articles of our own, with their annotations.

`training/events/*.jsonl` has one article a line. Of articles of a corpus it has positions
alone: the text comes from the folder of the corpora. Shape of a line:

    {"name": "a007", "corpus": "wikinews", "id": "…", "published": "2019-01-24", "end": 1804,
     "events": [{"trigger": [55, 61], "type": "ASSAULT", "mode": "explosives",
                 "factuality": "actual", "core": true,
                 "actors": [{"span": [12, 20], "name": [301, 312]}], "recipients": [],
                 "asserter": null}]}

`end` is where the annotated part of the text ends; `text` stands in the lines of our own
articles. A party has the words by which the article names it nearest to the trigger, and
where they are a pronoun or a description, its name elsewhere. `asserter` is null for the
outlet, "?" for a voice that is not named, else a party. What has no
`mode` was not asked for one.
"""

import csv
import json
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

EVENTS: Final = Path(__file__).parent.parent / "training" / "events"
# Files from which nothing is learned, by the name of their part: `later` was annotated by other
# hands after the weights had been made, `again` has articles of `dev` a second time, `world` are
# articles of our own, dense with events, by four other hands.
Part = Literal["learned", "dev", "later", "again", "world"]
KEPT_BACK: Final[Mapping[str, Part]] = {
    "dev": "dev",
    "news_later": "later",
    "dev_again": "again",
    "own_world_later": "world",
}
_RE3D: Final = (
    *("CENTCOM", "UK_Government", "Wikipedia", "US_State_Department"),
    "Australian_Department_of_Foreign_Affairs",
)


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """One article with its events, as the lines have them."""

    name: str
    text: str
    published: str | None
    events: tuple[Mapping[str, Any], ...]


def load_annotated(
    corpora: Path, part: Part, *, without: Collection[str] = ()
) -> list[AnnotatedText]:
    """The articles to learn from, or some of those that are kept back.

    Args:
        corpora: The folder of the corpora.
        part: Which.
        without: Files that are left out, by their names.

    Raises:
        KeyError: A corpus lacks an article that the annotations name.
    """
    texts: dict[str, dict[str, str]] = {}
    found: list[AnnotatedText] = []
    for path in sorted(EVENTS.glob("*.jsonl")):
        if KEPT_BACK.get(path.stem, "learned") != part or path.stem in without:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = row.get("text")
            if text is None:
                corpus = row["corpus"]
                if corpus not in texts:
                    texts[corpus] = dict(_READERS[corpus](corpora))
                text = texts[corpus][row["id"]][: row["end"]]
            published = row["published"][:10] or None
            found.append(AnnotatedText(row["name"], text, published, tuple(row["events"])))
    return found


def _wikinews(corpora: Path) -> Iterator[tuple[str, str]]:
    for row in _lines(corpora / "news/wikinews.jsonl"):
        yield row["url"], row["text"]


def _polnear(corpora: Path) -> Iterator[tuple[str, str]]:
    for row in _lines(corpora / "polnear/train.jsonl"):
        yield row["id"], row["text"]


def _ecb(corpora: Path) -> Iterator[tuple[str, str]]:
    for row in _lines(corpora / "clusters/ecb_plus/documents.jsonl"):
        if row["split"] == "train":
            yield row["doc_id"], row["text"]


def _wikievents(corpora: Path) -> Iterator[tuple[str, str]]:
    for row in _lines(corpora / "events/wikievents/wiki-train-human.jsonl"):
        yield row["docid"], untokenised(" ".join(row["tokens"]))


def _fnc1(corpora: Path) -> Iterator[tuple[str, str]]:
    csv.field_size_limit(sys.maxsize)
    with (corpora / "claims/fnc1/train_bodies.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["Body ID"], row["articleBody"].strip()


def _re3d(corpora: Path) -> Iterator[tuple[str, str]]:
    decoder = json.JSONDecoder()
    for source in _RE3D:
        rest = (corpora / "ner/re3d" / source / "documents.json").read_text(encoding="utf-8")
        while rest := rest.lstrip():
            row, end = decoder.raw_decode(rest)
            rest = rest[end:]
            yield row["_id"], row["text"]


_READERS: Final = {
    "wikinews": _wikinews,
    "polnear": _polnear,
    "ecb": _ecb,
    "wikievents": _wikievents,
    "fnc1": _fnc1,
    "re3d": _re3d,
}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def untokenised(text: str) -> str:
    """Tokens with spaces between, as they stand in print.

    >>> untokenised("“ Go , ” said the U . S . envoy , Ann Ben - Ami .")
    '“Go,” said the U.S. envoy, Ann Ben-Ami.'
    """
    text = re.sub(r"(?<=\b[A-Z]) \. (?=[A-Z] \.)", ".", text)
    text = re.sub(r"(?<=\b[A-Z]) \.(?= [A-Za-z])", ".", text)
    text = re.sub(r" ([.,;:!?%)\]”’])", r"\1", text)
    text = re.sub(r"([(\[“‘$#]) ", r"\1", text)
    text = re.sub(r"(?<=\w)’ (s|t|re|ve|ll|d|m)\b", r"’\1", text)
    text = re.sub(r"(?<=\w) ' (s|t|re|ve|ll|d|m)\b", r"'\1", text)
    text = re.sub(r"(?<=\w) - (?=\w)", "-", text)
    return re.sub(r"(?<=\d)([.,:]) (?=\d)", r"\1", text)
