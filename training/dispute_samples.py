"""Pairs of sentences with and without a dispute, to train on.

Situations written for this project (`training/disputes`): sentences of several articles about
one set of happenings, with all pairs that are in dispute. Pairs of whole articles
(`tests/claims/disputes/dev`; those without a dispute of `tests/claims/pairs`). Beside them what
is surely none: sentences of two situations, of one article of Wikinews, of two documents of
ECB+ about one topic (training part), which hardly ever disagree. Names are exchanged and small
figures are written as words, so that neither is learned.
"""

import datetime
import json
import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evaluation.clusters_corpora import load_ecb_plus
from evaluation.dispute_pairs import DisputePair, load_disputes
from onrecord.entailment.scoring import GROUNDS
from onrecord.records import Span
from onrecord.segment.sentences import split_sentences
from training.entailment_news import changed_figure, figures_in, negated, with_other_figure

NONE, DENIAL, FIGURE = range(3)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FIGURE = re.compile(r"(?<![\w.,$£€:-])([2-9]|1\d|20)(?![\w.,:%-]*\d|%|st|nd|rd|th)\b")
_NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
).split()
_LEAST_WORDS, _MOST_WORDS = 6, 60
_LEAST_SHARED = 2
# The share of pairs with one figure in common in which it is changed.
_CHANGED = 0.6


@dataclass(frozen=True, slots=True)
class Row:
    """Two sentences, the earlier one first, with the days between them and a label of `GROUNDS`."""

    first: str
    second: str
    days: int | None
    label: int


@dataclass(frozen=True, slots=True)
class Situation:
    """Sentences of several articles, each with its day, and the labels of pairs in dispute.

    Attributes:
        id: Its name.
        sentences: Each with the day of its article.
        labels: Of pairs in dispute, by the numbers of their sentences.
        articles: Which article each sentence is of; empty if all are of different ones.
        only: The sentence that a variant has in place of another one: its pairs alone count.
    """

    id: str
    sentences: tuple[tuple[datetime.date, str], ...]
    labels: dict[tuple[int, int], int]
    articles: tuple[str, ...] = ()
    only: int | None = None

    def rows(self) -> list[Row]:
        """All pairs of two articles, the earlier one first; of one day, as they are written."""
        found = []
        for j in range(len(self.sentences)):
            for i in range(j):
                if self.articles and self.articles[i] == self.articles[j]:
                    continue
                if self.only is not None and self.only not in {i, j}:
                    continue
                (day, one), (other_day, other) = self.sentences[i], self.sentences[j]
                if other_day < day:
                    one, other = other, one
                label = self.labels.get((i, j), NONE)
                found.append(Row(one, other, abs((other_day - day).days), label))
        return found


def load_situations(paths: Iterable[Path]) -> list[Situation]:
    """The situations of some files of JSON Lines, each followed by its variants."""
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    rows = (json.loads(line) for line in lines if line.strip())
    return [one for row in rows for one in _with_variants(row)]


def _with_variants(row: dict[str, object]) -> list[Situation]:
    """A situation, and for each of its variants one with another sentence in place of one."""
    own = _situation(row)
    found = [own]
    variants: list[dict[str, object]] = row.get("variants", [])  # type: ignore[assignment]
    for number, variant in enumerate(variants):
        at, text = int(str(variant["at"])), str(variant["text"])
        disputes: list[tuple[int, int, str]] = variant["disputes"]  # type: ignore[assignment]
        sentences = list(own.sentences)
        sentences[at] = (sentences[at][0], text)
        kept = {pair: label for pair, label in own.labels.items() if at not in pair}
        labels = kept | {(i, j): GROUNDS.index(ground) for i, j, ground in disputes}
        found.append(replace(
            own, id=f"{own.id}~{number + 1}", sentences=tuple(sentences), labels=labels, only=at
        ))  # fmt: skip
    return found


def _situation(row: dict[str, object]) -> Situation:
    given: list[dict[str, str]] = row["sentences"]  # type: ignore[assignment]
    disputes: list[tuple[int, int, str]] = row["disputes"]  # type: ignore[assignment]
    return Situation(
        id=str(row["id"]),
        sentences=tuple((datetime.date.fromisoformat(s["date"]), s["text"]) for s in given),
        labels={(i, j): GROUNDS.index(ground) for i, j, ground in disputes},
        articles=tuple(s["article"] for s in given if "article" in s),
    )


