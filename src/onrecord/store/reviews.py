"""What reviewed rows tell of precision, and rows drawn by chance for a review.

Rows that somebody happened to look at are no sample: an estimate is one of all rows only
if the reviewed ones were drawn by `draw_sample`, and all that were drawn were reviewed.
"""

import bisect
import itertools
import json
import math
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.records import Correction, CorrectionKind, RowKind
from onrecord.schema.fields import sections
from onrecord.store.corrections import list_corrections
from onrecord.store.edits import kind_of, section_of
from onrecord.store.finding import FoundRow
from onrecord.store.stores import Store

# What tells rows of a kind apart, for estimates of each value.
_TELLING: Mapping[RowKind, str] = {
    RowKind.MENTION: "kind",
    RowKind.ENTITY: "kind",
    RowKind.STATEMENT: "act",
    RowKind.EVENT: "type",
    RowKind.PLACE: "precision",
    RowKind.TIME: "type",
    RowKind.CONTROL_CLAIM: "change",
}
# Two-sided, 95 %.
_Z = 1.959964


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """How many of the reviewed rows of one kind were right, as the program found them.

    Attributes:
        row_kind: Their kind.
        value: Their act or type; None for all of the kind.
        n_reviewed: Rows that were accepted, rejected, or had a field set.
        n_accepted: Right in all that was looked at.
        n_set: Rightly there, with a field that was wrong.
        n_rejected: Wrongly there.
        n_added: Rows that were missed, not counted among the reviewed.
        precision: Share that is rightly there; None if none was reviewed.
        low: Lower end of its interval of 95 %, after Wilson.
        high: Upper end.
        exact: Share that is right in all.
        exact_low: Lower end of its interval.
        exact_high: Upper end.
    """

    row_kind: RowKind
    value: str | None
    n_reviewed: int
    n_accepted: int
    n_set: int
    n_rejected: int
    n_added: int
    precision: float | None
    low: float | None
    high: float | None
    exact: float | None
    exact_low: float | None
    exact_high: float | None


def wilson_interval(n_right: int, n_all: int) -> tuple[float, float]:
    """The interval of 95 % for a share.

    After: Wilson 1927.

    >>> [round(end, 3) for end in wilson_interval(9, 10)]
    [0.596, 0.982]
    """
    share, z2 = n_right / n_all, _Z**2
    middle = share + z2 / (2 * n_all)
    around = _Z * math.sqrt(share * (1 - share) / n_all + z2 / (4 * n_all**2))
    return (
        max(0.0, (middle - around) / (1 + z2 / n_all)),
        min(1.0, (middle + around) / (1 + z2 / n_all)),
    )


