import itertools
import re
from collections import Counter

import pytest

from onrecord.actors.knowledge import CODE, NO_COUNTRY, built_in, dependencies
from onrecord.actors.names import name_key
from onrecord.actors.offices import known_until
from onrecord.actors.tables import ALL, DATED, read_rows, split_list, table_text

SECTORS = set(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE "
    "REL SOC".split()
)
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def codes_of(subject: str) -> list[str]:
    return [code for row in read_rows(subject) for code in split_list(row["code"])]


def is_code(code: str) -> bool:
    first, *sectors = code.split(".")
    known = first in dependencies() or first in NO_COUNTRY
    ends = not sectors or sectors[-1] in SECTORS | {"UNO", "EUR"}
    return known and ends and all(s in SECTORS | {"UNO", "EUR"} for s in sectors)


@pytest.mark.parametrize("subject", ALL)
def test_a_table_names_its_source_and_licence(subject: str) -> None:
    head = "\n".join(line for line in table_text(subject).splitlines() if line.startswith("#"))
    assert "Source:" in head
    assert re.search(r"[Ll]icence: as the\s+(# )?project, Apache-2.0|Apache-2.0", head)


@pytest.mark.parametrize("subject", ALL)
def test_a_table_has_rows_of_one_shape(subject: str) -> None:
    rows = read_rows(subject)
    assert len(rows) > 5
    assert len({tuple(row) for row in rows}) == 1
    cells = [cell for row in rows for cell in row.values()]
    assert all(cell == cell.strip() for cell in cells)


@pytest.mark.parametrize(
    "subject", [*DATED, "media", "companies", "seats", "breakaway", "offices", "regions"]
)
def test_codes_are_those_of_the_record(subject: str) -> None:
    codes = codes_of(subject)
    assert [code for code in codes if not is_code(code)] == []
    assert all(CODE.fullmatch(code) for code in codes)


@pytest.mark.parametrize("subject", [*DATED, "offices"])
def test_dates_are_dates_and_run_forwards(subject: str) -> None:
    for row in read_rows(subject):
        start, end = row["from"], row["to"]
        assert all(DATE.fullmatch(date) for date in (start, end) if date), row
        assert not (start and end) or start[: len(end)] <= end[: len(start)], row


def test_every_country_of_iso_3166_stands_once() -> None:
    codes = [row["code"] for row in read_rows("countries")]
    assert len(codes) == len(set(codes)) == 250
    assert set(dependencies().values()) <= set(codes)


def test_a_name_of_a_country_names_one_country() -> None:
    names = Counter(
        name_key(name.rstrip("?"))
        for row in read_rows("countries")
        for name in [row["name"], *split_list(row["also"]), *split_list(row["capitals"])]
    )
    assert [name for name, n in names.items() if n > 1] == []


def test_a_role_has_one_sector() -> None:
    words = Counter(word for row in read_rows("roles") for word in split_list(row["words"]))
    assert [word for word, n in words.items() if n > 1] == []
    assert {row["strength"] for row in read_rows("roles")} == {"strong", "weak", "plain", "title"}


@pytest.mark.parametrize("subject", DATED)
def test_meanings_of_a_body_do_not_overlap(subject: str) -> None:
    by_name: dict[str, list[tuple[str, str]]] = {}
    for row in read_rows(subject):
        by_name.setdefault(row["name"], []).append((row["from"], row["to"] or "9999"))
    for name, terms in by_name.items():
        ordered = sorted(terms)
        pairs = itertools.pairwise(ordered)
        assert all(first[1] <= second[0] for first, second in pairs), name


def test_nobody_holds_an_office_with_somebody_else() -> None:
    by_office: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for row in read_rows("offices"):
        term = (row["from"], row["to"] or "9999", row["person"])
        by_office.setdefault((row["office"], row["code"]), []).append(term)
    for office, terms in by_office.items():
        ordered = sorted(terms)
        pairs = itertools.pairwise(ordered)
        assert all(first[1] <= second[0] for first, second in pairs), office


def test_the_table_of_offices_says_until_when_it_was_kept() -> None:
    assert DATE.fullmatch(known_until())


def test_knowledge_has_thousands_of_names() -> None:
    assert sum(1 for _ in built_in().named("united nations")) == 1
    assert built_in().named("no such name") == ()
