"""Who is found behind the statements of whole-record gold: right, wrong or unknown.

The cases are the pairs of `records` whose gold names a speaker, and whether two are the
same is decided there too (`names`): `speakers/right` is its `statements/speaker`.

    speakers/right          Share of the cases with the speaker of gold.
    speakers/wrong          Share with another one.
    speakers/unknown        Share with none.
    speakers/right/FORM     By how gold's words name the speaker: name, nominal, pronoun,
    speakers/unknown/FORM   or none where the statement has no source.
    speakers/invented       Of the pairs where gold knows nobody, those with a speaker.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from evaluation.corpora import GoldCorpus, GoldRecord
from evaluation.entity_texts import Form
from evaluation.intervals import bootstrap
from evaluation.names import name_forms
from evaluation.overlaps import TokenizedText
from evaluation.predictions import Predictions
from evaluation.records import gold_rows, pair_rows, predicted_rows
from evaluation.report import Report
from evaluation.scores import Share, Tally, add_tallies, scores_of
from onrecord.records import Reading


class Verdict(StrEnum):
    """What became of a speaker."""

    RIGHT = "right"
    WRONG = "wrong"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerCase:
    """A statement that both sides have.

    Attributes:
        article: Its address.
        source: The words of gold's source; empty of none.
        form: How these name the speaker; None of no source.
        gold: The speaker's name; None if gold knows nobody.
        predicted: Whom the reading names; None if nobody.
        verdict: Gold against predicted.
    """

    article: str
    source: str
    form: Form | None
    gold: str | None
    predicted: str | None
    verdict: Verdict


def speaker_cases(record: GoldRecord, reading: Reading | None) -> list[SpeakerCase]:
    """The statements of an article that both sides have, in the order of gold."""
    if reading is None:
        return []
    text = TokenizedText(record.text)
    gold, predicted = gold_rows(record, text), predicted_rows(reading, text)
    cases = []
    for i, j in sorted(pair_rows(gold, predicted).items()):
        own, other = gold[i].speaker, predicted[j].speaker
        words = text.words(gold[i].roles.source)
        is_same = other is None if own is None else own.is_same(other)
        missing = Verdict.UNKNOWN if other is None else Verdict.WRONG
        cases.append(
            SpeakerCase(
                article=record.url,
                source=words,
                form=form_of(words),
                gold=None if own is None else own.name,
                predicted=None if other is None else other.name,
                verdict=Verdict.RIGHT if is_same else missing,
            )
        )
    return cases


def form_of(words: str) -> Form | None:
    """How words name somebody; a description has no capital but at its beginning.

    >>> [form_of(words) for words in ("He", "The two men", "Ann Vale", "the US envoy", "")]
    [<Form.PRONOUN: 'pronoun'>, <Form.NOMINAL: 'nominal'>, <Form.NAME: 'name'>, \
<Form.NAME: 'name'>, None]
    """
    if not words:
        return None
    if not name_forms(words):
        return Form.PRONOUN
    first, *others = words.split()
    is_name = any(map(_is_capital, others)) or (not others and _is_capital(first))
    return Form.NAME if is_name else Form.NOMINAL


def _is_capital(word: str) -> bool:
    return word[:1].isupper()


def count_speakers(cases: Sequence[SpeakerCase]) -> Tally:
    """The counts of one article."""
    known = [case for case in cases if case.gold is not None]
    others = [case for case in cases if case.gold is None]
    found = Counter(case.verdict for case in known)
    tally: Tally = {f"speakers/{own}": Share(found[own], len(known)) for own in Verdict}
    for form in sorted({case.form for case in known}, key=str):
        own_cases = [case.verdict for case in known if case.form is form]
        for verdict in (Verdict.RIGHT, Verdict.UNKNOWN):
            share = Share(own_cases.count(verdict), len(own_cases))
            tally[f"speakers/{verdict}/{form or 'none'}"] = share
    n_invented = sum(case.predicted is not None for case in others)
    tally["speakers/invented"] = Share(n_invented, len(others))
    return tally


def speakers_report(corpus: GoldCorpus, predictions: Predictions, *, n_rounds: int = 0) -> Report:
    """Scores of the speakers of whole records."""
    tallies = [
        count_speakers(speaker_cases(record, predictions.reading(record.url)))
        for record in corpus.records
    ]
    return Report(
        corpus=corpus.name,
        digest=corpus.digest,
        system=predictions.system,
        n_articles=len(tallies),
        scores=scores_of(add_tallies(tallies)),
        intervals=bootstrap(tallies, n_rounds=n_rounds),
    )


def to_lines(cases: Sequence[SpeakerCase]) -> str:
    """Cases that are not right, one a line, for a person."""
    rows = (
        (case.verdict, case.article, case.source or "-", case.gold or "-", case.predicted or "-")
        for case in cases
        if case.verdict is not Verdict.RIGHT
    )
    return "\n".join("\t".join(row) for row in rows)
