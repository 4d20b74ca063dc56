"""Metrics of named entities: spans with types against gold ones.

Both sides come in the labels of one scheme (`SCHEMES`): what the scheme does not name
is nothing, on either side. Every metric is a ratio of sums over texts.

    names/exact         The same span and label, as in CoNLL-2003.
    names/exact/LABEL   The same, of one label.
    names/span          The same span, whatever the label.
    names/overlap       One-to-one pairs with the same label that share a character.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from evaluation.entity_texts import MarkedCorpus, MarkedText
from evaluation.matching import pair_in_order
from evaluation.scores import Counts, Tally, matched
from onrecord.records import Kind

# Start, end and label.
Name = tuple[int, int, str]


_KINDS = {
    Kind.PERSON: "PER",
    Kind.ORGANIZATION: "ORG",
    Kind.PLACE: "LOC",
    Kind.FACILITY: "LOC",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """Which labels a corpus can be scored on.

    Attributes:
        gold: Label of each type of the corpus.
        predicted: Label of each kind of a reading.
    """

    gold: Mapping[str, str]
    predicted: Mapping[Kind, str] = field(default_factory=lambda: dict(_KINDS))


_SAME = {label: label for label in ("PER", "LOC", "ORG")}
_PLAIN = Scheme(gold=_SAME)
_MISC = dict.fromkeys(
    (Kind.NATIONALITY, Kind.WEAPON, Kind.INSTRUMENT, Kind.EVENT, Kind.OTHER), "MISC"
)
_WEAPONS = dict.fromkeys(("Weapon", "MilitaryPlatform", "Vehicle"), "WEAPON")
# By the name of the corpus up to its first slash.
SCHEMES: Mapping[str, Scheme] = {
    "uner_ewt": _PLAIN,
    "broad_twitter": _PLAIN,
    "wikigold": Scheme(gold=_SAME | {"MISC": "MISC"}, predicted=_KINDS | _MISC),
    "wnut17": Scheme(
        gold={"person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG"}
    ),
    "re3d": Scheme(
        gold={"Person": "PER", "Location": "LOC", "Organisation": "ORG", "Nationality": "NAT"}
        | _WEAPONS,
        predicted=_KINDS | {Kind.NATIONALITY: "NAT", Kind.WEAPON: "WEAPON"},
    ),
    "gum": Scheme(gold={"person": "PER", "place": "LOC", "organization": "ORG"}),
}


def scheme_of(corpus: MarkedCorpus) -> Scheme:
    """The labels that a corpus is scored on."""
    return SCHEMES[corpus.name.partition("/")[0]]


def gold_names(text: MarkedText, scheme: Scheme) -> list[Name]:
    """The names of a text with a label; of names inside names, the outermost only."""
    found = {
        (*mention.name, scheme.gold[mention.type])
        for mention in text.mentions
        if mention.name is not None and mention.type in scheme.gold
    }
    kept: list[Name] = []
    for start, end, label in sorted(found, key=lambda name: (name[0], -name[1], name[2])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end, label))
    return kept


def predicted_names(found: Iterable[tuple[int, int, Kind]], scheme: Scheme) -> list[Name]:
    """Spans with kinds as names with a label; what the scheme does not name is left out."""
    return [
        (start, end, scheme.predicted[kind])
        for start, end, kind in found
        if kind in scheme.predicted
    ]


def count_names(gold: Iterable[Name], predicted: Iterable[Name]) -> Tally:
    """The counts of all metrics for one text; what comes twice counts once."""
    golds, predictions = set(gold), set(predicted)
    tally: Tally = {"names/exact": _matched(golds, predictions)}
    for label in sorted({name[2] for name in golds | predictions}):
        tally[f"names/exact/{label}"] = _matched(
            {name for name in golds if name[2] == label},
            {name for name in predictions if name[2] == label},
        )
    tally["names/span"] = _matched({n[:2] for n in golds}, {n[:2] for n in predictions})
    n_overlap = len(pair_in_order(_shared(sorted(golds), sorted(predictions))))
    tally["names/overlap"] = matched(n_overlap, n_predicted=len(predictions), n_gold=len(golds))
    return tally


def _matched(gold: AbstractSet[object], predicted: AbstractSet[object]) -> Counts:
    return matched(len(gold & predicted), n_predicted=len(predicted), n_gold=len(gold))


def _shared(gold: Sequence[Name], predicted: Sequence[Name]) -> dict[tuple[int, int], float]:
    """The characters that names with the same label share, for each pair that shares any."""
    over: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for number, (start, end, label) in enumerate(gold):
        for at in range(start, end):
            over[at, label].append(number)
    worths: Counter[tuple[int, int]] = Counter()
    for other, (start, end, label) in enumerate(predicted):
        for at in range(start, end):
            for number in over.get((at, label), ()):
                worths[number, other] += 1
    return {edge: float(n) for edge, n in worths.items()}


# What can be done to the letters of a text without moving any.
CASES: Mapping[str, Callable[[str], str]] = {"upper": str.upper, "lower": str.lower}


def recased(corpus: MarkedCorpus, case: str) -> MarkedCorpus:
    """A copy of a corpus in capitals, or without any.

    A letter whose other case takes two code points, such as ``ß``, stays as it is.

    Args:
        corpus: What to copy.
        case: ``upper`` or ``lower``.
    """
    change = CASES[case]
    texts = tuple(replace(text, text=_recased(text.text, change)) for text in corpus.texts)
    return replace(corpus, name=f"{corpus.name}/{case}", texts=texts)


def _recased(text: str, change: Callable[[str], str]) -> str:
    changed = change(text)
    if len(changed) == len(text):
        return changed
    pairs = ((char, change(char)) for char in text)
    return "".join(other if len(other) == 1 else char for char, other in pairs)
