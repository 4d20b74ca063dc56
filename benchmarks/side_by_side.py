"""Reading beside other programs that do part of it, in one run on one thread.

    python benchmarks/side_by_side.py [--texts FILE.jsonl] [--treebank DIR] [--rounds 3]
        [--spacy FOLDER]

Prints a Markdown table with versions; what is not installed is named and left out. All are
given the same texts, one after the other, and the best of some rounds counts, in processor
time. Each does another part of the work:

- the whole record, and the encoder of the package alone;
- spaCy's blank English pipeline with a tagger and a parser, as its quickstart for the
  processor has them, trained here for a few steps on UD English EWT (`--treebank`), enough
  to see how fast it is, not how good; or as its own commands trained it (`--spacy`; see
  docs/performance.md);
- a pipeline of Hugging Face's transformers for classes of words, with an encoder of the same
  size in 32-bit floats, whose weights are random: how fast it is does not depend on them;
- trafilatura and resiliparse, which take the text out of the pages of the examples, beside
  the reading of pages of this package.

PETRARCH2 is not here: it is in no package registry, wants Python 2, and codes parses that
Stanford's CoreNLP has made before, so that it cannot be started by this command.
"""

import argparse
import functools
import gzip
import importlib.metadata
import itertools
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from reading import EXAMPLES, WORDS_PER_ARTICLE, articles_of, given_texts

N_STEPS = 200
N_SENTENCES = 20
PAGES = 20
Row = tuple[str, str, float]


def best_ms(work: Callable[[], object], n_articles: float, rounds: int) -> float:
    """Milliseconds of processor time for an article, the best of some rounds."""

    def seconds() -> float:
        started = time.process_time()
        work()
        return time.process_time() - started

    return min(seconds() for _ in range(rounds)) / n_articles * 1e3


def version_of(name: str) -> str | None:
    """Version of an installed package; None, and a line on standard error, if it is not."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        print(
            f"{name} is not installed: its rows are left out (pip install {name})", file=sys.stderr
        )
        return None


def own_rows(texts: Sequence[str], n_articles: float, rounds: int) -> Iterator[Row]:
    """The whole record, and its encoder."""
    version = version_of("onrecord")
    if version is None:
        return
    from onrecord.pipeline import Reader
    from onrecord.records import make_document

    reader = Reader()
    documents = [make_document(text=text) for text in texts]
    first: Any = reader.stages[0]
    windows = [window for document in documents for window in first.windows(document)]
    encode = first.finder.encoder.encode
    reader.read_batch(documents[:4])
    yield (
        "onrecord, encoder int8",
        version,
        best_ms(lambda: list(map(encode, windows)), n_articles, rounds),
    )
    yield (
        "onrecord, whole record",
        version,
        best_ms(lambda: reader.read_batch(documents), n_articles, rounds),
    )


def transformers_rows(texts: Sequence[str], n_articles: float) -> Iterator[Row]:
    """Classes of words by an encoder of the same size."""
    versions = [version_of(name) for name in ("transformers", "torch", "onrecord")]
    if None in versions:
        return
    import torch
    import transformers

    from onrecord.encode.weights import packaged_weights

    transformers.logging.set_verbosity_error()
    torch.set_num_threads(1)
    config = transformers.BertConfig(
        hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536,
        num_labels=21,
    )  # fmt: skip
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_file=str(packaged_weights().folder / "tokenizer.json"),
        **{f"{name}_token": f"[{name.upper()}]" for name in ("unk", "cls", "sep", "pad")},
        model_max_length=512,
    )
    classify = transformers.pipeline(
        "token-classification",
        model=transformers.BertForTokenClassification(config).eval(),
        tokenizer=tokenizer,
        aggregation_strategy="simple",
        device="cpu",
    )
    paragraphs = [line for text in texts for line in text.splitlines() if line.strip()]
    name = "transformers, classes of words, fp32"
    yield (
        name,
        f"{versions[0]}, torch {versions[1]}",
        best_ms(lambda: classify(paragraphs), n_articles, 1),
    )


def spacy_rows(
    texts: Sequence[str],
    n_articles: float,
    rounds: int,
    treebank: Path | None,
    folder: Path | None,
) -> Iterator[Row]:
    """Parts of speech and trees by spaCy's pipeline for the processor."""
    version = version_of("spacy")
    if version is None or (treebank is None and folder is None):
        if version is not None:
            print("no --treebank or --spacy: the rows of spacy are left out", file=sys.stderr)
        return
    if folder is not None:
        import spacy

        nlp = spacy.load(folder)
    else:
        trees = trees_of(Path(str(treebank)))
        nlp = trained_spacy(list(itertools.islice(trees, N_STEPS * N_SENTENCES)))
    name = "spaCy, parts of speech and trees (CNN)"
    yield name, version, best_ms(lambda: list(nlp.pipe(texts)), n_articles, rounds)


