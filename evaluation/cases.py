"""Gold and predicted statements side by side, to look at them one by one."""

from collections.abc import Iterable
from dataclasses import dataclass

from evaluation.attributions import pair_attributions
from evaluation.corpora import Corpus, GoldCorpus
from evaluation.overlaps import HasRoles, RoleTokens, TokenizedText
from evaluation.predictions import Predictions
from evaluation.records import gold_rows, pair_rows, predicted_rows
from onrecord.records import Act, Manner


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A statement of either side; what its side does not tell is None."""

    roles: RoleTokens
    manner: Manner
    act: Act | None
    probability: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleCases:
    """The statements of both sides for one article.

    Attributes:
        id: Name of the article.
        text: What the tokens count.
        gold: Gold statements.
        predicted: Predicted ones.
        pairs: Places {gold: predicted} of those that go together, as `relaxed` has it.
    """

    id: str
    text: TokenizedText
    gold: list[Case]
    predicted: list[Case]
    pairs: dict[int, int]


def polnear_cases(corpus: Corpus, predictions: Predictions) -> list[ArticleCases]:
    """Outermost statements against attributions."""
    found = []
    for article in corpus.articles:
        text = TokenizedText(article.text)
        gold = _spans_only(article.attributions, text)
        predicted = _spans_only(predictions.outermost(article.id), text)
        pairs = pair_attributions([c.roles for c in gold], [c.roles for c in predicted])
        found.append(
            ArticleCases(id=article.id, text=text, gold=gold, predicted=predicted, pairs=pairs)
        )
    return found


def gold_cases(corpus: GoldCorpus, predictions: Predictions) -> list[ArticleCases]:
    """All statements against those of whole records."""
    found = []
    for record in corpus.records:
        text = TokenizedText(record.text)
        reading = predictions.reading(record.url)
        gold = gold_rows(record, text)
        predicted = [] if reading is None else predicted_rows(reading, text)
        found.append(
            ArticleCases(
                id=record.url,
                text=text,
                gold=[
                    Case(roles=r.roles, manner=r.manner, act=r.act, probability=None) for r in gold
                ],
                predicted=[
                    Case(roles=r.roles, manner=r.manner, act=r.act, probability=r.probability)
                    for r in predicted
                ],
                pairs=pair_rows(gold, predicted),
            )
        )
    return found


def _spans_only(rows: Iterable[HasRoles], text: TokenizedText) -> list[Case]:
    """Cases with the manner that the text shows, and an act and probability if there are any."""
    cases = []
    for row in rows:
        roles = text.roles(row)
        if any(roles):
            cases.append(
                Case(
                    roles=roles,
                    manner=text.manner(roles.content),
                    act=getattr(row, "act", None),
                    probability=getattr(row, "probability", None),
                )
            )
    return cases
