"""Passages of news with who holds what and what is agreed; their form is told in `README.md`."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.pipeline import Reader
from onrecord.records import Commitment, ControlClaim, Limit, Reading, Span, make_document

FOLDER = Path(__file__).parent
FILES = ("first", "blind")
KINDS = ("control", "agreement")
_DATES = ("signed", "in_force", "extended", "suspended", "expires")
_FIELDS = frozenset((*_DATES, "limit", "verified"))
_ARTICLES = frozenset(("the", "a", "an", "'s", "’s"))
# A limit: its figure, what is limited, for whom.
_LIMIT = re.compile(r"([\d.]+) (.+?)(?: per (.+))?")

Found = ControlClaim | Commitment


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is expected.

    Attributes:
        kind: Of `KINDS`.
        cells: Fields in their order, of an agreement those in front of its dates.
        terms: Fields of an agreement by name.
        is_optional: Whether it may be missing.
    """

    kind: str
    cells: tuple[str, ...]
    terms: dict[str, str]
    is_optional: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with its rows."""

    name: str
    published: str
    text: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """What became of the rows of one kind in some passages.

    Attributes:
        n_expected: Rows that must be there.
        n_found: Of them found, by place and change or by instrument and asserter.
        n_right: Of them found with all fields right.
        n_wrong: Rows found that nobody expects.
        faults: Each of them in words.
    """

    n_expected: int
    n_found: int
    n_right: int
    n_wrong: int
    faults: tuple[str, ...]


def load(name: str) -> list[Passage]:
    """The passages of a file."""
    blocks = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split("\n## ")[1:]
    return [_passage(block.strip().splitlines()) for block in blocks]


def _passage(lines: Sequence[str]) -> Passage:
    name, published, text, *rows = lines
    return Passage(name, published.removeprefix("@ "), text, tuple(map(_row, rows)))


def _row(line: str) -> Row:
    sign, *cells = (cell.strip() for cell in line.replace("+ ", "+ | ", 1).split("|"))
    sign, cells = ("+?", line[2:].split("|")) if line.startswith("+?") else (sign, cells)
    kind, *fields = (cell.strip() for cell in cells)
    terms = {}
    if kind == "agreement":
        terms = dict(field.split("=", 1) for field in fields[3:])
        fields = fields[:3]
    if kind not in KINDS or not terms.keys() <= _FIELDS:
        raise ValueError(f"no row: {line}")
    return Row(kind, tuple(fields), terms, sign == "+?")


def count(passages: Iterable[Passage], reader: Reader, kind: str) -> Count:
    """The rows of one kind, each passage read as an article of its own."""
    expected = found = right = wrong = 0
    faults: list[str] = []
    for passage in passages:
        reading = reader.read(make_document(text=passage.text, published=passage.published))
        rows = [row for row in passage.rows if row.kind == kind]
        told = list((reading.control_claims if kind == "control" else reading.commitments) or ())
        comparer = Comparer(reading)
        pairs = comparer.pairs(rows, told)
        for n, row in enumerate(rows):
            own = comparer.faults(row, pairs[n]) if n in pairs else ["missing"]
            expected += not row.is_optional
            found += n in pairs and not row.is_optional
            right += not own and not row.is_optional
            if own and (n in pairs or not row.is_optional):
                faults.append(f"{passage.name}: {' | '.join(row.cells)}: {'; '.join(own)}")
        for other in told:
            if all(other is not paired for paired in pairs.values()) and not any(
                comparer.is_of(row, other) and not comparer.faults(row, other) for row in rows
            ):
                wrong += 1
                faults.append(f"{passage.name}: wrong row {comparer.words(other)}")
    return Count(expected, found, right, wrong, tuple(faults))


class Comparer:
    """Rows that are expected beside those of one reading."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.text = reading, reading.document.text
        self.entities = {e.id: e for e in reading.entities or ()}
        self.spans = {m.id: m.span for m in reading.mentions or ()}
        self.entity_of = {m.id: m.entity for m in reading.mentions or ()}
        self.places = {p.id: p for p in reading.places or ()}
        self.statements = {s.id: s for s in reading.statements or ()}
        self.quantities = {q.id: q for q in reading.quantities or ()}

    def pairs(self, rows: Sequence[Row], told: Sequence[Found]) -> dict[int, Found]:
        """Which row was found for each expected one, those with fewest faults together."""
        costs = sorted(
            (len(self.faults(row, other)), row.is_optional, n, m)
            for n, row in enumerate(rows)
            for m, other in enumerate(told)
            if self.is_of(row, other)
        )
        pairs: dict[int, Found] = {}
        taken: set[int] = set()
        for _, _, n, m in costs:
            if n not in pairs and m not in taken:
                pairs[n] = told[m]
                taken.add(m)
        return pairs

    def is_of(self, row: Row, other: Found) -> bool:
        """Whether a row may stand for an expected one: same place and change, or instrument."""
        if isinstance(other, ControlClaim):
            place = self.places[other.place]
            named = [place.name, *self.names(self.entity_of.get(place.mention))]
            named.append(self.spans[place.mention].text_in(self.text))
            return other.change in row.cells[2].split("/") and _agree(row.cells[0], named)
        named = [*self.names(other.instrument), other.span.text_in(self.text), other.instrument]
        return _agree(row.cells[0], named) and self.is_told_by(row.cells[2], other.asserted_by)

    def faults(self, row: Row, other: Found) -> list[str]:
        """Which fields of a row are not as expected."""
        if isinstance(other, ControlClaim):
            return [*self.claim_faults(row, other)]
        return [*self.agreement_faults(row, other)]

    def claim_faults(self, row: Row, claim: ControlClaim) -> Iterator[str]:
        _, holder, _, factuality, asserter, *date = row.cells
        if not (_agree(holder, self.names(claim.holder)) or (not claim.holder and _or_no(holder))):
            yield f"holder {self.names(claim.holder)[:1]}"
        if claim.factuality not in factuality.split("/"):
            yield f"{claim.factuality}"
        if not self.is_told_by(asserter, claim.asserted_by):
            yield f"told by {self.teller(claim.asserted_by)}"
        value = None if claim.date is None else claim.date.value
        if date and value not in date[0].split("/"):
            yield f"date {value}"

    def agreement_faults(self, row: Row, agreement: Commitment) -> Iterator[str]:
        if row.cells[1] != "*":
            wanted = [choice.split("; ") for choice in _choices(row.cells[1])]
            found = [self.names(party) for party in agreement.parties]
            if not any(_all_agree(own, found, _agree) for own in wanted):
                yield f"parties {[names[:1] for names in found]}"
        for date in _DATES:
            value = getattr(agreement, date)
            choices = row.terms.get(date, "*" if row.cells[1] == "*" else "-").split("/")
            if "*" not in choices and (value or "-") not in choices:
                yield f"{date} {value}"
        if row.cells[1] == "*":
            return
        limits = _items(row.terms.get("limit", "-"))
        if not _all_agree(limits, agreement.limits, self.is_limit):
            yield f"limits {[self.limit_words(limit) for limit in agreement.limits]}"
        means = _items(row.terms.get("verified", "-"))
        words = [[span.text_in(self.text)] for span in agreement.verification]
        if not _all_agree(means, words, _agree):
            yield f"verified {words}"

    def is_limit(self, wanted: str, limit: Limit) -> bool:
        match = _LIMIT.fullmatch(wanted)
        if match is None:
            raise ValueError(f"no limit: {wanted}")
        figure, of, per = match.groups()
        same = self.quantities[limit.quantity].value == float(figure) and _agree(of, [limit.of])
        if not per:
            return same
        named = [limit.per, *self.names(limit.per)] if limit.per else []
        return same and (_agree(per, named) or (not named and _or_no(per)))

    def is_told_by(self, wanted: str, statement: str | None) -> bool:
        if statement is None:
            return _or_no(wanted)
        found = self.statements[statement]
        own = [found.source[0].text_in(self.text)] if found.source else []
        return _agree(wanted, [*own, *self.names(found.speaker)])

    def names(self, entity: str | None) -> list[str]:
        """All that an entity is called; of a place its name."""
        own = self.entities.get(entity or "")
        if own is None:
            return []
        spans: list[Span] = [self.spans[m] for m in own.mentions if m in self.spans]
        return [own.name, *(span.text_in(self.text) for span in spans)]

    def teller(self, statement: str | None) -> str:
        if statement is None:
            return "the outlet"
        return f"“{self.reading.text_of(self.statements[statement].source)}”"

    def limit_words(self, limit: Limit) -> str:
        return f"{self.quantities[limit.quantity].value:g} {limit.of} per {limit.per}"

    def words(self, other: Found) -> str:
        """A found row in words."""
        said = f"“{other.span.text_in(self.text)}” told by {self.teller(other.asserted_by)}"
        if isinstance(other, ControlClaim):
            place = self.places[other.place].name
            holder = self.names(other.holder)[:1]
            return f"{place} | {holder} | {other.change} | {other.factuality} {said}"
        parties = [self.names(party)[:1] for party in other.parties]
        dates = [f"{date}={value}" for date in _DATES if (value := getattr(other, date))]
        return f"{said} {parties} {dates} {[self.limit_words(limit) for limit in other.limits]}"