def estimates(store: Store, *, only_drawn: bool = False) -> list[Estimate]:
    """Estimates for each kind of row, and for each act or type, from the reviews of a store.

    Args:
        store: The store.
        only_drawn: Count only rows that `keep_sample` has noted.
    """
    drawn = _drawn(store) if only_drawn else None
    counts: dict[tuple[RowKind, str | None], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (document, kind, row), corrections in _reviews(store).items():
        if drawn is not None and (document, kind, row) not in drawn:
            continue
        verdict = _verdict(corrections)
        for value in {None, _telling_value(store, kind, row, corrections)}:
            counts[kind, value][verdict] += 1
    order = {kind: number for number, kind in enumerate(RowKind)}
    return [
        _estimate(kind, value, counts[kind, value])
        for kind, value in sorted(counts, key=lambda key: (order[key[0]], key[1] or ""))
    ]


def _reviews(store: Store) -> dict[tuple[str, RowKind, str], list[Correction]]:
    """Corrections that hold, by document, kind and row."""
    found: dict[tuple[str, RowKind, str], list[Correction]] = defaultdict(list)
    for correction, _ in list_corrections(store):
        if correction.undone_by is None and correction.kind is not CorrectionKind.UNDO:
            found[correction.document, correction.row_kind, correction.row].append(correction)
    return found


def _drawn(store: Store) -> set[tuple[str, RowKind, str]]:
    """Rows that were drawn: the id of the document, the kind and the id of each."""
    found = store.connection.execute(
        "SELECT documents.id, row_kind, row FROM review_samples"
        " JOIN documents ON documents.number = review_samples.document"
    )
    return {(document, RowKind(kind), row) for document, kind, row in found}


def counts_of_drawn(store: Store) -> tuple[int, int]:
    """How many rows were drawn, and how many of them were reviewed."""
    drawn = _drawn(store)
    return len(drawn), len(drawn & _reviews(store).keys())


def _verdict(corrections: Sequence[Correction]) -> str:
    kinds = {correction.kind for correction in corrections}
    if CorrectionKind.ADD in kinds:
        return "n_added"
    if CorrectionKind.REJECT in kinds:
        return "n_rejected"
    return "n_set" if CorrectionKind.SET in kinds else "n_accepted"


def _telling_value(
    store: Store, kind: RowKind, row: str, corrections: Sequence[Correction]
) -> str | None:
    """The act or type of a row, as the program found it."""
    name = _TELLING.get(kind)
    if name is None:
        return None
    for correction in corrections:
        if correction.kind is CorrectionKind.SET and correction.field == name:
            return None if correction.old is None else correction.old["value"]
    for correction in corrections:
        whole = correction.new if correction.kind is CorrectionKind.ACCEPT else correction.old
        if whole is not None and name in whole:
            return str(whole[name])
    found = store.connection.execute(
        f'SELECT "{name}" FROM {section_of(kind)} WHERE id = ?'  # noqa: S608 - own names
        " AND document = (SELECT number FROM documents WHERE id = ?)",
        (row, corrections[0].document),
    ).fetchone()
    return None if found is None else found[0]


def _estimate(kind: RowKind, value: str | None, counts: Mapping[str, int]) -> Estimate:
    n = {name: counts.get(name, 0) for name in ("n_accepted", "n_set", "n_rejected", "n_added")}
    n_reviewed = n["n_accepted"] + n["n_set"] + n["n_rejected"]
    there, right = n["n_accepted"] + n["n_set"], n["n_accepted"]
    low, high = wilson_interval(there, n_reviewed) if n_reviewed else (None, None)
    exact_low, exact_high = wilson_interval(right, n_reviewed) if n_reviewed else (None, None)
    return Estimate(
        row_kind=kind,
        value=value,
        n_reviewed=n_reviewed,
        **n,
        precision=there / n_reviewed if n_reviewed else None,
        low=low,
        high=high,
        exact=right / n_reviewed if n_reviewed else None,
        exact_low=exact_low,
        exact_high=exact_high,
    )


def draw_sample(store: Store, kind: RowKind, n_rows: int, *, seed: int) -> list[FoundRow]:
    """Rows of a kind drawn by chance, all with the same chance; the same for the same seed."""
    section = section_of(kind)
    if section not in sections():
        return []
    # One row of JSON comes in a tenth of the time of as many rows as there are documents.
    documents, counts = store.connection.execute(
        "SELECT json_group_array(document), json_group_array(n) FROM"  # noqa: S608 - own names
        f" (SELECT document, n_{section} AS n FROM readings"
        f" WHERE n_{section} > 0 ORDER BY document)"
    ).fetchone()
    counted = list(zip(json.loads(documents), json.loads(counts), strict=True))
    ends = list(itertools.accumulate(n for _, n in counted))
    n_all = ends[-1] if ends else 0
    dice = random.Random(seed)  # noqa: S311 - no secret is made
    drawn = sorted(dice.sample(range(n_all), min(n_rows, n_all)))
    return list(_rows_at(store, section, counted, ends, drawn))


def keep_sample(store: Store, rows: Sequence[FoundRow], *, seed: int, at: str) -> None:
    """Note that rows were drawn, so that estimates can be made from them alone."""
    with store.writing():
        store.connection.executemany(
            "INSERT OR IGNORE INTO review_samples VALUES (?, ?, ?, ?, ?)",
            [(row.number, kind_of(row.section).value, row.id, seed, at) for row in rows],
        )


def _rows_at(
    store: Store,
    section: str,
    counted: Sequence[Any],
    ends: Sequence[int],
    drawn: Sequence[int],
) -> Iterator[FoundRow]:
    for place in drawn:
        at = bisect.bisect_right(ends, place)
        number, n_rows = counted[at]
        (row_id,) = store.connection.execute(
            f"SELECT id FROM {section} WHERE document = ?"  # noqa: S608 - own names
            " ORDER BY position LIMIT 1 OFFSET ?",
            (number, place - (ends[at] - n_rows)),
        ).fetchone()
        yield FoundRow(number, section, row_id)


def printed_row(store: Store, row: FoundRow) -> dict[str, Any]:
    """A row with its words, its kind and its document, for who reviews it."""
    from onrecord.export.records import reading_to_json

    reading = store.reading(row.number)
    printed = reading_to_json(reading)
    if row.section == "documents":
        values = printed["document"]
    else:
        values = next(each for each in printed[row.section] if each["id"] == row.id)
    return {
        "row_kind": kind_of(row.section).value,
        "document": reading.document.id,
        "outlet": reading.document.outlet,
        "published": reading.document.published,
        "row": values,
    }
