"""The shape of the trigger tables of conflict: columns, types, modes, strengths, no repeats."""

from collections import Counter

import pytest

from onrecord.events.lexicon import trigger_of
from onrecord.events.tables import read_rows

COLUMNS = ["lemma", "type", "mode", "actor", "recipient", "needs", "strength"]
# After the tables of modes of the PLOVER manual of 2021.
MODES = {
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives "
    "suicide-attack aerial drone heavy-weapons crowd-control unconventional",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation "
    "cyber",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "THREATEN": "restrict arrest relations expel territory violence",
    "RETREAT": "withdraw release disarm ceasefire access resign",
}
TABLES = ("verbs_conflict", "nouns_conflict")


@pytest.mark.parametrize("name", TABLES)
def test_rows_have_known_types_modes_and_strengths(name: str) -> None:
    for row in read_rows(name):
        assert list(row) == COLUMNS
        assert row["lemma"] == row["lemma"].strip().lower()
        assert row["type"] in MODES, row
        assert not row["mode"] or row["mode"] in MODES[row["type"]].split(), row
        assert 0 < float(row["strength"]) < 1, row
        assert row["actor"], row
        assert row["recipient"], row


@pytest.mark.parametrize("name", TABLES)
def test_no_row_stands_twice(name: str) -> None:
    counts = Counter((row["lemma"], row["needs"]) for row in read_rows(name))
    assert [key for key, times in counts.items() if times > 1] == []


@pytest.mark.parametrize("name", TABLES)
def test_no_row_stands_behind_one_without_needs(name: str) -> None:
    general: set[str] = set()
    for row in read_rows(name):
        assert row["lemma"] not in general, row
        if not row["needs"]:
            general.add(row["lemma"])


def test_all_rows_can_be_read() -> None:
    verbs = [trigger_of(row, is_verb=True) for row in read_rows("verbs_conflict")]
    nouns = [trigger_of(row, is_verb=False) for row in read_rows("nouns_conflict")]
    assert len({v.lemma for v in verbs}) > 400
    assert len({n.lemma for n in nouns}) > 300