def trees_of(treebank: Path) -> Iterator[tuple[list[str], list[str], list[int], list[str]]]:
    """Words, parts of speech, heads and relations of the sentences of a treebank."""
    path = next(iter(sorted(treebank.glob("*train.conllu*"))))
    opened = gzip.open if path.suffix == ".gz" else open
    rows: list[list[str]] = []
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                cells = line.split("\t")
                rows += [cells] if cells[0].isdigit() else []
                continue
            words, tags, heads, relations = ([row[n] for row in rows] for n in (1, 4, 6, 7))
            above = [int(head) - 1 for head in heads]
            yield words, tags, [n if h < 0 else h for n, h in enumerate(above)], relations
            rows = []


def trained_spacy(trees: Sequence[tuple[list[str], list[str], list[int], list[str]]]) -> Any:
    """A blank pipeline with tagger and parser over one CNN, after a few steps."""
    import spacy
    from spacy.tokens import Doc
    from spacy.training import Example

    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec")
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}
    nlp.add_pipe(
        "tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}}
    )
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "parser",
        "extra_state_tokens": False, "hidden_width": 128, "maxout_pieces": 3, "use_upper": True,
        "nO": None, "tok2vec": shared,
    }  # fmt: skip
    nlp.add_pipe("parser", config={"model": parser})
    examples = []
    for words, tags, heads, relations in trees:
        gold = Doc(nlp.vocab, words=words, tags=tags, heads=heads, deps=relations)
        examples.append(Example(Doc(nlp.vocab, words=words), gold))
    optimizer = nlp.initialize(functools.partial(list, examples))
    for at in range(0, N_STEPS * N_SENTENCES, N_SENTENCES):
        nlp.update(examples[at : at + N_SENTENCES], sgd=optimizer)
    return nlp


def page_rows(rounds: int) -> Iterator[Row]:
    """Text out of pages; milliseconds for a page."""
    pages = [p.read_bytes() for p in sorted(EXAMPLES.glob("*.html"))]
    many = [page for _ in range(PAGES) for page in pages]
    version = version_of("onrecord")
    if version is not None:
        from onrecord.inputs.contents import documents_in
        from onrecord.inputs.options import ReadOptions

        yield (
            "onrecord, pages",
            version,
            best_ms(
                lambda: [list(documents_in(p, "page.html", ".html", ReadOptions())) for p in many],
                len(many),
                rounds,
            ),
        )
    version = version_of("trafilatura")
    if version is not None:
        import trafilatura

        yield (
            "trafilatura, pages",
            version,
            best_ms(lambda: [trafilatura.extract(page) for page in many], len(many), rounds),
        )
    version = version_of("resiliparse")
    if version is not None:
        from resiliparse.extract.html2text import extract_plain_text

        yield (
            "resiliparse, pages",
            version,
            best_ms(
                lambda: [extract_plain_text(p.decode(), main_content=True) for p in many],
                len(many),
                rounds,
            ),
        )


def table(rows: Sequence[Row]) -> str:
    """The rows in Markdown."""
    lines = ["| program | version | ms per article or page | articles or pages per s |"]
    lines.append("|---|---|--:|--:|")
    lines += [f"| {name} | {version} | {ms:.1f} | {1e3 / ms:.1f} |" for name, version, ms in rows]
    return "\n".join(lines)


def main() -> None:
    """Run all that is installed and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, help="JSON Lines with a text in each line")
    parser.add_argument("--treebank", type=Path, help="folder of UD English EWT, for spaCy")
    parser.add_argument("--spacy", type=Path, help="a pipeline that spacy has trained")
    parser.add_argument("--articles", type=int, default=24)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    texts = texts_of(args.texts, args.articles)
    n_articles = sum(len(text.split()) for text in texts) / WORDS_PER_ARTICLE
    rows = [
        *own_rows(texts, n_articles, args.rounds),
        *spacy_rows(texts, n_articles, args.rounds, args.treebank, args.spacy),
        *transformers_rows(texts, n_articles),
        *page_rows(args.rounds),
    ]
    print(table(rows))
    print(f"\nPython {sys.version.split()[0]}, one thread, {len(texts)} articles")


def texts_of(path: Path | None, n_articles: int) -> list[str]:
    """Texts of 650 words each."""
    return [document.text for document in articles_of(given_texts(path), n_articles)]


if __name__ == "__main__":
    main()
