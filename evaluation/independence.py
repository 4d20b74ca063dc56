"""Whether copies are joined to their origin and unrelated articles are not, on Wikinews.

Copies are made by rule from 200 articles (`independence_copies.py`). All articles and all copies
go into one store, in order of publication or in any order; a copy is joined if it has the voice
of its origin, and a voice is mixed if it has copies of two articles.

Unrelated pairs are the 2,000 pairs of articles with most words in common, by cosine with rare
words weighing more. They all have one publisher, so they are judged twice: as they are, and as
if each article had a publisher of its own, which is harder.

The articles stay where `ONRECORD_CORPORA` points; nothing of them is kept.
"""

import datetime
import itertools
import math
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import numpy as np

from evaluation.corpora import corpora_folder
from evaluation.errors import FormError
from evaluation.independence_copies import RULES, sentences_of
from evaluation.intervals import Interval
from evaluation.json_rows import digest_of, json_lines, read_bytes
from evaluation.options import json_option
from evaluation.report import dumps
from onrecord.independence import TABLES, link
from onrecord.independence.judging import ONE_TEXT, Order, Pair, judge
from onrecord.independence.sharing import sharing_of, text_of
from onrecord.independence.words import words_of
from onrecord.records import Document, Reading, make_document, make_run
from onrecord.store import Arrival, Store, open_store

CORPUS = "news/wikinews.jsonl"
N_ARTICLES, N_PAIRS = 200, 2000
OUTLETS = ("Ardal Post", "Harbour Herald", "Tarn Courier", "Wessel Wire", "Orvane Today")
_SEED = 2022
_BATCH = 50
_Z = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article of the corpus."""

    url: str
    title: str
    published: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A document of the store: an article, or a copy of it."""

    article: int
    rule: str | None
    document: Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many of how many, with the 95 % interval of Wilson."""

    n: int
    of: int

    def interval(self) -> Interval:
        """Between which shares the true one lies."""
        if not self.of:
            return Interval(0.0, 1.0)
        share, z2 = self.n / self.of, _Z * _Z
        middle = share + z2 / (2 * self.of)
        half = _Z * math.sqrt(share * (1 - share) / self.of + z2 / (4 * self.of**2))
        low, high = ((middle + sign * half) / (1 + z2 / self.of) for sign in (-1, 1))
        return Interval(max(0.0, low), min(1.0, high))

    def __str__(self) -> str:
        if not self.of:
            return "none"
        own = self.interval()
        share = f"{100 * self.n / self.of:.2f} %"
        return f"{self.n} of {self.of}, {share} [{100 * own.low:.2f}, {100 * own.high:.2f}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What one run found.

    Attributes:
        joined: Copies with the voice of their origin, by rule.
        n_mixed: Voices with documents of two articles.
        pairs: Unrelated pairs that count as one text, as they are.
        pairs_apart: The same, as if each had a publisher of its own.
        ms: Milliseconds of one processor for linking a document of so many words.
    """

    joined: Mapping[str, Count]
    n_mixed: int
    pairs: Count
    pairs_apart: Count
    ms: float
    n_words: float


def load_articles(folder: Path) -> tuple[list[Article], str]:
    """The articles, and the digest of their file.

    Raises:
        FormError: The file cannot be read or has another form.
    """
    path = folder / CORPUS
    content = read_bytes(path)
    found = []
    for where, row in json_lines(content, path):
        try:
            found.append(
                Article(
                    url=str(row["url"]),
                    title=str(row["title"]),
                    published=str(row["date"]),
                    text=str(row["text"]),
                )
            )
        except KeyError as error:
            raise FormError(source=where, problem=f"it has no {error}") from error
    return found, digest_of(content)


def make_copies(
    articles: Sequence[Article], chance: random.Random, n_articles: int = N_ARTICLES
) -> list[Copy]:
    """One copy by each rule of some of the articles, up to two days later."""
    chosen = sorted(chance.sample(range(len(articles)), min(n_articles, len(articles))))
    sentences = [sentences_of(article.text) for article in articles]
    made = []
    for at, (rule, make) in itertools.product(chosen, RULES.items()):
        others = chance.sample(
            [o for o in range(len(articles)) if o != at], min(8, len(articles) - 1)
        )
        foreign = [chance.choice(sentences[other]) for other in others if sentences[other]][:2]
        day = datetime.date.fromisoformat(articles[at].published)
        document = make_document(
            text=make(articles[at].text, foreign, chance),
            title=foreign[-1][:60],
            outlet=chance.choice(OUTLETS),
            url=f"https://copies.example/{at}/{rule}",
            published=(day + datetime.timedelta(days=chance.randint(0, 2))).isoformat(),
            language="en",
        )
        made.append(Copy(article=at, rule=rule, document=document))
    return made


def originals(articles: Sequence[Article]) -> list[Copy]:
    """The articles themselves."""
    return [
        Copy(
            article=at,
            rule=None,
            document=make_document(
                text=article.text,
                title=article.title,
                outlet="Wikinews",
                url=article.url,
                published=article.published,
                language="en",
            ),
        )
        for at, article in enumerate(articles)
    ]