def _choices(cell: str) -> list[str]:
    return cell.split("/")


def _or_no(cell: str) -> bool:
    return bool({"-", "*"}.intersection(_choices(cell)))


def _agree(cell: str, named: Iterable[str]) -> bool:
    """Whether a name has all words of one that is expected, or the other way."""
    if cell == "*":
        return True
    own = [_words(choice) for choice in _choices(cell) if choice != "-"]
    return any(
        bool(words) and (words <= wanted or wanted <= words)
        for words in map(_words, named)
        for wanted in own
    )


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w'’-]+", name.casefold())) - _ARTICLES


def _items(cell: str) -> list[str]:
    return [] if cell == "-" else cell.split("; ")


def _all_agree(wanted: Sequence[str], found: Sequence[object], agree: Callable[..., bool]) -> bool:
    """Whether each of one list stands for one of the other; `?` marks what may be missing.

    A list whose first item has `-/` in front may be empty.
    """
    if wanted and wanted[0].startswith("-/"):
        if not found:
            return True
        wanted = [wanted[0].removeprefix("-/"), *wanted[1:]]
    if list(wanted) == ["-"]:
        return not found
    left = list(found)
    for item in wanted:
        match = next((f for f in left if agree(item.removesuffix("?"), f)), None)
        if match is not None:
            left.remove(match)
        elif not item.endswith("?"):
            return False
    return not left
