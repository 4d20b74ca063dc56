import csv
import io
import json

from onrecord.limits.comparing import compare
from onrecord.limits.figures import find_figures
from onrecord.limits.printing import CSV_COLUMNS, csv_records, row_to_json
from onrecord.limits.stated import find_limits
from tests.limits.made import accord, bound


def test_a_row_as_json_has_all_that_it_rests_on() -> None:
    reading = accord()
    norway, sweden = (
        row_to_json(row) for row in compare(find_limits(reading), find_figures(reading))
    )
    assert json.loads(json.dumps(norway)) == norway
    assert {name: norway[name] for name in ("instrument", "of", "comparator", "limit")} == {
        "instrument": "Ardal Accord",
        "of": "deployed launchers",
        "comparator": "at most",
        "limit": 100,
    }
    assert (norway["party"], norway["country"], norway["state"]) == ("Norway", "NOR", "disputed")
    first, second = norway["figures"]
    assert (first["value"], first["side"], first["match"]) == (90, "under", "exact")
    assert (second["value"], second["side"]) == (110, "over")
    text = reading.document.text
    for place in (*norway["figures"], *norway["stated"]):
        assert place["document"] == reading.document.id
        assert text[place["start"] : place["end"]] == place["words"]
    assert first["statement"] is not None
    assert norway["stated"][0]["asserter"] == "Ardal Post"
    assert (sweden["state"], sweden["figures"], sweden["date"]) == ("not reported", [], None)


def test_keys_are_always_there() -> None:
    reading = accord()
    full, _ = (row_to_json(row) for row in compare(find_limits(reading), find_figures(reading)))
    (bare,) = (row_to_json(row) for row in compare([bound(None, parties=(), of="")], []))
    assert full.keys() == bare.keys()
    assert bare["limit"] is bare["of"] is bare["party"] is None


def test_a_line_of_csv_for_each_figure_and_one_for_none() -> None:
    reading = accord()
    records = list(csv_records(compare(find_limits(reading), find_figures(reading))))
    assert [(r["party"], r["state"], r["value"]) for r in records] == [
        ("Norway", "disputed", 90),
        ("Norway", "disputed", 110),
        ("Sweden", "not reported", None),
    ]
    assert all(set(record) == set(CSV_COLUMNS) for record in records)
    stream = io.StringIO()
    writer = csv.DictWriter(stream, CSV_COLUMNS)
    writer.writeheader()
    writer.writerows(records)
    back = list(csv.DictReader(io.StringIO(stream.getvalue())))
    assert [row["words"] for row in back[:2]] == ["90 deployed launchers", "110 deployed launchers"]
