import importlib.resources

import pytest

from onrecord.events.versions import LabelSet, label_of, types_of
from onrecord.records import EventType


def names(labels: LabelSet, code: str) -> str | None:
    found = types_of(labels, code)
    return None if found is None else "|".join(found)


@pytest.mark.parametrize("event_type", EventType)
def test_the_sixteen_types_are_themselves(event_type: EventType) -> None:
    assert types_of(LabelSet.PLOVER_2021, event_type.value) == (event_type,)


@pytest.mark.parametrize(
    ("labels", "code", "types"),
    [
        (LabelSet.PLOVER_2016, "DEMAND", "REQUEST"),
        (LabelSet.PLOVER_2016, "DISAPPROVE", "ACCUSE"),
        (LabelSet.PLOVER_2016, "INVESTIGATE", "ACCUSE"),
        (LabelSet.PLOVER_2016, "FIGHT/heavy-weapons", "ASSAULT"),
        (LabelSet.PLOVER_2016, "COERCE/arrest", "COERCE"),
        (LabelSet.PLOVER_2016, "COERCE/destroy", "ASSAULT"),
        (LabelSet.PLV, "YIELD", "CONCEDE|RETREAT"),
        (LabelSet.PLV, "FIGHT", None),
        (LabelSet.CAMEO, "012", ""),
        (LabelSet.CAMEO, "0831", "CONCEDE"),
        (LabelSet.CAMEO, "0813", "RETREAT"),
        (LabelSet.CAMEO, "0872", "RETREAT"),
        (LabelSet.CAMEO, "1711", "COERCE"),
        (LabelSet.CAMEO, "1712", "ASSAULT"),
        (LabelSet.CAMEO, "195", "ASSAULT"),
        (LabelSet.CAMEO, "21", None),
        (LabelSet.WEIS_PETRARCH, "122", "ACCUSE"),
        (LabelSet.WEIS_PETRARCH, "023", ""),
        (LabelSet.WEIS_PETRARCH, "904", None),
    ],
)
def test_labels_of_older_codebooks(labels: LabelSet, code: str, types: str | None) -> None:
    assert names(labels, code) == types


def test_every_type_has_a_label_in_each_codebook_of_plover() -> None:
    for labels in (LabelSet.PLOVER_2021, LabelSet.PLOVER_2016, LabelSet.PLV, LabelSet.CAMEO):
        assert all(label_of(labels, own) for own in EventType)


def test_the_table_says_where_it_comes_from() -> None:
    path = importlib.resources.files("onrecord.events") / "tables" / "plover_versions.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert any("CAMEO2PLOVER-2021.txt" in line for line in lines if line.startswith("#"))
