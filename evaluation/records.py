"""Metrics of whole records: chains, speakers, acts and what else a statement carries.

Rows go together when their roles overlap by more than one half each (Dice), one to
one, best pairs first. "Pairs" are such rows; all but the first four are scored on them.

    statements/exact            Source, cue and content have the same tokens.
    statements/relaxed          The pairs.
    statements/relaxed/MANNER   Recall over gold rows of that manner or depth, precision
    statements/relaxed/depthN   over predicted ones of that manner or depth.
    statements/content          Pairs on the content alone.
    statements/speaker          Share of pairs, where gold names a speaker, with the same.
    statements/speaker_unknown  Share of the same pairs whose prediction names nobody.
    statements/speaker_null     Share of pairs, where gold names nobody, that do so too.
    statements/act, polarity, manner
                                Share of pairs with the same value.
    statements/parent           Share of pairs that both have no parent, or whose parents
                                are a pair too.
    statements/addressee, medium
                                Precision and recall over pairs; null is nothing to find.
    statements/chain            Rows inside others: found with the right parent.

Spans alone, against PolNeAR, are in `attributions`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evaluation.attributions import PARTS, count_equal, possible_pairs
from evaluation.corpora import GoldRecord
from evaluation.errors import PredictionError
from evaluation.matching import pair_best_first
from evaluation.names import Named, named
from evaluation.overlaps import RoleTokens, TokenizedText
from evaluation.scores import Counts, Share, Tally, matched
from onrecord.records import Act, Manner, Polarity, Reading

_DEEPEST = 2
_VALUES = ("act", "polarity", "manner")
_LISTENERS = ("addressee", "medium")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A statement of either side, in the form that is scored."""

    id: str
    roles: RoleTokens
    speaker: Named | None
    act: Act
    polarity: Polarity
    manner: Manner
    addressee: Named | None
    medium: Named | None
    parent: str | None
    depth: int
    probability: float | None = None


def gold_rows(record: GoldRecord, text: TokenizedText) -> list[Row]:
    """The statements of a gold record that have a token."""

    def entity(name: str | None) -> Named | None:
        return named(name, record.aliases.get(name, ())) if name else None

    kept = [s for s in record.statements if any(text.roles(s))]
    depths = _depths({s.id: s.parent for s in kept})
    return [
        Row(
            id=s.id,
            roles=text.roles(s),
            speaker=entity(s.speaker),
            act=s.act,
            polarity=s.polarity,
            manner=s.manner or text.manner(text.tokens(s.content)),
            addressee=entity(s.addressee),
            medium=entity(s.medium),
            parent=s.parent,
            depth=depths[s.id],
        )
        for s in kept
    ]


def predicted_rows(reading: Reading, text: TokenizedText) -> list[Row]:
    """The statements of a reading that have a token.

    Raises:
        PredictionError: A statement points to an entity that the reading lacks.
    """
    entities = _entities(reading)

    def entity(name: str | None) -> Named | None:
        if name is None:
            return None
        if name not in entities:
            raise PredictionError(
                source=reading.document.url or reading.document.id,
                problem=f"no entity has the id {name!r}",
            )
        return entities[name]

    kept = [s for s in reading.statements or () if any(text.roles(s))]
    depths = _depths({s.id: s.parent for s in kept})
    return [
        Row(
            id=s.id,
            roles=text.roles(s),
            speaker=entity(s.speaker),
            act=s.act,
            polarity=s.polarity,
            manner=s.manner,
            addressee=entity(s.addressee),
            medium=entity(s.medium),
            parent=s.parent,
            depth=depths[s.id],
            probability=s.probability,
        )
        for s in kept
    ]


def _entities(reading: Reading) -> dict[str, Named]:
    """Each entity of a reading with its name and the words of its mentions."""
    words: dict[str, list[str]] = {}
    for mention in reading.mentions or ():
        words.setdefault(mention.entity, []).append(mention.span.text_in(reading.document.text))
    return {
        entity.id: named(entity.name, words.get(entity.id, ())) for entity in reading.entities or ()
    }


def _depths(parents: Mapping[str, str | None]) -> dict[str, int]:
    """Rows around each row; a parent that is not there, or comes again, ends the count."""
    depths = {}
    for own in parents:
        around: list[str] = []
        above = parents[own]
        while above is not None and above in parents and above not in {own, *around}:
            around.append(above)
            above = parents[above]
        depths[own] = len(around)
    return depths


