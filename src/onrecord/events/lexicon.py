"""The words that name happenings, by form: what type they are, and when.

Rows stand in ``tables/verbs_*.tsv`` and ``tables/nouns_*.tsv``. Several rows of a lemma go
in their order: the first whose needs hold counts (`arguments.py` tests them).
"""

import functools
import heapq
import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.events.forms import noun_forms, verb_forms
from onrecord.events.tables import NOUNS, VERBS, read_rows
from onrecord.records import EventType


@dataclass(frozen=True, slots=True)
class Need:
    """One condition of a row.

    Attributes:
        slot: ``obj``, ``subj``, ``to``, …, or ``inf``, ``that``, ``passive``, ``active``.
        wanted: Whether it must hold, or must not.
        lemmas: Of which the head of the slot must be one; empty if anything will do.
        kind: What the slot must be filled with; empty if anything will do.
    """

    slot: str
    wanted: bool
    lemmas: frozenset[str] = frozenset()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One row: a lemma in one of its senses.

    Attributes:
        lemma: Words of the lemma, with spaces between.
        particle: What stands with a verb, such as "out" of "pull out"; else empty.
        is_verb: Else it is a noun.
        type: PLOVER's type.
        mode: PLOVER's mode, or None.
        actors: Slots in the order in which they are tried; each may join several.
        recipients: Likewise.
        needs: Conditions, all of which must hold.
        strength: How likely it is then such an event, 0 to 1.
        asked: Lemmas, of each set of which the words of the sentence must have one; else the
            row does not hold, and nothing else needs to be looked at.
    """

    lemma: str
    particle: str
    is_verb: bool
    type: EventType
    mode: str | None
    actors: tuple[tuple[str, ...], ...]
    recipients: tuple[tuple[str, ...], ...]
    needs: tuple[Need, ...]
    strength: float
    asked: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Triggers by the last word of their forms: of nouns the head, of verbs the verb.

    Attributes:
        verbs: Form of the verb to its rows.
        nouns: Last word to the whole form and its rows, longer forms first.
    """

    verbs: Mapping[str, tuple[Trigger, ...]]
    nouns: Mapping[str, tuple[tuple[tuple[str, ...], tuple[Trigger, ...]], ...]]


@functools.cache
def load_lexicon() -> Lexicon:
    """The tables of the package."""
    verbs: defaultdict[str, list[Trigger]] = defaultdict(list)
    # Verbs with a particle go before the plain verb.
    rows = merged([[trigger_of(r, is_verb=True) for r in read_rows(name)] for name in VERBS])
    forms = functools.cache(verb_forms)
    for trigger in sorted(rows, key=lambda t: not t.particle):
        for form in forms(trigger.lemma):
            verbs[form].append(trigger)
    by_form: defaultdict[tuple[str, ...], list[Trigger]] = defaultdict(list)
    nouns_in = [[trigger_of(r, is_verb=False) for r in read_rows(name)] for name in NOUNS]
    for trigger in merged(nouns_in):
        for form in noun_forms(trigger.lemma):
            by_form[tuple(form.replace("-", " - ").split())].append(trigger)
    nouns: defaultdict[str, list[tuple[tuple[str, ...], tuple[Trigger, ...]]]] = defaultdict(list)
    for words, own in sorted(by_form.items(), key=lambda item: -len(item[0])):
        nouns[words[-1]].append((words, tuple(own)))
    # Forms of one lemma share their rows, so that there is less to keep.
    shared: dict[tuple[int, ...], tuple[Trigger, ...]] = {}
    return Lexicon(
        {f: shared.setdefault(tuple(map(id, own)), tuple(own)) for f, own in verbs.items()},
        {form: tuple(own) for form, own in nouns.items()},
    )


def merged(tables: Sequence[Sequence[Trigger]]) -> list[Trigger]:
    """Rows of several tables: of one lemma the more special ones first, else as they stand."""
    own: defaultdict[tuple[str, str], list[list[Trigger]]] = defaultdict(list)
    for table in tables:
        by_lemma: defaultdict[tuple[str, str], list[Trigger]] = defaultdict(list)
        for trigger in table:
            by_lemma[trigger.lemma, trigger.particle].append(trigger)
        for key, rows in by_lemma.items():
            own[key].append(rows)
    return [t for lists in own.values() for t in heapq.merge(*lists, key=_generality)]


def _generality(trigger: Trigger) -> tuple[int, int, float]:
    """Sorts rows with many and exact needs before those with few and loose ones."""
    exact = sum(bool(need.lemmas or need.kind) for need in trigger.needs)
    return -exact, -len(trigger.needs), -trigger.strength


def trigger_of(row: Mapping[str, str], *, is_verb: bool) -> Trigger:
    """A row of a table.

    >>> row = {"lemma": "pull out", "type": "RETREAT", "mode": "withdraw", "actor": "subj",
    ...        "recipient": "from|of", "needs": "!obj;subj:actor", "strength": "0.7"}
    >>> trigger = trigger_of(row, is_verb=True)
    >>> trigger.lemma, trigger.particle, trigger.recipients
    ('pull', 'out', (('from',), ('of',)))
    """
    lemma, particle = row["lemma"].strip(), ""
    if is_verb:
        lemma, _, particle = lemma.partition(" ")
    needs = tuple(need_of(part) for part in row["needs"].split(";") if part.strip())
    return Trigger(
        lemma=lemma,
        particle=particle,
        is_verb=is_verb,
        type=EventType(row["type"]),
        mode=row["mode"] or None,
        actors=slots_of(row["actor"]),
        recipients=slots_of(row["recipient"]),
        needs=needs,
        strength=float(row["strength"] or 0.5),
        asked=(*(frozenset({part}) for part in particle.split()), *_asked_by(needs)),
    )


def _asked_by(needs: Sequence[Need]) -> Iterator[frozenset[str]]:
    """Lemmas of needs that are about words of the sentence.

    A subject may be a pronoun, whose entity counts. A need of a kind may make an entity for
    a word, so what stands behind one in the row is asked after it.
    """
    for need in itertools.takewhile(lambda own: not own.kind, needs):
        if need.wanted and need.lemmas and need.slot != "subj":
            yield need.lemmas


@functools.lru_cache(maxsize=4096)
def slots_of(cell: str) -> tuple[tuple[str, ...], ...]:
    """Slots in the order in which they are tried.

    >>> slots_of("subj+with|by"), slots_of("-")
    ((('subj', 'with'), ('by',)), ())
    """
    return tuple(
        tuple(part.strip() for part in one.split("+"))
        for one in cell.split("|")
        if one.strip() not in {"", "-"}
    )


@functools.lru_cache(maxsize=4096)
def need_of(part: str) -> Need:
    """One condition.

    >>> need_of("obj!=ball,goal").wanted, need_of("!obj").slot, need_of("obj:place").kind
    (False, 'obj', 'place')
    """
    part = part.strip()
    for sign, wanted in (("!=", False), ("=", True)):
        if sign in part:
            slot, _, lemmas = part.partition(sign)
            own = frozenset(lemma.strip().lower() for lemma in lemmas.split(","))
            return Need(slot.strip(), wanted, own)
    if ":" in part:
        slot, _, kind = part.partition(":")
        wanted = not slot.startswith("!")
        return Need(slot.lstrip("!").strip(), wanted, kind=kind.strip())
    return Need(part.lstrip("!"), not part.startswith("!"))