class Exchange:
    """Other names in place of those of a situation, the same ones all through it."""

    def __init__(self, situations: Sequence[Situation], names: Sequence[str]) -> None:
        """Prepare.

        Args:
            situations: A word that some of them have in lower case is no name.
            names: Of one word each, to take in place of others.
        """
        self.names = names
        self.common = {
            word
            for situation in situations
            for _, text in situation.sentences
            for word in _WORD.findall(text)
            if word.islower()
        }

    def of(self, situation: Situation, rng: random.Random, *, share: float) -> Situation:
        """The situation with a share of its names exchanged."""
        new: dict[str, str] = {}
        for word in sorted(self._names_of(situation)):
            if rng.random() < share:
                new[word] = rng.choice(self.names)
        texts = tuple((day, self._with(text, new)) for day, text in situation.sentences)
        return replace(situation, sentences=texts)

    def _names_of(self, situation: Situation) -> set[str]:
        """Words that stand with a capital letter inside a sentence and are no common words."""
        found = set()
        for _, text in situation.sentences:
            for match in list(_WORD.finditer(text))[1:]:
                word = match[0].removesuffix("'s").removesuffix("’s")
                if word[0].isupper() and not word.isupper() and self._is_name(word):
                    found.add(word)
        return found

    def _is_name(self, word: str) -> bool:
        return word.lower() not in self.common and word not in _CALENDAR

    @staticmethod
    def _with(text: str, new: dict[str, str]) -> str:
        def other(match: re.Match[str]) -> str:
            plain = re.sub(r"['’]s$", "", match[0])
            return new.get(plain, plain) + match[0][len(plain) :]

        return _WORD.sub(other, text)


_CALENDAR = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May "
    "June July August September October November December I Mr Mrs Ms Dr".split()
)


def with_words(text: str, rng: random.Random) -> str:
    """The text with figures up to twenty as words, or the other way round, one time in three."""
    if rng.random() < 0.2:
        return _FIGURE.sub(lambda match: _NUMBERS[int(match[1])], text)
    if rng.random() < 0.2:
        pattern = rf"\b({'|'.join(_NUMBERS[2:])})\b(?!-)"
        return re.sub(pattern, lambda match: str(_NUMBERS.index(match[1])), text)
    return text


def cross_rows(situations: Sequence[Situation], n_rows: int, rng: random.Random) -> list[Row]:
    """Sentences of two situations."""
    found = []
    for _ in range(n_rows):
        one, other = rng.sample(list(situations), 2)
        days = rng.choice((None, 0, 1, 2, 30))
        found.append(Row(rng.choice(one.sentences)[1], rng.choice(other.sentences)[1], days, NONE))
    return found


def article_rows(folder: Path) -> list[Row]:
    """Sentences of pairs of articles that were written to develop finders with.

    Args:
        folder: `tests/claims` of this project.
    """
    rows = [row for pair in load_disputes("dev", folder=folder / "disputes").pairs
            for row in _rows_of_pair(pair)]  # fmt: skip
    for path in sorted((folder / "pairs").glob("*.toml")):
        for pair in tomllib.loads(path.read_text(encoding="utf-8"))["pair"]:
            if not pair.get("disputes"):
                one, other = (_sentences(pair[side]["text"]) for side in "ab")
                days = _days(pair["a"]["published"], pair["b"]["published"])
                rows += [Row(x, y, days, NONE) for x in one for y in other]
    return rows


def _rows_of_pair(pair: DisputePair) -> list[Row]:
    first, second = pair.articles
    days = _days(first.published, second.published)
    rows = []
    for s in split_sentences(first.text):
        for t in split_sentences(second.text):
            label = _label_of(pair, Span(s.start, s.end), Span(t.start, t.end))
            if label is not None:
                one, other = first.text[s.start : s.end], second.text[t.start : t.end]
                rows.append(Row(" ".join(one.split()), " ".join(other.split()), days, label))
    return [row for row in rows if min(len(row.first.split()), len(row.second.split())) > 3]