def voices_in(store: Store, documents: Sequence[Copy]) -> tuple[list[int], float]:
    """The voice of each document after all were linked, and the seconds that linking took."""
    run = make_run(software="1", model="none", model_digest="none", settings={})
    numbers: list[int] = []
    seconds = 0.0
    for first in range(0, len(documents), _BATCH):
        with store.writing():
            arrivals = []
            for own in documents[first : first + _BATCH]:
                reading = Reading(run=run, document=own.document)
                added = store.add(reading, at="2026-01-01T00:00:00Z")
                numbers.append(added.number or 0)
                if added.number is not None:
                    arrivals.append(Arrival(number=added.number, reading=reading))
            start = time.process_time()
            link(store, arrivals)
            seconds += time.process_time() - start
    voices = dict(store.connection.execute("SELECT document, voice FROM provenances").fetchall())
    return [voices.get(number, 0) for number in numbers], seconds


def similar_pairs(texts: Sequence[str], n: int) -> list[tuple[int, int]]:
    """The pairs of texts with most words in common, by cosine of log counts and rarity."""
    counts = [Counter(words_of(text).keys_W.tolist()) for text in texts]
    n_texts = Counter(word for own in counts for word in own)
    index = {word: at for at, word in enumerate(sorted(n_texts))}
    vectors_TV = np.zeros((len(texts), len(index)))
    for at, own in enumerate(counts):
        for word, count in own.items():
            weight = math.log(len(texts) / n_texts[word])
            vectors_TV[at, index[word]] = (1 + math.log(count)) * weight
    vectors_TV /= np.linalg.norm(vectors_TV, axis=1, keepdims=True).clip(min=1e-9)
    first_P, second_P = np.triu_indices(len(texts), 1)
    cosines_P = (vectors_TV @ vectors_TV.T)[first_P, second_P]
    best = np.argsort(-cosines_P, kind="stable")[:n]
    return [(int(first_P[at]), int(second_P[at])) for at in best]


def one_text(texts: Sequence[str], pairs: Sequence[tuple[int, int]]) -> tuple[Count, Count]:
    """Pairs that are judged to be one text: of one publisher, and of one publisher each."""
    ready = [text_of(text) for text in texts]
    found = [sharing_of(ready[a], ready[b]) for a, b in pairs]
    at_home, apart = (
        sum(
            judge(own, Pair(order=Order.UNKNOWN, is_same_publisher=is_same)) in ONE_TEXT
            for own in found
        )
        for is_same in (True, False)
    )
    return Count(n=at_home, of=len(pairs)), Count(n=apart, of=len(pairs))


def evaluate(
    articles: Sequence[Article], *, in_any_order: bool, n_articles: int = N_ARTICLES
) -> Findings:
    """All numbers, with copies of so many articles in order of publication or in any order."""
    chance = random.Random(_SEED)  # noqa: S311 - the same copies every time
    documents = [*originals(articles), *make_copies(articles, chance, n_articles)]
    documents.sort(key=lambda own: (own.document.published or "", own.rule is not None))
    if in_any_order:
        chance.shuffle(documents)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copies.db"
        with open_store(path, create=True, tables=(TABLES,)) as store:
            voices, seconds = voices_in(store, documents)
    texts = [article.text for article in articles]
    at_home, apart = one_text(texts, similar_pairs(texts, N_PAIRS))
    return Findings(
        joined=dict(_joined(documents, voices)),
        n_mixed=_mixed(documents, voices),
        pairs=at_home,
        pairs_apart=apart,
        ms=1000 * seconds / len(documents),
        n_words=sum(len(own.document.text.split()) for own in documents) / len(documents),
    )


def _joined(documents: Sequence[Copy], voices: Sequence[int]) -> Iterator[tuple[str, Count]]:
    origin = {
        own.article: voice for own, voice in zip(documents, voices, strict=True) if own.rule is None
    }
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for own, voice in zip(documents, voices, strict=True):
        if own.rule is not None:
            every[own.rule] += 1
            right[own.rule] += voice == origin[own.article]
    yield "all", Count(n=right.total(), of=every.total())
    for rule in RULES:
        yield rule, Count(n=right[rule], of=every[rule])


def _mixed(documents: Sequence[Copy], voices: Sequence[int]) -> int:
    articles = defaultdict(set)
    for own, voice in zip(documents, voices, strict=True):
        articles[voice].add(own.article)
    return sum(len(own) > 1 for own in articles.values())


def to_text(findings: Findings) -> str:
    """The numbers, one a line."""
    lines = [f"joined, {rule:<12} {count}" for rule, count in findings.joined.items()]
    lines += [
        f"voices of two articles: {findings.n_mixed}",
        f"unrelated pairs that are one text: {findings.pairs}",
        f"the same, each with its own publisher: {findings.pairs_apart}",
        f"linking: {findings.ms:.2f} ms for a document of {findings.n_words:.0f} words",
    ]
    return "\n".join(lines)


@click.command("independence")
@click.option("--any-order", "in_any_order", is_flag=True, help="Copies may come before origins.")
@click.option(
    "--articles",
    "n_articles",
    type=click.IntRange(1),
    default=N_ARTICLES,
    show_default=True,
    help="How many articles are copied.",
)
@json_option
def independence_command(
    in_any_order: bool,  # noqa: FBT001 - a flag is what click gives
    n_articles: int,
    json_path: Path | None,
) -> None:
    """Copies made by rule against unrelated articles, on Wikinews."""
    articles, digest = load_articles(corpora_folder())
    found = evaluate(articles, in_any_order=in_any_order, n_articles=n_articles)
    click.echo(f"{CORPUS}: {len(articles)} articles, sha256 {digest[:12]}")
    click.echo(to_text(found))
    if json_path is not None:
        json_path.write_text(dumps({"digest": digest, **asdict(found)}), encoding="utf-8")
