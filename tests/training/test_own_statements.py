"""Texts of our own that statements are learned from."""

import json
from pathlib import Path

from training.own_statements import CHAINS, KEPT_BACK, own_statement_records


def test_what_is_kept_back_is_not_learned_from() -> None:
    learned = {record["text"] for record in own_statement_records()}
    for name in KEPT_BACK:
        rows = (CHAINS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        assert rows
        assert learned.isdisjoint(json.loads(row)["text"] for row in rows)


def test_outer_and_inner_statements_are_parted(tmp_path: Path) -> None:
    outer = {"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 20]], "parent": None}
    inner = {"source": [[9, 12]], "cue": [[13, 17]], "content": [[18, 20]], "parent": 0}
    row = {"text": "Ann said Tom knew it.", "statements": [outer, inner]}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n")
    (record,) = own_statement_records(tmp_path)
    assert record["id"] == "a-1"
    assert [one["cue"] for one in record["attributions"]] == [[[4, 8]]]
    assert [one["cue"] for one in record["inside"]] == [[[13, 17]]]
    assert record["inner"] == [[13, 17]]
