"""How well vectors of texts find what means the same: verified claims, paraphrases.

CLEF-2020 CheckThat! task 2 (training part): for a tweet, the claim that it repeats, among
10,375. PERSPECTRUM (training claims): for one wording of a view, its other wordings, among
all 5,527 views. Nothing is learned from either.

Shapes: N questions, M texts to be found, D numbers of a vector.
"""

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evaluation.errors import FormError
from evaluation.intervals import bootstrap
from evaluation.json_rows import decoded, digest_of, read_bytes
from evaluation.report import Report
from evaluation.scores import Share, Tally, add_tallies, scores_of

_NEAR = (1, 5, 10)
Vectorise = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval:
    """Questions, texts, and which texts answer each question.

    Attributes:
        name: Of the corpus.
        digest: SHA-256 of the files.
        questions: What is asked.
        texts: What is to be found.
        answers: For each question numbers of texts, one or more.
        own: For each question the number of the text that it is itself, or None.
    """

    name: str
    digest: str
    questions: tuple[str, ...]
    texts: tuple[str, ...]
    answers: tuple[frozenset[int], ...]
    own: tuple[int | None, ...]


def load_clef(folder: Path) -> Retrieval:
    """Tweets and the claims that they repeat.

    Raises:
        FormError: A file cannot be read or has another form.
    """
    under = folder / "claims/clef2020_t2"
    names = ("verified_claims.docs.tsv", "train/tweets.queries.tsv")
    paths = [under / name for name in (*names, "train/tweet-vclaim-pairs.qrels")]
    contents = [read_bytes(path) for path in paths]
    claims, tweets = (_table(paths[n], contents[n]) for n in (0, 1))
    number_of = {row[0]: number for number, row in enumerate(claims)}
    answers: dict[str, set[int]] = {}
    for line in decoded(contents[2], paths[2]).splitlines():
        tweet, _, claim, _ = line.split()
        answers.setdefault(tweet, set()).add(number_of[claim])
    asked = [row for row in tweets if row[0] in answers]
    return Retrieval(
        name="clef2020_t2/train",
        digest=digest_of("".join(map(digest_of, contents)).encode()),
        questions=tuple(row[1] for row in asked),
        texts=tuple(row[1] for row in claims),
        answers=tuple(frozenset(answers[row[0]]) for row in asked),
        own=(None,) * len(asked),
    )


def _table(path: Path, content: bytes) -> list[list[str]]:
    rows = list(csv.reader(decoded(content, path).splitlines(keepends=True), delimiter="\t"))[1:]
    if not all(len(row) >= 2 for row in rows):
        raise FormError(source=str(path), problem="it has rows without a text")
    return rows


def load_perspectrum(folder: Path) -> Retrieval:
    """Views in several wordings; the first wording of each asks for the others.

    Raises:
        FormError: A file cannot be read.
    """
    under = folder / "claims/perspectrum"
    names = ("perspective_pool_v1.0.train.json", "perspectrum_with_answers_v1.0.train.json")
    contents = [read_bytes(under / name) for name in names]
    pool, claims = (json.loads(content) for content in contents)
    number_of = {row["pId"]: number for number, row in enumerate(pool)}
    same: dict[int, set[int]] = {}
    for claim in claims:
        for cluster in claim["perspectives"]:
            numbers = [number_of[p] for p in cluster["pids"] if p in number_of]
            if len(numbers) > 1:
                same.setdefault(numbers[0], set()).update(numbers[1:])
    return Retrieval(
        name="perspectrum/train",
        digest=digest_of("".join(map(digest_of, contents)).encode()),
        questions=tuple(pool[number]["text"] for number in same),
        texts=tuple(row["text"] for row in pool),
        answers=tuple(frozenset(own - {number}) for number, own in same.items()),
        own=tuple(same),
    )


def retrieval_report(
    given: Retrieval, vectorise: Vectorise, *, system: str, n_rounds: int = 0
) -> Report:
    """At which place the first answer of each question comes, by cosine."""
    questions, texts = vectorise(given.questions), vectorise(given.texts)
    tallies = [
        tally_of(texts @ questions[number], given.answers[number], given.own[number])
        for number in range(len(questions))
        if given.answers[number]
    ]
    return Report(
        corpus=given.name,
        digest=given.digest,
        system=system,
        n_articles=len(tallies),
        scores=scores_of(add_tallies(tallies)),
        intervals=bootstrap(tallies, n_rounds=n_rounds),
    )


def tally_of(cosine_M: NDArray[np.float32], answers: frozenset[int], own: int | None) -> Tally:
    """Counts of one question: an answer among the first so many, and one over its place."""
    order = [int(m) for m in np.argsort(-cosine_M, kind="stable") if int(m) != own]
    place = next(number for number, m in enumerate(order, 1) if m in answers)
    tally: Tally = {f"found in the first {k}": Share(float(place <= k), 1) for k in _NEAR}
    return tally | {"mean reciprocal rank": Share(1 / place, 1)}