def pair_rows(gold: Sequence[Row], predicted: Sequence[Row]) -> dict[int, int]:
    """The pairs {gold: predicted} on source, cue and content."""
    return _pairs_on("relation/relaxed", gold, predicted)


def _pairs_on(parts: str, gold: Sequence[Row], predicted: Sequence[Row]) -> dict[int, int]:
    worths = possible_pairs(
        [row.roles for row in gold], [row.roles for row in predicted], parts=PARTS[parts]
    )
    return pair_best_first(worths)


def count_record(gold: Sequence[Row], predicted: Sequence[Row]) -> Tally:
    """The counts of all metrics for one article."""
    n_gold, n_predicted = len(gold), len(predicted)
    pairs = pair_rows(gold, predicted)
    hits = {
        "exact": count_equal([r.roles for r in gold], [r.roles for r in predicted]),
        "relaxed": len(pairs),
        "content": len(_pairs_on("relation/content", gold, predicted)),
    }
    tally: Tally = {
        f"statements/{name}": matched(n, n_predicted=n_predicted, n_gold=n_gold)
        for name, n in hits.items()
    }
    tally |= _count_parts(gold, predicted, pairs)
    partners = [(gold[i], predicted[j]) for i, j in pairs.items()]
    tally |= _count_speakers(partners)
    for name in _VALUES:
        n_right = sum(getattr(own, name) == getattr(other, name) for own, other in partners)
        tally[f"statements/{name}"] = Share(n_right, len(partners))
    for name in _LISTENERS:
        both = [(getattr(own, name), getattr(other, name)) for own, other in partners]
        tally[f"statements/{name}"] = _count_named(both)
    return tally | _count_chains(gold, predicted, partners)


def _count_parts(gold: Sequence[Row], predicted: Sequence[Row], pairs: Mapping[int, int]) -> Tally:
    """Counts by manner and by depth; a row is part of either side by its own value."""

    def part(is_in: Callable[[Row], bool]) -> Counts:
        return Counts(
            sum(is_in(predicted[j]) for j in pairs.values()),
            sum(map(is_in, predicted)),
            sum(is_in(gold[i]) for i in pairs),
            sum(map(is_in, gold)),
        )

    def of_manner(manner: Manner) -> Counts:
        return part(lambda row: row.manner is manner)

    def of_depth(depth: int) -> Counts:
        return part(lambda row: min(row.depth, _DEEPEST) == depth)

    tally: Tally = {}
    for manner in (Manner.DIRECT, Manner.MIXED, Manner.INDIRECT):
        tally[f"statements/relaxed/{manner}"] = of_manner(manner)
    for depth in range(_DEEPEST + 1):
        name = f"depth{depth}+" if depth == _DEEPEST else f"depth{depth}"
        tally[f"statements/relaxed/{name}"] = of_depth(depth)
    return tally


def _count_speakers(partners: Sequence[tuple[Row, Row]]) -> Tally:
    known = [(g.speaker, p.speaker) for g, p in partners if g.speaker is not None]
    unknown = [p.speaker for g, p in partners if g.speaker is None]
    return {
        "statements/speaker": Share(sum(own.is_same(other) for own, other in known), len(known)),
        "statements/speaker_unknown": Share(sum(p is None for _, p in known), len(known)),
        "statements/speaker_null": Share(sum(p is None for p in unknown), len(unknown)),
    }


def _count_named(both: Sequence[tuple[Named | None, Named | None]]) -> Counts:
    return matched(
        sum(own is not None and own.is_same(other) for own, other in both),
        n_predicted=sum(other is not None for _, other in both),
        n_gold=sum(own is not None for own, _ in both),
    )


def _count_chains(
    gold: Sequence[Row], predicted: Sequence[Row], partners: Sequence[tuple[Row, Row]]
) -> Tally:
    partner_of: dict[str | None, str] = {own.id: other.id for own, other in partners}
    inside = [(own, other) for own, other in partners if own.depth and other.depth]
    n_outermost = sum(not own.depth and not other.depth for own, other in partners)
    n_chained = sum(partner_of.get(own.parent) == other.parent for own, other in inside)
    return {
        "statements/parent": Share(n_outermost + n_chained, len(partners)),
        "statements/chain": matched(
            n_chained,
            n_predicted=sum(row.depth > 0 for row in predicted),
            n_gold=sum(row.depth > 0 for row in gold),
        ),
    }
