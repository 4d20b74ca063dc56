"""How fast reading is: ratios within one run, as machines differ and are noisy.

    python benchmarks/reading.py [--texts FILE.jsonl] [--threads 2] [--large-mb 5] [--rounds 5]

Prints JSON:

- `pipeline_to_encoder`: pieces per second of the whole `read`, as a share of what the
  bare encoder does with the same windows on as many threads; rounds alternate, and the
  median ratio counts.
- `statements_to_encoder`: the same of the stage of statements alone.
- `articles_per_s`: of 650 words each.
- `large_to_small`: cost per kilobyte of one text of several megabytes, over that of
  texts of ten kilobytes; 1 means that nothing grows faster than the text.
- `cold`: wall time and peak memory of `onrecord read ARTICLE` as a new process, and the
  share of that time which starting Python and loading ONNX Runtime alone takes.

Texts are the examples of the project unless others are given.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from onrecord.config import Config
from onrecord.encode.pieces import Window
from onrecord.encode.sessions import run_all
from onrecord.inputs.documents import read_inputs
from onrecord.pipeline import Reader
from onrecord.records import Document, Reading, make_document
from onrecord.statements.stages import StatementFinder

EXAMPLES = Path(__file__).parent.parent / "examples"
WORDS_PER_ARTICLE = 650
SMALL_CHARS = 10_000
LOADING = "import onnxruntime, numpy, tokenizers, click"


def given_texts(path: Path | None) -> list[str]:
    """The texts of a JSON Lines file, or of the examples."""
    if path is not None:
        lines = path.read_text(encoding="utf-8").splitlines()
        return [json.loads(line)["text"] for line in lines if line.strip()]
    sources = sorted(p for p in EXAMPLES.iterdir() if p.suffix in {".txt", ".html", ".jsonl"})
    return [d.text for d in read_inputs(sources) if isinstance(d, Document)]


def articles_of(
    texts: Sequence[str], n_articles: int, *, n_words: int = WORDS_PER_ARTICLE
) -> list[Document]:
    """Documents of 650 words: paragraphs of the texts, in turn, until there are enough."""
    paragraphs = [line for text in texts for line in text.splitlines() if line.strip()]
    documents: list[Document] = []
    at = 0
    while len(documents) < n_articles:
        chosen: list[str] = []
        while sum(len(p.split()) for p in chosen) < n_words:
            chosen.append(paragraphs[at % len(paragraphs)])
            at += 1
        # A number makes each a document of its own.
        documents.append(make_document(text="\n\n".join(chosen), url=f"benchmark:{len(documents)}"))
    return documents


def timed(work: Callable[[], object]) -> float:
    """Seconds that the work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def encoder_share(
    reader: Reader, documents: Sequence[Document], n_threads: int, rounds: int
) -> dict[str, Any]:
    """Whole pipeline against bare encoder, in alternating rounds."""
    finder = next(s for s in reader.stages if isinstance(s, StatementFinder))
    windows: list[Window] = [w for d in documents for w in finder.windows(d)]
    n_pieces = sum(len(w.ids_T) for w in windows)
    encoder = finder.finder.encoder

    def bare() -> None:
        run_all(encoder.encode, windows, n_threads=n_threads)

    def whole() -> None:
        reader.read_batch(documents)

    def statements() -> None:
        finder([Reading(document=document, run=reader.run) for document in documents])

    whole()
    alternating = [(timed(bare), timed(whole), timed(statements)) for _ in range(rounds)]
    pairs = [(b, w) for b, w, _ in alternating]
    return {
        "statements_to_encoder": round(statistics.median(b / s for b, _, s in alternating), 3),
        "pipeline_to_encoder": round(statistics.median(b / w for b, w in pairs), 3),
        "encoder_pieces_per_s": round(n_pieces / statistics.median(b for b, _ in pairs)),
        "pipeline_pieces_per_s": round(n_pieces / statistics.median(w for _, w in pairs)),
        "articles_per_s": round(len(documents) / statistics.median(w for _, w in pairs), 2),
        "pieces_per_article": round(n_pieces / len(documents)),
    }


def growth(reader: Reader, documents: Sequence[Document], n_chars: int) -> dict[str, Any]:
    """Cost per kilobyte of one long text over that of short ones."""
    paragraphs = [p for d in documents for p in d.text.split("\n\n")]
    parts: list[str] = []
    size = at = 0
    while size < n_chars:
        parts.append(paragraphs[at % len(paragraphs)])
        size += len(parts[-1]) + 2
        at += 1
    large = make_document(text="\n\n".join(parts))
    n_small = min(30, max(1, n_chars // SMALL_CHARS))
    small = [
        make_document(text=large.text[n * SMALL_CHARS : (n + 1) * SMALL_CHARS])
        for n in range(n_small)
    ]

    def read_small() -> None:
        for document in small:
            reader.read(document)

    before = timed(read_small)
    whole = timed(lambda: reader.read(large))
    after = timed(read_small)
    per_kb_small = (before + after) / 2 / sum(len(d.text) for d in small)
    return {
        "large_to_small": round(whole / len(large.text) / per_kb_small, 3),
        "large_mb": round(len(large.text) / 1e6, 2),
        "large_s": round(whole, 1),
    }


def cold_start(path: Path, rounds: int) -> dict[str, Any]:
    """One article by a new process."""
    command = [sys.executable, "-m", "onrecord.cli.main", "read", str(path), "--format", "json"]

    def run(arguments: list[str]) -> float:
        return timed(lambda: subprocess.run(arguments, check=True, capture_output=True))

    run(command)
    wall = [run(command) for _ in range(rounds)]
    loading = [run([sys.executable, "-c", LOADING]) for _ in range(rounds)]
    peak_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {
        "wall_s": round(statistics.median(wall), 2),
        "peak_mb": round(peak_kb / 1024),
        "loading_share": round(statistics.median(loading) / statistics.median(wall), 2),
    }


def main() -> None:
    """Run all and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, help="JSON Lines with a text in each line")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--articles", type=int, default=32)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--large-mb", type=float, default=5.0)
    args = parser.parse_args()
    result: dict[str, Any] = {"cold": cold_start(min(EXAMPLES.glob("*.txt")), args.rounds)}
    reader = Reader(Config(n_threads=args.threads))
    documents = articles_of(given_texts(args.texts), args.articles)
    result |= {"threads": args.threads, "run": reader.run.model}
    result |= encoder_share(reader, documents, args.threads, args.rounds)
    result |= growth(reader, documents, round(args.large_mb * 1e6))
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
