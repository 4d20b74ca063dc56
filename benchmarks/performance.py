"""Where the time of reading goes: the tables of docs/performance.md.

    python benchmarks/performance.py [--texts FILE.jsonl] [--articles 48] [--rounds 3]
        [--threads 2] [--pages] [--growth] [--full] [--growth-words 200]
        [--json]

Prints Markdown:

- stages: milliseconds of processor time per article of 650 words, and the share of the
  whole; the bare encoder, which is the yardstick, comes first;
- ratios: what the whole record takes beside the bare encoder on one thread (processor
  time) and on several (time on the clock);
- with `--pages`: articles a second from pages in files, extraction included;
- with `--growth`: cost per kilobyte from 10² to 10³ documents and of one text from 1 kB to
  1 MB; `--full` goes on to 10⁵ documents and 10 MB, which takes hours.

A few texts at a time are read by the bare encoder and by the whole in turn, so that what else
the machine does slows both; of all rounds the best of each few counts. Texts are the examples
of the project unless others are given.
"""

import argparse
import html
import json
import resource
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from reading import WORDS_PER_ARTICLE, articles_of, given_texts, timed

from onrecord.config import Config
from onrecord.encode.contents import Contents
from onrecord.encode.sessions import Encoder, run_all
from onrecord.inputs.documents import read_inputs
from onrecord.pipeline import Reader
from onrecord.records import Document, Reading, make_document
from onrecord.segment import sentences
from onrecord.statements.stages import StatementFinder

Made = TypeVar("Made")
ENCODER, CONTENTS, ROLES = "encoder, bare", "graph of contents", "heads of the parties"
WINDOWS, DECODING = "sentences, pieces, windows", "decoding of scores, statements"
GROWTH_DOCUMENTS, FULL_DOCUMENTS = (100, 1_000), (100, 1_000, 10_000, 100_000)
GROWTH_KB, FULL_KB = (1, 10, 100, 1_000), (1, 10, 100, 1_000, 10_000)
GROWTH_WORDS = 200
# Documents that are read together; the windows of so many fill a block.
GROUP = 8


class TimedEncoder:
    """An encoder, and a graph of contents, that count the processor time of their calls."""

    def __init__(self, encoder: Encoder, contents: Contents | None) -> None:
        self.encoder = encoder
        self.read_contents = contents.read if contents else None
        self.seconds: Counter[str] = Counter()

    def read(self, *arguments: Any) -> Any:
        """As the graph of contents does."""
        if self.read_contents is None:
            raise TypeError("these weights have no graph of contents")
        return self._timed(CONTENTS, self.read_contents, *arguments)

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
    counted = TimedEncoder(first.finder.encoder, first.finder.contents)
    finder = first.with_encoder(counted, also=first.also)
    if first.finder.contents is not None:
        finder.finder.contents = counted
    readings: Sequence[Reading] = [Reading(document=d, run=reader.run) for d in documents]
    # That the windows were asked for before saves the splitting here, and not elsewhere.
    sentences._split_once.cache_clear()  # noqa: SLF001
    whole, readings = thread_seconds(finder, readings)
    found[ROLES] = counted.seconds[ROLES]
    again = counted.seconds["encode"] - found[ENCODER] if first.finder.contents is None else 0.0
    found[CONTENTS] = counted.seconds[CONTENTS] + again
    found[DECODING] = whole - sum(counted.seconds.values()) - found[WINDOWS]
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
    reader = Reader(Config(n_threads=n_threads), owns_process=True)
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


def growth(
    reader: Reader, texts: Sequence[str], n_words: int, *, full: bool
) -> Iterator[dict[str, Any]]:
    """Cost per kilobyte of more documents of so many words, and of a longer one."""
    for n in FULL_DOCUMENTS if full else GROWTH_DOCUMENTS:
        documents = articles_of(texts, n, n_words=n_words)
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


def pages(documents: Sequence[Document], n_threads: int, rounds: int) -> dict[str, float]:
    """Articles a second, by the clock, of pages in files, and without the pages."""
    reader = Reader(Config(n_threads=n_threads), owns_process=True)
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, document in enumerate(documents):
            paths.append(Path(folder) / f"{number}.html")
            paths[-1].write_text(page_of(document.text), encoding="utf-8")
        n_found = sum(isinstance(one, Document) for one in read_inputs(paths))
        n_kb = sum(path.stat().st_size for path in paths) / len(paths) / 1e3
        best = min(
            timed(
                lambda: read_all(reader, [d for d in read_inputs(paths) if isinstance(d, Document)])
            )
            for _ in range(rounds)
        )
    alone = min(timed(lambda: read_all(reader, documents)) for _ in range(rounds))
    return {
        "threads": n_threads,
        "pages": n_found,
        "kb_per_page": round(n_kb),
        "pages_per_s": round(n_found / best, 2),
        "texts_per_s": round(len(documents) / alone, 2),
    }


def page_of(text: str) -> str:
    """A page as outlets have them: scripts and menus around the article, many times its size."""
    menu = "".join(f"<li><a href='/part/{n}'>Part {n}</a></li>" for n in range(120))
    script = "<script>" + "window.q=window.q||[];q.push({a:1,b:[2,3]});" * 400 + "</script>"
    teasers = "".join(
        f"<div class='teaser'><a href='/story/{n}'><h3>Another story {n}</h3></a></div>"
        for n in range(60)
    )
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n\n"))
    return (
        f"<!doctype html><html><head><title>An article</title>{script}</head><body>"
        f"<nav><ul>{menu}</ul></nav><main><article><h1>An article</h1>{paragraphs}</article></main>"
        f"<aside>{teasers}</aside><footer><ul>{menu}</ul></footer>{script}</body></html>"
    )


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
    parser.add_argument("--growth-words", type=int, default=GROWTH_WORDS)
    parser.add_argument("--pages", action="store_true")
    parser.add_argument("--json", action="store_true", help="numbers instead of tables")
    args = parser.parse_args()
    texts = given_texts(args.texts)
    documents = articles_of(texts, args.articles)
    reader = Reader(Config(n_threads=1), owns_process=True)
    reader.read_batch(documents[:8])
    seconds = stage_seconds(reader, documents, args.rounds)
    n_words = sum(len(document.text.split()) for document in documents)
    result: dict[str, Any] = {"run": reader.run.model, "stages": dict(seconds)}
    if args.threads > 1:
        result["threads"] = threaded(documents, args.threads, args.rounds)
    if args.growth or args.full:
        result["growth"] = list(growth(reader, texts, args.growth_words, full=args.full))
    if args.pages:
        result["pages"] = pages(documents, args.threads, args.rounds)
    if args.json:
        print(json.dumps(result, indent=1))
        return
    print(stage_table(seconds, n_words / WORDS_PER_ARTICLE))
    for name in ("threads", "pages", "growth"):
        if name in result:
            print(f"\n{name}: {json.dumps(result[name])}")


if __name__ == "__main__":
    main()
