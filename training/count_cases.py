"""Count how often words are written with a capital: `src/onrecord/entities/word_cases.tsv.gz`.

    ONRECORD_CORPORA=… python -m training.count_cases OUT.tsv.gz

Inside of sentences alone, and not in lines that are written like titles. Texts: the training
parts of PolNeAR, EWT and FNC-1, GUM's training documents and Wikinews. Words that occur once are
left out.
"""

import argparse
import csv
import gzip
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+|\n+|(?<=[\"“])")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_TEXT = re.compile(r"^# text = (.*)$", re.MULTILINE)
_FEWEST_WORDS = 4
_MOST_CAPITALS = 0.6
_LEAST = 2


def texts_of(corpora: Path) -> Iterator[str]:
    """All texts, whole or sentence by sentence."""
    for path in (corpora / "polnear" / "train.jsonl", *sorted((corpora / "news").glob("*.jsonl"))):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line).get("text", "")
    for path in sorted((corpora / "ewt").glob("*train*")):
        raw = path.read_bytes()
        yield from _TEXT.findall((gzip.decompress(raw) if path.suffix == ".gz" else raw).decode())
    for path in sorted((corpora / "gum" / "conllu").glob("**/*.conllu")):
        if "dev" not in str(path.relative_to(corpora)):
            yield from _TEXT.findall(path.read_text(encoding="utf-8"))
    csv.field_size_limit(10**9)
    with (corpora / "claims" / "fnc1" / "train_bodies.csv").open(encoding="utf-8") as stream:
        yield from (row["articleBody"] for row in csv.DictReader(stream))


def count(texts: Iterator[str]) -> tuple[Counter[str], Counter[str]]:
    """How often each word stands in lower case, and with a capital."""
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts:
        for sentence in _SENTENCE_ENDS.split(text):
            words = _WORD.findall(sentence)
            inner = words[1:]
            n_capitals = sum(word[0].isupper() for word in inner)
            if len(words) < _FEWEST_WORDS or n_capitals > _MOST_CAPITALS * len(inner):
                continue
            lower.update(word for word in inner if word.islower())
            capital.update(word.lower() for word in inner if word[0].isupper())
    return lower, capital


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    lower, capital = count(texts_of(Path(os.environ["ONRECORD_CORPORA"])))
    words = sorted(w for w in lower | capital if lower[w] + capital[w] >= _LEAST)
    lines = [f"{word}\t{lower[word]}\t{capital[word]}" for word in words]
    head = "# word, how often in lower case, how often with a capital; training/count_cases.py"
    raw = "\n".join([head, *lines]).encode("utf-8")
    args.out.write_bytes(gzip.compress(raw, 9, mtime=0))
    print(len(words), "words,", args.out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
