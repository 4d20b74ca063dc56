"""Where the time of reading goes: the tables of docs/performance.md.

    python benchmarks/performance.py [--texts FILE.jsonl] [--articles 48] [--rounds 3]
        [--threads 2] [--growth] [--full] [--json]

Prints Markdown:

- stages: milliseconds of processor time per article of 650 words, and the share of the
  whole; the bare encoder, which is the yardstick, comes first;
- ratios: what the whole record takes beside the bare encoder on one thread (processor
  time) and on several (time on the clock);
- with `--growth`: cost per kilobyte from 10² to 10³ documents and of one text from 1 kB to
  1 MB; `--full` goes on to 10⁵ documents and 10 MB, which takes hours.

A few texts at a time are read by the bare encoder and by the whole in turn, so that what else
the machine does slows both; of all rounds the best of each few counts. Texts are the examples
of the project unless others are given.
"""

import argparse
import json
import resource
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from reading import WORDS_PER_ARTICLE, articles_of, given_texts, timed

from onrecord.config import Config
from onrecord.encode.sessions import Encoder, run_all
from onrecord.pipeline import Reader
from onrecord.records import Document, Reading, make_document
from onrecord.statements.stages import StatementFinder

Made = TypeVar("Made")
ENCODER, CONTENTS, ROLES = "encoder, bare", "contents read again", "heads of the parties"
WINDOWS, DECODING = "sentences, pieces, windows", "decoding of scores, statements"
GROWTH_DOCUMENTS, FULL_DOCUMENTS = (100, 1_000), (100, 1_000, 10_000, 100_000)
GROWTH_KB, FULL_KB = (1, 10, 100, 1_000), (1, 10, 100, 1_000, 10_000)
GROWTH_WORDS = 200
# Documents that are read together; the windows of so many fill a block.
GROUP = 8


