"""Rows of limits and figures as JSON values, and as flat records for CSV."""

from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.limits.models import Asserter, Compared, Evidence, Row

# The columns of CSV: those of a row, then those of one of its figures.
_ROW_KEYS = (
    *("instrument", "of", "per", "comparator", "limit", "limit_upper", "unit", "from", "until"),
    *("suspended", "party", "country", "date", "state"),
)
_FIGURE_KEYS = (
    *("value", "upper", "figure_comparator", "figure_unit", "counts", "side", "match", "why"),
    *("figure_date", "dated_by", "asserter", "statement", "document", "title", "outlet", "url"),
    *("start", "end", "words", "file", "line"),
)
CSV_COLUMNS = (*_ROW_KEYS, *_FIGURE_KEYS)


def row_to_json(row: Row) -> dict[str, Any]:
    """One row as JSON values, with where its limit is stated and all of its figures."""
    return {
        **_row_values(row),
        "problems": list(row.limit.problems),
        "stated": [
            _place(one, asserter)
            for one, asserter in zip(row.limit.evidence, row.limit.asserters, strict=True)
        ],
        "figures": [_figure_values(one) for one in row.figures],
    }


def csv_records(rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """A record for each figure of each row, and one for a row without figures."""
    for row in rows:
        values = _row_values(row)
        if not row.figures:
            yield dict.fromkeys(CSV_COLUMNS) | values
        for one in row.figures:
            yield values | _figure_values(one)


def _row_values(row: Row) -> dict[str, Any]:
    limit, party = row.limit, row.party
    return {
        "instrument": limit.instrument,
        "of": limit.of or None,
        "per": limit.per,
        "comparator": limit.comparator,
        "limit": _number(limit.value),
        "limit_upper": _number(limit.upper),
        "unit": limit.unit,
        "from": limit.start,
        "until": limit.until,
        "suspended": limit.suspended,
        "party": None if party is None else party.name,
        "country": None if party is None else party.country,
        "date": row.date,
        "state": row.state.value,
    }


def _figure_values(one: Compared) -> dict[str, Any]:
    figure = one.figure
    return {
        "value": _number(figure.value),
        "upper": _number(figure.upper),
        "figure_comparator": figure.comparator,
        "figure_unit": figure.unit,
        "counts": figure.of,
        "side": one.state.value,
        "match": one.match.value,
        "why": one.why,
        "figure_date": figure.date,
        "dated_by": None if figure.basis is None else figure.basis.value,
        **_place(figure.evidence, figure.asserter),
    }


def _place(evidence: Evidence, asserter: Asserter) -> dict[str, Any]:
    return {
        "asserter": asserter.name,
        "statement": asserter.statement,
        "document": evidence.document,
        "title": evidence.title,
        "outlet": evidence.outlet,
        "url": evidence.url,
        "start": evidence.start,
        "end": evidence.end,
        "words": evidence.words,
        "file": evidence.file,
        "line": evidence.line,
    }


def _number(value: float | None) -> float | int | None:
    """A whole number without a point, as spreadsheets and people write it."""
    return int(value) if value is not None and float(value).is_integer() else value
