"""Pairs made by rule: of sentences of real news, and of the wordings of views on one claim."""

import json
import random
import re
from collections.abc import Sequence
from pathlib import Path

from training.entailment_templates import C, E, Made, N, far

_NUMBER = re.compile(r"(?<![\w.,$£€-])(\d{1,3}(?:,\d{3})*|[2-9]\d?)(?![\w.,%-]*\w)")
_NOT_YEAR = re.compile(r"(?:19|20)\d\d")
_AUXILIARY = re.compile(r"\b(was|were|is|are|has|have|had|will|would|can|could)\b(?! not)")
_MARKED = re.compile(r"[“”\"]|\bnot\b|n't|n’t|\bno\b|\bnever\b")
_LEAST_WORDS = 6
_ROUNDING = 0.2


def changed_figure(sentence: str, rng: random.Random) -> str | None:
    """The sentence with another figure."""
    found = [m for m in _NUMBER.finditer(sentence) if not _NOT_YEAR.fullmatch(m.group())]
    if not found:
        return None
    return _changed(sentence, rng.choice(found), rng)


def figures_in(sentence: str) -> set[str]:
    """Figures but for years, as they are written."""
    return {m.group() for m in _NUMBER.finditer(sentence) if not _NOT_YEAR.fullmatch(m.group())}


def with_other_figure(sentence: str, figure: str, rng: random.Random) -> str:
    """The sentence with another figure, which rounding does not explain, for one that it has."""
    at = next(m for m in _NUMBER.finditer(sentence) if m[0] == figure)
    own = int(figure.replace(",", ""))
    drawn = (far(own, rng) for _ in range(20))
    return _with(sentence, at, next((n for n in drawn if abs(n - own) > _ROUNDING * own), 3 * own))


def _changed(sentence: str, at: re.Match[str], rng: random.Random) -> str:
    return _with(sentence, at, far(int(at.group().replace(",", "")), rng))


def _with(sentence: str, at: re.Match[str], n: int) -> str:
    return f"{sentence[: at.start()]}{n:,}{sentence[at.end() :]}"


def negated(sentence: str) -> str | None:
    """The sentence turned round, if it has one auxiliary and nothing that negates."""
    found = list(_AUXILIARY.finditer(sentence))
    if len(found) != 1 or _MARKED.search(sentence):
        return None
    at = found[0]
    return f"{sentence[: at.end()]} not{sentence[at.end() :]}"


def without_end(sentence: str) -> str | None:
    """The sentence up to its last comma."""
    head = sentence.rpartition(", ")[0]
    return f"{head}." if len(head.split()) >= _LEAST_WORDS else None


def news_pairs(articles: Sequence[Sequence[str]], n_pairs: int, rng: random.Random) -> list[Made]:
    """So many pairs out of the sentences of some articles.

    Half of them are sentences that stand near each other: of one happening, and mostly
    neither the same nor against each other.
    """
    pairs: list[Made] = []
    while len(pairs) < n_pairs:
        own = rng.choice(articles)
        at = rng.randrange(len(own))
        sentence = own[at]
        figure, turned, cut = (
            changed_figure(sentence, rng),
            negated(sentence),
            without_end(sentence),
        )
        made = [(figure, C), (turned, C), (cut, E)]
        pairs.extend((sentence, other, label) for other, label in made if other)
        if figure and turned and cut:
            pairs.append((cut, turned, C))
        near = [beside for beside in own[max(0, at - 4) : at + 5] if beside != sentence]
        chosen = rng.sample(near, min(2, len(near)))
        pairs.extend((sentence, without_end(beside) or beside, N) for beside in chosen)
        if rng.random() < 0.1:
            pairs.append((sentence, sentence, E))
    return rng.sample(pairs, n_pairs)


def view_pairs(corpora: Path, n_pairs: int, rng: random.Random) -> list[Made]:
    """So many pairs of views on one claim: wordings of one view, or two views of one side."""
    under = corpora / "claims/perspectrum"
    pool = json.loads((under / "perspective_pool_v1.0.train.json").read_text())
    text_of = {row["pId"]: row["text"] for row in pool}
    claims = json.loads((under / "perspectrum_with_answers_v1.0.train.json").read_text())
    same: list[Made] = []
    apart: list[Made] = []
    for claim in claims:
        views = [
            ([text_of[p] for p in view["pids"] if p in text_of], view["stance_label_3"])
            for view in claim["perspectives"]
        ]
        for number, (own, side) in enumerate(views):
            same.extend((one, two, E) for one in own for two in own if one != two)
            for others, other_side in views[number + 1 :]:
                if own and others and side == other_side:
                    apart.append((rng.choice(own), rng.choice(others), N))
    n_each = min(n_pairs // 2, len(same), len(apart))
    return rng.sample(same, n_each) + rng.sample(apart, n_each)