def _label_of(pair: DisputePair, own: Span, other: Span) -> int | None:
    """The ground on which two sentences are in dispute; None where that is not counted."""
    for dispute in pair.disputes:
        first, second = sorted(dispute.sides, key=lambda side: side.article)
        words = ((own, (*first.words, *first.also)), (other, (*second.words, *second.also)))
        if all(any(span.overlaps(w) for w in given) for span, given in words):
            shown = dispute.grounds[0].value.removeprefix("incompatible ")
            return GROUNDS.index(shown) if dispute.is_counted else None
    return NONE


def _sentences(text: str) -> list[str]:
    found = [" ".join(text[s.start : s.end].split()) for s in split_sentences(text)]
    return [s for s in found if len(s.split()) > 3]


def _days(first: str | None, second: str | None) -> int | None:
    if first is None or second is None:
        return None
    days = [datetime.date.fromisoformat(day[:10]) for day in (first, second)]
    return abs((days[1] - days[0]).days)


class NewsRows:
    """Pairs out of real news, nearly all of them none."""

    def __init__(self, corpora: Path, articles: Sequence[Sequence[str]]) -> None:
        """Prepare.

        Args:
            corpora: The folder of corpora; of ECB+ the training part is taken.
            articles: Sentences of articles of Wikinews.
        """
        self.articles = articles
        self.near = _near_pairs(corpora)

    def draw(self, n_rows: int, rng: random.Random) -> list[Row]:
        """So many: three of five of ECB+, some made disputes, the rest of one article."""
        rows = [
            self._of_two(pair, rng)
            for pair in rng.sample(self.near, min(len(self.near), 3 * n_rows // 5))
        ]
        while len(rows) < n_rows:
            own = rng.choice(self.articles)
            at = rng.randrange(len(own))
            chance = rng.random()
            figure, turned = changed_figure(own[at], rng), negated(own[at])
            if chance < 0.15 and figure:
                rows.append(Row(own[at], figure, 0, FIGURE))
            elif chance < 0.25 and turned:
                rows.append(Row(own[at], turned, 0, DENIAL))
            else:
                other = rng.choice(own[max(0, at - 5) : at + 6])
                rows.append(Row(own[at], other, rng.choice((None, 0, 1)), NONE))
        return rows

    @staticmethod
    def _of_two(pair: tuple[str, str], rng: random.Random) -> Row:
        """Two sentences of ECB+; if they share a figure, it is now and then another one in one."""
        first, second = pair
        days = rng.choice((None, 0, 0, 1, 2))
        shared = figures_in(first) & figures_in(second)
        if shared and rng.random() < _CHANGED:
            changed = with_other_figure(second, rng.choice(sorted(shared)), rng)
            return Row(first, changed, days, FIGURE)
        return Row(first, second, days, NONE)


def _near_pairs(corpora: Path) -> list[tuple[str, str]]:
    """Sentences of two documents about one event of ECB+ that share rare words."""
    topics: dict[str, list[list[str]]] = {}
    for document in load_ecb_plus(corpora, "train").documents:
        own = [
            s for s in _sentences(document.text) if _LEAST_WORDS <= len(s.split()) <= _MOST_WORDS
        ]
        topics.setdefault(f"{document.topic}{document.subtopic}", []).append(own)
    found = []
    for documents in topics.values():
        counted = Counter(w for own in documents for s in own for w in set(_rare(s)))
        for n, own in enumerate(documents):
            for others in documents[:n]:
                found += _nearest(own, others, counted)
    return found


def _nearest(
    own: Sequence[str], others: Sequence[str], counted: Counter[str]
) -> list[tuple[str, str]]:
    """The three pairs that share most, but for equal ones."""
    scored = []
    for one in own:
        for other in others:
            shared = set(_rare(one)) & set(_rare(other))
            if len(shared) >= _LEAST_SHARED and one != other:
                score = sum(1 / counted[w] for w in shared) + 0.1 * len(shared)
                scored.append((score, other, one))
    return [(one, other) for _, one, other in sorted(scored, reverse=True)[:3]]


def _rare(sentence: str) -> list[str]:
    return [w.lower() for w in _WORD.findall(sentence) if len(w) > 4]