class TimedEncoder:
    """An encoder that counts the processor time of its calls."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.seconds: Counter[str] = Counter()

    def encode(self, window: Any) -> Any:
        """As the encoder does."""
        return self._timed("encode", self.encoder.encode, window)

    def score_roles(self, *arrays: Any) -> Any:
        """As the encoder does."""
        return self._timed(ROLES, self.encoder.score_roles, *arrays)

    def _timed(self, name: str, work: Callable[..., Made], *arguments: Any) -> Made:
        started = time.thread_time()
        made = work(*arguments)
        self.seconds[name] += time.thread_time() - started
        return made


def thread_seconds(work: Callable[..., Made], *arguments: Any) -> tuple[float, Made]:
    """Processor time of this thread for some work, and what it made."""
    started = time.thread_time()
    made = work(*arguments)
    return time.thread_time() - started, made


def name_of(stage: object) -> str:
    """A stage as the table names it."""
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in type(stage).__name__)
    return words.strip()


def measured(reader: Reader, documents: Sequence[Document]) -> Counter[str]:
    """Seconds of each part of reading some documents together."""
    first, *others = reader.stages
    if not isinstance(first, StatementFinder):
        raise TypeError("the first stage must be the one with the encoder")
    encode = first.finder.encoder.encode
    found: Counter[str] = Counter()
    found[WINDOWS], windows = thread_seconds(
        lambda: [w for d in documents for w in first.windows(d)]
    )
    found[ENCODER], _ = thread_seconds(lambda: list(map(encode, windows)))
    counted = TimedEncoder(first.finder.encoder)
    finder = first.with_encoder(counted, also=first.also)
    readings: Sequence[Reading] = [Reading(document=d, run=reader.run) for d in documents]
    whole, readings = thread_seconds(finder, readings)
    found[ROLES] = counted.seconds[ROLES]
    found[CONTENTS] = counted.seconds["encode"] - found[ENCODER]
    found[DECODING] = whole - found[ROLES] - counted.seconds["encode"] - found[WINDOWS]
    for stage in others:
        found[name_of(stage)], readings = thread_seconds(stage, readings)
    return found


def stage_seconds(reader: Reader, documents: Sequence[Document], rounds: int) -> Counter[str]:
    """Seconds of each part over some documents: of each group the round with the least."""
    total: Counter[str] = Counter()
    for at in range(0, len(documents), GROUP):
        group = documents[at : at + GROUP]
        total.update(min((measured(reader, group) for _ in range(rounds)), key=_whole))
    return total


def _whole(found: Counter[str]) -> float:
    return sum(found.values())


def threaded(documents: Sequence[Document], n_threads: int, rounds: int) -> dict[str, float]:
    """The whole beside the bare encoder on several threads, by the clock."""
    reader = Reader(Config(n_threads=n_threads))
    first = reader.stages[0]
    if not isinstance(first, StatementFinder):
        raise TypeError("the first stage must be the one with the encoder")
    encode = first.finder.encoder.encode
    windows = [window for document in documents for window in first.windows(document)]
    reader.read_batch(documents)
    pairs = [
        (
            timed(lambda: run_all(encode, windows, n_threads=n_threads)),
            timed(lambda: reader.read_batch(documents)),
        )
        for _ in range(rounds)
    ]
    best = min(whole for _, whole in pairs)
    return {
        "threads": n_threads,
        "ratio_best": round(min(bare for bare, _ in pairs) / best, 3),
        "ratio_median": round(statistics.median(bare / whole for bare, whole in pairs), 3),
        "articles_per_s": round(len(documents) / best, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def read_all(reader: Reader, documents: Sequence[Document]) -> None:
    """Read all and keep nothing."""
    for _ in reader.read_each(documents):
        pass


def growth(reader: Reader, texts: Sequence[str], *, full: bool) -> Iterator[dict[str, Any]]:
    """Cost per kilobyte of more documents, and of a longer one."""
    for n in FULL_DOCUMENTS if full else GROWTH_DOCUMENTS:
        documents = articles_of(texts, n, n_words=GROWTH_WORDS)
        n_kb = sum(len(document.text) for document in documents) / 1e3
        seconds, _ = thread_seconds(read_all, reader, documents)
        yield {"documents": n, "kb": round(n_kb), "ms_per_kb": round(seconds / n_kb * 1e3, 2)}
    paragraphs = [line for text in texts for line in text.splitlines() if line.strip()]
    for n_kb in FULL_KB if full else GROWTH_KB:
        text = "\n\n".join(paragraphs)
        long = "\n\n".join([text] * (n_kb * 1000 // len(text) + 1))[: n_kb * 1000]
        n_times = max(1, 20 // n_kb)
        documents = [make_document(text=long)] * n_times
        seconds, _ = thread_seconds(read_all, reader, documents)
        ms = seconds / n_times / n_kb * 1e3
        yield {"documents": 1, "kb": n_kb, "ms_per_kb": round(ms, 2)}


def stage_table(seconds: Counter[str], n_articles: float) -> str:
    """The parts as a Markdown table, and their ratio."""
    whole = _whole(seconds)
    lines = ["| part | ms per article | share of the whole |", "|---|--:|--:|"]
    order = [ENCODER, CONTENTS, ROLES, WINDOWS, DECODING]
    for name in [*order, *(n for n in seconds if n not in order)]:
        share = seconds[name] / whole
        lines.append(f"| {name} | {seconds[name] / n_articles * 1e3:.1f} | {share:.1%} |")
    lines.append(f"| whole | {whole / n_articles * 1e3:.1f} | 100% |")
    lines += ["", f"whole record / bare encoder: {seconds[ENCODER] / whole:.1%}"]
    graphs = seconds[ENCODER] + seconds[CONTENTS] + seconds[ROLES]
    lines.append(f"graphs alone / bare encoder: {seconds[ENCODER] / graphs:.1%}")
    return "\n".join(lines)


def main() -> None:
    """Run what is asked for and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, help="JSON Lines with a text in each line")
    parser.add_argument("--articles", type=int, default=48)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--json", action="store_true", help="numbers instead of tables")
    args = parser.parse_args()
    texts = given_texts(args.texts)
    documents = articles_of(texts, args.articles)
    reader = Reader(Config(n_threads=1))
    reader.read_batch(documents[:8])
    seconds = stage_seconds(reader, documents, args.rounds)
    n_words = sum(len(document.text.split()) for document in documents)
    result: dict[str, Any] = {"run": reader.run.model, "stages": dict(seconds)}
    if args.threads > 1:
        result["threads"] = threaded(documents, args.threads, args.rounds)
    if args.growth or args.full:
        result["growth"] = list(growth(reader, texts, full=args.full))
    if args.json:
        print(json.dumps(result, indent=1))
        return
    print(stage_table(seconds, n_words / WORDS_PER_ARTICLE))
    for name in ("threads", "growth"):
        if name in result:
            print(f"\n{name}: {json.dumps(result[name])}")


if __name__ == "__main__":
    main()
