"""Reports on events: types of marked pairs, and who did what to whom, end to end.

- PLV: a typer is tried by cross-validation; intervals are over sentences.
- PLOVER's gold records: sentences are read as any text is. A record marks one event of
  its sentence, so that other events, right or not, lower the precision: it is a lower
  bound. Actors are compared by words and by code (its country part).
- PETRARCH's unit sentences: what is compared is not a run of the program but the codings
  that it must give for its sentences with its own dictionaries, which is what it gives
  when it works. They are the gold; its own F1 against them is 100 by construction. Codes
  of actors are compared by the words that they stand for. Sentences without codings count
  for precision; some of them do report events, by actors that its dictionaries lack.

Metrics stand twice: of all events that are found, and, under ``actual/``, without those
that are negated, possible or planned. Event data of this kind have no such marks; they
code an intention to cooperate as a type of its own.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from evaluation.event_corpora import CodedCorpus, PairCorpus
from evaluation.event_scores import (
    IsSame,
    coded_tally,
    label_scores,
    label_tally,
    same_code,
    same_place,
    same_words,
)
from evaluation.event_typers import PairTyper, cross_validate
from evaluation.intervals import bootstrap
from evaluation.predictions import Predictions
from evaluation.report import Report
from evaluation.scores import Score, Tally, add_tallies, scores_of

# How actors are compared on each corpus.
COMPARISONS: Mapping[str, Mapping[str, IsSame]] = {
    "plover": {"words": same_words, "code": same_code},
    "petrarch": {"words": same_place},
}


def plv_report(
    corpus: PairCorpus,
    make: Callable[[], PairTyper],
    *,
    name: str,
    n_folds: int = 5,
    n_repeats: int = 1,
    seed: int = 0,
    n_rounds: int = 0,
    on_progress: Callable[[int], None] | None = None,
) -> Report:
    """Scores of a typer by cross-validation.

    Args:
        corpus: Pairs with labels.
        make: Makes a typer that has learned nothing of the corpus.
        name: What stands in the report for it.
        n_folds: Parts, of which each is predicted once.
        n_repeats: Times that it is cut into parts anew; a case counts once in all.
        seed: Of the first cut; the others have the numbers after it.
        n_rounds: Sets of sentences to draw for intervals.
        on_progress: Called after each fold.
    """
    tallies: defaultdict[str, list[Tally]] = defaultdict(list)
    for repeat in range(n_repeats):
        said = cross_validate(
            make,
            corpus.pairs,
            corpus.labels,
            n_folds=n_folds,
            seed=seed + repeat,
            on_progress=on_progress,
        )
        for pair, gold, label in zip(corpus.pairs, corpus.labels, said, strict=True):
            own = label_tally([gold], [label], weight=1 / n_repeats)
            tallies[pair.text].append(own)
    by_sentence = [add_tallies(own) for own in tallies.values()]
    times = "once" if n_repeats == 1 else f"{n_repeats} times"
    return Report(
        corpus=corpus.name,
        digest=corpus.digest,
        system=f"{name}, cross-validated in {n_folds} folds {times} from seed {seed}",
        n_articles=len(by_sentence),
        scores=label_scores(add_tallies(by_sentence)),
        intervals=bootstrap(by_sentence, n_rounds=n_rounds, scores=label_scores),
    )


def coded_report(corpus: CodedCorpus, predictions: Predictions, *, n_rounds: int = 0) -> Report:
    """Scores of the events of readings, end to end, of all and of actual ones."""
    comparisons = COMPARISONS[corpus.name]
    tallies = []
    for text in corpus.texts:
        reading = predictions.reading(text.id)
        every = coded_tally(text, reading, comparisons)
        actual = coded_tally(text, reading, comparisons, only_actual=True)
        short = {f"actual/{m}": own for m, own in actual.items() if not m.startswith("type/")}
        tallies.append(every | short)
    return Report(
        corpus=corpus.name,
        digest=corpus.digest,
        system=predictions.system,
        n_articles=len(tallies),
        scores=_in_order(scores_of(add_tallies(tallies))),
        intervals=bootstrap(tallies, n_rounds=n_rounds),
    )


def _in_order(scores: Mapping[str, Score]) -> dict[str, Score]:
    """All events first, then actual ones, then single types."""
    return dict(
        sorted(
            scores.items(),
            key=lambda own: (own[0].startswith("type/"), own[0].startswith("actual/")),
        )
    )


def cases_of(corpus: CodedCorpus, predictions: Predictions) -> list[str]:
    """Lines on each text: its gold events, and what was found."""
    lines = []
    for text in corpus.texts:
        lines.append(f"{text.id}: {text.text}")
        for event in text.events:
            types = "?" if event.types is None else "|".join(event.types) or "-"
            sides = (", ".join(a.words for a in s) or "-" for s in (event.actors, event.recipients))
            lines.append(f"  gold   {event.label} {types}: {' > '.join(sides)}")
        reading = predictions.reading(text.id)
        names = {} if reading is None else {e.id: e.name for e in reading.entities or ()}
        for found in () if reading is None else reading.events or ():
            words = found.trigger.text_in(text.text)
            lines.append(
                f"  found  {found.type} {words!r} ({found.factuality}): "
                f"{_names(found.actors, names)} > {_names(found.recipients, names)}"
            )
    return lines


def _names(own: Sequence[str], names: Mapping[str, str]) -> str:
    return ", ".join(names[i] for i in own) or "-"
