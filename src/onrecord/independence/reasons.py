"""What a document has in common with others, and the reasons of a provenance as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.independence.agencies import Credit
from onrecord.independence.judging import FROM_OTHER, ONE_TEXT, Order, Relation
from onrecord.independence.sharing import Run, Sharing
from onrecord.records.spans import Span


@dataclass(frozen=True, slots=True)
class Known:
    """A document of the store that an arrival is compared with."""

    number: int
    voice: int
    origin: int | None
    similarity: float | None
    publisher: str | None
    agency: str | None
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a document shares with one of the store, and what it is to it."""

    known: Known
    sharing: Sharing
    relation: Relation
    order: Order

    @property
    def similarity(self) -> float:
        """How much of the copy stands in its origin."""
        return self.sharing.own if self.relation in FROM_OTHER else self.sharing.other

    @property
    def strength(self) -> float:
        """How much of either text stands in the other."""
        return max(self.sharing.own, self.sharing.other)


def best_of(noted: Sequence[Match]) -> Match | None:
    """The surest of those that are one text; matches come in order of strength."""
    return next((match for match in noted if match.relation in ONE_TEXT), None)


def reasons_of(
    given: Sequence[Credit], noted: Sequence[Match], before: tuple[int, int] | None
) -> dict[str, Any]:
    """The reasons of a provenance, as JSON."""
    best = best_of(noted)
    why: dict[str, Any] = {}
    if before is not None:
        why["version_of"] = before[0]
    if best is not None:
        why["text"] = _told(best)
    others = [_told(match) for match in noted if match is not best]
    if others:
        why["also"] = others
    if given:
        why["credits"] = [_credit(credit) for credit in given]
    return why


def _told(match: Match) -> dict[str, Any]:
    return _text_reason(
        match.known.number,
        match.relation,
        match.sharing,
        [(run, run.span, run.other) for run in match.sharing.runs],
    )


def _text_reason(
    document: int,
    relation: Relation,
    sharing: Sharing,
    runs: Sequence[tuple[Run, Span, Span]],
    *,
    is_turned: bool = False,
) -> dict[str, Any]:
    shares = (sharing.other, sharing.own) if is_turned else (sharing.own, sharing.other)
    return {
        "relation": relation.value,
        "document": document,
        "share": round(shares[0], 3),
        "share_of_other": round(shares[1], 3),
        "words": sharing.n_words,
        "quoted_words": sharing.n_quoted,
        "runs": [
            {"span": _span(own), "other": _span(other), "words": run.n_words}
            for run, own, other in runs
        ],
    }


_TURNED: Mapping[Relation, Relation] = {
    Relation.IS_COPIED: Relation.COPIES,
    Relation.IS_EXTENDED: Relation.EXTENDS,
}


def turned(document: int, match: Match) -> dict[str, Any]:
    """The same reasons, seen from the other document."""
    return _text_reason(
        document,
        _TURNED[match.relation],
        match.sharing,
        [(run, run.other, run.span) for run in match.sharing.runs],
        is_turned=True,
    )


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _credit(credit: Credit) -> dict[str, Any]:
    return {
        "agency": credit.agency,
        "where": credit.where,
        "span": None if credit.span is None else _span(credit.span),
        "is_part": credit.is_part,
    }
