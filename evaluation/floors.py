"""Scores that must not be lost: pinned in `floors.json` with the digest of their corpus.

    python -m evaluation.floors check                        fails below a floor
    python -m evaluation.floors raise                        writes higher floors
    python -m evaluation.floors raise --lower --reason "…"   writes lower ones, and why

A floor is in per cent, rounded down. Its tolerance is how far below it a score may be:
int8 arithmetic is not the same on all processors. A lowered floor keeps the reason.
"""

import dataclasses
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.errors import FloorError, FormError
from evaluation.report import Report, dumps

FILE: Path = Path(__file__).with_name("floors.json")

_ROLES = ("cue", "content", "source")
_MANNERS = ("direct", "mixed", "indirect")
# What gets a floor as soon as there is a score for it.
PINNED: Mapping[str, tuple[str, ...]] = {
    "polnear/dev": (
        "relation/exact",
        "relation/relaxed",
        *(f"relation/relaxed/{manner}" for manner in _MANNERS),
        *(f"span/{role}/{kind}" for role in _ROLES for kind in ("exact", "soft")),
        "source|content",
    ),
    "polnear/dev, all annotators": tuple(f"fragment/{role}/exact" for role in _ROLES),
    "uner_ewt/dev": ("names/exact",),
    "uner_ewt/dev/upper": ("names/exact",),
    "uner_ewt/dev/lower": ("names/exact",),
    "gum/dev": ("all/conll", "all/mentions", "chains/conll"),
    "gum/dev/trees": ("unlabelled", "labelled"),
    "gap/dev": ("gap/overall",),
    "gold/dev": tuple(
        f"statements/{name}"
        for name in (
            *("exact", "relaxed", "content", "parent", "chain"),
            *("speaker", "act", "polarity", "manner", "addressee", "medium"),
        )
    ),
    "plv/train": ("macro-f1", "accuracy"),
    "plover": ("type", "words/type+actor", "words/type+actor+recipient"),
    "petrarch": ("type", "words/type+actor", "words/type+actor+recipient"),
    **dict.fromkeys(
        ("articles/dev", "articles/later"),
        (
            *("trigger", "trigger+type", "trigger+type/core", "actors", "recipients"),
            *("factuality", "asserter"),
        ),
    ),
    "uds_ih2/dev": ("accuracy", "pearson"),
    "ewt/dev/trees": ("unlabelled", "labelled"),
    # Kept for figures alone: nothing is fitted on their pairs, and only these totals are read.
    **dict.fromkeys(
        ("disputes/measured", "disputes/agency", "disputes/fresh"),
        ("disputes/precision", "disputes/recall"),
    ),
}
# In per cent. The gold of whole records is small: about a hundred statements, twenty of them
# in chains, so that one case is up to five points; of disputes one case is up to four.
_TOLERANCES = {
    "gold/dev": 5.0,
    "plv/train": 1.0,
    "plover": 1.0,
    "petrarch": 1.0,
    **dict.fromkeys(("disputes/measured", "disputes/agency", "disputes/fresh"), 4.0),
}
_TOLERANCE = 0.3
# A share of fewer cases says too little to be held on to.
_LEAST_CASES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Lowering:
    """That a floor was lowered, in per cent, and why."""

    before: float
    after: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """A score that must not be lost.

    Attributes:
        corpus: Name of the corpus.
        metric: Name of the metric.
        floor: The lowest score, in per cent.
        tolerance: How far below it a score may be, in per cent.
        digest: SHA-256 of the corpus that it was measured on.
        system: Model and digest that reached it.
        lowered: When it was lower than before, in order.
    """

    corpus: str
    metric: str
    floor: float
    tolerance: float
    digest: str
    system: str
    lowered: tuple[Lowering, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A floor that does not hold.

    Attributes:
        floor: The floor.
        found: The score, in per cent; None when there is none.
        digest: SHA-256 of the corpus that was measured now.
    """

    floor: Floor
    found: float | None
    digest: str

    def __str__(self) -> str:
        """What is wrong, for a person."""
        name = f"{self.floor.corpus} {self.floor.metric}"
        if self.digest != self.floor.digest:
            return (
                f"{name}: the floor is of a corpus with sha256 {self.floor.digest[:12]}, "
                f"this one has {self.digest[:12]}"
            )
        found = "no score" if self.found is None else f"{self.found:.2f}"
        return f"{name}: {found}, floor {self.floor.floor:.2f} - {self.floor.tolerance}"


def check_floors(floors: Iterable[Floor], reports: Iterable[Report]) -> list[Breach]:
    """The floors of the corpora that were measured which do not hold."""
    measured = {report.corpus: report for report in reports}
    breaches = []
    for floor in floors:
        report = measured.get(floor.corpus)
        if report is None:
            continue
        found = _percent(report, floor.metric)
        is_held = found is not None and found >= floor.floor - floor.tolerance
        if report.digest != floor.digest or not is_held:
            breaches.append(Breach(floor=floor, found=found, digest=report.digest))
    return breaches


def raise_floors(
    floors: Sequence[Floor], reports: Iterable[Report], *, reason: str | None = None
) -> list[Floor]:
    """Floors with the scores of now where these are higher; new ones for pinned metrics.

    A metric that has no score yet, or of too few cases, gets none.

    Args:
        floors: The floors of before.
        reports: The scores of now.
        reason: Why floors are lowered; without it none is.

    Raises:
        FloorError: A corpus is another one than before and no reason is given.
    """
    known = {(floor.corpus, floor.metric): floor for floor in floors}
    for report in reports:
        for metric in PINNED.get(report.corpus, ()):
            found = _percent(report, metric)
            if found and (report.scores[metric].n or 0) >= _LEAST_CASES:
                old = known.get((report.corpus, metric))
                known[report.corpus, metric] = _raised(old, report, metric, found, reason)
    return list(known.values())


def _raised(
    old: Floor | None, report: Report, metric: str, found: float, reason: str | None
) -> Floor:
    new = Floor(
        corpus=report.corpus,
        metric=metric,
        floor=found,
        tolerance=_TOLERANCES.get(report.corpus, _TOLERANCE) if old is None else old.tolerance,
        digest=report.digest,
        system=report.system,
        lowered=() if old is None else old.lowered,
    )
    if old is None or (new.digest == old.digest and new.floor > old.floor):
        return new
    if new.digest != old.digest and reason is None:
        breach = Breach(floor=old, found=found, digest=new.digest)
        raise FloorError(source=str(breach), problem="give --lower and a --reason")
    if reason is None or (new.digest == old.digest and new.floor == old.floor):
        return old
    lowering = Lowering(before=old.floor, after=new.floor, reason=reason)
    return dataclasses.replace(new, lowered=(*old.lowered, lowering))


def _percent(report: Report, metric: str) -> float | None:
    """A score in per cent, rounded down to two decimals."""
    score = report.scores.get(metric)
    if score is None or score.value is None:
        return None
    return math.floor(round(10_000 * score.value, 6)) / 100


def load_floors(path: Path = FILE) -> list[Floor]:
    """The floors of a file; none of a file that is not there.

    Raises:
        FormError: It is not in its form.
    """
    if not path.exists():
        return []
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["floors"]
        return [_floor(row) for row in rows]
    except (KeyError, TypeError, ValueError) as error:
        raise FormError(source=str(path), problem=f"these are no floors: {error!r}") from error


def _floor(row: Mapping[str, Any]) -> Floor:
    lowered = tuple(Lowering(**lowering) for lowering in row["lowered"])
    return Floor(**{**row, "lowered": lowered})


def save_floors(floors: Iterable[Floor], path: Path = FILE) -> None:
    """Write floors, in their order."""
    path.write_text(dumps({"floors": [dataclasses.asdict(f) for f in floors]}), encoding="utf-8")


if __name__ == "__main__":
    from evaluation.commands import floor_commands, run

    run(floor_commands)
