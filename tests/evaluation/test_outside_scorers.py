"""The numbers here and those of two scorers outside the project, to the second decimal.

The scorers are programs of their own, `score_attributions.py` and `score_record.py`;
ONRECORD_SCORERS names their folder. Predictions are gold that chance has disturbed,
which brings out ties and near misses of every kind, and those of the packaged weights.
"""

import dataclasses
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evaluation.corpora import Article, Attribution, Corpus, GoldRecord, load_gold, load_polnear
from evaluation.overlaps import TokenizedText, dice, jaccard
from evaluation.predictions import Predictions, save_readings
from evaluation.report import Report, gold_report, polnear_report
from onrecord.records import (
    Act,
    Entity,
    Kind,
    Manner,
    Mention,
    MentionForm,
    Polarity,
    Reading,
    Span,
    Spans,
    as_spans,
    make_document,
)
from tests.evaluation.marked_texts import RUN, statement

ROLES = ("source", "cue", "content")


def spans_json(row: Any) -> dict[str, Any]:
    return {role: [[s.start, s.end] for s in getattr(row, role)] for role in ROLES}


def by_outside_scorer(path: Path, *arguments: object) -> dict[str, Any]:
    out = Path(str(arguments[1])).with_suffix(".scores")
    command = [sys.executable, str(path), *map(str, arguments), "--json", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(out.read_text(encoding="utf-8"))


def compare_attributions(
    scorers: Path, folder: Path, corpus: Corpus, found: Predictions, *, overlap: str = "dice"
) -> Report:
    gold, predicted = folder / "gold.jsonl", folder / "predicted.jsonl"
    with gold.open("w") as own, predicted.open("w") as other:
        for article in corpus.articles:
            rows = [spans_json(a) for a in article.attributions]
            line = {"id": article.id, "text": article.text, "attributions": rows}
            own.write(json.dumps(line) + "\n")
            rows = [spans_json(a) for a in found.outermost(article.id)]
            other.write(json.dumps({"id": article.id, "attributions": rows}) + "\n")
    path = scorers / "score_attributions.py"
    wanted = by_outside_scorer(path, gold, predicted, "--overlap", overlap)
    report = polnear_report(corpus, found, overlap={"dice": dice, "jaccard": jaccard}[overlap])
    assert set(report.scores) == set(wanted)
    for metric, score in report.scores.items():
        # That scorer prints nothing of nothing as 0, and a share three times.
        own_values = (score.precision, score.recall, score.value)
        if score.precision is None and score.n_predicted is None and metric != "token/macro":
            own_values = (score.value,) * 3
        values = tuple(wanted[metric][key] for key in ("precision", "recall", "f1"))
        assert hundredths(own_values) == hundredths(values), metric
    return report


def hundredths(values: tuple[float | None, ...]) -> list[float]:
    return [round(100 * (value or 0), 2) for value in values]


def compare_records(scorers: Path, folder: Path, gold: Path, found: Predictions) -> Report:
    predicted = folder / "readings.jsonl"
    save_readings(found, predicted)
    wanted = by_outside_scorer(scorers / "score_record.py", gold, predicted)["metrics"]
    wanted = {metric: row for metric, row in wanted.items() if metric.startswith("statements/")}
    report = gold_report(load_gold(gold), found)
    assert set(report.scores) == set(wanted)
    for metric, score in report.scores.items():
        row = wanted[metric]
        own_values = (score.precision, score.recall, score.value)
        values = (row["p"], row["r"], row["f1"])
        assert [v is None for v in own_values] == [v is None for v in values], metric
        assert hundredths(own_values) == hundredths(values), metric
        assert score.n == row["n"], metric
    return report


class Chance:
    """Disturbs gold spans by tokens; the same seed disturbs them in the same way."""

    def __init__(self, text: str, seed: int) -> None:
        self.rng = random.Random(seed)
        self.tokens = TokenizedText(text)
        self.n = len(self.tokens.starts)

    def spans(self, spans: Spans) -> Spans:
        """The same, or with tokens lost and found at the ends, or without a fragment."""
        moved = []
        for span in spans:
            own = sorted(self.tokens.tokens([span]))
            if not own or self.rng.random() < 0.05:
                continue
            first = min(max(0, own[0] + self.step()), self.n - 1)
            last = min(max(first, own[-1] + self.step()), self.n - 1)
            moved.append(Span(self.tokens.starts[first], self.tokens.ends[last]))
        return as_spans(moved)

    def step(self) -> int:
        return self.rng.choice((0, 0, 0, 0, 0, -1, 1, -2, 3))

    def roles(self, row: Any) -> Attribution:
        return Attribution(**{role: self.spans(getattr(row, role)) for role in ROLES})

    def attributions(self, rows: Any) -> list[Attribution]:
        """Some left out, some twice, some with the source of another."""
        out: list[Attribution] = []
        for row in rows:
            for _ in range(self.rng.choice((0, 1, 1, 1, 1, 1, 2))):
                own = self.roles(row)
                if out and self.rng.random() < 0.1:
                    own = dataclasses.replace(own, source=out[-1].source)
                out.append(own)
        self.rng.shuffle(out)
        return out


def disturbed(corpus: Corpus, seed: int) -> Predictions:
    found = {
        a.id: Chance(a.text, seed + n).attributions(a.attributions)
        for n, a in enumerate(corpus.articles)
    }
    return Predictions(system="chance", attributions=found)


def chance_corpus(n_articles: int) -> Corpus:
    """Short texts in which almost everything overlaps with everything."""
    rng = random.Random(5)
    words = ["He", "said", "“no”", "it", "’s", ".", "\n", '"', "‘why’", "``so''", "the", "dam"]
    articles = []
    for number in range(n_articles):
        text = " ".join(rng.choice(words) for _ in range(rng.randint(3, 18)))
        tokens = TokenizedText(text)

        def role(tokens: TokenizedText = tokens) -> Spans:
            n = len(tokens.starts)
            chosen = [rng.randrange(n) for _ in range(rng.randint(0, 2))]
            return as_spans(
                Span(tokens.starts[t], tokens.ends[min(n - 1, t + rng.randint(0, 5))])
                for t in chosen
            )

        rows = [
            Attribution(source=role(), cue=role(), content=role()) for _ in range(rng.randint(0, 6))
        ]
        articles.append(Article(id=str(number), text=text, attributions=tuple(rows)))
    return Corpus(name="chance", digest="", articles=tuple(articles))


def disturbed_reading(record: GoldRecord, seed: int) -> Reading:
    """A reading of gold with disturbed spans, values, parents, and entities by their aliases."""
    chance = Chance(record.text, seed)
    rng = chance.rng
    document = make_document(text=record.text, url=record.url)
    entities, mentions, id_of = [], [], {}
    for number, (name, aliases) in enumerate(record.aliases.items()):
        words = [w for w in (*aliases, name) if w in record.text]
        words = rng.sample(words, min(len(words), 2))
        if not words:
            continue
        own = id_of[name] = f"e{number}"
        for at, word in enumerate(words):
            start = record.text.index(word)
            mentions.append(
                Mention(
                    id=f"{own}-{at}",
                    document=document.id,
                    span=Span(start, start + len(word)),
                    kind=Kind.PERSON,
                    form=MentionForm.NAME,
                    entity=own,
                    run=RUN.id,
                )
            )
        entities.append(
            Entity(
                id=own,
                document=document.id,
                name=words[0],
                kind=Kind.PERSON,
                actor=None,
                country=None,
                place=None,
                mentions=tuple(f"{own}-{at}" for at in range(len(words))),
                run=RUN.id,
            )
        )

    def entity(name: str | None) -> str | None:
        if rng.random() < 0.2:
            return rng.choice([None, *id_of.values()])
        return id_of.get(name or "")

    def value(own: Any, others: Any) -> Any:
        return rng.choice(list(others)) if rng.random() < 0.2 else own

    rows, depth_of = [], {}
    for own in record.statements:
        roles = chance.roles(own)
        if not (roles.cue and roles.content) or rng.random() < 0.1:
            continue
        parent = value(own.parent, [None, *depth_of])
        parent = parent if parent in depth_of else None
        depth_of[own.id] = 0 if parent is None else depth_of[parent] + 1
        rows.append(
            statement(
                own.id,
                document.id,
                source=roles.source,
                cue=roles.cue,
                content=roles.content,
                speaker=entity(own.speaker),
                addressee=entity(own.addressee),
                medium=entity(own.medium),
                act=value(own.act, Act),
                polarity=value(own.polarity, Polarity),
                manner=value(own.manner, Manner),
                parent=parent,
                depth=depth_of[own.id],
            )
        )
    return Reading(
        document=document,
        run=RUN,
        statements=tuple(rows),
        mentions=tuple(mentions),
        entities=tuple(entities),
    )


@pytest.mark.parametrize("overlap", ["dice", "jaccard"])
def test_texts_of_chance(scorers, tmp_path, overlap) -> None:
    corpus = chance_corpus(150)
    report = compare_attributions(scorers, tmp_path, corpus, disturbed(corpus, 7), overlap=overlap)
    assert 0.1 < (report.scores["relation/relaxed"].value or 0) < 0.9


@pytest.mark.corpus
@pytest.mark.parametrize("overlap", ["dice", "jaccard"])
def test_disturbed_attributions(scorers, corpora, tmp_path, overlap) -> None:
    corpus = load_polnear(corpora, "dev")
    report = compare_attributions(scorers, tmp_path, corpus, disturbed(corpus, 3), overlap=overlap)
    assert 0.2 < (report.scores["relation/relaxed"].value or 0) < 0.9


@pytest.mark.corpus
@pytest.mark.parametrize("seed", range(3))
def test_disturbed_records(scorers, gold, tmp_path, seed) -> None:
    records = load_gold(gold).records
    found = {r.url: disturbed_reading(r, seed * 100 + n) for n, r in enumerate(records)}
    report = compare_records(scorers, tmp_path, gold, Predictions(system="chance", readings=found))
    for metric in ("relaxed", "speaker", "act", "chain", "addressee", "medium"):
        assert 0 < (report.scores[f"statements/{metric}"].value or 0) < 1, metric


@pytest.mark.corpus
@pytest.mark.weights
@pytest.mark.slow
def test_the_packaged_weights_on_attributions(
    scorers, corpora, polnear_predictions, tmp_path
) -> None:
    compare_attributions(scorers, tmp_path, load_polnear(corpora, "dev"), polnear_predictions)


@pytest.mark.corpus
@pytest.mark.weights
@pytest.mark.slow
def test_the_packaged_weights_on_records(scorers, gold, gold_predictions, tmp_path) -> None:
    compare_records(scorers, tmp_path, gold, gold_predictions)
