"""What a change gained and what it lost, case by case: read this before you trust an average.

A gold statement is found when it is one of the `relaxed` pairs. It is gained when the
second run finds it and the first one does not, and lost the other way round. A
predicted statement is spurious when it is in no pair.

The authors of PolNeAR ask that a developer reads cases of the training part only, and
looks at no more than numbers of the other ones.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from evaluation.cases import ArticleCases, Case
from evaluation.errors import PredictionError
from evaluation.overlaps import RoleTokens, TokenizedText, dice
from onrecord.records import Act, Manner
from onrecord.segment.sentences import split_sentences

Way = Literal["gained", "lost"]
WAYS: tuple[Way, ...] = ("gained", "lost")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A gold statement that only one of two runs found.

    Attributes:
        way: Gained or lost.
        article: Where it stands.
        manner: Its manner.
        act: Its act; of the prediction that found it, where gold has none.
        words: Its source, cue and content.
        sentence: The sentences that it stands in, with the roles marked.
        before: What the first run has there, or the closest that it has; None if nothing.
        after: The same of the second run.
    """

    way: Way
    article: str
    manner: Manner
    act: Act | None
    words: tuple[str, str, str]
    sentence: str
    before: tuple[str, str, str] | None
    after: tuple[str, str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All changes between two runs.

    Attributes:
        n_gold: Gold statements.
        n_found: Found by the first run, and by the second.
        changes: In the order of the corpus.
        n_spurious: Spurious statements of the first run, and of the second.
        spurious: Those of the second run that the first one does not have as such.
        no_longer: Those of the first run that the second one does not have as such.
    """

    n_gold: int
    n_found: tuple[int, int]
    changes: tuple[Change, ...]
    n_spurious: tuple[int, int]
    spurious: tuple[tuple[str, str], ...]
    no_longer: tuple[tuple[str, str], ...]

    def by_manner(self) -> dict[str, dict[Way, int]]:
        """Changes of each manner."""
        return _count((str(change.manner), change.way) for change in self.changes)

    def by_act(self) -> dict[str, dict[Way, int]]:
        """Changes of each act; "unknown" where neither side tells it."""
        return _count((str(change.act or "unknown"), change.way) for change in self.changes)


def _count(found: Iterable[tuple[str, Way]]) -> dict[str, dict[Way, int]]:
    counted = Counter(found)
    values = sorted({value for value, _ in counted})
    return {value: {way: counted[value, way] for way in WAYS} for value in values}


def compare(before: Sequence[ArticleCases], after: Sequence[ArticleCases]) -> Comparison:
    """What changed between two runs over the same gold.

    Raises:
        PredictionError: The two are not of the same articles.
    """
    if [a.id for a in before] != [a.id for a in after]:
        raise PredictionError(source="comparison", problem="the two runs have other articles")
    both = list(zip(before, after, strict=True))
    spurious = [(a, _spurious(a), _spurious(b)) for a, b in both]
    return Comparison(
        n_gold=sum(len(a.gold) for a in before),
        n_found=(sum(len(a.pairs) for a in before), sum(len(b.pairs) for b in after)),
        changes=tuple(change for a, b in both for change in _changes(a, b)),
        n_spurious=(
            sum(len(a.predicted) - len(a.pairs) for a in before),
            sum(len(b.predicted) - len(b.pairs) for b in after),
        ),
        spurious=tuple(
            (a.id, marked_sentences(a.text, roles))
            for a, own, other in spurious
            for roles in _in_order(other - own)
        ),
        no_longer=tuple(
            (a.id, marked_sentences(a.text, roles))
            for a, own, other in spurious
            for roles in _in_order(own - other)
        ),
    )


def _spurious(article: ArticleCases) -> set[RoleTokens]:
    right = set(article.pairs.values())
    return {case.roles for place, case in enumerate(article.predicted) if place not in right}


def _in_order(found: Iterable[RoleTokens]) -> list[RoleTokens]:
    return sorted(found, key=lambda roles: [sorted(tokens) for tokens in roles])


def _changes(before: ArticleCases, after: ArticleCases) -> Iterator[Change]:
    for place, gold in enumerate(before.gold):
        is_found = (place in before.pairs, place in after.pairs)
        if is_found[0] == is_found[1]:
            continue
        own, other = _at(before, place), _at(after, place)
        finder = other if is_found[1] else own
        yield Change(
            way="gained" if is_found[1] else "lost",
            article=before.id,
            manner=gold.manner,
            act=gold.act or (finder.act if finder else None),
            words=_words(before.text, gold.roles),
            sentence=marked_sentences(before.text, gold.roles),
            before=_words(before.text, own.roles) if own else None,
            after=_words(before.text, other.roles) if other else None,
        )


def _at(article: ArticleCases, place: int) -> Case | None:
    """The partner of a gold statement, or else the prediction that is closest to it."""
    if place in article.pairs:
        return article.predicted[article.pairs[place]]
    gold = article.gold[place].roles
    closeness = [
        (dice(gold.cue, case.roles.cue) + dice(gold.content, case.roles.content), -number)
        for number, case in enumerate(article.predicted)
    ]
    best, number = max(closeness, default=(0.0, 0))
    return article.predicted[-number] if best > 0 else None


def _words(text: TokenizedText, roles: RoleTokens) -> tuple[str, str, str]:
    return text.words(roles.source), text.words(roles.cue), text.words(roles.content)


def marked_sentences(text: TokenizedText, roles: RoleTokens) -> str:
    """The sentences that a statement stands in, with its roles marked.

    >>> text = TokenizedText("It rained. Ms Chen said the dam would hold.")
    >>> marked_sentences(text, RoleTokens(*map(frozenset, ({3, 4}, {5}, {6, 7, 8, 9}))))
    '[source Ms Chen] [cue said] [content the dam would hold].'
    """
    marks = sorted(
        (text.starts[first], text.ends[after - 1], role)
        for role, tokens in zip(RoleTokens._fields, roles, strict=True)
        for first, after in text.runs(tokens)
    )
    shown: list[str] = []
    last = None
    for number, sentence in enumerate(split_sentences(text.text)):
        own = [m for m in marks if m[0] < sentence.end and sentence.start < m[1]]
        if own:
            if last is not None and number > last + 1:
                shown.append("…")
            shown.append(_marked(text.text, sentence.start, sentence.end, own))
            last = number
    return " ".join(shown)


def _marked(text: str, start: int, end: int, marks: Iterable[tuple[int, int, str]]) -> str:
    """A stretch of text with brackets around what is marked in it."""
    inserted = []
    for first, after, role in marks:
        inserted.append((max(first, start), 1, f"[{role} "))
        inserted.append((min(after, end), 0, "]"))
    out, at = [], start
    for place, _, bracket in sorted(inserted):
        out += [text[at:place], bracket]
        at = place
    return "".join([*out, text[at:end]])


def to_text(comparison: Comparison) -> str:
    """The listing for a person: every change, then the counts."""
    lines: list[str] = []
    for change in comparison.changes:
        lines += [
            f"{change.way:6} {change.article}  {change.manner} {change.act or 'unknown'}",
            f"       {change.sentence}",
            f"       before: {_shown(change.before)}",
            f"       after:  {_shown(change.after)}",
            "",
        ]
    for title, counts in (("manner", comparison.by_manner()), ("act", comparison.by_act())):
        lines.append(f"{title:12} {'gained':>7} {'lost':>7}")
        lines += [f"{value:12} {n['gained']:>7} {n['lost']:>7}" for value, n in counts.items()]
        lines.append("")
    ways = Counter(change.way for change in comparison.changes)
    found, spurious = comparison.n_found, comparison.n_spurious
    lines.append(
        f"found {found[0]} then {found[1]} of {comparison.n_gold}: "
        f"{ways['gained']} gained, {ways['lost']} lost"
    )
    lines.append(
        f"spurious {spurious[0]} then {spurious[1]}: "
        f"{len(comparison.spurious)} new, {len(comparison.no_longer)} no longer there"
    )
    return "\n".join(lines)


def _shown(words: tuple[str, str, str] | None) -> str:
    return "nothing" if words is None else " | ".join(part or "-" for part in words)


def to_json(comparison: Comparison) -> dict[str, Any]:
    """The same as JSON values, with the spurious statements."""
    return {
        "n_gold": comparison.n_gold,
        "n_found": list(comparison.n_found),
        "n_spurious": list(comparison.n_spurious),
        "by_manner": comparison.by_manner(),
        "by_act": comparison.by_act(),
        "changes": [_change_to_json(change) for change in comparison.changes],
        "spurious": [_spurious_to_json(*found) for found in comparison.spurious],
        "no_longer_spurious": [_spurious_to_json(*found) for found in comparison.no_longer],
    }


def _change_to_json(change: Change) -> Mapping[str, Any]:
    return {
        "way": change.way,
        "article": change.article,
        "manner": change.manner.value,
        "act": None if change.act is None else change.act.value,
        **dict(zip(RoleTokens._fields, change.words, strict=True)),
        "sentence": change.sentence,
        "before": None if change.before is None else list(change.before),
        "after": None if change.after is None else list(change.after),
    }


def _spurious_to_json(article: str, sentence: str) -> Mapping[str, Any]:
    return {"article": article, "sentence": sentence}
